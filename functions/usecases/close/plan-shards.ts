import type { Deps } from '../deps.ts';
import { type CloseAttempt, type CloseRun, findClosing } from './close-run.ts';
import { shardsOf } from './shard-list.ts';
import { readSnapshot, type ShardTask } from './shard-task.ts';

/**
 * Shards a task covers. A shard of 1,000 staff takes seconds, so that a task ends well within a Lambda's 15 minutes,
 * and 1,000 shards (a million staff) still make only 40 tasks in the state machine's payload (256 KiB at most).
 */
export const SHARDS_A_TASK = 25;

/** Cuts the frozen list of shards into tasks; none when the run is over. */
export async function planShards(
  { store }: Pick<Deps, 'store'>,
  { periodId, attempt, run }: CloseAttempt & CloseRun,
): Promise<CloseAttempt & CloseRun & { readonly tasks: readonly ShardTask[] }> {
  const closing = await findClosing(store, { periodId, run });
  if (closing === null) return { periodId, attempt, run, tasks: [] };
  const shards = shardsOf(await readSnapshot(store, { periodId, run })).length;
  const tasks = Array.from({ length: Math.ceil(shards / SHARDS_A_TASK) }, (_, index) => ({
    periodId,
    run,
    from: index * SHARDS_A_TASK,
    to: Math.min((index + 1) * SHARDS_A_TASK, shards),
  }));
  return { periodId, attempt, run, tasks };
}
