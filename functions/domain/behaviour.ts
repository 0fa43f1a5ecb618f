import type { PolicyRules, RaterPool } from './policy.ts';
import type { ExpectationRating, Instrument, RaterGroup, Rating } from './rating.ts';
import type { Behaviour, Micro, NotMeasured, PoolExplanation } from './result.ts';
import { divideHalfUp, divideHalfUpBig, MICRO } from './rounding.ts';
import { normaliseWeights } from './weights.ts';

/**
 * The behaviour score (perilaku kerja) of one person from the ratings that were given to them.
 *
 * - Each rating's items are put on 1..5 from their instrument's scale; a pool's mean is that of its raters' means, so that
 *   every rater counts the same whichever instrument they used. It is kept as an exact fraction.
 * - The mean becomes points by the policy's piecewise-linear scale, half-up to micro-points.
 * - The score is Σ(weight × points) / Σ(weight) over the pools that have points, half-up to micro-points.
 * - A pool without the superior is anonymous: with fewer than `minimumRaters` raters it is left out of the score entirely,
 *   and neither its figures nor the number of its raters is in the result, not even whether it is zero; so nothing can be
 *   found by subtraction.
 * - SELF is shown and never counted.
 *
 * The order of the ratings does not matter.
 * @param instruments every version that the ratings name @throws Error for a rating whose instrument is not among them
 */
export const scoreBehaviour = (
  ratings: readonly Rating[],
  instruments: readonly Instrument[],
  rules: PolicyRules,
): Behaviour => {
  const pools = rules.raterPools.map((pool) => explainPool(pool, ratings, instruments, rules));
  const self = explainSelf(ratings, instruments, rules);
  let sum = 0;
  let weights = 0;
  for (const { points, weight } of pools) {
    if (points === null) continue;
    sum += weight * points;
    weights += weight;
  }
  if (weights === 0) {
    const hidden = pools.some(({ notMeasured }) => notMeasured === 'TOO_FEW_RATERS');
    const notMeasured: NotMeasured = hidden ? 'TOO_FEW_RATERS' : 'NO_RATINGS';
    return { pools, self, score: null, notMeasured, proposed: null };
  }
  const score = divideHalfUp(sum, weights);
  const effective = normaliseWeights(pools.map(({ points, weight }) => (points === null ? 0 : weight)));
  return {
    pools: pools.map((pool, at) => ({ ...pool, effectiveWeight: effective[at] ?? 0 })),
    self,
    score,
    notMeasured: null,
    proposed: rateBehaviour(score, rules),
  };
};

/** From `above` points ABOVE, from `meets` points MEETS, else BELOW. */
export const rateBehaviour = (
  score: Micro,
  { behaviourBands }: Pick<PolicyRules, 'behaviourBands'>,
): ExpectationRating => {
  if (score >= behaviourBands.above * MICRO) return 'ABOVE';
  return score >= behaviourBands.meets * MICRO ? 'MEETS' : 'BELOW';
};

/** Whether nobody may learn what a single rater of the pool said: the superior is known, everybody else is not. */
export const isAnonymous = (groups: readonly RaterGroup[]): boolean =>
  !groups.includes('SUPERIOR') && !groups.includes('SELF');

const explainPool = (
  { groups, weight }: RaterPool,
  ratings: readonly Rating[],
  instruments: readonly Instrument[],
  rules: PolicyRules,
): PoolExplanation => {
  const { raters, numerator, denominator } = meanOf(ratings, groups, instruments);
  const shared = { groups, weight, effectiveWeight: 0 };
  if (isAnonymous(groups) && raters < rules.minimumRaters) {
    return { ...shared, raters: 0, mean: null, points: null, notMeasured: 'TOO_FEW_RATERS' };
  }
  if (raters === 0) return { ...shared, raters, mean: null, points: null, notMeasured: 'NO_RATINGS' };
  const points = pointsOfMean(numerator, denominator, rules.behaviourScale);
  return { ...shared, raters, mean: { numerator, denominator }, points, notMeasured: null };
};

