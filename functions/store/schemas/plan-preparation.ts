import * as z from 'zod/mini';
import type { Decimal } from '../../domain/decimal.ts';
import type { Target } from '../../domain/indicator/indicator.ts';
import type { PlanDraft } from '../../domain/plan/draft.ts';
import type { PlanTemplate } from '../../domain/plan/template.ts';
import type { WrittenLine } from '../../domain/plan/written-line.ts';
import { planAttachments, planExpectations } from './plan-terms.ts';

const text = z.string();
const textOrNull = z.nullable(text);
const wholeOrNull = z.nullable(z.int());
const DECIMAL = /^-?\d{1,15}(?:\.\d{1,6})?$/;
const decimal = z.custom<Decimal>((value) => typeof value === 'string' && DECIMAL.test(value));
const target: z.ZodMiniType<Target> = z.union([
  z.object({ value: decimal }),
  z.object({ low: decimal, high: decimal }),
]);

const writtenLine: z.ZodMiniType<WrittenLine> = z.object({
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
  target: z.nullable(target),
  monthlyTargets: z.array(z.object({ month: text, target })),
});

export const planDraft: z.ZodMiniType<PlanDraft> = z.object({
  planId: text,
  side: z.enum(['OWNER', 'SUPERIOR']),
  lines: z.array(writtenLine),
  equalWeights: z.boolean(),
  expectations: z.nullable(planExpectations),
  attachments: z.nullable(planAttachments),
  reason: textOrNull,
  savedAt: text,
  open: z.boolean(),
  version: z.int(),
});

export const planTemplate: z.ZodMiniType<PlanTemplate> = z.object({
  id: text,
  name: text,
  jobGroup: text,
  lines: z.array(writtenLine),
  expectations: planExpectations,
  attachments: planAttachments,
  retired: z.boolean(),
  version: z.int(),
});
