/** Everything that a table holds, to compare and to put back. */
import { BatchWriteCommand, type DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';

type Item = Readonly<Record<string, unknown>>;

/** Each item as text by its key, so that two states are equal when every byte of every item is. */
export type TableState = ReadonlyMap<string, { readonly text: string; readonly item: Item }>;

interface Table {
  readonly client: DynamoDBDocumentClient;
  readonly tableName: string;
}

export async function readTable({ client, tableName }: Table): Promise<TableState> {
  const items: Item[] = [];
  let start: Record<string, unknown> | undefined;
  do {
    const page = await client.send(
      new ScanCommand({
        TableName: tableName,
        ConsistentRead: true,
        ...(start && { ExclusiveStartKey: start }),
      }),
    );
    items.push(...(page.Items ?? []));
    start = page.LastEvaluatedKey;
  } while (start !== undefined);
  const entries = items.map(
    (item) => [`${item['pk']} | ${item['sk']}`, { text: textOf(item), item }] as const,
  );
  return new Map(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Puts a table back to what it was. @param now what it holds, when that is known */
export async function restoreTable(table: Table, wanted: TableState, now?: TableState): Promise<void> {
  const found = now ?? (await readTable(table));
  const puts = [...wanted].filter(([key, { text }]) => found.get(key)?.text !== text);
  const deletes = [...found].filter(([key]) => !wanted.has(key));
  const requests = [
    ...puts.map(([, { item }]) => ({ PutRequest: { Item: item } })),
    ...deletes.map(([, { item }]) => ({ DeleteRequest: { Key: { pk: item['pk'], sk: item['sk'] } } })),
  ];
  for (let at = 0; at < requests.length; at += 25) {
    await table.client.send(
      new BatchWriteCommand({ RequestItems: { [table.tableName]: requests.slice(at, at + 25) } }),
    );
  }
}

/** The state as lines `key → item`, for an assertion that shows what differs. */
export const linesOf = (state: TableState): Record<string, string> =>
  Object.fromEntries([...state].map(([key, { text }]) => [key, text]));

/** Without `token`, the random name by which a transaction knows itself again after a lost answer. */
const textOf = ({ token: _, ...item }: Item): string =>
  JSON.stringify(
    Object.entries(item)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, value]) => [name, plain(value)]),
  );

function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  return value instanceof Set ? [...value].sort() : value;
}
