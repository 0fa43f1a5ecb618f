import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decimalOfMicro } from '../../../functions/domain/decimal.ts';
import type {
  LineExplanation,
  NotMeasured,
  WorkResult,
} from '../../../functions/domain/evaluation/result.ts';
import {
  figuresOf,
  type IndicatorFigures,
  mergeFigures,
} from '../../../functions/domain/indicator-review/figures.ts';
import {
  EASY_MEAN,
  type FindingInputs,
  findingsOf,
  periodsBefore,
} from '../../../functions/domain/indicator-review/findings.ts';
import { lineExplanation } from '../../store/examples.ts';

const MICRO = 1_000_000;
const CAP = 120;

interface Line {
  readonly indicatorId?: string;
  /** Percent, or why there is none. */
  readonly reached: number | NotMeasured;
  readonly definition?: number;
}
const lineOf = ({ indicatorId = 'iku', reached, definition = 1 }: Line): LineExplanation => ({
  ...lineExplanation(1),
  indicatorId,
  definition,
  achievement: typeof reached === 'number' ? reached * MICRO : null,
  notMeasured: typeof reached === 'number' ? null : reached,
});
const person = (...lines: Line[]): { readonly workResult: WorkResult } => ({
  workResult: {
    source: 'PLAN',
    unit: null,
    periods: null,
    planRevision: 1,
    lines: lines.map(lineOf),
    score: null,
    notMeasured: null,
    proposed: null,
  },
});
const figures = (...reached: Line['reached'][]): IndicatorFigures =>
  figuresOf(
    reached.map((each) => person({ reached: each })),
    null,
    CAP,
  )[0] as IndicatorFigures;

const findings = (of: IndicatorFigures, more: Partial<FindingInputs> = {}) =>
  findingsOf({
    period: { start: '2026-01-01', end: '2026-03-31' },
    figures: of,
    before: [],
    definitions: [{ definition: 1, effectiveFrom: '2025-01-01' }],
    ...more,
  });

describe('the figures of an indicator', () => {
  test('count lines, measured ones and those at the ends, and tell why others are missing', () => {
    expect(figures(120, 120, 0, 95, 'NO_REALISATION', 'ZERO_TARGET', 'NO_REALISATION')).toEqual({
      indicatorId: 'iku',
      lines: 7,
      measured: 4,
      notMeasured: { NO_REALISATION: 2, ZERO_TARGET: 1 },
      atCap: 2,
      atZero: 1,
      sum: 335 * MICRO,
      lowest: 0,
      highest: 120 * MICRO,
      definitions: [1],
    });
  });

  test("count a unit's agreement once, not again with its head", () => {
    const head = {
      workResult: { ...person({ reached: 100 }).workResult, source: 'UNIT_ACHIEVEMENT' as const },
    };
    const [counted] = figuresOf([head, person({ reached: 90 })], { lines: [lineOf({ reached: 100 })] }, CAP);
    expect(counted).toMatchObject({ lines: 2, sum: 190 * MICRO });
  });

  test('are the same however staff are divided into shards, and in whatever order', () => {
    const line = fc.record({
      indicatorId: fc.constantFrom('a', 'b', 'c'),
      reached: fc.oneof(fc.integer({ min: 0, max: 120 }), fc.constantFrom('NO_REALISATION', 'ZERO_TARGET')),
      definition: fc.integer({ min: 1, max: 3 }),
    });
    fc.assert(
      fc.property(fc.array(fc.tuple(line, fc.nat(3)), { maxLength: 40 }), (lines) => {
        const whole = figuresOf(
          lines.map(([each]) => person(each)),
          null,
          CAP,
        );
        const shards = [3, 1, 0, 2].map((shard) =>
          figuresOf(
            lines.filter(([, at]) => at === shard).map(([each]) => person(each)),
            null,
            CAP,
          ),
        );
        expect(mergeFigures(shards)).toEqual(whole);
      }),
    );
  });
});

