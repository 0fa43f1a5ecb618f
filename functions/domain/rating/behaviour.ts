import type {
  AdjustedBehaviour,
  Behaviour,
  Fraction,
  NotMeasured,
  PoolExplanation,
} from '../evaluation/result.ts';
import type { CrossedRating } from '../fairness/crossed-design.ts';
import type { Adjustment } from '../fairness/fairness.ts';
import type { PolicyRules } from '../period/policy.ts';
import type { RaterPool } from '../period/unit-pools.ts';
import { normaliseWeights } from '../plan/weights.ts';
import type { Micro } from '../rounding.ts';
import { divideHalfUp, divideHalfUpBig, MICRO } from '../rounding.ts';
import { isAnonymous, ratingsOfPool } from './pool.ts';
import {
  type ExpectationRating,
  type Instrument,
  isAnonymousGroup,
  type RaterGroup,
  type Rating,
} from './rating.ts';
import { valueProfile } from './value-profile.ts';

/**
 * The behaviour score (perilaku kerja) of one person from the ratings that were given to them.
 *
 * - Each rating's items are put on 1..5 from their instrument's scale; a pool's mean is that of its raters' means, so that
 *   every rater counts the same whichever instrument they used, and once. It is kept as an exact fraction.
 * - The mean becomes points by the policy's piecewise-linear scale, half-up to micro-points.
 * - The score is Σ(weight × points) / Σ(weight) over the pools that have points, half-up to micro-points.
 * - A pool without the superior is anonymous: with fewer than `minimumRaters` raters it is left out of the score entirely,
 *   and neither its figures nor the number of its raters is in the result, not even whether it is zero; so nothing can be
 *   found by subtraction. After a reopening it counts as it was published until enough of its ratings changed (`ratingsShown`).
 * - SELF is shown and never counted.
 * - With an adjustment for the severity of raters there is a second score, its mean on the same scale; `behaviourScore` of the
 *   policy says which of the two counts.
 *
 * The order of the ratings does not matter.
 * @param instruments every version that the ratings name
 * @param rules with the pools of the person's unit, and whose own they are
 * @param adjustment the person's, from the fit of the unit's `countedRatings`; null before a close @throws Error for a rating whose instrument is not among them
 */
export const scoreBehaviour = (
  ratings: readonly Rating[],
  instruments: readonly Instrument[],
  rules: PolicyRules & { readonly poolsOfUnitId?: string | null },
  adjustment: Adjustment | null = null,
): Behaviour => {
  const poolsOfUnitId = rules.poolsOfUnitId ?? null;
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
    return {
      periods: null,
      poolsOfUnitId,
      pools,
      self,
      rawScore: null,
      adjusted: null,
      values: [],
      counts: 'RAW',
      score: null,
      notMeasured,
      proposed: null,
    };
  }
  const rawScore = divideHalfUp(sum, weights);
  const adjusted = adjustment && adjustedBehaviour(adjustment, rules);
  const counted = rules.behaviourScore === 'ADJUSTED' ? (adjusted?.score ?? null) : null;
  const score = counted ?? rawScore;
  const effective = normaliseWeights(pools.map(({ points, weight }) => (points === null ? 0 : weight)));
  return {
    periods: null,
    poolsOfUnitId,
    pools: pools.map((pool, at) => ({ ...pool, effectiveWeight: effective[at] ?? 0 })),
    self,
    rawScore,
    adjusted,
    values: valueProfile(ratings, instruments, rules, pools),
    counts: counted === null ? 'RAW' : 'ADJUSTED',
    score,
    notMeasured: null,
    proposed: rateBehaviour(score, rules),
  };
};

/** Whether a pool with peers or subordinates is in the behaviour score, itself or in one of the periods that it is the mean of. */
export const colleaguesCounted = ({ pools, periods }: Pick<Behaviour, 'pools' | 'periods'>): boolean =>
  periods === null
    ? pools.some(
        ({ groups, points }) =>
          points !== null && (groups.includes('PEER') || groups.includes('SUBORDINATE')),
      )
    : periods.some(({ colleagues, score }) => colleagues && score !== null);

