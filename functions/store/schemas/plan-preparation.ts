import * as z from 'zod/mini';
import type { Target } from '../../domain/indicator/indicator.ts';
import type { PlanDraft } from '../../domain/plan/draft.ts';
import type { PlanTemplate } from '../../domain/plan/template.ts';
import type { WrittenLine } from '../../domain/plan/written-line.ts';
import { decimal, type Shape, shape, text, textOrNull, whole, wholeOrNull } from './forms.ts';
import { planAttachments, planExpectations } from './plan-terms.ts';

const target: Shape<Target> = shape(() =>
  z.union([z.object({ value: decimal }), z.object({ low: decimal, high: decimal })]),
);

const writtenLine: Shape<WrittenLine> = shape(() =>
  z.object({
    id: textOrNull,
    kind: z.enum(['MAIN', 'ADDITIONAL']),
    title: text,
    aspect: z.enum(['QUANTITY', 'QUALITY', 'TIME', 'COST']),
    perspective: z.nullable(
      z.enum(['SERVICE_RECIPIENTS', 'BUSINESS_PROCESS', 'INTERNAL_STRENGTHENING', 'BUDGET']),
    ),
    goalId: textOrNull,
    serves: z.nullable(z.object({ planId: text, lineId: text, role: z.enum(['CARRIES', 'SUPPORTS']) })),
    indicatorId: text,
    definition: wholeOrNull,
    weight: wholeOrNull,
    target: z.nullable(target()),
    monthlyTargets: z.array(z.object({ month: text, target: target() })),
  }),
);

export const planDraft: Shape<PlanDraft> = shape(() =>
  z.object({
    planId: text,
    side: z.enum(['OWNER', 'SUPERIOR']),
    lines: z.array(writtenLine()),
    equalWeights: z.boolean(),
    expectations: z.nullable(planExpectations()),
    attachments: z.nullable(planAttachments()),
    reason: textOrNull,
    savedAt: text,
    open: z.boolean(),
    version: whole,
  }),
);

export const planTemplate: Shape<PlanTemplate> = shape(() =>
  z.object({
    id: text,
    name: text,
    jobGroup: text,
    lines: z.array(writtenLine()),
    expectations: planExpectations(),
    attachments: planAttachments(),
    retired: z.boolean(),
    version: whole,
  }),
);
