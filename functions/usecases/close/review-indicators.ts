import type { IndicatorFigures } from '../../domain/indicator-review/figures.ts';
import { EASY_PERIODS, findingsOf, isEasy, periodsBefore } from '../../domain/indicator-review/findings.ts';
import type { IndicatorReview } from '../../domain/indicator-review/review.ts';
import { baseRunOf } from '../../domain/period/run.ts';
import type { Store } from '../../store/store.ts';
import type { ClosingPeriod } from './close-run.ts';

/**
 * Leaves the figures of every indicator that a line uses, and puts those with a finding into the planners' queue (domain.md 8).
 * Rests on what cannot change while the run lasts (lines, definitions, earlier published runs), so that a repetition writes
 * the same items.
 */
export async function reviewIndicators(
  store: Store,
  period: ClosingPeriod,
  all: readonly IndicatorFigures[],
): Promise<void> {
  const { id: periodId, run } = period;
  const [before, definitions] = await Promise.all([
    figuresBefore(store, period, all.filter(isEasy)),
    definitionsOf(store, all),
  ]);
  const reviews = all.flatMap((figures): IndicatorReview[] => {
    const { indicatorId } = figures;
    const findings = findingsOf({
      period,
      figures,
      before: before.get(indicatorId) ?? [],
      definitions: definitions.get(indicatorId) ?? [],
    });
    return findings.length === 0 ? [] : [{ periodId, run, indicatorId, figures, findings }];
  });
  await store.indicatorReviews.putFigures(periodId, run, all);
  await store.indicatorReviews.putReviews(reviews);
}

/** Of the periods of the same kind just before, the latest first. */
async function figuresBefore(
  store: Store,
  period: ClosingPeriod,
  wanted: readonly IndicatorFigures[],
): Promise<ReadonlyMap<string, readonly (IndicatorFigures | null)[]>> {
  if (wanted.length === 0) return new Map();
  const periods = new Map((await store.periods.list()).map((each) => [each.id, each]));
  const runs = periodsBefore(period, EASY_PERIODS - 1).flatMap((periodId) => {
    const run = periods.get(periodId)?.publishedRun ?? null;
    return run === null ? [] : [{ periodId, run: baseRunOf(run) }];
  });
  if (runs.length < EASY_PERIODS - 1) return new Map();
  const keys = wanted.flatMap(({ indicatorId }) => runs.map((each) => ({ indicatorId, ...each })));
  const found = await store.indicatorReviews.figures(keys);
  return new Map(
    wanted.map(({ indicatorId }, at) => [indicatorId, found.slice(at * runs.length, (at + 1) * runs.length)]),
  );
}

async function definitionsOf(store: Store, all: readonly IndicatorFigures[]) {
  const keys = all.flatMap(({ indicatorId, definitions }) =>
    definitions.map((definition) => ({ indicatorId, definition })),
  );
  const found = await store.indicators.getDefinitions(keys);
  return Map.groupBy(
    found.flatMap((definition) => definition ?? []),
    ({ indicatorId }) => indicatorId,
  );
}
