import { mergeScores } from '../usecases/close/merge-scores.ts';
import { deps, logger, runInput } from './step.ts';

/** Called by the state machine when every shard has been scored. */
export const handler = async (event: unknown) => {
  const run = runInput.parse(event);
  const counts = await mergeScores(deps, run);
  logger.info('scores merged', { ...run, ...counts });
};
