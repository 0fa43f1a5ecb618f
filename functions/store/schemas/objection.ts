import * as z from 'zod/mini';
import type { Decimal } from '../../domain/decimal.ts';
import type { Objection, ObjectionPoint } from '../../domain/objection/objection.ts';
import type { Receipt } from '../../domain/objection/receipt.ts';
import type { Correction, Verdict } from '../../domain/objection/verdict.ts';
import type { ExpectationRating } from '../../domain/rating/rating.ts';

const text = z.string();
const textOrNull = z.nullable(text);
const date = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/));
const instant = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/));
const expectation: z.ZodMiniType<ExpectationRating> = z.enum(['ABOVE', 'MEETS', 'BELOW']);
const decimal = z.custom<Decimal>(
  (value) => typeof value === 'string' && /^-?\d{1,15}(?:\.\d{1,6})?$/.test(value),
);

const verdictRatings = {
  workResult: z.nullable(expectation),
  behaviour: z.nullable(expectation),
  innovation: z.nullable(z.boolean()),
};

export const verdict: z.ZodMiniType<Verdict> = z.object({
  ...verdictRatings,
  periodId: text,
  staffId: text,
  objectionId: text,
  version: z.int(),
});

const correction: z.ZodMiniType<Correction> = z.object({
  ...verdictRatings,
  figures: z.array(z.object({ lineId: text, month: text, value: decimal })),
});

const point: z.ZodMiniType<ObjectionPoint> = z.union([
  z.object({ lineId: text, valueId: z.null(), text }),
  z.object({ lineId: z.null(), valueId: text, text }),
]);

export const objection: z.ZodMiniType<Objection> = z.object({
  id: text,
  periodId: text,
  attempt: z.int(),
  staffId: text,
  run: text,
  unitId: text,
  state: z.enum(['FILED', 'EXPLAINED', 'UPHELD', 'CHANGED', 'WITHDRAWN', 'SUPERSEDED']),
  filedAt: instant,
  filedBy: z.enum(['SELF', 'HR_ADMIN']),
  reasons: text,
  points: z.array(point),
  assessorId: textOrNull,
  assessedInUnitId: textOrNull,
  explainBy: z.nullable(date),
  deciderId: textOrNull,
  decideBy: date,
  remindedOf: z._default(z.nullable(date), null),
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
      correction: z.nullable(correction),
    }),
  ),
  version: z.int(),
});

export const receipt: z.ZodMiniType<Receipt> = z.object({
  periodId: text,
  attempt: z.int(),
  staffId: text,
  unitId: text,
  shard: z.int(),
  receivedOn: date,
  recordedAt: instant,
  by: z.enum(['SELF', 'HR_ADMIN']),
  proof: textOrNull,
  version: z.int(),
});
