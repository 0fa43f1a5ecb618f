import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { NotAdjusted } from '../../../functions/domain/evaluation/result.ts';
import type { CrossedRating } from '../../../functions/domain/fairness/crossed-design.ts';
import { fitCrossedEffects } from '../../../functions/domain/fairness/crossed-effects.ts';
import {
  adjustRatings,
  FAIRNESS_MAXIMUM,
  FAIRNESS_MINIMUM,
} from '../../../functions/domain/fairness/fairness.ts';
import { lectureRatings } from '../../support/lecture-ratings.ts';
import { crossed, sparseDesign } from './crossed-builders.ts';

const unit = crossed([4, 5, 3, 2], [3, 5, 3, 1], [5, 5, 4, 3], [4, 4, 2, 2]);

describe('adjusted scores of a unit', () => {
  test('are mean + effect, half-up to a hundredth, with the error of that and the number of ratings', () => {
    const { model, adjustments } = adjustRatings(unit);
    const fit = fitCrossedEffects(unit);
    expect(model).toMatchObject({ ratings: 16, raters: 4, ratees: 4, mean: 3_437_500 });
    expect(model?.raterDeviation).toBe(Math.round(fit.standardDeviation.rater * 1e6));
    for (const { id, effect, standardErrorWithMean } of fit.ratees) {
      const adjustment = adjustments.get(id);
      expect(adjustment).toMatchObject({ ratings: 4, notAdjusted: null });
      expect(adjustment?.mean).toBe(Math.floor((fit.mean + effect) * 100 + 0.5) * 10_000);
      expect(Math.abs((adjustment?.standardError ?? 0) - standardErrorWithMean * 1e6)).toBeLessThanOrEqual(
        5_000,
      );
      expect((adjustment?.standardError ?? 1) % 10_000).toBe(0);
    }
  });

  test('are the same hundredths in any order of the ratings', () => {
    const shuffled = sparseDesign().chain((ratings) =>
      fc.tuple(
        fc.constant(ratings),
        fc.shuffledSubarray(ratings, { minLength: ratings.length, maxLength: ratings.length }),
      ),
    );
    fc.assert(
      fc.property(shuffled, ([ratings, other]) => {
        expect(adjustRatings(other)).toEqual(adjustRatings(ratings));
      }),
      { numRuns: 30 },
    );
  });

  test('are whole numbers of micro-points, whatever the ratings', () => {
    fc.assert(
      fc.property(sparseDesign(), (ratings) => {
        const { adjustments } = adjustRatings(ratings);
        expect(adjustments.size).toBe(new Set(ratings.map(({ ratee }) => ratee)).size);
        for (const { mean, standardError, notAdjusted } of adjustments.values()) {
          expect(mean === null).toBe(notAdjusted !== null);
          expect(standardError === null).toBe(notAdjusted !== null);
          if (mean !== null) expect(Number.isSafeInteger(mean)).toBe(true);
        }
      }),
      { numRuns: 50 },
    );
  });

  test('a department of real ratings: its people are adjusted, those of an island are not', () => {
    const { model, adjustments } = adjustRatings(lectureRatings().get('10') ?? []);
    const reasons = [...adjustments.values()].map(({ notAdjusted }) => notAdjusted);
    expect(model).toMatchObject({ ratings: 4_708, raters: 501, ratees: 94 });
    expect(reasons.filter((reason) => reason === null).length).toBeGreaterThan(85);
    expect(reasons).toContain('NOT_CONNECTED');
  });
});

describe('the raw score stands, with the reason', () => {
  const team = (name: string, ratings: readonly CrossedRating[]): CrossedRating[] =>
    ratings.map(({ rater, ratee, value }) => ({
      rater: `${name}-${rater}`,
      ratee: `${name}-${ratee}`,
      value,
    }));
  const cases: readonly (readonly [string, CrossedRating[], NotAdjusted])[] = [
    ['nine ratings', crossed([1, 2, 3], [2, 3, 5], [3, 4, 4]), 'TOO_FEW_RATINGS'],
    ['two raters', crossed([1, 2, 3, 4, 5], [2, 2, 3, 5, 5]), 'TOO_FEW_RATERS'],
    ['two people', crossed([1, 2], [2, 3], [4, 5], [3, 5], [1, 1]), 'TOO_FEW_RATEES'],
    [
      'raters who hardly share anybody',
      crossed(
        [1, 2, 3, 4, 5, 4, null, null],
        [null, null, null, null, 3, 4, 3, 4],
        [null, null, 5, ...Array(5).fill(null)],
      ),
      'TOO_FEW_COMPARISONS',
    ],
    ['two teams that share no rater', [...team('a', unit), ...team('b', unit)], 'NOT_CONNECTED'],
    [
      'more raters and people than can be fitted',
      Array.from({ length: FAIRNESS_MAXIMUM + 1 }, (_, i) =>
        [0, 1, 2].map((k) => ({
          rater: `r${(i + k) % (FAIRNESS_MAXIMUM + 1)}`,
          ratee: `e${i}`,
          value: 3 + k / 2,
        })),
      ).flat(),
      'UNIT_TOO_LARGE',
    ],
    ['one value for everybody', crossed([4, 4, 4, 4], [4, 4, 4, 4], [4, 4, 4, 4]), 'NO_DIFFERENCES'],
  ];

  test.each(cases)('of %s', (_, ratings, reason) => {
    const { model, adjustments } = adjustRatings(ratings);
    expect(model).toBeNull();
    for (const [id, adjustment] of adjustments) {
      const count = ratings.filter(({ ratee }) => ratee === id).length;
      expect(adjustment).toEqual({ ratings: count, mean: null, standardError: null, notAdjusted: reason });
    }
  });

  test('of a person whose raters rated nobody else, while the others are adjusted', () => {
    const alone = [1, 2, 3].map((n) => ({ rater: `far-${n}`, ratee: 'alone', value: n + 2 }));
    const { model, adjustments } = adjustRatings([...unit, ...alone]);
    expect(model?.ratings).toBe(19);
    expect(adjustments.get('alone')).toMatchObject({ mean: null, notAdjusted: 'NOT_CONNECTED' });
    expect(adjustments.get('e1')).toMatchObject({ notAdjusted: null });
  });

  test('of nobody where nobody was rated', () => {
    expect(adjustRatings([])).toEqual({ model: null, adjustments: new Map() });
  });

  test('the least that is adjusted', () => {
    const least = crossed([1, 2, 3, 4], [2, 3, 5, 4], [3, 4, null, null]);
    expect(least).toHaveLength(FAIRNESS_MINIMUM.ratings);
    expect(adjustRatings(least).model).not.toBeNull();
  });
});
