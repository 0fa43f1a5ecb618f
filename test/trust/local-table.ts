/** A table on a DynamoDB Local of its own, for programs that run outside of Vitest. */
import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { synthesiseTable } from '../../infra/close-definition.ts';
import { startDynamoDbLocal } from '../../infra/local/dynamodb-local.ts';
import { createTable } from '../../infra/local/table.ts';
import type { TestTable } from '../support/dynamodb.ts';

/** Starts a database with one table as synthesised; `drop` ends it. */
export async function localTable(): Promise<TestTable> {
  const tableName = `trust-${randomUUID()}`;
  const definition = synthesiseTable(tableName);
  const database = await startDynamoDbLocal();
  const { endpoint, region, accessKeyId, secretAccessKey } = database;
  await createTable(database, {
    ...definition,
    createTable: { ...definition.createTable, TableName: tableName },
  });
  const client = DynamoDBDocumentClient.from(
    new DynamoDBClient({ endpoint, region, credentials: { accessKeyId, secretAccessKey } }),
    { marshallOptions: { removeUndefinedValues: true } },
  );
  return {
    tableName,
    client,
    drop: async () => {
      client.destroy();
      await database.close();
    },
  };
}
