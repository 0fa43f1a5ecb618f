import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Result } from '../../../functions/domain/evaluation/result.ts';
import type { CoreValue } from '../../../functions/domain/rating/core-values.ts';
import { type Course, nextInQueue, resized, seatFor } from '../../../functions/domain/training/course.ts';
import { periodsAround, programmeEffect } from '../../../functions/domain/training/effect.ts';
import { gapsOf, trainingNeeds } from '../../../functions/domain/training/needs.ts';
import { lineExplanation, result } from '../../store/examples.ts';

const MICRO = 1_000_000;

const person = (
  values: Partial<Record<CoreValue, number>>,
  lines: Readonly<Record<string, number | null>> = {},
): Result => {
  const base = result();
  return {
    ...base,
    behaviour: {
      ...base.behaviour,
      values: Object.entries(values).map(([value, mean]) => ({
        value: value as CoreValue,
        mean: mean * MICRO,
      })),
    },
    workResult: {
      ...base.workResult,
      lines: Object.entries(lines).map(([indicatorId, percent], at) => ({
        ...lineExplanation(at + 1),
        indicatorId,
        achievement: percent === null ? null : percent * MICRO,
      })),
    },
  };
};
const course = (id: string, changes: Partial<Course> = {}): Course => ({
  id,
  title: id,
  description: id,
  competence: 'TECHNICAL',
  method: 'CLASS',
  hours: 20,
  values: [],
  indicatorIds: [],
  jobGroups: [],
  retired: false,
  version: 1,
  ...changes,
});

describe('training needs of a year that builds on its quarters', () => {
  const year = (values: Parameters<typeof person>[0] = {}) => ({
    ...person(values, {}),
    workResult: { ...person({}, {}).workResult, source: 'PERIODS' as const, lines: [] },
  });
  const quarter = (periodId: string, lines: Parameters<typeof person>[1]) => ({
    ...person({}, lines),
    periodId,
  });
  const gaps = (...parts: Parameters<typeof gapsOf>[1] & object) =>
    gapsOf(year({ SERVICE: 1 }), parts).map((gap) => [
      gap.kind === 'VALUE' ? gap.value : gap.indicatorId,
      gap.gap / MICRO,
    ]);

  test('come from the lines of the quarters, each by the mean of what was measured', () => {
    expect(
      gaps(
        quarter('2026-Q1', { wait: 40, visits: 90, index: null }),
        quarter('2026-Q2', { wait: 80, visits: 120, index: null }),
        quarter('2026-Q3', { wait: null, visits: 100, index: 50 }),
      ),
    ).toEqual([
      ['SERVICE', 100],
      // (40 + 80) / 2, and (90 + 120 + 100) / 3 is above the target.
      ['index', 50],
      ['wait', 40],
    ]);
  });

  test('not from a quarter in which the person was away, headed a unit, or nothing was measured', () => {
    const away = {
      ...quarter('2026-Q1', { wait: 10 }),
      presence: { days: 90, served: 90, absent: 80, study: 0, evaluated: false },
    };
    const head = quarter('2026-Q2', { wait: 10 });
    const unit = { ...head, workResult: { ...head.workResult, source: 'UNIT_ACHIEVEMENT' as const } };
    expect(gaps(away, unit, quarter('2026-Q3', { wait: null }))).toEqual([['SERVICE', 100]]);
    expect(gaps()).toEqual([['SERVICE', 100]]);
  });

  test('are told in the words of the latest quarter, whatever the order in which they come', () => {
    const called = (periodId: string, title: string, percent: number | null) => {
      const part = quarter(periodId, { wait: percent });
      const lines = part.workResult.lines.map((line) => ({ ...line, title }));
      return { ...part, workResult: { ...part.workResult, lines } };
    };
    const parts = [
      called('2026-Q2', 'second', 40),
      called('2026-Q4', 'fourth', null),
      called('2026-Q1', 'first', 90),
      called('2026-Q3', 'third', 80),
    ];
    fc.assert(
      fc.property(fc.shuffledSubarray(parts, { minLength: parts.length }), (shuffled) => {
        expect(gapsOf(year(), shuffled)).toMatchObject([
          { kind: 'LINE', title: 'fourth', achievement: 70 * MICRO, gap: 30 * MICRO },
        ]);
      }),
    );
  });

  test('and of a result with lines of its own from these alone', () => {
    expect(gapsOf(person({}, { wait: 70 }), [quarter('2026-Q1', { wait: 10 })])).toMatchObject([
      { gap: 30 * MICRO },
    ]);
  });
});

