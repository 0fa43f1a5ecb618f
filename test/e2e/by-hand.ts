/**
 * Arithmetic as somebody does it who recomputes a result on paper: exact fractions of bigints, rounded half-up to millionths where
 * the explanation says that a stage ends. It shares no code with the product.
 */

/** Millionths of a point or percent. */
export type Millionths = bigint;

/** Exact number: numerator over a denominator above 0. */
type Fraction = readonly [bigint, bigint];

const fraction = (value: number | bigint | Fraction): Fraction =>
  typeof value === 'object' ? value : [BigInt(value), 1n];

const plus = (a: Fraction, b: Fraction): Fraction => [a[0] * b[1] + b[0] * a[1], a[1] * b[1]];
const times = (a: Fraction, b: Fraction): Fraction => [a[0] * b[0], a[1] * b[1]];
export const mean = (values: readonly Fraction[]): Fraction => {
  const [sum, under] = values.reduce<Fraction>(plus, [0n, 1n]);
  return [sum, under * BigInt(values.length)];
};

/** Half-up to millionths; for values from 0 up. */
export const stage = (value: number | Fraction): Millionths => {
  const [over, under] = fraction(value);
  return (2n * over * 1_000_000n + under) / (2n * under);
};

/** A percentage, capped at 120. @param reached, target whole numbers */
export const percent = (reached: number, target: number): Millionths => {
  const exact = stage([BigInt(reached) * 100n, BigInt(target)]);
  return exact > 120_000_000n ? 120_000_000n : exact;
};

/** The mean of parts by their weights. */
export const weighted = (parts: readonly (readonly [part: Millionths, weight: number])[]): Millionths => {
  const sum = parts.reduce((total, [part, weight]) => total + part * BigInt(weight), 0n);
  const weights = parts.reduce((total, [, weight]) => total + BigInt(weight), 0n);
  return (2n * sum + weights) / (2n * weights);
};

/** One rater's mean on 1 to 5 of whole scores on a scale from `low` to `high`. */
export const onFive = (scores: readonly number[], low = 1, high = 5): Fraction => {
  const sum = scores.reduce((total, score) => total + score - low, 0);
  const under = BigInt(scores.length * (high - low));
  return [under + 4n * BigInt(sum), under];
};

/** Points of a mean on 1 to 5 by the national scale: 1 is 50, 3 is 90, 5 is 120, straight in between. */
export const points = (value: Fraction): Millionths => {
  const [over, under] = value;
  return over <= 3n * under
    ? stage(plus([50n, 1n], times([20n, 1n], [over - under, under])))
    : stage(plus([90n, 1n], times([15n, 1n], [over - 3n * under, under])));
};

/** As the API writes it: `exact` without needless zeros, `shown` with two decimals, half-up. */
export const figure = (value: Millionths): { readonly exact: string; readonly shown: string } => {
  const decimals = String(value % 1_000_000n)
    .padStart(6, '0')
    .replace(/0+$/, '');
  const hundredths = (value + 5_000n) / 10_000n;
  return {
    exact: `${value / 1_000_000n}${decimals === '' ? '' : `.${decimals}`}`,
    shown: `${hundredths / 100n}.${String(hundredths % 100n).padStart(2, '0')}`,
  };
};
