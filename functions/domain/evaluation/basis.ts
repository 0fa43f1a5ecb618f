import type { PolicyRules } from '../period/policy.ts';
import type { PeriodKind } from '../period/span.ts';
import { colleaguesCounted } from '../rating/behaviour.ts';
import { CORE_VALUES } from '../rating/core-values.ts';
import type { ExpectationRating } from '../rating/rating.ts';
import { divideHalfUp } from '../rounding.ts';
import type { Behaviour, BehaviourPart, PeriodPart, Result, ValueScore, WorkResult } from './result.ts';

/** A published run of a period. */
export interface PeriodRun {
  readonly periodId: string;
  readonly run: string;
}

interface Listed {
  readonly id: string;
  readonly kind: PeriodKind;
  readonly year: number;
  readonly state: string;
  readonly publishedRun: string | null;
}

/** Whether the period is a year whose results are those of its periods (policy `annual`). */
export const buildsOnPeriods = (
  { kind }: Pick<Listed, 'kind'>,
  { annual }: Pick<PolicyRules, 'annual'>,
): boolean => kind === 'YEAR' && annual === 'FROM_PERIODS';

/**
 * The runs that a year builds on (policy `annual: FROM_PERIODS`): the published quarters of that year, or its months where no
 * quarter was published, in the order of time. Null: the period is no year, or the policy says FROM_INPUTS.
 */
export const builtOn = (
  { kind, year }: Pick<Listed, 'kind' | 'year'>,
  rules: Pick<PolicyRules, 'annual'>,
  periods: readonly Listed[],
): readonly PeriodRun[] | null => {
  if (!buildsOnPeriods({ kind }, rules)) return null;
  const ofKind = (wanted: PeriodKind): PeriodRun[] =>
    periods
      .filter((period) => period.year === year && period.kind === wanted)
      .flatMap(({ id, publishedRun }) => (publishedRun === null ? [] : [{ periodId: id, run: publishedRun }]))
      .sort((a, b) => (a.periodId < b.periodId ? -1 : 1));
  const quarters = ofKind('QUARTER');
  return quarters.length > 0 ? quarters : ofKind('MONTH');
};

/** Of the runs that were frozen with a year that builds on its periods, those that it builds on: of its own year. */
export const basisRuns = (year: number, frozen: readonly PeriodRun[]): readonly PeriodRun[] =>
  frozen.filter(({ periodId }) => periodId.startsWith(`${year}-`));

/** Whether a year that builds on its periods must still wait for one of them: they take changes, or are being closed. */
export const waitsForPeriods = (
  period: Pick<Listed, 'kind' | 'year'>,
  rules: Pick<PolicyRules, 'annual'>,
  periods: readonly Listed[],
): boolean =>
  buildsOnPeriods(period, rules) &&
  periods.some(
    ({ kind, year, state }) =>
      kind !== 'YEAR' && year === period.year && (state === 'OPEN' || state === 'CLOSING'),
  );

/** One person's result of a period, as far as another evaluation builds on it. */
export type BasisResult = Pick<
  Result,
  'periodId' | 'run' | 'workResult' | 'workResultRating' | 'behaviour' | 'behaviourRating'
>;

/** The parts in the order of their periods. */
const inOrder = (results: readonly BasisResult[]): BasisResult[] =>
  results.toSorted((a, b) => (a.periodId < b.periodId ? -1 : 1));

/**
 * The score that a period brings into the year: none where the person was away for too long to be evaluated in it, since nothing
 * follows from such figures.
 */
const scoreBrought = ({ score, notMeasured }: Pick<WorkResult | Behaviour, 'score' | 'notMeasured'>) =>
  notMeasured === 'ABSENT' ? null : score;

/** Half-up mean of the scores that exist, micro-points; null without one. */
const meanScore = (parts: readonly PeriodPart[]): number | null => {
  const scores = parts.flatMap(({ score }) => score ?? []);
  return scores.length === 0
    ? null
    : divideHalfUp(
        scores.reduce((sum, score) => sum + score, 0),
        scores.length,
      );
};

const STEP: Readonly<Record<ExpectationRating, number>> = { BELOW: -1, MEETS: 0, ABOVE: 1 };

/**
 * The rating that the periods' final ratings propose: ABOVE counts +1, MEETS 0, BELOW −1, and their mean is rounded half-up: two
 * ABOVE and two MEETS are ABOVE, two BELOW and two MEETS are MEETS [D].
 */
export const meanRating = (ratings: readonly ExpectationRating[]): ExpectationRating | null => {
  if (ratings.length === 0) return null;
  const sum = ratings.reduce((total, rating) => total + STEP[rating], 0);
  const step = Math.floor((2 * sum + ratings.length) / (2 * ratings.length));
  return step > 0 ? 'ABOVE' : step < 0 ? 'BELOW' : 'MEETS';
};

const ratingsOf = (parts: readonly Pick<PeriodPart, 'rating'>[]): ExpectationRating[] =>
  parts.flatMap(({ rating }) => rating ?? []);

/** The work result from the results of periods: the mean of their scores, and the mean of their final ratings. */
export const workResultOfPeriods = (results: readonly BasisResult[]): WorkResult => {
  const periods = inOrder(results).map(
    ({ periodId, run, workResult, workResultRating }): PeriodPart => ({
      periodId,
      run,
      score: scoreBrought(workResult),
      rating: workResultRating,
    }),
  );
  const score = meanScore(periods);
  return {
    source: 'PERIODS',
    unit: null,
    periods,
    planRevision: null,
    lines: [],
    score,
    notMeasured: score === null ? 'NO_PERIODS' : null,
    proposed: meanRating(ratingsOf(periods)),
  };
};

/**
 * The core values from the results of periods: of each value the half-up mean of the periods in which somebody counted rated it.
 * What follows from a year looks at them as at those of any other period. They are means of figures that are shown themselves, so
 * they tell nothing more of a rater.
 */
const valuesOfPeriods = (results: readonly BasisResult[]): ValueScore[] =>
  CORE_VALUES.flatMap((value) => {
    const means = results.flatMap(({ behaviour }) =>
      behaviour.notMeasured === 'ABSENT'
        ? []
        : behaviour.values.filter((one) => one.value === value).map(({ mean }) => mean),
    );
    if (means.length === 0) return [];
    const sum = means.reduce((total, mean) => total + mean, 0);
    return [{ value, mean: divideHalfUp(sum, means.length) }];
  });

/** The behaviour from the results of periods, in the same way; there are no pools and nothing to adjust. */
export const behaviourOfPeriods = (results: readonly BasisResult[]): Behaviour => {
  const periods = inOrder(results).map(
    ({ periodId, run, behaviour, behaviourRating }): BehaviourPart => ({
      periodId,
      run,
      score: scoreBrought(behaviour),
      rating: behaviourRating,
      colleagues: colleaguesCounted(behaviour),
    }),
  );
  const score = meanScore(periods);
  return {
    periods,
    poolsOfUnitId: null,
    pools: [],
    self: null,
    rawScore: score,
    adjusted: null,
    values: valuesOfPeriods(results),
    counts: 'RAW',
    score,
    notMeasured: score === null ? 'NO_PERIODS' : null,
    proposed: meanRating(ratingsOf(periods)),
  };
};
