import { planShards } from '../usecases/close/plan-shards.ts';
import { attemptRunInput, deps, logger } from './step.ts';

/** Called by the state machine with what begin answered; its `tasks` are mapped over twice. */
export const handler = async (event: unknown) => {
  const planned = await planShards(deps, attemptRunInput.parse(event));
  logger.info('shards planned', {
    periodId: planned.periodId,
    run: planned.run,
    tasks: planned.tasks.length,
  });
  return planned;
};
