import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PREDICATES, type Predicate } from '../../../functions/domain/evaluation/predicate.ts';
import {
  type Ended,
  groundsOf,
  lastOfChain,
  type RuleInputs,
} from '../../../functions/domain/follow-up/grounds.ts';
import {
  defaultFollowUpRules,
  type FollowUpRule,
  lookBackOf,
} from '../../../functions/domain/follow-up/rules.ts';
import { ranks, result } from '../../store/examples.ts';

const MICRO = 1_000_000;
type Measured = RuleInputs['result'];

const measured = (predicate: Predicate | null, score: number | null = 90, rank = 5): Measured => ({
  predicate,
  score: score === null ? null : score * MICRO,
  ranks: ranks({ unit: { rank, of: 40, percentile: 0 } }),
  behaviour: {
    ...result().behaviour,
    values: [
      { value: 'SERVICE', mean: 2.5 * MICRO },
      { value: 'LOYAL', mean: 4 * MICRO },
    ],
  },
});
const rule = (changes: Partial<FollowUpRule> = {}): FollowUpRule => ({
  id: 'r',
  measure: 'CERTIFICATE',
  periods: ['YEAR'],
  predicates: [],
  inARow: 1,
  rank: null,
  trend: null,
  valueBelow: null,
  after: null,
  ...changes,
});
const asked = (
  of: FollowUpRule,
  now: Measured,
  before: RuleInputs['before'] = [],
  ended: RuleInputs['ended'] = null,
) => groundsOf(of, { kind: 'YEAR', result: now, before, ended });
const ended = (
  measure: Ended['measure'],
  outcome: Ended['outcome'],
  at = '2026-01-01T00:00:00.000Z',
): Ended => ({
  measure,
  outcome,
  at,
});
const holds = (...of: Parameters<typeof asked>) => asked(...of) !== null;

describe('a rule of the follow-up', () => {
  test('asks for its predicates, after its periods, and of nobody without one', () => {
    const excellent = rule({ predicates: ['EXCELLENT'] });
    expect(holds(excellent, measured('EXCELLENT'))).toBe(true);
    expect(holds(excellent, measured('GOOD'))).toBe(false);
    expect(holds(rule(), measured(null))).toBe(false);
    expect(
      groundsOf(excellent, { kind: 'QUARTER', result: measured('EXCELLENT'), before: [], ended: null }),
    ).toBeNull();
  });

  test('in a row means without a gap', () => {
    const twice = rule({ predicates: ['EXCELLENT'], inARow: 2 });
    expect(holds(twice, measured('EXCELLENT'), [measured('EXCELLENT')])).toBe(true);
    expect(holds(twice, measured('EXCELLENT'), [null, measured('EXCELLENT')])).toBe(false);
    expect(holds(twice, measured('EXCELLENT'), [measured('GOOD'), measured('EXCELLENT')])).toBe(false);
    expect(holds(twice, measured('EXCELLENT'))).toBe(false);
  });

  test('a rank is that one or a better one; without ranks there is none', () => {
    const top = rule({ rank: { scope: 'UNIT', atMost: 3 } });
    expect(asked(top, measured('GOOD', 90, 3))?.rank).toEqual({ scope: 'UNIT', rank: 3, of: 40 });
    expect(holds(top, measured('GOOD', 90, 4))).toBe(false);
    expect(holds(top, { ...measured('GOOD'), ranks: null })).toBe(false);
  });

  test('a trend moves every time, and a missing score is no movement', () => {
    const falling = rule({ trend: { direction: 'FALLING', times: 2 } });
    const scores = (...of: (number | null)[]) => of.map((score) => measured('GOOD', score));
    expect(holds(falling, measured('GOOD', 80), scores(85, 90))).toBe(true);
    expect(holds(falling, measured('GOOD', 80), scores(80, 90))).toBe(false);
    expect(holds(falling, measured('GOOD', 80), scores(85))).toBe(false);
    expect(holds(falling, measured('GOOD', 80), scores(85, null))).toBe(false);
    expect(holds(falling, measured('GOOD', null), scores(85, 90))).toBe(false);
    expect(
      holds(rule({ trend: { direction: 'RISING', times: 2 } }), measured('GOOD', 90), scores(85, 80)),
    ).toBe(true);
  });

  test('a value counts strictly below its bound, and only those that are so are the grounds', () => {
    expect(asked(rule({ valueBelow: 300 }), measured('GOOD'))?.values).toEqual([
      { value: 'SERVICE', mean: 2.5 * MICRO },
    ]);
    expect(holds(rule({ valueBelow: 250 }), measured('GOOD'))).toBe(false);
  });

  test('after a measure means that it ended so', () => {
    const after = rule({ after: { measure: 'IMPROVEMENT_PLAN', outcome: 'NOT_ACHIEVED' } });
    expect(holds(after, measured('POOR'))).toBe(false);
    expect(holds(after, measured('POOR'), [], ended('IMPROVEMENT_PLAN', 'ACHIEVED'))).toBe(false);
    expect(holds(after, measured('POOR'), [], ended('GUIDANCE', 'NOT_ACHIEVED'))).toBe(false);
    expect(holds(after, measured('POOR'), [], ended('IMPROVEMENT_PLAN', 'NOT_ACHIEVED'))).toBe(true);
  });

  test('more conditions never propose more', () => {
    const predicate = fc.constantFrom(...PREDICATES);
    const one = fc
      .tuple(predicate, fc.integer({ min: 60, max: 110 }), fc.integer({ min: 1, max: 9 }))
      .map((of) => measured(...of));
    fc.assert(
      fc.property(
        one,
        fc.array(fc.option(one), { maxLength: 4 }),
        fc.subarray([...PREDICATES], { minLength: 1 }),
        (now, before, predicates) => {
          const loose = rule({ predicates });
          const strict = rule({ predicates, inARow: 2, rank: { scope: 'UNIT', atMost: 4 } });
          if (holds(strict, now, before)) expect(holds(loose, now, before)).toBe(true);
        },
      ),
    );
  });
});

