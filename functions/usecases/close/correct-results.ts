import { rebuildOnPeriods } from '../../domain/evaluation/evaluation.ts';
import type { Evaluation } from '../../domain/evaluation/result.ts';
import { indicatorReviewNotice, type NewNotice } from '../../domain/notice/notice.ts';
import { correctEvaluation } from '../../domain/objection/correct-evaluation.ts';
import { resultDifferences } from '../../domain/objection/differences.ts';
import { objectionIdOf } from '../../domain/objection/objection.ts';
import { isActiveOn } from '../../domain/organisation/organisation.ts';
import {
  applied,
  type CorrectionContent,
  followedText,
  NOTHING_CORRECTED,
  nextContent,
  notHeld,
  runsFollowed,
  staffOf,
} from '../../domain/period/correction.ts';
import { beginCorrection, type Period, publishCorrection } from '../../domain/period/period.ts';
import type { PolicyRules } from '../../domain/period/policy.ts';
import { baseRunOf } from '../../domain/period/run.ts';
import type { Store } from '../../store/store.ts';
import type { Deps } from '../deps.ts';
import { person } from '../notice/notify.ts';
import { policyOfRun } from '../result/policy-of-run.ts';
import { rankedResults } from '../result/ranked-results.ts';
import { changePeriod } from './change-period.ts';
import { CloseError, type CloseRun } from './close-run.ts';
import { correctionRun } from './correction-run.ts';
import { contentOf, correctionsToFollow, frozenBasis } from './follow-corrections.ts';
import { readAllScores } from './merge-scores.ts';
import { correctIndicators } from './review-indicators.ts';
import { shardsOf } from './shard-list.ts';
import { readSnapshot } from './shard-task.ts';

/**
 * Lets readers see what was decided on the objections to a published period, and, of a year that builds on periods, what was
 * corrected of these since its close began: a correction run on top of the run of its close. A final year follows
 * only as far as the personnel office has decided.
 *
 * May be called at any time, twice at once, and killed anywhere. Its first transaction says what the run holds (all
 * that earlier ones held and the first of what waits); from then on everything that it reads stands still: decisions, published runs of
 * other periods, and what the close left under its run. So whoever writes it, and however late, writes the same bytes. The last
 * transaction sets the pointer. A period that was opened again meanwhile forgets the run, which nobody sees then.
 * @returns whether this call published a run
 * @throws CloseError, Rejection NOT_FOUND
 */
export async function correctResults(deps: Pick<Deps, 'store' | 'now'>, periodId: string): Promise<boolean> {
  const { store } = deps;
  await changePeriod(deps, periodId, 'beginCorrection', async (period) => {
    if (period.publishedRun === null || period.correcting !== null) return null;
    const earlier = await contentOf(store, periodId, period.publishedRun);
    const waiting = await waitingFor(store, period, earlier);
    if (staffOf(waiting).length === 0) return null;
    const correction = nextContent(earlier, waiting);
    const reason = followedText(notHeld(correction.follows, earlier));
    return { after: beginCorrection(period), correction, reason };
  });
  const period = await store.periods.get(periodId);
  const run = period?.correcting ?? null;
  if (period === null || run === null) return false;
  const correction = await contentOf(store, periodId, run);
  await writeCorrection(store, period, run, correction);
  return changePeriod(deps, periodId, 'publishCorrection', async (found, at) => {
    const before = found.publishedRun;
    if (found.correcting !== run || before === null) return null;
    const earlier = await contentOf(store, periodId, before);
    const notices = [
      changedNotice(periodId, run, await staffToTell(store, { periodId, run, before }, correction, earlier)),
      ...(await reviewNotice(deps, { periodId, run, before })),
    ];
    const reason = followedText(notHeld(correction.follows, earlier));
    return { after: publishCorrection(found, at), correction, reason, notices };
  });
}

/** What no run of the period holds yet, of what has been decided. */
async function waitingFor(
  store: Store,
  period: Period,
  earlier: CorrectionContent,
): Promise<CorrectionContent> {
  if (period.state === 'FINAL') {
    const late = await correctionsToFollow(store, period, earlier);
    return { decisions: [], follows: applied(late, period.lateDecisions) };
  }
  if (period.state !== 'PUBLISHED') return NOTHING_CORRECTED;
  const { decided } = await store.objections.register(period.id, period.attempt);
  return { decisions: decided, follows: await correctionsToFollow(store, period, earlier) };
}

