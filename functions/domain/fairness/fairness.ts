import type { NotAdjusted } from '../evaluation/result.ts';
import type { Micro } from '../rounding.ts';
import { MICRO } from '../rounding.ts';
import { type CrossedDesign, type CrossedRating, connectedSets, designOf } from './crossed-design.ts';
import { fitDesign } from './crossed-effects.ts';

/**
 * What a unit's ratings must hold before severity can be told from quality [D]. A comparison is a pair of raters who both
 * rated the same pair of people, counted as the independent ones among them (the residual degrees of freedom).
 */
export const FAIRNESS_MINIMUM = { ratings: 10, raters: 3, ratees: 3, comparisons: 3 } as const;

/**
 * Raters or ratees, whichever are fewer, up to which a unit is fitted: the time grows with their cube, some ten seconds at a
 * thousand.
 */
export const FAIRNESS_MAXIMUM = 1_000;

/** The scores of a unit's people, adjusted for their raters' severity. Micro-points of the 1..5 scale. */
export interface UnitFairness {
  /** Null where the unit's ratings are too few or too alike; nobody in it is adjusted then. */
  readonly model: FairnessModel | null;
  /** Everybody who has a rating. */
  readonly adjustments: ReadonlyMap<string, Adjustment>;
}

export interface FairnessModel {
  readonly ratings: number;
  readonly raters: number;
  readonly ratees: number;
  readonly mean: Micro;
  /** How much raters differ in severity, people in what they are given, and ratings beyond both: standard deviations. */
  readonly raterDeviation: Micro;
  readonly rateeDeviation: Micro;
  readonly residualDeviation: Micro;
}

export type Adjustment =
  | {
      readonly ratings: number;
      /** The unit's mean + the person's effect, in whole hundredths: further digits would tell who gave which score. */
      readonly mean: Micro;
      /** Of that mean, as a prediction; in whole hundredths, since its further digits tell who rated whom. */
      readonly standardError: Micro;
      readonly notAdjusted: null;
    }
  | {
      readonly ratings: number;
      readonly mean: null;
      readonly standardError: null;
      readonly notAdjusted: NotAdjusted;
    };

/**
 * A unit's ratings, adjusted: superiors and peers differ in severity, so each rating is taken as mean + rater + ratee +
 * residual (`fitCrossedEffects`), and a person's adjusted score is mean + their effect. Those with few ratings are drawn
 * towards the mean, more so the less the ratings of one person agree.
 *
 * Nobody is adjusted where the unit's ratings fall short of `FAIRNESS_MINIMUM`, where all are of one value or too many (`FAIRNESS_MAXIMUM`), or where no
 * connected set of raters and ratees holds more than half of the ratings. People outside that set keep their raw score: who
 * was rated only by raters who rated nobody else cannot be compared with the others. Their ratings still count in the fit.
 *
 * Floating point enters the exact scores here, and ends here: a mean is rounded half-up to a whole hundredth of a point. The
 * fit adds up in an order of its own and is good to about 1e-10, so the same ratings give the same hundredths in any order.
 * A hundredth is far below the standard error, so nothing is lost; but who moved one score from one rater to another would
 * otherwise see it in the sixth digit.
 *
 * @param ratings those that count, and only those: no SELF, and of nobody whose pool is hidden for having too few raters.
 * Values on 1..5
 */
export const adjustRatings = (ratings: readonly CrossedRating[]): UnitFairness => {
  if (ratings.length === 0) return { model: null, adjustments: new Map() };
  const design = designOf(ratings);
  const ratees = design.manyAre === 'RATEES' ? design.many : design.few;
  const sets = connectedSets(design);
  const reason = shortcomingOf(design, sets.ratings);
  if (reason !== null) {
    const left = ratees.levels.map((id, at) => [id, unadjusted(ratees.counts[at] ?? 0, reason)] as const);
    return { model: null, adjustments: new Map(left) };
  }
  const fit = fitDesign(design);
  const setOf = design.manyAre === 'RATEES' ? sets.ofMany : sets.ofFew;
  return {
    model: {
      ratings: fit.ratings,
      raters: fit.raters.length,
      ratees: fit.ratees.length,
      mean: roundMicro(fit.mean),
      raterDeviation: roundMicro(fit.standardDeviation.rater),
      rateeDeviation: roundMicro(fit.standardDeviation.ratee),
      residualDeviation: roundMicro(fit.standardDeviation.residual),
    },
    adjustments: new Map(
      fit.ratees.map(({ id, ratings: count, effect, standardErrorWithMean }, at) => [
        id,
        setOf[at] === 0
          ? {
              ratings: count,
              mean: roundHundredth(fit.mean + effect),
              standardError: roundHundredth(standardErrorWithMean),
              notAdjusted: null,
            }
          : unadjusted(count, 'NOT_CONNECTED'),
      ]),
    ),
  };
};

const shortcomingOf = (design: CrossedDesign, setRatings: readonly number[]): NotAdjusted | null => {
  const { many, few, ratings, countOf, alike } = design;
  const [raters, ratees] = design.manyAre === 'RATERS' ? [many, few] : [few, many];
  const comparisons = countOf.length - raters.levels.length - ratees.levels.length + setRatings.length;
  if (ratings < FAIRNESS_MINIMUM.ratings) return 'TOO_FEW_RATINGS';
  if (raters.levels.length < FAIRNESS_MINIMUM.raters) return 'TOO_FEW_RATERS';
  if (ratees.levels.length < FAIRNESS_MINIMUM.ratees) return 'TOO_FEW_RATEES';
  if (comparisons < FAIRNESS_MINIMUM.comparisons) return 'TOO_FEW_COMPARISONS';
  if (few.levels.length > FAIRNESS_MAXIMUM) return 'UNIT_TOO_LARGE';
  if (2 * (setRatings[0] ?? 0) <= ratings) return 'NOT_CONNECTED';
  return alike ? 'NO_DIFFERENCES' : null;
};

const unadjusted = (ratings: number, notAdjusted: NotAdjusted): Adjustment => ({
  ratings,
  mean: null,
  standardError: null,
  notAdjusted,
});

/** Half-up to a whole hundredth, in micro-points. */
const roundHundredth = (value: number): Micro => Math.floor(value * 100 + 0.5) * (MICRO / 100);

/** Half-up. */
const roundMicro = (value: number): Micro => Math.floor(value * MICRO + 0.5);
