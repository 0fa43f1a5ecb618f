import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type AllowanceInputs,
  allowanceOfMonth,
  defaultAllowanceRules,
} from '../../../functions/domain/allowance/allowance.ts';
import { checkAttendance, disciplineOf } from '../../../functions/domain/allowance/attendance.ts';

const MICRO = 1_000_000;
const rules = { ...defaultAllowanceRules, bases: [{ positionClass: 8, amount: 5_000_000 }] };

/** A nurse of class 8 in March: all that an allowance needs. */
const march = (changes: Partial<AllowanceInputs> = {}): AllowanceInputs => ({
  month: '2026-03',
  rules,
  serves: true,
  positionClass: 8,
  results: [{ periodId: '2026-Q1', score: 92.5 * MICRO }],
  attendance: { workingDays: 20, absentDays: 1, lostMinutes: 0 },
  ...changes,
});

describe('discipline', () => {
  test.each([
    ['nobody was late', 20, 0, 0, 100],
    ['a day of twenty was missed', 20, 1, 0, 95],
    ['45 minutes of twenty days of 450', 20, 0, 45, 99.5],
    ['a day and 90 minutes', 20, 1, 90, 94],
    ['every day was missed', 20, 20, 0, 0],
  ])('%s', (_, workingDays, absentDays, lostMinutes, percent) => {
    expect(disciplineOf({ workingDays, absentDays, lostMinutes }, 450)).toBe(percent * MICRO);
  });

  test('is not known in a month without a working day', () => {
    expect(disciplineOf({ workingDays: 0, absentDays: 0, lostMinutes: 0 }, 450)).toBeNull();
  });

  test('has no steps: a minute more never costs more than its share', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 31 }),
        fc.nat(13_949),
        fc.integer({ min: 1, max: 1_440 }),
        (days, minutes, day) => {
          const at = (lostMinutes: number) =>
            disciplineOf({ workingDays: days, absentDays: 0, lostMinutes }, day) ?? Number.NaN;
          const step = at(minutes) - at(minutes + 1);
          expect(step).toBeGreaterThanOrEqual(0);
          expect(step).toBeLessThanOrEqual(Math.ceil((100 * MICRO) / (days * day)));
        },
      ),
    );
  });
});

describe('attendance', () => {
  test('holds no more days than the month, no more absence than days, no more minutes than were left', () => {
    const problems = (workingDays: number, absentDays: number, lostMinutes: number) =>
      checkAttendance('2026-02', { workingDays, absentDays, lostMinutes }, 450).map(({ path, params }) => [
        path.join('.'),
        params['maximum'],
      ]);
    expect(problems(20, 20, 0)).toEqual([]);
    expect(problems(28, 0, 28 * 450)).toEqual([]);
    expect(problems(29, 0, 0)).toEqual([['workingDays', 28]]);
    expect(problems(20, 21, 0)).toEqual([['absentDays', 20]]);
    expect(problems(20, 19, 451)).toEqual([['lostMinutes', 450]]);
    expect(problems(-1, -1, -1).map(([path]) => path)).toEqual(['workingDays', 'absentDays', 'lostMinutes']);
  });
});

describe('the allowance of a month (TPP)', () => {
  test('base 5,000,000, productivity 92.5, discipline 95: 4,675,000', () => {
    expect(allowanceOfMonth(march())).toMatchObject({
      base: 5_000_000,
      periodId: '2026-Q1',
      productivity: 92.5 * MICRO,
      discipline: 95 * MICRO,
      amount: 4_675_000,
      gaps: [],
    });
  });

  test('takes the result of the shortest period that covers the month', () => {
    const results = [
      { periodId: '2026', score: 70 * MICRO },
      { periodId: '2026-Q1', score: 80 * MICRO },
      { periodId: '2026-03', score: 90 * MICRO },
      { periodId: '2026-02', score: 10 * MICRO },
    ];
    expect(allowanceOfMonth(march({ results }))).toMatchObject({
      periodId: '2026-03',
      productivity: 90 * MICRO,
    });
    expect(allowanceOfMonth(march({ results: results.slice(0, 2) })).periodId).toBe('2026-Q1');
    expect(allowanceOfMonth(march({ results: results.slice(0, 1) })).periodId).toBe('2026');
  });

  test('takes the result of a longer period where nothing was measured in the month', () => {
    const results = [
      { periodId: '2026', score: 70 * MICRO },
      { periodId: '2026-Q1', score: 80 * MICRO },
      { periodId: '2026-03', score: null },
    ];
    expect(allowanceOfMonth(march({ results }))).toMatchObject({
      periodId: '2026-Q1',
      productivity: 80 * MICRO,
      gaps: [],
    });
    const unmeasured = results.map(({ periodId }) => ({ periodId, score: null }));
    expect(allowanceOfMonth(march({ results: unmeasured }))).toMatchObject({
      periodId: '2026-03',
      amount: null,
      gaps: ['NO_WORK_RESULT'],
    });
  });

  test('pays the base and no more for work above the target', () => {
    const full = march({
      results: [{ periodId: '2026-Q1', score: 117 * MICRO }],
      attendance: { workingDays: 20, absentDays: 0, lostMinutes: 0 },
    });
    expect(allowanceOfMonth(full)).toMatchObject({ productivity: 100 * MICRO, amount: 5_000_000 });
  });

  test.each([
    ['no attendance', { attendance: null }, ['NO_ATTENDANCE']],
    ['no working day', { attendance: { workingDays: 0, absentDays: 0, lostMinutes: 0 } }, ['NO_WORKING_DAY']],
    ['no result', { results: [] }, ['NO_RESULT']],
    [
      'a result without a work result',
      { results: [{ periodId: '2026-Q1', score: null }] },
      ['NO_WORK_RESULT'],
    ],
    ['no class', { positionClass: null }, ['NO_POSITION_CLASS']],
    ['a class without an amount', { positionClass: 9 }, ['NO_BASE']],
    ['nobody there', { serves: false, positionClass: null }, ['NOT_IN_SERVICE']],
    [
      'nothing at all',
      { results: [], attendance: null, positionClass: null },
      ['NO_POSITION_CLASS', 'NO_RESULT', 'NO_ATTENDANCE'],
    ],
  ] as const)('%s: no amount, and what is missing is named', (_, changes, gaps) => {
    expect(allowanceOfMonth(march(changes))).toMatchObject({ amount: null, gaps });
  });

  test('a result of zero is paid, for it is not missing', () => {
    expect(allowanceOfMonth(march({ results: [{ periodId: '2026-Q1', score: 0 }] })).amount).toBe(1_900_000);
  });

  test('lies between nothing and the base, and grows with productivity', () => {
    const score = fc.integer({ min: 0, max: 120 * MICRO });
    fc.assert(
      fc.property(score, score, fc.integer({ min: 0, max: 20 }), (one, other, absentDays) => {
        const amount = (of: number) =>
          allowanceOfMonth(
            march({
              results: [{ periodId: '2026-Q1', score: of }],
              attendance: { workingDays: 20, absentDays, lostMinutes: 0 },
            }),
          ).amount ?? Number.NaN;
        const [less, more] = one < other ? [one, other] : [other, one];
        expect(amount(less)).toBeGreaterThanOrEqual(0);
        expect(amount(less)).toBeLessThanOrEqual(amount(more));
        expect(amount(more)).toBeLessThanOrEqual(5_000_000);
      }),
    );
  });
});
