import * as z from 'zod/mini';
import type { UnitPredicate } from '../../domain/evaluation/predicate.ts';
import type { UnitAssessment, UnitDecider } from '../../domain/evaluation/unit-assessment.ts';
import { instant, type Shape, shape, text, textOrNull, whole } from './forms.ts';

export const unitPredicate: Shape<UnitPredicate> = shape(() =>
  z.enum(['OUTSTANDING', 'GOOD', 'NEEDS_IMPROVEMENT', 'POOR', 'VERY_POOR']),
);

export const unitDecider: Shape<UnitDecider> = shape(() => z.enum(['LEADER_ABOVE', 'PLANNER']));

export const unitAssessment: Shape<UnitAssessment> = shape(() =>
  z.object({
    periodId: text,
    unitId: text,
    decision: z.nullable(
      z.object({
        predicate: unitPredicate(),
        proposed: z.nullable(unitPredicate()),
        reason: textOrNull,
        as: unitDecider(),
        decidedBy: text,
        deciderId: textOrNull,
        decidedAt: instant,
      }),
    ),
    justification: z.nullable(z.object({ text, authorId: text, writtenAt: instant })),
    version: whole,
  }),
);
