import type { Context } from 'aws-lambda';
import { scoreShards } from '../usecases/close/score-shards.ts';
import { deps, hasTimeIn, logger, taskInput } from './step.ts';

/** Called for each task, several at a time, and again with the cursor it answered until it answers `{done: true}`. */
export const handler = async (event: unknown, context: Context) => {
  const task = taskInput.parse(event);
  const outcome = await scoreShards(deps, task, hasTimeIn(context));
  logger.info('shards scored', { ...task, ...outcome });
  return outcome;
};
