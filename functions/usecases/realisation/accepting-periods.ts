import { isClosed, type Period } from '../../domain/period/period.ts';
import { monthsOf, periodsCovering } from '../../domain/period/span.ts';
import { type Problem, problem } from '../../domain/problem.ts';
import type { IsoDate, Month } from '../../domain/time.ts';
import type { Deps } from '../deps.ts';

/** The month's own period, its quarter and its year, as far as they are planned. */
export async function readPeriodsOf(deps: Pick<Deps, 'store'>, month: Month): Promise<readonly Period[]> {
  const periods = await Promise.all(periodsCovering(month).map((id) => deps.store.periods.get(id)));
  return periods.filter((period) => period !== null);
}

/**
 * Whether a month's realisation can still change: a period that covers it is open, and none has been closed.
 * PERIOD_CLOSED with the period, OUTSIDE_PERIOD, or NOT_YET for a month that has not begun, of which nothing can be known, at `month`.
 */
export function checkAccepting(periods: readonly Period[], month: Month, today: IsoDate): Problem[] {
  const closed = periods.find(isClosed);
  if (closed !== undefined) return [problem('PERIOD_CLOSED', 'month', { period: closed.id })];
  if (!periods.some(({ state }) => state === 'OPEN'))
    return [problem('OUTSIDE_PERIOD', 'month', { needed: month })];
  const firstDay = `${month}-01`;
  return firstDay > today ? [problem('NOT_YET', 'month', { date: firstDay })] : [];
}

/** The months whose realisations can still change, each with the first of its open periods to close. */
export function acceptingMonths(periods: readonly Period[], today: IsoDate): ReadonlyMap<Month, Period> {
  const open = periods.filter(({ state }) => state === 'OPEN');
  const months = new Map<Month, Period>();
  for (const period of open.toSorted((a, b) => (a.closesAt < b.closesAt ? -1 : 1))) {
    for (const month of monthsOf(period)) {
      const covering = periodsCovering(month);
      const known = periods.filter(({ id }) => covering.includes(id));
      if (!months.has(month) && checkAccepting(known, month, today).length === 0) months.set(month, period);
    }
  }
  return months;
}
