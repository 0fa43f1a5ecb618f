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

/**
 * Counts added up key by key, of what is shown, and how often something is hidden. A sum of nothing is null where the count is
 * hidden in one of them: zero would say that there is nobody.
 */
export const addCounts = <Key extends string>(
  all: readonly Readonly<Record<Key, number | null>>[],
  keys: readonly Key[],
): { readonly counts: Readonly<Record<Key, number | null>>; readonly incomplete: number } => {
  const sumOf = (key: Key): number | null => {
    const sum = all.reduce((total, each) => total + (each[key] ?? 0), 0);
    return sum === 0 && all.some((each) => each[key] === null) ? null : sum;
  };
  return {
    counts: Object.fromEntries(keys.map((key) => [key, sumOf(key)])) as Record<Key, number | null>,
    incomplete: all.filter((each) => keys.some((key) => each[key] === null)).length,
  };
};
