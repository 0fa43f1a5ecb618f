import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '../../functions/domain/access-policy.ts';
import type { RankingScope } from '../../functions/domain/evaluation/ranking.ts';
import { openPeriod, type Period, planPeriod } from '../../functions/domain/period/period.ts';
import { Rejection } from '../../functions/domain/problem.ts';
import { createStore } from '../../functions/store/create-store.ts';
import { createFiles } from '../../functions/store/s3-files.ts';
import type { Store } from '../../functions/store/store.ts';
import { beginClose } from '../../functions/usecases/close/begin-close.ts';
import { type RankingStart, readRanking } from '../../functions/usecases/ranking/read-ranking.ts';
import { rankedResults } from '../../functions/usecases/result/ranked-results.ts';
import { countRequests, createTestTable, type TestTable } from '../support/dynamodb.ts';
import { execute } from './machine.ts';
import { naiveClose } from './naive-close.ts';
import { PUSKESMAS } from './puskesmas.ts';
import {
  CLOSES_AT,
  changePeriodOf,
  type PersonSpec,
  type RegionSpec,
  ratingOf,
  seedRegion,
  write,
} from './region.ts';

const CLOSED_AT = '2026-04-05T17:00:03.000Z';
const now = () => CLOSED_AT;
const tables: TestTable[] = [];

async function seed(spec: RegionSpec): Promise<Store> {
  const table = await createTestTable();
  tables.push(table);
  const store = createStore({ client: table.client, tableName: table.tableName });
  await seedRegion(store, spec);
  return store;
}

afterAll(async () => {
  for (const table of tables) await table.drop();
});

const codesOf = async (attempt: Promise<unknown>): Promise<readonly string[]> => {
  const error = await attempt.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof Rejection)) throw error;
  return error.problems.map(({ code }) => code);
};

