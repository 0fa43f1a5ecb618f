import { describe, expect, test } from 'vitest';
import { minimiseFrom, type Pair, type Slope } from '../../../functions/domain/fairness/bounded-newton.ts';

const UPPER = 10;
const STARTS: readonly Pair[] = [
  [0, 0],
  [UPPER, UPPER],
  [0, UPPER],
  [3, 1],
];

/** log(1 + e^(a−x) + e^(b−y)) + slopes: the shape of a balanced design's criterion. */
const logOfSum =
  (a: number, b: number) =>
  ([x, y]: Pair): Slope => {
    const [p, q] = [Math.exp(a - x), Math.exp(b - y)];
    const sum = 1 + p + q;
    return {
      value: 100 * Math.log(sum) + 20 * x + 10 * y,
      gradient: [20 - (100 * p) / sum, 10 - (100 * q) / sum],
    };
  };

describe.each(STARTS)('from (%d, %d)', (...start) => {
  test('finds a minimum inside', () => {
    const { point } = minimiseFrom(logOfSum(2, 3), start, UPPER);
    expect(point[0]).toBeCloseTo(2 - Math.log(0.2 / 0.7), 10);
    expect(point[1]).toBeCloseTo(3 - Math.log(0.1 / 0.7), 10);
  });

  test('finds one on a bound, exactly there', () => {
    const { point } = minimiseFrom(logOfSum(-5, 3), start, UPPER);
    expect(point[0]).toBe(0);
    expect(point[1]).toBeGreaterThan(4);
  });

  test('stops at the upper bound where there is no minimum', () => {
    const { point } = minimiseFrom(([x, y]) => ({ value: -x - y, gradient: [-1, -1] }), start, UPPER);
    expect(point).toEqual([UPPER, UPPER]);
  });

  test('goes down where the curvature is not that of a minimum', () => {
    const bent = ([x, y]: Pair): Slope => ({
      value: Math.cos(x) + (y - 4) ** 2,
      gradient: [-Math.sin(x), 2 * (y - 4)],
    });
    const from: Pair = [Math.max(0.1, start[0]), start[1]];
    const { point, value } = minimiseFrom(bent, from, UPPER);
    expect(point[1]).toBeCloseTo(4, 8);
    expect(value).toBeLessThanOrEqual(bent(from).value);
    expect(Math.abs(Math.sin(point[0])) < 1e-8 || point[0] === UPPER).toBe(true);
  });
});
