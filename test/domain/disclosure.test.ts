import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { discloseCounts } from '../../functions/domain/disclosure.ts';

const KEYS = ['EXCELLENT', 'GOOD', 'NEEDS_IMPROVEMENT', 'POOR', 'VERY_POOR', 'notEvaluated'] as const;
const counts = (...values: readonly number[]) =>
  Object.fromEntries(KEYS.map((key, at) => [key, values[at] ?? 0])) as Record<(typeof KEYS)[number], number>;
const shown = (...values: readonly number[]) => KEYS.map((key) => discloseCounts(counts(...values), 3)[key]);

describe('counts as the public sees them', () => {
  test.each([
    ['large counts are shown', [10, 20, 5], [10, 20, 5, 0, 0, 0]],
    ['one small count takes the next one with it', [10, 20, 2, 0, 5], [10, 20, null, 0, null, 0]],
    ['two small ones that come to k hide each other', [10, 20, 1, 2], [10, 20, null, null, 0, 0]],
    ['two small ones below k take a third', [10, 20, 1, 1], [null, 20, null, null, 0, 0]],
    ['when all have the same nothing is shown', [0, 20], [null, null, null, null, null, null]],
    ['fewer than k in all: nothing is shown', [1, 1], [null, null, null, null, null, null]],
    ['nobody', [], [0, 0, 0, 0, 0, 0]],
  ])('%s', (_, values, expected) => {
    expect(shown(...values)).toEqual(expected);
  });

  test('whatever is hidden cannot be found by subtraction from the total', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat({ max: 12 }), { minLength: 6, maxLength: 6 }),
        fc.integer({ min: 1, max: 6 }),
        (values, k) => {
          const before = counts(...values);
          const after = discloseCounts(before, k);
          const hidden = KEYS.filter((key) => after[key] === null);
          for (const key of KEYS) {
            if (after[key] !== null) expect(after[key]).toBe(before[key]);
            else continue;
            expect(after[key] === 0 || (after[key] ?? 0) >= k).toBe(true);
          }
          if (hidden.length === 0) return;
          expect(hidden.length).toBeGreaterThanOrEqual(2);
          const sum = hidden.reduce((total, key) => total + before[key], 0);
          // All that is known of the hidden ones is their sum: it is k at least, or nothing at all is shown.
          expect(sum >= k || hidden.length === KEYS.length).toBe(true);
        },
      ),
    );
  });
});
