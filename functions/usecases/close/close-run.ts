import type { Period } from '../../domain/period/period.ts';
import type { Policy } from '../../domain/period/policy.ts';
import { baseRunOf, runOf } from '../../domain/period/run.ts';
import { reject } from '../../domain/problem.ts';
import type { Stored } from '../../store/contract/stored.ts';
import type { Store } from '../../store/store.ts';

/** A close of a period: the first is attempt 1, each reopening adds one. */
export interface CloseAttempt {
  readonly periodId: string;
  readonly attempt: number;
}

/** What a close writes lies under its run. */
export interface CloseRun {
  readonly periodId: string;
  readonly run: string;
}

/** A period while it is being closed. */
export type ClosingPeriod = Stored<Period> & { readonly run: string; readonly policy: Policy };

/** Stable codes: a period keeps one as its failure. */
export type CloseErrorName =
  | 'RunNotBegun'
  | 'PeriodsOpen'
  | 'SnapshotMissing'
  | 'ScoresMissing'
  | 'DecisionMissing'
  | 'Contention';

/** The close cannot go on as it is. Lambda reports `name` to the state machine. */
export class CloseError extends Error {
  constructor(name: CloseErrorName, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = name;
  }
}

/**
 * The period, if this run of it is in progress; null when the run is over (published, or a later attempt has begun),
 * so that a step repeated late does nothing.
 * @throws CloseError `RunNotBegun`
 */
export function asClosing(period: Stored<Period>, run: string): ClosingPeriod | null {
  if (period.state === 'CLOSING' && period.run === run && period.policy !== null) {
    return { ...period, run, policy: period.policy };
  }
  if (isOver(period, run)) return null;
  throw new CloseError(
    'RunNotBegun',
    `${period.id} is ${period.state} at attempt ${period.attempt}, not closing as ${run}`,
  );
}

/** Reads the period; see asClosing. @throws Rejection NOT_FOUND, CloseError `RunNotBegun` */
export async function findClosing(store: Store, { periodId, run }: CloseRun): Promise<ClosingPeriod | null> {
  const period = await store.periods.get(periodId);
  if (period === null) throw reject('NOT_FOUND', 'periodId', { id: periodId });
  return asClosing(period, run);
}

/** Whether the run is published, or of an attempt that a reopening has left behind. */
export function isOver(period: Period, run: string): boolean {
  if (period.publishedRun !== null && baseRunOf(period.publishedRun) === run) return true;
  return Array.from({ length: period.attempt - 1 }, (_, index) => runOf(index + 1)).includes(run);
}
