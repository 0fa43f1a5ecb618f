import { canonicalJson } from '../../domain/canonical-json.ts';
import type { Evaluation, Result } from '../../domain/evaluation/result.ts';
import { figuresOf, type IndicatorFigures, mergeFigures } from '../../domain/indicator-review/figures.ts';
import { EASY_PERIODS, findingsOf, isEasy, periodsBefore } from '../../domain/indicator-review/findings.ts';
import type { IndicatorReview } from '../../domain/indicator-review/review.ts';
import type { Period } from '../../domain/period/period.ts';
import type { ShardScores, Store } from '../../store/store.ts';
import type { CloseRun, ClosingPeriod } from './close-run.ts';

/**
 * Leaves the figures of every indicator that a line uses, and puts those with a finding into the planners' queue.
 * Rests on what cannot change (lines, definitions, the earlier runs that begin has frozen), so that a repetition writes the same
 * items.
 */
export async function reviewIndicators(
  store: Store,
  period: ClosingPeriod,
  all: readonly IndicatorFigures[],
): Promise<void> {
  const { id: periodId, run } = period;
  const reviews = await reviewsOf(store, { period, run, base: run }, all);
  await store.indicatorReviews.putFigures(periodId, run, all);
  await store.indicatorReviews.putReviews(reviews.filter(({ findings }) => findings.length > 0));
}

/** What a correction run changes of indicators; read with the run of its close it is what readers see. */
export interface CorrectedIndicators {
  readonly figures: readonly IndicatorFigures[];
  /** One without findings takes the place of one that had some. */
  readonly reviews: readonly IndicatorReview[];
}

/**
 * The figures and reviews of the indicators that corrected evaluations change, counted anew in the shards concerned and taken
 * over of all others. Reads those shards' results of the close one shard after the other, and nothing where no line has changed.
 * @param corrected the changed evaluations, by staff id @param capPercent of the policy of the run, whole percent
 */
export async function correctIndicators(
  store: Store,
  { period, run, base }: ReviewedRun,
  shards: readonly ShardScores[],
  corrected: ReadonlyMap<string, Evaluation>,
  capPercent: number,
): Promise<CorrectedIndicators> {
  const counted: (readonly IndicatorFigures[])[] = [];
  for (const shard of shards) {
    const results = await resultsWhereLinesChanged(
      store,
      { periodId: period.id, run: base },
      shard,
      corrected,
    );
    counted.push(
      results === null
        ? shard.indicators
        : figuresOf(
            results.map((result) => corrected.get(result.staffId) ?? result),
            shard.achievement,
            capPercent,
          ),
    );
  }
  const before = new Map(
    mergeFigures(shards.map(({ indicators }) => indicators)).map((one) => [one.indicatorId, one]),
  );
  const figures = mergeFigures(counted).filter(
    (one) => canonicalJson(one) !== canonicalJson(before.get(one.indicatorId) ?? null),
  );
  const [reviews, known] = await Promise.all([
    reviewsOf(store, { period, run, base }, figures),
    store.indicatorReviews.reviewsOf(
      figures.map(({ indicatorId }) => ({ indicatorId, periodId: period.id, run: base })),
    ),
  ]);
  return {
    figures,
    reviews: reviews.filter(({ findings }, at) => findings.length > 0 || known[at] !== null),
  };
}

/** Everybody's results of a shard in which a line's figures were corrected; null for any other. */
async function resultsWhereLinesChanged(
  store: Store,
  closeRun: CloseRun,
  { scores }: ShardScores,
  corrected: ReadonlyMap<string, Evaluation>,
): Promise<readonly Result[] | null> {
  const read = async (staffIds: readonly string[]) =>
    (await store.results.getMany(staffIds.map((staffId) => ({ ...closeRun, staffId })))).flatMap(
      (result) => result ?? [],
    );
  const staffIds = scores.map(({ staffId }) => staffId);
  const ofCorrected = await read(staffIds.filter((staffId) => corrected.has(staffId)));
  const linesOf = (evaluation: Evaluation | undefined) => canonicalJson(evaluation?.workResult.lines ?? []);
  return ofCorrected.some((result) => linesOf(result) !== linesOf(corrected.get(result.staffId)))
    ? read(staffIds)
    : null;
}

/** A run whose indicators are looked at, and the run of the close that it is of. */
interface ReviewedRun {
  readonly period: Pick<Period, 'id' | 'start' | 'end'>;
  readonly run: string;
  readonly base: string;
}

/** What there is to say of each indicator, in order; findings may be empty. */
async function reviewsOf(
  store: Store,
  { period, run, base }: ReviewedRun,
  all: readonly IndicatorFigures[],
): Promise<readonly IndicatorReview[]> {
  const [before, definitions] = await Promise.all([
    figuresBefore(store, { periodId: period.id, run: base }, all.filter(isEasy)),
    definitionsOf(store, all),
  ]);
  return all.map((figures) => {
    const { indicatorId } = figures;
    const findings = findingsOf({
      period,
      figures,
      before: before.get(indicatorId) ?? [],
      definitions: definitions.get(indicatorId) ?? [],
    });
    return { periodId: period.id, run, indicatorId, figures, findings };
  });
}

/** Of the periods of the same kind just before, the latest first, in the runs that were published when the close began. */
async function figuresBefore(
  store: Store,
  { periodId, run }: CloseRun,
  wanted: readonly IndicatorFigures[],
): Promise<ReadonlyMap<string, readonly (IndicatorFigures | null)[]>> {
  if (wanted.length === 0) return new Map();
  const frozen = new Map((await store.closeRuns.builtOn(periodId, run)).map((one) => [one.periodId, one]));
  const runs = periodsBefore({ id: periodId }, EASY_PERIODS - 1).flatMap((id) => frozen.get(id) ?? []);
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
