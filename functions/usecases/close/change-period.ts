import type { AuditActor } from '../../domain/audit.ts';
import type { NewNotice } from '../../domain/notice/notice.ts';
import type { CorrectionContent } from '../../domain/period/correction.ts';
import type { Period } from '../../domain/period/period.ts';
import { type ProblemCode, Rejection, reject } from '../../domain/problem.ts';
import type { Instant } from '../../domain/time.ts';
import type { Stored } from '../../store/contract/stored.ts';
import type { Frozen } from '../../store/store.ts';
import type { Deps } from '../deps.ts';
import { notify } from '../notice/notify.ts';
import { CloseError } from './close-run.ts';

/** Time and the state machine act as SYSTEM. */
const SYSTEM: AuditActor = { id: 'system', role: 'SYSTEM' };

const ATTEMPTS = 5;

/** What a decision makes of a period; the organisation of `frozen`, when given, must still be the current one. */
export interface PeriodChange {
  readonly after: Period;
  readonly frozen?: Frozen;
  /** Of a correction run: what it holds. */
  readonly correction?: CorrectionContent;
  /** What the change follows from, for the audit entry: ids of periods and runs. */
  readonly reason?: string | null;
  /** What people are told with it. */
  readonly notices?: readonly NewNotice[];
}

/**
 * Changes a period in one transaction. When somebody else was first, the period is read and decided upon again, so that
 * two processes that do the same come to one change. A decision of null leaves the period as it is.
 * @returns whether this call changed it
 * @throws Rejection NOT_FOUND and what `decide` and the store refuse, CloseError `Contention`
 */
export async function changePeriod(
  { store, now }: Pick<Deps, 'store' | 'now'>,
  periodId: string,
  operation: string,
  decide: (period: Stored<Period>, at: Instant) => PeriodChange | null | Promise<PeriodChange | null>,
): Promise<boolean> {
  for (let tried = 1; ; tried += 1) {
    const period = await store.periods.get(periodId);
    if (period === null) throw reject('NOT_FOUND', 'periodId', { id: periodId });
    const at = now();
    const change = await decide(period, at);
    if (change === null) return false;
    try {
      await store.commit({ actor: SYSTEM, at, operation, reason: change.reason ?? null, idempotency: null }, [
        store.periods.save(period, change.after, change.frozen, change.correction),
        ...notify({ store }, ...(change.notices ?? [])),
      ]);
      return true;
    } catch (error) {
      if (!lostAgainstAnother(error)) throw error;
      if (tried === ATTEMPTS) {
        throw new CloseError('Contention', `${operation} of ${periodId} lost ${tried} times`, {
          cause: error,
        });
      }
    }
  }
}

function lostAgainstAnother(error: unknown): boolean {
  const codes: readonly ProblemCode[] = ['CONFLICT', 'BUSY'];
  return error instanceof Rejection && error.problems.every(({ code }) => codes.includes(code));
}
