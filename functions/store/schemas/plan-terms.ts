import * as z from 'zod/mini';
import type { PlanAttachments, PlanExpectations } from '../../domain/plan/expectations.ts';
import { CORE_VALUES } from '../../domain/rating/core-values.ts';
import { type Shape, shape, text, textOrNull } from './forms.ts';

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
