import * as z from 'zod/mini';
import type { UnitPredicate } from '../../domain/evaluation/predicate.ts';
import type { UnitAssessment, UnitDecider } from '../../domain/evaluation/unit-assessment.ts';

const text = z.string();
const instant = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/));

export const unitPredicate: z.ZodMiniType<UnitPredicate> = z.enum([
  'OUTSTANDING',
  'GOOD',
  'NEEDS_IMPROVEMENT',
  'POOR',
  'VERY_POOR',
]);

export const unitDecider: z.ZodMiniType<UnitDecider> = z.enum(['LEADER_ABOVE', 'PLANNER']);

export const unitAssessment: z.ZodMiniType<UnitAssessment> = z.object({
  periodId: text,
  unitId: text,
  decision: z.nullable(
    z.object({
      predicate: unitPredicate,
      proposed: z.nullable(unitPredicate),
      reason: z.nullable(text),
      as: unitDecider,
      decidedBy: text,
      deciderId: z.nullable(text),
      decidedAt: instant,
    }),
  ),
  justification: z.nullable(z.object({ text, authorId: text, writtenAt: instant })),
  version: z.int(),
});
