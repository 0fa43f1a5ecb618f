import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Problem } from '../../../functions/domain/problem.ts';
import { formatPoints } from '../../../functions/domain/rounding.ts';
import { phaseOf } from '../../../functions/domain/satisfaction/campaign.ts';
import {
  elementMean,
  satisfactionGrade,
  satisfactionIndex,
} from '../../../functions/domain/satisfaction/satisfaction-index.ts';
import { printedCode, readCode } from '../../../functions/domain/satisfaction/single-use-code.ts';
import { SURVEY_ELEMENTS, surveyQuestions } from '../../../functions/domain/satisfaction/survey-questions.ts';
import {
  addAnswers,
  NO_ANSWERS,
  type SurveyAnswer,
  scoresInOrder,
  surveyResult,
} from '../../../functions/domain/satisfaction/survey-tally.ts';

const points = (n: number): number => Math.round(n * 1_000_000);

describe('public satisfaction (PermenPANRB 14/2017)', () => {
  test.each([
    [[74, 72], 20, ['3.70', '3.60'], '91.25', 'A'],
    [[65, 71], 20, ['3.25', '3.55'], '85.00', 'B'],
    [
      [69, 68, 66, 78, 67, 70, 72, 64, 65],
      20,
      ['3.45', '3.40', '3.30', '3.90', '3.35', '3.50', '3.60', '3.20', '3.25'],
      '85.97',
      'B',
    ],
  ])('sums %j of %d respondents', (sums, respondents, means, index, grade) => {
    expect(sums.map((sum) => formatPoints(elementMean(sum, respondents) ?? -1))).toEqual(means);
    const ikm = satisfactionIndex(sums, respondents) ?? -1;
    expect(formatPoints(ikm)).toBe(index);
    expect(satisfactionGrade(ikm)).toBe(grade);
  });
  test.each([
    [64.99, 'D'],
    [65, 'C'],
    [76.6, 'C'],
    [76.61, 'B'],
    [88.3, 'B'],
    [88.31, 'A'],
  ])('%d is %s', (index, grade) => {
    expect(satisfactionGrade(points(index))).toBe(grade);
  });
  test('without answers there is no index', () => {
    expect(satisfactionIndex([0], 0)).toBeNull();
    expect(satisfactionIndex([], 5)).toBeNull();
    expect(elementMean(0, 0)).toBeNull();
  });
});

type Answer = Pick<SurveyAnswer, 'channel' | 'scores'>;
const scores = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 9, maxLength: 9 });
const answers = fc.array(
  fc.record<Answer>({ channel: fc.constantFrom('WITH_CODE', 'WITHOUT_CODE'), scores }),
  { maxLength: 60 },
);

describe('the figures of a campaign', () => {
  /** Twenty answers whose sums are those of the case in the table above. */
  const SUMS = [69, 68, 66, 78, 67, 70, 72, 64, 65];
  const twenty: readonly Answer[] = Array.from({ length: 20 }, (_, at) => ({
    channel: 'WITH_CODE',
    scores: SUMS.map((sum) => Math.floor(sum / 20) + (at < sum % 20 ? 1 : 0)),
  }));

  test('are the NRR of each element, the IKM and its grade', () => {
    const { withCode } = surveyResult(addAnswers(NO_ANSWERS, twenty), 10);
    expect(withCode).toMatchObject({ answers: 20, index: 85_970_000, grade: 'B' });
    expect(withCode.elements.map(({ element, mean }) => [element, formatPoints(mean)])).toEqual([
      ['REQUIREMENTS', '3.45'],
      ['PROCEDURE', '3.40'],
      ['TIME', '3.30'],
      ['COST', '3.90'],
      ['PRODUCT', '3.35'],
      ['COMPETENCE', '3.50'],
      ['CONDUCT', '3.60'],
      ['COMPLAINT_HANDLING', '3.20'],
      ['FACILITIES', '3.25'],
    ]);
  });

  test('of fewer answers than the minimum are left out, whatever the other kind has', () => {
    const some = twenty.slice(0, 9).map((answer): Answer => ({ ...answer, channel: 'WITHOUT_CODE' }));
    const { withCode, withoutCode } = surveyResult(addAnswers(NO_ANSWERS, [...twenty, ...some]), 10);
    expect(withoutCode).toEqual({ answers: 9, index: null, grade: null, elements: [] });
    expect(withCode.index).toBe(85_970_000);
  });

  test('are none without answers', () => {
    expect(surveyResult(NO_ANSWERS, 5).withCode).toEqual({
      answers: 0,
      index: null,
      grade: null,
      elements: [],
    });
  });

  test('do not depend on the order of the answers, nor on how they come in pages', () => {
    fc.assert(
      fc.property(answers, fc.nat({ max: 60 }), (all, cut) => {
        const whole = addAnswers(NO_ANSWERS, all);
        expect(addAnswers(NO_ANSWERS, all.toReversed())).toEqual(whole);
        expect(addAnswers(addAnswers(NO_ANSWERS, all.slice(0, cut)), all.slice(cut))).toEqual(whole);
      }),
    );
  });

  test('of the two kinds never mix: an answer without a code changes nothing for those with one', () => {
    fc.assert(
      fc.property(answers, (all) => {
        const only = all.filter(({ channel }) => channel === 'WITH_CODE');
        const { withCode } = surveyResult(addAnswers(NO_ANSWERS, all), 5);
        expect(withCode).toEqual(surveyResult(addAnswers(NO_ANSWERS, only), 5).withCode);
        if (withCode.index !== null) {
          expect(withCode.index).toBeGreaterThanOrEqual(25_000_000);
          expect(withCode.index).toBeLessThanOrEqual(100_000_000);
        }
      }),
    );
  });
});