const adjustedBehaviour = (
  { ratings, mean, standardError, notAdjusted }: Adjustment,
  { behaviourScale }: PolicyRules,
): AdjustedBehaviour => ({
  ratings,
  mean,
  standardError,
  score: mean === null ? null : pointsOfMean({ numerator: mean, denominator: MICRO }, behaviourScale),
  notAdjusted,
});

/**
 * A person's ratings as the fairness model takes them: those of the pools that have points, each as its mean on 1..5. Of a pool
 * with too few raters none is taken, neither for its ratee nor to tell how severe a rater is.
 * @param pseudonymOf of a superior, so that one person is one rater, whether named or not
 */
export const countedRatings = (
  ratings: readonly Rating[],
  instruments: readonly Instrument[],
  rules: PolicyRules,
  pseudonymOf: (staffId: string) => string = (staffId) => staffId,
): CrossedRating[] =>
  rules.raterPools.flatMap(({ groups }) => {
    const own = ratingsOfPool(ratings, groups, rules);
    if (isAnonymous(groups) && own.length < rules.minimumRaters) return [];
    return own.map((rating) => {
      const [numerator, denominator] = meanOfRating(rating, instruments);
      const rater = isAnonymousGroup(rating.group) ? rating.raterId : pseudonymOf(rating.raterId);
      return { rater, ratee: rating.rateeId, value: numerator / denominator };
    });
  });

/** From `above` points ABOVE, from `meets` points MEETS, else BELOW. */
export const rateBehaviour = (
  score: Micro,
  { behaviourBands }: Pick<PolicyRules, 'behaviourBands'>,
): ExpectationRating => {
  if (score >= behaviourBands.above * MICRO) return 'ABOVE';
  return score >= behaviourBands.meets * MICRO ? 'MEETS' : 'BELOW';
};

const explainPool = (
  { groups, weight }: RaterPool,
  ratings: readonly Rating[],
  instruments: readonly Instrument[],
  rules: PolicyRules,
): PoolExplanation => {
  const { raters, mean } = meanOf(ratingsOfPool(ratings, groups, rules), instruments);
  const shared = { groups, weight, effectiveWeight: 0 };
  if (isAnonymous(groups) && raters < rules.minimumRaters) {
    return { ...shared, raters: 0, mean: null, points: null, notMeasured: 'TOO_FEW_RATERS' };
  }
  if (raters === 0) return { ...shared, raters, mean: null, points: null, notMeasured: 'NO_RATINGS' };
  return { ...shared, raters, mean, points: pointsOfMean(mean, rules.behaviourScale), notMeasured: null };
};

const explainSelf = (
  ratings: readonly Rating[],
  instruments: readonly Instrument[],
  rules: PolicyRules,
): PoolExplanation | null => {
  const { raters, mean } = meanOf(ratingsOfPool(ratings, SELF, rules), instruments);
  if (raters === 0) return null;
  const points = pointsOfMean(mean, rules.behaviourScale);
  return { groups: SELF, raters, mean, points, notMeasured: null, weight: 0, effectiveWeight: 0 };
};

const SELF: readonly RaterGroup[] = ['SELF'];

/**
 * The raters and the mean of their means on 1..5. A rating whose n items on low..high sum to S has the mean
 * 1 + 4(S − n·low) / (n·(high − low)); with every instrument on 1..5 the fraction is the sum of all items over their number.
 */
const meanOf = (
  own: readonly Rating[],
  instruments: readonly Instrument[],
): { readonly raters: number; readonly mean: Fraction } => {
  let sum = 0;
  let unit = 1;
  for (const rating of own) {
    const [numerator, denominator] = meanOfRating(rating, instruments);
    if (denominator === unit) sum += numerator;
    else {
      const widened = (unit / greatestCommonDivisor(unit, denominator)) * denominator;
      sum = sum * (widened / unit) + numerator * (widened / denominator);
      unit = widened;
    }
  }
  const denominator = unit * own.length;
  // Whatever was too large on the way has left a sum or a unit that is too large: neither ever shrinks.
  const mean =
    Number.isSafeInteger(sum) && Number.isSafeInteger(denominator)
      ? { numerator: sum, denominator }
      : bigMeanOf(own, instruments);
  return { raters: own.length, mean };
};

