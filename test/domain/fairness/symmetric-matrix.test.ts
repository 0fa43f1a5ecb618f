import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  choleskyInto,
  inverseInto,
  logDeterminant,
  solve,
} from '../../../functions/domain/fairness/symmetric-matrix.ts';

const at = (array: Float64Array, index: number): number => array[index] ?? Number.NaN;

/** B·B' + I for a random B: as full arrays, of which the module reads the lower half. */
const positiveDefinite = fc
  .integer({ min: 1, max: 30 })
  .chain((n) => fc.array(fc.integer({ min: -2, max: 2 }), { minLength: n * n, maxLength: n * n }))
  .map((b) => {
    const n = Math.sqrt(b.length);
    return Float64Array.from(b, (_, place) => {
      const [i, j] = [Math.floor(place / n), place % n];
      let sum = i === j ? 1 : 0;
      for (let k = 0; k < n; k++) sum += (b[i * n + k] ?? 0) * (b[j * n + k] ?? 0);
      return sum;
    });
  });

test('a solution and an inverse undo the matrix', () => {
  fc.assert(
    fc.property(positiveDefinite, (matrix) => {
      const n = Math.sqrt(matrix.length);
      const factor = new Float64Array(n * n);
      const inverse = new Float64Array(n * n);
      choleskyInto(factor, matrix, n);
      inverseInto(inverse, factor, n, new Float64Array(n * n));
      let worst = 0;
      for (let j = 0; j < n; j++) {
        const unit = Float64Array.from({ length: n }, (_, i) => (i === j ? 1 : 0));
        const column = solve(factor, unit);
        for (let i = 0; i < n; i++) {
          let product = 0;
          for (let k = 0; k < n; k++) product += at(matrix, i * n + k) * at(column, k);
          worst = Math.max(worst, Math.abs(product - at(unit, i)));
          const entry = at(inverse, Math.max(i, j) * n + Math.min(i, j));
          worst = Math.max(worst, Math.abs(entry - at(column, i)));
        }
      }
      expect(worst).toBeLessThan(1e-9);
    }),
    { numRuns: 50 },
  );
});

test('the determinant of a known matrix, factored in its own place', () => {
  const matrix = Float64Array.from([4, 0, 2, 5]);
  choleskyInto(matrix, matrix, 2);
  expect(logDeterminant(matrix, 2)).toBeCloseTo(Math.log(16), 12);
});

test('a matrix that is not positive definite is refused', () => {
  expect(() => choleskyInto(new Float64Array(4), Float64Array.from([1, 0, 2, 1]), 2)).toThrow(RangeError);
});
