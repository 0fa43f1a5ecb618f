import * as z from 'zod/mini';
import type { Campaign } from '../../domain/satisfaction/campaign.ts';
import type { CodeBatch, CodePurpose } from '../../domain/satisfaction/single-use-code.ts';
import type { Suggestion } from '../../domain/satisfaction/suggestion.ts';
import { SURVEY_ELEMENTS } from '../../domain/satisfaction/survey-questions.ts';
import type { SurveyAnswer, SurveyFigures } from '../../domain/satisfaction/survey-tally.ts';
import { date, instantOrNull, type Shape, shape, text, textOrNull, whole, wholeOrNull } from './forms.ts';

const figures: Shape<SurveyFigures> = shape(() =>
  z.object({
    answers: whole,
    index: wholeOrNull,
    grade: z.nullable(z.enum(['A', 'B', 'C', 'D'])),
    elements: z.array(z.object({ element: z.enum(SURVEY_ELEMENTS), mean: whole })),
  }),
);

export const campaign: Shape<Campaign> = shape(() =>
  z.object({
    id: text,
    unitId: text,
    service: z.object({ id: text, en: text }),
    opens: date,
    closes: date,
    withoutCodePerHour: whole,
    minimumAnswers: whole,
    state: z.enum(['RUNNING', 'COUNTING', 'CLOSED']),
    closedAt: textOrNull,
    result: z.nullable(z.object({ withCode: figures(), withoutCode: figures() })),
    version: whole,
  }),
);

export const surveyAnswer: Shape<SurveyAnswer> = shape(() =>
  z.object({
    id: text,
    campaignId: text,
    shard: whole,
    channel: z.enum(['WITH_CODE', 'WITHOUT_CODE']),
    scores: z.array(whole),
    version: whole,
  }),
);

export const suggestion: Shape<Suggestion> = shape(() =>
  z.object({
    id: text,
    campaignId: text,
    text,
    state: z.enum(['SUBMITTED', 'PUBLISHED', 'WITHHELD']),
    version: whole,
  }),
);

export const surveyPurpose = shape(() => z.object({ kind: z.literal('SURVEY'), campaignId: text }));

export const contactPurpose = shape(() =>
  z.object({
    kind: z.literal('CONTACT'),
    staffId: text,
    periodId: text,
    instrumentId: text,
    instrumentVersion: whole,
  }),
);

export const codePurpose: Shape<CodePurpose> = shape(() =>
  z.discriminatedUnion('kind', [surveyPurpose(), contactPurpose()]),
);

export const codeBatch: Shape<CodeBatch> = shape(() =>
  z.object({
    id: text,
    purpose: codePurpose(),
    count: whole,
    issuedAt: z._default(instantOrNull, null),
    voided: z._default(wholeOrNull, null),
    version: whole,
  }),
);

export const codeHashes = shape(() => z.array(text));
