import type { Decimal } from '../decimal.ts';
import type { PolicyRules } from '../period/policy.ts';
import type { ExpectationRating } from '../rating/rating.ts';
import type { Micro } from '../rounding.ts';
import type { NumericClass, Predicate, UnitPredicate } from './predicate.ts';
import type { Presence } from './presence.ts';
import type {
  Behaviour,
  Evaluation,
  LineExplanation,
  MonthFigure,
  NotMeasured,
  PeriodPart,
  PoolExplanation,
  UnitAchievement,
  WorkResult,
} from './result.ts';

/*
 * The second way to every figure: from what a published result says of itself, as somebody with pencil and paper would do
 * it. It shares no arithmetic with the code that evaluated (fractions of bigints here, scaled integers there), so that one
 * error cannot hide in both; auditors and tests compare the two.
 */

/** The figures of a line as its explanation gives them. */
export interface RecomputedLine {
  readonly lineId: string;
  /** What was compared: the built-up target (`low..high` for a range) and realisation, as text. */
  readonly target: string | null;
  readonly realisation: string | null;
  readonly achievement: Micro | null;
  readonly notMeasured: NotMeasured | null;
  readonly rating: ExpectationRating | null;
}

/** The figures of an evaluation, recomputed. */
export interface Recomputed {
  readonly lines: readonly RecomputedLine[];
  readonly workResultScore: Micro | null;
  readonly workResultProposed: ExpectationRating | null;
  /** Effective weights of lines and of pools, basis points. */
  readonly lineWeights: readonly number[];
  readonly poolPoints: readonly (Micro | null)[];
  readonly poolWeights: readonly number[];
  readonly behaviourRawScore: Micro | null;
  /** From the adjusted mean; that mean itself is of the unit's ratings, which a result does not hold. */
  readonly behaviourAdjustedScore: Micro | null;
  readonly behaviourScore: Micro | null;
  readonly behaviourProposed: ExpectationRating | null;
  readonly workResultRating: ExpectationRating | null;
  readonly behaviourRating: ExpectationRating | null;
  readonly predicate: Predicate | null;
  readonly score: Micro | null;
  /** Shares of the score as `60/40`; null without one. */
  readonly scoreShares: string | null;
  readonly numericClass: NumericClass | null;
}

/** Recomputes a person's evaluation from its explanation and the policy frozen with it. */
export const recompute = (evaluation: Evaluation, rules: PolicyRules): Recomputed => {
  const { workResult, behaviour, assessor, carriedOver, verdict, presence } = evaluation;
  const isEvaluated = presence === null || isPresent(presence, rules);
  const lines = workResult.lines.map((line) => recomputeLine(line, rules));
  const weighedLines = workResult.lines.map(({ kind, weight }, at) => ({
    weight: kind === 'MAIN' ? weight : 0,
    value: lines[at]?.achievement ?? null,
  }));
  const workResultScore = weightedMean(workResult.periods?.map(asPart) ?? weighedLines);
  const workResultProposed = isEvaluated
    ? proposeWorkResult(workResult, lines, workResultScore, rules)
    : null;
  const poolPoints = behaviour.pools.map((pool) => pointsOf(pool, rules));
  const weighedPools = behaviour.pools.map(({ weight }, at) => ({ weight, value: poolPoints[at] ?? null }));
  const behaviourRawScore = weightedMean(behaviour.periods?.map(asPart) ?? weighedPools);
  const behaviourAdjustedScore = adjustedOf(behaviour, rules);
  const behaviourScore =
    rules.behaviourScore === 'ADJUSTED' && behaviourAdjustedScore !== null
      ? behaviourAdjustedScore
      : behaviourRawScore;
  const behaviourProposed = !isEvaluated
    ? null
    : behaviour.periods !== null
      ? middleOf(behaviour.periods)
      : behaviourScore === null
        ? null
        : band(behaviourScore, rules.behaviourBands.above, rules.behaviourBands.meets);
  const setWorkResult = verdict?.workResult ?? null;
  const setBehaviour = verdict?.behaviour ?? null;
  const assessedWorkResult = assessor === null ? workResultProposed : assessor.workResult;
  const assessedBehaviour = assessor === null ? behaviourProposed : assessor.behaviour;
  const workResultRating = setWorkResult === null ? assessedWorkResult : setWorkResult;
  const behaviourRating = setBehaviour === null ? assessedBehaviour : setBehaviour;
  const innovation =
    verdict !== null && verdict.innovation !== null
      ? verdict.innovation
      : assessor === null
        ? carriedOver?.innovation
        : assessor.innovation;
  const shares = isEvaluated ? sharesOf(workResultScore, behaviourScore, behaviour, rules) : null;
  const score = shares && combine(workResultScore ?? 0, behaviourScore ?? 0, shares);
  const numericClass =
    rules.scheme === 'NUMERIC_2019' && workResultScore !== null && behaviourScore !== null && score !== null
      ? classOf(score, innovation === true)
      : null;
  return {
    lines,
    workResultScore,
    workResultProposed,
    lineWeights: sharedOut(weighedLines),
    poolPoints,
    poolWeights: sharedOut(weighedPools),
    behaviourRawScore,
    behaviourAdjustedScore,
    behaviourScore,
    behaviourProposed,
    workResultRating,
    behaviourRating,
    predicate: predicateOf(rules, workResultRating, behaviourRating, numericClass),
    score,
    scoreShares: shares?.join('/') ?? null,
    numericClass,
  };
};

