import { DescribeTableCommand, DescribeTimeToLiveCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { synthesiseCloseDefinition } from '../../infra/close-definition.ts';
import { type Runtime, startRuntime } from '../../infra/local/runtime.ts';
import { taskNames } from '../../infra/local/step-functions.ts';
import { testDatabase } from '../support/database.ts';

let runtime: Runtime;

beforeAll(async () => {
  runtime = await startRuntime({
    database: testDatabase(),
    tableName: 'runtime-test',
    retryMilliseconds: 10,
  });
});
afterAll(() => runtime.close());

const ask = async (token: string | null) =>
  fetch(token === null ? runtime.publicUrl : runtime.graphqlUrl, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token !== null && { authorization: `Bearer ${token}` }),
    },
    body: '{"query":"{ viewer { id roles } }"}',
  });

describe('the local runtime', () => {
  test('has the table as it is deployed', async () => {
    const { accessKeyId, secretAccessKey, endpoint, region } = runtime.database;
    const client = new DynamoDBClient({ endpoint, region, credentials: { accessKeyId, secretAccessKey } });

    const { Table: table } = await client.send(new DescribeTableCommand({ TableName: runtime.tableName }));
    const expiry = await client.send(new DescribeTimeToLiveCommand({ TableName: runtime.tableName }));

    const { createTable, timeToLiveAttribute } = inject('table');
    expect(runtime.isNew).toBe(true);
    expect(table?.KeySchema).toEqual(createTable.KeySchema);
    expect(table?.GlobalSecondaryIndexes?.map(({ IndexName }) => IndexName).sort()).toEqual(
      createTable.GlobalSecondaryIndexes?.map(({ IndexName }) => IndexName).sort(),
    );
    expect(expiry.TimeToLiveDescription?.AttributeName).toBe(timeToLiveAttribute);
  });

  test('has a Lambda entry for every Task state of the state machine', () => {
    const { definition, entries } = synthesiseCloseDefinition();

    expect(Object.keys(entries).sort()).toEqual([...taskNames(definition)].sort());
  });

  test('knows who asks by the token, and the groups as roles', async () => {
    const token = await runtime.tokens.mint({ username: 's-1', groups: ['planner', 'auditor'] });

    expect(await (await ask(token)).json()).toEqual({
      data: { viewer: { id: 's-1', roles: ['STAFF', 'PLANNER', 'AUDITOR'] } },
    });
    expect(await (await ask(null)).json()).toEqual({ data: { viewer: { id: 'public', roles: ['PUBLIC'] } } });
  });

  test('calls the starter, which finds nothing due in an empty region', async () => {
    expect(await runtime.runScheduleOnce()).toEqual([]);
    expect(runtime.executions()).toEqual([]);
  });

  test('ends a close of a period that does not exist as failed, with the failure by name', async () => {
    const execution = await runtime.startExecutionAndWait('close-1999-1', { periodId: '1999', attempt: 1 });

    expect(execution.status).toBe('FAILED');
    expect(execution.error).toMatch(/^[A-Z]\w+$/);
  });

  test('lets a token expire when its clock goes on', async () => {
    const token = await runtime.tokens.mint({ username: 's-1', lifetimeSeconds: 3600 });
    expect((await ask(token)).status).toBe(200);

    runtime.setClock(new Date(Date.now() + 2 * 3600 * 1000));
    const later = await ask(token);
    runtime.setClock(new Date(Date.now() - 2 * 3600 * 1000));

    expect(later.status).toBe(401);
    expect((await ask(token)).status).toBe(200);
  });

  test('is one a process', async () => {
    await expect(startRuntime()).rejects.toThrow('only one');
  });
});
