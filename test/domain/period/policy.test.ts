import { describe, expect, test } from 'vitest';
import { messageOf } from '../../../functions/domain/messages.ts';
import { deemedReceivedOn, finalAt, lastDayToObject } from '../../../functions/domain/objection/deadlines.ts';
import {
  checkEffectiveFrom,
  checkPolicyRules,
  defaultPolicyRules,
  nationalPolicy,
  type Policy,
  type PolicyRules,
  parsePolicyRules,
  policyOn,
  policyToFreeze,
} from '../../../functions/domain/period/policy.ts';
import { policyWith } from '../evaluation/evaluation-builders.ts';
import { codesOf } from '../problem-codes.ts';

const broken = (given: Partial<Record<keyof PolicyRules, unknown>>): string[] =>
  checkPolicyRules({ ...defaultPolicyRules, ...given }).map(
    ({ code, path, params }) => `${code} ${path.join('.')} ${params['rule']}`,
  );

test('a region that has decided nothing has a valid policy', () => {
  expect(checkPolicyRules(defaultPolicyRules)).toEqual([]);
  expect(parsePolicyRules(JSON.parse(JSON.stringify(defaultPolicyRules)))).toEqual(defaultPolicyRules);
});

test('a band that is reached at the very end of cap or scale is reached', () => {
  expect(
    broken({
      achievementCap: 101,
      workResultBands: { above: 100, meets: 90 },
      unitBands: { outstanding: 101, good: 90, needsImprovement: 70, poor: 50 },
    }),
  ).toEqual([]);
  expect(broken({ behaviourBands: { above: 120, meets: 90 } })).toEqual([]);
});

test('a value that is refused comes with its bounds, or with what is allowed', () => {
  const allowed = (given: Partial<Record<keyof PolicyRules, unknown>>) =>
    checkPolicyRules({ ...defaultPolicyRules, ...given }).map((found) => messageOf(found, 'en'));
  expect(allowed({ minimumRaters: 2 })).toEqual(['Invalid policy: too small, or too few; at least 3.']);
  expect(allowed({ utcOffsetMinutes: 900 })).toEqual([
    'Invalid policy: too large, or too many; at most 840.',
  ]);
  expect(allowed({ annual: 'NEVER' })).toEqual([
    'Invalid policy: an unknown value; allowed: FROM_INPUTS, FROM_PERIODS.',
  ]);
});

