import * as z from 'zod/mini';
import { errorCode, failedInput } from '../failed-execution.ts';
import { correlatedStore } from '../store/correlated-store.ts';
import { createStore } from '../store/create-store.ts';
import { logOf, observe } from '../telemetry.ts';
import { recordJobFailure } from '../usecases/job/run-job.ts';
import { correlationOf, jobInput } from './job-input.ts';

const store = createStore();

const input = z.extend(jobInput, failedInput);

/** Called by the state machine after any failure, before the execution fails and the alarm goes off. */
export const handler = async (event: unknown): Promise<void> => {
  const { error, ...job } = input.parse(event);
  const correlationId = correlationOf(job);
  const failure = errorCode(error);
  const deps = { store: correlatedStore(store, correlationId), now: () => new Date().toISOString() };
  await observe('recordFailure', correlationId, () => recordJobFailure(deps, { jobId: job.jobId, failure }));
  logOf(correlationId).error('job failed', { jobId: job.jobId, failure });
};
