import type { PoolExplanation } from '../evaluation/result.ts';
import type { PolicyRules } from '../period/policy.ts';
import type { Micro } from '../rounding.ts';
import { divideHalfUp, MICRO } from '../rounding.ts';
import { isAnonymous, ratingsOfPool } from './behaviour.ts';
import { CORE_VALUES, type CoreValue } from './core-values.ts';
import type { Instrument, Rating } from './rating.ts';

/** How a person lives a value, as those see it who count. */
export interface ValueScore {
  readonly value: CoreValue;
  /** On 1..5, micro-points. */
  readonly mean: Micro;
}

/**
 * A person's profile over the core values: of each pool that has points the mean of its raters on the value's item, put on
 * 1..5, and of the pools the mean by their weights. Each step is half-up to micro-points.
 *
 * A pool counts for a value only where all its raters rated it: what is missing to an anonymous pool's own mean would tell
 * what the others said. @returns the values that somebody counted rated, in their order
 */
export const valueProfile = (
  ratings: readonly Rating[],
  instruments: readonly Instrument[],
  rules: PolicyRules,
  pools: readonly PoolExplanation[],
): ValueScore[] => {
  const counted = pools
    .filter(({ points }) => points !== null)
    .map(({ groups, weight }) => ({ groups, weight, own: ratingsOfPool(ratings, groups, rules) }));
  return CORE_VALUES.flatMap((value) => {
    let sum = 0;
    let weights = 0;
    for (const { groups, weight, own } of counted) {
      const scores = own.flatMap((rating) => scoreOn(value, rating, instruments) ?? []);
      if (scores.length === 0 || (isAnonymous(groups) && scores.length < own.length)) continue;
      sum +=
        weight *
        divideHalfUp(
          scores.reduce((total, score) => total + score, 0),
          scores.length,
        );
      weights += weight;
    }
    return weights === 0 ? [] : [{ value, mean: divideHalfUp(sum, weights) }];
  });
};

/** A rating's score on a value, 1..5 in micro-points; null: its instrument does not ask for it. */
const scoreOn = (value: CoreValue, rating: Rating, instruments: readonly Instrument[]): Micro | null => {
  const instrument = instruments.find(
    ({ id, version }) => id === rating.instrumentId && version === rating.instrumentVersion,
  );
  const at = instrument?.items.findIndex(({ id }) => id === value) ?? -1;
  const score = rating.scores[at];
  if (instrument === undefined || score === undefined) return null;
  const { low, high } = instrument.scale;
  return MICRO + divideHalfUp(4 * (score - low) * MICRO, high - low);
};
