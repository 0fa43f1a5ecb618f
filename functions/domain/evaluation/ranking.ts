import type { Micro } from '../rounding.ts';
import { divideHalfUp, MICRO } from '../rounding.ts';
import type { Rank, Ranks } from './result.ts';

export type RankingScope =
  | { readonly kind: 'UNIT'; readonly unitId: string }
  | { readonly kind: 'JOB_GROUP'; readonly jobGroup: string }
  | { readonly kind: 'REGION' };

/** What a score shard leaves of a person for the merge. */
export interface ScoredStaff {
  readonly staffId: string;
  readonly unitId: string;
  readonly jobGroup: string;
  readonly score: Micro;
}

/** A line of a ranking page. */
export interface RankingEntry {
  readonly staffId: string;
  readonly unitId: string;
  readonly score: Micro;
  readonly rank: number;
}

/** How many staff have each score: what a rank and a percentile follow from. */
export interface ScoreTable {
  readonly total: number;
  /** Rank and percentile of a score that is in the table. @throws RangeError for one that is not */
  rankOf(score: Micro): Rank;
}

/** One scope in order: the highest score first, equal scores by staff id (an order to print, never a rank). */
export interface RankedScope {
  readonly scope: RankingScope;
  readonly total: number;
  /** Pages 0, 1, … of `pageSize` entries each, the last one shorter. */
  pages(pageSize: number): Generator<ScopePage>;
  /** Entries from a place (0 is the first) on. */
  entries(from: number, count: number): RankingEntry[];
}

export interface ScopePage {
  readonly scope: RankingScope;
  readonly number: number;
  readonly total: number;
  readonly entries: readonly RankingEntry[];
}

/** Everybody's place in their unit, their job group and the region. */
export interface MergedRankings {
  readonly total: number;
  /** The region, then job groups and units by their ids. */
  readonly scopes: readonly RankedScope[];
  /** Ranks of a person of the merge, by their scopes and score. @throws RangeError for somebody who was not in it */
  ranksOf(person: ScoredStaff): Ranks;
}

/**
 * Share of the others that are strictly lower, micro-percent, half-up; 100 when there are no others.
 * @param lower how many are strictly lower @param total everybody, oneself included
 */
export const percentileOf = (lower: number, total: number): Micro =>
  total <= 1 ? 100 * MICRO : divideHalfUp(lower * 100 * MICRO, total - 1);

/**
 * Merges what the shards left into every ranking: one sort of all scores, then one pass that deals everybody, already in
 * order, to their unit and job group. The result is the same for every order and every division of the input.
 *
 * Memory: the persons as given and about 40 bytes more for each. Time O(N log N), the sort over plain numbers.
 * @throws RangeError for a score that is no whole number from 0 to 268 points
 */
export const mergeRankings = (shards: Iterable<readonly ScoredStaff[]>): MergedRankings => {
  const region: ScoredStaff[] = [];
  for (const shard of shards) for (const person of shard) region.push(person);
  const ordered = inOrder(region);

  const units = new Map<string, ScoredStaff[]>();
  const jobGroups = new Map<string, ScoredStaff[]>();
  for (const person of ordered) {
    deal(units, person.unitId, person);
    deal(jobGroups, person.jobGroup, person);
  }
  const ofRegion = rankedScope({ kind: 'REGION' }, ordered);
  const ofUnits = new Map<string, TabledScope>();
  const ofJobGroups = new Map<string, TabledScope>();
  for (const [jobGroup, staff] of byKey(jobGroups)) {
    ofJobGroups.set(jobGroup, rankedScope({ kind: 'JOB_GROUP', jobGroup }, staff));
  }
  for (const [unitId, staff] of byKey(units)) {
    ofUnits.set(unitId, rankedScope({ kind: 'UNIT', unitId }, staff));
  }
  return {
    total: ordered.length,
    scopes: [ofRegion, ...ofJobGroups.values(), ...ofUnits.values()],
    ranksOf: ({ unitId, jobGroup, score }) => ({
      unit: scopeOf(ofUnits, unitId).table.rankOf(score),
      jobGroup: scopeOf(ofJobGroups, jobGroup).table.rankOf(score),
      region: ofRegion.table.rankOf(score),
    }),
  };
};

