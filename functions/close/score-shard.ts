import { scoreShards } from '../usecases/close/score-shards.ts';
import { step, taskInput } from './step.ts';

/** Called for each task, several at a time, and again with the cursor it answered until it answers `{done: true}`. */
export const handler = step('scoreShards', taskInput, async ({ deps, log, hasTime }, task) => {
  const outcome = await scoreShards(deps, task, hasTime);
  log.info('shards scored', { ...task, ...outcome });
  return outcome;
});
