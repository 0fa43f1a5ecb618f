import fc from 'fast-check';
import type { CrossedRating } from '../../../functions/domain/fairness/crossed-design.ts';

/** A table of ratings, a row a rater, null where a rater did not rate; rater `r1` is the first row, ratee `e1` the first column. */
export const crossed = (...rows: readonly (readonly (number | null)[])[]): CrossedRating[] =>
  rows.flatMap((row, i) =>
    row.flatMap((value, j) => (value === null ? [] : [{ rater: `r${i + 1}`, ratee: `e${j + 1}`, value }])),
  );

/** Everybody rates everybody: 3 to 8 raters, 3 to 8 ratees, values 1 to 5 that are not all the same. */
export const completeDesign = (): fc.Arbitrary<CrossedRating[]> =>
  fc
    .tuple(fc.integer({ min: 3, max: 8 }), fc.integer({ min: 3, max: 8 }))
    .chain(([raters, ratees]) =>
      fc.array(fc.array(fc.integer({ min: 1, max: 5 }), { minLength: ratees, maxLength: ratees }), {
        minLength: raters,
        maxLength: raters,
      }),
    )
    .filter((rows) => new Set(rows.flat()).size > 1)
    .map((rows) => crossed(...rows));

/** Some rate some, a few of them twice: at least two raters, two ratees and two values. */
export const sparseDesign = (): fc.Arbitrary<CrossedRating[]> =>
  fc
    .array(
      fc.record({
        rater: fc.integer({ min: 1, max: 12 }).map((n) => `r${n}`),
        ratee: fc.integer({ min: 1, max: 9 }).map((n) => `e${n}`),
        value: fc.integer({ min: 1, max: 5 }),
      }),
      { minLength: 12, maxLength: 60 },
    )
    .filter((ratings) => {
      const distinct = (of: (rating: CrossedRating) => unknown) => new Set(ratings.map(of)).size;
      return (
        distinct(({ rater }) => rater) > 1 &&
        distinct(({ ratee }) => ratee) > 1 &&
        distinct(({ value }) => value) > 1
      );
    });
