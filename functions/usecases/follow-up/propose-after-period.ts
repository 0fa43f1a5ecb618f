import type { RankedResult } from '../../domain/evaluation/result.ts';
import { type FollowUp, lasts } from '../../domain/follow-up/follow-up.ts';
import { type EndedMeasure, groundsOf, type RuleInputs } from '../../domain/follow-up/grounds.ts';
import { type FollowUpRule, lookBackOf } from '../../domain/follow-up/rules.ts';
import { periodsBefore } from '../../domain/indicator-review/findings.ts';
import type { NewNotice } from '../../domain/notice/notice.ts';
import type { WorkCollection } from '../../domain/organisation/staff.ts';
import { type Period, settle } from '../../domain/period/period.ts';
import { baseRunOf } from '../../domain/period/run.ts';
import { periodOf } from '../../domain/period/span.ts';
import { Rejection } from '../../domain/problem.ts';
import { changePeriod } from '../close/change-period.ts';
import { CloseError } from '../close/close-run.ts';
import {
  eachShard,
  type HasTime,
  readSnapshot,
  type ShardTask,
  type TaskOutcome,
} from '../close/shard-task.ts';
import type { Deps } from '../deps.ts';
import { rankedResults } from '../result/ranked-results.ts';

type Needs = Pick<Deps, 'store' | 'now'>;

/** A proposal takes two items; DynamoDB takes a hundred. */
const PROPOSALS_A_TRANSACTION = 45;

const rulesFor = ({ policy, kind }: Pick<Period, 'policy' | 'kind'>): readonly FollowUpRule[] =>
  (policy?.rules.followUp ?? []).filter(({ periods }) => periods.includes(kind));

/**
 * The run whose results are to be looked at for what follows from a final period; null: nothing has to be, because it is done, or
 * no rule asks for it.
 */
export const runToFollow = (period: Period): string | null =>
  period.state === 'FINAL' && !period.settled && rulesFor(period).length > 0 ? period.publishedRun : null;

/** What became of a task, and whether something waits for a decision in the shards that are done. */
export type FollowUpOutcome = TaskOutcome & { readonly waiting: boolean };

/**
 * Proposes what the policy's rules ask for after a period has become final, for everybody evaluated in a range of the shards of its
 * close. May be called again, after it was killed half-way too: what has been proposed is there under the rule's name, decided on
 * or not, and stays.
 * @returns the rest of the task when time runs out
 * @throws CloseError `SnapshotMissing`, `ScoresMissing`
 */
export async function proposeInShards(
  deps: Needs,
  task: ShardTask,
  hasTime: HasTime,
): Promise<FollowUpOutcome> {
  const { periodId, run, follow } = task;
  let waiting = task.waiting ?? false;
  const period = await deps.store.periods.get(periodId);
  if (period === null || follow === undefined || runToFollow(period) !== follow)
    return { done: true, waiting };
  const rules = rulesFor(period);
  const [organisation, earlier] = await Promise.all([
    readSnapshot(deps.store, { periodId, run }),
    earlierRuns(deps, period, lookBackOf(rules)),
  ]);
  const outcome = await eachShard({ organisation }, task, hasTime, async (shard) => {
    const waits = await proposeInShard(deps, { period, rules, earlier }, shard, follow);
    waiting ||= waits;
  });
  return { ...outcome, waiting };
}

/** For everybody who was evaluated in one shard, which everybody was in one. @returns whether something waits for a decision */
async function proposeInShard(
  deps: Needs,
  asked: Asked,
  shard: WorkCollection,
  run: string,
): Promise<boolean> {
  const { store } = deps;
  const { id: periodId } = asked.period;
  const scored = await store.closeRuns.scoresOf(periodId, baseRunOf(run), shard);
  if (scored === null)
    throw new CloseError(
      'ScoresMissing',
      `${periodId} ${run} has no scores of ${shard.unitId} ${shard.shard}`,
    );
  const results = await rankedResults(
    store,
    scored.scores.map(({ staffId }) => ({ periodId, run, staffId })),
  );
  const proposals = await proposalsFor(
    deps,
    asked,
    results.flatMap((result) => result ?? []),
  );
  return save(deps, asked.period, proposals);
}

/** What has been proposed after a period, in all of its shards. */
export interface Followed {
  readonly periodId: string;
  readonly follow: string;
  /** Of each task, whether something waits for a decision; left out by an execution that began under release 0.1.0. */
  readonly waiting?: readonly boolean[] | undefined;
}

/**
 * What follows has been proposed for everybody, unless a correction came meanwhile: the period is done, and the personnel office is
 * told where something waits for it.
 */
