import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { encodeCursor } from '../../functions/graphql/pagination.ts';
import { employee, send } from './endpoint-client.ts';
import { type EndpointUnderTest, endpointUnderTest } from './endpoint-under-test.ts';
import { createExampleRegion, unitId } from './example-region.ts';

interface StaffPage {
  readonly nodes: readonly { readonly name: string }[];
  readonly edges: readonly { readonly cursor: string; readonly node: { readonly name: string } }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

let api: EndpointUnderTest;
beforeAll(async () => {
  api = await endpointUnderTest();
  await createExampleRegion(api);
});
afterAll(() => api.drop());

const staffOf = (code: string, args: string) =>
  send<{ unit: { staff: StaffPage | null } | null }>(
    api.handler,
    employee,
    `{ unit(code: "${code}") { staff${args} { nodes { name } edges { cursor node { name } } pageInfo { hasNextPage endCursor } } } }`,
  );
const page = async (code: string, args = '') => {
  const { data, errors } = await staffOf(code, args);
  expect(errors).toEqual([]);
  if (data.unit?.staff == null) throw new Error('no page');
  return data.unit.staff;
};

describe('pages of a list', () => {
  test('follow each other without gap or overlap, from the cursor of a page or of an entry', async () => {
    const whole = await page('P');
    expect(whole.nodes).toHaveLength(3);
    expect(whole.pageInfo.hasNextPage).toBe(false);

    const first = await page('P', '(first: 1)');
    expect(first.pageInfo.hasNextPage).toBe(true);
    const rest = await page('P', `(first: 2, after: "${first.pageInfo.endCursor}")`);
    expect([...first.nodes, ...rest.nodes]).toEqual(whole.nodes);
    expect(await page('P', `(first: 2, after: "${whole.edges[0]?.cursor}")`)).toEqual(rest);
  });

  test('have 1 to 100 entries', async () => {
    for (const first of [0, -1, 101, 100_000]) {
      expect((await staffOf('P', `(first: ${first})`)).codes).toEqual(['OUT_OF_RANGE']);
    }
    expect((await staffOf('P', '(first: 100)')).codes).toEqual([]);
  });

  test('are not reached by a cursor of another list', async () => {
    const { pageInfo } = await page('P', '(first: 1)');
    const ofAnotherUnit = await staffOf('Q', `(after: "${pageInfo.endCursor}")`);
    expect(ofAnotherUnit.codes).toEqual(['INVALID_CURSOR']);
    expect(ofAnotherUnit.data.unit?.staff).toBeNull();

    const another = await send(
      api.handler,
      employee,
      `{ staffMembers(filter: { unitId: "${unitId('P')}" }, after: "${pageInfo.endCursor}") { nodes { name } } }`,
    );
    expect(another.codes).toEqual(['INVALID_CURSOR']);
  });

  test('are not reached by a cursor that was cut, changed or made up', async () => {
    const cursor = (await page('P', '(first: 1)')).pageInfo.endCursor ?? '';
    const changed = `${cursor.slice(0, -2)}${cursor.endsWith('A') ? 'BB' : 'AA'}`;
    for (const bad of [cursor.slice(0, -1), changed, `${cursor}=`, 'x', '', 'k1..', 'äöü'])
      expect((await staffOf('P', `(after: "${bad}")`)).codes).toEqual(['INVALID_CURSOR']);
  });

  test('a position that no list ever gave, under a tag that fits, is no way into another list', async () => {
    const forged = encodeCursor({ query: 'Unit.staff', scope: unitId('P') }, '\u0000#../UNIT#E');
    const { codes, data } = await staffOf('P', `(after: "${forged}")`);
    expect(codes).toEqual([]);
    const names = (await page('P')).nodes;
    expect(names).toEqual(expect.arrayContaining([...(data.unit?.staff?.nodes ?? [])]));
  });
});
