import * as z from 'zod/mini';
import type { PlanDraft } from '../../domain/plan/draft.ts';
import type { PlanTemplate } from '../../domain/plan/template.ts';
import type { WrittenLine } from '../../domain/plan/written-line.ts';
import { type Shape, shape, text, textOrNull, whole, wholeOrNull } from './forms.ts';
import { lineTerms, planAttachments, planExpectations, target } from './plan-terms.ts';

const writtenLine: Shape<WrittenLine> = shape(() =>
  z.object({
    id: textOrNull,
    ...lineTerms(),
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
