import { type Decimal, sumDecimals } from '../decimal.ts';
import type { MonthFigure } from '../evaluation/result.ts';
import { takeoverIn } from '../feedback/takeover.ts';
import { achievement } from '../indicator/achievement.ts';
import { buildUp, counts } from '../indicator/build-up.ts';
import type { Measure, Target } from '../indicator/indicator.ts';
import type { Realisation } from '../indicator/realisation.ts';
import type { PolicyRules } from '../period/policy.ts';
import { annualTarget, type PlanLine } from '../plan/line.ts';
import type { Plan } from '../plan/plan.ts';
import type { Micro } from '../rounding.ts';
import type { IsoDate, Month } from '../time.ts';

/**
 * How a line, or a plan, goes in mid-year:
 * - TAKEN_OVER: the leader has taken it over, and nothing of it was due before;
 * - NOT_DUE: no month so far expects anything;
 * - NOT_REPORTED: something was due and nothing is reported;
 * - BEHIND, ON_PACE, AHEAD: what is reported, against what was expected of the same months, by the policy's bands;
 * - NOT_COMPARABLE: reported, but the target has no quotient (zero).
 */
export type Pace =
  | 'TAKEN_OVER'
  | 'NOT_DUE'
  | 'NOT_REPORTED'
  | 'BEHIND'
  | 'ON_PACE'
  | 'AHEAD'
  | 'NOT_COMPARABLE';

/** Progress of one line up to a month. */
export interface LineProgress {
  readonly line: PlanLine;
  readonly pace: Pace;
  /** What the months so far expect: SUM their total, LATEST the last one's, RELEASED the release if it has come. */
  readonly expected: Target | null;
  /** What `achievement` compares with: of `expected` the part of the months that have both; null without such a month. */
  readonly compared: Target | null;
  /** What was reported in them: SUM the total, LATEST and RELEASED the last figure; null: nothing. */
  readonly reached: Decimal | null;
  /** What the year expects. */
  readonly ofYear: Target | null;
  /** Reported against expected over the months that have both, micro-percent; missing months count on neither side. */
  readonly achievement: Micro | null;
  /** Months so far that expect something and have nothing that counts. */
  readonly missing: readonly Month[];
  readonly takenOver: boolean;
}

/** Progress of a plan up to a month. */
export interface PlanProgress {
  /** Null: no month of the year is over. */
  readonly through: Month | null;
  readonly lines: readonly LineProgress[];
  /** Over the main lines: the worst that is known, see `paceOf`. NO_PLAN: none in force. */
  readonly pace: Pace | 'NO_PLAN';
  /** Months with something missing in any main line. */
  readonly missing: readonly Month[];
}

/** The last month of a year that is over on a day; null: none is. */
export const lastMonthOver = (year: number, today: IsoDate): Month | null => {
  const thisYear = Number(today.slice(0, 4));
  if (year < thisYear) return `${year}-12`;
  const month = Number(today.slice(5, 7)) - 1;
  return year > thisYear || month === 0 ? null : `${year}-${String(month).padStart(2, '0')}`;
};

type Rules = Pick<PolicyRules, 'workResultBands' | 'achievementCap'>;

/**
 * Where a plan in force stands at the end of a month. Nothing is guessed: what was not reported is listed as missing and
 * lowers no figure.
 * @param realisations of this plan or of any
 * @param through the last month that counts, of the plan's year; null: none is over
 */
export const planProgress = (
  plan: Plan | null,
  realisations: readonly Realisation[],
  through: Month | null,
  rules: Rules,
): PlanProgress => {
  if (plan === null || plan.agreed === null) return { through, lines: [], pace: 'NO_PLAN', missing: [] };
  const reported = reportedOn(plan, realisations);
  const lines = plan.agreed.lines.map((line) => lineProgress(plan, line, reported, through, rules));
  const main = lines.filter(({ line }) => line.kind === 'MAIN');
  return {
    through,
    lines,
    pace: paceOf(main.map(({ pace }) => pace)),
    missing: [...new Set(main.flatMap(({ missing }) => missing))].sort(),
  };
};

/** A month that expects something of a line and has nothing that counts. */
export interface MissingFigure {
  readonly line: PlanLine;
  readonly month: Month;
}

/** What nobody has reported of a plan in force in some months, line by line; of a line that was taken over nothing. */
export const missingFigures = (
  plan: Plan,
  realisations: readonly Realisation[],
  months: readonly Month[],
): readonly MissingFigure[] => {
  const reported = reportedOn(plan, realisations);
  return (plan.agreed?.lines ?? []).flatMap((line) =>
    ownMonths(
      plan,
      line,
      monthsExpected(plan, line).filter((month) => months.includes(month)),
    )
      .filter((month) => !counts(figureOf(line, month, reported)))
      .map((month) => ({ line, month })),
  );
};

