import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { createStore } from '../../functions/store/create-store.ts';
import type { RankedScore, Store } from '../../functions/store/store.ts';
import { beginClose } from '../../functions/usecases/close/begin-close.ts';
import { mergeScores } from '../../functions/usecases/close/merge-scores.ts';
import { planShards } from '../../functions/usecases/close/plan-shards.ts';
import { publishResults } from '../../functions/usecases/close/publish-results.ts';
import { rankShards } from '../../functions/usecases/close/rank-shards.ts';
import { recordCloseFailure } from '../../functions/usecases/close/record-close-failure.ts';
import { scoreShards } from '../../functions/usecases/close/score-shards.ts';
import { countRequests, createTestClient, createTestTable, type TestTable } from '../support/dynamodb.ts';
import { pauseAtCall } from './interleave.ts';
import { seedRegion, write } from './region.ts';

const ATTEMPT = { periodId: '2026-Q1', attempt: 1 };
const RUN = { periodId: '2026-Q1', run: 'r1' };
const now = () => '2026-04-05T17:00:03.000Z';
const plenty = () => true;

const tables: TestTable[] = [];
let table: TestTable;
let store: Store;

const storeOn = (client = createTestClient()): Store => createStore({ client, tableName: table.tableName });

async function renameUnit(name: string): Promise<void> {
  const { version } = await store.organisation.load();
  const unit = await store.organisation.unit('dinas');
  if (unit === null) throw new Error('the region has no such unit');
  await write(store, [store.organisation.save(version, unit, { ...unit, name })]);
}

const frozenName = async (): Promise<string | undefined> =>
  (await store.closeRuns.snapshot('2026-Q1', 'r1'))?.units.get('dinas')?.name;

beforeEach(async () => {
  table = await createTestTable();
  tables.push(table);
  store = storeOn(table.client);
  await seedRegion(store, {
    periodId: '2026-Q1',
    units: [{ id: 'dinas', head: 'kadis' }],
    people: [
      { id: 'kadis', unit: 'dinas', jobGroup: 'leader' },
      {
        id: 'staf',
        unit: 'dinas',
        jobGroup: 'clerk',
        lines: [{ weight: 10_000, target: '2', reached: ['1', '2', '3'] }],
        rated: [['SUPERIOR', 'kadis', 4]],
      },
    ],
  });
});

afterAll(async () => {
  for (const { drop } of tables) await drop();
});

describe('the organisation that a run closes', () => {
  /** Requests of a begin that nobody disturbs. */
  const CALLS = Array.from({ length: 7 }, (_, index) => index + 1);

  test.for(CALLS)('is the one of the moment of begin, moved before request %i', async (call) => {
    const client = createTestClient();
    const count = countRequests(client);
    const pause = pauseAtCall(client, call);
    const begun = beginClose({ store: storeOn(client), now }, ATTEMPT);
    await pause.reached;
    await renameUnit('moved');
    pause.resume();
    await begun;
    expect(await frozenName()).toBe('moved');
    expect(count.total).toBeGreaterThanOrEqual(CALLS.length);
  });

  test.for(CALLS)('is not replaced by one who began earlier and slept before request %i', async (call) => {
    const client = createTestClient();
    const pause = pauseAtCall(client, call);
    const slept = beginClose({ store: storeOn(client), now }, ATTEMPT);
    await pause.reached;
    await renameUnit('as frozen');
    await beginClose({ store: storeOn(), now }, ATTEMPT);
    await renameUnit('after');
    pause.resume();
    await slept;
    expect(await frozenName()).toBe('as frozen');
    expect(await store.periods.get('2026-Q1')).toMatchObject({ state: 'CLOSING', run: 'r1', version: 3 });
  });
});

describe('a step out of its order fails and publishes nothing', () => {
  const task = { ...RUN, from: 0, to: 1 };

  test('before begin', async () => {
    for (const step of [
      () => planShards({ store }, { ...ATTEMPT, run: 'r1' }),
      () => scoreShards({ store }, task, plenty),
      () => mergeScores({ store }, RUN),
      () => rankShards({ store, now }, task, plenty),
      () => publishResults({ store, now }, RUN),
    ]) {
      await expect(step()).rejects.toMatchObject({ name: 'RunNotBegun' });
    }
  });

  test('merge before every shard is scored, ranks before the merge', async () => {
    await beginClose({ store, now }, ATTEMPT);
    await expect(mergeScores({ store }, RUN)).rejects.toMatchObject({ name: 'ScoresMissing' });
    await expect(rankShards({ store, now }, task, plenty)).rejects.toMatchObject({ name: 'RanksMissing' });
  });

  test.for<[string, (ranked: RankedScore) => RankedScore[]]>([
    ['who were not there', () => []],
    ['with another score', (one) => [{ ...one, score: (one.score ?? 0) + 1 }]],
    ['with another predicate', (one) => [{ ...one, predicate: 'POOR' }]],
    ['assessed elsewhere', (one) => [{ ...one, assessedInUnitId: 'dinas-lain' }]],
    ['in another job group', (one) => [{ ...one, jobGroup: 'nurse' }]],
    ['and one more', (one) => [one, { ...one, staffId: 'zaenal' }]],
  ])('ranks of people %s when it was merged', async ([, change]) => {
    await beginClose({ store, now }, ATTEMPT);
    await scoreShards({ store }, task, plenty);
    await mergeScores({ store }, RUN);
    const shard = { unitId: 'dinas', shard: 0 };
    const ranked = (await store.closeRuns.ranks('2026-Q1', 'r1', shard)) ?? [];
    expect(ranked.map(({ staffId }) => staffId)).toEqual(['kadis', 'staf']);
    const changed = ranked.flatMap((one) => (one.staffId === 'staf' ? change(one) : [one]));
    await store.closeRuns.putRanks('2026-Q1', 'r1', shard, changed);
    await expect(rankShards({ store, now }, task, plenty)).rejects.toMatchObject({ name: 'RanksMoved' });
    expect(await store.results.get('2026-Q1', 'r1', 'staf')).toBeNull();
  });

  test('what failed is forgotten when the close is started again', async () => {
    await beginClose({ store, now }, ATTEMPT);
    await recordCloseFailure({ store, now }, { ...ATTEMPT, failure: 'RanksMoved' });
    expect(await store.periods.get('2026-Q1')).toMatchObject({ state: 'CLOSING', failure: 'RanksMoved' });
    await renameUnit('after');
    await beginClose({ store: storeOn(), now }, ATTEMPT);
    expect(await store.periods.get('2026-Q1')).toMatchObject({ state: 'CLOSING', run: 'r1', failure: null });
    expect(await frozenName()).toBe('Unit dinas');
  });
});
