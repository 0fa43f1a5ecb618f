import { recordFailure as record } from '../../domain/period/period.ts';
import { runOf } from '../../domain/period/run.ts';
import type { Deps } from '../deps.ts';
import { changePeriod } from './change-period.ts';
import type { CloseAttempt } from './close-run.ts';

/**
 * Leaves the reason with a period whose close failed; it stays CLOSING, so that a redrive goes on. A period that is not
 * closing under this attempt (it never began, or was published after all) is left as it is.
 * @param failure a stable code without personal data
 */
export async function recordCloseFailure(
  deps: Pick<Deps, 'store' | 'now'>,
  { periodId, attempt, failure }: CloseAttempt & { readonly failure: string },
): Promise<void> {
  await changePeriod(deps, periodId, 'recordCloseFailure', (period) => {
    const closing = period.state === 'CLOSING' && period.run === runOf(attempt);
    return closing && period.failure !== failure ? { after: record(period, failure) } : null;
  });
}
