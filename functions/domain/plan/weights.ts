import { type Problem, problem } from '../problem.ts';
import { WHOLE } from '../rounding.ts';
import type { PlanLine } from './line.ts';

/** Equal weights of n lines in basis points: `equalWeights(3)` is 3334, 3333, 3333. Empty for none. */
export const equalWeights = (n: number): number[] => normaliseWeights(Array.from({ length: n }, () => 1));

/**
 * Shares of `total` in proportion to `weights`, as integers that sum to exactly `total`, by the largest remainder: each gets
 * its share rounded down, and what is left goes one by one to those with the largest remainder; among equal remainders the
 * earlier one comes first. All zeros when the weights sum to zero.
 * @param weights integers from 0 up
 */
export const normaliseWeights = (weights: readonly number[], total = WHOLE): number[] => {
  let sum = 0;
  for (const weight of weights) sum += weight;
  if (sum === total) return [...weights];
  if (sum === 0) return weights.map(() => 0);
  const shares: number[] = [];
  const remainders: number[] = [];
  let left = total;
  for (const weight of weights) {
    const scaled = weight * total;
    const remainder = scaled % sum;
    const share = (scaled - remainder) / sum;
    shares.push(share);
    remainders.push(remainder);
    left -= share;
  }
  const byRemainder = remainders.map((_, index) => index);
  byRemainder.sort((a, b) => (remainders[b] ?? 0) - (remainders[a] ?? 0) || a - b);
  for (const index of byRemainder.slice(0, left)) shares[index] = (shares[index] ?? 0) + 1;
  return shares;
};

/**
 * Weights of a plan's lines: MAIN lines carry whole basis points from 1 up and sum to exactly 10,000; ADDITIONAL ones
 * carry 0. A plan has at least one MAIN line.
 */
export const checkWeights = (lines: readonly Pick<PlanLine, 'kind' | 'weight'>[]): Problem[] => {
  const problems: Problem[] = [];
  let sum = 0;
  let main = 0;
  lines.forEach(({ kind, weight }, index) => {
    const least = kind === 'MAIN' ? 1 : 0;
    const most = kind === 'MAIN' ? WHOLE : 0;
    if (!Number.isInteger(weight) || weight < least || weight > most) {
      problems.push(problem('OUT_OF_RANGE', `lines.${index}.weight`, { minimum: least, maximum: most }));
    }
    if (kind === 'MAIN') {
      main++;
      sum += weight;
    }
  });
  if (main === 0) problems.push(problem('REQUIRED', 'lines'));
  else if (sum !== WHOLE) {
    problems.push(
      problem('WEIGHTS_DO_NOT_SUM', 'lines', {
        actual: Number.isFinite(sum) ? sum : String(sum),
        expected: WHOLE,
      }),
    );
  }
  return problems;
};
