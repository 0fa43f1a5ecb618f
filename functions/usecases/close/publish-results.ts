import { indicatorReviewNotice, type NewNotice, periodNotice } from '../../domain/notice/notice.ts';
import { publish } from '../../domain/period/period.ts';
import type { Deps } from '../deps.ts';
import { type Followed, settleFollowed } from '../follow-up/propose-after-period.ts';
import { changePeriod } from './change-period.ts';
import { asClosing, type CloseRun, type ClosingPeriod } from './close-run.ts';
import type { ShardTask } from './shard-task.ts';

/**
 * Lets readers see the run: CLOSING → PUBLISHED, the pointer set, the year released, the objection clock started, all in
 * one transaction. Does nothing when the run is over already. Of a final period: what follows from it has been proposed.
 * @throws CloseError `RunNotBegun`, `Contention`; Rejection NOT_FOUND
 */
export async function publishResults(
  deps: Pick<Deps, 'store' | 'now'>,
  { follow, waiting, ...run }: CloseRun & Pick<ShardTask, 'follow'> & Pick<Followed, 'waiting'>,
): Promise<void> {
  if (follow !== undefined) {
    await settleFollowed(deps, { periodId: run.periodId, follow, waiting });
    return;
  }
  await changePeriod(deps, run.periodId, 'publishResults', async (period, at) => {
    const closing = asClosing(period, run.run);
    if (closing === null) return null;
    const published = periodNotice('RESULTS_PUBLISHED', closing);
    return { after: publish(closing, at), notices: [published, ...(await reviewNotice(deps, closing))] };
  });
}

/** Tells the planners that indicators of the run mislead and wait for their decision. */
async function reviewNotice(
  { store }: Pick<Deps, 'store'>,
  { id: periodId, run, attempt }: ClosingPeriod,
): Promise<readonly NewNotice[]> {
  const { items } = await store.indicatorReviews.reviews(periodId, run, { first: 1, after: null });
  return items.length === 0 ? [] : [indicatorReviewNotice(periodId, attempt)];
}
