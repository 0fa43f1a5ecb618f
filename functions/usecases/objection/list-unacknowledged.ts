import type { Actor } from '../../domain/access-policy.ts';
import { attemptOf, baseRunOf } from '../../domain/period/run.ts';
import { reject } from '../../domain/problem.ts';
import type { Page, PageRequest } from '../../store/contract/stored.ts';
import { authorise } from '../authorise.ts';
import type { Deps } from '../deps.ts';

/**
 * Staff of a unit who have a published result and have not acknowledged its document, by shard and id. For the heads of the
 * unit and above, HR and auditors. Two reads a shard of the unit, whatever the number of people.
 * @throws Rejection NOT_FOUND, FORBIDDEN
 */
export async function listUnacknowledged(
  deps: Deps,
  actor: Actor,
  { unitId, periodId }: { readonly unitId: string; readonly periodId: string },
  { first, after }: PageRequest,
): Promise<Page<string>> {
  const { store } = deps;
  const [organisation, period] = await Promise.all([store.organisation.load(), store.periods.get(periodId)]);
  const unit = organisation.units.get(unitId);
  if (unit === undefined) throw reject('NOT_FOUND', 'unitId', { id: unitId });
  if (period === null) throw reject('NOT_FOUND', 'periodId', { id: periodId });
  await authorise(deps, actor, 'Query.unacknowledgedResults', { unitId });
  if (period.publishedRun === null) return { items: [], hasMore: false };
  const run = baseRunOf(period.publishedRun);
  const attempt = attemptOf(run);
  const items: { value: string; position: string }[] = [];
  const start = after === null ? 0 : Number(after.slice(0, after.indexOf('#')));
  for (let shard = start; shard < unit.shardCount && items.length <= first; shard += 1) {
    const [evaluated, received] = await Promise.all([
      store.closeRuns.scoresOf(periodId, run, { unitId, shard }),
      store.receipts.ofShard({ periodId, attempt, unitId, shard }),
    ]);
    items.push(
      ...(evaluated?.scores ?? [])
        .filter(({ staffId }) => !received.has(staffId))
        .map(({ staffId }) => ({ value: staffId, position: `${shard}#${staffId}` }))
        .filter(({ position }) => after === null || shard > start || position > after),
    );
  }
  return { items: items.slice(0, first), hasMore: items.length > first };
}
