import { DeleteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkTrails } from '../../functions/usecases/audit/check-trails.ts';
import { verifyTable } from '../../infra/audit/verify-table.ts';
import { countRequests } from '../support/dynamodb.ts';
import { region as spec, type WorkRegion, workRegion } from './work-region.ts';

let region: WorkRegion;
beforeAll(async () => {
  region = await workRegion(spec);
});
afterAll(() => region.api.drop());

const verify = () => verifyTable(region.api.table.client, region.api.table.tableName);

/** A whole round of the rolling check: what it found broken. */
async function wholeRound(): Promise<readonly string[]> {
  const broken: string[] = [];
  const { round } = await region.deps.store.audit.checkpoint();
  do await checkTrails(region.deps, (trail) => broken.push(trail));
  while ((await region.deps.store.audit.checkpoint()).round === round);
  return broken;
}

describe('a table', () => {
  test('that only the system has written is whole', async () => {
    const { trails, entries, broken } = await verify();
    expect(broken).toEqual([]);
    expect(trails).toBeGreaterThan(5);
    expect(entries).toBeGreaterThanOrEqual(trails);
    expect(await wholeRound()).toEqual([]);
  });

  test('is looked at in runs that are bounded', async () => {
    const counted = countRequests(region.api.table.client);
    await checkTrails(region.deps, () => undefined);
    counted.remove();
    expect(counted.total).toBeLessThan(150);
  });

  test('in which an entity was changed past the system is found out by both', async () => {
    const { client, tableName } = region.api.table;
    await client.send(
      new UpdateCommand({
        TableName: tableName,
        Key: { pk: 'STAFF#n1', sk: 'STAFF' },
        UpdateExpression: 'SET body = :body',
        ExpressionAttributeValues: { ':body': '{}' },
      }),
    );
    expect((await verify()).broken).toEqual([{ entity: 'STAFF#n1', brokenAt: 2 }]);
    expect(await wholeRound()).toEqual(['STAFF#n1']);
  });

  test('in which an entity has lost its trail is found out', async () => {
    const { client, tableName } = region.api.table;
    await client.send(
      new DeleteCommand({ TableName: tableName, Key: { pk: 'AUDIT#STAFF#n2', sk: '0000000001' } }),
    );
    expect((await verify()).broken).toContainEqual({ entity: 'STAFF#n2 / STAFF', brokenAt: null });
    expect(await wholeRound()).toContain('STAFF#n2');
  });
});
