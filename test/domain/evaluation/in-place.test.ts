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
    expect(superiorRatesFrom({ end: QUARTER_END, closesAt }, { superiorDays, utcOffsetMinutes: 420 })).toBe(
      expected,
    );
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
  ] as const)('%s', (_, before, as, today, expected) => {
    expect(checkRatedInPlace(before, 's-9', as, today, FROM).map(({ code }) => code)).toEqual(expected);
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
    expect(isFinalResult(evaluation, false)).toBe(true);
    expect(isFinalResult(evaluate(person({ assessorRating: assessorRating() }), frame), true)).toBe(false);
  });

  test('in the place of a former assessor they do not', () => {
    expect(evaluated('s-8')).toMatchObject({ assessor: null, leftOut: { decisionBy: 'chief' } });
  });

  test('of a unit’s head above whom there is only the head of the region the result is final', () => {
    const of = (assessorId: string | null, headsUnit: boolean): boolean =>
      isFinalResult({ assessor: null, assessorId }, headsUnit);
    expect([of(null, true), of(null, false), of('s-9', true)]).toEqual([true, false, false]);
  });
});
