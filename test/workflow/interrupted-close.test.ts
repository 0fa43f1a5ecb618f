import { createHash } from 'node:crypto';
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

/** A process of its own: nothing cached, its own client. */
function startProcess() {
  const client = createTestClient();
  return { client, deps: { store: createStore({ client, tableName: table.tableName }), now } };
}

/** A process that sends one request after the other, so that its nth call is the same whenever it runs. */
function startSerialProcess() {
  const process = startProcess();
  takeTurns([process.client], () => 0);
  return process;
}
beforeAll(async () => {
  table = await createTestTable();
  await seedRegion(createStore({ client: table.client, tableName: table.tableName }), PUSKESMAS);
  open = await readTable(table);
  const { client, deps } = startSerialProcess();
  const count = countRequests(client);
  await execute(deps, ATTEMPT);
  operations = count.requests.map(({ operation }) => operation);
  published = await readTable(table);
});

afterAll(() => table.drop());

test('the undisturbed close changes the table', () => {
  expect(published.size).toBeGreaterThan(open.size + 20);
});

describe('killed at any DynamoDB call and started again', () => {
  test.for(['before', 'after'] as const)('%s the call took effect', { timeout: 60_000 }, async (moment) => {
    // What a restart does follows from the table alone, so each state of the table is restarted from once.
    const restarted = new Set<string>();
    let now = await readTable(table);
    for (let call = 1; call <= operations.length; call += 1) {
      // A read leaves nothing behind: killed after it is killed before the next call.
      if (moment === 'after' && !isWrite(operations[call - 1])) continue;
      await restoreTable(table, open, now);
      const killed = startSerialProcess();
      const cut = cutAtCall(killed.client, call, moment);
      const death = await execute(killed.deps, ATTEMPT).catch((error: unknown) => error);
      expect(cut.happened, `call ${call} was reached`).toBe(true);
      expect(isCut(death), `call ${call} killed the process: ${death}`).toBe(true);
      now = await readTable(table);
      const state = digestOf(now);
      if (restarted.has(state)) continue;
      restarted.add(state);
      await execute(startProcess().deps, ATTEMPT);
      now = await readTable(table);
      expect(linesOf(now), `killed ${moment} call ${call} (${operations[call - 1]})`).toEqual(
        linesOf(published),
      );
    }
    expect(restarted.size).toBeGreaterThan(10);
  });
});

describe('started twice at once', () => {
  test.for([1, 2, 3, 4, 5])('interleaved by chance, seed %i', async (seed) => {
    await restoreTable(table, open);
    const processes = [startProcess(), startProcess()];
    takeTurns(
      processes.map(({ client }) => client),
      choicesOf(seed),
    );
    await Promise.all(processes.map(({ deps }) => execute(deps, ATTEMPT)));
    expect(linesOf(await readTable(table))).toEqual(linesOf(published));
  });

  test('in step, call by call', async () => {
    await restoreTable(table, open);
    const processes = [startProcess(), startProcess(), startProcess()];
    takeTurns(
      processes.map(({ client }) => client),
      () => 0,
    );
    await Promise.all(processes.map(({ deps }) => execute(deps, ATTEMPT)));
    expect(linesOf(await readTable(table))).toEqual(linesOf(published));
  });

  test('one asleep before any of its writes until the other has published', { timeout: 60_000 }, async () => {
    let now = await readTable(table);
    for (const [index, operation] of operations.entries()) {
      if (!isWrite(operation)) continue;
      await restoreTable(table, open, now);
      const sleeper = startSerialProcess();
      const pause = pauseAtCall(sleeper.client, index + 1);
      const slept = execute(sleeper.deps, ATTEMPT);
      await pause.reached;
      await execute(startProcess().deps, ATTEMPT);
      pause.resume();
      await slept;
      now = await readTable(table);
      expect(linesOf(now), `asleep before call ${index + 1} (${operation})`).toEqual(linesOf(published));
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