describe('the national rules', () => {
  const proposed = (kind: RuleInputs['kind'], now: Measured, more: Partial<RuleInputs> = {}) =>
    defaultFollowUpRules.flatMap((each) =>
      groundsOf(each, { kind, result: now, before: [], ended: null, ...more }) === null ? [] : [each.measure],
    );
  const strong = { ...measured('EXCELLENT', 115, 1), behaviour: { ...result().behaviour, values: [] } };

  test('reward the best of a unit, and the succession pool asks for two years', () => {
    expect(proposed('YEAR', strong)).toEqual(['CERTIFICATE']);
    expect(proposed('YEAR', strong, { before: [strong] })).toEqual(['CERTIFICATE', 'SUCCESSION_POOL']);
    expect(lookBackOf(defaultFollowUpRules)).toBe(1);
  });

  test('go from guidance over six months to improve and a test of competence to another post (PP 30/2019 art. 56 to 58)', () => {
    const weak = { ...strong, predicate: 'POOR' as const };
    expect(proposed('QUARTER', weak)).toEqual(['GUIDANCE']);
    expect(proposed('YEAR', weak)).toEqual(['GUIDANCE', 'IMPROVEMENT_PLAN']);
    const measuresAfter = (...all: readonly Ended[]) =>
      defaultFollowUpRules.flatMap((each) => {
        const last = lastOfChain(each, defaultFollowUpRules, all);
        const inputs = { kind: 'YEAR', result: weak, before: [], ended: last } as const;
        return groundsOf(each, inputs) === null ? [] : [each.measure];
      });
    const planFailed = ended('IMPROVEMENT_PLAN', 'NOT_ACHIEVED', '2023-08-01T00:00:00.000Z');
    const testFailed = ended('COMPETENCE_TEST', 'NOT_ACHIEVED', '2024-02-01T00:00:00.000Z');
    const testPassed = { ...testFailed, outcome: 'ACHIEVED' } as const;
    const planSucceeded = ended('IMPROVEMENT_PLAN', 'ACHIEVED', '2025-08-01T00:00:00.000Z');
    const rewarded = ended('PRIORITY_TRAINING', 'NOT_ACHIEVED', '2025-09-01T00:00:00.000Z');
    const first = ['GUIDANCE', 'IMPROVEMENT_PLAN'];
    expect(measuresAfter()).toEqual(first);
    expect(measuresAfter(planFailed)).toEqual([...first, 'COMPETENCE_TEST']);
    expect(measuresAfter(planFailed, rewarded)).toEqual([...first, 'COMPETENCE_TEST']);
    expect(measuresAfter(testFailed, planFailed)).toEqual([...first, 'REASSIGNMENT']);
    expect(measuresAfter(planFailed, testPassed)).toEqual(first);
    expect(measuresAfter(planFailed, testFailed, planSucceeded)).toEqual(first);
  });
});