describe('what speaks against an indicator (domain.md 8)', () => {
  test.each([
    ['nobody was measured', ['NO_REALISATION', 'NO_REALISATION'], ['NOBODY_MEASURED']],
    ['everybody is at the cap', [120, 120, 120], ['ALL_AT_CAP']],
    ['everybody is at zero', [0, 0, 0], ['ALL_AT_ZERO']],
    ['everybody has the same', [95, 95, 95], ['NO_SPREAD']],
    ['a target is zero', ['ZERO_TARGET', 90, 95], ['ZERO_TARGET']],
    ['nothing was due of anybody', ['NO_TARGET', 'TAKEN_OVER'], []],
    ['one was due and is missing', ['NO_TARGET', 'WAITING_RELEASE'], ['NOBODY_MEASURED']],
    ['all targets are zero', ['ZERO_TARGET', 'ZERO_TARGET'], ['NOBODY_MEASURED', 'ZERO_TARGET']],
    ['figures differ', [80, 95, 120], []],
    ['two lines alike say nothing yet', [120, 120], []],
    ['one missing among others says nothing', [80, 95, 'NO_REALISATION'], []],
  ] as const)('%s', (_, reached, expected) => {
    expect(findings(figures(...reached))).toEqual(expected);
  });

  test.each([
    ['is told while nothing is reported', 'MAXIMIZE', 'LATEST', ['0', '0'], ['ZERO_TARGET']],
    ['is told of an index that is waited for', 'STABILIZE', 'RELEASED', [null, '0'], ['ZERO_TARGET']],
    ['says nothing where zero is the aim', 'MINIMIZE', 'SUM', ['0', '0'], []],
    ['says nothing in one month of a sum', 'MAXIMIZE', 'SUM', ['0', '40'], []],
  ] as const)('a target of zero %s', (_, polarity, buildUp, targets, expected) => {
    const base = lineExplanation(1);
    const missing: LineExplanation = {
      ...lineOf({ reached: buildUp === 'RELEASED' ? 'WAITING_RELEASE' : 'NO_REALISATION' }),
      measure: { ...base.measure, polarity, buildUp },
      months: targets.map((target, at) => ({
        month: `2026-0${at + 1}`,
        target: target === null ? null : { value: decimalOfMicro(Number(target) * MICRO) },
        realisation: null,
        state: null,
      })),
    };
    const others = [80, 90, 100].map((reached) => person({ reached }));
    const mine = { workResult: { ...person().workResult, lines: [missing] } };
    expect(findings(figuresOf([...others, mine], null, CAP)[0] as IndicatorFigures)).toEqual(expected);
  });

  test('a target is too easy when the mean reached 110 percent in three periods in a row', () => {
    const easy = figures(105, 115);
    expect(EASY_MEAN).toBe(110 * MICRO);
    expect(findings(easy, { before: [easy, easy] })).toEqual(['TARGET_TOO_EASY']);
    expect(findings(easy, { before: [easy, easy, figures(50)] })).toEqual(['TARGET_TOO_EASY']);
    expect(findings(easy, { before: [easy] })).toEqual([]);
    expect(findings(easy, { before: [easy, figures(105, 114)] })).toEqual([]);
    expect(findings(easy, { before: [null, easy] })).toEqual([]);
    expect(findings(figures(105, 114), { before: [easy, easy] })).toEqual([]);
    expect(findings(figures('NO_REALISATION'), { before: [easy, easy] })).not.toContain('TARGET_TOO_EASY');
  });

  test('lines of two definitions, or of one that began in the period, do not say the same thing', () => {
    const two = figuresOf([person({ reached: 90 }), person({ reached: 80, definition: 2 })], null, CAP)[0];
    expect(findings(two as IndicatorFigures)).toEqual(['DEFINITION_CHANGED']);
    const began = (effectiveFrom: string) =>
      findings(figures(90, 80), { definitions: [{ definition: 1, effectiveFrom }] });
    expect(began('2026-01-01')).toEqual([]);
    expect(began('2026-01-02')).toEqual(['DEFINITION_CHANGED']);
    expect(began('2026-03-31')).toEqual(['DEFINITION_CHANGED']);
    expect(began('2026-04-01')).toEqual([]);
  });
});

test.each([
  ['2026-Q1', ['2025-Q4', '2025-Q3']],
  ['2026-Q3', ['2026-Q2', '2026-Q1']],
  ['2026-01', ['2025-12', '2025-11']],
  ['2026', ['2025', '2024']],
])('before %s come %j', (id, before) => {
  expect(periodsBefore({ id }, 2)).toEqual(before);
});
