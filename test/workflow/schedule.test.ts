import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { openPeriod, planPeriod } from '../../functions/domain/period/period.ts';
import { createStore } from '../../functions/store/create-store.ts';
import type { Store } from '../../functions/store/store.ts';
import { beginClose } from '../../functions/usecases/close/begin-close.ts';
import type { CloseAttempt } from '../../functions/usecases/close/close-run.ts';
import { runSchedule } from '../../functions/usecases/close/run-schedule.ts';
import { createTestClient, createTestTable, type TestTable } from '../support/dynamodb.ts';
import { choicesOf, takeTurns } from './interleave.ts';
import { execute } from './machine.ts';
import { changePeriodOf, policyOf, write } from './region.ts';

const tables: TestTable[] = [];
let table: TestTable;
let store: Store;
let started: CloseAttempt[];

const startClose = async (attempt: CloseAttempt): Promise<void> => {
  started.push(attempt);
};
const runAt = (now: string, from: Store = store) => runSchedule({ store: from, now: () => now, startClose });
const stateOf = async (periodId: string) => (await store.periods.get(periodId))?.state;
const plan = (periodId: string, closesAt: string) =>
  write(store, [store.periods.save(null, planPeriod(periodId, closesAt, 420))]);

beforeEach(async () => {
  table = await createTestTable();
  tables.push(table);
  store = createStore({ client: table.client, tableName: table.tableName });
  started = [];
  const policy = policyOf({ holidays: ['2026-04-15', '2026-05-01'] });
  await write(store, [store.policies.save(null, policy)]);
});

afterAll(async () => {
  for (const { drop } of tables) await drop();
});

describe('a planned period', () => {
  test('opens when its first day begins in the region', async () => {
    await plan('2026-02', '2026-03-05T17:00:00.000Z');
    expect(await runAt('2026-01-31T16:59:59.999Z')).toMatchObject({ opened: [], failed: [] });
    expect(await stateOf('2026-02')).toBe('PLANNED');
    expect(await runAt('2026-01-31T17:00:00.000Z')).toMatchObject({
      opened: ['2026-02'],
      started: [],
      failed: [],
    });
    expect(await stateOf('2026-02')).toBe('OPEN');
  });

  test('that was missed altogether is opened and its close started at once', async () => {
    await plan('2026-01', '2026-02-05T17:00:00.000Z');
    const report = await runAt('2026-02-06T00:00:00.000Z');
    expect(report).toMatchObject({ opened: ['2026-01'], started: ['2026-01'], overdue: ['2026-01'] });
  });

  test('opens by the clock of the policy that is in force on its last day', async () => {
    const later = {
      ...policyOf({ utcOffsetMinutes: 540 }),
      id: 'policy-2',
      number: 2,
      effectiveFrom: '2026-02-15',
    };
    await write(store, [store.policies.save(null, later)]);
    await plan('2026-02', '2026-03-05T17:00:00.000Z');
    expect(await runAt('2026-01-31T14:59:59.999Z')).toMatchObject({ opened: [] });
    expect(await runAt('2026-01-31T15:00:00.000Z')).toMatchObject({ opened: ['2026-02'] });
  });
});

describe('due periods', () => {
  beforeEach(async () => {
    for (const [id, closesAt] of [
      ['2026-01', '2026-02-05T17:00:00.000Z'],
      ['2026-02', '2026-03-05T17:00:00.000Z'],
      ['2026-03', '2026-04-05T17:00:00.000Z'],
    ] as const) {
      await plan(id, closesAt);
      await changePeriodOf(store, id, openPeriod);
    }
  });

  test('are all started, and those that are not due are not', async () => {
    const report = await runAt('2026-03-05T17:00:00.000Z');
    expect(report).toMatchObject({ started: ['2026-01', '2026-02'], failed: [] });
    expect(started).toEqual([
      { periodId: '2026-01', attempt: 1 },
      { periodId: '2026-02', attempt: 1 },
    ]);
  });

  test('one that cannot be started does not stop the others', async () => {
    const failing = async (attempt: CloseAttempt): Promise<void> => {
      if (attempt.periodId === '2026-01') throw new Error('Step Functions is away');
      started.push(attempt);
    };
    const report = await runSchedule({ store, now: () => '2026-04-05T17:00:00.000Z', startClose: failing });
    expect(report).toMatchObject({ started: ['2026-02', '2026-03'], failed: [{ periodId: '2026-01' }] });
  });

  test('one that is closing is started again under the same attempt', async () => {
    const now = () => '2026-02-05T17:00:01.000Z';
    await beginClose({ store, now }, { periodId: '2026-01', attempt: 1 });
    const report = await runAt('2026-02-05T18:00:00.000Z');
    expect(report).toMatchObject({ started: ['2026-01'], overdue: [] });
    expect(started).toEqual([{ periodId: '2026-01', attempt: 1 }]);
  });

  test('are overdue three hours after the close was due, until they are published', async () => {
    const now = () => '2026-02-05T19:59:59.999Z';
    await beginClose({ store, now }, { periodId: '2026-01', attempt: 1 });
    expect((await runAt('2026-02-05T19:59:59.999Z')).overdue).toEqual([]);
    expect((await runAt('2026-02-05T20:00:00.000Z')).overdue).toEqual(['2026-01']);
    await execute({ store, now }, { periodId: '2026-01', attempt: 1 });
    expect((await runAt('2026-02-05T20:00:00.000Z')).overdue).toEqual([]);
  });
});

