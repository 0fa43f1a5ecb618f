import * as z from 'zod/mini';
import type { Carryover } from '../../domain/evaluation/carryover.ts';
import { instant, instantOrNull, type Shape, shape, text, textOrNull, whole } from './forms.ts';

export const carryover: Shape<Carryover> = shape(() =>
  z.object({
    periodId: text,
    staffId: text,
    sourcePeriodId: text,
    assessorId: text,
    proposedBy: z.enum(['STAFF', 'ASSESSOR']),
    reason: textOrNull,
    state: z.enum(['PROPOSED', 'AGREED', 'DECLINED', 'WITHDRAWN']),
    proposedAt: instant,
    answeredAt: instantOrNull,
    version: whole,
  }),
);
