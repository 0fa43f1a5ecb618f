import { mergeScores } from '../usecases/close/merge-scores.ts';
import { runInput, step } from './step.ts';

/** Called by the state machine when every shard has been scored. */
export const handler = step('merge', runInput, async ({ deps, log }, run) => {
  const counts = await mergeScores(deps, run);
  log.info('scores merged', { ...run, ...counts });
});
