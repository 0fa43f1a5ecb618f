import type { Actor } from '../../domain/access-policy.ts';
import type { Evaluation } from '../../domain/evaluation/result.ts';
import { reject } from '../../domain/problem.ts';
import { authorise } from '../authorise.ts';
import type { Deps } from '../deps.ts';
import { ratingDay } from '../rating/rating-day.ts';
import { regionToday } from '../region-clock.ts';
import { evaluateNow } from './evaluate-now.ts';

/**
 * What the system would propose for a person now, without what colleagues and the public said (see evaluateNow): for the
 * assessor of record on the day of rating, the heads above on that day, HR and auditors. @throws Rejection FORBIDDEN, NOT_FOUND, NOT_MEMBER
 */
export async function readProposal(
  deps: Deps,
  actor: Actor,
  { staffId, periodId }: { readonly staffId: string; readonly periodId: string },
): Promise<Evaluation> {
  const [staff, period] = await Promise.all([
    deps.store.staff.get(staffId),
    deps.store.periods.get(periodId),
  ]);
  if (staff === null) throw reject('NOT_FOUND', 'staffId', { id: staffId });
  if (period === null) throw reject('NOT_FOUND', 'periodId', { id: periodId });
  const on = ratingDay(period, await regionToday(deps));
  await authorise(deps, actor, 'Query.proposal', { staff, on });
  return evaluateNow(deps, period, staff);
}
