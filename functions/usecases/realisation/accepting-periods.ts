import { isClosed, type Period } from '../../domain/period/period.ts';
import { periodsCovering } from '../../domain/period/span.ts';
import { type Problem, problem } from '../../domain/problem.ts';
import type { Month } from '../../domain/time.ts';
import type { Deps } from '../deps.ts';

/** The month's own period, its quarter and its year, as far as they are planned. */
export async function readPeriodsOf(deps: Pick<Deps, 'store'>, month: Month): Promise<readonly Period[]> {
  const periods = await Promise.all(periodsCovering(month).map((id) => deps.store.periods.get(id)));
  return periods.filter((period) => period !== null);
}

/**
 * Whether a month's realisation can still change: a period that covers it is open, and none has been closed.
 * PERIOD_CLOSED with the period, or OUTSIDE_PERIOD, at `month`.
 */
export function checkAccepting(periods: readonly Period[], month: Month): Problem[] {
  const closed = periods.find(isClosed);
  if (closed !== undefined) return [problem('PERIOD_CLOSED', 'month', { period: closed.id })];
  return periods.some(({ state }) => state === 'OPEN')
    ? []
    : [problem('OUTSIDE_PERIOD', 'month', { needed: month })];
}
