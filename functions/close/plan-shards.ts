import { planShards } from '../usecases/close/plan-shards.ts';
import { attemptRunInput, step } from './step.ts';

/** Called by the state machine with what begin answered; its `tasks` are mapped over twice. */
export const handler = step('planShards', attemptRunInput, async ({ deps, log }, begun) => {
  const planned = await planShards(deps, begun);
  log.info('shards planned', { periodId: planned.periodId, run: planned.run, tasks: planned.tasks.length });
  return planned;
});
