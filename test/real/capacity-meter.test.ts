import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { type CapacityMeter, startCapacityMeter } from '../../infra/real/capacity-meter.ts';
import { createTestTable, type TestTable } from '../support/dynamodb.ts';

let table: TestTable;
let meter: CapacityMeter;
beforeAll(async () => {
  table = await createTestTable();
  meter = await startCapacityMeter(inject('dynamoDb'));
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
  client.destroy();
});
