import { type BatchWriteCommandInput, QueryCommand, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import { slices } from '../../functions/store/batch.ts';
import { documentClient } from '../../functions/store/dynamodb-client.ts';
import { SHARDS_A_TASK } from '../../functions/usecases/close/plan-shards.ts';
import { STAFF_A_UNIT, unitIdOf } from './bulk-region.ts';
import { dealt, startProgram, type TableOf, type Timing } from './program.ts';
import type { MeteredRequest } from './request-meter.ts';

type Item = Readonly<Record<string, unknown>>;

/**
 * What no close can do with less: one strongly consistent read unit for each 4 KB of what a unit's partition holds of the period, and a
 * write unit for each 1 KB of each result, shard's places, ranking page and unit result.
 */
export interface LeastUnits {
  readonly read: number;
  readonly write: number;
}

/** Bare programs, ready to read and write. */
export interface Floor {
  /** All of it, once. */
  round(): Promise<Timing>;
  leastUnits(): Promise<LeastUnits>;
  close(): Promise<void>;
}

/** What a bare program reads and writes of one unit. */
export interface UnitWork {
  readonly reads: readonly QueryCommandInput[];
  readonly results: readonly Item[];
}
/** What a bare program is told before the clock starts: tasks of as many units as those of a close, and what it writes last. */
export interface FloorSetup extends TableOf {
  readonly tasks: readonly (readonly UnitWork[])[];
  readonly last: readonly Item[];
}
export interface FloorOrder {
  readonly part: 'UNITS' | 'LAST';
}
export interface FloorReport {
  readonly cpuSeconds: number;
}

/**
 * The floor of a close: reads what it read of people's work, unit by unit, and writes the results that it wrote, in as many
 * processes, as many at once and with the same client, and does nothing in between. What a close writes only for itself is left out.
 * @param requests of a close of a bulk region
 */
export async function startFloor(
  table: TableOf,
  requests: readonly MeteredRequest[],
  processes: number,
): Promise<Floor> {
  const reads = requests
    .filter(({ operation }) => operation === 'Query')
    .map(({ input }) => input as QueryCommandInput);
  const readsOf = Map.groupBy(reads, (query) => unitIn(String(query.ExpressionAttributeValues?.[':pk'])));
  const results = requests
    .filter(({ operation }) => operation === 'BatchWriteItem')
    .flatMap(putsOf)
    .filter((item) => !isWorking(item));
  const resultsOf = Map.groupBy(results, unitOfResult);
  const units = [...readsOf.keys()].filter((unit) => unit !== NO_UNIT).sort();
  const workOf = (unit: string): UnitWork => ({
    reads: readsOf.get(unit) ?? [],
    results: resultsOf.get(unit) ?? [],
  });
  const tasks = slices(units, SHARDS_A_TASK).map((task) => task.map(workOf));
  const workers = await Promise.all(
    Array.from({ length: processes }, (_, member) => {
      const setup: FloorSetup = {
        ...table,
        tasks: dealt(tasks, member, processes),
        // What belongs to no unit, as the merge writes it.
        last: member === 0 ? (resultsOf.get(NO_UNIT) ?? []) : [],
      };
      return startProgram<FloorOrder, FloorReport>(new URL('floor-worker.ts', import.meta.url), setup);
    }),
  );
  const round = async (): Promise<Timing> => {
    const from = performance.now();
    const ask = (part: FloorOrder['part']) => Promise.all(workers.map((worker) => worker.ask({ part })));
    const reports = [...(await ask('UNITS')), ...(await ask('LAST'))];
    const seconds = (performance.now() - from) / 1000;
    return { seconds, cpuSeconds: reports.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0) };
  };
  return {
    round,
    leastUnits: async () => ({
      read: await leastRead(
        table,
        units.map((unit) => readsOf.get(unit) ?? []),
      ),
      write: results.reduce((sum, item) => sum + Math.ceil(sizeOf(item) / 1024), 0),
    }),
    close: async () => {
      for (const worker of workers) await worker.close();
    },
  };
}

async function leastRead(
  { tableName: _, ...options }: TableOf,
  units: readonly (readonly QueryCommandInput[])[],
): Promise<number> {
  const client = documentClient(options);
  let least = 0;
  for (const reads of units) {
    let bytes = 0;
    for (const query of reads) {
      const { Items = [] } = await client.send(new QueryCommand(wholeItems(query)));
      for (const item of Items) bytes += sizeOf(item);
    }
    least += Math.ceil(bytes / 4096);
  }
  client.destroy();
  return least;
}

/** DynamoDB counts what an item holds, whatever is asked of it. */
function wholeItems({
  ProjectionExpression: _,
  ExpressionAttributeNames,
  ...query
}: QueryCommandInput): QueryCommandInput {
  const names = Object.entries(ExpressionAttributeNames ?? {}).filter(([alias]) => !/^#a\d+$/.test(alias));
  return { ...query, ExpressionAttributeNames: Object.fromEntries(names) };
}

const NO_UNIT = '';
/** A bulk region's ids. */
const unitIn = (pk: string): string =>
  /^(?:WORK|ROSTER|UNIT)#/.test(pk) ? (/u-\d{5}/.exec(pk)?.[0] ?? NO_UNIT) : NO_UNIT;
const unitOfResult = ({ pk }: Item): string => {
  const staffId = /^STAFF#(s-\d+)/.exec(String(pk))?.[1];
  return staffId === undefined ? NO_UNIT : unitIdOf(Math.floor(Number(staffId.slice(2)) / STAFF_A_UNIT));
};
/** What a close writes for its own steps: not places, which are read as results are. */
const isWorking = ({ pk, sk }: Item): boolean =>
  String(pk).startsWith('RUN#') && !String(sk).startsWith('RANKS#');

function putsOf({ input }: MeteredRequest): Item[] {
  const { RequestItems = {} } = input as BatchWriteCommandInput;
  return Object.values(RequestItems).flatMap((writes) =>
    writes.flatMap(({ PutRequest }) => PutRequest?.Item ?? []),
  );
}

/** Bytes as DynamoDB counts them (developer guide, "DynamoDB item sizes and formats"): names and values, 3 and 1 for what holds others. */
export function sizeOf(value: unknown): number {
  if (value === null || typeof value === 'boolean') return 1;
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (typeof value === 'number') return Math.ceil(String(Math.abs(value)).replace('.', '').length / 2) + 1;
  if (value instanceof Uint8Array) return value.length;
  if (Array.isArray(value)) return 3 + value.reduce((sum: number, one) => sum + 1 + sizeOf(one), 0);
  const members = Object.entries(value ?? {});
  return members.reduce((sum, [name, member]) => sum + Buffer.byteLength(name) + sizeOf(member), 0);
}
