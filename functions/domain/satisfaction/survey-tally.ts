import { type Problem, problem } from '../problem.ts';
import type { Micro } from '../rounding.ts';
import {
  elementMean,
  type SatisfactionGrade,
  satisfactionGrade,
  satisfactionIndex,
} from './satisfaction-index.ts';
import { SURVEY_ELEMENTS, SURVEY_SCALE, type SurveyElement } from './survey-questions.ts';

/** Collections that a campaign's answers spread over by chance, each with its gate and its counters: none of them is hot. */
export const SURVEY_SHARDS = 16;

/** How an answer came: with a code given at a service contact, or without one. */
export type AnswerChannel = 'WITH_CODE' | 'WITHOUT_CODE';

/** One citizen's answer: nine scores from 1 to 4 in the order of the elements. Nothing in it says who or when. */
export interface SurveyAnswer {
  readonly id: string;
  readonly campaignId: string;
  readonly shard: number;
  readonly channel: AnswerChannel;
  readonly scores: readonly number[];
  readonly version: number;
}

/** Sums of the answers of one channel. */
export interface SurveySums {
  readonly answers: number;
  /** One an element. */
  readonly sums: readonly number[];
}
export type SurveyTally = Readonly<Record<AnswerChannel, SurveySums>>;

/** What is shown of one channel; nothing but the number of answers where there are too few of them. */
export interface SurveyFigures {
  readonly answers: number;
  /** IKM in micro-points; null: too few answers. */
  readonly index: Micro | null;
  readonly grade: SatisfactionGrade | null;
  /** NRR of each element in micro-points; empty: too few answers. */
  readonly elements: readonly { readonly element: SurveyElement; readonly mean: Micro }[];
}

/** The figures of a campaign. The two channels are counted apart and never added up. */
export interface SurveyResult {
  readonly withCode: SurveyFigures;
  readonly withoutCode: SurveyFigures;
}

const NO_SUMS: SurveySums = { answers: 0, sums: SURVEY_ELEMENTS.map(() => 0) };
export const NO_ANSWERS: SurveyTally = { WITH_CODE: NO_SUMS, WITHOUT_CODE: NO_SUMS };

/** A tally with some more answers in it; the order of the answers does not matter. */
export const addAnswers = (
  tally: SurveyTally,
  answers: Iterable<Pick<SurveyAnswer, 'channel' | 'scores'>>,
): SurveyTally => {
  const counts = { WITH_CODE: tally.WITH_CODE.answers, WITHOUT_CODE: tally.WITHOUT_CODE.answers };
  const sums = { WITH_CODE: [...tally.WITH_CODE.sums], WITHOUT_CODE: [...tally.WITHOUT_CODE.sums] };
  for (const { channel, scores } of answers) {
    counts[channel] += 1;
    scores.forEach((score, at) => {
      sums[channel][at] = (sums[channel][at] ?? 0) + score;
    });
  }
  return {
    WITH_CODE: { answers: counts.WITH_CODE, sums: sums.WITH_CODE },
    WITHOUT_CODE: { answers: counts.WITHOUT_CODE, sums: sums.WITHOUT_CODE },
  };
};

/** The figures of a tally; those of fewer than `minimumAnswers` answers are left out. */
export const surveyResult = (tally: SurveyTally, minimumAnswers: number): SurveyResult => ({
  withCode: figuresOf(tally.WITH_CODE, minimumAnswers),
  withoutCode: figuresOf(tally.WITHOUT_CODE, minimumAnswers),
});

function figuresOf({ answers, sums }: SurveySums, minimumAnswers: number): SurveyFigures {
  const index = answers < minimumAnswers ? null : satisfactionIndex(sums, answers);
  if (index === null) return { answers, index, grade: null, elements: [] };
  return {
    answers,
    index,
    grade: satisfactionGrade(index),
    elements: SURVEY_ELEMENTS.flatMap((element, at) => {
      const mean = elementMean(sums[at] ?? 0, answers);
      return mean === null ? [] : [{ element, mean }];
    }),
  };
}

/**
 * Scores in the order of the elements, whatever the order in which they came: exactly one for each.
 * @param problems is given ITEMS_INCOMPLETE, and DUPLICATE or OUT_OF_RANGE at `answers.<n>`
 */
export const scoresInOrder = (
  answers: readonly { readonly element: SurveyElement; readonly score: number }[],
  problems: Problem[],
): readonly number[] => {
  const { low, high } = SURVEY_SCALE;
  const given = new Map<SurveyElement, number>();
  answers.forEach(({ element, score }, at) => {
    if (given.has(element)) problems.push(problem('DUPLICATE', `answers.${at}.element`, { value: element }));
    if (score < low || score > high)
      problems.push(problem('OUT_OF_RANGE', `answers.${at}.score`, { minimum: low, maximum: high }));
    given.set(element, score);
  });
  if (given.size !== SURVEY_ELEMENTS.length)
    problems.push(
      problem('ITEMS_INCOMPLETE', 'answers', { expected: SURVEY_ELEMENTS.length, actual: given.size }),
    );
  return SURVEY_ELEMENTS.map((element) => given.get(element) ?? 0);
};
