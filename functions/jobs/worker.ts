import { Logger } from '@aws-lambda-powertools/logger';
import type { Context } from 'aws-lambda';
import * as z from 'zod/mini';
import { createStore } from '../store/create-store.ts';
import { createFiles } from '../store/s3-files.ts';
import { runJob } from '../usecases/job/run-job.ts';
import { newId } from '../usecases/new-id.ts';
import { workers } from './workers.ts';

const logger = new Logger();
const store = createStore();
const files = createFiles();

const input = z.object({ jobId: z.string(), cursor: z.optional(z.string()) });

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
  const deps = { store, files, jobs, now: () => new Date().toISOString(), newId };
  const outcome = await runJob(
    deps,
    call,
    workers,
    () => context.getRemainingTimeInMillis() > MARGIN_MILLISECONDS,
  );
  logger.info('job worked on', { jobId: call.jobId, done: outcome.done });
  return outcome;
};
