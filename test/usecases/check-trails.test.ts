import { DeleteCommand, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { StoredItemError } from '../../functions/store/codec.ts';
import { checkTrails, TrailBrokenError } from '../../functions/usecases/audit/check-trails.ts';
import type { Deps } from '../../functions/usecases/deps.ts';
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
async function wholeRound(deps: Deps = region.deps): Promise<readonly string[]> {
  const broken: string[] = [];
  const { round } = await region.deps.store.audit.checkpoint();
  do
    await checkTrails(deps, (trail, error) => {
      expect(error).toBeInstanceOf(TrailBrokenError);
      broken.push(trail);
    });
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

  test('in which an entity cannot be read any more is found out, and the rest is looked at all the same', async () => {
    const { client, tableName } = region.api.table;
    const change = (body: unknown) =>
      client.send(
        new UpdateCommand({
          TableName: tableName,
          Key: { pk: 'STAFF#m1', sk: 'STAFF' },
          UpdateExpression: 'SET body = :body',
          ExpressionAttributeValues: { ':body': body },
        }),
      );
    const { Item } = await client.send(
      new GetCommand({ TableName: tableName, Key: { pk: 'STAFF#m1', sk: 'STAFF' } }),
    );
    await change(Buffer.from([1, 2, 3, 4, 5]));
    expect((await verify()).broken).toContainEqual({ entity: 'STAFF#m1', brokenAt: 2 });
    expect(await wholeRound()).toEqual(['STAFF#n1', 'STAFF#m1']);
    await change(Item?.['body']);

    const { store } = region.deps;
    let failure: Error = new StoredItemError('WORK# / PLAN#', 'body cannot be unpacked');
    const ofCollection: Deps['store']['plans']['ofCollection'] = async (address) => {
      if (address.collection.unitId === 'dispar') throw failure;
      return store.plans.ofCollection(address);
    };
    const deps = { ...region.deps, store: { ...store, plans: { ...store.plans, ofCollection } } };
    expect(await wholeRound(deps)).toEqual(['1#dispar#0000', 'STAFF#n1']);
    failure = new Error('outage');
    await expect(wholeRound(deps)).rejects.toThrow('outage');
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