/** Recomputes a unit's achievement and the predicate that it proposes. */
export const recomputeUnit = (
  { lines }: Pick<UnitAchievement, 'lines'>,
  rules: PolicyRules,
): { readonly score: Micro | null; readonly proposed: UnitPredicate | null } => {
  const score = weightedMean(
    lines.map((line) => ({
      weight: line.kind === 'MAIN' ? line.weight : 0,
      value: recomputeLine(line, rules).achievement,
    })),
  );
  return { score, proposed: score === null ? null : unitBand(score, rules) };
};

/** Names of the figures in which an evaluation differs from its own explanation; empty when it holds together. */
export const discrepancies = (evaluation: Evaluation, rules: PolicyRules): string[] => {
  const again = recompute(evaluation, rules);
  const { workResult, behaviour } = evaluation;
  const found: string[] = [];
  const compare = (name: string, published: unknown, recomputed: unknown): void => {
    if (published !== recomputed) found.push(name);
  };
  for (const [at, line] of workResult.lines.entries()) {
    const name = `workResult.lines.${line.lineId}`;
    compare(`${name}.achievement`, line.achievement, again.lines[at]?.achievement);
    compare(`${name}.notMeasured`, line.notMeasured, again.lines[at]?.notMeasured);
    compare(`${name}.rating`, line.rating, again.lines[at]?.rating);
    compare(`${name}.target`, line.target && targetText(line.target), again.lines[at]?.target);
    compare(`${name}.realisation`, line.realisation, again.lines[at]?.realisation);
    compare(`${name}.effectiveWeight`, line.effectiveWeight, again.lineWeights[at]);
  }
  const { presence } = evaluation;
  compare(
    'presence.evaluated',
    presence?.evaluated,
    presence === null ? undefined : isPresent(presence, rules),
  );
  const { carriedOver } = evaluation;
  if (carriedOver !== null) {
    // One result and nothing beside it.
    const only = `${carriedOver.periodId} ${carriedOver.run}`;
    const partsOf = (parts: readonly PeriodPart[] | null): string =>
      (parts ?? []).map(({ periodId, run }) => `${periodId} ${run}`).join(', ');
    compare('carriedOver.workResult', partsOf(workResult.periods), only);
    compare('carriedOver.behaviour', partsOf(behaviour.periods), only);
    compare('carriedOver.assessor', evaluation.assessor, null);
  }
  compare('workResult.score', workResult.score, again.workResultScore);
  if (workResult.source === 'UNIT_ACHIEVEMENT' && workResult.unit !== null) {
    const unitScore = again.workResultScore;
    compare(
      'workResult.unit.proposed',
      workResult.unit.proposed,
      unitScore === null ? null : unitBand(unitScore, rules),
    );
  }
  compare('workResult.proposed', workResult.proposed, again.workResultProposed);
  for (const [at, pool] of behaviour.pools.entries()) {
    compare(`behaviour.pools.${at}.points`, pool.points, again.poolPoints[at]);
    compare(`behaviour.pools.${at}.effectiveWeight`, pool.effectiveWeight, again.poolWeights[at]);
  }
  compare('behaviour.rawScore', behaviour.rawScore, again.behaviourRawScore);
  compare('behaviour.adjusted.score', behaviour.adjusted?.score ?? null, again.behaviourAdjustedScore);
  const counted = behaviour.adjusted?.score != null ? rules.behaviourScore : 'RAW';
  compare('behaviour.counts', behaviour.counts, counted);
  if (behaviour.adjusted !== null) {
    const raters = behaviour.pools.reduce((sum, pool) => sum + pool.raters, 0);
    compare('behaviour.adjusted.ratings', behaviour.adjusted.ratings, raters);
  }
  compare('behaviour.score', behaviour.score, again.behaviourScore);
  compare('behaviour.proposed', behaviour.proposed, again.behaviourProposed);
  compare('workResultRating', evaluation.workResultRating, again.workResultRating);
  compare('behaviourRating', evaluation.behaviourRating, again.behaviourRating);
  compare('predicate', evaluation.predicate, again.predicate);
  compare('score', evaluation.score, again.score);
  const { scoreShares } = evaluation;
  compare(
    'scoreShares',
    scoreShares && `${scoreShares.workResult}/${scoreShares.behaviour}`,
    again.scoreShares,
  );
  compare('numericClass', evaluation.numericClass, again.numericClass);
  return found;
};