/** Whose objections changed their results, and in whose year something follows; others, whose rank alone moved, are not told. */
const changedNotice = (periodId: string, run: string, staffIds: readonly string[]): NewNotice => ({
  kind: 'RESULT_CHANGED',
  to: staffIds.flatMap(person),
  refs: { periodId },
  occasion: run,
});

/** Those new in the run; where it only follows another period, those in whose result anything differs. */
async function staffToTell(
  store: Store,
  { periodId, run, before }: CloseRun & { readonly before: string },
  correction: CorrectionContent,
  earlier: CorrectionContent,
): Promise<readonly string[]> {
  const decided = correction.decisions.filter((staffId) => !earlier.decisions.includes(staffId));
  const following = staffOf({ decisions: [], follows: notHeld(correction.follows, earlier) });
  const read = (of: string) =>
    rankedResults(
      store,
      following.map((staffId) => ({ periodId, run: of, staffId })),
    );
  const [now, then] = await Promise.all([read(run), read(before)]);
  const changed = following.filter((_, at) => {
    const [result, old] = [now[at] ?? null, then[at] ?? null];
    return result !== null && old !== null && resultDifferences(old, result).length > 0;
  });
  return [...new Set([...decided, ...changed])];
}

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
  correction: CorrectionContent,
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
    correctedEvaluations(store, period, base.run, correction, rules),
  ]);
  const indicators = await correctIndicators(
    store,
    { period, run, base: base.run },
    shards,
    corrected,
    rules.achievementCap,
  );
  const difference = correctionRun(shards, corrected, { periodId: period.id, run }, store.rankings.pageSize);
  await store.results.putMany(difference.results);
  await store.rankings.putRanks(period.id, run, difference.ranks);
  await store.rankings.putPages(period.id, run, difference.pages);
  await store.results.putUnits(
    difference.units.filter(({ unitId }) => {
      const unit = organisation.units.get(unitId);
      return unit !== undefined && isActiveOn(unit, period.start);
    }),
  );
  await store.indicatorReviews.putFigures(period.id, run, indicators.figures);
  await store.indicatorReviews.putReviews(indicators.reviews);
}

/**
 * The evaluations that the run changes, each from the result of the close: built anew on the corrected periods that it follows,
 * and then changed by its own decision.
 */
async function correctedEvaluations(
  store: Store,
  period: Period,
  base: string,
  correction: CorrectionContent,
  rules: PolicyRules,
): Promise<ReadonlyMap<string, Evaluation>> {
  const staffIds = staffOf(correction);
  const frozen = correction.follows.length === 0 ? [] : await frozenBasis(store, period);
  const runsOf = (staffId: string) =>
    correction.follows.some((one) => one.staffIds.includes(staffId))
      ? runsFollowed(frozen, correction, staffId)
      : [];
  const [objections, results, parts] = await Promise.all([
    store.objections.getMany(correction.decisions.map((id) => objectionIdOf(period.id, period.attempt, id))),
    store.results.getMany(staffIds.map((staffId) => ({ periodId: period.id, run: base, staffId }))),
    store.results.getMany(staffIds.flatMap((staffId) => runsOf(staffId).map((run) => ({ ...run, staffId })))),
  ]);
  const decisionOf = new Map(
    correction.decisions.map((staffId, at) => [staffId, objections[at]?.decision?.correction ?? null]),
  );
  const partsOf = Map.groupBy(
    parts.flatMap((part) => part ?? []),
    ({ staffId }) => staffId,
  );
  return new Map(
    staffIds.map((staffId, at) => {
      const result = results[at] ?? null;
      const decision = decisionOf.get(staffId);
      if (decision === null || result === null) {
        throw new CloseError('DecisionMissing', `${period.id} ${base} lacks what a decision is about`);
      }
      const { periodId: _, run: __, ...published } = result;
      const built =
        runsOf(staffId).length === 0
          ? published
          : rebuildOnPeriods(published, partsOf.get(staffId) ?? [], { rules });
      return [staffId, decision === undefined ? built : correctEvaluation(built, decision, rules)];
    }),
  );
}
