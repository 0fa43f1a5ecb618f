import type { CrossedRating } from '../../functions/domain/fairness/crossed-design.ts';
import { fitCrossedEffects, type VarianceRatios } from '../../functions/domain/fairness/crossed-effects.ts';
import { adjustRatings } from '../../functions/domain/fairness/fairness.ts';
import { lectureRatings } from '../support/lecture-ratings.ts';

export interface FairnessTimes {
  readonly units: readonly {
    readonly unit: string;
    readonly ratings: number;
    readonly raters: number;
    readonly ratees: number;
    readonly adjusted: number;
    readonly milliseconds: number;
    /** How far the REML criterion lies above the least that any of `STARTS` leads to; not above 1e-8 is the same. */
    readonly aboveBest: number;
  }[];
  readonly ratings: number;
  /** All units one after the other, as a close does. */
  readonly seconds: number;
  /** All units as one, which a close never does: a thousand ratees in the dense factor. */
  readonly wholeSeconds: number;
  /** A hundred times as many units, of other people, one after the other. */
  readonly hundredfoldSeconds: number;
}

const COPIES = 100;

const STARTS: readonly VarianceRatios[] = [0, 1e-4, 0.03, 0.5, 20].flatMap((rater) =>
  [0, 1e-3, 0.2, 5].map((ratee) => ({ rater, ratee })),
);

/** The fairness model on the real ratings of lecturers, unit by unit, from many starts each, and on all of them at once. */
export function measureFairness(): FairnessTimes {
  const departments = lectureRatings();
  const units = [...departments].map(([unit, ratings]) => {
    const from = performance.now();
    const { model, adjustments } = adjustRatings(ratings);
    const milliseconds = performance.now() - from;
    if (model === null) throw new Error(`unit ${unit} was not fitted`);
    const adjusted = [...adjustments.values()].filter(({ notAdjusted }) => notAdjusted === null).length;
    const { raters, ratees } = model;
    return {
      unit,
      ratings: ratings.length,
      raters,
      ratees,
      adjusted,
      milliseconds,
      aboveBest: aboveBest(ratings),
    };
  });
  const all = [...departments.values()].flat();
  const from = performance.now();
  fitCrossedEffects(all);
  const wholeSeconds = (performance.now() - from) / 1000;
  return {
    units: units.sort((a, b) => Number(a.unit) - Number(b.unit)),
    ratings: all.length,
    seconds: units.reduce((sum, { milliseconds }) => sum + milliseconds, 0) / 1000,
    wholeSeconds,
    hundredfoldSeconds: measureHundredfold([...departments.values()]),
  };
}

/** Seconds that the fits take alone. */
function measureHundredfold(units: readonly (readonly CrossedRating[])[]): number {
  let milliseconds = 0;
  for (let copy = 0; copy < COPIES; copy += 1) {
    for (const unit of units) {
      const ratings = unit.map((rating) => ({
        ...rating,
        rater: `${copy} ${rating.rater}`,
        ratee: `${copy} ${rating.ratee}`,
      }));
      const from = performance.now();
      adjustRatings(ratings);
      milliseconds += performance.now() - from;
    }
  }
  return milliseconds / 1000;
}

const aboveBest = (ratings: readonly CrossedRating[]): number => {
  const others = STARTS.map((start) => fitCrossedEffects(ratings, start).criterion);
  return fitCrossedEffects(ratings).criterion - Math.min(...others);
};
