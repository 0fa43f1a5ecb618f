import { randomUUID } from 'node:crypto';
import {
  type BatchWriteCommandInput,
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';

type Item = Readonly<Record<string, unknown>>;

/** What a client has written, so that it can be taken back. */
export interface Journal {
  /** Items written so far and not taken back. */
  readonly length: number;
  /** Puts every item back to what it was when the journal had this length. */
  takeBack(length: number): Promise<void>;
}

const keyOf = (item: Item): Item => ({ pk: item['pk'], sk: item['sk'] });

function keysWritten(command: string, input: object): readonly Item[] {
  const one = input as { readonly Item?: Item; readonly Key?: Item };
  switch (command) {
    case 'PutItemCommand':
    case 'UpdateItemCommand':
    case 'DeleteItemCommand':
      return [keyOf(one.Item ?? one.Key ?? {})];
    case 'TransactWriteItemsCommand':
      return ((input as TransactWriteCommandInput).TransactItems ?? []).flatMap(({ Put, Update, Delete }) => {
        const item = Put?.Item ?? Update?.Key ?? Delete?.Key;
        return item === undefined ? [] : [keyOf(item)];
      });
    case 'BatchWriteItemCommand':
      return Object.values((input as BatchWriteCommandInput).RequestItems ?? {}).flatMap((requests) =>
        requests.flatMap(({ PutRequest, DeleteRequest }) => {
          const item = PutRequest?.Item ?? DeleteRequest?.Key;
          return item === undefined ? [] : [keyOf(item)];
        }),
      );
    default:
      return [];
  }
}

/** Notes the image before of every item that a client writes from now on. A write that the table refuses is not noted. */
export function keepJournal(client: DynamoDBDocumentClient, tableName: string): Journal {
  const entries: { readonly key: Item; readonly before: Item | undefined }[] = [];
  let restoring = false;
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const keys = restoring ? [] : keysWritten(context.commandName ?? '', args.input);
      const noted = await Promise.all(
        keys.map(async (key) => {
          const { Item: before } = await client.send(
            new GetCommand({ TableName: tableName, Key: key, ConsistentRead: true }),
          );
          return { key, before };
        }),
      );
      const answer = await next(args);
      entries.push(...noted);
      return answer;
    },
    { step: 'initialize', name: `journal-${randomUUID()}` },
  );
  return {
    get length() {
      return entries.length;
    },
    takeBack: async (length) => {
      restoring = true;
      for (const { key, before } of entries.splice(length).toReversed())
        if (before === undefined) await client.send(new DeleteCommand({ TableName: tableName, Key: key }));
        else await client.send(new PutCommand({ TableName: tableName, Item: before }));
      restoring = false;
    },
  };
}
