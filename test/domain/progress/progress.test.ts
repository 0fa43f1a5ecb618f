import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Decimal, decimal, sumDecimals } from '../../../functions/domain/decimal.ts';
import type { Measure, Target } from '../../../functions/domain/indicator/indicator.ts';
import type { Realisation } from '../../../functions/domain/indicator/realisation.ts';
import { defaultPolicyRules } from '../../../functions/domain/period/policy.ts';
import type { PlanLine } from '../../../functions/domain/plan/line.ts';
import { contentOf, type Plan } from '../../../functions/domain/plan/plan.ts';
import {
  lastMonthOver,
  missingFigures,
  type Pace,
  paceOf,
  planProgress,
} from '../../../functions/domain/progress/progress.ts';
import {
  countLacking,
  countPaces,
  sumCounts,
  sumLacking,
} from '../../../functions/domain/progress/unit-progress.ts';

const AT = '2026-05-02T00:00:00.000Z';
const lineOf = (
  id: string,
  measure: Partial<Measure>,
  targets: Readonly<Record<string, Target>>,
  kind: PlanLine['kind'] = 'MAIN',
): PlanLine => ({
  id,
  kind,
  title: id,
  aspect: 'QUANTITY',
  perspective: null,
  goalId: null,
  serves: null,
  indicatorId: id,
  definition: 1,
  measure: {
    unitOfMeasure: 'x',
    polarity: 'MAXIMIZE',
    aboveRange: null,
    buildUp: 'SUM',
    realisedBy: 'REPORT',
    ...measure,
  },
  indicatorName: id,
  weight: 0,
  targets,
});
const every = (value: number): Record<string, Target> =>
  Object.fromEntries(
    Array.from({ length: 12 }, (_, at) => [String(at + 1).padStart(2, '0'), { value: decimal(value) }]),
  );
const planOf = (lines: readonly PlanLine[], more: Partial<Plan> = {}): Plan => ({
  id: 'n1:2026',
  owner: { kind: 'STAFF', staffId: 'n1' },
  year: 2026,
  agreed: contentOf(lines),
  agreedAt: AT,
  proposal: null,
  proposalState: null,
  proposedBy: null,
  proposedById: null,
  version: 1,
  ...more,
});
const reported = (
  lineId: string,
  month: string,
  value: Decimal,
  state: Realisation['state'] = 'REPORTED',
): Realisation => ({
  planId: 'n1:2026',
  lineId,
  month: `2026-${month}`,
  value,
  evidence: [],
  files: [],
  activities: null,
  note: null,
  state,
  rejection: null,
  reportedBy: null,
  reportedAt: AT,
  version: 1,
});
const one = (
  line: PlanLine,
  realisations: readonly Realisation[],
  through: string | null = '2026-03',
  more = {},
) => planProgress(planOf([line], more), realisations, through, defaultPolicyRules).lines[0];

