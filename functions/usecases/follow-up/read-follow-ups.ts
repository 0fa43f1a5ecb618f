import type { Actor } from '../../domain/access-policy.ts';
import type { FollowUp } from '../../domain/follow-up/follow-up.ts';
import type { Staff } from '../../domain/organisation/staff.ts';
import { reject } from '../../domain/problem.ts';
import type { Page, PageRequest } from '../../store/contract/stored.ts';
import { authorise, permits } from '../authorise.ts';
import type { Deps } from '../deps.ts';
import { ledIn } from '../relations.ts';

/**
 * What was proposed and decided after a period, of one unit or of all; of one unit also for its heads, but for those who lead them.
 * @throws Rejection FORBIDDEN, NOT_FOUND
 */
export async function followUpsOfPeriod(
  deps: Deps,
  actor: Actor,
  { periodId, unitId }: { readonly periodId: string; readonly unitId: string | null },
  page: PageRequest,
): Promise<Page<FollowUp> & { readonly end: string | null }> {
  const as = await authorise(deps, actor, 'Query.followUps', unitId === null ? undefined : { unitId });
  const period = await deps.store.periods.get(periodId);
  if (period === null) throw reject('NOT_FOUND', 'periodId', { id: periodId });
  const found = await deps.store.followUps.ofPeriod(periodId, unitId, page);
  const isLed = unitId !== null && as === 'UNIT_HEAD' ? await ledIn(deps, actor, unitId) : () => true;
  return {
    ...found,
    items: found.items.filter(({ value }) => isLed(value.staffId)),
    end: found.items.at(-1)?.position ?? null,
  };
}

/** The ledger of a person; null for those who may not see it. */
export async function followUpsOfStaff(
  deps: Deps,
  actor: Actor,
  staff: Staff,
  page: PageRequest,
): Promise<Page<FollowUp> | null> {
  return (await permits(deps, actor, 'Staff.followUps', { staff }))
    ? deps.store.followUps.ofStaff(staff.id, page)
    : null;
}
