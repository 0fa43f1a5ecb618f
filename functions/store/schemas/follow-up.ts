import * as z from 'zod/mini';
import { PREDICATES } from '../../domain/evaluation/predicate.ts';
import type { FollowUp } from '../../domain/follow-up/follow-up.ts';
import type { Grounds } from '../../domain/follow-up/grounds.ts';
import { type FollowUpRule, MEASURES } from '../../domain/follow-up/rules.ts';
import { CORE_VALUES } from '../../domain/rating/core-values.ts';
import { type Shape, shape, text, textOrNull, whole, wholeOrNull } from './forms.ts';

const measure = shape(() => z.enum(MEASURES));
const outcome = shape(() => z.enum(['ACHIEVED', 'NOT_ACHIEVED']));
const predicate = shape(() => z.enum(PREDICATES));
const scope = shape(() => z.enum(['UNIT', 'JOB_GROUP', 'REGION']));
const trend = shape(() => z.nullable(z.object({ direction: z.enum(['RISING', 'FALLING']), times: whole })));
const after = shape(() => z.nullable(z.object({ measure: measure(), outcome: outcome() })));

export const followUpRule: Shape<FollowUpRule> = shape(() =>
  z.object({
    id: text,
    measure: measure(),
    periods: z.array(z.enum(['MONTH', 'QUARTER', 'YEAR'])),
    predicates: z.array(predicate()),
    inARow: whole,
    rank: z.nullable(z.object({ scope: scope(), atMost: whole })),
    trend: trend(),
    valueBelow: wholeOrNull,
    after: after(),
  }),
);

const grounds: Shape<Grounds> = shape(() =>
  z.object({
    predicate: predicate(),
    inARow: whole,
    rank: z.nullable(z.object({ scope: scope(), rank: whole, of: whole })),
    trend: trend(),
    values: z.array(z.object({ value: z.enum(CORE_VALUES), mean: whole })),
    after: after(),
  }),
);

export const followUp: Shape<FollowUp> = shape(() =>
  z.object({
    id: text,
    periodId: text,
    staffId: text,
    unitId: text,
    measure: measure(),
    grounds: z.nullable(grounds()),
    proposal: z.nullable(z.object({ by: text, reason: text })),
    state: z.enum(['PROPOSED', 'GRANTED', 'DECLINED', 'ENDED']),
    decision: z.nullable(z.object({ by: text, at: text, reason: text, from: text, until: textOrNull })),
    end: z.nullable(z.object({ outcome: outcome(), note: textOrNull, at: text })),
    version: whole,
  }),
);