interface Fraction {
  readonly n: bigint;
  readonly d: bigint;
}

const fractionOf = (text: Decimal): Fraction => {
  const [whole = '0', digits = ''] = text.split('.');
  return { n: BigInt(whole + digits), d: 10n ** BigInt(digits.length) };
};
/** A fraction whose denominator is a power of ten, as a decimal. */
const textOf = ({ n, d }: Fraction): string => {
  const places = String(d).length - 1;
  const digits = String(n < 0n ? -n : n).padStart(places + 1, '0');
  const whole = digits.slice(0, digits.length - places);
  const rest = places === 0 ? '' : digits.slice(-places).replace(/0+$/, '');
  return `${n < 0n ? '-' : ''}${whole}${rest === '' ? '' : `.${rest}`}`;
};
const targetText = (target: NonNullable<MonthFigure['target']>): string =>
  'value' in target ? target.value : `${target.low}..${target.high}`;
const plus = (a: Fraction, b: Fraction): Fraction => ({ n: a.n * b.d + b.n * a.d, d: a.d * b.d });
const minus = (a: Fraction, b: Fraction): Fraction => plus(a, { n: -b.n, d: b.d });
const over = (a: Fraction, b: Fraction): Fraction =>
  b.n < 0n ? { n: -a.n * b.d, d: a.d * -b.n } : { n: a.n * b.d, d: a.d * b.n };
const magnitude = (a: Fraction): Fraction => ({ n: a.n < 0n ? -a.n : a.n, d: a.d });
const isBelow = (a: Fraction, b: Fraction): boolean => a.n * b.d < b.n * a.d;
const ZERO: Fraction = { n: 0n, d: 1n };
const ONE: Fraction = { n: 1n, d: 1n };

/** Half-up to micro-points; of fractions from zero up. */
const toMicro = ({ n, d }: Fraction): Micro => {
  const scaled = n * 1_000_000n;
  const down = scaled / d;
  return Number((scaled - down * d) * 2n >= d ? down + 1n : down);
};

/** low and high are the same for a single value. */
interface Ends {
  readonly low: Fraction;
  readonly high: Fraction;
}