describe('a published period', () => {
  test('becomes final when the last objection must have been decided, holidays and leave not counted', async () => {
    await plan('2026-03', '2026-04-05T17:00:00.000Z');
    await changePeriodOf(store, '2026-03', openPeriod);
    const now = () => '2026-04-05T17:00:03.000Z';
    await execute({ store, now }, { periodId: '2026-03', attempt: 1 });

    // Monday 6 April; received after 5 working days, the 13th; 14 to object without the 15th and 1 May: 5 May; 7 to decide: 14 May.
    expect(await store.periods.get('2026-03')).toMatchObject({ finalAt: '2026-05-14T17:00:00.000Z' });
    expect(await runAt('2026-05-14T16:59:59.999Z')).toMatchObject({ finalised: [], started: [] });
    expect(await runAt('2026-05-14T17:00:00.000Z')).toMatchObject({
      finalised: ['2026-03'],
      settled: ['2026-03'],
      failed: [],
    });
    expect(await stateOf('2026-03')).toBe('FINAL');
    // What follows is proposed by the machine, and started again as long as it is not done.
    const follow = { periodId: '2026-03', attempt: 1 };
    expect(started).toEqual([follow]);
    expect(await runAt('2026-05-14T17:30:00.000Z')).toMatchObject({ settled: ['2026-03'] });
    await execute({ store, now }, follow);
    expect(await store.periods.get('2026-03')).toMatchObject({ state: 'FINAL', settled: true });
    expect(await runAt('2026-05-14T18:00:00.000Z')).toMatchObject({
      finalised: [],
      settled: [],
      started: [],
      opened: [],
    });
  });
});

test('a holiday of the policy that follows a period lengthens the time to object to it', async () => {
  const rules = { holidays: ['2026-04-15', '2026-04-16', '2026-05-01'] };
  const next = { ...policyOf(rules), id: 'policy-2', number: 2, effectiveFrom: '2026-04-01' };
  await write(store, [store.policies.save(null, next)]);
  await plan('2026-03', '2026-04-05T17:00:00.000Z');
  await changePeriodOf(store, '2026-03', openPeriod);
  await execute({ store, now: () => '2026-04-05T17:00:03.000Z' }, { periodId: '2026-03', attempt: 1 });
  // To object until 6 May without the 15th, the 16th and 1 May; 7 to decide: 15 May.
  expect(await store.periods.get('2026-03')).toMatchObject({ finalAt: '2026-05-15T17:00:00.000Z' });
});

describe('the schedule delivered twice', () => {
  test.for([1, 2, 3])('at once does everything once, seed %i', async (seed) => {
    await plan('2026-01', '2026-02-05T17:00:00.000Z');
    await plan('2026-02', '2026-03-05T17:00:00.000Z');
    await changePeriodOf(store, '2026-01', openPeriod);
    const clients = [createTestClient(), createTestClient()];
    takeTurns(clients, choicesOf(seed));
    const reports = await Promise.all(
      clients.map((client) =>
        runAt('2026-02-05T17:00:00.000Z', createStore({ client, tableName: table.tableName })),
      ),
    );
    expect(reports.flatMap(({ opened }) => opened)).toEqual(['2026-02']);
    expect(reports.flatMap(({ failed }) => failed)).toEqual([]);
    expect(started).toContainEqual({ periodId: '2026-01', attempt: 1 });
    expect(await store.periods.get('2026-02')).toMatchObject({ state: 'OPEN', version: 2 });
  });
});
