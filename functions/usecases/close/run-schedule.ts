import type { Period } from '../../domain/period/period.ts';
import type { Policy } from '../../domain/period/policy.ts';
import type { Instant } from '../../domain/time.ts';
import type { DutyReport } from './duty.ts';
import { runDuties } from './hourly-duties.ts';
import { periodDuties, type ScheduleDeps } from './period-duties.ts';

/**
 * A period is overdue when it should have been published by now: its close was due this long ago. The schedule may be an hour
 * late, and a close takes minutes.
 */
const OVERDUE_AFTER_MILLISECONDS = 3 * 3_600_000;

type PeriodDutyName = keyof typeof periodDuties;

/** What one look at the region came to; ids only. Each duty towards periods lists those that it was done for. */
export interface ScheduleReport extends Readonly<Record<PeriodDutyName, readonly string[]>> {
  readonly overdue: readonly string[];
  readonly failed: readonly PeriodFailure[];
  /** What the other duties came to, by their names. */
  readonly duties: Readonly<Record<string, DutyReport>>;
}

interface PeriodFailure {
  readonly duty: string;
  readonly periodId: string;
  readonly error: unknown;
}

/**
 * Does what time asks of every period (period-duties.ts), then the other duties of the hour. May run twice at once and at any
 * hour; a period or a duty that fails does not stop the others.
 */
export async function runSchedule(deps: ScheduleDeps): Promise<ScheduleReport> {
  const [periods, policies] = await Promise.all([deps.store.periods.list(), deps.store.policies.list()]);
  const done: Record<PeriodDutyName, string[]> = {
    opened: [],
    started: [],
    reminded: [],
    escalated: [],
    corrected: [],
    asked: [],
    finalised: [],
    settled: [],
  };
  const failed: PeriodFailure[] = [];
  for (const period of periods) {
    const failure = await advance(deps, period, policies, (duty) => done[duty].push(period.id));
    if (failure !== null) failed.push(failure);
  }
  const duties = await runDuties(deps);
  const at = deps.now();
  const overdue = periods.filter((period) => isOverdue(period, at)).map(({ id }) => id);
  return { ...done, overdue, failed, duties };
}

/** The duties towards one period, each on the period as the one before has left it. @returns the first that failed, after all of them */
async function advance(
  deps: ScheduleDeps,
  listed: Period,
  policies: readonly Policy[],
  report: (duty: PeriodDutyName) => void,
): Promise<PeriodFailure | null> {
  let period = listed;
  let failure: PeriodFailure | null = null;
  for (const duty of dutyNames) {
    try {
      if (!(await periodDuties[duty](deps, period, policies))) continue;
      report(duty);
      period = (await deps.store.periods.get(period.id)) ?? period;
    } catch (error) {
      failure ??= { duty, periodId: period.id, error };
    }
  }
  return failure;
}

const dutyNames = Object.keys(periodDuties).filter((name): name is PeriodDutyName =>
  Object.hasOwn(periodDuties, name),
);

function isOverdue({ state, closesAt }: Period, at: Instant): boolean {
  const waiting = state === 'PLANNED' || state === 'OPEN' || state === 'CLOSING';
  return waiting && Date.parse(closesAt) + OVERDUE_AFTER_MILLISECONDS <= Date.parse(at);
}
