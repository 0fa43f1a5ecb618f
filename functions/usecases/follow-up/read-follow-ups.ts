import type { Actor } from '../../domain/access-policy.ts';
import type { FollowUp } from '../../domain/follow-up/follow-up.ts';
import type { Staff } from '../../domain/organisation/staff.ts';
import { reject } from '../../domain/problem.ts';
import type { Page, PageRequest } from '../../store/contract/stored.ts';
import { authorise, permits } from '../authorise.ts';
import type { Deps } from '../deps.ts';
import { type PartialPage, readThrough } from '../read-through.ts';
import { ledIn } from '../relations.ts';

/**
 * What was proposed and decided after a period, of one unit or of all, in one state or in any; of one unit also for its heads, but for
 * those who lead them. @throws Rejection FORBIDDEN, NOT_FOUND, INVALID_CURSOR
 */
export async function followUpsOfPeriod(
  deps: Deps,
  actor: Actor,
  {
    periodId,
    unitId,
    state = null,
  }: { readonly periodId: string; readonly unitId: string | null; readonly state?: FollowUp['state'] | null },
  page: PageRequest,
): Promise<PartialPage<FollowUp>> {
  const as = await authorise(deps, actor, 'Query.followUps', unitId === null ? undefined : { unitId });
  const period = await deps.store.periods.get(periodId);
  if (period === null) throw reject('NOT_FOUND', 'periodId', { id: periodId });
  const isLed = unitId !== null && as === 'UNIT_HEAD' ? await ledIn(deps, actor, unitId) : () => true;
  const ofPeriod = {
    key: periodId,
    read: (request: PageRequest) => deps.store.followUps.ofPeriod(periodId, unitId, request),
  };
  return readThrough(
    [ofPeriod],
    (followUp) => isLed(followUp.staffId) && (state === null || followUp.state === state),
    page,
  );
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
