import * as z from 'zod/mini';
import { NOT_MEASURED } from '../../domain/evaluation/result.ts';
import type { IndicatorFigures } from '../../domain/indicator-review/figures.ts';
import type { IndicatorReview, ReviewDecision } from '../../domain/indicator-review/review.ts';
import { type Shape, shape, text, whole, wholeOrNull } from './forms.ts';

export const indicatorFigures: Shape<IndicatorFigures> = shape(() =>
  z.object({
    indicatorId: text,
    lines: whole,
    measured: whole,
    notMeasured: z.partialRecord(z.enum(NOT_MEASURED), whole),
    atCap: whole,
    atZero: whole,
    sum: whole,
    lowest: wholeOrNull,
    highest: wholeOrNull,
    definitions: z.array(whole),
  }),
);

export const indicatorReview: Shape<IndicatorReview> = shape(() =>
  z.object({
    periodId: text,
    run: text,
    indicatorId: text,
    figures: indicatorFigures(),
    findings: z.array(
      z.enum([
        'NOBODY_MEASURED',
        'ALL_AT_CAP',
        'ALL_AT_ZERO',
        'NO_SPREAD',
        'TARGET_TOO_EASY',
        'ZERO_TARGET',
        'DEFINITION_CHANGED',
      ]),
    ),
  }),
);

export const reviewDecision: Shape<ReviewDecision> = shape(() =>
  z.object({
    indicatorId: text,
    periodId: text,
    outcome: z.enum(['KEEP', 'REVISE', 'RETIRE']),
    reason: text,
    definition: wholeOrNull,
    decidedAt: text,
    version: whole,
  }),
);