const explainSelf = (
  ratings: readonly Rating[],
  instruments: readonly Instrument[],
  rules: PolicyRules,
): PoolExplanation | null => {
  const { raters, numerator, denominator } = meanOf(ratings, SELF, instruments);
  if (raters === 0) return null;
  const points = pointsOfMean(numerator, denominator, rules.behaviourScale);
  const mean = { numerator, denominator };
  return { groups: SELF, raters, mean, points, notMeasured: null, weight: 0, effectiveWeight: 0 };
};

const SELF: readonly RaterGroup[] = ['SELF'];

/**
 * Raters of the groups and the mean of their means on 1..5. A rating whose n items on low..high sum to S has the mean
 * 1 + 4(S − n·low) / (n·(high − low)); with every instrument on 1..5 the fraction is the sum of all items over their number.
 */
const meanOf = (
  ratings: readonly Rating[],
  groups: readonly RaterGroup[],
  instruments: readonly Instrument[],
): { readonly raters: number; readonly numerator: number; readonly denominator: number } => {
  let raters = 0;
  let sum = 0;
  let unit = 1;
  for (const rating of ratings) {
    if (!groups.includes(rating.group)) continue;
    raters++;
    const { items, scale } = instrumentOf(rating, instruments);
    const n = items.length;
    const span = scale.high - scale.low;
    const common = span % 4 === 0 ? 4 : span % 2 === 0 ? 2 : 1;
    let scores = 0;
    for (const score of rating.scores) scores += score;
    const denominator = (n * span) / common;
    const numerator = denominator + (4 / common) * (scores - n * scale.low);
    if (denominator === unit) sum += numerator;
    else {
      const widened = leastCommonMultiple(unit, denominator);
      sum = sum * (widened / unit) + numerator * (widened / denominator);
      unit = widened;
    }
  }
  const denominator = unit * raters;
  if (!Number.isSafeInteger(sum) || !Number.isSafeInteger(denominator)) {
    throw new RangeError('ratings over too many different instruments for an exact mean');
  }
  return { raters, numerator: sum, denominator };
};

const instrumentOf = (rating: Rating, instruments: readonly Instrument[]): Instrument => {
  for (const instrument of instruments) {
    if (instrument.id === rating.instrumentId && instrument.version === rating.instrumentVersion) {
      return instrument;
    }
  }
  throw new Error(`unknown instrument ${rating.instrumentId} version ${rating.instrumentVersion}`);
};

const leastCommonMultiple = (a: number, b: number): number => {
  let x = a;
  let y = b;
  while (y !== 0) [x, y] = [y, x % y];
  return (a / x) * b;
};

/**
 * Points of a mean by the piecewise-linear scale: on the piece from (m, p) to (m', p') it is
 * p + (p' − p)(100·mean − m) / (m' − m), one exact quotient, half-up. Below the first point and above the last it is flat.
 */
export const pointsOfMean = (
  numerator: number,
  denominator: number,
  scale: PolicyRules['behaviourScale'],
): Micro => {
  const hundredths = 100 * numerator;
  let from = scale[0];
  if (from === undefined) throw new RangeError('a behaviour scale without points');
  if (hundredths <= from.mean * denominator) return from.points * MICRO;
  for (const to of scale) {
    if (hundredths <= to.mean * denominator) {
      const rise = to.points - from.points;
      const factor = rise * MICRO;
      const beyond = hundredths - from.mean * denominator;
      const run = (to.mean - from.mean) * denominator;
      const product = factor * beyond;
      return (
        from.points * MICRO +
        (product <= Number.MAX_SAFE_INTEGER
          ? divideHalfUp(product, run)
          : Number(divideHalfUpBig(BigInt(factor) * BigInt(beyond), BigInt(run))))
      );
    }
    from = to;
  }
  return from.points * MICRO;
};
