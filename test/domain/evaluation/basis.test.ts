import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  behaviourOfPeriods,
  builtOn,
  meanRating,
  waitsForPeriods,
  workResultOfPeriods,
} from '../../../functions/domain/evaluation/basis.ts';
import { evaluate } from '../../../functions/domain/evaluation/evaluation.ts';
import { discrepancies } from '../../../functions/domain/evaluation/recompute.ts';
import { defaultPolicyRules } from '../../../functions/domain/period/policy.ts';
import type { ExpectationRating } from '../../../functions/domain/rating/rating.ts';
import * as an from '../../store/examples.ts';
import { frameOf, person } from './evaluation-builders.ts';

const period = (
  id: string,
  kind: 'MONTH' | 'QUARTER' | 'YEAR',
  publishedRun: string | null,
  state = 'PUBLISHED',
) => ({
  id,
  kind,
  year: Number(id.slice(0, 4)),
  state,
  publishedRun,
});
const YEAR = period('2026', 'YEAR', null, 'OPEN');
const FROM_PERIODS = { annual: 'FROM_PERIODS' } as const;

describe('what a year builds on', () => {
  const months = [period('2026-02', 'MONTH', 'r1'), period('2026-01', 'MONTH', 'r2')];
  const quarters = [
    period('2026-Q3', 'QUARTER', 'r1'),
    period('2026-Q1', 'QUARTER', 'r3'),
    period('2026-Q2', 'QUARTER', null),
  ];
  test('is its published quarters in the order of time, or its months where there is none', () => {
    expect(builtOn(YEAR, FROM_PERIODS, [...months, ...quarters, period('2025-Q4', 'QUARTER', 'r1')])).toEqual(
      [
        { periodId: '2026-Q1', run: 'r3' },
        { periodId: '2026-Q3', run: 'r1' },
      ],
    );
    expect(builtOn(YEAR, FROM_PERIODS, months)?.map(({ periodId }) => periodId)).toEqual([
      '2026-01',
      '2026-02',
    ]);
    expect(builtOn(YEAR, FROM_PERIODS, [])).toEqual([]);
  });
  test('is nothing for other periods and policies', () => {
    expect(builtOn(YEAR, { annual: 'FROM_INPUTS' }, quarters)).toBeNull();
    expect(builtOn(period('2026-Q4', 'QUARTER', null), FROM_PERIODS, quarters)).toBeNull();
  });
  test('is waited for', () => {
    const open = period('2026-Q4', 'QUARTER', 'r1', 'OPEN');
    expect(waitsForPeriods(YEAR, FROM_PERIODS, [...quarters, open])).toBe(true);
    expect(waitsForPeriods(YEAR, FROM_PERIODS, [period('2026-Q4', 'QUARTER', null, 'CLOSING')])).toBe(true);
    expect(
      waitsForPeriods(YEAR, FROM_PERIODS, [...quarters, period('2027-Q1', 'QUARTER', null, 'OPEN'), YEAR]),
    ).toBe(false);
    expect(waitsForPeriods(YEAR, { annual: 'FROM_INPUTS' }, [open])).toBe(false);
  });
});

const RATING: Readonly<Record<string, ExpectationRating>> = { A: 'ABOVE', M: 'MEETS', B: 'BELOW' };
const ratings = (letters: string) => [...letters].map((letter) => RATING[letter] ?? 'MEETS');

test.each([
  ['AAAA', 'ABOVE'],
  ['AAMM', 'ABOVE'],
  ['AMMM', 'MEETS'],
  ['AAAB', 'ABOVE'],
  ['AABB', 'MEETS'],
  ['BBMM', 'MEETS'],
  ['BBBM', 'BELOW'],
  ['BM', 'MEETS'],
  ['AM', 'ABOVE'],
  ['B', 'BELOW'],
])('the mean of %s is %s', (letters, expected) => {
  expect(meanRating(ratings(letters))).toBe(expected);
});

const resultOf = (
  periodId: string,
  workScore: number | null,
  workRating: ExpectationRating | null,
  behaviourScore: number | null,
  behaviourRating: ExpectationRating | null,
) => {
  const example = an.result({ periodId, run: 'r1' });
  return {
    ...example,
    workResult: { ...example.workResult, score: workScore },
    behaviour: { ...example.behaviour, score: behaviourScore },
    workResultRating: workRating,
    behaviourRating,
  };
};

