/** The steps in the order of the state machine (infra/close-machine.ts), without its waiting and retrying. */
import { beginClose } from '../../functions/usecases/close/begin-close.ts';
import type { CloseAttempt } from '../../functions/usecases/close/close-run.ts';
import { mergeScores } from '../../functions/usecases/close/merge-scores.ts';
import { planShards } from '../../functions/usecases/close/plan-shards.ts';
import { publishResults } from '../../functions/usecases/close/publish-results.ts';
import { scoreShards } from '../../functions/usecases/close/score-shards.ts';
import type { HasTime, ShardTask, TaskOutcome } from '../../functions/usecases/close/shard-task.ts';
import type { Deps } from '../../functions/usecases/deps.ts';
import { proposeInShards } from '../../functions/usecases/follow-up/propose-after-period.ts';

type CloseDeps = Pick<Deps, 'store' | 'now'>;

/** Runs a step, in a process of its own where a test says so. */
type Invoke<StepDeps> = <Answer>(step: string, act: (deps: StepDeps) => Promise<Answer>) => Promise<Answer>;

/** Closes a period from the first step to the last, as one execution does. */
export const execute = (
  deps: CloseDeps,
  attempt: CloseAttempt,
  hasTime: HasTime = () => true,
): Promise<void> => executeSteps<CloseDeps>((_, act) => act(deps), attempt, hasTime);

/** The same, each step as `invoke` runs it. */
export async function executeSteps<StepDeps extends CloseDeps>(
  invoke: Invoke<StepDeps>,
  attempt: CloseAttempt,
  hasTime: HasTime = () => true,
): Promise<void> {
  const begun = await invoke('begin', (deps) => beginClose(deps, attempt));
  const planned = await invoke('plan', (deps) => planShards(deps, begun));
  const map = <Outcome extends TaskOutcome>(
    step: string,
    work: (deps: StepDeps, task: ShardTask) => Promise<Outcome>,
  ): Promise<readonly Outcome[]> =>
    Promise.all(
      planned.tasks.map((task) => untilDone(task, (rest) => invoke(step, (deps) => work(deps, rest)))),
    );
  if (planned.follow === undefined) {
    await map('score', (deps, task) => scoreShards(deps, task, hasTime));
    await invoke('merge', (deps) => mergeScores(deps, begun));
    await invoke('publish', (deps) => publishResults(deps, planned));
  } else {
    const outcomes = await map('follow up', (deps, task) => proposeInShards(deps, task, hasTime));
    const waiting = outcomes.map((outcome) => outcome.waiting);
    await invoke('publish', (deps) => publishResults(deps, { ...planned, waiting }));
  }
}

async function untilDone<Outcome extends TaskOutcome>(
  task: ShardTask,
  work: (rest: ShardTask) => Promise<Outcome>,
): Promise<Outcome> {
  let rest: ShardTask = task;
  for (;;) {
    const outcome = await work(rest);
    if ('done' in outcome) return outcome;
    rest = outcome;
  }
}
