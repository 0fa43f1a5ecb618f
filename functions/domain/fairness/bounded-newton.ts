/** A point of the plane. */
export type Pair = readonly [number, number];

export interface Slope {
  readonly value: number;
  readonly gradient: Pair;
}

/**
 * A local minimum of a smooth function of two variables on [0, upper]², from a start: Newton steps on the coordinates that no
 * bound holds, with backtracking; the Hessian by differences of the gradient, corrected from step to step, and made positive
 * definite where it is not. Ends with a step below 1e-9, which is right to about 1e-12: the gradient, not the value, decides,
 * because near a minimum the value is flat to the last digits long before the place is right.
 */
export const minimiseFrom = (
  slopeAt: (point: Pair) => Slope,
  start: Pair,
  upper: number,
): { readonly point: Pair; readonly value: number } => {
  let point = start;
  let slope = slopeAt(point);
  let hessian: Hessian | null = null;
  for (let iteration = 0; iteration < 60; iteration++) {
    const free = freeCoordinates(point, slope.gradient, upper);
    if (!free[0] && !free[1]) break;
    const isFresh = hessian === null;
    hessian ??= hessianAt(slopeAt, point, slope.gradient, upper);
    const step = newtonStep(hessian, slope.gradient, free);
    let reach = Math.min(1, LONGEST / largest(step));
    let next = moved(point, step, reach, upper);
    let there = slopeAt(next);
    // Short steps are past what the value can tell.
    const climbs = (): boolean => reach * largest(step) > 1e-5 && !(there.value <= slope.value);
    if (climbs() && !isFresh) {
      hessian = null;
      continue;
    }
    while (climbs()) {
      reach /= 4;
      next = moved(point, step, reach, upper);
      there = slopeAt(next);
    }
    const travelled: Pair = [next[0] - point[0], next[1] - point[1]];
    hessian = reach < 1 ? null : corrected(hessian, travelled, slope.gradient, there.gradient);
    point = next;
    slope = there;
    if (largest(travelled) < CLOSE) break;
  }
  return { point, value: slope.value };
};

type Hessian = readonly [number, number, number];

/** The last step is this short; what it leaves is of the order of its square. */
const CLOSE = 1e-9;
const LONGEST = 2;
const DIFFERENCE = 1e-4;

const largest = ([a, b]: Pair): number => Math.max(Math.abs(a), Math.abs(b));

const clamp = (value: number, upper: number): number => Math.min(upper, Math.max(0, value));

const moved = (point: Pair, step: Pair, reach: number, upper: number): Pair => [
  clamp(point[0] + reach * step[0], upper),
  clamp(point[1] + reach * step[1], upper),
];

/** A coordinate is held where it lies on a bound and the slope points over it. */
const freeCoordinates = (point: Pair, gradient: Pair, upper: number): readonly [boolean, boolean] => {
  const isFree = (at: 0 | 1): boolean =>
    !(point[at] <= 0 && gradient[at] >= 0) && !(point[at] >= upper && gradient[at] <= 0);
  return [isFree(0), isFree(1)];
};

const hessianAt = (slopeAt: (point: Pair) => Slope, point: Pair, gradient: Pair, upper: number): Hessian => {
  const width = (at: 0 | 1): number => (point[at] + DIFFERENCE > upper ? -DIFFERENCE : DIFFERENCE);
  const [h, k] = [width(0), width(1)];
  const beside = slopeAt([point[0] + h, point[1]]).gradient;
  const above = slopeAt([point[0], point[1] + k]).gradient;
  const mixed = ((beside[1] - gradient[1]) / h + (above[0] - gradient[0]) / k) / 2;
  return [(beside[0] - gradient[0]) / h, mixed, (above[1] - gradient[1]) / k];
};

/**
 * The Hessian as the change of the gradient over a step corrects it (symmetric rank one): in two dimensions it is right after a
 * few steps, and each saves the two evaluations that differences cost.
 */
const corrected = ([aa, ab, bb]: Hessian, step: Pair, before: Pair, after: Pair): Hessian => {
  const a = after[0] - before[0] - (aa * step[0] + ab * step[1]);
  const b = after[1] - before[1] - (ab * step[0] + bb * step[1]);
  const scale = a * step[0] + b * step[1];
  const isTold = Math.abs(scale) > 1e-8 * Math.hypot(a, b) * Math.hypot(...step);
  return isTold ? [aa + (a * a) / scale, ab + (a * b) / scale, bb + (b * b) / scale] : [aa, ab, bb];
};

/** −H⁻¹·gradient on the free coordinates, with H's eigenvalues raised to a positive floor where they lie below it. */
const newtonStep = (
  [aa, ab, bb]: Hessian,
  gradient: Pair,
  [freeA, freeB]: readonly [boolean, boolean],
): Pair => {
  if (!freeB) return [-gradient[0] / Math.max(Math.abs(aa), SMALLEST), 0];
  if (!freeA) return [0, -gradient[1] / Math.max(Math.abs(bb), SMALLEST)];
  const middle = (aa + bb) / 2;
  const radius = Math.hypot((aa - bb) / 2, ab);
  const floor = Math.max(SMALLEST, 1e-4 * (Math.abs(middle) + radius));
  const lift = Math.max(0, floor - (middle - radius));
  const [a, b] = [aa + lift, bb + lift];
  const determinant = a * b - ab * ab;
  return [
    -(b * gradient[0] - ab * gradient[1]) / determinant,
    -(a * gradient[1] - ab * gradient[0]) / determinant,
  ];
};

const SMALLEST = 1e-9;
