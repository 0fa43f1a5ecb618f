import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Activity,
  activityIdOf,
  checkActivity,
  checkDay,
  checkReportedByHand,
  correctActivity,
  readActivityId,
  reportActivity,
  returnActivity,
  verifyActivity,
  withdrawActivity,
} from '../../../functions/domain/activity/activity.ts';
import {
  countedActivities,
  deriveRealisation,
  figureOf,
} from '../../../functions/domain/activity/derivation.ts';
import { checkEvidence, EVIDENCE_LIMITS } from '../../../functions/domain/activity/evidence.ts';
import { bigMicroOf, decimal } from '../../../functions/domain/decimal.ts';
import { checkMeasure, type Measure } from '../../../functions/domain/indicator/indicator.ts';
import type { PlanLine } from '../../../functions/domain/plan/line.ts';
import { contentOf, type PlanContent, type PlanOwner } from '../../../functions/domain/plan/plan.ts';
import { type Problem, Rejection } from '../../../functions/domain/problem.ts';

const NOW = '2026-03-10T02:00:00.000Z';
const owner: PlanOwner = { kind: 'STAFF', staffId: 's-1' };
const unitOwner: PlanOwner = { kind: 'UNIT', unitId: 'u-1' };
const key = { planId: 's-1:2026', lineId: 'L1', month: '2026-03' };

const measure = (changes: Partial<Measure> = {}): Measure => ({
  unitOfMeasure: 'pasien',
  polarity: 'MAXIMIZE',
  aboveRange: null,
  buildUp: 'SUM',
  realisedBy: 'ACTIVITY',
  ...changes,
});
const line = (changes: Partial<Measure> = {}, id = 'L1'): PlanLine => ({
  id,
  kind: 'MAIN',
  title: 'Kunjungan',
  aspect: 'QUANTITY',
  perspective: null,
  goalId: null,
  serves: null,
  indicatorId: 'i-1',
  definition: 1,
  measure: measure(changes),
  indicatorName: 'Kunjungan',
  weight: 10_000,
  targets: { '03': { value: decimal(20) } },
});
const agreed = (...lines: PlanLine[]): PlanContent => contentOf(lines);

let made = 0;
const activity = (changes: Partial<Activity> & { readonly of?: string | number | null } = {}): Activity => {
  const { of = 3, ...more } = changes;
  const day = more.day ?? '2026-03-02';
  made += 1;
  return {
    ...reportActivity(
      { id: activityIdOf(key.planId, day, `a-${made}`), planId: key.planId, staffId: 's-1', day },
      { lineId: 'L1', title: 'Kunjungan rumah', amount: of === null ? null : decimal(of), note: null },
      's-1',
      NOW,
    ),
    state: 'VERIFIED',
    version: 1,
    ...more,
  };
};

const codes = (problems: readonly Problem[]): readonly string[] =>
  problems.map(({ code, path }) => `${code} ${path.join('.')}`.trim());
const refusal = (attempt: () => unknown): readonly string[] => {
  try {
    attempt();
    return [];
  } catch (error) {
    if (!(error instanceof Rejection)) throw error;
    return codes(error.problems);
  }
};

describe('the id of an activity', () => {
  test('says where it lies', () => {
    const id = activityIdOf('s-1:2026', '2026-03-02', 'a-1');
    expect(id).toBe('s-1:2026:0302:a-1');
    expect(readActivityId(id)).toEqual({ planId: 's-1:2026', day: '2026-03-02', ownId: 'a-1' });
  });

  test.each(['', 's-1:2026', 's-1:2026:0230:a', 's-1:2026:0302:', 's-1:0302:a'])('is not "%s"', (id) => {
    expect(readActivityId(id)).toBeNull();
  });
});

