import type { Context } from 'aws-lambda';
import * as z from 'zod/mini';
import { correlatedStore } from '../store/correlated-store.ts';
import { createStore } from '../store/create-store.ts';
import { createFiles } from '../store/s3-files.ts';
import { logOf, observe } from '../telemetry.ts';
import { runJob } from '../usecases/job/run-job.ts';
import { newId } from '../usecases/new-id.ts';
import { correlationOf, jobInput } from './job-input.ts';
import { workers } from './workers.ts';

const store = createStore();
const files = createFiles();

const input = z.extend(jobInput, { cursor: z.optional(z.string()) });

/** With less than this left a worker hands its cursor back instead of being killed in the middle. */
const MARGIN_MILLISECONDS = 90_000;

/** A job starts no other. */
const jobs = {
  start: async (): Promise<never> => {
    throw new Error('a job starts no job');
  },
};

/** Called by the state machine for a job, and again with the cursor it answered until it answers `{done: true}`. */
export const handler = async (event: unknown, context: Pick<Context, 'getRemainingTimeInMillis'>) => {
  const call = input.parse(event);
  const correlationId = correlationOf(call);
  const now = () => new Date().toISOString();
  const deps = { store: correlatedStore(store, correlationId), files, jobs, now, newId, correlationId };
  const hasTime = () => context.getRemainingTimeInMillis() > MARGIN_MILLISECONDS;
  const outcome = await observe('work', correlationId, () => runJob(deps, call, workers, hasTime));
  logOf(correlationId).info('job worked on', { jobId: call.jobId, done: outcome.done });
  return { ...outcome, correlationId };
};
