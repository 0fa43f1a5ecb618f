import * as z from 'zod/mini';
import type { Campaign } from '../../domain/satisfaction/campaign.ts';
import type { CodeBatch, CodePurpose } from '../../domain/satisfaction/single-use-code.ts';
import type { Suggestion } from '../../domain/satisfaction/suggestion.ts';
import { SURVEY_ELEMENTS } from '../../domain/satisfaction/survey-questions.ts';
import type { SurveyAnswer, SurveyFigures } from '../../domain/satisfaction/survey-tally.ts';

const text = z.string();
const whole = z.int();
const date = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/));

const figures: z.ZodMiniType<SurveyFigures> = z.object({
  answers: whole,
  index: z.nullable(whole),
  grade: z.nullable(z.enum(['A', 'B', 'C', 'D'])),
  elements: z.array(z.object({ element: z.enum(SURVEY_ELEMENTS), mean: whole })),
});

export const campaign: z.ZodMiniType<Campaign> = z.object({
  id: text,
  unitId: text,
  service: z.object({ id: text, en: text }),
  opens: date,
  closes: date,
  withoutCodePerHour: whole,
  minimumAnswers: whole,
  state: z.enum(['RUNNING', 'COUNTING', 'CLOSED']),
  closedAt: z.nullable(text),
  result: z.nullable(z.object({ withCode: figures, withoutCode: figures })),
  version: whole,
});

export const surveyAnswer: z.ZodMiniType<SurveyAnswer> = z.object({
  id: text,
  campaignId: text,
  shard: whole,
  channel: z.enum(['WITH_CODE', 'WITHOUT_CODE']),
  scores: z.array(whole),
  version: whole,
});

export const suggestion: z.ZodMiniType<Suggestion> = z.object({
  id: text,
  campaignId: text,
  text,
  state: z.enum(['SUBMITTED', 'PUBLISHED', 'WITHHELD']),
  version: whole,
});

export const codePurpose: z.ZodMiniType<CodePurpose> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('SURVEY'), campaignId: text }),
  z.object({
    kind: z.literal('CONTACT'),
    staffId: text,
    periodId: text,
    instrumentId: text,
    instrumentVersion: whole,
  }),
]);

export const codeBatch: z.ZodMiniType<CodeBatch> = z.object({
  id: text,
  purpose: codePurpose,
  count: whole,
  voided: z._default(z.nullable(whole), null),
  version: whole,
});

export const codeHashes = z.array(text);