describe('what no policy may say', () => {
  test.each<[string, Partial<Record<keyof PolicyRules, unknown>>, string]>([
    ['a cap below 100', { achievementCap: 99 }, 'POLICY_INVALID achievementCap too_small'],
    ['a fraction of a percent', { achievementCap: 120.5 }, 'POLICY_INVALID achievementCap invalid_type'],
    ['another scheme', { scheme: 'ALPHABETICAL' }, 'POLICY_INVALID scheme invalid_value'],
    [
      'bands upside down',
      { workResultBands: { above: 90, meets: 100 } },
      'POLICY_INVALID workResultBands BANDS_IN_ORDER',
    ],
    [
      'behaviour bands upside down',
      { behaviourBands: { above: 90, meets: 110 } },
      'POLICY_INVALID behaviourBands BANDS_IN_ORDER',
    ],
    [
      'unit bands that are equal',
      { unitBands: { outstanding: 110, good: 90, needsImprovement: 90, poor: 50 } },
      'POLICY_INVALID unitBands BANDS_IN_ORDER',
    ],
    [
      'a band that nobody can reach',
      {
        achievementCap: 100,
        workResultBands: { above: 100, meets: 90 },
        unitBands: { outstanding: 100, good: 90, needsImprovement: 70, poor: 50 },
      },
      'POLICY_INVALID workResultBands.above BAND_OVER_CAP',
    ],
    [
      'a band of behaviour above the end of the scale',
      {
        behaviourScale: [
          { mean: 100, points: 50 },
          { mean: 500, points: 100 },
        ],
      },
      'POLICY_INVALID behaviourBands.above BAND_OVER_SCALE',
    ],
    [
      'pools that sum to less',
      { raterPools: [{ groups: ['SUPERIOR'], weight: 9_999 }] },
      'POLICY_INVALID raterPools POOLS_SUM_TO_WHOLE',
    ],
    [
      'a group twice',
      {
        raterPools: [
          { groups: ['PEER', 'SUBORDINATE'], weight: 5_000 },
          { groups: ['PEER'], weight: 5_000 },
        ],
      },
      'POLICY_INVALID raterPools GROUP_TWICE',
    ],
    [
      'a draw on a day that February does not have',
      { peers: { choice: 'DRAWN', minimum: 3, maximum: 5, drawAfterDays: 28 } },
      'POLICY_INVALID peers.drawAfterDays too_big',
    ],
    [
      'oneself in a pool',
      { raterPools: [{ groups: ['SELF'], weight: 10_000 }] },
      'POLICY_INVALID raterPools.0.groups SELF_NEVER_COUNTS',
    ],
    [
      'the superior mixed with peers, from whom the superior could be subtracted',
      { raterPools: [{ groups: ['SUPERIOR', 'PEER'], weight: 10_000 }] },
      'POLICY_INVALID raterPools.0.groups SUPERIOR_ALONE',
    ],
    [
      'a scale that falls',
      {
        behaviourScale: [
          { mean: 100, points: 50 },
          { mean: 300, points: 40 },
          { mean: 500, points: 120 },
        ],
      },
      'POLICY_INVALID behaviourScale SCALE_INCREASES',
    ],
    [
      'a scale that ends at 4',
      {
        behaviourScale: [
          { mean: 100, points: 50 },
          { mean: 400, points: 120 },
        ],
      },
      'POLICY_INVALID behaviourScale SCALE_COVERS_1_TO_5',
    ],
    ['fewer raters than keep a secret', { minimumRaters: 2 }, 'POLICY_INVALID minimumRaters too_small'],
    ['a holiday that does not exist', { holidays: ['2026-02-30'] }, 'POLICY_INVALID holidays.0 NOT_A_DATE'],
    ['a holiday twice', { holidays: ['2026-01-01', '2026-01-01'] }, 'POLICY_INVALID holidays HOLIDAY_TWICE'],
    ['a clock of nowhere', { utcOffsetMinutes: 900 }, 'POLICY_INVALID utcOffsetMinutes too_big'],
    ['a rule that nobody knows', { bonus: 1 } as object, 'POLICY_INVALID  unrecognized_keys'],
  ])('%s', (_, given, expected) => {
    expect(broken(given)).toContain(expected);
  });

  const { allowance, objection, peers } = defaultPolicyRules;
  const followUp = (given: object): Partial<Record<keyof PolicyRules, unknown>> => ({
    followUp: [{ ...defaultPolicyRules.followUp[0], ...given }],
  });
  const unit = (unitId: string, ...pools: readonly (readonly [number, ...string[]])[]) => ({
    unitId,
    withSubunits: false,
    raterPools: pools.map(([weight, ...groups]) => ({ groups, weight })),
  });
  const bases = (...classes: number[]) => classes.map((positionClass) => ({ positionClass, amount: 1 }));

  test.each<[string, Partial<Record<keyof PolicyRules, unknown>>, readonly string[]]>([
    [
      'the fewest peers over the most',
      { peers: { ...peers, minimum: 4, maximum: 3 } },
      ['peers.maximum BANDS_IN_ORDER'],
    ],
    [
      'an explanation that is due after the decision',
      { objection: { ...objection, explainWithin: 8, decideWithin: 7 } },
      ['objection.explainWithin EXPLAIN_BEFORE_DECIDE'],
    ],
    [
      'weights of the allowance of one less',
      { allowance: { ...allowance, weights: { productivity: 60, discipline: 39 } } },
      ['allowance.weights ALLOWANCE_WEIGHTS_SUM_TO_100'],
    ],
    [
      'weights of the allowance of one more',
      { allowance: { ...allowance, weights: { productivity: 61, discipline: 40 } } },
      ['allowance.weights ALLOWANCE_WEIGHTS_SUM_TO_100'],
    ],
    [
      'two bases of one class',
      { allowance: { ...allowance, bases: bases(7, 8, 7) } },
      ['allowance.bases POSITION_CLASS_TWICE'],
    ],
    [
      'a class that is none',
      { allowance: { ...allowance, bases: bases(0, 18) } },
      ['allowance.bases.0.positionClass too_small', 'allowance.bases.1.positionClass too_big'],
    ],
    [
      'a scale that begins over 1',
      {
        behaviourScale: [
          { mean: 101, points: 50 },
          { mean: 500, points: 120 },
        ],
      },
      ['behaviourScale SCALE_COVERS_1_TO_5'],
    ],
    [
      'a scale that ends under 5',
      {
        behaviourScale: [
          { mean: 100, points: 50 },
          { mean: 499, points: 120 },
        ],
      },
      ['behaviourScale SCALE_COVERS_1_TO_5'],
    ],
    [
      'a scale that stands still',
      {
        behaviourScale: [
          { mean: 100, points: 50 },
          { mean: 300, points: 50 },
          { mean: 500, points: 120 },
        ],
      },
      ['behaviourScale SCALE_INCREASES'],
    ],
    [
      'a scale with two answers for one mean',
      {
        behaviourScale: [
          { mean: 100, points: 50 },
          { mean: 100, points: 60 },
          { mean: 500, points: 120 },
        ],
      },
      ['behaviourScale SCALE_INCREASES'],
    ],
    [
      'an outstanding unit over the cap',
      { unitBands: { outstanding: 121, good: 90, needsImprovement: 70, poor: 50 } },
      ['unitBands.outstanding BAND_OVER_CAP'],
    ],
    [
      'work that is above at the cap itself',
      { workResultBands: { above: 120, meets: 90 } },
      ['workResultBands.above BAND_OVER_CAP'],
    ],
    [
      'behaviour that is above a point over the end of the scale',
      {
        behaviourScale: [
          { mean: 100, points: 50 },
          { mean: 500, points: 109 },
        ],
      },
      ['behaviourBands.above BAND_OVER_SCALE'],
    ],
    [
      'poor units over those that need to improve',
      { unitBands: { outstanding: 110, good: 90, needsImprovement: 70, poor: 71 } },
      ['unitBands BANDS_IN_ORDER'],
    ],
    [
      'good units over outstanding ones',
      { unitBands: { outstanding: 110, good: 111, needsImprovement: 70, poor: 50 } },
      ['unitBands BANDS_IN_ORDER'],
    ],
    [
      'most of them being all of them',
      { workResultShares: { most: 10_000, few: 0 } },
      ['workResultShares.most too_big'],
    ],
    [
      'most of them being less than half',
      { workResultShares: { most: 4_999, few: 0 } },
      ['workResultShares.most too_small'],
    ],
    [
      'a few being more than half',
      { workResultShares: { most: 5_000, few: 5_001 } },
      ['workResultShares.few too_big'],
    ],
    ['a follow-up that begins with a hyphen', followUp({ id: '-a' }), ['followUp.0.id invalid_format']],
    ['a follow-up with something before its name', followUp({ id: ' a' }), ['followUp.0.id invalid_format']],
    ['a follow-up with something after its name', followUp({ id: 'a ' }), ['followUp.0.id invalid_format']],
    ['a follow-up in capitals', followUp({ id: 'A' }), ['followUp.0.id invalid_format']],
    ['a follow-up without a name', followUp({ id: '' }), ['followUp.0.id invalid_format']],
    [
      'a follow-up with a name of 41 characters',
      followUp({ id: 'a'.repeat(41) }),
      ['followUp.0.id invalid_format'],
    ],
    [
      'a follow-up twice',
      { followUp: [defaultPolicyRules.followUp[0], defaultPolicyRules.followUp[0]] },
      ['followUp FOLLOW_UP_TWICE'],
    ],
    [
      'a trend to the side',
      followUp({ trend: { direction: 'SIDEWAYS', times: 2 } }),
      ['followUp.0.trend.direction invalid_value'],
    ],
    [
      'pools that sum to more',
      {
        raterPools: [
          { groups: ['SUPERIOR'], weight: 6_000 },
          { groups: ['PEER'], weight: 4_001 },
        ],
      },
      ['raterPools POOLS_SUM_TO_WHOLE'],
    ],
    [
      'pools of a unit that sum to less',
      { unitRaterPools: [unit('ward', [6_000, 'SUPERIOR'], [3_999, 'PUBLIC'])] },
      ['unitRaterPools.0.raterPools POOLS_SUM_TO_WHOLE'],
    ],
    [
      'a group twice in a unit',
      { unitRaterPools: [unit('ward', [6_000, 'PUBLIC'], [4_000, 'PUBLIC'])] },
      ['unitRaterPools.0.raterPools GROUP_TWICE'],
    ],
    [
      'a unit twice',
      { unitRaterPools: [unit('ward', [10_000, 'SUPERIOR']), unit('ward', [10_000, 'SUPERIOR'])] },
      ['unitRaterPools UNIT_TWICE'],
    ],
    [
      'peers pooled otherwise in a unit than elsewhere',
      { unitRaterPools: [unit('ward', [10_000, 'PEER'])] },
      ['unitRaterPools POOLS_CUT_ALIKE'],
    ],
    [
      'a group pooled otherwise in one unit than in another',
      { unitRaterPools: [unit('ward', [10_000, 'PUBLIC']), unit('lab', [10_000, 'PUBLIC', 'PEER'])] },
      ['unitRaterPools POOLS_CUT_ALIKE'],
    ],
    [
      'pools of a unit without a unit, with something that nobody knows',
      { unitRaterPools: [{ withSubunits: true, raterPools: defaultPolicyRules.raterPools, bonus: 1 }] },
      ['unitRaterPools.0.unitId invalid_type', 'unitRaterPools.0 unrecognized_keys'],
    ],
    [
      'holidays twice among others',
      { holidays: ['2026-01-01', '2026-08-17', '2026-01-01'] },
      ['holidays HOLIDAY_TWICE'],
    ],
  ])('refuses %s, for that alone', (_, given, expected) => {
    expect(broken(given)).toEqual(expected.map((each) => `POLICY_INVALID ${each}`));
  });

  test.each<[string, Partial<Record<keyof PolicyRules, unknown>>]>([
    ['as many peers at least as at most', { peers: { ...peers, minimum: 3, maximum: 3 } }],
    [
      'an explanation that is due with the decision',
      { objection: { ...objection, explainWithin: 7, decideWithin: 7 } },
    ],
    [
      'an allowance for productivity alone',
      { allowance: { ...allowance, weights: { productivity: 100, discipline: 0 } } },
    ],
    ['the lowest and the highest class', { allowance: { ...allowance, bases: bases(1, 17) } }],
    ['work that meets where it is above', { workResultBands: { above: 100, meets: 100 } }],
    ['behaviour that meets where it is above', { behaviourBands: { above: 110, meets: 110 } }],
    ['work that is above one under the cap', { workResultBands: { above: 119, meets: 90 } }],
    [
      'an outstanding unit at the cap',
      { unitBands: { outstanding: 120, good: 119, needsImprovement: 118, poor: 117 } },
    ],
    ['most of them being one under all of them', { workResultShares: { most: 9_999, few: 5_000 } }],
    ['most of them being half of them', { workResultShares: { most: 5_000, few: 0 } }],
    ['a follow-up with a name of one character', followUp({ id: '7' })],
    ['a follow-up with a name of 40 characters', followUp({ id: `a-${'b'.repeat(38)}` })],
    ['a rising trend', followUp({ trend: { direction: 'RISING', times: 1 } })],
    ['a falling trend', followUp({ trend: { direction: 'FALLING', times: 1 } })],
    [
      'a group that is pooled as elsewhere, in whatever order and with another weight',
      {
        unitRaterPools: [
          unit('ward', [5_000, 'SUPERIOR'], [3_000, 'SUBORDINATE', 'PEER'], [2_000, 'PUBLIC']),
          unit('lab', [9_999, 'SUPERIOR'], [1, 'PUBLIC']),
        ],
      },
    ],
    ['no holidays at all', { holidays: [] }],
  ])('allows %s', (_, given) => {
    expect(broken(given)).toEqual([]);
  });

  test('and says where it is said by names and places', () => {
    const raterPools = [
      { groups: ['SUPERIOR'], weight: 6_000 },
      { groups: ['SELF'], weight: 4_000 },
    ];
    expect(checkPolicyRules({ ...defaultPolicyRules, raterPools }).map(({ path }) => path)).toEqual([
      ['raterPools', 1, 'groups'],
    ]);
  });

  test('no object, or one without rules, is a problem and no exception of another kind', () => {
    for (const value of [null, undefined, 7, 'policy', [], {}]) {
      expect(checkPolicyRules(value).length).toBeGreaterThan(0);
      expect(codesOf(() => parsePolicyRules(value))).toContain('POLICY_INVALID');
    }
  });
});

