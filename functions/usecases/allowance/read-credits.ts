import type { Actor } from '../../domain/access-policy.ts';
import { type CreditAccount, creditAccount } from '../../domain/allowance/credit-account.ts';
import type { Staff } from '../../domain/organisation/staff.ts';
import { permits } from '../authorise.ts';
import type { Deps } from '../deps.ts';

/** A person's credits from every result in force; null for those who may not see them. */
export async function creditsOfStaff(deps: Deps, actor: Actor, staff: Staff): Promise<CreditAccount | null> {
  if (!(await permits(deps, actor, 'Staff.credits', { staff }))) return null;
  return creditAccount(staff, await deps.store.results.ofStaff(staff.id));
}
