import { canonicalJson } from '../../domain/canonical-json.ts';
import {
  type MergedRankings,
  mergeRankings,
  type RankedScope,
  type RankingEntry,
} from '../../domain/evaluation/ranking.ts';
import type { Evaluation, Result, UnitResult } from '../../domain/evaluation/result.ts';
import type { RankedShard, RankingPage, ShardScore, ShardScores } from '../../store/store.ts';
import { shardScoreOf } from './evaluate-shard.ts';
import { rankedShard, scoredStaffOf, unitResultsOf } from './merge-scores.ts';

/** All that a correction run holds: what differs from the run of the close that it corrects, and nothing else. */
export interface CorrectionRun {
  readonly results: readonly Result[];
  /** The shards in which anybody's places differ. */
  readonly ranks: readonly RankedShard[];
  readonly pages: readonly RankingPage[];
  readonly units: readonly UnitResult[];
}

/**
 * What a close would have come to with other evaluations of some people, as its difference from what it came to: everybody
 * ranked anew by the same code, so that read with its base it equals a run of the whole. Pure: the same scores and evaluations
 * give the same run, whoever works it out and whenever.
 * @param shards every shard as the close scored it @param corrected the changed evaluations, by staff id
 */
export function correctionRun(
  shards: readonly ShardScores[],
  corrected: ReadonlyMap<string, Evaluation>,
  { periodId, run }: { readonly periodId: string; readonly run: string },
  pageSize: number,
): CorrectionRun {
  const changed = shards.map(
    (shard): ShardScores => ({
      ...shard,
      scores: shard.scores.map((line) => correctedLine(line, corrected)),
    }),
  );
  const before = mergeRankings(shards.map(scoredStaffOf));
  const after = mergeRankings(changed.map(scoredStaffOf));
  const ranks = changed
    .map((shard) => rankedShard(shard, after))
    .filter((shard, at) => {
      const old = shards[at];
      return old === undefined || canonicalJson(shard) !== canonicalJson(rankedShard(old, before));
    });
  const results = [...corrected.values()].map((evaluation): Result => ({ ...evaluation, periodId, run }));
  const unitsBefore = new Map(unitResultsOf(shards, { periodId, run }).map((unit) => [unit.unitId, unit]));
  const units = unitResultsOf(changed, { periodId, run }).filter(
    (unit) => canonicalJson(unit) !== canonicalJson(unitsBefore.get(unit.unitId) ?? null),
  );
  return { results, ranks, pages: changedPages(before, after, pageSize), units };
}

const correctedLine = (line: ShardScore, corrected: ReadonlyMap<string, Evaluation>): ShardScore => {
  const evaluation = corrected.get(line.staffId);
  return evaluation === undefined ? line : shardScoreOf(evaluation);
};

/** Pages that differ, and an empty one in the place of each that is there no more. */
function changedPages(before: MergedRankings, after: MergedRankings, pageSize: number): RankingPage[] {
  const keyOf = ({ scope }: RankedScope): string => canonicalJson(scope);
  const known = new Map(before.scopes.map((scope) => [keyOf(scope), scope]));
  const found = new Map(after.scopes.map((scope) => [keyOf(scope), scope]));
  const pages: RankingPage[] = [];
  for (const [key, scope] of found) {
    const old = known.get(key);
    for (const page of scope.pages(pageSize)) {
      const same =
        old?.total === scope.total &&
        areSameEntries(old.entries(page.number * pageSize, pageSize), page.entries);
      if (!same) pages.push(page);
    }
  }
  for (const [key, { scope, total }] of known) {
    const left = found.get(key)?.total ?? 0;
    for (let number = Math.ceil(left / pageSize); number * pageSize < total; number += 1) {
      pages.push({ scope, number, total: left, entries: [] });
    }
  }
  return pages;
}

const areSameEntries = (a: readonly RankingEntry[], b: readonly RankingEntry[]): boolean =>
  a.length === b.length &&
  a.every((entry, at) => {
    const other = b[at];
    return entry.staffId === other?.staffId && entry.score === other.score && entry.rank === other.rank;
  });
