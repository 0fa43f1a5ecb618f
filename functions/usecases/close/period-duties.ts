import { buildsOnPeriods, waitsForPeriods } from '../../domain/evaluation/basis.ts';
import { deadlineNotice, periodNotice } from '../../domain/notice/notice.ts';
import { undecided } from '../../domain/period/correction.ts';
import {
  finalise,
  isDue,
  openPeriod,
  type Period,
  settle,
  shouldFinalise,
  shouldOpen,
} from '../../domain/period/period.ts';
import { type Policy, policyOn } from '../../domain/period/policy.ts';
import type { Instant } from '../../domain/time.ts';
import type { Deps } from '../deps.ts';
import { runToFollow } from '../follow-up/propose-after-period.ts';
import { escalateObjections } from '../objection/escalate-objections.ts';
import { changePeriod } from './change-period.ts';
import type { CloseAttempt } from './close-run.ts';
import { correctResults } from './correct-results.ts';
import { lateCorrections } from './follow-corrections.ts';

/** The schedule's view of the state machine. */
export interface CloseStarter {
  /** Starts the close, or what follows from a final period; does nothing while an execution of this attempt runs. */
  startClose(attempt: CloseAttempt): Promise<void>;
}

export type ScheduleDeps = Pick<Deps, 'store' | 'now'> & CloseStarter;

/**
 * Something that time asks of a period. Called for every period in every hour, may run twice at once and be killed anywhere; it
 * looks for itself whether there is anything to do.
 * @returns whether it did anything
 */
export type PeriodDuty = (
  deps: ScheduleDeps,
  period: Period,
  policies: readonly Policy[],
) => Promise<boolean>;

/** What is done for each period, in this order, by the name under which the report lists the periods that it was done for. */
export const periodDuties = {
  opened: openWhenCome,
  started: startClose,
  reminded: remindOfDeadline,
  escalated: escalateObjections,
  corrected: correctPublished,
  asked: askAboutFinal,
  finalised: finaliseWhenSettled,
  settled: followFinal,
} as const satisfies Readonly<Record<string, PeriodDuty>>;

/** Whether the first day has come, by the region's clock as the policy of the period says it. */
const hasCome = (period: Period, policies: readonly Policy[], at: Instant): boolean =>
  shouldOpen(period, at, policyOn(policies, period.end).rules.utcOffsetMinutes);

async function openWhenCome(
  deps: ScheduleDeps,
  period: Period,
  policies: readonly Policy[],
): Promise<boolean> {
  if (!hasCome(period, policies, deps.now())) return false;
  return changePeriod(deps, period.id, 'openPeriod', (found, at) =>
    hasCome(found, policies, at)
      ? { after: openPeriod(found), notices: [periodNotice('PERIOD_OPENED', found)] }
      : null,
  );
}

async function startClose(deps: ScheduleDeps, period: Period, policies: readonly Policy[]): Promise<boolean> {
  if (period.state !== 'CLOSING') {
    if (!isDue(period, deps.now())) return false;
    // A year that builds on its quarters waits for them; the next hour looks again.
    const { rules } = policyOn(policies, period.end);
    const others = buildsOnPeriods(period, rules) ? await deps.store.periods.list() : [];
    if (waitsForPeriods(period, rules, others)) return false;
  }
  await deps.startClose({ periodId: period.id, attempt: period.attempt });
  return true;
}

/** Says so once when the close is near: the notice has an id of its own. */
async function remindOfDeadline({ store, now }: ScheduleDeps, period: Period): Promise<boolean> {
  const notice = deadlineNotice(period, now());
  if (notice === null) return false;
  await store.notices.put(notice);
  return true;
}

/** A final period only where it may build on others, whose corrections may reach it. */
function correctPublished(deps: ScheduleDeps, period: Period): Promise<boolean> {
  const isLate = period.state === 'FINAL' && period.kind === 'YEAR';
  return period.state === 'PUBLISHED' || isLate ? correctResults(deps, period.id) : Promise.resolve(false);
}

/**
 * A final result does not change by itself: where a period that a final year builds on was corrected, the personnel office is asked,
 * once for each run of that period.
 */
async function askAboutFinal({ store, now }: ScheduleDeps, period: Period): Promise<boolean> {
  if (period.state !== 'FINAL' || period.kind !== 'YEAR') return false;
  for (const { periodId, run } of undecided(await lateCorrections(store, period), period.lateDecisions)) {
    const source = await store.periods.get(periodId);
    await store.notices.put({
      kind: 'CORRECTION_AFTER_FINAL',
      to: [{ kind: 'ROLE', role: 'HR_ADMIN' }],
      refs: { periodId: period.id },
      occasion: `${periodId} ${run}`,
      at: source?.publications.find((publication) => publication.run === run)?.at ?? now(),
    });
  }
  return false;
}

/** FINAL once the last deadline is over, no objection is open and every decision is in the run that readers see. */
async function finaliseWhenSettled(deps: ScheduleDeps, period: Period): Promise<boolean> {
  if (!shouldFinalise(period, deps.now())) return false;
  return changePeriod(deps, period.id, 'finalisePeriod', async (found, at) => {
    if (!shouldFinalise(found, at)) return null;
    const { open, decided } = await deps.store.objections.register(found.id, found.attempt);
    if (open.length > 0 || decided.length > 0) return null;
    const late = await lateCorrections(deps.store, found);
    return late.length > 0 ? null : { after: finalise(found, at) };
  });
}

/** What follows from a final period is proposed shard by shard by the machine of the close, which settles it; without a rule nothing is. */
async function followFinal(deps: ScheduleDeps, period: Period): Promise<boolean> {
  if (period.state !== 'FINAL' || period.settled) return false;
  if (runToFollow(period) !== null) {
    await deps.startClose({ periodId: period.id, attempt: period.attempt });
    return true;
  }
  return changePeriod(deps, period.id, 'settlePeriod', (found) =>
    found.state === 'FINAL' && !found.settled ? { after: settle(found) } : null,
  );
}
