import { rankShards } from '../usecases/close/rank-shards.ts';
import { step, taskInput } from './step.ts';

/** Called for each task, several at a time, and again with the cursor it answered until it answers `{done: true}`. */
export const handler = step('rankShards', taskInput, async ({ deps, log, hasTime }, task) => {
  const outcome = await rankShards(deps, task, hasTime);
  log.info('shards ranked', { ...task, ...outcome });
  return outcome;
});
