import { proposeInShards } from '../usecases/follow-up/propose-after-period.ts';
import { step, taskInput } from './step.ts';

/** Called for each task, several at a time, and again with the cursor it answered until it answers `{done: true}`. */
export const handler = step('proposeInShards', taskInput, async ({ deps, log, hasTime }, task) => {
  const outcome = await proposeInShards(deps, task, hasTime);
  log.info('follow-up proposed', { ...task, ...outcome });
  return outcome;
});
