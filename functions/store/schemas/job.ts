import * as z from 'zod/mini';
import { JOB_KINDS, type Job } from '../../domain/job/job.ts';
import { type Shape, shape, text, textOrNull, whole } from './forms.ts';

export const job: Shape<Job> = shape(() =>
  z.object({
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
    file: z.nullable(z.object({ name: text, contentType: text, size: whole })),
    failure: textOrNull,
    failureParams: z._default(z.record(text, z.union([text, z.number()])), {}),
    requestedAt: text,
    endedAt: textOrNull,
    correlationId: z._default(textOrNull, null),
    version: whole,
  }),
);
