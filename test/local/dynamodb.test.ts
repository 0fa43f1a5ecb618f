import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  BatchWriteCommand,
  GetCommand,
  PutCommand,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  CutError,
  countRequests,
  createTestClient,
  createTestTable,
  cutAtCall,
  injectConflict,
  injectThrottling,
  injectUnprocessed,
  type TestTable,
} from '../support/dynamodb.ts';

let table: TestTable;
beforeAll(async () => {
  table = await createTestTable();
});
afterAll(() => table.drop());

const put = (id: string) => new PutCommand({ TableName: table.tableName, Item: { pk: id, sk: 'a', n: 1 } });
const get = (id: string) => new GetCommand({ TableName: table.tableName, Key: { pk: id, sk: 'a' } });
const transact = (id: string) =>
  new TransactWriteCommand({
    TransactItems: [
      { Put: { TableName: table.tableName, Item: { pk: id, sk: 'a' } } },
      { Put: { TableName: table.tableName, Item: { pk: id, sk: 'b' } } },
    ],
  });

describe('a client of tests', () => {
  test('counts its requests by operation', async () => {
    const client = createTestClient();
    const count = countRequests(client);

    await client.send(put('counted'));
    await client.send(get('counted'));
    await client.send(get('counted'));

    expect(count.total).toBe(3);
    expect(count.byOperation).toEqual({ PutItem: 1, GetItem: 2 });
    count.remove();
    await client.send(get('counted'));
    expect(count.total).toBe(3);
  });

  test('killed before a call leaves nothing of it, and makes no later call', async () => {
    const client = createTestClient();
    const cut = cutAtCall(client, 2, 'before');

    await client.send(put('cut-1'));
    await expect(client.send(put('cut-2'))).rejects.toBeInstanceOf(CutError);
    await expect(client.send(put('cut-3'))).rejects.toBeInstanceOf(CutError);

    expect(cut.happened).toBe(true);
    cut.remove();
    expect((await client.send(get('cut-1'))).Item).toBeDefined();
    expect((await client.send(get('cut-2'))).Item).toBeUndefined();
    expect((await client.send(get('cut-3'))).Item).toBeUndefined();
  });

  test('killed after a call leaves its effect', async () => {
    const client = createTestClient();
    const cut = cutAtCall(client, 1, 'after');

    await expect(client.send(transact('cut-after'))).rejects.toBeInstanceOf(CutError);

    cut.remove();
    expect((await client.send(get('cut-after'))).Item).toBeDefined();
  });

  test('meets a transaction conflict once, with the reason that DynamoDB gives', async () => {
    const client = createTestClient();
    const fault = injectConflict(client);

    const failure = await client.send(transact('conflict')).catch((error: unknown) => error);

    expect(failure).toBeInstanceOf(TransactionCanceledException);
    expect(failure).toMatchObject({
      CancellationReasons: [{ Code: 'TransactionConflict' }, { Code: 'None' }],
    });
    expect((await client.send(get('conflict'))).Item).toBeUndefined();
    await client.send(transact('conflict'));
    expect(fault.struck).toBe(1);
  });

  test('is throttled inside of the retries of the SDK', async () => {
    const client = createTestClient();
    const fault = injectThrottling(client, { times: 1 });
    const count = countRequests(client);

    await client.send(put('throttled'));

    expect(fault.struck).toBe(1);
    expect(count.total).toBe(2);
  });

  test('gets items of a batch back unprocessed', async () => {
    const client = createTestClient();
    const write = injectUnprocessed(client, {
      processed: 1,
      when: ({ operation }) => operation === 'BatchWriteItem',
    });
    const requests = ['x', 'y', 'z'].map((sk) => ({ PutRequest: { Item: { pk: 'batch', sk } } }));

    const answer = await client.send(
      new BatchWriteCommand({ RequestItems: { [table.tableName]: requests } }),
    );

    expect(answer.UnprocessedItems).toEqual({ [table.tableName]: requests.slice(1) });
    expect(write.struck).toBe(1);

    injectUnprocessed(client);
    const keys = ['x', 'y'].map((sk) => ({ pk: 'batch', sk }));
    const none = await client.send(
      new BatchGetCommand({ RequestItems: { [table.tableName]: { Keys: keys } } }),
    );
    expect(none.UnprocessedKeys?.[table.tableName]?.Keys).toEqual(keys);
    const found = await client.send(
      new BatchGetCommand({ RequestItems: { [table.tableName]: { Keys: keys } } }),
    );
    expect(found.Responses?.[table.tableName]).toEqual([{ pk: 'batch', sk: 'x' }]);
  });
});
