import * as z from 'zod/mini';
import { recordCloseFailure } from '../usecases/close/record-close-failure.ts';
import { attemptInput, deps, logger } from './step.ts';

/** What the state machine's Catch adds: the error's name, and a cause that is not for the table. */
const input = z.extend(attemptInput, { error: z.object({ Error: z.string() }) });

/** Names of errors in Lambda and Step Functions; anything else might carry data. */
const CODE = /^[A-Za-z][A-Za-z0-9_.]{0,79}$/;

/** Called by the state machine after any failure, before the execution fails and the alarm goes off. */
export const handler = async (event: unknown) => {
  const { periodId, attempt, error } = input.parse(event);
  const failure = CODE.test(error.Error) ? error.Error : 'Unknown';
  await recordCloseFailure(deps, { periodId, attempt, failure });
  logger.error('close failed', { periodId, attempt, failure });
};
