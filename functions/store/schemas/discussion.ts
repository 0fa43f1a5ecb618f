import * as z from 'zod/mini';
import type { PlanComment } from '../../domain/plan/discussion.ts';
import { instant, type Shape, shape, text, textOrNull, whole } from './forms.ts';

export const planComment: Shape<PlanComment> = shape(() =>
  z.object({
    id: text,
    planId: text,
    lineId: textOrNull,
    revision: whole,
    authorId: text,
    side: z.enum(['OWNER', 'SUPERIOR', 'ABOVE']),
    at: instant,
    text,
    asksForChanges: z.boolean(),
    resolved: z.nullable(z.object({ by: text, at: instant })),
    version: whole,
  }),
);
