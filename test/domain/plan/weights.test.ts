import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { messageOf } from '../../../functions/domain/messages.ts';
import { checkWeights, equalWeights, normaliseWeights } from '../../../functions/domain/plan/weights.ts';

const sumOf = (weights: readonly number[]): number => weights.reduce((sum, weight) => sum + weight, 0);
const main = (...weights: number[]) => weights.map((weight) => ({ kind: 'MAIN' as const, weight }));
const codes = (lines: Parameters<typeof checkWeights>[0]) =>
  checkWeights(lines).map(({ code, path }) => `${code} ${path.join('.')}`);

test.each([
  [1, [10_000]],
  [2, [5_000, 5_000]],
  [3, [3_334, 3_333, 3_333]],
  [6, [1_667, 1_667, 1_667, 1_667, 1_666, 1_666]],
  [7, [1_429, 1_429, 1_429, 1_429, 1_428, 1_428, 1_428]],
])('%d equal lines', (n, weights) => {
  expect(equalWeights(n)).toEqual(weights);
});

test('no lines have no weights', () => {
  expect(equalWeights(0)).toEqual([]);
});

describe('the largest remainder', () => {
  test('goes to the largest, and among equals to the earlier', () => {
    expect(normaliseWeights([1, 1, 4], 10)).toEqual([2, 2, 6]);
    expect(normaliseWeights([1, 1, 1], 10)).toEqual([4, 3, 3]);
    expect(normaliseWeights([3_334, 3_333, 3_333].slice(1))).toEqual([5_000, 5_000]);
    expect(normaliseWeights([0, 1, 1, 1])).toEqual([0, 3_334, 3_333, 3_333]);
    expect(normaliseWeights([0, 0])).toEqual([0, 0]);
  });

  test('always sums to the whole, keeps zeros, and is within one of the exact share', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(10_000), { minLength: 1, maxLength: 60 }), (weights) => {
        const shares = normaliseWeights(weights);
        const sum = sumOf(weights);
        expect(sumOf(shares)).toBe(sum === 0 ? 0 : 10_000);
        for (const [at, weight] of weights.entries()) {
          const share = shares[at] ?? Number.NaN;
          if (weight === 0) expect(share).toBe(0);
          if (sum > 0) expect(Math.abs(share - (weight * 10_000) / sum)).toBeLessThan(1);
        }
      }),
    );
  });
});

describe('checkWeights', () => {
  test('accepts lines that sum to the whole, and additional lines without weight', () => {
    expect(codes([...main(3_334, 3_333, 3_333), { kind: 'ADDITIONAL', weight: 0 }])).toEqual([]);
  });
  test('says what the weights sum to now', () => {
    const [found] = checkWeights(main(5_000, 4_999));
    expect(found && messageOf(found, 'en')).toBe('The weights must sum to 10000; now 9999.');
  });
  test.each([
    ['nothing', [], ['REQUIRED lines']],
    ['too little', main(5_000, 4_999), ['WEIGHTS_DO_NOT_SUM lines']],
    ['too much', main(5_000, 5_001), ['WEIGHTS_DO_NOT_SUM lines']],
    ['a zero', main(10_000, 0), ['OUT_OF_RANGE lines.1.weight']],
    ['a negative', main(10_001, -1), ['OUT_OF_RANGE lines.0.weight', 'OUT_OF_RANGE lines.1.weight']],
    ['a fraction', main(3_333.5, 6_666.5), ['OUT_OF_RANGE lines.0.weight', 'OUT_OF_RANGE lines.1.weight']],
    [
      'an additional line with weight',
      [...main(10_000), { kind: 'ADDITIONAL' as const, weight: 1 }],
      ['OUT_OF_RANGE lines.1.weight'],
    ],
    ['only additional lines', [{ kind: 'ADDITIONAL' as const, weight: 0 }], ['REQUIRED lines']],
    ['no number', main(Number.NaN), ['OUT_OF_RANGE lines.0.weight', 'WEIGHTS_DO_NOT_SUM lines']],
  ])('refuses %s', (_, lines, expected) => {
    expect(codes(lines)).toEqual(expected);
  });
});
