import { createHash } from 'node:crypto';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createStore } from '../../functions/store/create-store.ts';
import {
  CutError,
  countRequests,
  createTestClient,
  createTestTable,
  cutAtCall,
  type TestTable,
} from '../support/dynamodb.ts';
import { choicesOf, pauseAtCall, takeTurns } from './interleave.ts';
import { execute } from './machine.ts';
import { PUSKESMAS } from './puskesmas.ts';
import { seedRegion } from './region.ts';
import { linesOf, readTable, restoreTable, type TableState } from './table-state.ts';

const ATTEMPT = { periodId: '2026-Q1', attempt: 1 };
/** One instant for every process, so that a disturbed close can be compared byte by byte. */
const now = () => '2026-04-05T17:00:03.000Z';

let table: TestTable;
let open: TableState;
let published: TableState;
/** Requests of an undisturbed close, in order. */
let operations: readonly string[];

/** Clients are dear to make, and hold nothing that a process would remember but connections. */
let client: DynamoDBDocumentClient;
/** Sends one request after the other, so that its nth call is the same whenever the close runs. */
let serialClient: DynamoDBDocumentClient;

/** A process of its own: nothing cached. */
const startProcess = (of = client) => ({
  store: createStore({ client: of, tableName: table.tableName }),
  now,
});

beforeAll(async () => {
  table = await createTestTable();
  client = table.client;
  serialClient = createTestClient();
  takeTurns([serialClient], () => 0);
  await seedRegion(startProcess().store, PUSKESMAS);
  open = await readTable(table);
  const count = countRequests(serialClient);
  await execute(startProcess(serialClient), ATTEMPT);
  operations = count.requests.map(({ operation }) => operation);
  count.remove();
  published = await readTable(table);
});

afterAll(async () => {
  serialClient.destroy();
  await table.drop();
});

test('the undisturbed close changes the table', () => {
  expect(published.size).toBeGreaterThan(open.size + 20);
});

test('killed before or after any write, and so at any DynamoDB call, and started again', {
  timeout: 120_000,
}, async () => {
  // What a restart does follows from the table alone, so each state of the table is restarted from once. A read leaves
  // nothing behind: killed at one, before or after, the table is as before the next write.
  const restarted = new Set<string>();
  let found = await readTable(table);
  const kills = operations.flatMap((operation, index) =>
    isWrite(operation) ? (['before', 'after'] as const).map((moment) => ({ call: index + 1, moment })) : [],
  );
  for (const { call, moment } of kills) {
    await restoreTable(table, open, found);
    const cut = cutAtCall(serialClient, call, moment);
    const death = await execute(startProcess(serialClient), ATTEMPT).catch((error: unknown) => error);
    expect(cut.happened, `call ${call} was reached`).toBe(true);
    expect(isCut(death), `call ${call} killed the process: ${death}`).toBe(true);
    cut.remove();
    found = await readTable(table);
    const state = digestOf(found);
    if (restarted.has(state)) continue;
    restarted.add(state);
    await execute(startProcess(), ATTEMPT);
    found = await readTable(table);
    expect(linesOf(found), `killed ${moment} call ${call} (${operations[call - 1]})`).toEqual(
      linesOf(published),
    );
  }
  expect(kills.length).toBeGreaterThan(30);
  expect(restarted.size).toBeGreaterThan(15);
});

describe('started twice at once', () => {
  const together = async (processes: number, choose: (waiting: number) => number): Promise<void> => {
    await restoreTable(table, open);
    const clients = Array.from({ length: processes }, () => createTestClient());
    takeTurns(clients, choose);
    await Promise.all(clients.map((one) => execute(startProcess(one), ATTEMPT)));
    for (const one of clients) one.destroy();
    expect(linesOf(await readTable(table))).toEqual(linesOf(published));
  };

  test.for([1, 2, 3, 4, 5])('interleaved by chance, seed %i', (seed) => together(2, choicesOf(seed)));

  test('in step, call by call', () => together(3, () => 0));

  test('one asleep before any of its writes until the other has published', {
    timeout: 120_000,
  }, async () => {
    let found = await readTable(table);
    for (const [index, operation] of operations.entries()) {
      if (!isWrite(operation)) continue;
      await restoreTable(table, open, found);
      const sleeper = createTestClient();
      takeTurns([sleeper], () => 0);
      const pause = pauseAtCall(sleeper, index + 1);
      const slept = execute(startProcess(sleeper), ATTEMPT);
      await pause.reached;
      await execute(startProcess(), ATTEMPT);
      pause.resume();
      await slept;
      sleeper.destroy();
      found = await readTable(table);
      expect(linesOf(found), `asleep before call ${index + 1} (${operation})`).toEqual(linesOf(published));
    }
  });
});

const isWrite = (operation = ''): boolean => operation.includes('Write');

function isCut(error: unknown): boolean {
  if (error instanceof CutError) return true;
  return (
    error instanceof Error &&
    (isCut(error.cause) || (error instanceof AggregateError && error.errors.some(isCut)))
  );
}

function digestOf(state: TableState): string {
  const hash = createHash('sha256');
  for (const [key, { text }] of state) hash.update(`${key}\n${text}\n`);
  return hash.digest('hex');
}
