import * as z from 'zod/mini';
import { errorCode, failedInput } from '../failed-execution.ts';
import { recordCloseFailure } from '../usecases/close/record-close-failure.ts';
import { attemptInput, step } from './step.ts';

const input = z.extend(attemptInput, failedInput);

/** Called by the state machine after any failure, before the execution fails and the alarm goes off. */
export const handler = step('recordFailure', input, async ({ deps, log }, { periodId, attempt, error }) => {
  const failure = errorCode(error);
  await recordCloseFailure(deps, { periodId, attempt, failure });
  log.error('close failed', { periodId, attempt, failure });
});
