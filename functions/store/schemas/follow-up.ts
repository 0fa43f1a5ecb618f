import * as z from 'zod/mini';
import { PREDICATES } from '../../domain/evaluation/predicate.ts';
import type { FollowUp } from '../../domain/follow-up/follow-up.ts';
import type { Grounds } from '../../domain/follow-up/grounds.ts';
import { type FollowUpRule, MEASURES } from '../../domain/follow-up/rules.ts';
import { CORE_VALUES } from '../../domain/rating/core-values.ts';

const text = z.string();
const whole = z.int();
const measure = z.enum(MEASURES);
const outcome = z.enum(['ACHIEVED', 'NOT_ACHIEVED']);
const predicate = z.enum(PREDICATES);
const scope = z.enum(['UNIT', 'JOB_GROUP', 'REGION']);
const trend = z.nullable(z.object({ direction: z.enum(['RISING', 'FALLING']), times: whole }));
const after = z.nullable(z.object({ measure, outcome }));

export const followUpRule: z.ZodMiniType<FollowUpRule> = z.object({
  id: text,
  measure,
  periods: z.array(z.enum(['MONTH', 'QUARTER', 'YEAR'])),
  predicates: z.array(predicate),
  inARow: whole,
  rank: z.nullable(z.object({ scope, atMost: whole })),
  trend,
  valueBelow: z.nullable(whole),
  after,
});

const grounds: z.ZodMiniType<Grounds> = z.object({
  predicate,
  inARow: whole,
  rank: z.nullable(z.object({ scope, rank: whole, of: whole })),
  trend,
  values: z.array(z.object({ value: z.enum(CORE_VALUES), mean: whole })),
  after,
});

export const followUp: z.ZodMiniType<FollowUp> = z.object({
  id: text,
  periodId: text,
  staffId: text,
  unitId: text,
  measure,
  grounds: z.nullable(grounds),
  proposal: z.nullable(z.object({ by: text, reason: text })),
  state: z.enum(['PROPOSED', 'GRANTED', 'DECLINED', 'ENDED']),
  decision: z.nullable(z.object({ by: text, at: text, reason: text, from: text, until: z.nullable(text) })),
  end: z.nullable(z.object({ outcome, note: z.nullable(text), at: text })),
  version: whole,
});