test.each([
  ['1999-12-31', ['OUT_OF_RANGE']],
  ['2000-01-01', []],
  ['2036-12-31', []],
  ['2037-01-01', ['OUT_OF_RANGE']],
])('decided in 2026, a policy that begins on %s: %j', (effectiveFrom, expected) => {
  for (const today of ['2026-01-01', '2026-12-31']) {
    const problems = checkEffectiveFrom(effectiveFrom, today);
    expect(problems.map(({ code }) => code)).toEqual(expected);
    for (const { path, params } of problems) {
      expect(path).toEqual(['effectiveFrom']);
      expect(params).toEqual({ minimum: '2000-01-01', maximum: '2036-12-31' });
    }
  }
});

describe('the policy in force', () => {
  const version = (number: number, effectiveFrom: string, state: Policy['state'] = 'ACTIVE'): Policy => ({
    ...policyWith(),
    id: `p-${number}`,
    number,
    effectiveFrom,
    state,
  });
  const policies = [
    version(3, '2026-07-01'),
    version(1, '2025-01-01'),
    version(2, '2026-01-01'),
    version(4, '2026-01-01'),
    version(5, '2026-02-01', 'DRAFT'),
  ];
  test.each([
    ['2024-12-31', 'national'],
    ['2025-01-01', 'p-1'],
    ['2025-12-31', 'p-1'],
    ['2026-01-01', 'p-4'],
    ['2026-06-30', 'p-4'],
    ['2026-07-01', 'p-3'],
  ])('on %s: %s', (date, id) => {
    expect(policyOn(policies, date).id).toBe(id);
    expect(policyOn(policies.toReversed(), date).id).toBe(id);
  });
});

