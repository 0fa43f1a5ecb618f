import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor, Relation } from '../../functions/domain/access-policy.ts';
import { relationsToStaff, relationsToUnit } from '../../functions/usecases/relations.ts';
import { type EndpointUnderTest, endpointUnderTest } from '../api/endpoint-under-test.ts';
import { createExampleRegion, people, unitId } from '../api/example-region.ts';
import { countRequests } from '../support/dynamodb.ts';

const ALL: readonly Relation[] = [
  'SELF',
  'ASSESSOR',
  'ASSESSORS_SUPERIOR',
  'UNIT_HEAD',
  'MEMBER',
  'PEER',
  'SUBORDINATE',
];

let api: EndpointUnderTest;
beforeAll(async () => {
  api = await endpointUnderTest();
  await createExampleRegion(api);
});
afterAll(() => api.drop());

const actor = (staffId: string): Actor => ({ roles: new Set(['STAFF']), staffId, id: staffId });

const between = async (who: string, whom: string, wanted: readonly Relation[] = ALL) => {
  const subject = await api.deps.store.staff.get(whom);
  if (subject === null) throw new Error('nobody');
  return [...(await relationsToStaff(api.deps, actor(who), subject, wanted))].sort();
};

describe('what one person is to another', () => {
  test.each<[who: string, whom: string, relations: readonly Relation[]]>([
    ['nurse', 'nurse', ['MEMBER', 'SELF']],
    // Whoever heads a unit is not their own superior.
    ['head', 'head', ['MEMBER', 'SELF']],
    ['agencyHead', 'agencyHead', ['MEMBER', 'SELF']],
    ['head', 'nurse', ['ASSESSOR', 'MEMBER', 'UNIT_HEAD']],
    ['agencyHead', 'nurse', ['ASSESSORS_SUPERIOR', 'UNIT_HEAD']],
    ['agencyHead', 'head', ['ASSESSOR', 'UNIT_HEAD']],
    // Q has no head of its own.
    ['agencyHead', 'other', ['ASSESSOR', 'UNIT_HEAD']],
    ['colleague', 'nurse', ['MEMBER', 'PEER']],
    ['nurse', 'head', ['MEMBER', 'SUBORDINATE']],
    ['head', 'agencyHead', ['SUBORDINATE']],
    // Under one assessor, in different units.
    ['head', 'other', ['PEER']],
    ['other', 'head', ['PEER']],
    ['other', 'nurse', []],
    ['stranger', 'nurse', []],
  ])('%s to %s: %j', async (who, whom, relations) => {
    const id = (name: string) => people[name as keyof typeof people];
    expect(await between(id(who), id(whom))).toEqual(relations);
  });

  test('an account that belongs to nobody is nothing to anybody', async () => {
    expect(await between('account-hr', people.nurse)).toEqual([]);
  });

  test('costs at most one read of one’s own record, and none where no colleague is asked for', async () => {
    await between(people.head, people.nurse);
    const subject = await api.deps.store.staff.get(people.nurse);
    if (subject === null) throw new Error('nobody');
    const count = countRequests(api.table.client);
    await relationsToStaff(api.deps, actor(people.head), subject, ['SELF', 'ASSESSOR', 'UNIT_HEAD']);
    expect(count.byOperation).toEqual({ GetItem: 1 });
    count.reset();
    await relationsToStaff(api.deps, actor(people.head), subject, ALL);
    expect(count.byOperation).toEqual({ GetItem: 2 });
    count.remove();
  });
});

describe('what one is to a unit', () => {
  test.each<[who: keyof typeof people, code: string, relations: readonly Relation[]]>([
    ['agencyHead', 'D', ['MEMBER', 'UNIT_HEAD']],
    ['agencyHead', 'P', ['UNIT_HEAD']],
    ['head', 'P', ['MEMBER', 'UNIT_HEAD']],
    ['head', 'D', []],
    ['nurse', 'P', ['MEMBER']],
    ['stranger', 'D', []],
    ['stranger', 'none', []],
  ])('%s to %s: %j', async (who, code, relations) => {
    const found = await relationsToUnit(api.deps, actor(people[who]), unitId(code), ALL);
    expect([...found].sort()).toEqual(relations);
  });
});
