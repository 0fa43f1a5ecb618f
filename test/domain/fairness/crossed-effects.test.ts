import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CrossedRating } from '../../../functions/domain/fairness/crossed-design.ts';
import {
  type CrossedFit,
  type Effect,
  fitCrossedEffects,
  type VarianceRatios,
} from '../../../functions/domain/fairness/crossed-effects.ts';
import { lectureRatings } from '../../support/lecture-ratings.ts';
import { completeDesign, crossed, sparseDesign } from './crossed-builders.ts';
import { solveDensely } from './dense-mixed-model.ts';

const published = (file: string): string[][] =>
  readFileSync(join(import.meta.dirname, 'data', file), 'utf8')
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((row) => row.split(','));

const penicillin = (): CrossedRating[] =>
  published('penicillin.csv').map(([diameter, rater = '', ratee = '']) => ({
    rater,
    ratee,
    value: Number(diameter),
  }));

const effectOf = (effects: readonly Effect[], id: string): number =>
  effects.find((effect) => effect.id === id)?.effect ?? Number.NaN;

const meanOf = (ratings: readonly CrossedRating[]): number =>
  ratings.reduce((sum, { value }) => sum + value, 0) / ratings.length;

/** Starts far from each other, zero variances among them. */
const STARTS: readonly VarianceRatios[] = [0, 1e-4, 0.03, 0.5, 20].flatMap((rater) =>
  [0, 1e-3, 0.2, 5].map((ratee) => ({ rater, ratee })),
);

describe('the published fit of the penicillin data', () => {
  const fit = fitCrossedEffects(penicillin());

  test('mean, standard deviations and criterion', () => {
    expect(Math.abs(fit.mean - 22.97222)).toBeLessThan(1e-4);
    expect(Math.abs(fit.standardDeviation.rater - 0.8467)).toBeLessThan(1e-4);
    expect(Math.abs(fit.standardDeviation.ratee - 1.93161)).toBeLessThan(1e-4);
    expect(Math.abs(fit.standardDeviation.residual - 0.54992)).toBeLessThan(1e-4);
    expect(Math.abs(fit.criterion - 330.8606)).toBeLessThan(1e-4);
  });

  test.each(published('penicillin-reml.csv'))('the effect of %s %s is %s', (factor, level = '', blup) => {
    const effects = factor === 'plate' ? fit.raters : fit.ratees;
    expect(Math.abs(effectOf(effects, level) - Number(blup))).toBeLessThan(1e-4);
  });

  test('comes out of every start', () => {
    for (const start of STARTS) {
      const other = fitCrossedEffects(penicillin(), start);
      expect(Math.abs(other.criterion - fit.criterion)).toBeLessThan(1e-9);
      expect(largestDifference(other, fit)).toBeLessThan(1e-9);
    }
  });
});

const largestDifference = (a: CrossedFit, b: CrossedFit): number =>
  Math.max(
    ...(['raters', 'ratees'] as const).flatMap((factor) =>
      a[factor].map(({ effect }, at) => Math.abs(effect - (b[factor][at]?.effect ?? Number.NaN))),
    ),
  );

describe('real ratings of lecturers', () => {
  const departments = lectureRatings();

  test.each(['1', '7', '10'])(
    'in department %s no other start finds a better criterion, nor another solution',
    (unit) => {
      const ratings = departments.get(unit) ?? [];
      const fit = fitCrossedEffects(ratings);
      for (const start of STARTS.filter((_, at) => at % 4 === at % 5)) {
        const other = fitCrossedEffects(ratings, start);
        expect(fit.criterion).toBeLessThan(other.criterion + 1e-8);
        expect(largestDifference(other, fit)).toBeLessThan(1e-10);
      }
    },
  );
});

describe('the equations', () => {
  test('effects, prediction errors and criterion are those of Henderson’s equations solved densely', () => {
    fc.assert(
      fc.property(sparseDesign(), (ratings) => {
        const fit = fitCrossedEffects(ratings);
        fc.pre(Math.min(...Object.values(fit.standardDeviation)) > 0.01);
        const dense = solveDensely(ratings, fit.standardDeviation);
        const effects = [...fit.raters, ...fit.ratees];
        expect(fit.mean).toBeCloseTo(dense.mean, 8);
        expect(fit.criterion).toBeCloseTo(dense.criterion, 7);
        effects.forEach((effect, at) => {
          expect(effect.effect).toBeCloseTo(dense.effects[at] ?? Number.NaN, 8);
          expect(effect.standardError).toBeCloseTo(dense.standardErrors[at] ?? Number.NaN, 8);
          expect(effect.standardErrorWithMean).toBeCloseTo(dense.standardErrorsWithMean[at] ?? Number.NaN, 8);
        });
      }),
      { numRuns: 30 },
    );
  });

  test('no other variances are likelier', () => {
    const factors = fc.tuple(...([0, 1, 2] as const).map(() => fc.double({ min: 0.3, max: 3, noNaN: true })));
    fc.assert(
      fc.property(sparseDesign(), factors, (ratings, [a = 1, b = 1, c = 1]) => {
        const { criterion, standardDeviation: at } = fitCrossedEffects(ratings);
        const other = {
          rater: Math.max(0.02, a * at.rater),
          ratee: Math.max(0.02, b * at.ratee),
          residual: Math.max(0.02, c * at.residual),
        };
        expect(solveDensely(ratings, other).criterion).toBeGreaterThan(criterion - 1e-7);
      }),
      { numRuns: 30 },
    );
  });
});