describe('the policy that a close freezes', () => {
  const Q1 = { end: '2026-03-31' };
  const published = '2026-04-05T17:00:03.000Z';
  const version = (number: number, effectiveFrom: string, holidays: string[]): Policy => ({
    ...policyWith({ holidays }),
    id: `p-${number}`,
    number,
    effectiveFrom,
  });
  const first = version(1, '2026-01-01', ['2026-03-20', '2026-05-01']);
  const second = version(2, '2026-04-01', ['2026-03-19', '2026-04-15', '2026-04-16', '2026-05-01']);
  const deadlines = (policy: Policy) => [
    lastDayToObject(deemedReceivedOn(published, policy), policy),
    finalAt(published, policy),
  ];

  test('knows the holidays of the policy that follows it, on which objections run', () => {
    const frozen = policyToFreeze([first, second], Q1);
    expect(frozen.id).toBe('p-1');
    expect(frozen.rules.holidays).toEqual(['2026-03-20', '2026-05-01', '2026-04-15', '2026-04-16']);
    expect(deadlines(frozen)).toEqual(['2026-05-06', '2026-05-15T17:00:00.000Z']);
    expect(deadlines(policyToFreeze([first], Q1))).toEqual(['2026-05-04', '2026-05-13T17:00:00.000Z']);
  });

  test('counts a holiday that the policy in force on the day has dropped as a working day', () => {
    const dropped = version(2, '2026-04-01', []);
    expect(policyToFreeze([first, dropped], Q1).rules.holidays).toEqual(['2026-03-20']);
  });

  test('is the policy as it is where none follows, a draft does, or the region has none', () => {
    expect(policyToFreeze([first], Q1)).toEqual(first);
    expect(policyToFreeze([first, { ...second, state: 'DRAFT' }], Q1)).toEqual(first);
    expect(policyToFreeze([], Q1)).toEqual(nationalPolicy);
  });
});
