import type { PoolExplanation, ValueScore } from '../evaluation/result.ts';
import type { PolicyRules } from '../period/policy.ts';
import type { Micro } from '../rounding.ts';
import { divideHalfUp, MICRO } from '../rounding.ts';
import { CORE_VALUES } from './core-values.ts';
import { isAnonymous, ratingsOfPool } from './pool.ts';
import type { Instrument, Rating } from './rating.ts';

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
    .map(({ groups, weight }) => ({
      isAnonymous: isAnonymous(groups),
      weight,
      own: ratingsOfPool(ratings, groups, rules).map((rating) => valueScores(rating, instruments)),
    }));
  return CORE_VALUES.flatMap((value, at) => {
    let sum = 0;
    let weights = 0;
    for (const { isAnonymous, weight, own } of counted) {
      let total = 0;
      let raters = 0;
      for (const scores of own) {
        const score = scores[at] ?? null;
        if (score === null) continue;
        total += score;
        raters += 1;
      }
      if (raters === 0 || (isAnonymous && raters < own.length)) continue;
      sum += weight * divideHalfUp(total, raters);
      weights += weight;
    }
    return weights === 0 ? [] : [{ value, mean: divideHalfUp(sum, weights) }];
  });
};

/** A rating's scores on the values in their order, 1..5 in micro-points; null: its instrument does not ask for it. */
const valueScores = (rating: Rating, instruments: readonly Instrument[]): readonly (Micro | null)[] => {
  const instrument = instruments.find(
    ({ id, version }) => id === rating.instrumentId && version === rating.instrumentVersion,
  );
  if (instrument === undefined) return [];
  const { low, high } = instrument.scale;
  return placesOf(instrument).map((place) => {
    const score = rating.scores[place];
    return score === undefined ? null : MICRO + divideHalfUp(4 * (score - low) * MICRO, high - low);
  });
};

/** Which item of an instrument asks for each value; -1: none. An instrument never changes. */
const placesOf = (instrument: Instrument): readonly number[] => {
  const known = places.get(instrument);
  if (known !== undefined) return known;
  const found = CORE_VALUES.map((value) => instrument.items.findIndex(({ id }) => id === value));
  places.set(instrument, found);
  return found;
};
const places = new WeakMap<Instrument, readonly number[]>();