const endsOf = (target: NonNullable<MonthFigure['target']>): Ends =>
  'value' in target
    ? { low: fractionOf(target.value), high: fractionOf(target.value) }
    : { low: fractionOf(target.low), high: fractionOf(target.high) };

const recomputeLine = (line: LineExplanation, rules: PolicyRules): RecomputedLine => {
  const unmeasured = (notMeasured: NotMeasured): RecomputedLine => ({
    lineId: line.lineId,
    target: null,
    realisation: null,
    achievement: null,
    notMeasured,
    rating: null,
  });
  const expected = line.months.filter(({ target }) => target !== null);
  if (expected.length === 0) return unmeasured(line.takenOver === undefined ? 'NO_TARGET' : 'TAKEN_OVER');
  const filled = expected.filter(({ realisation, state }) => realisation !== null && state !== 'REJECTED');
  const byMonth = (a: MonthFigure, b: MonthFigure): number => (a.month < b.month ? -1 : 1);
  const lastExpected = expected.toSorted(byMonth).at(-1);
  const lastFilled = filled.toSorted(byMonth).at(-1);
  if (line.measure.buildUp === 'RELEASED' && lastFilled !== lastExpected)
    return unmeasured('WAITING_RELEASE');
  if (lastFilled === undefined) return unmeasured('NO_REALISATION');
  const compared = line.measure.buildUp === 'SUM' ? filled : [lastFilled];
  const isRange = line.measure.polarity === 'RANGE';
  if (compared.some(({ target }) => target !== null && 'low' in target !== isRange))
    return unmeasured('NO_TARGET');
  let reached = ZERO;
  let low = ZERO;
  let high = ZERO;
  for (const { target, realisation } of compared) {
    if (target === null || realisation === null) continue;
    const ends = endsOf(target);
    reached = plus(reached, fractionOf(realisation));
    low = plus(low, ends.low);
    high = plus(high, ends.high);
  }
  const figures = {
    lineId: line.lineId,
    target: isRange ? `${textOf(low)}..${textOf(high)}` : textOf(low),
    realisation: textOf(reached),
  };
  const quotient = quotientOf(line, { low, high }, reached);
  if (quotient === null) return { ...unmeasured('ZERO_TARGET'), ...figures };
  const percent: Fraction = { n: quotient.n * 100n, d: quotient.d };
  const cap: Fraction = { n: BigInt(rules.achievementCap), d: 1n };
  const clamped = isBelow(percent, ZERO) ? ZERO : isBelow(cap, percent) ? cap : percent;
  const achievement = toMicro(clamped);
  const { above, meets } = rules.workResultBands;
  return {
    ...figures,
    achievement,
    notMeasured: null,
    rating: achievement > above * 1e6 ? 'ABOVE' : achievement < meets * 1e6 ? 'BELOW' : 'MEETS',
  };
};

/** Achievement as a share of the target; null: there is no quotient. */
const quotientOf = (
  { measure }: Pick<LineExplanation, 'measure'>,
  { low, high }: Ends,
  reached: Fraction,
): Fraction | null => {
  const twice = (a: Fraction): Fraction => ({ n: 2n * a.n, d: a.d });
  switch (measure.polarity) {
    case 'MAXIMIZE':
      return low.n <= 0n ? null : over(reached, low);
    case 'MINIMIZE':
      if (low.n < 0n) return null;
      if (low.n === 0n) return reached.n > 0n ? ZERO : ONE;
      return over(minus(twice(low), reached), low);
    case 'STABILIZE':
      return low.n === 0n ? null : minus(ONE, over(magnitude(minus(reached, low)), magnitude(low)));
    case 'RANGE': {
      const moreIsBetter = measure.aboveRange === 'MORE_IS_BETTER';
      if (low.n < 0n || isBelow(high, low) || (moreIsBetter && high.n === 0n)) return null;
      if (isBelow(reached, low)) return low.n === 0n ? ZERO : over(reached, low);
      if (!isBelow(high, reached)) return ONE;
      if (moreIsBetter) return over(reached, high);
      return high.n === 0n ? ZERO : over(minus(twice(high), reached), high);
    }
  }
};

