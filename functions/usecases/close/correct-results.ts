import type { Evaluation } from '../../domain/evaluation/result.ts';
import { indicatorReviewNotice, type NewNotice } from '../../domain/notice/notice.ts';
import { correctEvaluation } from '../../domain/objection/correct-evaluation.ts';
import { objectionIdOf } from '../../domain/objection/objection.ts';
import { isActiveOn } from '../../domain/organisation/organisation.ts';
import { beginCorrection, type Period, publishCorrection } from '../../domain/period/period.ts';
import type { PolicyRules } from '../../domain/period/policy.ts';
import { baseRunOf } from '../../domain/period/run.ts';
import type { Store } from '../../store/store.ts';
import type { Deps } from '../deps.ts';
import { person } from '../notice/notify.ts';
import { policyOfRun } from '../result/policy-of-run.ts';
import { changePeriod } from './change-period.ts';
import { CloseError, type CloseRun } from './close-run.ts';
import { correctionRun, decisionsOfRun } from './correction-run.ts';
import { readAllScores } from './merge-scores.ts';
import { correctIndicators } from './review-indicators.ts';
import { shardsOf } from './shard-list.ts';
import { readSnapshot } from './shard-task.ts';

/**
 * Lets readers see what was decided on the objections to a published period: a correction run on top of the run of its close.
 *
 * May be called at any time, twice at once, and killed anywhere. Its first transaction says which decisions the run holds (all
 * earlier ones and the first of those that wait in the register); from then on everything that it reads stands still: decisions, and what
 * the close left under its run. So whoever writes it, and however late, writes the same bytes. The last transaction
 * sets the pointer. A period that was opened again meanwhile forgets the run, which nobody sees then.
 * @returns whether this call published a run
 * @throws CloseError, Rejection NOT_FOUND
 */
export async function correctResults(deps: Pick<Deps, 'store' | 'now'>, periodId: string): Promise<boolean> {
  const { store } = deps;
  await changePeriod(deps, periodId, 'beginCorrection', async (period) => {
    if (period.state !== 'PUBLISHED' || period.publishedRun === null || period.correcting !== null)
      return null;
    const { decided } = await store.objections.register(periodId, period.attempt);
    if (decided.length === 0) return null;
    const earlier = (await store.closeRuns.decisions(periodId, period.publishedRun)) ?? [];
    return { after: beginCorrection(period), decisions: decisionsOfRun(earlier, decided) };
  });
  const period = await store.periods.get(periodId);
  const run = period?.correcting ?? null;
  if (period === null || run === null) return false;
  const decisions = (await store.closeRuns.decisions(periodId, run)) ?? [];
  await writeCorrection(store, period, run, decisions);
  return changePeriod(deps, periodId, 'publishCorrection', async (found, at) => {
    if (found.correcting !== run || found.publishedRun === null) return null;
    const earlier = new Set((await store.closeRuns.decisions(periodId, found.publishedRun)) ?? []);
    const told = decisions.filter((staffId) => !earlier.has(staffId));
    const notices = [
      changedNotice(periodId, run, told),
      ...(await reviewNotice(deps, { periodId, run, before: found.publishedRun })),
    ];
    return { after: publishCorrection(found, at), decisions, notices };
  });
}

/** Whose objections changed their results; others, whose rank alone moved, are not told. */
const changedNotice = (periodId: string, run: string, staffIds: readonly string[]): NewNotice => ({
  kind: 'RESULT_CHANGED',
  to: staffIds.flatMap(person),
  refs: { periodId },
  occasion: run,
});

/** Tells the planners when the run finds fault with an indicator of which they were not told with the run before. */
async function reviewNotice(
  { store }: Pick<Deps, 'store'>,
  { periodId, run, before }: CloseRun & { readonly before: string },
): Promise<readonly NewNotice[]> {
  const indicatorIds = await store.indicatorReviews.indicatorsOf(periodId, run);
  const at = (of: string) => indicatorIds.map((indicatorId) => ({ indicatorId, periodId, run: of }));
  const [now, earlier] = await Promise.all([
    store.indicatorReviews.reviewsOf(at(run)),
    store.indicatorReviews.reviewsOf(at(before)),
  ]);
  return now.some((review, index) => review !== null && earlier[index] === null)
    ? [indicatorReviewNotice(periodId, run)]
    : [];
}

async function writeCorrection(
  store: Store,
  period: Period,
  run: string,
  decisions: readonly string[],
): Promise<void> {
  const base = { periodId: period.id, run: baseRunOf(run) };
  const [organisation, policy] = await Promise.all([
    readSnapshot(store, base),
    policyOfRun(store, period, base.run),
  ]);
  if (policy === null) throw new CloseError('DecisionMissing', `${period.id} ${base.run} has no policy`);
  const { rules } = policy;
  const [shards, corrected] = await Promise.all([
    readAllScores(store, base, shardsOf(organisation).length),
    correctedEvaluations(store, period, base.run, decisions, rules),
  ]);
  const indicators = await correctIndicators(
    store,
    { period, run, base: base.run },
    shards,
    corrected,
    rules.achievementCap,
  );
  const correction = correctionRun(shards, corrected, { periodId: period.id, run }, store.rankings.pageSize);
  await store.results.putMany(correction.results);
  await store.results.putShifts(correction.shifts);
  await store.rankings.putPages(period.id, run, correction.pages);
  await store.results.putUnits(
    correction.units.filter(({ unitId }) => {
      const unit = organisation.units.get(unitId);
      return unit !== undefined && isActiveOn(unit, period.start);
    }),
  );
  await store.indicatorReviews.putFigures(period.id, run, indicators.figures);
  await store.indicatorReviews.putReviews(indicators.reviews);
}

/** The evaluations that the decisions changed, each from the result of the close and from its own decision alone. */
async function correctedEvaluations(
  store: Store,
  period: Period,
  base: string,
  decisions: readonly string[],
  rules: PolicyRules,
): Promise<ReadonlyMap<string, Evaluation>> {
  const [objections, results] = await Promise.all([
    store.objections.getMany(decisions.map((id) => objectionIdOf(period.id, period.attempt, id))),
    store.results.getMany(decisions.map((staffId) => ({ periodId: period.id, run: base, staffId }))),
  ]);
  return new Map(
    decisions.map((staffId, at) => {
      const correction = objections[at]?.decision?.correction ?? null;
      const result = results[at] ?? null;
      if (correction === null || result === null) {
        throw new CloseError('DecisionMissing', `${period.id} ${base} lacks what a decision is about`);
      }
      return [staffId, correctEvaluation(result, correction, rules)];
    }),
  );
}