/** The same for many instruments whose numbers of items have no factor in common. */
const bigMeanOf = (ratings: readonly Rating[], instruments: readonly Instrument[]): Fraction => {
  let sum = 0n;
  let unit = 1n;
  for (const rating of ratings) {
    const [numerator, denominator] = meanOfRating(rating, instruments);
    const widened = (unit / greatestCommonDivisorBig(unit, BigInt(denominator))) * BigInt(denominator);
    sum = sum * (widened / unit) + BigInt(numerator) * (widened / BigInt(denominator));
    unit = widened;
  }
  return { numerator: String(sum), denominator: String(unit * BigInt(ratings.length)) };
};

/** One rater's mean on 1..5. */
export const meanOfRating = (
  rating: Rating,
  instruments: readonly Instrument[],
): readonly [numerator: number, denominator: number] => {
  const { items, scale } = instrumentOf(rating, instruments);
  const n = items.length;
  const span = scale.high - scale.low;
  const common = span % 4 === 0 ? 4 : span % 2 === 0 ? 2 : 1;
  let scores = 0;
  for (const score of rating.scores) scores += score;
  const denominator = (n * span) / common;
  return [denominator + (4 / common) * (scores - n * scale.low), denominator];
};

const instrumentOf = (rating: Rating, instruments: readonly Instrument[]): Instrument => {
  for (const instrument of instruments) {
    if (instrument.id === rating.instrumentId && instrument.version === rating.instrumentVersion) {
      return instrument;
    }
  }
  throw new Error(`unknown instrument ${rating.instrumentId} version ${rating.instrumentVersion}`);
};

const greatestCommonDivisor = (a: number, b: number): number => {
  let x = a;
  let y = b;
  while (y !== 0) [x, y] = [y, x % y];
  return x;
};

const greatestCommonDivisorBig = (a: bigint, b: bigint): bigint => {
  let x = a;
  let y = b;
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
};

/** Up to here a number times a mean of the scale in hundredths (500 at most) is exact. */
const SMALL = Math.floor(Number.MAX_SAFE_INTEGER / 1_000);

/**
 * Points of a mean by the piecewise-linear scale: on the piece from (m, p) to (m', p') it is
 * p + (p' − p)(100·mean − m) / (m' − m), one exact quotient, half-up. Below the first point and above the last it is flat.
 */
export const pointsOfMean = (mean: Fraction, scale: PolicyRules['behaviourScale']): Micro => {
  const { numerator, denominator } = mean;
  if (typeof numerator === 'string' || typeof denominator === 'string') return bigPointsOfMean(mean, scale);
  if (numerator > SMALL || denominator > SMALL) return bigPointsOfMean(mean, scale);
  const hundredths = 100 * numerator;
  let from = scale[0];
  if (from === undefined) throw new RangeError('a behaviour scale without points');
  if (hundredths <= from.mean * denominator) return from.points * MICRO;
  for (const to of scale) {
    if (hundredths <= to.mean * denominator) {
      const product = (to.points - from.points) * MICRO * (hundredths - from.mean * denominator);
      if (!Number.isSafeInteger(product)) return bigPointsOfMean(mean, scale);
      return from.points * MICRO + divideHalfUp(product, (to.mean - from.mean) * denominator);
    }
    from = to;
  }
  return from.points * MICRO;
};

/** The same for a mean, or a product on the way, that does not fit 53 bits. */
const bigPointsOfMean = (mean: Fraction, scale: PolicyRules['behaviourScale']): Micro => {
  const hundredths = 100n * BigInt(mean.numerator);
  const denominator = BigInt(mean.denominator);
  const at = scale.findIndex((point) => hundredths <= BigInt(point.mean) * denominator);
  const to = scale.at(at);
  const from = scale[at - 1];
  if (to === undefined) throw new RangeError('a behaviour scale without points');
  // Before the first point, or (at -1) behind the last.
  if (from === undefined) return to.points * MICRO;
  const rise = BigInt((to.points - from.points) * MICRO);
  const beyond = hundredths - BigInt(from.mean) * denominator;
  const run = BigInt(to.mean - from.mean) * denominator;
  return from.points * MICRO + Number(divideHalfUpBig(rise * beyond, run));
};
