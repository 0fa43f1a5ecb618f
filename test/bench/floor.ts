import {
  BatchWriteCommand,
  type BatchWriteCommandInput,
  type DynamoDBDocumentClient,
  QueryCommand,
  type QueryCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { inParallel } from '../../functions/domain/in-parallel.ts';
import { slices } from '../../functions/store/batch.ts';
import { STAFF_A_UNIT, unitIdOf } from './bulk-region.ts';
import type { MeteredRequest } from './request-meter.ts';

/** Of the close: shards a task at once, tasks at once as it makes them, batches a shard at once. */
const SHARDS_AT_ONCE = 4;
const SHARDS_A_TASK = 25;
const BATCHES_AT_ONCE = 8;
const ITEMS_A_BATCH = 25;

type Item = Readonly<Record<string, unknown>>;

export interface Floor {
  readonly seconds: number;
  readonly cpuSeconds: number;
  /**
   * What no close can do with less: one strongly consistent read unit for each 4 KB of what a unit's partition holds of the period, and a
   * write unit for each 1 KB of each result, ranking page and unit result.
   */
  readonly leastUnits: { readonly read: number; readonly write: number };
}

/**
 * The floor of a close: reads what it read of people's work, unit by unit, and writes the results that it wrote, as many at once and
 * with the same client, and does nothing in between. What a close writes only for itself is left out.
 * @param requests of a close of a bulk region
 */
export async function measureFloor(
  client: DynamoDBDocumentClient,
  requests: readonly MeteredRequest[],
): Promise<Floor> {
  const reads = requests
    .filter(({ operation }) => operation === 'Query')
    .map(({ input }) => input as QueryCommandInput);
  const readsOf = Map.groupBy(reads, (query) => unitIn(String(query.ExpressionAttributeValues?.[':pk'])));
  const puts = requests.filter(({ operation }) => operation === 'BatchWriteItem').flatMap(putsOf);
  const results = puts.filter(({ item }) => !isWorking(item));
  const resultsOf = Map.groupBy(results, ({ item }) => unitOfResult(item));
  const tableName = puts[0]?.tableName ?? '';

  const write = (items: readonly Item[]): Promise<void> =>
    inParallel(slices(items, ITEMS_A_BATCH), BATCHES_AT_ONCE, async (slice) => {
      const put = slice.map((item) => ({ PutRequest: { Item: item } }));
      await client.send(new BatchWriteCommand({ RequestItems: { [tableName]: put } }));
    });
  const units = [...readsOf.keys()].filter((unit) => unit !== NO_UNIT).sort();
  const cpu = process.cpuUsage();
  const from = performance.now();
  await Promise.all(
    slices(units, SHARDS_A_TASK).map((task) =>
      inParallel(task, SHARDS_AT_ONCE, async (unit) => {
        await Promise.all((readsOf.get(unit) ?? []).map((query) => client.send(new QueryCommand(query))));
        await write((resultsOf.get(unit) ?? []).map(({ item }) => item));
      }),
    ),
  );
  await write((resultsOf.get(NO_UNIT) ?? []).map(({ item }) => item));
  const { user, system } = process.cpuUsage(cpu);
  const seconds = (performance.now() - from) / 1000;

  let read = 0;
  for (const unit of units) {
    let bytes = 0;
    for (const query of readsOf.get(unit) ?? []) {
      const { Items = [] } = await client.send(new QueryCommand(wholeItems(query)));
      for (const item of Items) bytes += sizeOf(item);
    }
    read += Math.ceil(bytes / 4096);
  }
  return {
    seconds,
    cpuSeconds: (user + system) / 1e6,
    leastUnits: {
      read,
      write: results.reduce((sum, { item }) => sum + Math.ceil(sizeOf(item) / 1024), 0),
    },
  };
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
/** What a close writes for its own steps. */
const isWorking = ({ pk }: Item): boolean => /^RUN/.test(String(pk));

function putsOf({ input }: MeteredRequest): { readonly tableName: string; readonly item: Item }[] {
  const { RequestItems = {} } = input as BatchWriteCommandInput;
  return Object.entries(RequestItems).flatMap(([tableName, writes]) =>
    writes.flatMap(({ PutRequest }) => (PutRequest?.Item ? [{ tableName, item: PutRequest.Item }] : [])),
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
