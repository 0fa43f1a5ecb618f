import { canonicalJson } from '../../domain/canonical-json.ts';
import type { Evaluation, Result } from '../../domain/evaluation/result.ts';
import type { RankedScore } from '../../store/store.ts';
import type { Deps } from '../deps.ts';
import { CloseError } from './close-run.ts';
import { evaluateShard, shardScoreOf } from './evaluate-shard.ts';
import { type HasTime, runTask, type ShardTask, type TaskOutcome } from './shard-task.ts';

/**
 * Evaluates the staff of a range of shards again, which with the gates shut comes to the same, and writes each person's result
 * with its ranks.
 * @returns the rest of the task when time runs out
 * @throws CloseError `RanksMissing`, `InputsMoved` (somebody does not come to what was ranked)
 */
export async function rankShards(
  { store }: Pick<Deps, 'store'>,
  task: ShardTask,
  hasTime: HasTime,
): Promise<TaskOutcome> {
  const { periodId, run } = task;
  return runTask(store, task, hasTime, async (shard) => {
    const { unitId, shard: number } = shard.collection;
    const [evaluated, ranks] = await Promise.all([
      evaluateShard(store, shard),
      store.closeRuns.ranks(periodId, run, shard.collection),
    ]);
    if (evaluated === null) return;
    if (ranks === null)
      throw new CloseError('RanksMissing', `${periodId} ${run} has no ranks of ${unitId} ${number}`);
    if (!isAsScored(evaluated.evaluations, ranks)) {
      throw new CloseError('InputsMoved', `${periodId} ${run}: ${unitId} ${number} is not as it was scored`);
    }
    const results = evaluated.evaluations.map(
      (evaluation, at): Result => ({ ...evaluation, periodId, run, ranks: ranks[at]?.ranks ?? null }),
    );
    await store.results.putMany(results);
  });
}

/** Whether the same people come to the same as when they were ranked, one by one in the same order. */
function isAsScored(evaluations: readonly Evaluation[], ranked: readonly RankedScore[]): boolean {
  return (
    evaluations.length === ranked.length &&
    evaluations.every((evaluation, at) => {
      const { ranks: _, ...scored } = ranked[at] ?? { ranks: null };
      return canonicalJson(shardScoreOf(evaluation)) === canonicalJson(scored);
    })
  );
}
