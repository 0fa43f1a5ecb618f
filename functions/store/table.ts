import { type DynamoDBDocumentClient, GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Page, PageRequest } from './contract/stored.ts';
import type { IndexName, Key } from './keys.ts';

/** The table and the client that reaches it. */
export interface Table {
  readonly client: DynamoDBDocumentClient;
  readonly name: string;
  /** Reads single items together with what else is asked for at the moment (gathered-reads.ts). */
  readonly gather?: (keys: readonly Key[]) => Promise<(Item | undefined)[]>;
}

/** An item as read: nothing is known of it until its codec has checked it. */
export type Item = Readonly<Record<string, unknown>>;

/** One item, strongly consistent. */
export async function getItem(table: Table, key: Key): Promise<Item | undefined> {
  if (table.gather !== undefined) return (await table.gather([key]))[0];
  const { Item: item } = await table.client.send(
    new GetCommand({ TableName: table.name, Key: key, ConsistentRead: true }),
  );
  return item;
}

/** Items of one partition whose sort key begins with `prefix`, or lies between `from` and `to` inclusive. */
export interface Range {
  readonly index?: IndexName;
  readonly pk: string;
  readonly prefix?: string;
  readonly from?: string;
  readonly to?: string;
  /** Only what comes after this sort key. */
  readonly after?: string | null;
  readonly filter?: {
    readonly expression: string;
    readonly names: Readonly<Record<string, string>>;
    readonly values: Readonly<Record<string, string>>;
  };
  /** Attributes wanted; all if left out. */
  readonly attributes?: readonly string[];
}

const FIRST_CHARACTER = '\u0001';
const LAST_CHARACTER = '\u{10ffff}';

/** Pages of a query as DynamoDB cuts them (1 MB each, or `limit` items before the filter); consistent but on an index. */
export async function* queryPages(
  table: Table,
  range: Range,
  limit?: number,
): AsyncGenerator<readonly Item[]> {
  const prefix = range.prefix ?? '';
  const low = range.after ? range.after + FIRST_CHARACTER : (range.from ?? prefix) || FIRST_CHARACTER;
  const high = `${range.to ?? prefix}${LAST_CHARACTER}`;
  if (low > high) return;
  const projected = (range.attributes ?? []).map((name, position) => [`#a${position}`, name] as const);
  let start: Record<string, unknown> | undefined;
  do {
    const answer = await table.client.send(
      new QueryCommand({
        TableName: table.name,
        ...(range.index ? { IndexName: range.index } : { ConsistentRead: true }),
        KeyConditionExpression: '#pk = :pk AND #sk BETWEEN :low AND :high',
        ExpressionAttributeNames: {
          '#pk': `${range.index ?? ''}pk`,
          '#sk': `${range.index ?? ''}sk`,
          ...range.filter?.names,
          ...Object.fromEntries(projected),
        },
        ExpressionAttributeValues: { ':pk': range.pk, ':low': low, ':high': high, ...range.filter?.values },
        ...(range.filter && { FilterExpression: range.filter.expression }),
        ...(projected.length > 0 && { ProjectionExpression: projected.map(([alias]) => alias).join(', ') }),
        ...(limit !== undefined && { Limit: limit }),
        ...(start && { ExclusiveStartKey: start }),
      }),
    );
    yield answer.Items ?? [];
    start = answer.LastEvaluatedKey;
  } while (start !== undefined);
}

/** Every item of a range, page after page. */
export async function queryAll(table: Table, range: Range): Promise<Item[]> {
  const items: Item[] = [];
  for await (const page of queryPages(table, range)) items.push(...page);
  return items;
}

/** Items that a filter may drop (people who have left a unit) are read along, so that one request mostly suffices. */
const FILTERED_SLACK = 50;

/** One page of a list; the position of an item is its sort key. */
export async function queryList<T>(
  table: Table,
  range: Range,
  { first, after }: PageRequest,
  read: (item: Item) => T,
): Promise<Page<T>> {
  const sortKey = `${range.index ?? ''}sk`;
  const found: Item[] = [];
  const limit = first + 1 + (range.filter ? FILTERED_SLACK : 0);
  for await (const page of queryPages(table, { ...range, after }, limit)) {
    found.push(...page);
    if (found.length > first) break;
  }
  return {
    items: found.slice(0, first).map((item) => ({ value: read(item), position: String(item[sortKey]) })),
    hasMore: found.length > first,
  };
}
