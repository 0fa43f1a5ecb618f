import { Logger } from '@aws-lambda-powertools/logger';
import type { Context } from 'aws-lambda';
import * as z from 'zod/mini';
import { createStore } from '../store/create-store.ts';
import type { Deps } from '../usecases/deps.ts';

/** Shared by the Lambda entries of the workflow, and made once a process. */
export const logger = new Logger();

export const deps: Pick<Deps, 'store' | 'now'> = {
  store: createStore(),
  now: () => new Date().toISOString(),
};

/**
 * A shard takes seconds; with less than this left a worker hands the rest of its task back instead of being killed in the
 * middle, which would only cost the time (every step can be repeated).
 */
const MARGIN_MILLISECONDS = 90_000;

/** Whether the invocation has time for another shard. */
export const hasTimeIn =
  (context: Pick<Context, 'getRemainingTimeInMillis'>): (() => boolean) =>
  () =>
    context.getRemainingTimeInMillis() > MARGIN_MILLISECONDS;

export const attemptInput = z.object({ periodId: z.string(), attempt: z.int().check(z.positive()) });
export const runInput = z.object({ periodId: z.string(), run: z.string() });
export const attemptRunInput = z.extend(attemptInput, { run: z.string() });
export const taskInput = z.object({
  periodId: z.string(),
  run: z.string(),
  from: z.int().check(z.nonnegative()),
  to: z.int().check(z.nonnegative()),
  cursor: z.optional(z.int().check(z.nonnegative())),
});
