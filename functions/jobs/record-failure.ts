import { Logger } from '@aws-lambda-powertools/logger';
import * as z from 'zod/mini';
import { createStore } from '../store/create-store.ts';
import { recordJobFailure } from '../usecases/job/run-job.ts';

const logger = new Logger();
const deps = { store: createStore(), now: () => new Date().toISOString() };

/** What the state machine's Catch adds: the error's name, and a cause that is not for the table. */
const input = z.object({ jobId: z.string(), error: z.object({ Error: z.string() }) });

/** Names of errors in Lambda and Step Functions; anything else might carry data. */
const CODE = /^[A-Za-z][A-Za-z0-9_.]{0,79}$/;

/** Called by the state machine after any failure, before the execution fails and the alarm goes off. */
export const handler = async (event: unknown) => {
  const { jobId, error } = input.parse(event);
  const failure = CODE.test(error.Error) ? error.Error : 'Unknown';
  await recordJobFailure(deps, { jobId, failure });
  logger.error('job failed', { jobId, failure });
};
