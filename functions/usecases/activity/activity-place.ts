import type { Actor, Operation } from '../../domain/access-policy.ts';
import { type Activity, monthOfDay, readActivityId } from '../../domain/activity/activity.ts';
import type { Staff } from '../../domain/organisation/staff.ts';
import type { Plan, PlanContent } from '../../domain/plan/plan.ts';
import { type Problem, reject, rejectIf } from '../../domain/problem.ts';
import type { IsoDate } from '../../domain/time.ts';
import type { Stored } from '../../store/contract/stored.ts';
import type { Capacity } from '../authorise.ts';
import type { Deps } from '../deps.ts';
import { authoriseOnPlan, findPlan, nullWhenRejected, type PlanPlace } from '../plan/plan-place.ts';
import { checkMonth } from '../realisation/change-realisation.ts';

/** The plan of a person on which an actor acts, and as what. */
export interface ActivityGrant {
  readonly place: PlanPlace & { readonly staff: Stored<Staff> };
  readonly plan: Stored<Plan>;
  readonly as: Capacity;
}

/** @throws Rejection NOT_FOUND at `planId`, FORBIDDEN, UNAUTHENTICATED */
export async function authoriseActivity(
  deps: Deps,
  actor: Actor,
  operation: Operation,
  planId: string,
): Promise<ActivityGrant> {
  const { place, plan } = await findPlan(deps, planId);
  const { as } = await authoriseOnPlan(deps, actor, operation, place);
  // Activities are a person's; a unit's agreement has none.
  if (place.staff === undefined) throw reject('FORBIDDEN');
  return { place, plan, as };
}

/** The plan that an activity's id names. @throws Rejection NOT_FOUND at `id` */
export function planIdOfActivity(id: string): string {
  const read = readActivityId(id);
  if (read === null) throw reject('NOT_FOUND', 'id', { id });
  return read.planId;
}

/** @throws Rejection NOT_FOUND at `id` */
export async function requireActivity(
  deps: Deps,
  { place }: Pick<ActivityGrant, 'place'>,
  id: string,
): Promise<Stored<Activity>> {
  const activity = await deps.store.activities.get(place.address, id);
  if (activity === null) throw reject('NOT_FOUND', 'id', { id });
  return activity;
}

/** An activity as it is now; null when there is none. Who may read it is for the caller to say. */
export async function findActivity(deps: Deps, id: string): Promise<Stored<Activity> | null> {
  const planId = readActivityId(id)?.planId;
  const found = planId === undefined ? null : await findPlan(deps, planId).catch(nullWhenRejected);
  return found && deps.store.activities.get(found.place.address, id);
}

/** The activity that a mutation answers with. */
export async function answerActivity(deps: Deps, id: string): Promise<Stored<Activity>> {
  const activity = await findActivity(deps, id);
  if (activity === null) throw reject('NOT_FOUND', 'id', { id });
  return activity;
}

/** What is agreed in a plan. @throws Rejection WRONG_STATE without a plan in force */
export function requireAgreed({ agreed, proposalState }: Plan): PlanContent {
  if (agreed === null) throw reject('WRONG_STATE', 'planId', { state: proposalState ?? 'DRAFT' });
  return agreed;
}

/** Whether what was done on a day can still be written down: as for the realisation of its month, at `day`. */
export async function checkAcceptingDay(deps: Deps, day: IsoDate): Promise<Problem[]> {
  return (await checkMonth(deps, monthOfDay(day))).map((found) => ({ ...found, path: ['day'] }));
}

/** @throws Rejection PERIOD_CLOSED, OUTSIDE_PERIOD at `day` */
export const requireAcceptingDay = async (deps: Deps, day: IsoDate): Promise<void> =>
  rejectIf(await checkAcceptingDay(deps, day));
