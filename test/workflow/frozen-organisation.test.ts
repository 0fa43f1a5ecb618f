import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { createStore } from '../../functions/store/create-store.ts';
import type { Store } from '../../functions/store/store.ts';
import { beginClose } from '../../functions/usecases/close/begin-close.ts';
import { mergeScores } from '../../functions/usecases/close/merge-scores.ts';
import { planShards } from '../../functions/usecases/close/plan-shards.ts';
import { publishResults } from '../../functions/usecases/close/publish-results.ts';
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
      () => publishResults({ store, now }, RUN),
    ]) {
      await expect(step()).rejects.toMatchObject({ name: 'RunNotBegun' });
    }
  });

  test('merge before every shard is scored', async () => {
    await beginClose({ store, now }, ATTEMPT);
    await expect(mergeScores({ store }, RUN)).rejects.toMatchObject({ name: 'ScoresMissing' });
  });

  test('no shard has scores before everybody in it has a result', async () => {
    const client = createTestClient();
    const counted = countRequests(client);
    await beginClose({ store, now }, ATTEMPT);
    await scoreShards({ store: storeOn(client) }, task, plenty);
    const written = counted.requests
      .filter(({ operation }) => operation === 'BatchWriteItem')
      .map(({ input }) => JSON.stringify(input));
    expect(written).toHaveLength(2);
    expect(written[0]).toContain('RESULT#');
    expect(written[1]).toContain('SCORES#');
    for (const id of ['kadis', 'staf']) expect(await store.results.get('2026-Q1', 'r1', id)).not.toBeNull();
  });

  test('what failed is forgotten when the close is started again', async () => {
    await beginClose({ store, now }, ATTEMPT);
    await recordCloseFailure({ store, now }, { ...ATTEMPT, failure: 'ScoresMissing' });
    expect(await store.periods.get('2026-Q1')).toMatchObject({ state: 'CLOSING', failure: 'ScoresMissing' });
    await renameUnit('after');
    await beginClose({ store: storeOn(), now }, ATTEMPT);
    expect(await store.periods.get('2026-Q1')).toMatchObject({ state: 'CLOSING', run: 'r1', failure: null });
    expect(await frozenName()).toBe('Unit dinas');
  });
});
