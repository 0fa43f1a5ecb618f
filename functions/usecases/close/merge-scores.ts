import { noCounts, type PredicateCounts } from '../../domain/evaluation/distribution.ts';
import { unitResult } from '../../domain/evaluation/evaluation.ts';
import type { Predicate } from '../../domain/evaluation/predicate.ts';
import { type MergedRankings, mergeRankings, type ScoredStaff } from '../../domain/evaluation/ranking.ts';
import type { UnitResult } from '../../domain/evaluation/result.ts';
import { mergeFigures } from '../../domain/indicator-review/figures.ts';
import { isActiveOn } from '../../domain/organisation/organisation.ts';
import type { RankedShard, RankingPage, ShardScores, Store } from '../../store/store.ts';
import type { Deps } from '../deps.ts';
import { CloseError, type CloseRun, findClosing } from './close-run.ts';
import { reviewIndicators } from './review-indicators.ts';
import { shardsOf } from './shard-list.ts';
import { readSnapshot } from './shard-task.ts';

/** What a merge came to, for the log. */
export interface MergeCounts {
  readonly staff: number;
  readonly ranked: number;
  readonly rankings: number;
  readonly units: number;
}

/**
 * Merges the scores of all shards: every ranking as pages, everybody's places shard by shard, and the units' results with the distribution of the staff whom each unit's head assesses.
 * @returns null when the run is over
 * @throws CloseError `ScoresMissing` unless every shard of the frozen organisation was scored
 */
export async function mergeScores(
  { store }: Pick<Deps, 'store'>,
  { periodId, run }: CloseRun,
): Promise<MergeCounts | null> {
  const period = await findClosing(store, { periodId, run });
  if (period === null) return null;
  const organisation = await readSnapshot(store, { periodId, run });
  const shards = await readAllScores(store, { periodId, run }, shardsOf(organisation).length);

  const rankings = mergeRankings(shards.map(scoredStaffOf));
  await store.rankings.putPages(periodId, run, pagesOf(rankings, store.rankings.pageSize));
  await store.rankings.putRanks(
    periodId,
    run,
    shards.map((shard) => rankedShard(shard, rankings)),
  );
  const isReported = (unitId: string): boolean => {
    const unit = organisation.units.get(unitId);
    return unit !== undefined && isActiveOn(unit, period.start);
  };
  const units = unitResultsOf(shards, { periodId, run }).filter(({ unitId }) => isReported(unitId));
  await store.results.putUnits(units);
  await reviewIndicators(store, period, mergeFigures(shards.map(({ indicators }) => indicators)));
  return {
    staff: shards.reduce((sum, { scores }) => sum + scores.length, 0),
    ranked: rankings.total,
    rankings: rankings.scopes.length,
    units: units.length,
  };
}

/** Every shard of a run as it was scored. @throws CloseError `ScoresMissing` unless all are there */
export async function readAllScores(
  store: Store,
  { periodId, run }: CloseRun,
  expected: number,
): Promise<ShardScores[]> {
  const shards: ShardScores[] = [];
  for await (const shard of store.closeRuns.scores(periodId, run)) shards.push(shard);
  if (shards.length !== expected) {
    throw new CloseError(
      'ScoresMissing',
      `${periodId} ${run} has scores of ${shards.length} of ${expected} shards`,
    );
  }
  return shards;
}

/** Those of a shard who have a score. */
export const scoredStaffOf = ({ collection, scores }: ShardScores): ScoredStaff[] =>
  scores.flatMap(({ staffId, jobGroup, score }) =>
    score === null ? [] : [{ staffId, unitId: collection.unitId, jobGroup, score }],
  );

function* pagesOf(rankings: MergedRankings, pageSize: number): Generator<RankingPage> {
  for (const scope of rankings.scopes) yield* scope.pages(pageSize);
}

/** Everybody's places in a shard; null of who has no score. */
export const rankedShard = (
  { collection, scores }: Pick<ShardScores, 'collection' | 'scores'>,
  rankings: MergedRankings,
): RankedShard => ({
  collection,
  staff: scores.map(({ staffId, jobGroup, score }) => ({
    staffId,
    ranks: score === null ? null : rankings.ranksOf({ staffId, unitId: collection.unitId, jobGroup, score }),
  })),
});

/** One result for each unit that has an achievement, which is each one, in the order of the shards. */
export function unitResultsOf(shards: readonly ShardScores[], closeRun: CloseRun): UnitResult[] {
  const counts = new Map<string, Record<Predicate, number>>();
  const notEvaluated = new Map<string, number>();
  for (const { assessedInUnitId, predicate } of shards.flatMap(({ scores }) => scores)) {
    if (assessedInUnitId === null) continue;
    if (predicate === null) notEvaluated.set(assessedInUnitId, (notEvaluated.get(assessedInUnitId) ?? 0) + 1);
    else {
      const ofUnit = counts.get(assessedInUnitId) ?? { ...noCounts };
      ofUnit[predicate] += 1;
      counts.set(assessedInUnitId, ofUnit);
    }
  }
  return shards.flatMap(({ achievement }) => {
    if (achievement === null) return [];
    const distribution: PredicateCounts = counts.get(achievement.unitId) ?? noCounts;
    return [unitResult(achievement, closeRun, distribution, notEvaluated.get(achievement.unitId) ?? 0)];
  });
}
