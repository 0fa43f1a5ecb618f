import { addDays, localDateOf, startOfLocalDay } from '../calendar.ts';
import { finalAt } from '../objection/deadlines.ts';
import { reject } from '../problem.ts';
import type { Instant, IsoDate } from '../time.ts';
import { type Policy, policyOn } from './policy.ts';
import { attemptOf, nextCorrection, runOf } from './run.ts';
import type { PeriodKind, PeriodSpan } from './span.ts';
import { monthsOf, periodOf } from './span.ts';
import { allPools, nameOfPool } from './unit-pools.ts';

/**
 * PLANNED → OPEN → CLOSING → PUBLISHED → FINAL; reopened: PUBLISHED, or CLOSING after a failure, → OPEN with the next attempt.
 * PLANNED → CANCELLED, after which the period is as one that nobody has planned.
 */
export type PeriodState = 'PLANNED' | 'CANCELLED' | 'OPEN' | 'CLOSING' | 'PUBLISHED' | 'FINAL';

/** A period of evaluation (periode). Its id says what it is: `2026-01`, `2026-Q1`, `2026`. */
export interface Period {
  readonly id: string;
  readonly kind: PeriodKind;
  readonly year: number;
  readonly start: IsoDate;
  readonly end: IsoDate;
  readonly state: PeriodState;
  /** From when on the close is due. Ratings and realisations are accepted until it begins, which shuts the gates. */
  readonly closesAt: Instant;
  /** 1 for the first close, one more with each reopening. */
  readonly attempt: number;
  /** The run being written while CLOSING, `r<attempt>`; null otherwise. */
  readonly run: string | null;
  /** The run that readers see, a correction's where objections have changed something; null before the first publication. */
  readonly publishedRun: string | null;
  /** The correction run that is being written while PUBLISHED; null: none. */
  readonly correcting: string | null;
  /** Every run that readers have seen and from when on, oldest first. */
  readonly publications: readonly Publication[];
  readonly publishedAt: Instant | null;
  /** When the last objection deadline passes; null before publication. */
  readonly finalAt: Instant | null;
  /** Whether what follows from a final period has been started. */
  readonly settled: boolean;
  /** What was decided on corrections that reach it when it is final; see `LateDecision`. */
  readonly lateDecisions: readonly LateDecision[];
  /** Frozen at begin of the close, with the calendar of the days after the period (`policyToFreeze`): of the run being written while CLOSING, else of the published run; null before. */
  readonly policy: Policy | null;
  /** Why the last close failed; null when it did not. A stable code, no personal data. */
  readonly failure: string | null;
  readonly version: number;
}

/** A run that became the one that readers see. */
export interface Publication {
  readonly run: string;
  readonly at: Instant;
}

/** The attempt whose run, or a correction of it, readers see; 0 before the first publication. */
export const publishedAttempt = ({ publishedRun }: Pick<Period, 'publishedRun'>): number =>
  publishedRun === null ? 0 : attemptOf(publishedRun);

/** Whether the period takes nothing any more, as long as nobody reopens it. */
export const isClosed = ({ state }: Pick<Period, 'state'>): boolean =>
  state !== 'PLANNED' && state !== 'OPEN';

/**
 * The periods under way that a policy which comes into force would govern: by their last day, begun or opened before their time,
 * in whatever state. One that is open changes at once, a published one when it is opened again.
 * @param policies those of the region, with the new one in force
 */
export const underWayBy = (
  { id }: Pick<Policy, 'id'>,
  policies: readonly Policy[],
  periods: readonly Period[],
  today: IsoDate,
): Period[] =>
  periods.filter(
    ({ start, end, state }) => (start <= today || state !== 'PLANNED') && policyOn(policies, end).id === id,
  );

/** The months of a year (`01` to `12`) that a closed period covers, each with the id of such a period. */
export const closedMonths = (periods: readonly Period[], year: number): ReadonlyMap<string, string> =>
  new Map(
    periods
      .filter((period) => period.year === year && isClosed(period))
      .flatMap((period) => monthsOf(period).map((month) => [month.slice(5), period.id] as const)),
  );

/**
 * A new period. @param closesAt from when on its close is due: not before its last day is over by the region's clock. Null: then.
 * @throws Rejection INVALID_FORMAT for an id that names no period, OUT_OF_RANGE for a close before its end
 */