describe('training needs', () => {
  test('come from values below 4 and measured lines below 100 percent, the greatest gap first', () => {
    const gaps = gapsOf(
      person({ SERVICE: 2.5, LOYAL: 4, ADAPTIVE: 1 }, { wait: 70, visits: 100, index: null }),
    );
    expect(gaps.map((gap) => [gap.kind === 'VALUE' ? gap.value : gap.indicatorId, gap.gap / MICRO])).toEqual([
      ['ADAPTIVE', 100],
      ['SERVICE', 50],
      ['wait', 30],
    ]);
  });

  test('begin the least below 4 and below 100 percent', () => {
    expect(gapsOf(person({ SERVICE: 4 }, { wait: 100 }))).toEqual([]);
    expect(gapsOf(person({ SERVICE: 3.999997 }, { wait: 99.999999 }))).toMatchObject([
      { kind: 'VALUE', gap: 100 },
      { kind: 'LINE', gap: 1 },
    ]);
  });

  test('of equal need come by code', () => {
    const courses = ['B', 'C', 'A'].map((id) => course(id, { values: ['SERVICE'] }));
    expect(trainingNeeds(person({ SERVICE: 2 }), courses).map(({ courseId }) => courseId)).toEqual([
      'A',
      'B',
      'C',
    ]);
  });

  test("rank the catalogue's courses by the gaps that each works on", () => {
    const needs = trainingNeeds(person({ SERVICE: 2.5, ADAPTIVE: 3.7 }, { wait: 70 }), [
      course('A-LOYAL', { values: ['LOYAL'] }),
      course('B-SERVICE', { values: ['SERVICE', 'ADAPTIVE'] }),
      course('C-QUEUES', { values: ['SERVICE'], indicatorIds: ['wait'] }),
      course('D-OLD', { values: ['SERVICE'], retired: true }),
      course('E-DOCTORS', { values: ['SERVICE'], jobGroups: ['doctor'] }),
      course('F-NURSES', { values: ['SERVICE'], jobGroups: ['nurse'] }),
    ]);
    expect(needs.map(({ courseId, need }) => [courseId, need / MICRO])).toEqual([
      ['C-QUEUES', 80],
      ['B-SERVICE', 60],
      ['F-NURSES', 50],
    ]);
    expect(needs[0]?.reasons).toMatchObject([{ value: 'SERVICE' }, { indicatorId: 'wait' }]);
  });

  test('of a head do not come from the unit, and nobody needs what is not known', () => {
    const head = person({}, { wait: 10 });
    expect(gapsOf({ ...head, workResult: { ...head.workResult, source: 'UNIT_ACHIEVEMENT' } })).toEqual([]);
    expect(gapsOf(person({}, { wait: null }))).toEqual([]);
    const presence = { days: 90, served: 90, absent: 80, study: 0, evaluated: false };
    expect(gapsOf({ ...person({ SERVICE: 1 }, { wait: 10 }), presence })).toEqual([]);
  });
});

describe('places', () => {
  test('are taken while one is free and nobody waits', () => {
    expect(seatFor({ capacity: 2, taken: 1, waiting: 0 })).toBe('TAKE');
    expect(seatFor({ capacity: 2, taken: 2, waiting: 0 })).toBe('QUEUE');
    expect(seatFor({ capacity: 2, taken: 1, waiting: 1 })).toBe('QUEUE');
  });

  test('can become more, for those who wait, but never fewer than are taken', () => {
    expect(resized({ capacity: 2, taken: 2, waiting: 3 }, 4)).toEqual({ promoted: 2 });
    expect(resized({ capacity: 2, taken: 2, waiting: 1 }, 9)).toEqual({ promoted: 1 });
    expect(resized({ capacity: 5, taken: 2, waiting: 0 }, 2)).toEqual({ promoted: 0 });
    expect(resized({ capacity: 5, taken: 3, waiting: 0 }, 2)).toMatchObject({ code: 'OUT_OF_RANGE' });
  });

  test('go to who has waited longest, whatever the order in the list', () => {
    const waiting = (staffId: string, at: number) => ({
      staffId,
      state: 'WAITING' as const,
      requestedAt: `2026-01-0${at}T00:00:00.000Z`,
    });
    const others = [
      { ...waiting('has-place', 1), state: 'ENROLLED' as const },
      { ...waiting('gave-up', 1), state: 'WITHDRAWN' as const },
    ];
    const queue = [waiting('late', 9), waiting('b', 2), waiting('a', 2), ...others];
    fc.assert(
      fc.property(fc.shuffledSubarray(queue, { minLength: queue.length }), (list) => {
        expect(nextInQueue(list, 2).map(({ staffId }) => staffId)).toEqual(['a', 'b']);
      }),
    );
  });
});

