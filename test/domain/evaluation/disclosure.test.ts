import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { discloseCounts } from '../../../functions/domain/evaluation/disclosure.ts';

const KEYS = ['EXCELLENT', 'GOOD', 'NEEDS_IMPROVEMENT', 'POOR', 'VERY_POOR', 'notEvaluated'] as const;
const counts = (...values: readonly number[]) =>
  Object.fromEntries(KEYS.map((key, at) => [key, values[at] ?? 0])) as Record<(typeof KEYS)[number], number>;
const shown = (...values: readonly number[]) => KEYS.map((key) => discloseCounts(counts(...values), 3)[key]);

describe('counts as the public sees them', () => {
  test.each([
    ['large counts are shown', [10, 20, 5], [10, 20, 5, 0, 0, 0]],
    ['one small count takes the next one with it', [10, 20, 2, 0, 5], [10, 20, null, null, null, null]],
    ['two small ones that come to k hide each other', [10, 20, 1, 2], [10, 20, null, null, null, null]],
    ['two small ones below k take a third', [10, 20, 1, 1], [null, 20, null, null, null, null]],
    ['a large and a small one hide each other', [18, 2], [null, null, null, null, null, null]],
    ['when all have the same nothing is shown', [0, 20], [null, null, null, null, null, null]],
    ['fewer than k in all: nothing is shown', [1, 1], [null, null, null, null, null, null]],
    ['nobody', [], [0, 0, 0, 0, 0, 0]],
  ])('%s', (_, values, expected) => {
    expect(shown(...values)).toEqual(expected);
  });

  test('a count that is shown is right, and none that points at persons is shown', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat({ max: 12 }), { minLength: 6, maxLength: 6 }),
        fc.integer({ min: 3, max: 6 }),
        (values, k) => {
          const before = counts(...values);
          const after = discloseCounts(before, k);
          const hidden = KEYS.filter((key) => after[key] === null);
          for (const key of KEYS)
            if (after[key] !== null) {
              expect(after[key]).toBe(before[key]);
              expect(before[key] >= k || hidden.length === 0).toBe(true);
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

  test.each([3, 4, 5])(
    'who knows the total (of a list of the staff) and the rule (k = %d) finds no hidden count',
    (k) => {
      for (let total = 1; total <= 10; total += 1) {
        const possible = new Map<string, number[][]>();
        for (const values of divisionsOf(total, KEYS.length)) {
          const after = discloseCounts(counts(...values), k);
          const pattern = JSON.stringify(KEYS.map((key) => after[key]));
          possible.set(pattern, [...(possible.get(pattern) ?? []), values]);
        }
        for (const [pattern, candidates] of possible)
          KEYS.forEach((_, at) => {
            const hidden = (JSON.parse(pattern) as (number | null)[])[at] === null;
            const found = new Set(candidates.map((values) => values[at]));
            if (hidden && found.size === 1) throw new Error(`${pattern} of ${total} shows ${[...found]}`);
          });
      }
    },
  );
});

/** Every way to divide a number of people between so many counts. */
function* divisionsOf(total: number, parts: number): Generator<number[]> {
  if (parts === 1) yield [total];
  else
    for (let first = 0; first <= total; first += 1)
      for (const rest of divisionsOf(total - first, parts - 1)) yield [first, ...rest];
}
