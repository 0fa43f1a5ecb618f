import type { Period } from '../period/period.ts';
import type { PeriodKind } from '../period/span.ts';
import type { Micro } from '../rounding.ts';

/** Periods that a trend shows at most. */
export const MOST_POINTS = 40;
/** Units that are compared at most. */
export const MOST_COMPARED = 20;

/** The published periods of a kind, oldest first: the last `last` of them. */
export const publishedOf = <T extends Pick<Period, 'kind' | 'end' | 'publishedRun'>>(
  periods: readonly T[],
  kind: PeriodKind,
  last: number,
): readonly T[] =>
  periods
    .filter((period) => period.kind === kind && period.publishedRun !== null)
    .toSorted((a, b) => (a.end < b.end ? -1 : 1))
    .slice(-last);

/** Points with the change of each since the one before that has a score; null where there is none. */
export const withChanges = <T extends { readonly score: Micro | null }>(
  points: readonly T[],
): readonly (T & { readonly change: Micro | null })[] => {
  let before: Micro | null = null;
  return points.map((point) => {
    const change = point.score === null || before === null ? null : point.score - before;
    before = point.score ?? before;
    return { ...point, change };
  });
};

/** Counts added up key by key; what is hidden in one of them is left out, and it is said how often. */
export const addCounts = <Key extends string>(
  all: readonly Readonly<Record<Key, number | null>>[],
  keys: readonly Key[],
): { readonly counts: Record<Key, number>; readonly incomplete: number } => {
  const counts = Object.fromEntries(keys.map((key) => [key, 0])) as Record<Key, number>;
  let incomplete = 0;
  for (const each of all) {
    if (keys.some((key) => each[key] === null)) incomplete += 1;
    for (const key of keys) counts[key] += each[key] ?? 0;
  }
  return { counts, incomplete };
};