describe('a line up to March', () => {
  test.each<readonly [string, readonly (readonly [string, number])[], object]>([
    [
      'on pace',
      [
        ['01', 10],
        ['02', 9],
        ['03', 10],
      ],
      { pace: 'ON_PACE', reached: '29', missing: [] },
    ],
    [
      'ahead',
      [
        ['01', 11],
        ['02', 10],
        ['03', 10],
      ],
      { pace: 'AHEAD', reached: '31' },
    ],
    [
      'behind',
      [
        ['01', 5],
        ['02', 5],
        ['03', 5],
      ],
      { pace: 'BEHIND', achievement: 50_000_000 },
    ],
    [
      'with a month missing, which lowers nothing',
      [
        ['01', 10],
        ['03', 10],
      ],
      {
        pace: 'ON_PACE',
        achievement: 100_000_000,
        reached: '20',
        expected: { value: '30' },
        compared: { value: '20' },
        missing: ['2026-02'],
      },
    ],
    [
      'with nothing reported',
      [],
      {
        pace: 'NOT_REPORTED',
        reached: null,
        compared: null,
        achievement: null,
        missing: ['2026-01', '2026-02', '2026-03'],
      },
    ],
    [
      'exactly at the band of what meets, which is on pace',
      [
        ['01', 9],
        ['02', 9],
        ['03', 9],
      ],
      { pace: 'ON_PACE', achievement: 90_000_000 },
    ],
    [
      'the least below that band',
      [
        ['01', 9],
        ['02', 9],
        ['03', 8.999999],
      ],
      { pace: 'BEHIND', achievement: 89_999_997 },
    ],
    [
      'exactly at the band over which one is ahead, which is on pace',
      [
        ['01', 10],
        ['02', 10],
        ['03', 10],
      ],
      { pace: 'ON_PACE', achievement: 100_000_000 },
    ],
    [
      'the least over that band',
      [
        ['01', 10],
        ['02', 10],
        ['03', 10.000001],
      ],
      { pace: 'AHEAD' },
    ],
    ['with only a month to come reported', [['04', 99]], { pace: 'NOT_REPORTED', reached: null }],
  ])('of a sum, %s', (_, months, expected) => {
    const figures = months.map(([month, value]) => reported('L', month, decimal(value)));
    expect(one(lineOf('L', {}, every(10)), figures)).toMatchObject({
      expected: { value: '30' },
      ofYear: { value: '120' },
      ...expected,
    });
  });

  test('of a latest figure: the last one against its own month', () => {
    const line = lineOf('L', { buildUp: 'LATEST', polarity: 'MINIMIZE' }, every(8));
    expect(one(line, [reported('L', '01', decimal(4)), reported('L', '02', decimal(9))])).toMatchObject({
      pace: 'BEHIND',
      achievement: 87_500_000,
      expected: { value: '8' },
      reached: '9',
      missing: ['2026-03'],
    });
  });

  test('of a latest figure: the later of two months, also where the year has two digits of them', () => {
    const line = lineOf('L', { buildUp: 'LATEST' }, { ...every(8), '12': { value: decimal(16) } });
    const figures = ['09', '02', '10'].map((month) => reported('L', month, decimal(month)));
    expect(one(line, figures, '2026-12')).toMatchObject({
      expected: { value: '16' },
      reached: '10',
      achievement: 120_000_000,
      missing: [
        '2026-01',
        '2026-03',
        '2026-04',
        '2026-05',
        '2026-06',
        '2026-07',
        '2026-08',
        '2026-11',
        '2026-12',
      ],
    });
  });

  test('of a range expects the sum of both its ends', () => {
    const ends = { low: decimal(1.5), high: decimal(2) };
    const line = lineOf('L', { polarity: 'RANGE', aboveRange: 'INSIDE_IS_BEST' }, { '01': ends, '02': ends });
    expect(one(line, [reported('L', '01', decimal(1.2))])).toMatchObject({
      expected: { low: '3', high: '4' },
      reached: '1.2',
      achievement: 80_000_000,
    });
  });

  test('of an index: nothing is due before its release', () => {
    const line = lineOf('L', { buildUp: 'RELEASED' }, { '06': { value: decimal(80) } });
    expect(one(line, [])).toMatchObject({ pace: 'NOT_DUE', expected: null, missing: [] });
    expect(one(line, [], '2026-06')).toMatchObject({ pace: 'NOT_REPORTED', missing: ['2026-06'] });
    expect(one(line, [reported('L', '06', decimal(84))], '2026-07')).toMatchObject({ pace: 'AHEAD' });
  });

  test('that was rejected counts as missing', () => {
    const figures = [reported('L', '01', decimal(10)), reported('L', '02', decimal(1), 'REJECTED')];
    expect(one(lineOf('L', {}, every(10)), figures)).toMatchObject({
      pace: 'ON_PACE',
      missing: ['2026-02', '2026-03'],
    });
  });

  test('with a target of zero cannot be compared', () => {
    expect(one(lineOf('L', {}, every(0)), [reported('L', '01', decimal(1))])).toMatchObject({
      pace: 'NOT_COMPARABLE',
    });
  });

  test('that the leader took over is the person’s up to then', () => {
    const taken = (from: string) => ({
      takeovers: [{ lineId: 'L', from, backFrom: null, note: 'x', byId: 'k', at: AT }],
    });
    const line = lineOf('L', {}, every(10));
    expect(one(line, [], '2026-03', taken('2026-01'))).toMatchObject({ pace: 'TAKEN_OVER', missing: [] });
    expect(one(line, [reported('L', '01', decimal(10))], '2026-03', taken('2026-02'))).toMatchObject({
      pace: 'ON_PACE',
      expected: { value: '10' },
      missing: [],
      takenOver: true,
    });
  });

  test('in January expects nothing yet', () => {
    expect(one(lineOf('L', {}, every(10)), [], null)).toMatchObject({ pace: 'NOT_DUE', expected: null });
  });

  test('adds up exactly, whatever the order of the reports', () => {
    const cents = fc.integer({ min: 0, max: 10_000_000 }).map((each) => decimal((each / 100).toFixed(2)));
    fc.assert(
      fc.property(fc.array(cents, { minLength: 1, maxLength: 12 }), fc.boolean(), (values, reversed) => {
        const figures = values.map((value, at) => reported('L', String(at + 1).padStart(2, '0'), value));
        const line = one(lineOf('L', {}, every(10)), reversed ? figures.toReversed() : figures, '2026-12');
        expect(line?.reached).toBe(sumDecimals(values));
        expect(line?.missing).toHaveLength(12 - values.length);
      }),
      { numRuns: 50 },
    );
  });
});

test.each<readonly [readonly Pace[], Pace]>([
  [[], 'NOT_DUE'],
  [['AHEAD', 'BEHIND', 'NOT_REPORTED'], 'BEHIND'],
  [['AHEAD', 'NOT_REPORTED'], 'NOT_REPORTED'],
  [['AHEAD', 'ON_PACE'], 'ON_PACE'],
  [['AHEAD', 'NOT_DUE', 'TAKEN_OVER'], 'AHEAD'],
  [['TAKEN_OVER', 'NOT_DUE'], 'NOT_DUE'],
  [['TAKEN_OVER'], 'TAKEN_OVER'],
])('lines that are %j are together %s', (paces, together) => {
  expect(paceOf(paces)).toBe(together);
});

