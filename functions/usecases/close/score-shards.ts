import type { Result } from '../../domain/evaluation/result.ts';
import { figuresOf } from '../../domain/indicator-review/figures.ts';
import type { Deps } from '../deps.ts';
import { namesForReading } from '../rating/rater-pseudonym.ts';
import { evaluateShard, shardScoreOf } from './evaluate-shard.ts';
import { eachShard, type HasTime, openTask, type ShardTask, type TaskOutcome } from './shard-task.ts';

/**
 * Evaluates the staff of a range of shards, writes each person's result, which nobody sees before the run is published, and then
 * each shard's scores for the merge: a shard that has scores has its results.
 * @returns the rest of the task when time runs out
 */
export async function scoreShards(
  { store }: Pick<Deps, 'store'>,
  task: ShardTask,
  hasTime: HasTime,
): Promise<TaskOutcome> {
  const { periodId, run } = task;
  const open = await openTask(store, task);
  if (open === null) return { done: true };
  const [builtOn, instruments, nameRater] = await Promise.all([
    store.closeRuns.builtOn(periodId, run),
    store.instruments.list(),
    namesForReading({ store }, periodId),
  ]);
  const pseudonymOf = (staffId: string) => nameRater?.('PEER', staffId) ?? staffId;
  return eachShard(open, task, hasTime, async (collection) => {
    const evaluated = await evaluateShard(store, { ...open, collection, instruments, builtOn, pseudonymOf });
    if (evaluated === null) return;
    const { evaluations, achievement } = evaluated;
    const scores = {
      collection,
      achievement,
      scores: evaluations.map(shardScoreOf),
      indicators: figuresOf(evaluations, achievement, open.period.policy.rules.achievementCap),
    };
    await store.results.putMany(evaluations.map((evaluation): Result => ({ ...evaluation, periodId, run })));
    await store.closeRuns.putScores(periodId, run, scores);
  });
}
