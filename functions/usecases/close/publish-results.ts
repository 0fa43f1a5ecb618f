import { periodNotice } from '../../domain/notice/notice.ts';
import { publish } from '../../domain/period.ts';
import type { Deps } from '../deps.ts';
import { changePeriod } from './change-period.ts';
import { asClosing, type CloseRun } from './close-run.ts';

/**
 * Lets readers see the run: CLOSING → PUBLISHED, the pointer set, the year released, the objection clock started, all in
 * one transaction. Does nothing when the run is over already.
 * @throws CloseError `RunNotBegun`, `Contention`; Rejection NOT_FOUND
 */
export async function publishResults(deps: Pick<Deps, 'store' | 'now'>, run: CloseRun): Promise<void> {
  await changePeriod(deps, run.periodId, 'publishResults', (period, at) => {
    const closing = asClosing(period, run.run);
    return closing && { after: publish(closing, at), notice: periodNotice('RESULTS_PUBLISHED', closing) };
  });
}
