import * as z from 'zod/mini';
import type { Decimal } from '../../domain/decimal.ts';
import type { PlanLink } from '../../domain/plan/cascade.ts';

const text = z.string();
const DECIMAL = /^-?\d{1,15}(?:\.\d{1,6})?$/;
const decimal = z.custom<Decimal>((value) => typeof value === 'string' && DECIMAL.test(value));

export const planLink: z.ZodMiniType<PlanLink> = z.object({
  target: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('GOAL'), goalId: text }),
    z.object({ kind: z.literal('LINE'), planId: text, lineId: text }),
  ]),
  planId: text,
  lines: z.array(
    z.object({
      lineId: text,
      role: z.nullable(z.enum(['CARRIES', 'SUPPORTS'])),
      unitOfMeasure: text,
      buildUp: z.enum(['SUM', 'LATEST', 'RELEASED']),
      share: z.nullable(decimal),
    }),
  ),
});
