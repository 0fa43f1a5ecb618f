import { describe, expect, test } from 'vitest';
import { evaluate } from '../../../functions/domain/evaluation/evaluation.ts';
import {
  checkRatedInPlace,
  isFinalResult,
  superiorRatesFrom,
} from '../../../functions/domain/evaluation/in-place.ts';
import { assessorRating, frameOf, person } from './evaluation-builders.ts';

const QUARTER_END = '2026-03-31';

describe('from when on the superior may rate', () => {
  test.each([
    // Closes on Monday 20 April at midnight in Jakarta, which in UTC is still the day before.
    ['so many days before the close', '2026-04-19T17:00:00.000Z', 5, '2026-04-15'],
    ['in the east of the country the day is another', '2026-04-19T14:30:00.000Z', 5, '2026-04-14'],
    ['never before the period is over', '2026-04-03T17:00:00.000Z', 5, '2026-04-01'],
    ['on the day of the close itself', '2026-04-19T17:00:00.000Z', 0, '2026-04-20'],
  ])('%s', (_, closesAt, superiorDays, expected) => {
    const period = { end: QUARTER_END, closesAt };
    expect(superiorRatesFrom(period, { superiorDays, utcOffsetMinutes: 420 }, false)).toBe(expected);
  });

  test('of an assessor who has left from the end of the period on', () => {
    const period = { end: QUARTER_END, closesAt: '2026-04-19T17:00:00.000Z' };
    expect(superiorRatesFrom(period, { superiorDays: 5, utcOffsetMinutes: 420 }, true)).toBe('2026-04-01');
  });
});

describe('whose ratings stand', () => {
  const own = assessorRating();
  const inPlace = assessorRating({ assessorId: 'chief', inPlaceOf: 's-9' });
  const former = assessorRating({ assessorId: 's-8' });
  const forFormer = assessorRating({ assessorId: 'chief', inPlaceOf: 's-8' });
  const FROM = '2026-04-15';

  test.each([
    ['the assessor at any time', null, 'ASSESSOR', '2026-03-20', []],
    ['the assessor again', own, 'ASSESSOR', '2026-04-16', []],
    ['the assessor late, as long as the superior has not', null, 'ASSESSOR', '2026-04-18', []],
    ['not the assessor after the superior', inPlace, 'ASSESSOR', '2026-04-16', ['RESULT_FINAL']],
    ['a new assessor after the superior of the former', forFormer, 'ASSESSOR', '2026-04-16', []],
    ['not the superior before', null, 'ASSESSORS_SUPERIOR', '2026-04-14', ['NOT_YET']],
    ['the superior from that day on', null, 'ASSESSORS_SUPERIOR', '2026-04-15', []],
    ['not the superior over the assessor', own, 'ASSESSORS_SUPERIOR', '2026-04-15', ['ALREADY_EXISTS']],
    ['the superior over a former assessor', former, 'ASSESSORS_SUPERIOR', '2026-04-15', []],
    ['the superior again', inPlace, 'ASSESSORS_SUPERIOR', '2026-04-16', []],
    [
      'not the superior over an assessor who has left since',
      own,
      'FOR_FORMER_ASSESSOR',
      '2026-04-15',
      ['ALREADY_EXISTS'],
    ],
    ['the superior for an assessor who has left', null, 'FOR_FORMER_ASSESSOR', '2026-04-15', []],
  ] as const)('%s', (_, before, as, today, expected) => {
    expect(checkRatedInPlace(before, 's-9', as, today, FROM).map(({ code }) => code)).toEqual(expected);
  });
});

describe('whose ratings stand where only the head of the region is above', () => {
  const own = assessorRating({ assessorId: null });
  const former = assessorRating({ assessorId: 's-8' });

  test.each([
    ['at any time', null],
    ['again', own],
    ['over a former assessor', former],
  ] as const)('%s', (_, before) => {
    expect(checkRatedInPlace(before, null, 'REGIONAL_HEAD', '2026-02-20', '2026-04-15')).toEqual([]);
  });
});

describe('in the evaluation', () => {
  const frame = frameOf();
  const evaluated = (inPlaceOf: string) =>
    evaluate(person({ assessorRating: assessorRating({ assessorId: 'chief', inPlaceOf }) }), frame);

  test('the superior’s ratings count like the assessor’s, are marked, and make the result final', () => {
    const evaluation = evaluated('s-9');
    expect(evaluation).toMatchObject({
      assessor: { workResult: 'MEETS', as: 'ASSESSORS_SUPERIOR' },
      leftOut: null,
      predicate: 'GOOD',
    });
    expect(isFinalResult(evaluation)).toBe(true);
    expect(isFinalResult(evaluate(person({ assessorRating: assessorRating() }), frame))).toBe(false);
  });

  test('in the place of a former assessor they do not', () => {
    expect(evaluated('s-8')).toMatchObject({ assessor: null, leftOut: { decisionBy: 'chief' } });
  });

  test('for an assessor who has left they count, and the result can be objected to', () => {
    const decided = assessorRating({ assessorId: 'chief', inPlaceOf: 's-9', assessorLeft: true });
    const evaluation = evaluate(person({ assessorRating: decided }), frame);
    expect(evaluation).toMatchObject({ assessor: { as: 'FOR_FORMER_ASSESSOR' }, predicate: 'GOOD' });
    expect(isFinalResult(evaluation)).toBe(false);
  });

  describe('of whom only the head of the region assesses', () => {
    const assessor = { assessorId: null, assessedInUnitId: null };

    test('that official’s ratings count, and the result is final', () => {
      const evaluation = evaluate(
        person({ assessor, assessorRating: assessorRating({ assessorId: null }) }),
        frame,
      );
      expect(evaluation).toMatchObject({
        assessor: { workResult: 'MEETS', as: 'REGIONAL_HEAD' },
        predicate: 'GOOD',
      });
      expect(isFinalResult(evaluation)).toBe(true);
    });

    test('a proposal that nobody has decided on is not final', () => {
      expect(isFinalResult(evaluate(person({ assessor }), frame))).toBe(false);
    });

    test('what an assessor of record set before does not count', () => {
      expect(evaluate(person({ assessor, assessorRating: assessorRating() }), frame)).toMatchObject({
        assessor: null,
        leftOut: { decisionBy: 's-9' },
      });
    });
  });
});