test('what is missing in some months is told line by line, of additional lines too, and not of what was taken over', () => {
  const lines = [
    lineOf('L', {}, every(10)),
    lineOf('Q', {}, { '02': { value: decimal(5) } }, 'ADDITIONAL'),
    lineOf('T', {}, every(10)),
  ];
  const takeovers = [{ lineId: 'T', from: '2026-02', backFrom: '2026-04', note: 'x', byId: 'k', at: AT }];
  const plan = planOf(lines, { takeovers });
  const realisations = [
    reported('L', '01', decimal(0)),
    reported('L', '02', decimal(10), 'REJECTED'),
    reported('L', '04', decimal(10), 'VERIFIED'),
    { ...reported('T', '01', decimal(10)), planId: 'n2:2026' },
  ];
  const missing = (...months: string[]) =>
    missingFigures(plan, realisations, months).map(({ line, month }) => `${line.id} ${month}`);
  expect(missing('2026-01', '2026-02', '2026-04')).toEqual([
    'L 2026-02',
    'Q 2026-02',
    'T 2026-01',
    'T 2026-04',
  ]);
  expect(missing('2026-03')).toEqual(['L 2026-03']);
  expect(missing()).toEqual([]);
  expect(missing('2025-02')).toEqual([]);
  expect(missingFigures({ ...plan, agreed: null }, [], ['2026-01'])).toEqual([]);
});

test('additional lines say nothing of the whole', () => {
  const lines = [lineOf('L1', {}, every(10)), lineOf('L2', {}, every(10), 'ADDITIONAL')];
  const figures = ['01', '02', '03'].map((month) => reported('L1', month, decimal(10)));
  expect(planProgress(planOf(lines), figures, '2026-03', defaultPolicyRules)).toMatchObject({
    pace: 'ON_PACE',
    missing: [],
  });
  const nothing = planOf(lines, { agreed: null });
  expect(planProgress(nothing, figures, '2026-03', defaultPolicyRules)).toMatchObject({
    pace: 'NO_PLAN',
    lines: [],
  });
});

test('what is reported on another plan says nothing of this one', () => {
  const line = lineOf('L', {}, every(10));
  const figures = ['01', '02', '03'].map((month) => reported('L', month, decimal(10)));
  const others = figures.map((figure) => ({ ...figure, planId: 'n2:2026', value: decimal(1) }));
  expect(one(line, [...figures, ...others])).toEqual(one(line, figures));
  expect(one(line, others)).toMatchObject({ pace: 'NOT_REPORTED', reached: null });
});

test('months with something missing are told once and in order, whatever the order of the lines', () => {
  const lines = [lineOf('L1', {}, every(10)), lineOf('L2', {}, every(10))];
  const figures = (['01', '09'] as const).map((month) => reported('L1', month, decimal(10)));
  const more = ['02', '03', '04', '05', '06', '07', '08', '10'].map((month) =>
    reported(month === '10' ? 'L2' : 'L1', month, decimal(10)),
  );
  const { missing } = planProgress(planOf(lines), [...figures, ...more], '2026-10', defaultPolicyRules);
  expect(missing).toEqual(
    ['01', '02', '03', '04', '05', '06', '07', '08', '09', '10'].map((month) => `2026-${month}`),
  );
});

test.each([
  [2026, '2026-01-31', null],
  [2026, '2026-02-01', '2026-01'],
  [2026, '2026-12-31', '2026-11'],
  [2025, '2026-01-01', '2025-12'],
  [2027, '2026-12-31', null],
])('of %i the last month over on %s is %s', (year, today, month) => {
  expect(lastMonthOver(year, today)).toBe(month);
});

test('people are counted by pace, and units added up', () => {
  const counts = countPaces([
    { staffId: 'a', pace: 'BEHIND', missing: 0 },
    { staffId: 'b', pace: 'BEHIND', missing: 1 },
    { staffId: 'c', pace: 'NO_PLAN', missing: 0 },
  ]);
  expect(counts).toMatchObject({ BEHIND: 2, NO_PLAN: 1, AHEAD: 0 });
  expect(sumCounts([{ counts }, { counts }])).toMatchObject({ BEHIND: 4, NO_PLAN: 2, AHEAD: 0 });
});

test('people of whom something is missing are counted whatever their pace; a unit that is not counted makes the sum unknown', () => {
  expect(countLacking([{ missing: 0 }, { missing: 1 }, { missing: 4 }])).toBe(2);
  expect(sumLacking([{ lacking: 2 }, { lacking: 0 }, { lacking: 3 }])).toBe(5);
  expect(sumLacking([{ lacking: 2 }, { lacking: null }])).toBeNull();
  expect(sumLacking([])).toBe(0);
});
