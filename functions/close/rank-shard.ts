import type { Context } from 'aws-lambda';
import { rankShards } from '../usecases/close/rank-shards.ts';
import { deps, hasTimeIn, logger, taskInput } from './step.ts';

/** Called for each task, several at a time, and again with the cursor it answered until it answers `{done: true}`. */
export const handler = async (event: unknown, context: Context) => {
  const task = taskInput.parse(event);
  const outcome = await rankShards(deps, task, hasTimeIn(context));
  logger.info('shards ranked', { ...task, ...outcome });
  return outcome;
};