describe('a report', () => {
  test.each([
    ['2026-03-10', []],
    ['2026-03-11', ['OUT_OF_RANGE day']],
    ['2025-12-31', ['OUTSIDE_PERIOD day']],
    ['2026-02-30', ['INVALID_FORMAT day']],
  ])('of the day %s comes to %j', (day, expected) => {
    expect(codes(checkDay(day, 2026, '2026-03-10'))).toEqual(expected);
  });

  const report = { lineId: 'L1', title: 'Kunjungan', amount: decimal(3), note: null };
  test.each([
    ['fits', {}, {}, []],
    ['names a line that there is not', {}, { lineId: 'L9' }, ['NOT_FOUND lineId']],
    ['has no amount where the figure is made of them', {}, { amount: null }, ['REQUIRED amount']],
    ['has no amount where the figure is reported', { realisedBy: 'REPORT' }, { amount: null }, []],
    ['has an amount below zero', {}, { amount: decimal(-1) }, ['OUT_OF_RANGE amount']],
    ['has one where figures may be negative', { polarity: 'STABILIZE' }, { amount: decimal(-1) }, []],
    ['has zero', {}, { amount: decimal(0) }, []],
    ['says nothing', {}, { title: ' ' }, ['REQUIRED title']],
    [
      'says too much',
      {},
      { title: 'x'.repeat(301), note: 'x'.repeat(2001) },
      ['TOO_LONG title', 'TOO_LONG note'],
    ],
  ] as const)('that %s', (_, changes, reported, expected) => {
    expect(codes(checkActivity(agreed(line(changes)), { ...report, ...reported }))).toEqual(expected);
  });

  test('by hand is refused on a line that activities make, of a person but not of a unit', () => {
    expect(codes(checkReportedByHand(owner, agreed(line()), 'L1'))).toEqual(['REALISED_BY_ACTIVITY lineId']);
    expect(checkReportedByHand(unitOwner, agreed(line()), 'L1')).toEqual([]);
    expect(checkReportedByHand(owner, agreed(line({ realisedBy: 'REPORT' })), 'L1')).toEqual([]);
    expect(checkReportedByHand(owner, agreed(line()), 'L9')).toEqual([]);
  });

  test('never makes a published figure', () => {
    expect(codes(checkMeasure(measure({ buildUp: 'RELEASED' })))).toEqual([
      'INVALID_FORMAT measure.realisedBy',
    ]);
  });
});

describe('an activity', () => {
  const states = ['REPORTED', 'VERIFIED', 'RETURNED', 'WITHDRAWN'] as const;
  const report = { lineId: 'L2', title: ' Kunjungan ', amount: decimal(4), note: ' ' };
  test.each([
    [
      'verified',
      (of: Activity) => verifyActivity(of, 's-head', NOW),
      ['', 'NO_CHANGE', 'WRONG_STATE', 'WRONG_STATE'],
    ],
    ['returned', (of: Activity) => returnActivity(of, 'kurang', NOW), ['', '', 'WRONG_STATE', 'WRONG_STATE']],
    [
      'corrected',
      (of: Activity) => correctActivity(of, report, 's-1', NOW),
      ['', 'WRONG_STATE', '', 'WRONG_STATE'],
    ],
    ['withdrawn', (of: Activity) => withdrawActivity(of), ['', 'WRONG_STATE', '', 'WRONG_STATE']],
  ] as const)('can be %s only in some states', (_, change, expected) => {
    const found = states.map((state) => refusal(() => change(activity({ state }))).join());
    expect(found).toEqual(expected);
  });

  test('is not verified by who reported it, nor returned without a reason', () => {
    const reported = activity({ state: 'REPORTED' });
    expect(refusal(() => verifyActivity(reported, 's-1', NOW))).toEqual(['FORBIDDEN']);
    expect(refusal(() => returnActivity(reported, ' ', NOW))).toEqual(['REASON_REQUIRED reason']);
  });

  test('waits again when it is corrected, on the same day', () => {
    const returned = returnActivity(activity({ state: 'REPORTED' }), ' jumlah keliru ', NOW);
    expect(returned).toMatchObject({ state: 'RETURNED', returnReason: 'jumlah keliru', decidedAt: NOW });
    expect(correctActivity(returned, report, 's-1', NOW)).toMatchObject({
      state: 'REPORTED',
      returnReason: null,
      decidedAt: null,
      lineId: 'L2',
      title: 'Kunjungan',
      note: null,
      day: returned.day,
    });
  });
});

