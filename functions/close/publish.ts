import { publishResults } from '../usecases/close/publish-results.ts';
import { deps, logger, runInput } from './step.ts';

/** Last step of the close, called by the state machine when every result is written. */
export const handler = async (event: unknown) => {
  const run = runInput.parse(event);
  await publishResults(deps, run);
  logger.info('results published', run);
};
