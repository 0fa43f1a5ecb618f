import type { Ranks, Result } from '../../functions/domain/evaluation/result.ts';
import { baseRunOf } from '../../functions/domain/period/run.ts';
import type { RankedShard, Store } from '../../functions/store/store.ts';
import * as an from '../store/examples.ts';

/** Writes results as a run leaves them, with the places and scores of everybody; those of a shard take the place of what it had. */
export async function putResults(
  { results, rankings, closeRuns }: Pick<Store, 'results' | 'rankings' | 'closeRuns'>,
  all: readonly Result[],
  ranksOf: (result: Result) => Ranks | null = () => an.ranks(),
): Promise<void> {
  await results.putMany(all);
  const shards = Map.groupBy(all, ({ periodId, run, unitId, shard }) =>
    JSON.stringify([periodId, run, unitId, shard]),
  );
  for (const staff of shards.values()) {
    const [{ periodId, run, unitId, shard } = an.result()] = staff;
    const ranked: RankedShard = {
      collection: { unitId, shard },
      staff: staff.map((result) => ({ staffId: result.staffId, ranks: ranksOf(result) })),
    };
    await rankings.putRanks(periodId, run, [ranked]);
    if (run !== baseRunOf(run)) continue;
    await closeRuns.putScores(periodId, run, {
      collection: { unitId, shard },
      scores: staff
        .map(({ staffId, jobGroup, score, predicate, assessedInUnitId }) => ({
          ...{ staffId, jobGroup, score, predicate, assessedInUnitId },
        }))
        .toSorted((a, b) => (a.staffId < b.staffId ? -1 : 1)),
      achievement: null,
      indicators: [],
    });
  }
}
