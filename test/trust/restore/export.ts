import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import {
  type AttributeValue,
  BatchWriteItemCommand,
  type DynamoDBClient,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import { canonicalJson } from '../../../functions/domain/canonical-json.ts';

type RawItem = Record<string, AttributeValue>;

export interface Exported {
  readonly items: number;
  /** Of all items, whatever the order in which they came. */
  readonly digest: string;
}

const BATCH = 25;

/** The export has bytes as base64, under the same name. */
const BYTES = ['B', 'BS'];
const toText = (_: string, value: unknown): unknown =>
  value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value;
const fromText = (name: string, value: unknown): unknown => {
  const bytes = (text: unknown): unknown => (typeof text === 'string' ? Buffer.from(text, 'base64') : text);
  if (!BYTES.includes(name)) return value;
  return Array.isArray(value) ? value.map(bytes) : bytes(value);
};

/** Writes a table to a file as DynamoDB's export to S3 does: an item a line, in DynamoDB's own JSON, gzipped. */
export async function exportTable(
  client: DynamoDBClient,
  tableName: string,
  file: string,
): Promise<Exported> {
  const digests: string[] = [];
  await pipeline(
    async function* lines() {
      for await (const item of itemsOf(client, tableName)) {
        const line = JSON.stringify({ Item: item }, toText);
        digests.push(
          createHash('sha256')
            .update(canonicalJson(JSON.parse(line)))
            .digest('hex'),
        );
        yield `${line}\n`;
      }
    },
    createGzip(),
    createWriteStream(file),
  );
  const digest = createHash('sha256').update(digests.sort().join('\n')).digest('hex');
  return { items: digests.length, digest };
}

/** Puts the items of such a file into a table. */
export async function importTable(client: DynamoDBClient, tableName: string, file: string): Promise<void> {
  let batch: RawItem[] = [];
  for await (const line of createInterface({ input: createReadStream(file).pipe(createGunzip()) })) {
    batch.push(JSON.parse(line, fromText).Item);
    if (batch.length < BATCH) continue;
    await putBatch(client, tableName, batch);
    batch = [];
  }
  if (batch.length > 0) await putBatch(client, tableName, batch);
}

async function putBatch(client: DynamoDBClient, tableName: string, items: readonly RawItem[]): Promise<void> {
  let rest = items.map((Item) => ({ PutRequest: { Item } }));
  while (rest.length > 0) {
    const { UnprocessedItems } = await client.send(
      new BatchWriteItemCommand({ RequestItems: { [tableName]: rest } }),
    );
    rest = (UnprocessedItems?.[tableName] ?? []) as typeof rest;
  }
}

async function* itemsOf(client: DynamoDBClient, tableName: string): AsyncGenerator<RawItem> {
  let from: RawItem | undefined;
  do {
    const page = await client.send(
      new ScanCommand({ TableName: tableName, ConsistentRead: true, ExclusiveStartKey: from }),
    );
    yield* page.Items ?? [];
    from = page.LastEvaluatedKey;
  } while (from !== undefined);
}
