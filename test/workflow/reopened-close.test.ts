import { afterAll, beforeAll, expect, test } from 'vitest';
import { reopen } from '../../functions/domain/period/period.ts';
import { createStore } from '../../functions/store/create-store.ts';
import type { Store } from '../../functions/store/store.ts';
import { beginClose } from '../../functions/usecases/close/begin-close.ts';
import { rankedResults } from '../../functions/usecases/result/ranked-results.ts';
import { createTestClient, createTestTable, type TestTable } from '../support/dynamodb.ts';
import { execute } from './machine.ts';
import { naiveClose } from './naive-close.ts';
import { PUSKESMAS } from './puskesmas.ts';
import { changePeriodOf, type PersonSpec, type RegionSpec, seedRegion, write } from './region.ts';
import { linesOf, readTable, restoreTable, type TableState } from './table-state.ts';

const PERIOD = '2026-Q1';
const FIRST = { periodId: PERIOD, attempt: 1 };
const SECOND = { periodId: PERIOD, attempt: 2 };
const REOPENED_AT = '2026-04-10T03:00:00.000Z';
const CLOSES_AGAIN_AT = '2026-04-12T17:00:00.000Z';
const firstClose = () => '2026-04-05T17:00:03.000Z';
const secondClose = () => '2026-04-12T17:00:04.000Z';

/** The assessor's rating of the first nurse was a mistake. */
const CORRECTED: RegionSpec = {
  ...PUSKESMAS,
  people: PUSKESMAS.people.map((person): PersonSpec => {
    if (person.id !== 'perawat-1') return person;
    return {
      ...person,
      rated: (person.rated ?? []).map(([group, rater, mark]) => [
        group,
        rater,
        group === 'SUPERIOR' ? 1 : mark,
      ]),
    };
  }),
};

let table: TestTable;
let store: Store;
let published: TableState;

const newStore = (client = createTestClient()): Store => createStore({ client, tableName: table.tableName });

/** What lies under a run: results, unit results, rankings and working items. */
const itemsOfRun = (state: TableState, run: string): Record<string, string> =>
  linesOf(new Map([...state].filter(([key]) => key.includes(`${PERIOD}#${run}`))));

async function reopenAndCorrect(): Promise<void> {
  await changePeriodOf(store, PERIOD, (period) =>
    reopen(period, CLOSES_AGAIN_AT, REOPENED_AT, period.policy),
  );
  const address = { collection: { unitId: 'puskesmas-a', shard: 0 }, year: 2026 };
  const key = { periodId: PERIOD, rateeId: 'perawat-1', group: 'SUPERIOR', raterId: 'kapus' } as const;
  const before = await store.ratings.get(address, key);
  if (before === null) throw new Error('the region has no such rating');
  await write(store, [
    store.ratings.save(address, before, { ...before, scores: before.scores.map(() => 1) }),
  ]);
}

beforeAll(async () => {
  table = await createTestTable();
  store = newStore(table.client);
  await seedRegion(store, PUSKESMAS);
  await execute({ store, now: firstClose }, FIRST);
  published = await readTable(table);
});

afterAll(() => table.drop());

test('readers see the first run until the second is published, and the first stays as it was', async () => {
  await reopenAndCorrect();
  expect(await store.periods.get(PERIOD)).toMatchObject({ state: 'OPEN', attempt: 2, publishedRun: 'r1' });
  await beginClose({ store, now: secondClose }, SECOND);
  expect(await store.periods.get(PERIOD)).toMatchObject({ state: 'CLOSING', run: 'r2', publishedRun: 'r1' });
  await execute({ store, now: secondClose }, SECOND);

  expect(await store.periods.get(PERIOD)).toMatchObject({
    state: 'PUBLISHED',
    attempt: 2,
    run: null,
    publishedRun: 'r2',
    publishedAt: secondClose(),
  });
  const closedAgain = await readTable(table);
  expect(itemsOfRun(closedAgain, 'r1')).toEqual(itemsOfRun(published, 'r1'));
  expect(Object.keys(itemsOfRun(closedAgain, 'r2'))).toHaveLength(
    Object.keys(itemsOfRun(published, 'r1')).length,
  );

  const [first, second] = [naiveClose(PUSKESMAS), naiveClose(CORRECTED)];
  expect(first.get('perawat-1')?.score).not.toEqual(second.get('perawat-1')?.score);
  for (const id of first.keys()) {
    const [r1, r2] = await rankedResults(
      store,
      ['r1', 'r2'].map((run) => ({ periodId: PERIOD, run, staffId: id })),
    );
    expect([r1?.score, r1?.ranks?.region.rank]).toEqual(figuresOf(first.get(id)));
    expect([r2?.score, r2?.ranks?.region.rank]).toEqual(figuresOf(second.get(id)));
  }
});

test('an execution of the first attempt that comes late does nothing', async () => {
  await restoreTable(table, published);
  await execute({ store: newStore(), now: secondClose }, FIRST);
  expect(linesOf(await readTable(table))).toEqual(linesOf(published));

  await reopenAndCorrect();
  const reopened = await readTable(table);
  await execute({ store: newStore(), now: secondClose }, FIRST);
  expect(linesOf(await readTable(table))).toEqual(linesOf(reopened));

  await beginClose({ store, now: secondClose }, SECOND);
  const closing = await readTable(table);
  await execute({ store: newStore(), now: secondClose }, FIRST);
  expect(linesOf(await readTable(table))).toEqual(linesOf(closing));
});

const figuresOf = (
  row: { readonly score: bigint | null; readonly ranks: readonly number[] | null } | undefined,
): (number | null | undefined)[] => [row?.score == null ? null : Number(row.score), row?.ranks?.[2]];
