import type { Micro } from './result.ts';
import { divideHalfUpBig } from './rounding.ts';

/** Weights of productivity and discipline in the allowance, percent; they sum to 100. Practice: 60 and 40. */
export interface AllowanceWeights {
  readonly productivity: number;
  readonly discipline: number;
}

export const defaultAllowanceWeights: AllowanceWeights = { productivity: 60, discipline: 40 };

/**
 * Additional income (TPP): base × (productivity weight × productivity + discipline weight × discipline) / 100, without steps,
 * so that a hundredth of a point never costs a class. Half-up to whole rupiah.
 * @param base whole rupiah @param productivity micro-percent @param discipline micro-percent @returns whole rupiah
 */
export const allowanceOf = (
  base: number,
  productivity: Micro,
  discipline: Micro,
  weights: AllowanceWeights = defaultAllowanceWeights,
): number => {
  const percent =
    BigInt(weights.productivity) * BigInt(productivity) + BigInt(weights.discipline) * BigInt(discipline);
  return Number(divideHalfUpBig(BigInt(base) * percent, 100n * 100n * 1_000_000n));
};