describe('a small region closes its quarter', () => {
  const expected = naiveClose(PUSKESMAS);
  let store: Store;
  let period: Period | null;

  beforeAll(async () => {
    store = await seed(PUSKESMAS);
    await execute({ store, now }, { periodId: '2026-Q1', attempt: 1 });
    period = await store.periods.get('2026-Q1');
  });

  test('and publishes its first run', () => {
    expect(period).toMatchObject({
      state: 'PUBLISHED',
      run: null,
      publishedRun: 'r1',
      publishedAt: CLOSED_AT,
      failure: null,
      policy: { id: 'policy-1' },
    });
  });

  test('whose scores and predicates are those of a naive computation', async () => {
    const found = new Map(
      await Promise.all(
        [...expected.keys()].map(async (id) => {
          const [result = null] = await rankedResults(store, [
            { periodId: '2026-Q1', run: 'r1', staffId: id },
          ]);
          return [
            id,
            result && {
              unit: result.unitId,
              jobGroup: result.jobGroup,
              workResult: bigOf(result.workResult.score),
              behaviour: bigOf(result.behaviour.score),
              score: bigOf(result.score),
              predicate: result.predicate,
              ranks: result.ranks && [
                result.ranks.unit.rank,
                result.ranks.jobGroup.rank,
                result.ranks.region.rank,
              ],
            },
          ] as const;
        }),
      ),
    );
    expect(found).toEqual(expected);
    expect([...expected.values()].filter(({ score }) => score === null)).toHaveLength(2);
  });

  test('with every ranking in pages that say the same as the results', async () => {
    const scopes: RankingScope[] = [
      { kind: 'REGION' },
      { kind: 'UNIT', unitId: 'puskesmas-a' },
      { kind: 'JOB_GROUP', jobGroup: 'nurse' },
    ];
    const belongs = [
      () => true,
      ({ unit }: { unit: string }) => unit === 'puskesmas-a',
      ({ jobGroup }: { jobGroup: string }) => jobGroup === 'nurse',
    ];
    for (const [index, scope] of scopes.entries()) {
      const page = await store.rankings.page('2026-Q1', 'r1', scope, 0);
      const place = [2, 0, 1][index] ?? 0;
      const wanted = [...expected]
        .filter(([, row]) => row.ranks !== null && belongs[index]?.(row))
        .map(([staffId, row]) => ({
          staffId,
          unitId: row.unit,
          score: Number(row.score),
          rank: row.ranks?.[place],
        }))
        .sort((a, b) => b.score - a.score || (a.staffId < b.staffId ? -1 : 1));
      expect(page).toEqual({ total: wanted.length, entries: wanted });
      expect(await store.rankings.page('2026-Q1', 'r1', scope, 1)).toBeNull();
    }
  });

  test('equal scores share a rank and the next rank is skipped', async () => {
    const page = await store.rankings.page('2026-Q1', 'r1', { kind: 'UNIT', unitId: 'puskesmas-a' }, 0);
    const ranks = new Map(page?.entries.map(({ staffId, rank }) => [staffId, rank]));
    const tied = ranks.get('perawat-1') ?? 0;
    expect(ranks.get('perawat-2')).toBe(tied);
    expect([...ranks.values()]).not.toContain(tied + 1);
  });

  test('a person who moved is evaluated where they are, from what lies where they were', async () => {
    const result = await store.results.get('2026-Q1', 'r1', 'pindah');
    expect(result).toMatchObject({
      unitId: 'puskesmas-a',
      shard: 1,
      jobGroup: 'nurse',
      assessorId: 'kapus',
      assessedInUnitId: 'puskesmas-a',
      workResultRating: 'MEETS',
    });
    expect(result?.workResult.lines[0]?.months.map(({ realisation }) => realisation)).toEqual([
      '80',
      '90',
      '93',
    ]);
  });

  test('staff of a vacant unit count with the head above, delegated ones with their assessor', async () => {
    const [bidan] = await rankedResults(store, [{ periodId: '2026-Q1', run: 'r1', staffId: 'bidan-b' }]);
    const perawat = await store.results.get('2026-Q1', 'r1', 'perawat-b');
    const kadis = await store.results.get('2026-Q1', 'r1', 'kadis');
    expect(bidan).toMatchObject({ assessorId: 'kadis', assessedInUnitId: 'dinas', ranks: null, score: null });
    expect(perawat).toMatchObject({ assessorId: 'kapus', assessedInUnitId: 'puskesmas-a' });
    expect(kadis).toMatchObject({ assessorId: null, assessedInUnitId: null });
  });

  test('unit results count each person once where they are assessed, with the guidance that is not kept', async () => {
    const units = await store.results.units(
      ['dinas', 'puskesmas-a', 'puskesmas-b', 'kantor'].map((unitId) => ({
        periodId: '2026-Q1',
        run: 'r1',
        unitId,
      })),
    );
    const summary = units.map((unit) => unit && [unit.unitId, unit.score, unit.proposed, unit.notMeasured]);
    expect(summary).toEqual([
      ['dinas', 103_055_556, 'GOOD', null],
      ['puskesmas-a', 112_176_190, 'OUTSTANDING', null],
      ['puskesmas-b', null, null, 'NO_PLAN'],
      ['kantor', null, null, 'NO_PLAN'],
    ]);
    const counted = new Map<string | null, (string | null)[]>();
    for (const [id, { predicate }] of expected) {
      const unit = (await store.results.get('2026-Q1', 'r1', id))?.assessedInUnitId ?? null;
      counted.set(unit, [...(counted.get(unit) ?? []), predicate]);
    }
    for (const unit of units) {
      const predicates = counted.get(unit?.unitId ?? '') ?? [];
      expect(unit?.notEvaluated).toBe(predicates.filter((predicate) => predicate === null).length);
      for (const [predicate, count] of Object.entries(unit?.distribution ?? {})) {
        expect(count).toBe(predicates.filter((found) => found === predicate).length);
      }
    }
    expect(units[0]?.warnings).toEqual([
      { predicates: ['NEEDS_IMPROVEMENT', 'POOR'], bound: 'AT_LEAST', allowed: 1, actual: 0 },
    ]);
  });

  test('its audit trail tells who closed it', async () => {
    const trail = await store.audit.entries('PERIOD#2026-Q1', { first: 10, after: null });
    expect(trail.items.map(({ value }) => [value.operation, value.actor.id])).toEqual([
      ['seed', 'seed'],
      ['seed', 'seed'],
      ['beginClose', 'system'],
      ['publishResults', 'system'],
    ]);
    expect(await store.audit.verify('PERIOD#2026-Q1')).toEqual({ entries: 4, brokenAt: null });
  });
});

