import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type FunctionalLevel, functionalLevels } from '../../../functions/domain/allowance/credit.ts';
import { creditAccount, creditOfPeriod } from '../../../functions/domain/allowance/credit-account.ts';
import type { Predicate } from '../../../functions/domain/evaluation/predicate.ts';
import type { Assignment } from '../../../functions/domain/organisation/staff.ts';
import { formatPoints } from '../../../functions/domain/rounding.ts';

const stay = (
  functionalLevel: FunctionalLevel | null,
  from: string,
  to: string | null = null,
): Assignment => ({
  unitId: 'puskesmas',
  shard: 0,
  position: 'Perawat',
  jobGroup: 'nurse',
  assessorId: null,
  functionalLevel,
  positionClass: null,
  from,
  to,
});
const career = (...assignments: Assignment[]) => ({ assignments, retiredFrom: null });
const shown = (figure: number | null): string | null => (figure === null ? null : formatPoints(figure));

describe('credits of a period', () => {
  test.each([
    ['AHLI_PERTAMA', 'EXCELLENT', '18.75'],
    ['AHLI_MADYA', 'NEEDS_IMPROVEMENT', '28.13'],
    ['PEMULA', 'EXCELLENT', '5.63'],
  ] as const)('%s, %s, a year: %s', (level, predicate, credit) => {
    const year = creditOfPeriod(career(stay(level, '2020-01-01')), '2026', predicate);
    expect(shown(year.credit)).toBe(credit);
    expect(year.spans).toMatchObject([{ level, from: '2026-01', to: '2026-12', months: 12 }]);
  });

  test('who was promoted in July has six months at each level', () => {
    const nurse = career(stay('AHLI_PERTAMA', '2020-01-01', '2026-06-30'), stay('AHLI_MUDA', '2026-07-01'));
    const year = creditOfPeriod(nurse, '2026', 'GOOD');
    expect(year.spans.map(({ level, months, credit }) => [level, months, shown(credit)])).toEqual([
      ['AHLI_PERTAMA', 6, '6.25'],
      ['AHLI_MUDA', 6, '12.50'],
    ]);
    expect(shown(year.credit)).toBe('18.75');
  });

  test('a month belongs to the level held on its first day, and the first month to who joined in it', () => {
    const promoted = career(
      stay('AHLI_PERTAMA', '2020-01-01', '2026-02-14'),
      stay('AHLI_MUDA', '2026-02-15'),
    );
    expect(
      creditOfPeriod(promoted, '2026-Q1', 'GOOD').spans.map(({ level, from, to }) => [level, from, to]),
    ).toEqual([
      ['AHLI_PERTAMA', '2026-01', '2026-02'],
      ['AHLI_MUDA', '2026-03', '2026-03'],
    ]);
    const joined = career(stay('AHLI_PERTAMA', '2026-02-15'));
    const quarter = creditOfPeriod(joined, '2026-Q1', 'GOOD');
    expect(quarter.spans).toMatchObject([{ from: '2026-02', to: '2026-03', months: 2 }]);
    expect(shown(quarter.credit)).toBe('2.08');
  });

  test.each([
    ['2026-02-28', '2026-02'],
    ['2026-03-01', '2026-03'],
    ['2026-03-31', '2026-03'],
    ['2026-04-01', null],
  ])('who joined on %s has credits from %s on', (from, first) => {
    const quarter = creditOfPeriod(career(stay('AHLI_MUDA', from)), '2026-Q1', 'GOOD');
    expect(quarter.spans.map((span) => [span.from, span.to])).toEqual(
      first === null ? [] : [[first, '2026-03']],
    );
  });

  test('months outside of functional positions earn nothing and part the spans', () => {
    const back = career(
      stay('AHLI_MUDA', '2020-01-01', '2026-03-31'),
      stay(null, '2026-04-01', '2026-06-30'),
      stay('AHLI_MUDA', '2026-07-01'),
    );
    expect(creditOfPeriod(back, '2026', 'GOOD').spans.map(({ months }) => months)).toEqual([3, 6]);
  });

  test('without a predicate or a functional position there are none, and it is said why', () => {
    const nurse = career(stay('AHLI_MUDA', '2020-01-01'));
    expect(creditOfPeriod(nurse, '2026-Q1', null)).toMatchObject({ credit: null, notEarned: 'NO_PREDICATE' });
    expect(creditOfPeriod(career(stay(null, '2020-01-01')), '2026-Q1', 'GOOD')).toMatchObject({
      credit: null,
      notEarned: 'NO_FUNCTIONAL_LEVEL',
    });
  });

  test('who retired in the period has the months before', () => {
    const retired = { ...career(stay('AHLI_MUDA', '2020-01-01')), retiredFrom: '2026-03-01' };
    expect(creditOfPeriod(retired, '2026-Q1', 'GOOD').spans).toMatchObject([{ months: 2 }]);
  });
});

