import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { caller, hrAdmin, type Payload, problemsOf, send } from './endpoint-client.ts';
import { type EndpointUnderTest, endpointUnderTest } from './endpoint-under-test.ts';

interface Unit {
  readonly id: string;
  readonly name: string;
  readonly version: number;
}

let api: EndpointUnderTest;
beforeAll(async () => {
  api = await endpointUnderTest();
});
afterAll(() => api.drop());

const createUnit = async (input: object, who = hrAdmin) => {
  const { data } = await send<{ createUnit: Payload<'unit', Unit> }>(
    api.handler,
    who,
    'mutation ($input: CreateUnitInput!) { createUnit(input: $input) { unit { id name version } userErrors { code message path } } }',
    { input: { kind: 'DINAS', ...input } },
  );
  return data.createUnit;
};
const editUnit = async (input: object) => {
  const { data } = await send<{ editUnit: Payload<'unit', Unit> }>(
    api.handler,
    hrAdmin,
    'mutation ($input: EditUnitInput!) { editUnit(input: $input) { unit { id name version } userErrors { code message path } } }',
    { input },
  );
  return data.editUnit;
};

describe('a mutation with an idempotency key', () => {
  test('is done once, however often it is sent', async () => {
    const input = { code: 'K-1', name: 'Satu', idempotencyKey: 'key-1' };
    const first = await createUnit(input);
    expect(first.userErrors).toEqual([]);
    expect(await createUnit(input)).toEqual(first);
    const order = { name: 'Satu', idempotencyKey: 'key-1', code: 'K-1', mission: undefined };
    expect(await createUnit(order)).toEqual(first);
    const { entries } = await api.deps.store.audit.verify(`UNIT#${first.unit?.id}`);
    expect(entries).toBe(1);
  });

  test('is done once when it is sent ten times at the same moment', async () => {
    const input = { code: 'K-2', name: 'Dua', idempotencyKey: 'key-2' };
    const answers = await Promise.all(Array.from({ length: 10 }, () => createUnit(input)));
    expect(answers.flatMap(problemsOf)).toEqual([]);
    expect(new Set(answers.map(({ unit }) => unit?.id)).size).toBe(1);
  });

  test('cannot use the key for something else', async () => {
    const first = await createUnit({ code: 'K-3', name: 'Tiga', idempotencyKey: 'key-3' });
    const other = await createUnit({ code: 'K-4', name: 'Empat', idempotencyKey: 'key-3' });
    expect(problemsOf(other)).toEqual(['IDEMPOTENCY_KEY_REUSED idempotencyKey']);
    const edit = await editUnit({ id: first.unit?.id, version: 1, name: 'X', idempotencyKey: 'key-3' });
    expect(problemsOf(edit)).toEqual(['IDEMPOTENCY_KEY_REUSED idempotencyKey']);
    expect(await api.deps.store.organisation.unitByCode('K-4')).toBeNull();
  });

  test('shares the key with nobody else', async () => {
    const input = { code: 'K-5', name: 'Lima', idempotencyKey: 'key-5' };
    expect((await createUnit(input)).userErrors).toEqual([]);
    const other = await createUnit({ ...input, code: 'K-6' }, caller('account-other', 'HR_ADMIN'));
    expect(other.userErrors).toEqual([]);
  });

  test('answers a repeated edit as done, though the version has moved on', async () => {
    const created = await createUnit({ code: 'K-7', name: 'Tujuh' });
    const input = { id: created.unit?.id, version: 1, name: 'Tujuh baru', idempotencyKey: 'key-7' };
    const first = await editUnit(input);
    expect(first).toMatchObject({ unit: { version: 2 }, userErrors: [] });
    expect(await editUnit(input)).toEqual(first);
    expect(problemsOf(await editUnit({ ...input, idempotencyKey: 'key-8' }))).toEqual(['CONFLICT version']);
  });

  test('needs a key that is one', async () => {
    for (const idempotencyKey of ['', 'x'.repeat(129)])
      expect(problemsOf(await createUnit({ code: 'K-9', name: 'N', idempotencyKey }))).toEqual([
        'INVALID_FORMAT idempotencyKey',
      ]);
  });
});
