import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decimal } from '../../../functions/domain/decimal.ts';
import { evaluationFrame } from '../../../functions/domain/evaluation/evaluation-frame.ts';
import { scoreWorkResult } from '../../../functions/domain/evaluation/work-result.ts';
import {
  changedTakeoverMonths,
  handBack,
  takeOver,
  takeoverIn,
} from '../../../functions/domain/feedback/takeover.ts';
import type { Measure } from '../../../functions/domain/indicator/indicator.ts';
import type { Realisation } from '../../../functions/domain/indicator/realisation.ts';
import { defaultPolicyRules } from '../../../functions/domain/period/policy.ts';
import type { PlanLine } from '../../../functions/domain/plan/line.ts';
import { contentOf, type Plan, type Takeover } from '../../../functions/domain/plan/plan.ts';
import { Rejection } from '../../../functions/domain/problem.ts';
import { noUnits } from '../evaluation/evaluation-builders.ts';

const AT = '2026-05-02T00:00:00.000Z';
const measure = (buildUp: Measure['buildUp']): Measure => ({
  unitOfMeasure: 'kunjungan',
  polarity: 'MAXIMIZE',
  aboveRange: null,
  buildUp,
  realisedBy: 'REPORT',
});
const MONTHS = Array.from({ length: 12 }, (_, at) => String(at + 1).padStart(2, '0'));
const line = (id: string, weight: number, buildUp: Measure['buildUp'] = 'SUM'): PlanLine => ({
  id,
  kind: 'MAIN',
  title: id,
  aspect: 'QUANTITY',
  perspective: null,
  goalId: null,
  serves: null,
  indicatorId: id,
  definition: 1,
  measure: measure(buildUp),
  indicatorName: id,
  weight,
  targets:
    buildUp === 'RELEASED'
      ? { '06': { value: decimal(10) } }
      : Object.fromEntries(MONTHS.map((month) => [month, { value: decimal(10) }])),
});
const plan: Plan = {
  id: 'n1:2026',
  owner: { kind: 'STAFF', staffId: 'n1' },
  year: 2026,
  agreed: contentOf([line('L1', 5_000), line('L2', 3_000, 'LATEST'), line('L3', 2_000, 'RELEASED')]),
  agreedAt: AT,
  proposal: null,
  proposalState: null,
  proposedBy: null,
  proposedById: null,
  version: 1,
};
const takeover = (changes: Partial<Takeover> = {}): Takeover => ({
  lineId: 'L1',
  from: '2026-05',
  backFrom: null,
  note: 'Tidak dapat menyelesaikan karena penugasan lain',
  byId: 'kapus',
  at: AT,
  ...changes,
});
const problemsOf = (attempt: () => unknown): string[] => {
  try {
    attempt();
    return [];
  } catch (error) {
    if (!(error instanceof Rejection)) throw error;
    return error.problems.map(({ code, path }) => [code, path.join('.')].join(' ').trim());
  }
};
const closed = new Map([
  ['01', '2026-Q1'],
  ['02', '2026-Q1'],
  ['03', '2026-Q1'],
]);

test.each([
  ['2026-04', false],
  ['2026-05', true],
  ['2026-06', true],
  ['2026-07', false],
])('taken from May and given back from July, a line in %s is taken: %s', (month, taken) => {
  const both = [takeover({ lineId: 'L2', from: '2026-01' }), takeover({ backFrom: '2026-07' })];
  expect(takeoverIn(both, 'L1', month) !== undefined).toBe(taken);
  expect(takeoverIn(both, 'L3', month)).toBeUndefined();
});

