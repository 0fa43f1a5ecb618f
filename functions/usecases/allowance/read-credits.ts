import type { Actor } from '../../domain/access-policy.ts';
import {
  type CreditAccount,
  creditAccount,
  type PeriodCredit,
} from '../../domain/allowance/credit-account.ts';
import type { Staff } from '../../domain/organisation/staff.ts';
import type { Period } from '../../domain/period/period.ts';
import { periodsCovering } from '../../domain/period/span.ts';
import { permits } from '../authorise.ts';
import type { Deps } from '../deps.ts';

/** A person's credits from every result in force; null for those who may not see them. */
export async function creditsOfStaff(deps: Deps, actor: Actor, staff: Staff): Promise<CreditAccount | null> {
  if (!(await permits(deps, actor, 'Staff.credits', { staff }))) return null;
  return creditAccount(staff, await deps.store.results.ofStaff(staff.id));
}

/**
 * What a published period is worth to people in credits, in order, null without a result: for a reader who may see each of
 * them. Whether it counts depends on the longer periods around it alone, so that only these are read.
 */
export async function creditsOfPeriod(
  { store }: Pick<Deps, 'store'>,
  people: readonly Staff[],
  period: Pick<Period, 'id' | 'start'>,
): Promise<readonly (PeriodCredit | null)[]> {
  const around = periodsCovering(period.start.slice(0, 7));
  const ids = around.slice(around.indexOf(period.id));
  const periods = await Promise.all(ids.map((id) => store.periods.get(id)));
  const keys = periods.flatMap((each) => {
    const run = each?.publishedRun ?? null;
    return each === null || run === null
      ? []
      : people.map(({ id }) => ({ periodId: each.id, run, staffId: id }));
  });
  const results = (await store.results.getMany(keys)).flatMap((result) => result ?? []);
  const ofStaff = Map.groupBy(results, ({ staffId }) => staffId);
  return people.map((staff) => {
    const { periods: credits } = creditAccount(staff, ofStaff.get(staff.id) ?? []);
    return credits.find(({ periodId }) => periodId === period.id) ?? null;
  });
}
