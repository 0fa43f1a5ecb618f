import type { Actor } from '../../domain/access-policy.ts';
import { type Allowance, allowanceOfMonth } from '../../domain/allowance/allowance.ts';
import { lastDayOf } from '../../domain/calendar.ts';
import { periodsCovering } from '../../domain/period.ts';
import { policyOn } from '../../domain/policy.ts';
import { assignmentOn, type Staff } from '../../domain/staff.ts';
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
  const [policies, results, attendance] = await Promise.all([
    deps.store.policies.list(),
    resultsCovering(deps, staff.id, month),
    deps.store.attendance.getMany([{ staffId: staff.id, month }]),
  ]);
  const lastDay = lastDayOf(month);
  const policy = policyOn(policies, lastDay);
  const assignment = assignmentOn(staff, lastDay);
  const allowance = allowanceOfMonth({
    month,
    rules: policy.rules.allowance,
    serves: assignment !== null,
    positionClass: assignment?.positionClass ?? null,
    results,
    attendance: attendance[0] ?? null,
  });
  return { ...allowance, policyId: policy.id };
}

async function resultsCovering({ store }: Deps, staffId: string, month: Month) {
  const periods = await Promise.all(periodsCovering(month).map((id) => store.periods.get(id)));
  const keys = periods.flatMap((period) =>
    period?.publishedRun == null ? [] : [{ periodId: period.id, run: period.publishedRun, staffId }],
  );
  const results = await store.results.getMany(keys);
  return results.flatMap((result) =>
    result === null ? [] : [{ periodId: result.periodId, score: result.workResult.score }],
  );
}
