import * as z from 'zod/mini';
import type { Feedback } from '../../domain/feedback/feedback.ts';
import type { GuidanceNote } from '../../domain/feedback/guidance.ts';
import { CORE_VALUES } from '../../domain/rating/core-values.ts';
import { date, instant, type Shape, shape, text, textOrNull, whole } from './forms.ts';

const coreValue = shape(() => z.enum(CORE_VALUES));

export const feedback: Shape<Feedback> = shape(() =>
  z.object({
    id: text,
    staffId: text,
    source: z.enum(['LEADER', 'COLLEAGUE', 'SERVED']),
    authorId: text,
    signed: z.boolean(),
    form: z.enum(['SCHEDULED', 'INCIDENTAL']),
    topic: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('LINE'), planId: text, lineId: text }),
      z.object({ kind: z.literal('VALUE'), value: coreValue() }),
    ]),
    progress: z.nullable(z.boolean()),
    text,
    origin: textOrNull,
    givenOn: date,
    answer: z.nullable(z.object({ text, at: instant })),
    version: whole,
  }),
);

export const guidanceNote: Shape<GuidanceNote> = shape(() =>
  z.object({
    id: text,
    staffId: text,
    unitId: z._default(textOrNull, null),
    kind: z.enum(['GUIDANCE', 'COUNSELLING']),
    method: z.nullable(z.enum(['COACHING', 'MENTORING', 'FORMAL_TRAINING', 'INFORMAL_TRAINING'])),
    heldOn: date,
    givenById: text,
    planId: textOrNull,
    lineId: textOrNull,
    value: z.nullable(coreValue()),
    issue: text,
    discussion: text,
    actions: z.array(z.object({ text, dueOn: date })),
    followUpOn: date,
    acknowledged: z.nullable(z.object({ at: instant, response: textOrNull })),
    followUp: z.nullable(
      z.object({
        outcome: z.enum(['IMPROVED', 'PARTLY_IMPROVED', 'NOT_IMPROVED']),
        note: text,
        byId: text,
        at: instant,
      }),
    ),
    version: whole,
  }),
);
