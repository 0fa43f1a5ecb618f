/** The steps in the order of the state machine (infra/close-machine.ts), without its waiting and retrying. */
import { beginClose } from '../../functions/usecases/close/begin-close.ts';
import type { CloseAttempt } from '../../functions/usecases/close/close-run.ts';
import { mergeScores } from '../../functions/usecases/close/merge-scores.ts';
import { planShards } from '../../functions/usecases/close/plan-shards.ts';
import { publishResults } from '../../functions/usecases/close/publish-results.ts';
import { rankShards } from '../../functions/usecases/close/rank-shards.ts';
import { scoreShards } from '../../functions/usecases/close/score-shards.ts';
import type { HasTime, ShardTask, TaskOutcome } from '../../functions/usecases/close/shard-task.ts';
import type { Deps } from '../../functions/usecases/deps.ts';

type CloseDeps = Pick<Deps, 'store' | 'now'>;

/** Closes a period from the first step to the last, as one execution does. */
export async function execute(
  deps: CloseDeps,
  attempt: CloseAttempt,
  hasTime: HasTime = () => true,
): Promise<void> {
  const begun = await beginClose(deps, attempt);
  const planned = await planShards(deps, begun);
  const { tasks } = planned;
  await Promise.all(tasks.map((task) => untilDone(task, (rest) => scoreShards(deps, rest, hasTime))));
  await mergeScores(deps, begun);
  await Promise.all(tasks.map((task) => untilDone(task, (rest) => rankShards(deps, rest, hasTime))));
  await publishResults(deps, planned);
}

async function untilDone(task: ShardTask, work: (rest: ShardTask) => Promise<TaskOutcome>): Promise<void> {
  let rest: ShardTask = task;
  for (;;) {
    const outcome = await work(rest);
    if ('done' in outcome) return;
    rest = outcome;
  }
}