export const settleFollowed = (deps: Needs, { periodId, follow, waiting }: Followed): Promise<boolean> => {
  const notices = waiting === undefined || waiting.includes(true) ? [proposedNotice(periodId, follow)] : [];
  return changePeriod(deps, periodId, 'settlePeriod', (found) =>
    runToFollow(found) === follow ? { after: settle(found), notices } : null,
  );
};

const proposedNotice = (periodId: string, run: string): NewNotice => ({
  kind: 'FOLLOW_UP_PROPOSED',
  to: [{ kind: 'ROLE', role: 'HR_ADMIN' }],
  refs: { periodId },
  occasion: run,
});

/** The runs in force of the periods of the kind just before, the latest first; null: none is published. */
async function earlierRuns({ store }: Needs, period: Period, count: number) {
  if (count === 0) return [];
  const known = new Map((await store.periods.list()).map(({ id, publishedRun }) => [id, publishedRun]));
  return periodsBefore(period, count).map((periodId) => {
    const run = known.get(periodId) ?? null;
    return run === null ? null : { periodId, run };
  });
}

interface Asked {
  readonly period: Period;
  readonly rules: readonly FollowUpRule[];
  readonly earlier: readonly ({ readonly periodId: string; readonly run: string } | null)[];
}

async function proposalsFor(
  { store }: Needs,
  { period, rules, earlier }: Asked,
  results: readonly RankedResult[],
): Promise<readonly FollowUp[]> {
  const keys = earlier.flatMap((of) =>
    of === null ? [] : results.map(({ staffId }) => ({ ...of, staffId })),
  );
  const before = new Map(
    (await store.results.getMany(keys)).flatMap((result) =>
      result === null ? [] : [[`${result.periodId} ${result.staffId}`, result] as const],
    ),
  );
  const proposals: FollowUp[] = [];
  for (const result of results) {
    const { staffId, unitId } = result;
    const inputs: RuleInputs = {
      kind: period.kind,
      result,
      before: earlier.map((of) => (of === null ? null : (before.get(`${of.periodId} ${staffId}`) ?? null))),
      ended: [],
    };
    const looksBack = rules.some(
      (rule) => rule.after !== null && groundsOf({ ...rule, after: null }, inputs),
    );
    const ended = looksBack ? await endedBefore({ store }, staffId, period) : [];
    for (const rule of rules) {
      const grounds = groundsOf(rule, { ...inputs, ended });
      if (grounds === null) continue;
      proposals.push({
        id: rule.id,
        periodId: period.id,
        staffId,
        unitId,
        measure: rule.measure,
        grounds,
        proposal: null,
        state: 'PROPOSED',
        decision: null,
        end: null,
        version: 0,
      });
    }
  }
  return proposals;
}

/**
 * What is over of the measures that followed from periods before this one. A period may be looked at again when its own have ended: the
 * weakness that led to a measure is not the next one after it.
 */
async function endedBefore(
  { store }: Pick<Deps, 'store'>,
  staffId: string,
  { start }: Period,
): Promise<readonly EndedMeasure[]> {
  const all = await store.followUps.allOfStaff(staffId);
  return all.flatMap(({ periodId, measure, state, decision, end }): EndedMeasure[] => {
    const span = periodOf(periodId);
    if (span === null || span.end >= start) return [];
    if (end !== null) return [{ measure, outcome: end.outcome, at: end.at }];
    return state === 'GRANTED' && decision !== null && !lasts(measure)
      ? [{ measure, outcome: null, at: decision.at }]
      : [];
  });
}

/** Those that are not there yet. @returns whether any of them all waits for a decision */
async function save(deps: Needs, period: Period, proposals: readonly FollowUp[]): Promise<boolean> {
  const known = await deps.store.followUps.getMany(proposals);
  const fresh = proposals.filter((_, at) => known[at] === null);
  for (let at = 0; at < fresh.length; at += PROPOSALS_A_TRANSACTION) {
    const together = fresh.slice(at, at + PROPOSALS_A_TRANSACTION);
    try {
      await deps.store.commit(
        {
          actor: { id: 'system', role: 'SYSTEM' },
          at: deps.now(),
          operation: 'proposeAfterPeriod',
          reason: null,
          idempotency: null,
        },
        together.map((followUp) => deps.store.followUps.save(null, followUp)),
      );
    } catch (error) {
      // Another call was first with some of them: look again at what is left.
      if (!(error instanceof Rejection) || error.problems.every(({ code }) => code !== 'ALREADY_EXISTS'))
        throw error;
      return save(deps, period, proposals);
    }
  }
  return known.some((followUp) => followUp === null || followUp.state === 'PROPOSED');
}
