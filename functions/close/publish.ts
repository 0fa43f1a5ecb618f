import { publishResults } from '../usecases/close/publish-results.ts';
import { plannedInput, step } from './step.ts';

/** Last step of the close, called by the state machine when every result is written. */
export const handler = step('publish', plannedInput, async ({ deps, log }, run) => {
  await publishResults(deps, run);
  log.info('results published', run);
});
