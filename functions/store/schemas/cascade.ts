import * as z from 'zod/mini';
import type { PlanLink } from '../../domain/plan/cascade.ts';
import { decimal, type Shape, shape, text } from './forms.ts';

export const planLink: Shape<PlanLink> = shape(() =>
  z.object({
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
  }),
);
