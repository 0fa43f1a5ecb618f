import { bigMicroOf, type Decimal, microOf } from '../decimal.ts';
import type { NotMeasured } from '../evaluation/result.ts';
import type { Micro } from '../rounding.ts';
import { divideHalfUp, divideHalfUpBig, MICRO } from '../rounding.ts';
import type { Measure, Target } from './indicator.ts';

export type Achievement =
  | { readonly ok: true; readonly micro: Micro }
  | { readonly ok: false; readonly reason: NotMeasured };

const ZERO_TARGET: Achievement = { ok: false, reason: 'ZERO_TARGET' };
const NO_TARGET: Achievement = { ok: false, reason: 'NO_TARGET' };
const NOTHING: Achievement = { ok: true, micro: 0 };
const FULL: Achievement = { ok: true, micro: 100 * MICRO };

/**
 * Achievement (capaian) of a figure against its target: one exact quotient, half-up to micro-percent, clamped to 0..cap.
 *
 * T target, R realisation (PermenPANRB 8/2021 and SAKIP practice):
 * - MAXIMIZE `R / T`; T = 0 cannot be measured.
 * - MINIMIZE `(2T − R) / T`; T = 0: 100 for R ≤ 0, 0 above.
 * - RANGE 100 inside; below it `R / low`, and 0 when low is 0; above it `(2·high − R) / high` where inside is best (0 when
 *   high is 0), `R / high` where more is better (high = 0 cannot be measured, whatever R, as for MAXIMIZE).
 * - STABILIZE `1 − |R − T| / |T|`; T = 0 cannot be measured.
 *
 * Targets below zero are refused when a plan is checked (TARGET_SIGN), except for STABILIZE; should one be met here it has
 * no meaningful quotient and is ZERO_TARGET like every target without one. A target of the wrong shape is NO_TARGET.
 * @param capPercent whole percent
 */
export const achievement = (
  measure: Pick<Measure, 'polarity' | 'aboveRange'>,
  target: Target,
  realisation: Decimal,
  capPercent: number,
): Achievement => {
  const cap = capPercent * MICRO;
  const reached = microOf(realisation);
  if (measure.polarity === 'RANGE') {
    if (!('low' in target)) return NO_TARGET;
    const low = microOf(target.low);
    const high = microOf(target.high);
    return isSmall(reached) && isSmall(low) && isSmall(high)
      ? smallRange(measure, low, high, reached, cap)
      : bigRange(measure, bigMicroOf(target.low), bigMicroOf(target.high), bigMicroOf(realisation), cap);
  }
  if (!('value' in target)) return NO_TARGET;
  const wanted = microOf(target.value);
  return isSmall(reached) && isSmall(wanted)
    ? smallSingle(measure.polarity, wanted, reached, cap)
    : bigSingle(measure.polarity, bigMicroOf(target.value), bigMicroOf(realisation), cap);
};

/** A quarter of the safe range, so that 2T − R stays in it; NaN is not small. */
const isSmall = (micro: number): boolean => micro < 2 ** 51 && micro > -(2 ** 51);

const smallSingle = (
  polarity: Exclude<Measure['polarity'], 'RANGE'>,
  wanted: number,
  reached: number,
  cap: number,
): Achievement => {
  if (polarity === 'STABILIZE') {
    if (wanted === 0) return ZERO_TARGET;
    const size = Math.abs(wanted);
    return share(size - Math.abs(reached - wanted), size, cap);
  }
  if (wanted < 0) return ZERO_TARGET;
  if (polarity === 'MAXIMIZE') return wanted === 0 ? ZERO_TARGET : share(reached, wanted, cap);
  if (wanted === 0) return reached <= 0 ? FULL : NOTHING;
  return share(2 * wanted - reached, wanted, cap);
};

const smallRange = (
  measure: Pick<Measure, 'aboveRange'>,
  low: number,
  high: number,
  reached: number,
  cap: number,
): Achievement => {
  const moreIsBetter = measure.aboveRange === 'MORE_IS_BETTER';
  if (low < 0 || high < low || (high === 0 && moreIsBetter)) return ZERO_TARGET;
  if (reached < low) return share(reached, low, cap);
  if (reached <= high) return FULL;
  if (moreIsBetter) return share(reached, high, cap);
  return high === 0 ? NOTHING : share(2 * high - reached, high, cap);
};

/** numerator / denominator as clamped micro-percent; denominator 0 only with a numerator below it. */
const share = (numerator: number, denominator: number, cap: number): Achievement => {
  if (numerator <= 0) return NOTHING;
  // Whole numbers are the usual case: without their six zeros the product below fits.
  const whole = numerator % MICRO === 0 && denominator % MICRO === 0;
  const n = whole ? numerator / MICRO : numerator;
  const d = whole ? denominator / MICRO : denominator;
  // At or over the cap nothing is left to compute (and the quotient might not fit).
  if (n * 100 >= (cap / MICRO) * d && n <= 2 ** 45) return { ok: true, micro: cap };
  const scaled = n * 100 * MICRO;
  const micro =
    scaled <= Number.MAX_SAFE_INTEGER
      ? divideHalfUp(scaled, d)
      : Number(divideHalfUpBig(BigInt(n) * 100_000_000n, BigInt(d)));
  return { ok: true, micro: Math.min(micro, cap) };
};

const bigSingle = (
  polarity: Exclude<Measure['polarity'], 'RANGE'>,
  wanted: bigint,
  reached: bigint,
  cap: number,
): Achievement => {
  if (polarity === 'STABILIZE') {
    if (wanted === 0n) return ZERO_TARGET;
    const size = wanted < 0n ? -wanted : wanted;
    const distance = reached > wanted ? reached - wanted : wanted - reached;
    return bigShare(size - distance, size, cap);
  }
  if (wanted < 0n) return ZERO_TARGET;
  if (polarity === 'MAXIMIZE') return wanted === 0n ? ZERO_TARGET : bigShare(reached, wanted, cap);
  if (wanted === 0n) return reached <= 0n ? FULL : NOTHING;
  return bigShare(2n * wanted - reached, wanted, cap);
};

const bigRange = (
  measure: Pick<Measure, 'aboveRange'>,
  low: bigint,
  high: bigint,
  reached: bigint,
  cap: number,
): Achievement => {
  const moreIsBetter = measure.aboveRange === 'MORE_IS_BETTER';
  if (low < 0n || high < low || (high === 0n && moreIsBetter)) return ZERO_TARGET;
  if (reached < low) return bigShare(reached, low, cap);
  if (reached <= high) return FULL;
  if (moreIsBetter) return bigShare(reached, high, cap);
  return high === 0n ? NOTHING : bigShare(2n * high - reached, high, cap);
};

const bigShare = (numerator: bigint, denominator: bigint, cap: number): Achievement => {
  if (numerator <= 0n) return NOTHING;
  const micro = divideHalfUpBig(numerator * 100_000_000n, denominator);
  return { ok: true, micro: micro > BigInt(cap) ? cap : Number(micro) };
};
