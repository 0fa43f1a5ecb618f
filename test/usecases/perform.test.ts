import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '../../functions/domain/access-policy.ts';
import { Rejection } from '../../functions/domain/problem.ts';
import { createUnit } from '../../functions/usecases/unit/create-unit.ts';
import { editUnit } from '../../functions/usecases/unit/edit-unit.ts';
import { retireUnit } from '../../functions/usecases/unit/retire-unit.ts';
import { type EndpointUnderTest, endpointUnderTest } from '../api/endpoint-under-test.ts';
import { cutAtCall, injectConflict } from '../support/dynamodb.ts';

const hr: Actor = { roles: new Set(['STAFF', 'HR_ADMIN']), staffId: 's-hr', id: 's-hr' };

let api: EndpointUnderTest;
beforeAll(async () => {
  api = await endpointUnderTest();
});
afterAll(() => api.drop());

const codesOf = async (work: Promise<unknown>): Promise<readonly string[]> => {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof Rejection)) throw new Error('not refused', { cause: error });
  return error.problems.map(({ code }) => code);
};

const input = (code: string, idempotencyKey?: string) => ({
  code,
  name: code,
  kind: 'DINAS',
  idempotencyKey,
});

describe('a mutation', () => {
  test('goes through when others hold its items for a moment', async () => {
    const fault = injectConflict(api.table.client, { times: 2 });
    const unit = await createUnit(api.deps, hr, input('A'));
    fault.remove();
    expect(fault.struck).toBe(2);
    expect(unit.version).toBe(1);
  });

  test('whose answer was lost is answered when it is repeated, and was done once', async () => {
    const cut = cutAtCall(api.table.client, 3, 'after');
    await expect(createUnit(api.deps, hr, input('B', 'key-b'))).rejects.toThrow();
    cut.remove();
    const unit = await createUnit(api.deps, hr, input('B', 'key-b'));
    expect(unit).toMatchObject({ code: 'B', version: 1 });
    expect(await createUnit(api.deps, hr, input('B', 'key-b'))).toEqual(unit);
    expect((await api.deps.store.audit.verify(`UNIT#${unit.id}`)).entries).toBe(1);
  });

  test('killed at any call and repeated comes to one unit', async () => {
    for (let call = 1; ; call += 1) {
      const code = `C${call}`;
      const cut = cutAtCall(api.table.client, call, call % 2 === 0 ? 'after' : 'before');
      await createUnit(api.deps, hr, input(code, code)).catch(() => undefined);
      cut.remove();
      const unit = await createUnit(api.deps, hr, input(code, code));
      expect((await api.deps.store.audit.verify(`UNIT#${unit.id}`)).entries).toBe(1);
      if (!cut.happened) break;
    }
  });

  test('without the right is refused, and so is what the data forbid, with nothing written', async () => {
    const before = (await api.deps.store.organisation.load()).version;
    const staff: Actor = { roles: new Set(['STAFF']), staffId: 's-1', id: 's-1' };
    const nobody: Actor = { roles: new Set(['PUBLIC']), staffId: null, id: 'public' };
    expect(await codesOf(createUnit(api.deps, staff, input('D')))).toEqual(['FORBIDDEN']);
    expect(await codesOf(createUnit(api.deps, nobody, input('D')))).toEqual(['UNAUTHENTICATED']);
    expect(await codesOf(editUnit(api.deps, hr, { id: 'none', version: 1 }))).toEqual(['NOT_FOUND']);
    expect(await codesOf(retireUnit(api.deps, hr, { id: 'none', version: 1, from: '2026-01-01' }))).toEqual([
      'NOT_FOUND',
    ]);
    expect((await api.deps.store.organisation.load()).version).toBe(before);
  });

  test('of a parent that is retired at the same moment loses or comes first, never both', async () => {
    const parent = await createUnit(api.deps, hr, input('E'));
    const outcomes = await Promise.allSettled([
      createUnit(api.deps, hr, { ...input('E1'), parentId: parent.id }),
      retireUnit(api.deps, hr, { id: parent.id, version: 1, from: '2026-04-01' }),
    ]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });
});
