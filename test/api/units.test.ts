import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hrAdmin, nobody, type Payload, problemsOf, send } from './endpoint-client.ts';
import { type EndpointUnderTest, endpointUnderTest } from './endpoint-under-test.ts';

interface Unit {
  readonly id: string;
  readonly code: string;
  readonly version: number;
}

let api: EndpointUnderTest;
beforeAll(async () => {
  api = await endpointUnderTest();
});
afterAll(() => api.drop());

const CREATE = `mutation Create($input: CreateUnitInput!) {
  createUnit(input: $input) { unit { id code version } userErrors { code message path } }
}`;

const createUnit = async (input: object) => {
  const { data } = await send<{ createUnit: Payload<'unit', Unit> }>(api.handler, hrAdmin, CREATE, { input });
  return data.createUnit;
};

describe('units', () => {
  test('a unit that HR adds is there for everybody', async () => {
    const { unit, userErrors } = await createUnit({ code: 'D-1', name: 'Dinas Kesehatan', kind: 'DINAS' });

    expect(userErrors).toEqual([]);
    const { data, errors } = await send(
      api.handler,
      nobody,
      '{ unit(code: "D-1") { id name parent { id } } }',
    );
    expect(errors).toEqual([]);
    expect(data).toEqual({ unit: { id: unit?.id, name: 'Dinas Kesehatan', parent: null } });
  });

  test('all that is wrong with a unit is said at once', async () => {
    const payload = await createUnit({
      code: 'a b',
      name: ' ',
      kind: 'X',
      parentId: 'nowhere',
      shardCount: 0,
    });

    expect(payload.unit).toBeNull();
    expect(problemsOf(payload)).toEqual([
      'INVALID_FORMAT code',
      'REQUIRED name',
      'OUT_OF_RANGE shardCount',
      'NOT_FOUND parentId',
    ]);
  });
});
