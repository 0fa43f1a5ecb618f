import { figuresOf } from '../../domain/indicator-review/figures.ts';
import type { Deps } from '../deps.ts';
import { evaluateShard, shardScoreOf } from './evaluate-shard.ts';
import { type HasTime, runTask, type ShardTask, type TaskOutcome } from './shard-task.ts';

/**
 * Evaluates the staff of a range of shards and leaves each shard's scores for the merge.
 * @returns the rest of the task when time runs out
 */
export async function scoreShards(
  { store }: Pick<Deps, 'store'>,
  task: ShardTask,
  hasTime: HasTime,
): Promise<TaskOutcome> {
  return runTask(store, task, hasTime, async (shard) => {
    const evaluated = await evaluateShard(store, shard);
    if (evaluated === null) return;
    await store.closeRuns.putScores(task.periodId, task.run, {
      collection: shard.collection,
      achievement: evaluated.achievement,
      scores: evaluated.evaluations.map(shardScoreOf),
      indicators: figuresOf(
        evaluated.evaluations,
        evaluated.achievement,
        shard.period.policy.rules.achievementCap,
      ),
    });
  });
}