describe('taking a work result over', () => {
  test.each<readonly [string, Partial<Takeover>, boolean, readonly string[]]>([
    ['from May', {}, true, []],
    ['from April, after the closed quarter', { from: '2026-04' }, true, []],
    ['from March, which is closed', { from: '2026-03' }, true, ['PERIOD_CLOSED from']],
    ['from another year', { from: '2027-01' }, true, ['OUTSIDE_PERIOD from']],
    ['from no month', { from: '2026-13' }, true, ['INVALID_FORMAT from']],
    ['from the first month of the year, which is closed', { from: '2026-01' }, true, ['PERIOD_CLOSED from']],
    ['from December, the last of the year', { from: '2026-12' }, true, []],
    ['from December of the year before', { from: '2025-12' }, true, ['OUTSIDE_PERIOD from']],
    ['of an index in the month of its release', { lineId: 'L3', from: '2026-06' }, true, []],
    ['of a line that is not there', { lineId: 'L9' }, true, ['NOT_FOUND lineId']],
    ['of an index that is out by then', { lineId: 'L3', from: '2026-07' }, true, ['TARGET_MISSING from']],
    ['without help before', {}, false, ['FOLLOW_UP_FIRST']],
    ['without a note, without help', { note: ' ' }, false, ['REQUIRED note', 'FOLLOW_UP_FIRST']],
  ])('%s', (_, changes, helped, problems) => {
    expect(problemsOf(() => takeOver(plan, takeover(changes), closed, helped))).toEqual(problems);
  });

  test('is not done twice, but again after it was given back', () => {
    const taken = takeOver(plan, takeover(), closed, true);
    expect(problemsOf(() => takeOver(taken, takeover({ from: '2026-08' }), closed, true))).toEqual([
      'ALREADY_EXISTS lineId',
    ]);
    expect(problemsOf(() => handBack(taken, 'L1', '2026-04', closed))).toEqual(['OUT_OF_RANGE from']);
    expect(problemsOf(() => handBack(taken, 'L2', '2026-07', closed))).toEqual(['NOT_FOUND lineId']);
    const back = handBack(taken, 'L1', '2026-07', closed);
    expect(changedTakeoverMonths(2026, [], back.takeovers ?? [])).toEqual(['05', '06']);
    expect(changedTakeoverMonths(2026, taken.takeovers ?? [], back.takeovers ?? [])).toEqual([
      '07',
      '08',
      '09',
      '10',
      '11',
      '12',
    ]);
    const again = takeOver(back, takeover({ from: '2026-10' }), closed, true);
    expect(changedTakeoverMonths(2026, [], again.takeovers ?? [])).toEqual(['05', '06', '10', '11', '12']);
  });
});

describe('taking over and giving back at the very month', () => {
  const taken = takeOver(plan, takeover(), closed, true);
  const back = handBack(taken, 'L1', '2026-07', closed);

  test('a line is taken again from the month in which it came back, and from none before', () => {
    const again = (from: string) => problemsOf(() => takeOver(back, takeover({ from }), closed, true));
    expect([again('2026-06'), again('2026-07')]).toEqual([['ALREADY_EXISTS lineId'], []]);
  });

  test('another line is nobody else’s business', () => {
    const both = takeOver(taken, takeover({ lineId: 'L2', from: '2026-05' }), closed, true);
    const [first, second] = both.takeovers ?? [];
    expect(handBack(both, 'L2', '2026-08', closed).takeovers).toEqual([
      first,
      { ...second, backFrom: '2026-08' },
    ]);
    expect(handBack(both, 'L1', '2026-08', closed).takeovers).toEqual([
      { ...first, backFrom: '2026-08' },
      second,
    ]);
    expect(changedTakeoverMonths(2026, taken.takeovers ?? [], both.takeovers ?? [])).toEqual(MONTHS.slice(4));
    expect(changedTakeoverMonths(2026, both.takeovers ?? [], both.takeovers ?? [])).toEqual([]);
  });

  test('a line is given back from its first month, and once', () => {
    const undone = handBack(taken, 'L1', '2026-05', closed);
    expect(changedTakeoverMonths(2026, [], undone.takeovers ?? [])).toEqual([]);
    expect(problemsOf(() => handBack(undone, 'L1', '2026-08', closed))).toEqual(['NOT_FOUND lineId']);
    expect(problemsOf(() => handBack(taken, 'L1', '2026-03', closed))).toEqual([
      'PERIOD_CLOSED from',
      'OUT_OF_RANGE from',
    ]);
  });

  test('a plan has as many takeovers as its limit, and no more', () => {
    const known = (count: number): Plan => ({
      ...plan,
      takeovers: Array.from({ length: count }, () => takeover({ lineId: 'L2', backFrom: '2026-05' })),
    });
    expect(problemsOf(() => takeOver(known(59), takeover(), closed, true))).toEqual([]);
    expect(problemsOf(() => takeOver(known(60), takeover(), closed, true))).toEqual(['TOO_MANY']);
  });

  test('a note is as long as its limit, and no longer', () => {
    const noted = (note: string) => problemsOf(() => takeOver(plan, takeover({ note }), closed, true));
    expect([noted('x'.repeat(1_000)), noted('x'.repeat(1_001))]).toEqual([[], ['TOO_LONG note']]);
  });
});

