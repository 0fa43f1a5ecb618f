import type { Actor } from '../../domain/access-policy.ts';
import type { IndicatorReview, ReviewDecision } from '../../domain/indicator-review/review.ts';
import { reject } from '../../domain/problem.ts';
import type { Page, PageRequest } from '../../store/contract/stored.ts';
import { authorise } from '../authorise.ts';
import type { Deps } from '../deps.ts';

/** A review with what was decided on it; null: it waits. */
export interface ReviewWithDecision extends IndicatorReview {
  readonly decision: ReviewDecision | null;
}

/**
 * The indicators that the published run of a period found fault with, corrections included, by indicator id; none before publication.
 * @throws Rejection FORBIDDEN, NOT_FOUND
 */
export async function readReviews(
  deps: Deps,
  actor: Actor,
  periodId: string,
  page: PageRequest,
): Promise<Page<ReviewWithDecision>> {
  await authorise(deps, actor, 'Query.indicatorReviews');
  const { store } = deps;
  const period = await store.periods.get(periodId);
  if (period === null) throw reject('NOT_FOUND', 'periodId', { id: periodId });
  if (period.publishedRun === null) return { items: [], hasMore: false };
  const found = await store.indicatorReviews.reviews(periodId, period.publishedRun, page);
  const decisions = await store.indicatorReviews.decisions(found.items.map(({ value }) => value));
  return {
    hasMore: found.hasMore,
    items: found.items.map(({ value, position }, at) => ({
      position,
      value: { ...value, decision: decisions[at] ?? null },
    })),
  };
}

/** The review of one indicator after a period, as it is now. @throws Rejection NOT_FOUND */
export async function readReview(
  { store }: Deps,
  indicatorId: string,
  periodId: string,
): Promise<ReviewWithDecision> {
  const period = await store.periods.get(periodId);
  if (period === null) throw reject('NOT_FOUND', 'periodId', { id: periodId });
  const { publishedRun } = period;
  const [reviews, decisions] = await Promise.all([
    publishedRun === null
      ? []
      : store.indicatorReviews.reviewsOf([{ indicatorId, periodId, run: publishedRun }]),
    store.indicatorReviews.decisions([{ indicatorId, periodId }]),
  ]);
  const review = reviews[0] ?? null;
  if (review === null) throw reject('NOT_FOUND', 'indicatorId', { id: indicatorId });
  return { ...review, decision: decisions[0] ?? null };
}
