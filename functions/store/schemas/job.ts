import * as z from 'zod/mini';
import { JOB_KINDS, type Job } from '../../domain/job/job.ts';

const text = z.string();
const textOrNull = z.nullable(text);

export const job: z.ZodMiniType<Job> = z.object({
  id: text,
  kind: z.enum(JOB_KINDS),
  requester: z.object({
    id: text,
    staffId: textOrNull,
    roles: z.array(z.enum(['PUBLIC', 'STAFF', 'HR_ADMIN', 'PLANNER', 'AUDITOR', 'SYSTEM'])),
  }),
  locale: z.enum(['id', 'en']),
  input: z.record(text, z.union([text, z.number(), z.boolean(), z.null()])),
  state: z.enum(['WAITING', 'RUNNING', 'DONE', 'FAILED']),
  file: z.nullable(z.object({ name: text, contentType: text, size: z.int() })),
  failure: textOrNull,
  failureParams: z._default(z.record(text, z.union([text, z.number()])), {}),
  requestedAt: text,
  endedAt: textOrNull,
  correlationId: z._default(textOrNull, null),
  version: z.int(),
});
