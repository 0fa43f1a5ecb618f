import * as z from 'zod/mini';
import type { Target } from '../../domain/indicator/indicator.ts';
import type { PlanAttachments, PlanExpectations } from '../../domain/plan/expectations.ts';
import { CORE_VALUES } from '../../domain/rating/core-values.ts';
import { decimal, type Shape, shape, text, textOrNull } from './forms.ts';

export const target: Shape<Target> = shape(() =>
  z.union([z.object({ value: decimal }), z.object({ low: decimal, high: decimal })]),
);

/** What a line says of itself, in force or written down before. */
export const lineTerms = () => ({
  kind: z.enum(['MAIN', 'ADDITIONAL']),
  title: text,
  aspect: z.enum(['QUANTITY', 'QUALITY', 'TIME', 'COST']),
  perspective: z.nullable(
    z.enum(['SERVICE_RECIPIENTS', 'BUSINESS_PROCESS', 'INTERNAL_STRENGTHENING', 'BUDGET']),
  ),
  goalId: textOrNull,
  serves: z.nullable(z.object({ planId: text, lineId: text, role: z.enum(['CARRIES', 'SUPPORTS']) })),
  indicatorId: text,
});

const items = <Kind extends string>(kinds: readonly Kind[]) =>
  z.array(z.object({ kind: z.enum(kinds), text }));

/** Contents that are older than these fields have none of them. */
export const planExpectations: Shape<PlanExpectations> = shape(() =>
  z._default(
    z.object({
      general: textOrNull,
      values: z.partialRecord(z.enum(CORE_VALUES), z.array(text)),
    }),
    () => ({ general: null, values: {} }),
  ),
);
export const planAttachments: Shape<PlanAttachments> = shape(() =>
  z._default(
    z.object({
      resources: items(['PEOPLE', 'BUDGET', 'EQUIPMENT', 'LEADER_SUPPORT', 'FACILITIES', 'OTHER']),
      accountability: items(['REPORTING', 'EVIDENCE']),
      consequences: items(['POSITIVE', 'NEGATIVE']),
    }),
    () => ({ resources: [], accountability: [], consequences: [] }),
  ),
);
