import type { Micro } from '../rounding.ts';
import { divideHalfUp, divideHalfUpBig } from '../rounding.ts';

/** Quality of a service by its index (mutu pelayanan). */
export type SatisfactionGrade = 'A' | 'B' | 'C' | 'D';

/**
 * Mean of an element of the satisfaction survey (NRR): the sum of its answers, each 1 to 4, over the respondents.
 * @returns micro-points; null without respondents
 */
export const elementMean = (sum: number, respondents: number): Micro | null =>
  respondents === 0 ? null : divideHalfUp(sum * 1_000_000, respondents);

/**
 * Index of public satisfaction (IKM, PermenPANRB 14/2017): Σ(NRR × 1/n) × 25 over the n elements, with the exact 1/n and
 * unrounded means, half-up to two decimals.
 * @param sums of the answers, one an element @returns micro-points, a multiple of a hundredth; null without an answer
 */
export const satisfactionIndex = (sums: readonly number[], respondents: number): Micro | null => {
  if (sums.length === 0 || respondents === 0) return null;
  const total = sums.reduce((sum, element) => sum + BigInt(element), 0n);
  const hundredths = divideHalfUpBig(total * 2_500n, BigInt(respondents) * BigInt(sums.length));
  return Number(hundredths) * 10_000;
};

/** Grade of an index: from 88.31 A, from 76.61 B, from 65.00 C, below D. @param index as `satisfactionIndex` rounds it */
export const satisfactionGrade = (index: Micro): SatisfactionGrade => {
  if (index >= 88_310_000) return 'A';
  if (index >= 76_610_000) return 'B';
  return index >= 65_000_000 ? 'C' : 'D';
};
