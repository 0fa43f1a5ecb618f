import type { Evaluation, Result } from '../../domain/evaluation/result.ts';
import type { RankedScore } from '../../store/store.ts';
import type { Deps } from '../deps.ts';
import { proposeInShards } from '../follow-up/propose-after-period.ts';
import { CloseError } from './close-run.ts';
import { eachShard, type HasTime, openTask, type ShardTask, type TaskOutcome } from './shard-task.ts';

/**
 * Writes each person's result in a range of shards: the evaluation as it was scored, with its ranks. Everything that it reads
 * lies under the run and does not move. Of a final period: proposes what follows for them.
 * @returns the rest of the task when time runs out
 * @throws CloseError `EvaluationsMissing`, `RanksMissing`, `RanksMoved` (somebody was not ranked by what they came to)
 */
export async function rankShards(
  deps: Pick<Deps, 'store' | 'now'>,
  task: ShardTask,
  hasTime: HasTime,
): Promise<TaskOutcome> {
  if (task.follow !== undefined) return proposeInShards(deps, task, hasTime);
  const { store } = deps;
  const { periodId, run } = task;
  const open = await openTask(store, task);
  if (open === null) return { done: true };
  return eachShard(open, task, hasTime, async (collection) => {
    const [evaluations, ranks] = await Promise.all([
      store.closeRuns.evaluations(periodId, run, collection),
      store.closeRuns.ranks(periodId, run, collection),
    ]);
    const where = `${periodId} ${run} ${collection.unitId} ${collection.shard}`;
    if (ranks === null) throw new CloseError('RanksMissing', `${where} has no ranks`);
    if (evaluations === null) throw new CloseError('EvaluationsMissing', `${where} has no evaluations`);
    if (!areOfThese(ranks, evaluations)) throw new CloseError('RanksMoved', `${where} was ranked otherwise`);
    const results = evaluations.map(
      (evaluation, at): Result => ({ ...evaluation, periodId, run, ranks: ranks[at]?.ranks ?? null }),
    );
    await store.results.putMany(results);
  });
}

/** Whether the same people were ranked by what they came to, one by one in the same order. */
const areOfThese = (ranked: readonly RankedScore[], evaluations: readonly Evaluation[]): boolean =>
  evaluations.length === ranked.length &&
  evaluations.every((evaluation, at) => {
    const scored = ranked[at];
    return (
      scored?.staffId === evaluation.staffId &&
      scored.score === evaluation.score &&
      scored.predicate === evaluation.predicate &&
      scored.jobGroup === evaluation.jobGroup &&
      scored.assessedInUnitId === evaluation.assessedInUnitId
    );
  });
