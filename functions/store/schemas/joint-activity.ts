import * as z from 'zod/mini';
import type { JointActivity } from '../../domain/joint/joint-activity.ts';
import { date, instantOrNull, type Shape, shape, text, textOrNull, whole } from './forms.ts';

export const jointActivity: Shape<JointActivity> = shape(() =>
  z.object({
    id: text,
    title: text,
    purpose: text,
    from: date,
    to: date,
    leadUnitId: text,
    leaderId: text,
    participants: z.array(
      z.object({
        staffId: text,
        unitId: text,
        role: text,
        state: z.enum(['PROPOSED', 'APPROVED', 'DECLINED']),
        decidedById: textOrNull,
        decidedAt: instantOrNull,
        reason: textOrNull,
        lineId: textOrNull,
      }),
    ),
    results: z.array(z.object({ text, on: date, byId: text })),
    state: z.enum(['OPEN', 'FINISHED', 'CANCELLED']),
    reason: textOrNull,
    version: whole,
  }),
);