describe('the effect of a programme', () => {
  const published = (...ids: string[]) => ids.map((id) => ({ id, publishedRun: 'r1' }));

  test('compares the last period before it with the first one after it, of one kind', () => {
    const programme = { startsOn: '2026-04-10', endsOn: '2026-04-12' };
    const periods = published(
      '2025-Q4',
      '2026-Q1',
      '2026-Q2',
      '2026-Q3',
      '2025',
      '2026-03',
      '2026-04',
      '2026-05',
    );
    expect(periodsAround(programme, periods)).toEqual(['2026-03', '2026-05']);
    expect(periodsAround(programme, published('2025-Q4', '2026-Q1', '2026-Q2', '2026-Q3'))).toEqual([
      '2026-Q1',
      '2026-Q3',
    ]);
    expect(periodsAround(programme, published('2026-Q1', '2026-Q2'))).toBeNull();
    expect(
      periodsAround(programme, [...published('2026-Q1'), { id: '2026-Q3', publishedRun: null }]),
    ).toBeNull();
  });

  const of = { values: ['SERVICE'] as const, indicatorIds: ['wait'] };
  const pair = (before: number, after: number | null) =>
    [
      person({ SERVICE: before }, { wait: 80 }),
      person(after === null ? {} : { SERVICE: after }, { wait: 90 }),
    ] as const;

  test('is the mean of those who have the figure on both sides', () => {
    const effect = programmeEffect(
      of,
      ['2026-Q1', '2026-Q3'],
      [pair(2, 3), pair(3, 4), pair(4, 5), pair(1, null)],
    );
    expect(effect).toEqual({
      before: '2026-Q1',
      after: '2026-Q3',
      values: { participants: 3, before: 3 * MICRO, after: 4 * MICRO },
      lines: { participants: 4, before: 80 * MICRO, after: 90 * MICRO },
    });
  });

  test('compares only the values and the indicators that were measured in both periods', () => {
    const both = { values: ['SERVICE', 'LOYAL'] as const, indicatorIds: ['a', 'b'] };
    const one = [
      person({ SERVICE: 2 }, { a: 80, b: null }),
      person({ SERVICE: 2, LOYAL: 5 }, { a: 80, b: 120 }),
    ] as const;
    expect(programmeEffect(both, ['2026-Q1', '2026-Q3'], [one, one, one])).toMatchObject({
      values: { participants: 3, before: 2 * MICRO, after: 2 * MICRO },
      lines: { participants: 3, before: 80 * MICRO, after: 80 * MICRO },
    });
  });

  test('leaves out who was away for too long, and the unit lines of its head', () => {
    const [before, after] = pair(2, 5);
    const presence = { days: 90, served: 90, absent: 80, study: 0, evaluated: false };
    const unit = { ...after, workResult: { ...after.workResult, source: 'UNIT_ACHIEVEMENT' as const } };
    const others = [pair(2, 3), pair(3, 4), pair(4, 5)];
    const effect = programmeEffect(
      of,
      ['2026-Q1', '2026-Q3'],
      [...others, [before, { ...after, presence }], [before, unit]],
    );
    expect(effect.values?.participants).toBe(4);
    expect(effect.lines?.participants).toBe(3);
  });

  test('of fewer than three is not shown', () => {
    const effect = programmeEffect(of, ['2026-Q1', '2026-Q3'], [pair(2, 3), pair(3, 4), [null, null]]);
    expect(effect).toMatchObject({ values: null, lines: null });
  });
});
