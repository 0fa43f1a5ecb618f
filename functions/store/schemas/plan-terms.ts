import * as z from 'zod/mini';
import type { PlanAttachments, PlanExpectations } from '../../domain/plan/expectations.ts';
import { CORE_VALUES } from '../../domain/rating/core-values.ts';

const text = z.string();
const items = <Kind extends string>(kinds: readonly Kind[]) =>
  z.array(z.object({ kind: z.enum(kinds), text }));

/** Contents that are older than these fields have none of them. */
export const planExpectations: z.ZodMiniType<PlanExpectations> = z._default(
  z.object({
    general: z.nullable(text),
    values: z.partialRecord(z.enum(CORE_VALUES), z.array(text)),
  }),
  () => ({ general: null, values: {} }),
);
export const planAttachments: z.ZodMiniType<PlanAttachments> = z._default(
  z.object({
    resources: items(['PEOPLE', 'BUDGET', 'EQUIPMENT', 'LEADER_SUPPORT', 'FACILITIES', 'OTHER']),
    accountability: items(['REPORTING', 'EVIDENCE']),
    consequences: items(['POSITIVE', 'NEGATIVE']),
  }),
  () => ({ resources: [], accountability: [], consequences: [] }),
);
