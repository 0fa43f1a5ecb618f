import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { divideHalfUp, divideHalfUpBig, formatPoints } from '../../functions/domain/rounding.ts';

describe('half-up division', () => {
  test.each([
    [1, 2, 1],
    [3, 2, 2],
    [1, 3, 0],
    [2, 3, 1],
    [5, 10, 1],
    [4, 10, 0],
    [-1, 2, -1],
    [-1, 3, 0],
    [0, 7, 0],
    [Number.MAX_SAFE_INTEGER, 2, 4_503_599_627_370_496],
    [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER, 1],
    [Number.MAX_SAFE_INTEGER - 1, Number.MAX_SAFE_INTEGER, 1],
  ])('%d / %d is %d', (n, d, quotient) => {
    expect(divideHalfUp(n, d)).toBe(quotient);
  });

  test('is the exact quotient for every pair of safe integers', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), (n, d) => {
        expect(divideHalfUp(n, d)).toBe(Number(divideHalfUpBig(BigInt(n), BigInt(d))));
      }),
    );
  });
});

test.each([
  [87_500_000, '87.50'],
  [0, '0.00'],
  [97_894_737, '97.89'],
  [107_142_857, '107.14'],
  [5_000, '0.01'],
  [4_999, '0.00'],
  [99_995_000, '100.00'],
  [-5_000, '-0.01'],
  [1_050_000, '1.05'],
])('%d micro-points are shown as %s', (micro, text) => {
  expect(formatPoints(micro)).toBe(text);
});
