import type { Predicate, UnitPredicate } from './predicate.ts';

/** A point of the guidance (SE MenPANRB 3/2023) that a unit's staff do not keep. It warns; it moves nobody. */
export interface DistributionWarning {
  readonly predicates: readonly Predicate[];
  readonly bound: 'AT_MOST' | 'AT_LEAST';
  /** How many the guidance allows or asks for, and how many there are. */
  readonly allowed: number;
  readonly actual: number;
}

/** Staff of a unit by predicate. */
export type PredicateCounts = Readonly<Record<Predicate, number>>;

/** A point of the guidance for a number of staff. */
export type DistributionBound = Omit<DistributionWarning, 'actual'>;

interface Guideline {
  readonly predicates: readonly Predicate[];
  readonly bound: 'AT_MOST' | 'AT_LEAST';
  /** Percent of the staff; null: one person. */
  readonly percent: number | null;
}

const atMost = (percent: number, ...predicates: Predicate[]): Guideline => ({
  predicates,
  bound: 'AT_MOST',
  percent,
});
const atLeast = (percent: number | null, ...predicates: Predicate[]): Guideline => ({
  predicates,
  bound: 'AT_LEAST',
  percent,
});

/** SE MenPANRB 3/2023, by the unit's predicate. */
const GUIDANCE: Readonly<Record<UnitPredicate, readonly Guideline[]>> = {
  OUTSTANDING: [atMost(70, 'EXCELLENT')],
  GOOD: [atMost(70, 'GOOD'), atLeast(null, 'NEEDS_IMPROVEMENT', 'POOR')],
  NEEDS_IMPROVEMENT: [atLeast(60, 'NEEDS_IMPROVEMENT'), atMost(10, 'EXCELLENT')],
  POOR: [atLeast(60, 'POOR'), atLeast(10, 'NEEDS_IMPROVEMENT'), atMost(10, 'EXCELLENT')],
  VERY_POOR: [atLeast(60, 'VERY_POOR'), atLeast(10, 'POOR', 'NEEDS_IMPROVEMENT'), atMost(0, 'EXCELLENT')],
};

/** What the guidance allows and asks for among `total` staff: maxima rounded down, minima up [D]. Empty for no staff. */
export const distributionBounds = (unitPredicate: UnitPredicate, total: number): DistributionBound[] =>
  total === 0
    ? []
    : GUIDANCE[unitPredicate].map(({ predicates, bound, percent }) => ({
        predicates,
        bound,
        allowed: allowedOf(bound, percent, total),
      }));

const allowedOf = (bound: Guideline['bound'], percent: number | null, total: number): number => {
  if (percent === null) return 1;
  const hundredths = percent * total;
  return bound === 'AT_MOST' ? Math.floor(hundredths / 100) : Math.ceil(hundredths / 100);
};

/** The points of the guidance that a unit's staff do not keep. @param unitPredicate null: none proposed, nothing to compare */
export const distributionGuidance = (
  unitPredicate: UnitPredicate | null,
  counts: PredicateCounts,
): DistributionWarning[] => {
  if (unitPredicate === null) return [];
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return distributionBounds(unitPredicate, total).flatMap((point) => {
    const actual = point.predicates.reduce((sum, predicate) => sum + counts[predicate], 0);
    const kept = point.bound === 'AT_MOST' ? actual <= point.allowed : actual >= point.allowed;
    return kept ? [] : [{ ...point, actual }];
  });
};

/** Nobody in any predicate. */
export const noCounts: PredicateCounts = {
  EXCELLENT: 0,
  GOOD: 0,
  NEEDS_IMPROVEMENT: 0,
  POOR: 0,
  VERY_POOR: 0,
};