describe('properties', () => {
  test('the order of the ratings changes no bit', () => {
    const shuffled = sparseDesign().chain((ratings) =>
      fc.tuple(
        fc.constant(ratings),
        fc.shuffledSubarray(ratings, { minLength: ratings.length, maxLength: ratings.length }),
      ),
    );
    fc.assert(
      fc.property(shuffled, ([ratings, other]) => {
        expect(fitCrossedEffects(other)).toEqual(fitCrossedEffects(ratings));
      }),
      { numRuns: 30 },
    );
  });

  test('raters and ratees may change places', () => {
    fc.assert(
      fc.property(sparseDesign(), (ratings) => {
        const fit = fitCrossedEffects(ratings);
        const swapped = fitCrossedEffects(
          ratings.map(({ rater, ratee, value }) => ({ rater: ratee, ratee: rater, value })),
        );
        expect(swapped.criterion).toBeCloseTo(fit.criterion, 7);
      }),
      { numRuns: 30 },
    );
  });

  test('with a constant added to every rating the mean moves by it, and nothing else', () => {
    fc.assert(
      fc.property(sparseDesign(), fc.double({ min: -50, max: 50, noNaN: true }), (ratings, shift) => {
        const fit = fitCrossedEffects(ratings);
        const moved = fitCrossedEffects(ratings.map((one) => ({ ...one, value: one.value + shift })));
        fc.pre(isSettled(fit));
        expect(moved.mean - fit.mean).toBeCloseTo(shift, 7);
        expect(largestDifference(moved, fit)).toBeLessThan(1e-7);
      }),
      { numRuns: 30 },
    );
  });

  test('ratings in another unit of measure give the same fit in that unit', () => {
    fc.assert(
      fc.property(sparseDesign(), fc.double({ min: 0.01, max: 100, noNaN: true }), (ratings, scale) => {
        const fit = fitCrossedEffects(ratings);
        const scaled = fitCrossedEffects(ratings.map((one) => ({ ...one, value: scale * one.value })));
        fc.pre(isSettled(fit));
        expect(scaled.mean / scale).toBeCloseTo(fit.mean, 7);
        scaled.ratees.forEach(({ effect, standardError }, at) => {
          expect(effect / scale).toBeCloseTo(fit.ratees[at]?.effect ?? Number.NaN, 7);
          expect(standardError / scale).toBeCloseTo(fit.ratees[at]?.standardError ?? Number.NaN, 6);
        });
      }),
      { numRuns: 30 },
    );
  });

  test('where everybody rates everybody, a rater who turns severe changes nobody’s place', () => {
    fc.assert(
      fc.property(completeDesign(), fc.integer({ min: -4, max: 4 }), (ratings, severity) => {
        const before = fitCrossedEffects(ratings).ratees;
        const after = fitCrossedEffects(
          ratings.map((one) => (one.rater === 'r1' ? { ...one, value: one.value + severity } : one)),
        ).ratees;
        before.forEach((one, i) => {
          before.forEach((other, j) => {
            if (one.effect > other.effect + 1e-7) {
              expect(after[i]?.effect).toBeGreaterThan((after[j]?.effect ?? Number.NaN) - 1e-7);
            }
          });
        });
      }),
      { numRuns: 30 },
    );
  });

  test('where everybody rates everybody, effects lie between zero and the difference from the mean', () => {
    fc.assert(
      fc.property(completeDesign(), (ratings) => {
        const { mean, ratees } = fitCrossedEffects(ratings);
        expect(mean).toBeCloseTo(meanOf(ratings), 8);
        for (const { id, effect } of ratees) {
          const difference = meanOf(ratings.filter(({ ratee }) => ratee === id)) - mean;
          expect(effect * Math.sign(difference)).toBeGreaterThan(-1e-8);
          expect(Math.abs(effect)).toBeLessThan(Math.abs(difference) + 1e-8);
        }
      }),
      { numRuns: 30 },
    );
  });
});

/** Whether the ratings determine the residual: where raters and ratees explain everything, the ratios have no end. */
const isSettled = ({ standardDeviation: { rater, ratee, residual } }: CrossedFit): boolean =>
  residual > 0.05 * Math.max(rater, ratee);

describe('borders of the model', () => {
  test('ratings that raters and ratees explain entirely', () => {
    const { ratees, standardDeviation } = fitCrossedEffects(crossed([1, 2, 3], [2, 3, 4], [3, 4, 5]));
    expect(effectOf(ratees, 'e1')).toBeCloseTo(-1, 3);
    expect(effectOf(ratees, 'e3')).toBeCloseTo(1, 3);
    expect(standardDeviation.residual).toBeLessThan(0.01);
  });

  test('people between whom the ratings show no difference all get the mean', () => {
    const { ratees, standardDeviation, mean } = fitCrossedEffects(crossed([1, 2, 3], [2, 3, 1], [3, 1, 2]));
    expect(mean).toBeCloseTo(2, 10);
    expect(standardDeviation).toMatchObject({ rater: 0, ratee: 0 });
    expect(ratees.map(({ effect }) => effect)).toEqual([0, 0, 0]);
  });

  test('a severe rater’s people rise, a mild one’s fall', () => {
    const { ratees } = fitCrossedEffects(
      crossed([2, 3, 2, 1, null, null], [4, 5, 4, 3, 4, 3], [null, null, 5, 4, 5, 4], [3, 4, 3, 2, 3, 2]),
    );
    expect(effectOf(ratees, 'e1')).toBeGreaterThan(effectOf(ratees, 'e6'));
  });

  test.each([
    ['one rater', crossed([1, 2, 3])],
    ['one ratee', crossed([1], [2], [3])],
    ['one value', crossed([3, 3], [3, 3])],
  ])('%s determines no model', (_, ratings) => {
    expect(() => fitCrossedEffects(ratings)).toThrow(RangeError);
  });
});