describe('the account', () => {
  const nurse = career(stay('AHLI_PERTAMA', '2020-01-01'));

  test("a year takes the place of its quarters' credits", () => {
    const account = creditAccount(nurse, [
      { periodId: '2025', predicate: 'EXCELLENT' },
      { periodId: '2025-Q1', predicate: 'GOOD' },
      { periodId: '2026-Q1', predicate: 'GOOD' },
      { periodId: '2026-Q2', predicate: 'EXCELLENT' },
    ]);
    expect(account.periods.map(({ periodId, counts }) => [periodId, counts])).toEqual([
      ['2025-Q1', false],
      ['2025', true],
      ['2026-Q1', true],
      ['2026-Q2', true],
    ]);
    // 18.75 of the year, 3.13 and 4.69 of the quarters
    expect(shown(account.total)).toBe('26.57');
  });

  test('tells the credits of each level, in the order in which they were first held', () => {
    const promoted = career(
      stay('AHLI_PERTAMA', '2020-01-01', '2026-03-31'),
      stay('AHLI_MUDA', '2026-04-01'),
    );
    const account = creditAccount(promoted, [
      { periodId: '2026-Q3', predicate: 'GOOD' },
      { periodId: '2026-Q2', predicate: 'GOOD' },
      { periodId: '2026-Q1', predicate: 'GOOD' },
      { periodId: '2026-01', predicate: 'EXCELLENT' },
    ]);
    expect(account.levels.map(({ level, credit }) => [level, shown(credit)])).toEqual([
      ['AHLI_PERTAMA', '3.13'],
      ['AHLI_MUDA', '12.50'],
    ]);
    expect(account.periods.map(({ periodId, counts }) => [periodId, counts])).toEqual([
      ['2026-01', false],
      ['2026-Q1', true],
      ['2026-Q2', true],
      ['2026-Q3', true],
    ]);
    expect(shown(account.total)).toBe('15.63');
  });

  test('a quarter without a predicate leaves its months in force, and a month its quarter', () => {
    const account = creditAccount(nurse, [
      { periodId: '2026-Q1', predicate: null },
      { periodId: '2026-02', predicate: 'GOOD' },
      { periodId: '2026-05', predicate: null },
      { periodId: '2026-Q2', predicate: 'GOOD' },
    ]);
    expect(account.periods.filter(({ counts }) => counts).map(({ periodId }) => periodId)).toEqual([
      '2026-02',
      '2026-Q2',
    ]);
  });

  test('a year without a predicate leaves its quarters in force', () => {
    const account = creditAccount(nurse, [
      { periodId: '2025', predicate: null },
      { periodId: '2025-Q1', predicate: 'GOOD' },
    ]);
    expect(shown(account.total)).toBe('3.13');
  });

  test('of nothing is no zero', () => {
    expect(creditAccount(nurse, [])).toEqual({ periods: [], levels: [], total: null });
  });

  test('counts no month twice, whatever periods there are and in whatever order they come', () => {
    const ids = ['2025', '2026'].flatMap((year) => [
      year,
      ...[1, 2, 3, 4].map((quarter) => `${year}-Q${quarter}`),
      ...Array.from({ length: 12 }, (_, at) => `${year}-${String(at + 1).padStart(2, '0')}`),
    ]);
    const predicates: Predicate[] = ['EXCELLENT', 'GOOD', 'NEEDS_IMPROVEMENT', 'POOR', 'VERY_POOR'];
    fc.assert(
      fc.property(
        fc.shuffledSubarray(ids),
        fc.constantFrom(...predicates),
        fc.constantFrom(...functionalLevels),
        (periods, predicate, level) => {
          const results = periods.map((periodId) => ({ periodId, predicate }));
          const person = career(stay(level, '2020-01-01'));
          const account = creditAccount(person, results);
          const months = account.periods
            .filter(({ counts }) => counts)
            .flatMap(({ spans }) => spans.reduce((sum, span) => sum + span.months, 0))
            .reduce((sum, each) => sum + each, 0);
          const covered = new Set(periods.flatMap(monthsIn));
          expect(months).toBe(covered.size);
          expect(creditAccount(person, results.toReversed())).toEqual(account);
        },
      ),
    );
  });
});

const monthsIn = (id: string): string[] => {
  const [year, part = ''] = id.split('-');
  const from = part.startsWith('Q') ? Number(part.slice(1)) * 3 - 2 : Number(part || 1);
  const length = part === '' ? 12 : part.startsWith('Q') ? 3 : 1;
  return Array.from({ length }, (_, at) => `${year}-${from + at}`);
};
