import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addDays,
  addWorkingDays,
  fixedHolidays,
  isDate,
  isInstant,
  isMonth,
  isWorkingDay,
  lastDayOf,
  localDateOf,
  monthsBetween,
  startOfLocalDay,
} from '../../functions/domain/calendar.ts';

const none = new Set<string>();

describe('what exists', () => {
  test.each(['2026-02-28', '2024-02-29', '2000-02-29', '2026-12-31'])('%s is a date', (text) => {
    expect(isDate(text)).toBe(true);
  });
  test.each([
    '2026-02-29',
    '1900-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-1-1',
    '20260101',
    '',
    '2026-04-31',
  ])('%s is no date', (text) => {
    expect(isDate(text)).toBe(false);
  });
  test('months and instants have one form each', () => {
    expect(['2026-01', '2026-12'].every(isMonth)).toBe(true);
    expect(['2026-00', '2026-13', '2026-1', '2026'].some(isMonth)).toBe(false);
    expect(isInstant('2026-01-31T17:00:00.000Z')).toBe(true);
    expect(
      ['2026-01-31T17:00:00Z', '2026-02-30T00:00:00.000Z', '2026-01-01T25:00:00.000Z'].some(isInstant),
    ).toBe(false);
  });
});

test.each([
  ['2026-02', '2026-02-28'],
  ['2024-02', '2024-02-29'],
  ['2026-12', '2026-12-31'],
])('the last day of %s is %s', (month, day) => {
  expect(lastDayOf(month)).toBe(day);
});

describe('working days', () => {
  test.each([
    ['2026-04-03', 1, none, '2026-04-06'],
    ['2026-04-06', 5, none, '2026-04-13'],
    ['2026-04-04', 1, none, '2026-04-06'],
    ['2026-04-06', 0, none, '2026-04-06'],
    ['2026-04-01', 14, none, '2026-04-21'],
    ['2026-04-01', 1, new Set(['2026-04-02', '2026-04-03']), '2026-04-06'],
    ['2026-12-31', 1, new Set(['2027-01-01']), '2027-01-04'],
  ])('from %s, %d working days', (from, n, holidays, to) => {
    expect(addWorkingDays(from, n, holidays)).toBe(to);
  });

  test('a term of n working days holds n working days and ends on one', () => {
    const aDay = fc.integer({ min: 0, max: 3_000 }).map((days) => addDays('2024-01-01', days));
    fc.assert(
      fc.property(
        aDay,
        fc.integer({ min: 1, max: 60 }),
        fc.uniqueArray(aDay, { maxLength: 200 }),
        (from, n, free) => {
          const holidays = new Set(free);
          const to = addWorkingDays(from, n, free);
          expect(isWorkingDay(to, holidays)).toBe(true);
          let held = 0;
          for (let day = addDays(from, 1); day <= to; day = addDays(day, 1))
            if (isWorkingDay(day, holidays)) held += 1;
          expect(held).toBe(n);
        },
      ),
      { numRuns: 50 },
    );
  });

  test('a holiday on a weekend changes nothing', () => {
    expect(addWorkingDays('2026-08-14', 1, ['2026-08-15'])).toBe('2026-08-17');
    expect(addWorkingDays('2026-08-14', 1, fixedHolidays(2026, 2026))).toBe('2026-08-18');
  });
});

describe("the region's clock", () => {
  test.each([
    ['2026-03-31T16:59:59.999Z', 420, '2026-03-31'],
    ['2026-03-31T17:00:00.000Z', 420, '2026-04-01'],
    ['2026-03-31T15:00:00.000Z', 540, '2026-04-01'],
    ['2026-01-01T00:00:00.000Z', -60, '2025-12-31'],
  ])('at %s, %d minutes east, it is %s', (instant, offset, date) => {
    expect(localDateOf(instant, offset)).toBe(date);
  });
  test('a day begins when the clock shows it first', () => {
    expect(startOfLocalDay('2026-04-01', 420)).toBe('2026-03-31T17:00:00.000Z');
  });
});

test('months from one to another cross years', () => {
  expect(monthsBetween('2025-11', '2026-02')).toEqual(['2025-11', '2025-12', '2026-01', '2026-02']);
  expect(monthsBetween('2026-02', '2026-01')).toEqual([]);
});
