import { expect, test } from 'vitest';
import { rankTest } from './timing/timing.ts';

const range = (count: number, of: (at: number) => number) => Array.from({ length: count }, (_, at) => of(at));

test('the rank test knows the case of its textbook, and tells a shift from none', () => {
  // U = 25 of 5 and 5: z = 2.611, p = 0.0090.
  expect(rankTest([6, 7, 8, 9, 10], [1, 2, 3, 4, 5])).toBeCloseTo(0.009, 3);
  const noise = range(300, (at) => (at * 7919) % 300);
  expect(rankTest(noise, noise)).toBeCloseTo(1, 5);
  expect(
    rankTest(
      noise,
      noise.map((value) => value + 60),
    ),
  ).toBeLessThan(1e-6);
});
