import { describe, expect, test } from 'vitest';
import type { Organisation, Unit } from '../../../functions/domain/organisation/organisation.ts';
import {
  checkPolicyRules,
  defaultPolicyRules,
  type PolicyRules,
} from '../../../functions/domain/period/policy.ts';
import { poolsIn, type RaterPool, type UnitRaterPools } from '../../../functions/domain/period/unit-pools.ts';

const unit = (id: string, parentId: string | null): Unit => ({
  id,
  code: id,
  name: id,
  kind: 'DINAS',
  mission: null,
  parentId,
  heads: [],
  shardCount: 1,
  retiredFrom: null,
  version: 1,
});

/** health → hospital → ward; health → office. */
const organisation: Organisation = {
  version: 1,
  units: new Map(
    [
      unit('health', null),
      unit('hospital', 'health'),
      unit('ward', 'hospital'),
      unit('office', 'health'),
    ].map((one) => [one.id, one]),
  ),
};

const superior: RaterPool = { groups: ['SUPERIOR'], weight: 5_000 };
const colleagues: RaterPool = { groups: ['PEER', 'SUBORDINATE'], weight: 3_000 };
const served: RaterPool = { groups: ['PUBLIC'], weight: 2_000 };
const serving = [superior, colleagues, served];
const ofUnit = (unitId: string, withSubunits: boolean, raterPools = serving): UnitRaterPools => ({
  unitId,
  withSubunits,
  raterPools,
});
const whose = (unitRaterPools: readonly UnitRaterPools[], unitId: string): string | null =>
  poolsIn({ ...defaultPolicyRules, unitRaterPools }, organisation, unitId).poolsOfUnitId;

describe('whose weights hold for the staff of a unit', () => {
  test.each<[string, readonly UnitRaterPools[], Record<string, string | null>]>([
    ['nobody has its own', [], { health: null, hospital: null, ward: null, office: null }],
    [
      'one unit, for itself alone',
      [ofUnit('hospital', false)],
      { health: null, hospital: 'hospital', ward: null, office: null },
    ],
    [
      'one unit, with its subtree',
      [ofUnit('hospital', true)],
      { health: null, hospital: 'hospital', ward: 'hospital', office: null },
    ],
    [
      'the nearest counts',
      [ofUnit('health', true), ofUnit('ward', false)],
      { health: 'health', hospital: 'health', ward: 'ward', office: 'health' },
    ],
    [
      'a nearer one for itself alone does not hide a farther one from those below',
      [ofUnit('health', true), ofUnit('hospital', false)],
      { hospital: 'hospital', ward: 'health' },
    ],
    ['a unit that is unknown', [ofUnit('health', true)], { elsewhere: null }],
  ])('%s', (_, own, expected) => {
    for (const [unitId, owner] of Object.entries(expected)) expect(whose(own, unitId)).toBe(owner);
  });

  test('they are the pools of that unit, else the region’s', () => {
    const rules = { ...defaultPolicyRules, unitRaterPools: [ofUnit('hospital', true)] };
    expect(poolsIn(rules, organisation, 'ward').raterPools).toEqual(serving);
    expect(poolsIn(rules, organisation, 'office').raterPools).toEqual(defaultPolicyRules.raterPools);
  });
});

describe('what weights of a unit may not be', () => {
  const broken = (own: readonly unknown[], more: Partial<PolicyRules> = {}): string[] =>
    checkPolicyRules({ ...defaultPolicyRules, ...more, unitRaterPools: own }).map(
      ({ path, params }) => `${path.join('.')} ${params['rule']}`,
    );

  test.each<[string, readonly unknown[], string]>([
    [
      'weights that sum to less',
      [ofUnit('ward', false, [superior, colleagues])],
      'unitRaterPools.0.raterPools POOLS_SUM_TO_WHOLE',
    ],
    [
      'a group in two pools',
      [ofUnit('ward', false, [superior, served, { groups: ['PUBLIC'], weight: 3_000 }])],
      'unitRaterPools.0.raterPools GROUP_TWICE',
    ],
    [
      'oneself',
      [ofUnit('ward', false, [{ groups: ['SELF'], weight: 10_000 }])],
      'unitRaterPools.0.raterPools.0.groups SELF_NEVER_COUNTS',
    ],
    [
      'the superior in a pool with others',
      [ofUnit('ward', false, [{ groups: ['SUPERIOR', 'PUBLIC'], weight: 10_000 }])],
      'unitRaterPools.0.raterPools.0.groups SUPERIOR_ALONE',
    ],
    ['a unit twice', [ofUnit('ward', false), ofUnit('ward', true)], 'unitRaterPools UNIT_TWICE'],
    [
      'peers apart where the region pools them with subordinates',
      [ofUnit('ward', false, [superior, { groups: ['PEER'], weight: 5_000 }])],
      'unitRaterPools POOLS_CUT_ALIKE',
    ],
    [
      'people served mixed with colleagues in one unit and apart in another',
      [
        ofUnit('ward', false),
        ofUnit('office', false, [superior, { groups: ['PUBLIC', 'PEER', 'SUBORDINATE'], weight: 5_000 }]),
      ],
      'unitRaterPools POOLS_CUT_ALIKE',
    ],
    ['no pool at all', [ofUnit('ward', false, [])], 'unitRaterPools.0.raterPools too_small'],
  ])('%s', (_, own, expected) => {
    expect(broken(own)).toContain(expected);
  });

  test('the same groups in another order are the same pool', () => {
    const pools = [superior, { groups: ['SUBORDINATE', 'PEER'] as const, weight: 5_000 }];
    expect(broken([ofUnit('ward', false, pools), ofUnit('hospital', true)])).toEqual([]);
  });
});
