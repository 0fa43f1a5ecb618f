import type { Result } from '../../domain/result.ts';
import type { Deps } from '../deps.ts';
import { CloseError } from './close-run.ts';
import { evaluateShard } from './evaluate-shard.ts';
import { type HasTime, runTask, type ShardTask, type TaskOutcome } from './shard-task.ts';

/**
 * Evaluates the staff of a range of shards again, which with the gates shut comes to the same, and writes each person's result
 * with its ranks.
 * @returns the rest of the task when time runs out
 * @throws CloseError `RanksMissing`, `InputsMoved` (the scores are not those that were ranked)
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
    const results = evaluated.evaluations.map((evaluation): Result => {
      const ranked = ranks.get(evaluation.staffId) ?? null;
      if ((ranked === null) !== (evaluation.score === null)) {
        throw new CloseError(
          'InputsMoved',
          `${periodId} ${run}: ${unitId} ${number} is not as it was scored`,
        );
      }
      return { ...evaluation, periodId, run, ranks: ranked };
    });
    await store.results.putMany(results);
  });
}
