import { describe, expect, test } from 'vitest';
import { messageOf } from '../../../functions/domain/messages.ts';
import { deemedReceivedOn, finalAt, lastDayToObject } from '../../../functions/domain/objection/deadlines.ts';
import {
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

  test('no object, or one without rules, is a problem and no exception of another kind', () => {
    for (const value of [null, undefined, 7, 'policy', [], {}]) {
      expect(checkPolicyRules(value).length).toBeGreaterThan(0);
      expect(codesOf(() => parsePolicyRules(value))).toContain('POLICY_INVALID');
    }
  });
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
