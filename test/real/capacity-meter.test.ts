import {
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type CapacityMeter, startCapacityMeter } from '../../infra/real/capacity-meter.ts';
import { testDatabase } from '../support/database.ts';
import { createTestTable, type TestTable } from '../support/dynamodb.ts';

let table: TestTable;
let meter: CapacityMeter;
beforeAll(async () => {
  table = await createTestTable();
  meter = await startCapacityMeter(testDatabase());
});
afterAll(async () => {
  await meter.close();
  await table.drop();
});

it('counts requests and capacity units as DynamoDB bills them, and changes no answer', async () => {
  const { endpoint, region, accessKeyId, secretAccessKey } = meter.database;
  const client = new DynamoDBClient({ endpoint, region, credentials: { accessKeyId, secretAccessKey } });
  const document = DynamoDBDocumentClient.from(client);
  const key = { pk: { S: 'A' }, sk: { S: '1' } };
  // 2,500 bytes and the keys: three write units; strongly consistent, one read unit for up to 4 KB.
  const text = '"CapacityUnits":9 '.padEnd(2500, 'x');
  await document.send(
    new PutItemCommand({ TableName: table.tableName, Item: { ...key, text: { S: text } } }),
  );
  const read = await document.send(
    new GetItemCommand({ TableName: table.tableName, Key: key, ConsistentRead: true }),
  );
  expect(read.Item?.['text']).toEqual({ S: text });
  expect(meter.spent()).toEqual({ requests: 2, readUnits: 1, writeUnits: 3 });

  // In a transaction twice as much, and as much again in an index; a check of an item, two.
  const inIndex = { gsi1pk: { S: 'I' }, gsi1sk: { S: '1' } };
  const ConditionExpression = 'attribute_not_exists(pk)';
  const put = (sk: string, more: typeof inIndex | object) => ({
    Put: {
      TableName: table.tableName,
      Item: { pk: { S: 'A' }, sk: { S: sk }, text: { S: text }, ...more },
      ConditionExpression,
    },
  });
  const check = {
    ConditionCheck: { TableName: table.tableName, Key: key, ConditionExpression: 'attribute_exists(pk)' },
  };
  const transaction = { TransactItems: [put('2', {}), put('3', inIndex), check] };
  await document.send(new TransactWriteItemsCommand(transaction));
  expect(meter.spent()).toEqual({ requests: 3, readUnits: 1, writeUnits: 3 + 6 + 12 + 2 });
  await expect(document.send(new TransactWriteItemsCommand(transaction))).rejects.toThrow(
    'ConditionalCheckFailed',
  );
  expect(meter.spent()).toMatchObject({ requests: 4, writeUnits: 23 });
  client.destroy();
});