type Reported = ReadonlyMap<string, Realisation>;

const reportedOn = (plan: Plan, realisations: readonly Realisation[]): Reported =>
  new Map(
    realisations
      .filter(({ planId }) => planId === plan.id)
      .map((realisation) => [`${realisation.lineId} ${realisation.month}`, realisation]),
  );

const monthsExpected = ({ year }: Plan, line: PlanLine): Month[] =>
  Object.keys(line.targets)
    .sort()
    .map((month) => `${year}-${month}`);

const ownMonths = ({ takeovers = [] }: Plan, line: PlanLine, months: readonly Month[]): Month[] =>
  months.filter((month) => takeoverIn(takeovers, line.id, month) === undefined);

const figureOf = (line: PlanLine, month: Month, reported: Reported): MonthFigure => {
  const realisation = reported.get(`${line.id} ${month}`);
  return {
    month,
    target: line.targets[month.slice(5)] ?? null,
    realisation: realisation?.value ?? null,
    state: realisation?.state ?? null,
  };
};

/**
 * The pace of several lines together: BEHIND when one is; else NOT_REPORTED when one is; else ON_PACE, or AHEAD when all that
 * can be compared are.
 */
export const paceOf = (paces: readonly Pace[]): Pace => {
  const known = new Set(paces);
  for (const pace of ['BEHIND', 'NOT_REPORTED', 'ON_PACE', 'AHEAD', 'NOT_COMPARABLE', 'NOT_DUE'] as const)
    if (known.has(pace)) return pace;
  return known.has('TAKEN_OVER') ? 'TAKEN_OVER' : 'NOT_DUE';
};

const lineProgress = (
  plan: Plan,
  line: PlanLine,
  reported: Reported,
  through: Month | null,
  rules: Rules,
): LineProgress => {
  const months = monthsExpected(plan, line).filter((month) => through !== null && month <= through);
  const own = ownMonths(plan, line, months);
  const figures = own.map((month) => figureOf(line, month, reported));
  const filled = figures.filter(counts);
  const built = buildUp(line.measure, figures);
  const found =
    typeof built === 'string'
      ? null
      : achievement(line.measure, built.target, built.realisation, rules.achievementCap);
  const micro = found?.ok === true ? found.micro : null;
  const takenOver = own.length < months.length;
  return {
    line,
    pace: paceOfLine(own, filled, micro, takenOver, rules),
    expected: expectedOf(line.measure, figures),
    compared: typeof built === 'string' ? null : built.target,
    reached: reachedOf(line.measure, filled),
    ofYear: annualTarget(line),
    achievement: micro,
    missing: figures.filter((figure) => !counts(figure)).map(({ month }) => month),
    takenOver,
  };
};

const paceOfLine = (
  due: readonly Month[],
  filled: readonly MonthFigure[],
  micro: Micro | null,
  takenOver: boolean,
  { workResultBands: { above, meets } }: Rules,
): Pace => {
  if (due.length === 0) return takenOver ? 'TAKEN_OVER' : 'NOT_DUE';
  if (filled.length === 0) return 'NOT_REPORTED';
  if (micro === null) return 'NOT_COMPARABLE';
  if (micro > above * 1_000_000) return 'AHEAD';
  return micro >= meets * 1_000_000 ? 'ON_PACE' : 'BEHIND';
};

/** The target that the months so far build up to, whether they are reported or not. */
const expectedOf = ({ buildUp: how }: Measure, figures: readonly MonthFigure[]): Target | null => {
  const targets = figures.flatMap(({ target }) => target ?? []);
  const last = targets.at(-1);
  if (last === undefined || how !== 'SUM') return last ?? null;
  if ('value' in last)
    return { value: sumDecimals(targets.flatMap((target) => ('value' in target ? target.value : []))) };
  return {
    low: sumDecimals(targets.flatMap((target) => ('low' in target ? target.low : []))),
    high: sumDecimals(targets.flatMap((target) => ('high' in target ? target.high : []))),
  };
};

const reachedOf = ({ buildUp: how }: Measure, filled: readonly MonthFigure[]): Decimal | null => {
  const values = filled.flatMap(({ realisation }) => realisation ?? []);
  if (values.length === 0) return null;
  return how === 'SUM' ? sumDecimals(values) : (values.at(-1) ?? null);
};
