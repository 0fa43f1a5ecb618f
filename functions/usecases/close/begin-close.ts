import { buildsOnPeriods, builtOn, waitsForPeriods } from '../../domain/evaluation/basis.ts';
import { earlierRuns } from '../../domain/evaluation/carryover.ts';
import { runsBefore } from '../../domain/indicator-review/findings.ts';
import { beginClose as begin } from '../../domain/period/period.ts';
import { policyToFreeze } from '../../domain/period/policy.ts';
import { runOf } from '../../domain/period/run.ts';
import type { Deps } from '../deps.ts';
import { changePeriod } from './change-period.ts';
import { asClosing, type CloseAttempt, CloseError, type CloseRun, isOver } from './close-run.ts';

/**
 * Freezes what a close reads: OPEN → CLOSING with the policy in force on the period's last day (`policyToFreeze`), the organisation as of
 * that transaction, gates shut, plans and rosters of the year held still. A period that is already closing under this
 * attempt goes on as it was begun, an earlier failure forgotten; one that is published is left as it is.
 * A year that builds on its periods freezes which runs of theirs, and begins only if none of them has changed since it was looked
 * at; a month or quarter which earlier ones may be carried over into it. Each freezes those with which its indicators are compared.
 * @throws Rejection NOT_FOUND, or why the period cannot be closed; CloseError `Contention`, `PeriodsOpen` for such a year while
 * one of its periods takes changes or is being closed
 */
export async function beginClose(
  deps: Pick<Deps, 'store' | 'now'>,
  { periodId, attempt }: CloseAttempt,
): Promise<CloseAttempt & CloseRun> {
  const { store } = deps;
  const run = runOf(attempt);
  await changePeriod(deps, periodId, 'beginClose', async (period, at) => {
    if (isOver(period, run)) return null;
    if (period.run === run) {
      const closing = asClosing(period, run);
      return closing === null || closing.failure === null
        ? null
        : { after: begin(closing, closing.policy, at) };
    }
    if (period.attempt !== attempt) {
      throw new CloseError('RunNotBegun', `${periodId} is at attempt ${period.attempt}, not ${attempt}`);
    }
    const [organisation, policies] = await Promise.all([store.organisation.load(), store.policies.list()]);
    const policy = policyToFreeze(policies, period);
    const periods = await store.periods.list();
    if (waitsForPeriods(period, policy.rules, periods))
      throw new CloseError('PeriodsOpen', `${periodId} builds on periods that are not closed`);
    const runs = builtOn(period, policy.rules, periods) ?? earlierRuns(period, periods);
    const known = new Set(runs.map((one) => one.periodId));
    const compared = runsBefore(period, periods).filter((one) => !known.has(one.periodId));
    const after = begin(period, policy, at);
    // Written before the transaction that names it: a snapshot that lost is never read.
    const frozen = await store.closeRuns.putSnapshot(periodId, run, organisation);
    return {
      after,
      frozen: {
        ...frozen,
        builtOn: [...runs, ...compared],
        unchanged: buildsOnPeriods(period, policy.rules)
          ? periods.filter(({ id, year }) => id !== periodId && year === period.year)
          : [],
      },
    };
  });
  return { periodId, attempt, run };
}