/** Mean of what exists, by weight; null when nothing with a weight does. */
const weightedMean = (
  parts: readonly { readonly weight: number; readonly value: Micro | null }[],
): Micro | null => {
  let sum = 0n;
  let weights = 0n;
  for (const { weight, value } of parts) {
    if (value === null || weight === 0) continue;
    sum += BigInt(weight) * BigInt(value);
    weights += BigInt(weight);
  }
  return weights === 0n ? null : toMicro({ n: sum, d: weights * 1_000_000n });
};

const proposeWorkResult = (
  { source, unit, periods, lines: kinds }: WorkResult,
  lines: readonly RecomputedLine[],
  score: Micro | null,
  rules: PolicyRules,
): ExpectationRating | null => {
  const decided = unit?.decision?.predicate ?? null;
  if (decided !== null || source === 'UNIT_ACHIEVEMENT') {
    if (decided === null && score === null) return null;
    const predicate = decided ?? unitBand(score ?? 0, rules);
    return predicate === 'OUTSTANDING' ? 'ABOVE' : predicate === 'GOOD' ? 'MEETS' : 'BELOW';
  }
  if (periods !== null) return middleOf(periods);
  const rated = lines.flatMap((line, at) =>
    line.rating === null ? [] : [{ rating: line.rating, kind: kinds[at]?.kind }],
  );
  const main = rated.filter(({ kind }) => kind === 'MAIN');
  if (main.length === 0) return null;
  const { most, few } = rules.workResultShares;
  const mainBelow = main.filter(({ rating }) => rating === 'BELOW').length;
  const isMost = (ratings: readonly ExpectationRating[]): boolean =>
    rated.filter(({ rating }) => ratings.includes(rating)).length * 10_000 > most * rated.length;
  if (mainBelow === 0 && isMost(['ABOVE'])) return 'ABOVE';
  return isMost(['ABOVE', 'MEETS']) && mainBelow * 10_000 <= few * main.length ? 'MEETS' : 'BELOW';
};

/** Each period counts the same. */
const asPart = ({ score }: PeriodPart) => ({ weight: 1, value: score });

/** Counts the steps above and below MEETS: half of all or more above is ABOVE, more than half below is BELOW. */
const middleOf = (parts: readonly PeriodPart[]): ExpectationRating | null => {
  const rated = parts.filter(({ rating }) => rating !== null);
  if (rated.length === 0) return null;
  const count = (wanted: ExpectationRating): number => rated.filter(({ rating }) => rating === wanted).length;
  const surplus = count('ABOVE') - count('BELOW');
  if (surplus * 2 >= rated.length) return 'ABOVE';
  return -surplus * 2 > rated.length ? 'BELOW' : 'MEETS';
};

/** Days there, as a share of all days in basis points, against the policy's; not one day is never enough. */
const isPresent = ({ days, served, absent }: Presence, { minimumPresence }: PolicyRules): boolean => {
  const there = BigInt(served - absent);
  return there > 0n && !isBelow({ n: there, d: BigInt(days) }, { n: BigInt(minimumPresence), d: 10_000n });
};

const adjustedOf = ({ adjusted }: Behaviour, rules: PolicyRules): Micro | null =>
  adjusted === null || adjusted.mean === null
    ? null
    : pointsOf({ mean: { numerator: adjusted.mean, denominator: 1_000_000 } }, rules);

const pointsOf = ({ mean }: Pick<PoolExplanation, 'mean'>, rules: PolicyRules): Micro | null => {
  if (mean === null) return null;
  const at: Fraction = { n: 100n * BigInt(mean.numerator), d: BigInt(mean.denominator) };
  const points = rules.behaviourScale.map((point) => ({
    mean: { n: BigInt(point.mean), d: 1n },
    points: { n: BigInt(point.points), d: 1n },
  }));
  const right = points.findIndex((point) => !isBelow(point.mean, at));
  const [from, to] = [points.at(right - 1), points.at(right)];
  if (right === 0 || right === -1 || from === undefined || to === undefined) {
    const flat = points.at(right);
    return flat === undefined ? null : toMicro(flat.points);
  }
  const share = over(minus(at, from.mean), minus(to.mean, from.mean));
  const rise = minus(to.points, from.points);
  return toMicro(plus(from.points, { n: share.n * rise.n, d: share.d * rise.d }));
};

