declare const decimalBrand: unique symbol;

/**
 * An exact decimal number as canonical text: `61.95`, `-3`, `0`; no exponent, no leading zeros, no trailing zeros after
 * the point, at most 15 digits before it and 6 after. Sums of decimals keep the form and may have a few digits more.
 */
export type Decimal = string & { readonly [decimalBrand]: true };

/** Digits that an entered number may have before and after the point. */
export const DECIMAL_DIGITS = { before: 15, after: 6 } as const;

const MICRO = 1_000_000;
const SHAPE = /^(-?)0*(\d+)(?:\.(\d+?)0*)?$/;

/**
 * Reads a decimal as people and files write it: an optional minus, digits, and a point with digits. `007` and `1.50` are
 * taken and made canonical. A plus sign, an exponent, thousands separators, a decimal comma, spaces, `.5` and `5.` are not
 * numbers here, because guessing at them has turned 1.000 into 1.
 * @returns null when the text is no decimal, or has more than 15 digits before or 6 significant digits after the point.
 */
export const parseDecimal = (text: string): Decimal | null => {
  if (text.length > 64) return null;
  const match = SHAPE.exec(text);
  if (match === null) return null;
  const [, minus, whole = '', rest = ''] = match;
  const fraction = rest === '0' ? '' : rest;
  if (whole.length > DECIMAL_DIGITS.before || fraction.length > DECIMAL_DIGITS.after) return null;
  const absolute = fraction === '' ? whole : `${whole}.${fraction}`;
  return (minus === '-' && absolute !== '0' ? `-${absolute}` : absolute) as Decimal;
};

/**
 * A decimal from a literal in code. @throws RangeError when it is none (a number whose text has an exponent is none).
 */
export const decimal = (value: string | number): Decimal => {
  const parsed = parseDecimal(String(value));
  if (parsed === null) throw new RangeError(`not a decimal: ${value}`);
  return parsed;
};

/**
 * The value in millionths as a safe integer, or NaN when it needs more than 53 bits (from about 9 thousand million up):
 * then `bigMicroOf` is exact. Runs once a figure in the close, therefore by character and without allocation.
 */
export const microOf = (value: Decimal): number => {
  const length = value.length;
  const negative = value.charCodeAt(0) === 45;
  let at = negative ? 1 : 0;
  let digits = 0;
  let places = -1;
  // 15 digits fit a double whatever they are; the canonical form has at most one other character, the point.
  if (length - at > 16) return integerOrNaN(value);
  for (; at < length; at++) {
    const code = value.charCodeAt(at);
    if (code === 46) places = 0;
    else {
      digits = digits * 10 + (code - 48);
      if (places >= 0) places++;
    }
  }
  const micro = digits * (POWERS[places < 0 ? 6 : 6 - places] ?? Number.NaN);
  if (micro > Number.MAX_SAFE_INTEGER) return Number.NaN;
  return negative ? -micro : micro;
};

const POWERS = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000] as const;

const integerOrNaN = (value: Decimal): number => {
  const exact = bigMicroOf(value);
  return exact >= BigInt(Number.MIN_SAFE_INTEGER) && exact <= BigInt(Number.MAX_SAFE_INTEGER)
    ? Number(exact)
    : Number.NaN;
};

/** The value in millionths, exact whatever its size. */
export const bigMicroOf = (value: Decimal): bigint => {
  const point = value.indexOf('.');
  if (point < 0) return BigInt(value) * 1_000_000n;
  return BigInt(value.slice(0, point) + value.slice(point + 1).padEnd(6, '0'));
};

/** The canonical text of a number of millionths (a safe integer, or a bigint of any size). */
export const decimalOfMicro = (micro: number | bigint): Decimal => {
  if (typeof micro === 'number') {
    const remainder = micro % MICRO;
    if (remainder === 0) return String(micro / MICRO + 0) as Decimal;
    const sign = micro < 0 ? '-' : '';
    return (sign +
      (Math.abs(micro) - Math.abs(remainder)) / MICRO +
      fractionOf(Math.abs(remainder))) as Decimal;
  }
  const absolute = micro < 0n ? -micro : micro;
  return `${micro < 0n ? '-' : ''}${absolute / 1_000_000n}${fractionOf(Number(absolute % 1_000_000n))}` as Decimal;
};

const fractionOf = (millionths: number): string => {
  if (millionths === 0) return '';
  let end = 6;
  let rest = millionths;
  while (rest % 10 === 0) {
    rest /= 10;
    end--;
  }
  return `.${String(rest).padStart(end, '0')}`;
};

/** Negative, zero or positive, as `Array.sort` wants it. */
export const compareDecimals = (a: Decimal, b: Decimal): number => {
  if (a === b) return 0;
  const left = microOf(a);
  const right = microOf(b);
  if (!Number.isNaN(left) && !Number.isNaN(right)) return left < right ? -1 : 1;
  return bigMicroOf(a) < bigMicroOf(b) ? -1 : 1;
};

/** -1, 0 or 1. */
export const signOf = (value: Decimal): -1 | 0 | 1 => {
  if (value === '0') return 0;
  return value.charCodeAt(0) === 45 ? -1 : 1;
};

/** The exact sum of a list of decimals; `0` of an empty one. */
export const sumDecimals = (values: readonly Decimal[]): Decimal => {
  let sum = 0;
  for (const value of values) {
    sum += microOf(value);
    if (!(sum <= Number.MAX_SAFE_INTEGER && sum >= Number.MIN_SAFE_INTEGER)) return bigSum(values);
  }
  return decimalOfMicro(sum);
};

const bigSum = (values: readonly Decimal[]): Decimal =>
  decimalOfMicro(values.reduce((sum, value) => sum + bigMicroOf(value), 0n));