export const planPeriod = (id: string, closesAt: Instant | null, utcOffsetMinutes: number): Period => {
  const span = periodOf(id);
  if (span === null) throw reject('INVALID_FORMAT', 'id', { value: id });
  const earliest = whenOver(span, utcOffsetMinutes);
  if (closesAt !== null && closesAt < earliest) {
    throw reject('OUT_OF_RANGE', 'closesAt', { minimum: earliest });
  }
  return {
    ...span,
    state: 'PLANNED',
    closesAt: closesAt ?? earliest,
    attempt: 1,
    run: null,
    publishedRun: null,
    correcting: null,
    publications: [],
    publishedAt: null,
    finalAt: null,
    settled: false,
    lateDecisions: [],
    policy: null,
    failure: null,
    version: 0,
  };
};

/** When a period's last day is over in the region: a close before it would evaluate days that have not happened. */
const whenOver = ({ end }: Pick<PeriodSpan, 'end'>, utcOffsetMinutes: number): Instant =>
  startOfLocalDay(addDays(end, 1), utcOffsetMinutes);

/** A close that is due later than a year after the period (or after today, for one of the past) is a slip of the pen. */
const LONGEST_WAIT_DAYS = 366;

/** The last day on which a period's close can be made due, as of today. */
export const latestClose = ({ end }: Pick<PeriodSpan, 'end'>, today: IsoDate): IsoDate =>
  addDays(end > today ? end : today, LONGEST_WAIT_DAYS);

/** @throws Rejection OUT_OF_RANGE at `closesAt` for one that is too late */
export const requireCloseInTime = (span: Pick<PeriodSpan, 'end'>, closesAt: Instant, now: Instant): void => {
  const latest = startOfLocalDay(latestClose(span, localDateOf(now, 0)), 0);
  if (closesAt > latest) throw reject('OUT_OF_RANGE', 'closesAt', { maximum: latest });
};

/** Whether a planned period's first day has come in the region. */
export const shouldOpen = (period: Period, now: Instant, utcOffsetMinutes: number): boolean =>
  period.state === 'PLANNED' && localDateOf(now, utcOffsetMinutes) >= period.start;

/** PLANNED → CANCELLED. @throws Rejection WRONG_STATE */
export const cancelPeriod = (period: Period): Period => {
  requireState(period, 'PLANNED');
  return { ...period, state: 'CANCELLED' };
};

/** PLANNED → OPEN. An open period stays as it is. @throws Rejection WRONG_STATE */
export const openPeriod = (period: Period): Period => {
  if (period.state === 'OPEN') return period;
  requireState(period, 'PLANNED');
  return { ...period, state: 'OPEN' };
};

/** Whether the close of an open period is due. */
export const isDue = (period: Period, now: Instant): boolean =>
  period.state === 'OPEN' && period.closesAt <= now;

/**
 * A period with another time from when on its close is due, as long as it is not due: from then on an execution may have begun it.
 * @throws Rejection PERIOD_CLOSED; OUT_OF_RANGE for a time that is past, or before its last day is over
 */
export const moveClose = (
  period: Period,
  closesAt: Instant,
  now: Instant,
  utcOffsetMinutes: number,
): Period => {
  if (isClosed(period) || isDue(period, now)) throw reject('PERIOD_CLOSED', '', { period: period.id });
  const over = whenOver(period, utcOffsetMinutes);
  if (closesAt < over || closesAt <= now) {
    throw reject('OUT_OF_RANGE', 'closesAt', { minimum: now > over ? now : over });
  }
  return { ...period, closesAt };
};

/**
 * OPEN → CLOSING under run `r<attempt>`, with the policy frozen. A period that is already closing goes on with its run and
 * its frozen policy; an earlier failure is forgotten.
 * @throws Rejection PERIOD_NOT_OPEN; OUT_OF_RANGE before the close is due
 */
export const beginClose = (period: Period, policy: Policy, now: Instant): Period => {
  if (period.state === 'CLOSING') return period.failure === null ? period : { ...period, failure: null };
  if (period.state !== 'OPEN')
    throw reject('PERIOD_NOT_OPEN', '', { period: period.id, state: period.state });
  if (!isDue(period, now)) throw reject('OUT_OF_RANGE', 'closesAt', { minimum: period.closesAt });
  const kept = period.publishedRun === null ? policy : withPoolsOf(policy, period.policy);
  return { ...period, state: 'CLOSING', run: runOf(period.attempt), policy: kept, failure: null };
};

/**
 * The pools of anonymous raters stay as they were published: cut otherwise, two runs would differ by a group that is too small
 * to be shown. Where they are the same, only weights may have changed, and these follow the policy.
 */
const withPoolsOf = (policy: Policy, published: Policy | null): Policy => {
  if (published === null || poolsOf(policy) === poolsOf(published)) return policy;
  const { raterPools, unitRaterPools } = published.rules;
  return { ...policy, rules: { ...policy.rules, raterPools, unitRaterPools } };
};

const poolsOf = ({ rules }: Policy): string => [...new Set(allPools(rules).map(nameOfPool))].sort().join(' ');

