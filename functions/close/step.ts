import type { Context } from 'aws-lambda';
import * as z from 'zod/mini';
import { attemptOf } from '../domain/period/run.ts';
import { correlatedStore } from '../store/correlated-store.ts';
import { createStore } from '../store/create-store.ts';
import type { Store } from '../store/store.ts';
import { type Log, logOf, observe } from '../telemetry.ts';
import type { Deps } from '../usecases/deps.ts';

const store = createStore();

export type WorkflowDeps = Pick<Deps, 'now'> & { readonly store: Store };

/** What the Lambda entries of the workflow are given, for one call. */
export const depsOf = (correlationId: string): WorkflowDeps => ({
  store: correlatedStore(store, correlationId),
  now: () => new Date().toISOString(),
});

/**
 * A shard takes seconds; with less than this left a worker hands the rest of its task back instead of being killed in the
 * middle, which would only cost the time (every step can be repeated).
 */
const MARGIN_MILLISECONDS = 90_000;

/** Whether the invocation has time for another shard. */
const hasTimeIn =
  (context: Pick<Context, 'getRemainingTimeInMillis'>): (() => boolean) =>
  () =>
    context.getRemainingTimeInMillis() > MARGIN_MILLISECONDS;

export const attemptInput = z.object({ periodId: z.string(), attempt: z.int().check(z.positive()) });
/** The run of a final period for which follow-up is proposed; see ShardTask. */
const follow = z.optional(z.string());
export const runInput = z.object({ periodId: z.string(), run: z.string() });
export const plannedInput = z.extend(runInput, { follow, waiting: z.optional(z.array(z.boolean())) });
export const attemptRunInput = z.extend(attemptInput, { run: z.string() });
export const taskInput = z.object({
  periodId: z.string(),
  run: z.string(),
  from: z.int().check(z.nonnegative()),
  to: z.int().check(z.nonnegative()),
  cursor: z.optional(z.int().check(z.nonnegative())),
  follow,
  waiting: z.optional(z.boolean()),
});

/**
 * The correlation id of a close is the name of its execution without the hour: it follows from what every step is given, so that
 * it is the same in every repetition. The request that reopened the period stands in the audit entry before.
 */
const correlationOf = (
  input: { readonly periodId: string } & ({ attempt: number } | { run: string }),
): string => `close-${input.periodId}-${'attempt' in input ? input.attempt : attemptOf(input.run)}`;

/** A step of the close as a Lambda handler: checks what the state machine hands on, logs and counts. @param name as its metric says */
export const step =
  <Input extends Parameters<typeof correlationOf>[0], Answer>(
    name: string,
    input: z.ZodMiniType<Input>,
    run: (
      call: { readonly deps: WorkflowDeps; readonly log: Log; readonly hasTime: () => boolean },
      input: Input,
    ) => Promise<Answer>,
  ) =>
  async (event: unknown, context: Pick<Context, 'getRemainingTimeInMillis'>): Promise<Answer> => {
    const parsed = input.parse(event);
    const correlationId = correlationOf(parsed);
    const call = { deps: depsOf(correlationId), log: logOf(correlationId), hasTime: hasTimeIn(context) };
    return observe(name, correlationId, () => run(call, parsed));
  };
