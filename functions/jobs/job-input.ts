import * as z from 'zod/mini';

/** What an execution of the state machine of jobs is started with. */
export const jobInput = z.object({ jobId: z.string(), correlationId: z.optional(z.nullable(z.string())) });

/** Of the request that asked for the job; else the job's own id. */
export const correlationOf = ({ jobId, correlationId }: z.infer<typeof jobInput>): string =>
  correlationId ?? jobId;
