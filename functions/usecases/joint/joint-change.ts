import type { Actor, Operation } from '../../domain/access-policy.ts';
import { JOINT_LIMITS, type JointActivity, type Participant } from '../../domain/joint/joint-activity.ts';
import { assessorOfStaffOn, assignmentOn } from '../../domain/organisation/staff.ts';
import { type Problem, problem, reject } from '../../domain/problem.ts';
import { tidy } from '../../domain/text.ts';
import type { Stored } from '../../store/contract/stored.ts';
import { authorise, type Capacity } from '../authorise.ts';
import type { Deps } from '../deps.ts';
import { expectVersion } from '../expect-version.ts';
import { perform } from '../perform.ts';
import { regionToday } from '../region-clock.ts';

/** A person who is to take part. */
export interface ParticipantInput {
  readonly staffId: string;
  readonly role: string;
}

export interface JointChangeInput {
  readonly id: string;
  readonly version: number;
  readonly idempotencyKey?: string | null | undefined;
}

/** @throws Rejection NOT_FOUND at `id` */
export async function requireActivity(
  { store }: Pick<Deps, 'store'>,
  id: string,
): Promise<Stored<JointActivity>> {
  const activity = await store.jointActivities.get(id);
  if (activity === null) throw reject('NOT_FOUND', 'id', { id });
  return activity;
}

/**
 * People as participants, from where they serve today. Whom the actor assesses is approved by that; so is somebody whom nobody
 * assesses.
 * @throws Rejection TOO_MANY for more than an activity can have: nobody is looked up then
 */
export async function readParticipants(
  deps: Deps,
  actor: Actor,
  inputs: readonly ParticipantInput[],
): Promise<{ readonly participants: readonly Participant[]; readonly problems: readonly Problem[] }> {
  if (inputs.length > JOINT_LIMITS.participants)
    throw reject('TOO_MANY', 'participants', { maximum: JOINT_LIMITS.participants });
  const [organisation, today, people] = await Promise.all([
    deps.store.organisation.load(),
    regionToday(deps),
    deps.store.staff.getMany(inputs.map(({ staffId }) => staffId)),
  ]);
  const problems: Problem[] = [];
  const participants = inputs.map(({ staffId, role }, at): Participant => {
    const staff = people[at] ?? null;
    const unitId = staff && assignmentOn(staff, today)?.unitId;
    if (staff === null || unitId == null)
      problems.push(problem('NOT_FOUND', `participants.${at}.staffId`, { id: staffId }));
    const assessorId = staff && assessorOfStaffOn(organisation, staff, today).assessorId;
    const approved = staff !== null && (assessorId === null || assessorId === actor.staffId);
    return {
      staffId,
      unitId: unitId ?? '',
      role: tidy(role),
      state: approved ? 'APPROVED' : 'PROPOSED',
      decidedById: approved ? assessorId : null,
      decidedAt: approved ? deps.now() : null,
      reason: null,
      lineId: null,
    };
  });
  return { participants, problems };
}

/** Whose right it is about: the person who leads the activity, a participant, or the leading unit. */
export type JointSubject = (
  activity: JointActivity,
) => { readonly staffId: string } | { readonly unitId: string };

export const itsLeader: JointSubject = ({ leaderId }) => ({ staffId: leaderId });
export const itsUnit: JointSubject = ({ leadUnitId }) => ({ unitId: leadUnitId });

/** Changes an activity by a transition of its rules. */
export const changeActivity = (
  deps: Deps,
  actor: Actor,
  field: Operation & `Mutation.${string}`,
  input: JointChangeInput,
  subject: JointSubject,
  transition: (activity: Stored<JointActivity>) => JointActivity | Promise<JointActivity>,
  reason?: string | null,
): Promise<Stored<JointActivity>> =>
  perform(
    deps,
    { actor, operation: field.slice('Mutation.'.length), input, reason },
    async () => authoriseOn(deps, actor, field, subject(await requireActivity(deps, input.id))),
    async (as) => {
      const before = await requireActivity(deps, input.id);
      expectVersion(before, input.version);
      const after = await transition(before);
      return { as, ref: before.id, writes: [deps.store.jointActivities.save(before, after)] };
    },
    (id) => requireActivity(deps, id),
  );

async function authoriseOn(
  deps: Deps,
  actor: Actor,
  field: Operation,
  whom: ReturnType<JointSubject>,
): Promise<Capacity> {
  if ('unitId' in whom) return authorise(deps, actor, field, whom);
  const staff = await deps.store.staff.get(whom.staffId);
  if (staff === null) throw reject('NOT_FOUND', 'staffId', { id: whom.staffId });
  return authorise(deps, actor, field, { staff });
}