const report = (lineId: string, month: string, value: number): Realisation => ({
  planId: plan.id,
  lineId,
  month: `2026-${month}`,
  value: decimal(value),
  evidence: [],
  files: [],
  activities: null,
  note: null,
  state: 'VERIFIED',
  rejection: null,
  reportedBy: null,
  reportedAt: AT,
  version: 1,
});
const frameOf = (start: string, end: string) =>
  evaluationFrame({ id: 'p', rules: defaultPolicyRules }, { start, end }, [], noUnits);
const secondQuarter = frameOf('2026-04-01', '2026-06-30');

describe('the evaluation of a plan with a line taken over', () => {
  const realisations = [
    report('L1', '04', 10),
    report('L1', '05', 2),
    report('L2', '04', 9),
    report('L2', '06', 5),
    report('L3', '06', 12),
  ];
  const score = (takeovers: readonly Takeover[], frame = secondQuarter) =>
    scoreWorkResult({ ...plan, takeovers }, realisations, frame);

  test('compares the months before alone, and shows what was taken and why', () => {
    const [summed] = score([takeover()]).lines;
    expect(summed).toMatchObject({
      target: { value: '10' },
      realisation: '10',
      achievement: 100_000_000,
      takenOver: { from: '2026-05', backFrom: null, note: takeover().note },
    });
    expect(summed?.months.map(({ target, realisation }) => [target, realisation])).toEqual([
      [{ value: '10' }, '10'],
      [null, '2'],
      [null, null],
    ]);
    expect(score([takeover({ lineId: 'L2' })]).lines[1]).toMatchObject({ achievement: 90_000_000 });
  });

  test('gives the weight of a line that is taken over whole to the others', () => {
    const work = score([takeover({ from: '2026-04' }), takeover({ lineId: 'L3', from: '2026-06' })]);
    expect(work.lines.map(({ notMeasured, effectiveWeight }) => [notMeasured, effectiveWeight])).toEqual([
      ['TAKEN_OVER', 0],
      [null, 10_000],
      ['TAKEN_OVER', 0],
    ]);
    expect(work.score).toBe(50_000_000);
  });

  test('says nothing of a takeover in a period before it, nor of one that was undone', () => {
    expect(score([takeover({ from: '2026-07' })])).toEqual(score([]));
    expect(score([takeover({ backFrom: '2026-05' })])).toEqual(score([]));
  });

  test('counts both gaps of a line that was taken twice', () => {
    const twice = [takeover({ from: '2026-04', backFrom: '2026-05' }), takeover({ from: '2026-06' })];
    expect(score(twice).lines[0]).toMatchObject({ target: { value: '10' }, realisation: '2' });
  });

  test('never lowers the line for months that were taken, whatever was reported in them', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 3, maxLength: 3 }),
        fc.integer({ min: 1, max: 3 }),
        (values, kept) => {
          const figures = values.map((value, at) => report('L1', `0${4 + at}`, value));
          const from = `2026-0${4 + kept}`;
          const whole = { ...plan, takeovers: [takeover({ from })] };
          const before = frameOf('2026-04-01', `2026-0${3 + kept}-28`);
          expect(scoreWorkResult(whole, figures, secondQuarter).lines[0]?.achievement).toBe(
            scoreWorkResult(plan, figures, before).lines[0]?.achievement,
          );
        },
      ),
      { numRuns: 50 },
    );
  });
});
