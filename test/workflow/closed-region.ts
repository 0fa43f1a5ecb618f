/** A region on a table of its own that was closed once without disturbance: what every disturbed close must come to. */
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createStore } from '../../functions/store/create-store.ts';
import type { Deps } from '../../functions/usecases/deps.ts';
import { countRequests, createTestClient, createTestTable } from '../support/dynamodb.ts';
import { takeTurns } from './interleave.ts';
import { execute } from './machine.ts';
import { type RegionSpec, seedRegion } from './region.ts';
import { readTable, restoreTable, type TableState } from './table-state.ts';

export const CLOSE = { periodId: '2026-Q1', attempt: 1 };

/** One instant for every process, so that a disturbed close can be compared byte by byte. */
const now = () => '2026-04-05T17:00:03.000Z';

export interface ClosedRegion {
  /** The table before the close and after it. */
  readonly open: TableState;
  readonly published: TableState;
  /** Requests of the undisturbed close, one after the other. */
  readonly operations: readonly string[];
  /** A process of its own: nothing cached. */
  process(client?: DynamoDBDocumentClient): Pick<Deps, 'store' | 'now'>;
  read(): Promise<TableState>;
  /** Puts the table back to a state, the open period when left out; from another one, when it is known. */
  reset(to?: TableState, from?: TableState): Promise<void>;
  drop(): Promise<void>;
}

export async function closedRegion(spec: RegionSpec): Promise<ClosedRegion> {
  const table = await createTestTable();
  const process: ClosedRegion['process'] = (client = table.client) => ({
    store: createStore({ client, tableName: table.tableName }),
    now,
  });
  await seedRegion(process().store, spec);
  const open = await readTable(table);
  const serial = createTestClient();
  takeTurns([serial], () => 0);
  const { requests } = countRequests(serial);
  await execute(process(serial), CLOSE);
  const operations = requests.map(({ operation }) => operation);
  serial.destroy();
  const published = await readTable(table);
  return {
    open,
    published,
    operations,
    process,
    read: () => readTable(table),
    reset: (to = open, from = undefined) => restoreTable(table, to, from),
    drop: () => table.drop(),
  };
}
