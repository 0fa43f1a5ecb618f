import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { discrepancies } from '../../functions/domain/evaluation/recompute.ts';
import type { Result } from '../../functions/domain/evaluation/result.ts';
import { defaultPolicyRules } from '../../functions/domain/period/policy.ts';
import type { UnitRaterPools } from '../../functions/domain/period/unit-pools.ts';
import { createStore } from '../../functions/store/create-store.ts';
import { summarise } from '../../functions/usecases/result/summarise.ts';
import { createTestTable, type TestTable } from '../support/dynamodb.ts';
import { execute } from './machine.ts';
import { type PersonSpec, type RegionSpec, seedRegion } from './region.ts';

/*
 * A hospital with a ward under it, and a records office: everybody was rated alike, 4 by the superior, 3 by three peers, 5 by
 * three people served. Only the hospital weights these.
 */
const rated = (id: string, unit: string): PersonSpec => ({
  id,
  unit,
  jobGroup: 'clerk',
  assessor: 'head',
  rated: [
    ['SUPERIOR', 'head', 4],
    ...['p1', 'p2', 'p3'].map((rater) => ['PEER', rater, 3] as const),
    ...['c1', 'c2', 'c3'].map((rater) => ['PUBLIC', `${id}-${rater}`, 5] as const),
  ],
});

const ownPools = (withSubunits: boolean): UnitRaterPools => ({
  unitId: 'hospital',
  withSubunits,
  raterPools: [
    { groups: ['SUPERIOR'], weight: 5_000 },
    { groups: ['PEER', 'SUBORDINATE'], weight: 3_000 },
    { groups: ['PUBLIC'], weight: 2_000 },
  ],
});

const region = (unitRaterPools: readonly UnitRaterPools[]): RegionSpec => ({
  periodId: '2026-Q1',
  units: [{ id: 'hospital' }, { id: 'ward', parent: 'hospital' }, { id: 'records' }],
  people: [rated('doctor', 'hospital'), rated('nurse', 'ward'), rated('archivist', 'records')],
  rules: { unitRaterPools },
});

const tables: TestTable[] = [];
afterAll(async () => {
  for (const table of tables) await table.drop();
});

async function closed(unitRaterPools: readonly UnitRaterPools[]) {
  const table = await createTestTable();
  tables.push(table);
  const store = createStore({ client: table.client, tableName: table.tableName });
  await seedRegion(store, region(unitRaterPools));
  await execute({ store, now: () => '2026-04-05T17:00:03.000Z' }, { periodId: '2026-Q1', attempt: 1 });
  return async (staffId: string): Promise<Result> => {
    const [result] = await store.results.getMany([{ periodId: '2026-Q1', run: 'r1', staffId }]);
    if (result == null) throw new Error(`no result of ${staffId}`);
    return result;
  };
}

// Points: 4 is 105, 3 is 90, 5 is 120.
const BY_THE_REGION = 99_000_000; // 0.6 × 105 + 0.4 × 90
const BY_THE_HOSPITAL = 103_500_000; // 0.5 × 105 + 0.3 × 90 + 0.2 × 120

describe('a close where one unit has weights of its own', () => {
  let alone: Awaited<ReturnType<typeof closed>>;
  let subtree: Awaited<ReturnType<typeof closed>>;
  beforeAll(async () => {
    alone = await closed([ownPools(false)]);
    subtree = await closed([ownPools(true)]);
  });

  test('scores its staff by them, and everybody else by the region’s', async () => {
    const scores = async (resultOf: typeof alone) =>
      Promise.all(['doctor', 'nurse', 'archivist'].map(async (id) => (await resultOf(id)).behaviour.score));
    expect(await scores(alone)).toEqual([BY_THE_HOSPITAL, BY_THE_REGION, BY_THE_REGION]);
    expect(await scores(subtree)).toEqual([BY_THE_HOSPITAL, BY_THE_HOSPITAL, BY_THE_REGION]);
  });

  test('says whose weights they are, in figures that can be recomputed', async () => {
    const nurse = await subtree('nurse');
    expect(nurse.behaviour.poolsOfUnitId).toBe('hospital');
    expect(nurse.behaviour.pools.map(({ groups, raters, weight }) => [groups[0], raters, weight])).toEqual([
      ['SUPERIOR', 1, 5_000],
      ['PEER', 3, 3_000],
      ['PUBLIC', 3, 2_000],
    ]);
    expect(discrepancies(nurse, defaultPolicyRules)).toEqual([]);
    expect(summarise(nurse, null, 'en', 'Hospital').join('\n')).toContain(
      'These weights of the groups of raters are those of the unit Hospital, not of the region',
    );
    const archivist = await subtree('archivist');
    expect(archivist.behaviour.poolsOfUnitId).toBeNull();
    expect(archivist.behaviour.pools.map(({ groups }) => groups[0])).toEqual(['SUPERIOR', 'PEER']);
  });
});

test('the severity of raters is taken from the pools that count in the unit', async () => {
  const resultOf = await closed([ownPools(false)]);
  expect((await resultOf('doctor')).behaviour.adjusted?.ratings).toBe(7);
  expect((await resultOf('archivist')).behaviour.adjusted?.ratings).toBe(4);
});
