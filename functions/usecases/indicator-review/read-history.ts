import type { Actor } from '../../domain/access-policy.ts';
import type { IndicatorFigures } from '../../domain/indicator-review/figures.ts';
import type { IndicatorFinding } from '../../domain/indicator-review/findings.ts';
import type { ReviewDecision } from '../../domain/indicator-review/review.ts';
import { baseRunOf } from '../../domain/period/run.ts';
import { periodOf } from '../../domain/period/span.ts';
import { permits } from '../authorise.ts';
import type { Deps } from '../deps.ts';

/** What an indicator came to in a published period. */
export interface IndicatorHistoryEntry {
  readonly periodId: string;
  readonly figures: IndicatorFigures;
  readonly findings: readonly IndicatorFinding[];
  readonly decision: ReviewDecision | null;
}

/** Every published period in which a line used the indicator, oldest first; null for those who may not see it. */
export async function historyOfIndicator(
  deps: Deps,
  actor: Actor,
  indicatorId: string,
): Promise<readonly IndicatorHistoryEntry[] | null> {
  if (!(await permits(deps, actor, 'Indicator.history'))) return null;
  const { store } = deps;
  const [figures, periods] = await Promise.all([
    store.indicatorReviews.figuresOfIndicator(indicatorId),
    store.periods.list(),
  ]);
  const figuresAt = new Map(figures.map((entry) => [`${entry.periodId} ${entry.run}`, entry.figures]));
  const published = periods
    .flatMap(({ id: periodId, publishedRun: run }) => {
      const found =
        run === null
          ? undefined
          : (figuresAt.get(`${periodId} ${run}`) ?? figuresAt.get(`${periodId} ${baseRunOf(run)}`));
      return run === null || found === undefined ? [] : [{ periodId, run, figures: found }];
    })
    .sort((a, b) => (orderOf(a.periodId) < orderOf(b.periodId) ? -1 : 1));
  const keys = published.map(({ periodId, run }) => ({ indicatorId, periodId, run }));
  const [reviews, decisions] = await Promise.all([
    store.indicatorReviews.reviewsOf(keys),
    store.indicatorReviews.decisions(keys),
  ]);
  return published.map((entry, at) => ({
    periodId: entry.periodId,
    figures: entry.figures,
    findings: reviews[at]?.findings ?? [],
    decision: decisions[at] ?? null,
  }));
}

const orderOf = (periodId: string): string => {
  const span = periodOf(periodId);
  return span === null ? periodId : `${span.end} ${span.start}`;
};
