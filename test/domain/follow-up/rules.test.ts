import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PREDICATES, type Predicate } from '../../../functions/domain/evaluation/predicate.ts';
import {
  type EndedMeasure,
  groundsOf,
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
  ends: RuleInputs['ended'] = [],
) => groundsOf(of, { kind: 'YEAR', result: now, before, ended: ends });
/** Ends one after the other, a year apart. */
const ended = (...ends: [EndedMeasure['measure'], EndedMeasure['outcome']][]): EndedMeasure[] =>
  ends.map(([measure, outcome], at) => ({ measure, outcome, at: `202${at}-06-30T00:00:00.000Z` }));
const holds = (...of: Parameters<typeof asked>) => asked(...of) !== null;

describe('a rule of the follow-up', () => {
  test('asks for its predicates, after its periods, and of nobody without one', () => {
    const excellent = rule({ predicates: ['EXCELLENT'] });
    expect(holds(excellent, measured('EXCELLENT'))).toBe(true);
    expect(holds(excellent, measured('GOOD'))).toBe(false);
    expect(holds(rule(), measured(null))).toBe(false);
    expect(
      groundsOf(excellent, { kind: 'QUARTER', result: measured('EXCELLENT'), before: [], ended: [] }),
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

  test('looks at as many earlier results as it asks for, and at no older ones', () => {
    const excellent = (inARow: number) => rule({ predicates: ['EXCELLENT'], inARow });
    const [best, good] = [measured('EXCELLENT'), measured('GOOD')];
    expect(holds(excellent(1), best, [good, null])).toBe(true);
    expect(holds(excellent(2), best, [best, good])).toBe(true);
    expect(holds(excellent(2), best, [best, null])).toBe(true);
    expect(holds(excellent(3), best, [best, good])).toBe(false);
    expect(holds(excellent(3), best, [best])).toBe(false);
    expect(holds(excellent(3), best, [best, best, good])).toBe(true);
  });

  test.each<readonly [string, readonly (number | null)[], boolean, boolean]>([
    ['rises twice', [90, 85, 80], true, false],
    ['falls twice', [80, 85, 90], false, true],
    ['stands still, then rises', [90, 85, 85], false, false],
    ['falls, then stands still', [80, 80, 90], false, false],
    ['rises by the least', [80.000002, 80.000001, 80], true, false],
    ['turns', [90, 80, 85], false, false],
    ['has no score now', [null, 85, 80], false, false],
    ['had none the time before', [90, null, 80], false, false],
    ['had none at the beginning', [90, 85, null], false, false],
    ['has not been measured often enough', [90, 85], false, false],
    ['fell before it rose twice', [90, 85, 80, 95], true, false],
    ['rose before it fell twice', [80, 85, 90, 70], false, true],
    ['was not measured before it rose twice', [90, 85, 80, null], true, false],
    ['was not measured before it fell twice', [80, 85, 90, null], false, true],
  ])('asked for two movements, a score that %s', (_, scores, rising, falling) => {
    const [now = measured('GOOD'), ...before] = scores.map((score) => measured('GOOD', score));
    const moves = (direction: 'RISING' | 'FALLING') =>
      holds(rule({ trend: { direction, times: 2 } }), now, before);
    expect([moves('RISING'), moves('FALLING')]).toEqual([rising, falling]);
  });

  test('a period without a result breaks a trend', () => {
    for (const direction of ['RISING', 'FALLING'] as const) {
      const once = rule({ trend: { direction, times: 1 } });
      expect(holds(once, measured('GOOD', 90), [null, measured('GOOD', 80)])).toBe(false);
    }
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
    const holdsAfter = (...ends: Parameters<typeof ended>) =>
      holds(after, measured('POOR'), [], ended(...ends));
    expect(holdsAfter(['IMPROVEMENT_PLAN', 'ACHIEVED'])).toBe(false);
    expect(holdsAfter(['GUIDANCE', 'NOT_ACHIEVED'])).toBe(false);
    expect(holdsAfter(['IMPROVEMENT_PLAN', 'NOT_ACHIEVED'])).toBe(true);
  });

  test('after a measure means its latest end, whatever the order in the list', () => {
    const after = rule({ after: { measure: 'GUIDANCE', outcome: 'NOT_ACHIEVED' } });
    const ends = ended(['GUIDANCE', 'NOT_ACHIEVED'], ['GUIDANCE', 'ACHIEVED']);
    expect(holds(after, measured('POOR'), [], ends)).toBe(false);
    expect(holds(after, measured('POOR'), [], ends.toReversed())).toBe(false);
    const again = ended(
      ['GUIDANCE', 'ACHIEVED'],
      ['GUIDANCE', 'NOT_ACHIEVED'],
      ['IMPROVEMENT_PLAN', 'ACHIEVED'],
    );
    expect(holds(after, measured('POOR'), [], again)).toBe(true);
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
      groundsOf(each, { kind, result: now, before: [], ended: [], ...more }) === null ? [] : [each.measure],
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
    const failed = (measure: 'IMPROVEMENT_PLAN' | 'COMPETENCE_TEST') => ({
      ended: ended([measure, 'NOT_ACHIEVED']),
    });
    expect(proposed('YEAR', weak, failed('IMPROVEMENT_PLAN'))).toContain('COMPETENCE_TEST');
    expect(proposed('YEAR', weak, failed('COMPETENCE_TEST'))).toContain('REASSIGNMENT');
  });

  test.each([
    [
      'the next step follows a failed one alone',
      [
        ['IMPROVEMENT_PLAN', 'NOT_ACHIEVED'],
        ['COMPETENCE_TEST', 'NOT_ACHIEVED'],
      ],
      ['REASSIGNMENT'],
    ],
    [
      'a success ends the chain',
      [
        ['IMPROVEMENT_PLAN', 'NOT_ACHIEVED'],
        ['COMPETENCE_TEST', 'NOT_ACHIEVED'],
        ['IMPROVEMENT_PLAN', 'ACHIEVED'],
      ],
      [],
    ],
    [
      'a passed test does too',
      [
        ['IMPROVEMENT_PLAN', 'NOT_ACHIEVED'],
        ['COMPETENCE_TEST', 'ACHIEVED'],
      ],
      [],
    ],
    [
      'and so does another post',
      [
        ['IMPROVEMENT_PLAN', 'NOT_ACHIEVED'],
        ['COMPETENCE_TEST', 'NOT_ACHIEVED'],
        ['REASSIGNMENT', null],
      ],
      [],
    ],
    [
      'a new failure begins it again',
      [
        ['COMPETENCE_TEST', 'ACHIEVED'],
        ['IMPROVEMENT_PLAN', 'NOT_ACHIEVED'],
      ],
      ['COMPETENCE_TEST'],
    ],
  ] as const)('of the chain of consequences, %s', (_, ends, expected) => {
    const weak = { ...strong, predicate: 'NEEDS_IMPROVEMENT' as const };
    const more = {
      ended: ended(...ends.map(([measure, outcome]) => [measure, outcome] as Parameters<typeof ended>[0])),
    };
    expect(proposed('YEAR', weak, more)).toEqual(['GUIDANCE', ...expected]);
  });
});
