import { beginClose } from '../usecases/close/begin-close.ts';
import { attemptInput, step } from './step.ts';

/** First step of the close, called by the state machine with `{periodId, attempt}`; repeated after any failure. */
export const handler = step('begin', attemptInput, async ({ deps, log }, attempt) => {
  const begun = await beginClose(deps, attempt);
  log.info('close begun', { ...begun });
  return begun;
});
