import type { ExpectationRating } from '../rating/rating.ts';

/** Predicate of a person (predikat kinerja). */
export type Predicate = 'EXCELLENT' | 'GOOD' | 'NEEDS_IMPROVEMENT' | 'POOR' | 'VERY_POOR';
/** Class of the numeric scheme of PP 30/2019 art. 41: sangat baik, baik, cukup, kurang, sangat kurang. */
export type NumericClass = 'VERY_GOOD' | 'GOOD' | 'FAIR' | 'POOR' | 'VERY_POOR';
/** Predicate of a unit (capaian kinerja organisasi). */
export type UnitPredicate = 'OUTSTANDING' | 'GOOD' | 'NEEDS_IMPROVEMENT' | 'POOR' | 'VERY_POOR';

/** Quadrant of PermenPANRB 6/2022 (annex): work result, then behaviour. */
const QUADRANT: Readonly<Record<ExpectationRating, Readonly<Record<ExpectationRating, Predicate>>>> = {
  ABOVE: { BELOW: 'POOR', MEETS: 'GOOD', ABOVE: 'EXCELLENT' },
  MEETS: { BELOW: 'POOR', MEETS: 'GOOD', ABOVE: 'GOOD' },
  BELOW: { BELOW: 'VERY_POOR', MEETS: 'NEEDS_IMPROVEMENT', ABOVE: 'NEEDS_IMPROVEMENT' },
};

/** A person's predicate from the two ratings. */
export const quadrant = (workResult: ExpectationRating, behaviour: ExpectationRating): Predicate =>
  QUADRANT[workResult][behaviour];

/** From the best to the worst. */
export const PREDICATES: readonly Predicate[] = [
  'EXCELLENT',
  'GOOD',
  'NEEDS_IMPROVEMENT',
  'POOR',
  'VERY_POOR',
];
