import { isMonth } from '../calendar.ts';
import type { Plan, Takeover } from '../plan/plan.ts';
import { type Problem, problem, rejectIf } from '../problem.ts';
import { checkText, tidy } from '../text.ts';
import type { Month } from '../time.ts';

/** What of a takeover goes into the explanation of a line. */
export type ExplainedTakeover = Pick<Takeover, 'from' | 'backFrom' | 'note'>;

/** Every note goes into the person's result as well, which holds the months' figures and ratings beside the plan's lines. */
export const TAKEOVER_LIMITS = { note: 1_000, takeovers: 60 } as const;

/** Whether a takeover covers a month. */
export const covers = ({ from, backFrom }: Pick<Takeover, 'from' | 'backFrom'>, month: Month): boolean =>
  month >= from && (backFrom === null || month < backFrom);

/** The takeover of a line that covers a month; undefined: the line is the person's. */
export const takeoverIn = (
  takeovers: readonly Takeover[],
  lineId: string,
  month: Month,
): Takeover | undefined =>
  takeovers.find((takeover) => takeover.lineId === lineId && covers(takeover, month));

/**
 * Takes a line of a plan in force over, from a month on. What a closed period covers stays as it was measured, and first the
 * person must have been helped: expectations adjusted, guidance or counselling given (art. 20, 6).
 * @param closed months (`01` to `12`) that a closed period covers, each with such a period
 * @param helped whether something of that kind is on record
 * @throws Rejection with all of NOT_FOUND, INVALID_FORMAT, OUTSIDE_PERIOD, PERIOD_CLOSED, TARGET_MISSING, ALREADY_EXISTS, REQUIRED,
 * TOO_LONG, TOO_MANY, FOLLOW_UP_FIRST
 */
export const takeOver = (
  plan: Plan,
  takeover: Takeover,
  closed: ReadonlyMap<string, string>,
  helped: boolean,
): Plan => {
  const line = plan.agreed?.lines.find(({ id }) => id === takeover.lineId);
  const known = plan.takeovers ?? [];
  const problems = [
    ...checkMonth(plan.year, takeover.from, closed),
    ...checkText(takeover.note, 'note', TAKEOVER_LIMITS.note, 'TEXT'),
  ];
  if (line === undefined) problems.push(problem('NOT_FOUND', 'lineId', { id: takeover.lineId }));
  else if (
    isMonth(takeover.from) &&
    !Object.keys(line.targets).some((month) => month >= takeover.from.slice(5))
  )
    problems.push(problem('TARGET_MISSING', 'from'));
  if (known.some(({ lineId, backFrom }) => lineId === takeover.lineId && (backFrom ?? '9') > takeover.from))
    problems.push(problem('ALREADY_EXISTS', 'lineId', { id: takeover.lineId }));
  if (known.length >= TAKEOVER_LIMITS.takeovers)
    problems.push(problem('TOO_MANY', '', { maximum: TAKEOVER_LIMITS.takeovers }));
  if (!helped) problems.push(problem('FOLLOW_UP_FIRST'));
  rejectIf(problems);
  return { ...plan, takeovers: [...known, { ...takeover, note: tidy(takeover.note) }] };
};

/**
 * Gives a line back to the person from a month on; from its first month: as if it had never been taken over.
 * @throws Rejection with all of NOT_FOUND, INVALID_FORMAT, OUTSIDE_PERIOD, PERIOD_CLOSED, OUT_OF_RANGE
 */
export const handBack = (
  plan: Plan,
  lineId: string,
  from: Month,
  closed: ReadonlyMap<string, string>,
): Plan => {
  const known = plan.takeovers ?? [];
  const open = known.find((takeover) => takeover.lineId === lineId && takeover.backFrom === null);
  const problems = checkMonth(plan.year, from, closed);
  if (open === undefined) problems.push(problem('NOT_FOUND', 'lineId', { id: lineId }));
  else if (from < open.from) problems.push(problem('OUT_OF_RANGE', 'from', { minimum: open.from }));
  rejectIf(problems);
  return {
    ...plan,
    takeovers: known.map((takeover) => (takeover === open ? { ...takeover, backFrom: from } : takeover)),
  };
};

/** A month of the plan's year from which on nothing is closed. */
const checkMonth = (year: number, from: Month, closed: ReadonlyMap<string, string>): Problem[] => {
  if (!isMonth(from)) return [problem('INVALID_FORMAT', 'from', { value: from })];
  if (from.slice(0, 4) !== String(year))
    return [problem('OUTSIDE_PERIOD', 'from', { month: from, period: String(year) })];
  const [, period] = [...closed].find(([month]) => month >= from.slice(5)) ?? [];
  return period === undefined ? [] : [problem('PERIOD_CLOSED', 'from', { period })];
};

/** Months (`01` to `12`) in which another line is, or is not, the person's after a change of takeovers. */
export const changedTakeoverMonths = (
  year: number,
  before: readonly Takeover[],
  after: readonly Takeover[],
): string[] => {
  const lines = new Set([...before, ...after].map(({ lineId }) => lineId));
  return MONTHS.filter((month) =>
    [...lines].some(
      (lineId) =>
        (takeoverIn(before, lineId, `${year}-${month}`) === undefined) !==
        (takeoverIn(after, lineId, `${year}-${month}`) === undefined),
    ),
  );
};

const MONTHS = ['01', '02', '03', '04', '05', '06', '07', '08', '09', '10', '11', '12'];
