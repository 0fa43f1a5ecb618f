import { deadlineNotice, periodNotice } from '../../domain/notice/notice.ts';
import { finalise, isDue, openPeriod, type Period, shouldFinalise, shouldOpen } from '../../domain/period.ts';
import { type Policy, policyOn } from '../../domain/policy.ts';
import type { Instant } from '../../domain/time.ts';
import type { Deps } from '../deps.ts';
import { changePeriod } from './change-period.ts';
import type { CloseAttempt } from './close-run.ts';
import { type DutyReport, runDuties } from './hourly-duties.ts';

/**
 * A period is overdue when it should have been published by now: its close was due this long ago. The schedule may be an hour
 * late, and a close takes minutes.
 */
const OVERDUE_AFTER_MILLISECONDS = 3 * 3_600_000;

/** The schedule's view of the state machine. */
export interface CloseStarter {
  /** Starts the close; does nothing when this attempt has been started before. */
  startClose(attempt: CloseAttempt): Promise<void>;
}

/** What one look at the periods came to; ids only. */
export interface ScheduleReport {
  readonly opened: readonly string[];
  readonly started: readonly string[];
  readonly finalised: readonly string[];
  readonly overdue: readonly string[];
  readonly failed: readonly { readonly periodId: string; readonly error: unknown }[];
  /** What the other duties came to, by their names. */
  readonly duties: Readonly<Record<string, DutyReport>>;
}

type Step = 'opened' | 'started' | 'finalised';
type ScheduleDeps = Pick<Deps, 'store' | 'now'> & CloseStarter;

/**
 * Does what time asks of every period: opens those whose first day has come, starts the close of those that are due or already
 * closing, tells of deadlines that are near, makes final those whose objections are over; then does the other duties of the
 * hour. May run twice at once and at any hour; a period or a duty that fails does not stop the others.
 */
export async function runSchedule(deps: ScheduleDeps): Promise<ScheduleReport> {
  const [periods, policies] = await Promise.all([deps.store.periods.list(), deps.store.policies.list()]);
  const done: Record<Step, string[]> = { opened: [], started: [], finalised: [] };
  const failed: { periodId: string; error: unknown }[] = [];
  for (const period of periods) {
    try {
      await advance(deps, period, policies, (step) => done[step].push(period.id));
    } catch (error) {
      failed.push({ periodId: period.id, error });
    }
  }
  const duties = await runDuties(deps);
  const at = deps.now();
  return {
    ...done,
    overdue: periods.filter((period) => isOverdue(period, at)).map(({ id }) => id),
    failed,
    duties,
  };
}

async function advance(
  deps: ScheduleDeps,
  listed: Period,
  policies: readonly Policy[],
  report: (step: Step) => void,
): Promise<void> {
  let period = listed;
  if (hasCome(period, policies, deps.now())) {
    const opened = await changePeriod(deps, period.id, 'openPeriod', (found, at) =>
      hasCome(found, policies, at)
        ? { after: openPeriod(found), notice: periodNotice('PERIOD_OPENED', found) }
        : null,
    );
    if (opened) report('opened');
    period = (await deps.store.periods.get(period.id)) ?? period;
  }
  if (period.state === 'CLOSING' || isDue(period, deps.now())) {
    await deps.startClose({ periodId: period.id, attempt: period.attempt });
    report('started');
  }
  const deadline = deadlineNotice(period, deps.now());
  if (deadline !== null) await deps.store.notices.put(deadline);
  if (shouldFinalise(period, deps.now())) {
    const finalised = await changePeriod(deps, period.id, 'finalisePeriod', (found, at) =>
      shouldFinalise(found, at) ? { after: finalise(found, at) } : null,
    );
    if (finalised) report('finalised');
  }
}

/** Whether the first day has come, by the region's clock as the policy of the period says it. */
function hasCome(period: Period, policies: readonly Policy[], at: Instant): boolean {
  return shouldOpen(period, at, policyOn(policies, period.end).rules.utcOffsetMinutes);
}

function isOverdue({ state, closesAt }: Period, at: Instant): boolean {
  const waiting = state === 'PLANNED' || state === 'OPEN' || state === 'CLOSING';
  return waiting && Date.parse(closesAt) + OVERDUE_AFTER_MILLISECONDS <= Date.parse(at);
}
