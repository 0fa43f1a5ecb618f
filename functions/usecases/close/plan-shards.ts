import { baseRunOf } from '../../domain/period/run.ts';
import type { Deps } from '../deps.ts';
import { runToFollow } from '../follow-up/propose-after-period.ts';
import { type CloseAttempt, type CloseRun, findClosing } from './close-run.ts';
import { shardsOf } from './shard-list.ts';
import { readSnapshot, type ShardTask } from './shard-task.ts';

/**
 * Shards a task covers. A shard of 1,000 staff takes seconds, so that a task ends well within a Lambda's 15 minutes,
 * and 1,000 shards (a million staff) still make only 40 tasks in the state machine's payload (256 KiB at most).
 */
export const SHARDS_A_TASK = 25;

/**
 * Cuts the frozen list of shards into tasks; none when the run is over. Of a final period from which something is to follow they
 * are the tasks of that.
 */
export async function planShards(
  { store }: Pick<Deps, 'store'>,
  { periodId, attempt, run }: CloseAttempt & CloseRun,
): Promise<PlannedShards> {
  const closing = await findClosing(store, { periodId, run });
  const period = closing === null ? await store.periods.get(periodId) : null;
  const toFollow = period === null ? null : runToFollow(period);
  const follow = toFollow === null || baseRunOf(toFollow) !== run ? null : { follow: toFollow };
  if (closing === null && follow === null) return { periodId, attempt, run, tasks: [] };
  const shards = shardsOf(await readSnapshot(store, { periodId, run })).length;
  const tasks = Array.from({ length: Math.ceil(shards / SHARDS_A_TASK) }, (_, index) => ({
    periodId,
    run,
    from: index * SHARDS_A_TASK,
    to: Math.min((index + 1) * SHARDS_A_TASK, shards),
    ...follow,
  }));
  return { periodId, attempt, run, tasks, ...follow };
}

/** What the steps after it are called with. */
export interface PlannedShards extends CloseAttempt, CloseRun {
  readonly tasks: readonly ShardTask[];
  /** See ShardTask. */
  readonly follow?: string | undefined;
}
