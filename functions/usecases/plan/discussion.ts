import type { Actor, Operation } from '../../domain/access-policy.ts';
import { headOn } from '../../domain/organisation/organisation.ts';
import { assessorOfStaffOn, assessorOn } from '../../domain/organisation/staff.ts';
import { type CommentSide, newComment, type PlanComment } from '../../domain/plan/discussion.ts';
import type { Plan } from '../../domain/plan/plan.ts';
import { reject } from '../../domain/problem.ts';
import { tidy } from '../../domain/text.ts';
import type { Page, PageRequest, Stored } from '../../store/contract/stored.ts';
import { authorise, type Capacity, permits } from '../authorise.ts';
import type { Deps } from '../deps.ts';
import { decidesOnOwnUnit } from '../interest.ts';
import { regionToday } from '../region-clock.ts';
import type { PlanPlace } from './plan-place.ts';

/** As what somebody takes part in a discussion. */
export interface Speaker {
  readonly side: CommentSide;
  readonly as: Capacity;
}

/**
 * From where an actor speaks on a plan. A plan: the person, the assessor, and the heads above; no office but that which enters for
 * the head of the region. An agreement: the unit's head, the head above or a planner who does not serve there on the other side, and
 * the heads further above.
 * @throws Rejection FORBIDDEN, UNAUTHENTICATED
 */
export async function authoriseSpeaker(
  deps: Deps,
  actor: Actor,
  operation: Operation,
  place: PlanPlace,
): Promise<Speaker> {
  const [organisation, today] = await Promise.all([deps.store.organisation.load(), regionToday(deps)]);
  if (place.staff !== undefined) {
    const as = await authorise(deps, actor, operation, { staff: place.staff, seat: true });
    if (as === 'SELF') return { side: 'OWNER', as };
    if (as === 'REGIONAL_HEAD') return { side: 'SUPERIOR', as };
    const assessor = assessorOfStaffOn(organisation, place.staff, today).assessorId;
    return { side: assessor === actor.staffId ? 'SUPERIOR' : 'ABOVE', as };
  }
  const { unit } = place;
  const as = await authorise(deps, actor, operation, { unitId: unit.id });
  const head = headOn(unit, today);
  if (head !== null && head === actor.staffId) return { side: 'OWNER', as: 'UNIT_HEAD' };
  const above = assessorOn(organisation, { staffId: head ?? '', unitId: unit.id, assessorId: null }, today);
  const isAbove = above.assessorId !== null && above.assessorId === actor.staffId;
  if (as === 'PLANNER' && !isAbove && (await decidesOnOwnUnit(deps, actor, unit.id)))
    throw reject('FORBIDDEN');
  const superior = as === 'PLANNER' || isAbove;
  return { side: superior ? 'SUPERIOR' : 'ABOVE', as };
}

/** A comment by the actor, now. @throws Rejection as `newComment` */
export const commentBy = (
  deps: Deps,
  actor: Actor,
  plan: Plan,
  said: { readonly side: CommentSide; readonly lineId: string | null; readonly text: string },
  asksForChanges = false,
): PlanComment =>
  newComment(
    plan,
    { ...said, text: tidy(said.text), authorId: actor.staffId ?? actor.id },
    { tail: deps.newId('c'), at: deps.now(), asksForChanges },
  );

/** A comment that exists. @throws Rejection NOT_FOUND at `commentId` */
export async function findComment(
  deps: Deps,
  planId: string,
  commentId: string,
): Promise<Stored<PlanComment>> {
  const comment = await deps.store.discussion.get(planId, commentId);
  if (comment === null) throw reject('NOT_FOUND', 'commentId', { id: commentId });
  return comment;
}

/** A page of a plan's discussion; null for those who do not read what is under discussion. */
export async function readDiscussion(
  deps: Deps,
  actor: Actor,
  { id, owner }: Plan,
  lineId: string | null | undefined,
  page: () => PageRequest,
): Promise<Page<PlanComment> | null> {
  const staff = owner.kind === 'STAFF' ? await deps.store.staff.get(owner.staffId) : null;
  if (owner.kind === 'STAFF' && staff === null) return null;
  const subject = staff === null ? { unitId: owner.kind === 'UNIT' ? owner.unitId : '' } : { staff };
  if (!(await permits(deps, actor, 'Plan.comments', subject))) return null;
  return deps.store.discussion.list(id, page(), lineId);
}