describe('while a period closes', () => {
  let store: Store;
  const address = { collection: { unitId: 'puskesmas-a', shard: 0 }, year: 2026 };

  beforeAll(async () => {
    store = await seed({ ...PUSKESMAS, people: PUSKESMAS.people.slice(0, 4) });
    await beginClose({ store, now }, { periodId: '2026-Q1', attempt: 1 });
  });

  test('a late rating is refused', async () => {
    const late = store.ratings.save(address, null, ratingOf('2026-Q1', 'perawat-1', 'PEER', 'late', 5));
    expect(await codesOf(write(store, [late]))).toEqual(['PERIOD_CLOSED']);
  });

  test('a late realisation is refused', async () => {
    const found = await store.realisations.get(address, {
      planId: 'perawat-1:2026',
      lineId: 'L1',
      month: '2026-03',
    });
    if (found === null) throw new Error('the region has no such realisation');
    const late = store.realisations.save(address, found, { ...found, note: 'corrected' });
    expect(await codesOf(write(store, [late]))).toEqual(['PERIOD_CLOSED']);
  });

  test('plans and rosters of the year hold still', async () => {
    const plan = await store.plans.get(address, 'perawat-1:2026');
    const staff = await store.staff.get('perawat-1');
    if (plan === null || staff === null) throw new Error('the region has no such plan or person');
    expect(
      await codesOf(write(store, [store.plans.save(address, plan, { ...plan, proposedBy: 'OWNER' })])),
    ).toEqual(['PERIOD_CLOSED']);
    const gone = { ...staff, assignments: staff.assignments.map((one) => ({ ...one, to: '2026-03-01' })) };
    expect(await codesOf(write(store, [store.staff.save(staff, gone)]))).toEqual(['PERIOD_CLOSED']);
  });

  test('the organisation as frozen is closed, whatever becomes of it meanwhile', async () => {
    const unit = await store.organisation.unit('kantor');
    const { version } = await store.organisation.load();
    if (unit === null) throw new Error('the region has no such unit');
    await write(store, [store.organisation.save(version, unit, { ...unit, parentId: 'puskesmas-a' })]);
    await execute({ store, now }, { periodId: '2026-Q1', attempt: 1 });
    const result = await store.results.get('2026-Q1', 'r1', 'kakan');
    expect(result).toMatchObject({ assessorId: 'kadis', assessedInUnitId: 'dinas' });
  });

  test('once it is published the year moves on and the period does not', async () => {
    const plan = await store.plans.get(address, 'perawat-1:2026');
    if (plan === null) throw new Error('the region has no such plan');
    await write(store, [store.plans.save(address, plan, { ...plan, agreedAt: CLOSED_AT })]);
    const late = store.ratings.save(address, null, ratingOf('2026-Q1', 'perawat-1', 'PEER', 'later', 5));
    expect(await codesOf(write(store, [late]))).toEqual(['PERIOD_CLOSED']);
  });
});

test('two periods of a year may close at once, and the year is held until both are published', async () => {
  const store = await seed({ ...PUSKESMAS, people: PUSKESMAS.people.slice(0, 4) });
  await write(store, [store.periods.save(null, planPeriod('2026-03', CLOSES_AT, 420))]);
  await changePeriodOf(store, '2026-03', openPeriod);
  await beginClose({ store, now }, { periodId: '2026-Q1', attempt: 1 });
  await execute({ store, now }, { periodId: '2026-03', attempt: 1 });

  const address = { collection: { unitId: 'puskesmas-a', shard: 0 }, year: 2026 };
  const plan = await store.plans.get(address, 'perawat-1:2026');
  const save = async () =>
    plan && write(store, [store.plans.save(address, plan, { ...plan, agreedAt: CLOSED_AT })]);
  expect(await codesOf(save())).toEqual(['PERIOD_CLOSED']);
  await execute({ store, now }, { periodId: '2026-Q1', attempt: 1 });
  await save();
});