describe("a month's figure out of activities", () => {
  test('is the exact sum, of this line, this month, and what is verified', () => {
    const activities = [
      activity({ of: '0.1' }),
      activity({ of: '0.2', day: '2026-03-31' }),
      activity({ of: 5, lineId: 'L2' }),
      activity({ of: 5, day: '2026-04-01' }),
      activity({ of: 5, state: 'REPORTED' }),
      activity({ of: 5, state: 'RETURNED' }),
      activity({ of: 5, state: 'WITHDRAWN' }),
      activity({ of: null }),
    ];
    const derived = deriveRealisation(owner, line(), key, null, activities, null, NOW);
    expect(derived).toMatchObject({
      ...key,
      value: '0.3',
      state: 'VERIFIED',
      activities: 2,
      reportedBy: null,
    });
  });

  test('is the last amount where the indicator takes the latest', () => {
    const activities = [
      activity({ of: 9, day: '2026-03-20' }),
      activity({ of: 7, day: '2026-03-03' }),
      activity({ of: 8, day: '2026-03-20', reportedAt: '2026-03-09T00:00:00.000Z' }),
    ];
    const derived = deriveRealisation(owner, line({ buildUp: 'LATEST' }), key, null, activities, null, NOW);
    expect(derived).toMatchObject({ value: '9', activities: 3 });
  });

  test('is nothing, and never zero, when nothing counts', () => {
    expect(
      deriveRealisation(owner, line(), key, null, [activity({ state: 'REPORTED' })], null, NOW),
    ).toBeNull();
  });

  test('is rejected with the reason when the last one that counted is returned', () => {
    const built = deriveRealisation(owner, line(), key, null, [activity()], null, NOW);
    expect(deriveRealisation(owner, line(), key, built, [], 'bukan pasien kita', NOW)).toMatchObject({
      state: 'REJECTED',
      rejection: 'bukan pasien kita',
      activities: 0,
    });
  });

  test('a figure that a decision on an objection set stays, whatever is verified or returned later', () => {
    const built = deriveRealisation(owner, line(), key, null, [activity({ of: 2 })], null, NOW);
    const setRight = built && { ...built, activities: null, setRightBy: '2026-Q1:1:n1' };
    expect(deriveRealisation(owner, line(), key, setRight, [activity({ of: 4 })], null, NOW)).toBeNull();
    expect(deriveRealisation(owner, line(), key, setRight, [], 'bukan pasien kita', NOW)).toBeNull();
    // Without a decision the activities make it, also in place of what was imported.
    const adopted = built && { ...built, activities: null };
    expect(deriveRealisation(owner, line(), key, adopted, [activity({ of: 4 })], null, NOW)).toMatchObject({
      value: '4',
    });
  });

  test('is left to those who report it where the indicator says so, unless activities made it before', () => {
    const byHand = line({ realisedBy: 'REPORT' });
    const built = deriveRealisation(owner, line(), key, null, [activity({ of: 2 })], null, NOW);
    expect(deriveRealisation(owner, byHand, key, null, [activity()], null, NOW)).toBeNull();
    expect(deriveRealisation(unitOwner, line(), key, null, [activity()], null, NOW)).toBeNull();
    expect(deriveRealisation(owner, byHand, key, built, [activity({ of: 4 })], null, NOW)).toMatchObject({
      value: '4',
    });
  });

  test('of more than 15 digits is refused', () => {
    const huge = activity({ of: '999999999999999' });
    expect(refusal(() => figureOf(measure(), countedActivities([huge, activity()], key)))).toEqual([
      'OUT_OF_RANGE amount',
    ]);
  });

  test('does not depend on the order in which activities are read, and sums exactly', () => {
    const amounts = fc.array(fc.integer({ min: 0, max: 2_000_000_000 }), { minLength: 1, maxLength: 20 });
    const micro = (whole: number): string =>
      `${Math.floor(whole / 1_000_000)}.${String(whole % 1_000_000).padStart(6, '0')}`;
    fc.assert(
      fc.property(amounts, fc.constantFrom('SUM', 'LATEST'), fc.integer(), (millionths, buildUp, turn) => {
        const all = millionths.map((each, at) =>
          activity({ of: micro(each), day: `2026-03-${String((at % 28) + 1).padStart(2, '0')}` }),
        );
        const at = Math.abs(turn) % all.length;
        const turned = [...all.slice(at), ...all.slice(0, at)];
        const figure = figureOf(measure({ buildUp }), countedActivities(all, key));
        expect(figureOf(measure({ buildUp }), countedActivities(turned, key))).toBe(figure);
        if (buildUp === 'SUM' && figure !== null)
          expect(bigMicroOf(figure)).toBe(millionths.reduce((sum, each) => sum + BigInt(each), 0n));
      }),
      { numRuns: 50 },
    );
  });
});

describe('what is announced as evidence', () => {
  const file = { fileName: 'daftar hadir.pdf', size: 10, sha256: 'ab'.repeat(32) };
  test.each([
    [{}, []],
    [{ size: EVIDENCE_LIMITS.bytes }, []],
    [{ size: EVIDENCE_LIMITS.bytes + 1 }, ['OUT_OF_RANGE size']],
    [{ size: 0 }, ['OUT_OF_RANGE size']],
    [{ sha256: 'ab' }, ['INVALID_FORMAT sha256']],
    [{ fileName: 'a\u202Efdp.exe' }, ['INVALID_FORMAT fileName']],
    [{ fileName: '' }, ['REQUIRED fileName']],
  ])('with %j comes to %j', (changes, expected) => {
    expect(codes(checkEvidence({ ...file, ...changes }))).toEqual(expected);
  });
});
