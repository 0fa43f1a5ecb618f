import type { Micro } from '../rounding.ts';
import { divideHalfUp, MICRO } from '../rounding.ts';
import type { NumericClass, Predicate } from './predicate.ts';

/** Shares of work result and behaviour in the numeric score, percent; they sum to 100. */
export interface ScoreShares {
  readonly workResult: number;
  readonly behaviour: number;
}

/** Shares of PP 30/2019 art. 41: 70 and 30, or 60 and 40 where the opinions of peers or subordinates counted. */
export const scoreSharesOf = (withColleagues: boolean): ScoreShares =>
  withColleagues ? { workResult: 60, behaviour: 40 } : { workResult: 70, behaviour: 30 };

/** The numeric score: the two scores by their shares, half-up to micro-points. */
export const numericScore = (workResult: Micro, behaviour: Micro, shares: ScoreShares): Micro =>
  divideHalfUp(workResult * shares.workResult + behaviour * shares.behaviour, 100);

/**
 * Class of the numeric score (PP 30/2019 art. 41): from 110 points with an innovation that helps the organisation VERY_GOOD,
 * from 90 (and from 110 without it) GOOD, from 70 FAIR, from 50 POOR, below VERY_POOR.
 */
export const numericClassOf = (score: Micro, innovation: boolean): NumericClass => {
  if (score >= 110 * MICRO && innovation) return 'VERY_GOOD';
  if (score >= 90 * MICRO) return 'GOOD';
  if (score >= 70 * MICRO) return 'FAIR';
  return score >= 50 * MICRO ? 'POOR' : 'VERY_POOR';
};

/** The predicate in whose place a numeric class stands, so that distributions can be counted in either scheme [D]. */
export const predicateOfClass = (numericClass: NumericClass): Predicate => PREDICATE_OF[numericClass];

const PREDICATE_OF: Readonly<Record<NumericClass, Predicate>> = {
  VERY_GOOD: 'EXCELLENT',
  GOOD: 'GOOD',
  FAIR: 'NEEDS_IMPROVEMENT',
  POOR: 'POOR',
  VERY_POOR: 'VERY_POOR',
};
