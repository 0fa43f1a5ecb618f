import * as z from 'zod/mini';
import type { Objection, ObjectionPoint } from '../../domain/objection/objection.ts';
import type { Receipt } from '../../domain/objection/receipt.ts';
import type { Correction, Verdict } from '../../domain/objection/verdict.ts';
import type { ExpectationRating } from '../../domain/rating/rating.ts';
import { date, dateOrNull, decimal, instant, type Shape, shape, text, textOrNull, whole } from './forms.ts';

const expectation: Shape<ExpectationRating> = shape(() => z.enum(['ABOVE', 'MEETS', 'BELOW']));

const verdictRatings = shape(() => ({
  workResult: z.nullable(expectation()),
  behaviour: z.nullable(expectation()),
  innovation: z.nullable(z.boolean()),
}));

export const verdict: Shape<Verdict> = shape(() =>
  z.object({
    ...verdictRatings(),
    periodId: text,
    staffId: text,
    objectionId: text,
    version: whole,
  }),
);

const correction: Shape<Correction> = shape(() =>
  z.object({
    ...verdictRatings(),
    figures: z.array(z.object({ lineId: text, month: text, value: decimal })),
  }),
);

const point: Shape<ObjectionPoint> = shape(() =>
  z.union([
    z.object({ lineId: text, valueId: z.null(), text }),
    z.object({ lineId: z.null(), valueId: text, text }),
  ]),
);

export const objection: Shape<Objection> = shape(() =>
  z.object({
    id: text,
    periodId: text,
    attempt: whole,
    staffId: text,
    run: text,
    unitId: text,
    state: z.enum(['FILED', 'EXPLAINED', 'UPHELD', 'CHANGED', 'WITHDRAWN', 'SUPERSEDED']),
    filedAt: instant,
    filedBy: z.enum(['SELF', 'HR_ADMIN']),
    reasons: text,
    points: z.array(point()),
    assessorId: textOrNull,
    assessedInUnitId: textOrNull,
    explainBy: dateOrNull,
    deciderId: textOrNull,
    decideBy: date,
    remindedOf: z._default(dateOrNull, null),
    statements: z.array(z.object({ side: z.enum(['STAFF', 'ASSESSOR']), authorId: text, at: instant, text })),
    escalations: z.array(
      z.object({
        cause: z.enum(['EXPLANATION_OVERDUE', 'DECISION_OVERDUE', 'DECIDER_LEFT']),
        at: instant,
        fromId: textOrNull,
        toId: textOrNull,
      }),
    ),
    decision: z.nullable(
      z.object({
        outcome: z.enum(['UPHELD', 'CHANGED']),
        at: instant,
        deciderId: textOrNull,
        reason: text,
        recommendation: textOrNull,
        correction: z.nullable(correction()),
      }),
    ),
    version: whole,
  }),
);

export const receipt: Shape<Receipt> = shape(() =>
  z.object({
    periodId: text,
    attempt: whole,
    staffId: text,
    unitId: text,
    shard: whole,
    receivedOn: date,
    recordedAt: instant,
    by: z.enum(['SELF', 'HR_ADMIN']),
    proof: textOrNull,
    version: whole,
  }),
);