describe('an answer', () => {
  const complete = SURVEY_ELEMENTS.map((element, at) => ({ element, score: (at % 4) + 1 }));
  const check = (given: typeof complete): { scores: readonly number[]; found: string[] } => {
    const problems: Problem[] = [];
    const inOrder = scoresInOrder(given, problems);
    return { scores: inOrder, found: problems.map(({ code, path }) => [code, ...path].join(' ')) };
  };

  test('is read in any order', () => {
    const expected = { scores: complete.map(({ score }) => score), found: [] };
    expect(check(complete)).toEqual(expected);
    expect(check(complete.toReversed())).toEqual(expected);
  });

  test('has exactly one score from 1 to 4 for each element, and hears of everything that is wrong', () => {
    const [first, ...rest] = complete;
    if (first === undefined) throw new Error('no elements');
    expect(check(rest).found).toEqual(['ITEMS_INCOMPLETE answers']);
    expect(check([...complete, first]).found).toEqual(['DUPLICATE answers 9 element']);
    expect(
      check([
        { ...first, score: 0 },
        { ...first, score: 5 },
      ]).found,
    ).toEqual([
      'OUT_OF_RANGE answers 0 score',
      'DUPLICATE answers 1 element',
      'OUT_OF_RANGE answers 1 score',
      'ITEMS_INCOMPLETE answers',
    ]);
  });

  test('is asked for in both languages, with four choices an element', () => {
    expect(new Set(SURVEY_ELEMENTS).size).toBe(9);
    for (const { text, choices } of surveyQuestions)
      for (const said of [text, ...choices]) {
        expect(said.id).not.toBe('');
        expect(said.en).not.toBe(said.id);
      }
    expect(surveyQuestions.every(({ choices }) => choices.length === 4)).toBe(true);
  });
});

describe('a single-use code', () => {
  test.each([
    ['0123-4567-89AB-CDEF', '0123456789ABCDEF'],
    [' 0123 4567 89ab cdef ', '0123456789ABCDEF'],
    ['OIL3-4567-89AB-CDEF', '0113456789ABCDEF'],
    ['0123-4567-89AB-CDE', null],
    ['0123-4567-89AB-CDEU', null],
    ['0123-4567-89AB-CDEF0', null],
    ['', null],
    [' '.repeat(200), null],
  ])('typed as %j is read as %j', (typed, digits) => {
    expect(readCode(typed)).toBe(digits);
  });

  test('is read as it is printed', () => {
    expect(printedCode('0123456789ABCDEF')).toBe('0123-4567-89AB-CDEF');
    expect(readCode(printedCode('0123456789ABCDEF'))).toBe('0123456789ABCDEF');
  });
});

describe('a campaign from 5 to 10 March', () => {
  const campaign = { state: 'RUNNING', opens: '2026-03-05', closes: '2026-03-10' } as const;
  test.each([
    ['2026-03-04', 'PLANNED'],
    ['2026-03-05', 'OPEN'],
    ['2026-03-10', 'OPEN'],
    ['2026-03-11', 'ENDED'],
  ] as const)('is on %s %s', (today, phase) => {
    expect(phaseOf(campaign, today)).toBe(phase);
    expect(phaseOf({ ...campaign, state: 'COUNTING' }, today)).toBe('ENDED');
    expect(phaseOf({ ...campaign, state: 'CLOSED' }, today)).toBe('CLOSED');
  });
});