/** Leaves the reason with a period that is closing. @throws Rejection WRONG_STATE */
export const recordFailure = (period: Period, failure: string): Period => {
  requireState(period, 'CLOSING');
  return { ...period, failure };
};

/** CLOSING → PUBLISHED: readers see the run, and the objection clock starts. @throws Rejection WRONG_STATE */
export const publish = (period: Period, now: Instant): Period => {
  requireState(period, 'CLOSING');
  if (period.run === null || period.policy === null) throw wrongState(period);
  return {
    ...period,
    state: 'PUBLISHED',
    run: null,
    publishedRun: period.run,
    correcting: null,
    publications: [...period.publications, { run: period.run, at: now }],
    publishedAt: now,
    finalAt: finalAt(now, period.policy),
    failure: null,
  };
};

/**
 * Begins the correction run that follows the published one: what was decided on objections becomes a run of its own. One that
 * is being written goes on. A final period is corrected only where the personnel office has decided so.
 * @throws Rejection WRONG_STATE
 */
export const beginCorrection = (period: Period): Period => {
  requirePublished(period);
  if (period.correcting !== null || period.publishedRun === null) return period;
  return { ...period, correcting: nextCorrection(period.publishedRun) };
};

/**
 * Readers see the correction run. The clocks of the close that it corrects go on; what follows from a final period is looked at
 * again. @throws Rejection WRONG_STATE
 */
export const publishCorrection = (period: Period, now: Instant): Period => {
  requirePublished(period);
  const run = period.correcting;
  if (run === null) throw wrongState(period);
  return {
    ...period,
    publishedRun: run,
    correcting: null,
    settled: false,
    publications: [...period.publications, { run, at: now }],
  };
};

/** Whether nothing can be objected to any more; what has been objected to is told elsewhere. */
export const shouldFinalise = (period: Period, now: Instant): boolean =>
  period.state === 'PUBLISHED' &&
  period.correcting === null &&
  period.finalAt !== null &&
  period.finalAt <= now;

/** PUBLISHED → FINAL once the last deadline is over. A final period stays as it is. @throws Rejection WRONG_STATE */
export const finalise = (period: Period, now: Instant): Period => {
  if (period.state === 'FINAL') return period;
  if (!shouldFinalise(period, now)) throw wrongState(period);
  return { ...period, state: 'FINAL' };
};

/** What follows from a final period has been started. @throws Rejection WRONG_STATE */
export const settle = (period: Period): Period => {
  requireState(period, 'FINAL');
  return { ...period, settled: true };
};

/** Whether a close cannot go on as it is: data that it fails on can be mended in an open period only. */
export const hasFailed = ({ state, failure }: Pick<Period, 'state' | 'failure'>): boolean =>
  state === 'CLOSING' && failure !== null;

/**
 * PUBLISHED → OPEN, or CLOSING → OPEN when the close has failed, with the next attempt. Readers keep the run that is
 * published, if there is one, until the next one is, and the period keeps that run's policy; the next close freezes the one in
 * force then.
 * @param publishedPolicy of the published run; null without one
 * @throws Rejection PERIOD_FINAL, WRONG_STATE, OUT_OF_RANGE for a new close that is not ahead
 */
export const reopen = (
  period: Period,
  closesAt: Instant,
  now: Instant,
  publishedPolicy: Policy | null,
): Period => {
  if (period.state === 'FINAL') throw reject('PERIOD_FINAL', '', { period: period.id });
  if (!hasFailed(period)) requireState(period, 'PUBLISHED');
  if (closesAt <= now) throw reject('OUT_OF_RANGE', 'closesAt', { minimum: now });
  return {
    ...period,
    state: 'OPEN',
    closesAt,
    attempt: period.attempt + 1,
    run: null,
    correcting: null,
    finalAt: null,
    policy: publishedPolicy,
    failure: null,
  };
};

const wrongState = (period: Period) => reject('WRONG_STATE', '', { period: period.id, state: period.state });

const requirePublished = (period: Period): void => {
  if (period.state !== 'PUBLISHED' && period.state !== 'FINAL') throw wrongState(period);
};

const requireState = (period: Period, state: PeriodState): void => {
  if (period.state !== state) throw wrongState(period);
};

/**
 * What the personnel office decided on people whose result of a period was corrected when the year that builds on it was final
 * already: the year's result follows (APPLY), or stays as it was published (KEEP).
 */
export interface LateDecision {
  readonly sourcePeriodId: string;
  readonly staffIds: readonly string[];
  readonly outcome: 'APPLY' | 'KEEP';
  readonly reason: string;
  readonly decidedById: string;
  readonly at: Instant;
}
