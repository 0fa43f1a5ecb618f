import * as z from 'zod/mini';
import type { PlanComment } from '../../domain/plan/discussion.ts';

const text = z.string();
const instant = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/));

export const planComment: z.ZodMiniType<PlanComment> = z.object({
  id: text,
  planId: text,
  lineId: z.nullable(text),
  revision: z.int(),
  authorId: text,
  side: z.enum(['OWNER', 'SUPERIOR', 'ABOVE']),
  at: instant,
  text,
  asksForChanges: z.boolean(),
  resolved: z.nullable(z.object({ by: text, at: instant })),
  version: z.int(),
});
