import type { Actor } from '../../domain/access-policy.ts';
import { type Allowance, allowanceOfMonth, type MonthResult } from '../../domain/allowance/allowance.ts';
import { lastDayOf } from '../../domain/calendar.ts';
import type { Result } from '../../domain/evaluation/result.ts';
import { assignmentOn, type Staff } from '../../domain/organisation/staff.ts';
import { policyOn } from '../../domain/period/policy.ts';
import { periodsCovering } from '../../domain/period/span.ts';
import type { Month } from '../../domain/time.ts';
import { permits } from '../authorise.ts';
import type { Deps } from '../deps.ts';

/** A month's allowance under the policy in force on its last day. */
export interface AllowanceOfPolicy extends Allowance {
  readonly policyId: string;
}

/**
 * The allowance of a person in a month, from the attendance and the published results as they are now; null for those who may
 * not see it. A corrected result or attendance changes it, and the explanation with it.
 */
export async function allowanceOfStaff(
  deps: Deps,
  actor: Actor,
  staff: Staff,
  month: Month,
): Promise<AllowanceOfPolicy | null> {
  if (!(await permits(deps, actor, 'Staff.allowance', { staff }))) return null;
  const [allowance = null] = await allowancesOf(deps, [staff], month);
  return allowance;
}

/** The same of several people, in order, for a reader who may see each of them; the requests do not grow with their number but in batches. */
export async function allowancesOf(
  deps: Pick<Deps, 'store'>,
  people: readonly Staff[],
  month: Month,
): Promise<readonly AllowanceOfPolicy[]> {
  const [policies, results, attendance] = await Promise.all([
    deps.store.policies.list(),
    resultsCovering(deps, people, month),
    deps.store.attendance.getMany(people.map(({ id }) => ({ staffId: id, month }))),
  ]);
  const lastDay = lastDayOf(month);
  const policy = policyOn(policies, lastDay);
  return people.map((staff, at) => {
    const assignment = assignmentOn(staff, lastDay);
    const allowance = allowanceOfMonth({
      month,
      rules: policy.rules.allowance,
      serves: assignment !== null,
      positionClass: assignment?.positionClass ?? null,
      results: results.get(staff.id) ?? [],
      attendance: attendance[at] ?? null,
    });
    return { ...allowance, policyId: policy.id };
  });
}

/** Published results of the periods that cover a month, by staff id. */
async function resultsCovering(
  { store }: Pick<Deps, 'store'>,
  people: readonly Staff[],
  month: Month,
): Promise<ReadonlyMap<string, readonly MonthResult[]>> {
  const periods = await Promise.all(periodsCovering(month).map((id) => store.periods.get(id)));
  const keys = periods.flatMap((period) =>
    period?.publishedRun == null
      ? []
      : people.map(({ id }) => ({ periodId: period.id, run: period.publishedRun ?? '', staffId: id })),
  );
  const results = await store.results.getMany(keys);
  const ofStaff = Map.groupBy(
    results.flatMap((result) => result ?? []),
    ({ staffId }) => staffId,
  );
  return new Map(
    [...ofStaff].map(([id, found]) => [
      id,
      found.map((result) => ({ periodId: result.periodId, score: countedScore(result) })),
    ]),
  );
}

/** Nothing follows from the figures of somebody who was away for too long to be evaluated. */
const countedScore = ({ presence, workResult }: Result) =>
  presence?.evaluated === false ? null : workResult.score;