test('a region in which nobody is measured publishes results without ranks', async () => {
  const silent = PUSKESMAS.people.slice(3, 5).map(({ rated: _, ...person }) => ({
    ...person,
    lines: [{ weight: 10_000, target: '4', reached: [null, null, null] }],
  }));
  const store = await seed({ ...PUSKESMAS, units: PUSKESMAS.units.slice(0, 2), people: silent });
  await execute({ store, now }, { periodId: '2026-Q1', attempt: 1 });
  const [unmeasured] = await rankedResults(store, [{ periodId: '2026-Q1', run: 'r1', staffId: 'perawat-1' }]);
  expect(unmeasured).toMatchObject({
    score: null,
    predicate: null,
    ranks: null,
    workResult: { notMeasured: 'NO_LINES_MEASURED' },
    behaviour: { notMeasured: 'TOO_FEW_RATERS' },
  });
  expect(await store.rankings.page('2026-Q1', 'r1', { kind: 'REGION' }, 0)).toBeNull();
  // Published, and empty.
  const hr: Actor = { id: 'hr', staffId: 'hr', roles: new Set(['STAFF', 'HR_ADMIN']) };
  const ranking = (start: RankingStart) =>
    readRanking(
      {
        store,
        files: createFiles({ bucket: 'none' }),
        jobs: { start: async () => undefined },
        now,
        newId: (prefix) => prefix,
      },
      hr,
      '2026-Q1',
      { kind: 'REGION' },
      { first: 10 },
      start,
    );
  expect(await ranking({})).toEqual({ items: [], hasMore: false, total: 0 });
  expect(await ranking({ fromRank: 5 })).toEqual({ items: [], hasMore: false, total: 0 });
  expect(await codesOf(ranking({ around: 'perawat-1' }))).toEqual(['NOT_FOUND']);
});

test('many who came from one unit are read in a few long queries, and come to the same', async () => {
  const moved = (count: number): RegionSpec => ({
    periodId: '2026-Q1',
    units: [
      { id: 'lama', head: 'kepala' },
      { id: 'baru', head: 'kepala' },
    ],
    people: [
      { id: 'kepala', unit: 'lama', jobGroup: 'leader' },
      ...Array.from({ length: count }, (_, at): PersonSpec => {
        const visits = { weight: 10_000, target: '40', reached: ['38', '44', String(40 + at)] };
        return {
          id: `pindah-${at}`,
          unit: 'lama',
          jobGroup: 'nurse',
          movesTo: { unit: 'baru', shard: 0, from: '2026-02-16' },
          lines: [visits],
          rated: [['SUPERIOR', 'kepala', 3 + (at % 3)]],
          ...(at === 0 && { set: { by: 'kepala', workResult: 'MEETS', behaviour: 'MEETS' } }),
        };
      }),
    ],
  });
  const queriesFor = async (count: number): Promise<number> => {
    const region = moved(count);
    const store = await seed(region);
    const { client } = tables.at(-1) ?? {};
    if (client === undefined) throw new Error('no table');
    const requests = countRequests(client);
    await execute({ store, now }, { periodId: '2026-Q1', attempt: 1 });
    requests.remove();
    for (const [id, { score, predicate }] of naiveClose(region)) {
      const result = await store.results.get('2026-Q1', 'r1', id);
      expect([id, bigOf(result?.score), result?.predicate ?? null]).toEqual([id, score, predicate]);
    }
    return requests.byOperation['Query'] ?? 0;
  };
  const six = await queriesFor(6);
  expect(await queriesFor(9)).toBe(six);
  expect(await queriesFor(1)).toBeLessThan(six + 3);
});

test('a region without staff and without units closes too', async () => {
  const store = await seed({ periodId: '2026-Q1', units: [], people: [] });
  await execute({ store, now }, { periodId: '2026-Q1', attempt: 1 });
  expect(await store.periods.get('2026-Q1')).toMatchObject({ state: 'PUBLISHED', publishedRun: 'r1' });
});

test('a worker short of time goes on at its cursor and comes to the same', async () => {
  const store = await seed(PUSKESMAS);
  await execute({ store, now }, { periodId: '2026-Q1', attempt: 1 }, () => false);
  const expected = naiveClose(PUSKESMAS);
  for (const [id, { score }] of expected) {
    expect(bigOf((await store.results.get('2026-Q1', 'r1', id))?.score)).toEqual(score);
  }
});

test('a period is not closed before it is due, under another attempt, or where there is none', async () => {
  const store = await seed({ periodId: '2026-Q1', units: [], people: [] });
  const tooEarly = () => '2026-04-05T16:59:59.999Z';
  expect(await codesOf(beginClose({ store, now: tooEarly }, { periodId: '2026-Q1', attempt: 1 }))).toEqual([
    'OUT_OF_RANGE',
  ]);
  expect(await codesOf(beginClose({ store, now }, { periodId: '2026-Q9', attempt: 1 }))).toEqual([
    'NOT_FOUND',
  ]);
  await expect(beginClose({ store, now }, { periodId: '2026-Q1', attempt: 2 })).rejects.toThrow('attempt');
});

const bigOf = (value: number | null | undefined): bigint | null =>
  typeof value === 'number' ? BigInt(value) : null;
