import * as z from 'zod/mini';
import type { Carryover } from '../../domain/evaluation/carryover.ts';

const text = z.string();
const instant = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/));

export const carryover: z.ZodMiniType<Carryover> = z.object({
  periodId: text,
  staffId: text,
  sourcePeriodId: text,
  assessorId: text,
  proposedBy: z.enum(['STAFF', 'ASSESSOR']),
  reason: z.nullable(text),
  state: z.enum(['PROPOSED', 'AGREED', 'DECLINED', 'WITHDRAWN']),
  proposedAt: instant,
  answeredAt: z.nullable(instant),
  version: z.int(),
});