const sharesOf = (
  workResult: Micro | null,
  behaviour: Micro | null,
  { pools, periods }: Behaviour,
  rules: PolicyRules,
): readonly [workResult: number, behaviour: number] | null => {
  if (workResult === null && behaviour === null) return null;
  if (workResult === null || behaviour === null) {
    if (rules.oneSidedScore !== 'RENORMALISED') return null;
    return behaviour === null ? [100, 0] : [0, 100];
  }
  const colleagues =
    pools.some(
      ({ mean, groups }) =>
        mean !== null && groups.some((group) => group === 'PEER' || group === 'SUBORDINATE'),
    ) || (periods ?? []).some((part) => part.score !== null && part.colleagues);
  return colleagues ? [60, 40] : [70, 30];
};

const combine = (workResult: Micro, behaviour: Micro, [a, b]: readonly [number, number]): Micro =>
  toMicro({ n: BigInt(a) * BigInt(workResult) + BigInt(b) * BigInt(behaviour), d: 100_000_000n });

/** 10,000 basis points among what was measured, by the largest remainder; among equal ones the earlier first. */
const sharedOut = (parts: readonly { readonly weight: number; readonly value: Micro | null }[]): number[] => {
  const weights = parts.map(({ weight, value }) => (value === null ? 0 : weight));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  if (sum === 0) return weights;
  const shares = weights.map((weight) => Math.floor((weight * 10_000) / sum));
  for (let left = 10_000 - shares.reduce((total, share) => total + share, 0); left > 0; left--) {
    // Whoever is furthest below their exact share, counted in parts of the sum.
    const behind = weights.map((weight, at) => weight * 10_000 - (shares[at] ?? 0) * sum);
    const next = behind.indexOf(Math.max(...behind));
    shares[next] = (shares[next] ?? 0) + 1;
  }
  return shares;
};

const band = (score: Micro, above: number, meets: number): ExpectationRating =>
  score >= above * 1e6 ? 'ABOVE' : score >= meets * 1e6 ? 'MEETS' : 'BELOW';

const unitBand = (score: Micro, { unitBands }: PolicyRules): UnitPredicate => {
  const percent = score / 1e6;
  if (percent < unitBands.poor) return 'VERY_POOR';
  if (percent < unitBands.needsImprovement) return 'POOR';
  if (percent < unitBands.good) return 'NEEDS_IMPROVEMENT';
  return percent < unitBands.outstanding ? 'GOOD' : 'OUTSTANDING';
};

const classOf = (score: Micro, innovation: boolean): NumericClass => {
  const points = score / 1e6;
  if (points < 50) return 'VERY_POOR';
  if (points < 70) return 'POOR';
  if (points < 90) return 'FAIR';
  return points >= 110 && innovation ? 'VERY_GOOD' : 'GOOD';
};

const predicateOf = (
  rules: PolicyRules,
  workResult: ExpectationRating | null,
  behaviour: ExpectationRating | null,
  numericClass: NumericClass | null,
): Predicate | null => {
  if (rules.scheme === 'NUMERIC_2019') {
    if (numericClass === null) return null;
    if (numericClass === 'VERY_GOOD') return 'EXCELLENT';
    return numericClass === 'FAIR' ? 'NEEDS_IMPROVEMENT' : numericClass;
  }
  if (workResult === null || behaviour === null) return null;
  if (behaviour === 'BELOW') return workResult === 'BELOW' ? 'VERY_POOR' : 'POOR';
  if (workResult === 'BELOW') return 'NEEDS_IMPROVEMENT';
  return workResult === 'ABOVE' && behaviour === 'ABOVE' ? 'EXCELLENT' : 'GOOD';
};