describe('the year from its quarters', () => {
  const basis = [
    resultOf('2026-Q3', null, null, 90_000_000, 'MEETS'),
    resultOf('2026-Q1', 100_000_000, 'MEETS', 100_000_001, 'MEETS'),
    resultOf('2026-Q2', 110_000_001, 'ABOVE', null, null),
  ];
  test('is the mean of the scores and of the final ratings that exist, half-up', () => {
    expect(workResultOfPeriods(basis)).toMatchObject({
      source: 'PERIODS',
      score: 105_000_001,
      proposed: 'ABOVE',
      lines: [],
      periods: [
        { periodId: '2026-Q1' },
        { periodId: '2026-Q2' },
        { periodId: '2026-Q3', score: null, rating: null },
      ],
    });
    expect(behaviourOfPeriods(basis)).toMatchObject({ score: 95_000_001, proposed: 'MEETS', pools: [] });
    expect(workResultOfPeriods([])).toMatchObject({ score: null, notMeasured: 'NO_PERIODS', proposed: null });
  });
  test('has each core value as the mean of the quarters in which it was rated', () => {
    const lived = (periodId: string, service: number | null, loyal: number | null) => {
      const result = resultOf(periodId, null, null, 100_000_000, 'MEETS');
      const values = [
        ...(service === null ? [] : [{ value: 'SERVICE' as const, mean: service }]),
        ...(loyal === null ? [] : [{ value: 'LOYAL' as const, mean: loyal }]),
      ];
      return { ...result, behaviour: { ...result.behaviour, values } };
    };
    const away = lived('2026-Q3', 1_000_000, 1_000_000);
    const quarters = [
      lived('2026-Q1', 4_000_000, null),
      lived('2026-Q2', 3_000_001, 5_000_000),
      { ...away, behaviour: { ...away.behaviour, notMeasured: 'ABSENT' as const } },
    ];
    expect(behaviourOfPeriods(quarters).values).toEqual([
      { value: 'SERVICE', mean: 3_500_001 },
      { value: 'LOYAL', mean: 5_000_000 },
    ]);
  });
  test('takes no figure of a quarter in which the person was away for too long', () => {
    const away = resultOf('2026-Q1', 40_000_000, null, 60_000_000, null);
    const absent = {
      ...away,
      workResult: { ...away.workResult, notMeasured: 'ABSENT' as const },
      behaviour: { ...away.behaviour, notMeasured: 'ABSENT' as const },
    };
    const served = resultOf('2026-Q2', 100_000_000, 'MEETS', 100_000_000, 'MEETS');
    expect(workResultOfPeriods([absent, served])).toMatchObject({
      score: 100_000_000,
      periods: [{ periodId: '2026-Q1', score: null, rating: null }, { periodId: '2026-Q2' }],
    });
    expect(behaviourOfPeriods([absent, served])).toMatchObject({ score: 100_000_000 });
    expect(workResultOfPeriods([absent])).toMatchObject({ score: null, notMeasured: 'NO_PERIODS' });
  });
  test('can be recomputed from what it says, whatever the quarters came to', () => {
    const score = fc.option(fc.integer({ min: 0, max: 120_000_000 }));
    const rating = fc.option(fc.constantFrom<ExpectationRating>('ABOVE', 'MEETS', 'BELOW'));
    const rules = { ...defaultPolicyRules, annual: 'FROM_PERIODS' } as const;
    fc.assert(
      fc.property(fc.array(fc.tuple(score, rating, score, rating), { maxLength: 4 }), (quarters) => {
        const parts = quarters.map(([a, b, c, d], at) => resultOf(`2026-Q${at + 1}`, a, b, c, d));
        const year = evaluate({ ...person(), basis: parts }, frameOf({ annual: 'FROM_PERIODS' }));
        expect(discrepancies(year, rules)).toEqual([]);
        const shuffled = evaluate(
          { ...person(), basis: parts.toReversed() },
          frameOf({ annual: 'FROM_PERIODS' }),
        );
        expect(shuffled).toEqual(year);
      }),
    );
  });
});

test('whoever was away for too long is shown their figures, and nothing follows from them', () => {
  const presence = { days: 90, served: 90, absent: 90, study: 0, evaluated: false };
  const absent = evaluate(person({ presence }), frameOf());
  expect(absent).toMatchObject({
    workResult: { score: 100_000_000, proposed: null, notMeasured: 'ABSENT' },
    behaviour: { notMeasured: 'ABSENT', proposed: null },
    predicate: null,
    score: null,
    assessor: null,
  });
  expect(discrepancies(absent, defaultPolicyRules)).toEqual([]);
  expect(discrepancies({ ...absent, presence: { ...presence, absent: 0 } }, defaultPolicyRules)).toContain(
    'presence.evaluated',
  );
});
