import type { Actor } from '../../domain/access-policy.ts';
import type { Result } from '../../domain/evaluation/result.ts';
import type { Staff } from '../../domain/organisation/staff.ts';
import { reject } from '../../domain/problem.ts';
import { authorise, permits } from '../authorise.ts';
import type { Deps } from '../deps.ts';

/**
 * The published result of a person in a period: for the person, the superiors, HR and auditors, and for who was the assessor
 * then. @throws Rejection FORBIDDEN, NOT_FOUND for an unknown person or period
 */
export async function readResult(
  deps: Deps,
  actor: Actor,
  { staffId, periodId }: { readonly staffId: string; readonly periodId: string },
): Promise<Result | null> {
  const [staff, period] = await Promise.all([
    deps.store.staff.get(staffId),
    deps.store.periods.get(periodId),
  ]);
  if (staff === null) throw reject('NOT_FOUND', 'staffId', { id: staffId });
  if (period === null) throw reject('NOT_FOUND', 'periodId', { id: periodId });
  const result = await publishedResult(deps, staffId, periodId);
  if (result === null || !wasAssessor(actor, result)) await authorise(deps, actor, 'Query.result', { staff });
  return result;
}

/** The result as a detail of the person: null also for those who may not read it. */
export async function resultOfStaff(
  deps: Deps,
  actor: Actor,
  staff: Staff,
  periodId: string,
): Promise<Result | null> {
  const [result, permitted] = await Promise.all([
    publishedResult(deps, staff.id, periodId),
    permits(deps, actor, 'Staff.result', { staff }),
  ]);
  return result !== null && (permitted || wasAssessor(actor, result)) ? result : null;
}

/** Every result in force of a person, oldest period first; null for those who may not read them. */
export async function resultsOfStaff(
  deps: Deps,
  actor: Actor,
  staff: Staff,
): Promise<readonly Result[] | null> {
  if (!(await permits(deps, actor, 'Staff.results', { staff }))) return null;
  return deps.store.results.ofStaff(staff.id);
}

async function publishedResult(deps: Deps, staffId: string, periodId: string): Promise<Result | null> {
  const period = await deps.store.periods.get(periodId);
  return period?.publishedRun == null ? null : deps.store.results.get(periodId, period.publishedRun, staffId);
}

/** Whether the actor assessed the person then, and so may go on reading the result. */
export const wasAssessor = (actor: Actor, result: Result): boolean =>
  result.assessorId !== null && result.assessorId === actor.staffId;
