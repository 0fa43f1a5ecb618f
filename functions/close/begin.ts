import { beginClose } from '../usecases/close/begin-close.ts';
import { attemptInput, deps, logger } from './step.ts';

/** First step of the close, called by the state machine with `{periodId, attempt}`; repeated after any failure. */
export const handler = async (event: unknown) => {
  const begun = await beginClose(deps, attemptInput.parse(event));
  logger.info('close begun', { ...begun });
  return begun;
};
