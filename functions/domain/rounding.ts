/** Micro-points: 1,000,000 = one point (or one percent of achievement). Always a safe integer. */
export type Micro = number;

/** Micro-points of one point, micro-percent of one percent. */
export const MICRO = 1_000_000;
/** Basis points of a whole. */
export const WHOLE = 10_000;

/**
 * How every figure of a score is rounded: it is one exact quotient of integers, rounded half-up (a tie goes away from zero)
 * to a whole number of micro-points, and only then used in the next stage. Stages are a line's achievement, a plan's
 * score, a pool's points, the behaviour score, the numeric score, a percentile. Two decimals are only for the eye.
 *
 * @param numerator safe integer @param denominator safe integer above 0
 * @returns numerator / denominator, half-up, as a safe integer
 */
export const divideHalfUp = (numerator: number, denominator: number): number => {
  const negative = numerator < 0;
  const n = negative ? -numerator : numerator;
  // The remainder of doubles is exact, so the quotient is too; n / d first would already have rounded.
  const remainder = n % denominator;
  const quotient = (n - remainder) / denominator + (remainder >= denominator - remainder ? 1 : 0);
  return negative && quotient !== 0 ? -quotient : quotient;
};

/** As `divideHalfUp`, of any size. */
export const divideHalfUpBig = (numerator: bigint, denominator: bigint): bigint => {
  const n = numerator < 0n ? -numerator : numerator;
  const quotient = (2n * n + denominator) / (2n * denominator);
  return numerator < 0n ? -quotient : quotient;
};

/** Micro-points as people read them, two decimals, half-up: 87_500_000 → `87.50`. */
export const formatPoints = (micro: Micro): string => {
  const hundredths = divideHalfUp(micro, 10_000);
  const absolute = Math.abs(hundredths);
  const cents = absolute % 100;
  return `${hundredths < 0 ? '-' : ''}${(absolute - cents) / 100}.${cents < 10 ? '0' : ''}${cents}`;
};
