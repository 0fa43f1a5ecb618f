import { DeleteCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyTrail } from '../../functions/usecases/audit/verify-trail.ts';
import { agreementAddress } from '../../functions/usecases/work-address.ts';
import { planOf, write } from '../workflow/region.ts';
import { auditor, planner, problemsOf, region as spec, type WorkRegion, workRegion } from './work-region.ts';

let region: WorkRegion;
const line = { weight: 10_000, target: '10', reached: ['9', '10', '11'] };

beforeAll(async () => {
  region = await workRegion({
    ...spec,
    people: spec.people.map((person) =>
      person.id === 'n1'
        ? {
            ...person,
            // Transferred within the year: the work stays where the year began.
            movesTo: { unit: 'puskesmas2', shard: 0, from: '2026-02-16' },
            lines: [line],
            rated: [['SUPERIOR', 'kapus', 4]],
            set: { by: 'kapus', workResult: 'MEETS', behaviour: 'MEETS' },
          }
        : person,
    ),
  });
  const { store } = region.deps;
  const agreement = planOf({ kind: 'UNIT', unitId: 'puskesmas' }, 2026, [line]);
  await write(store, [store.plans.save(agreementAddress('puskesmas', 2026), null, agreement)]);
});
afterAll(() => region.api.drop());

describe('a trail of the work of a year', () => {
  test.for([
    'PLAN#n1:2026',
    'PLAN#unit:puskesmas:2026',
    'REALISATION#n1:2026#L1#2026-02',
    'RATING#2026-Q1#n1#SUPERIOR#kapus',
    'ASSESSOR_RATING#2026-Q1#n1',
  ])('that is missing whole is noticed: %s', async (entity) => {
    expect(await verifyTrail(region.deps, auditor, entity)).toEqual({ entries: 1, brokenAt: null });
    await removeTrail(entity);
    expect(await verifyTrail(region.deps, auditor, entity)).toEqual({ entries: 0, brokenAt: 1 });
  });

  test.for([
    'PLAN#n2:2026',
    'PLAN#nobody:2026',
    'PLAN#what',
    'RATING#2026-Q1#n2#SUPERIOR#kapus',
    'RATING#x#n1#SUPERIOR#kapus',
    'ASSESSOR_RATING#2026-Q1#n2',
    `ASSESSOR_RATING#2026-Q1#%${'0'.repeat(64)}`,
  ])('of which there is nothing is whole: %s', async (entity) => {
    expect(await verifyTrail(region.deps, auditor, entity)).toEqual({ entries: 0, brokenAt: null });
  });

  test('is verified for inspectors only', async () => {
    expect(await problemsOf(verifyTrail(region.deps, planner, 'PLAN#n1:2026'))).toEqual(['FORBIDDEN']);
  });
});

async function removeTrail(entity: string): Promise<void> {
  const { client, tableName: TableName } = region.api.table;
  const { Items: items = [] } = await client.send(
    new QueryCommand({
      TableName,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': `AUDIT#${entity}` },
    }),
  );
  for (const { pk, sk } of items) await client.send(new DeleteCommand({ TableName, Key: { pk, sk } }));
}