interface TabledScope extends RankedScope {
  readonly table: ScoreTable;
}

const scopeOf = (scopes: ReadonlyMap<string, TabledScope>, key: string): TabledScope => {
  const scope = scopes.get(key);
  if (scope === undefined) throw new RangeError('nobody of that scope was merged');
  return scope;
};

const deal = (piles: Map<string, ScoredStaff[]>, key: string, person: ScoredStaff): void => {
  const pile = piles.get(key);
  if (pile === undefined) piles.set(key, [person]);
  else pile.push(person);
};

const byKey = (piles: ReadonlyMap<string, ScoredStaff[]>): [string, ScoredStaff[]][] =>
  [...piles].sort(([a], [b]) => (a < b ? -1 : 1));

/** Scores have 28 bits, which leaves 24 of a double's 52 for the place in the input: both sort as one number. */
const SCORE_LIMIT = 2 ** 28;
const PLACE_LIMIT = 2 ** 24;

const inOrder = (staff: readonly ScoredStaff[]): ScoredStaff[] => {
  if (staff.length > PLACE_LIMIT) throw new RangeError('more staff than a ranking can hold');
  const keys = new Float64Array(staff.length);
  for (const [place, { score }] of staff.entries()) {
    if (!Number.isInteger(score) || score < 0 || score >= SCORE_LIMIT) {
      throw new RangeError('a score that is no whole number of micro-points within its range');
    }
    keys[place] = (SCORE_LIMIT - 1 - score) * PLACE_LIMIT + place;
  }
  keys.sort();
  const ordered: ScoredStaff[] = [];
  for (const key of keys) {
    const person = staff[key % PLACE_LIMIT];
    if (person !== undefined) ordered.push(person);
  }
  orderTies(ordered);
  return ordered;
};

/** Equal scores by staff id, so that the input's order shows nowhere. */
const orderTies = (ordered: ScoredStaff[]): void => {
  let from = 0;
  for (let to = 1; to <= ordered.length; to++) {
    if (ordered[to]?.score === ordered[from]?.score && to < ordered.length) continue;
    if (to - from > 1) {
      const tied = ordered.slice(from, to).sort((a, b) => (a.staffId < b.staffId ? -1 : 1));
      for (const [at, person] of tied.entries()) ordered[from + at] = person;
    }
    from = to;
  }
};

const rankedScope = (scope: RankingScope, ordered: readonly ScoredStaff[]): TabledScope => {
  const total = ordered.length;
  const table = tableOf(Float64Array.from(ordered, ({ score }) => score));
  const entries = (from: number, count: number): RankingEntry[] =>
    ordered.slice(from, from + count).map(({ staffId, unitId, score }) => ({
      staffId,
      unitId,
      score,
      rank: table.rankOf(score).rank,
    }));
  return {
    scope,
    total,
    table,
    entries,
    *pages(pageSize) {
      for (let number = 0; number * pageSize < total; number++) {
        yield { scope, number, total, entries: entries(number * pageSize, pageSize) };
      }
    },
  };
};

/** A table over scores that are sorted from the highest down; distinct scores and how many are higher, searched by halves. */
const tableOf = (sorted: Float64Array): ScoreTable => {
  const total = sorted.length;
  let distinct = 0;
  for (let at = 0; at < total; at++) if (at === 0 || sorted[at] !== sorted[at - 1]) distinct++;
  const scores = new Float64Array(distinct);
  const higher = new Uint32Array(distinct + 1);
  higher[distinct] = total;
  for (let at = 0, group = 0; at < total; at++) {
    const score = sorted[at] ?? 0;
    if (at !== 0 && score === sorted[at - 1]) continue;
    scores[group] = score;
    higher[group] = at;
    group++;
  }
  return {
    total,
    rankOf: (score) => {
      let low = 0;
      let high = distinct - 1;
      while (low < high) {
        const middle = (low + high) >>> 1;
        if ((scores[middle] ?? 0) <= score) high = middle;
        else low = middle + 1;
      }
      if (scores[low] !== score) throw new RangeError('a score that was not merged');
      const above = higher[low] ?? 0;
      const lower = total - (higher[low + 1] ?? total);
      return { rank: above + 1, of: total, percentile: percentileOf(lower, total) };
    },
  };
};
