/** From a request to what it wrote and what it set off: one id leads through all of it. */
import { createHash } from 'node:crypto';
import { PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openPeriod, planPeriod } from '../../functions/domain/period/period.ts';
import { hashOf } from '../../functions/store/audit-chain.ts';
import { correlatedStore } from '../../functions/store/correlated-store.ts';
import { namesForWriting } from '../../functions/usecases/rating/rater-pseudonym.ts';
import * as an from '../store/examples.ts';
import { auditor, caller, hrAdmin, nobody, send } from './endpoint-client.ts';
import { type EndpointUnderTest, endpointUnderTest } from './endpoint-under-test.ts';
import { createExampleRegion, people, unitId } from './example-region.ts';

interface Entry {
  readonly operation: string;
  readonly actorId: string;
  readonly correlationId: string | null;
}

let api: EndpointUnderTest;
const started: (readonly [string, string | null])[] = [];
beforeAll(async () => {
  api = await endpointUnderTest();
  const { start } = api.deps.jobs;
  Object.assign(api.deps.jobs, {
    start: (...job: Parameters<typeof start>) => {
      started.push(job);
      return start(...job);
    },
  });
  await createExampleRegion(api);
});
afterAll(() => api.drop());

const TRAIL = `query ($entity: String!) {
  auditTrail(entity: $entity) { nodes { operation actorId correlationId } verification { brokenAt } }
}`;
const trailOf = async (entity: string): Promise<readonly Entry[]> => {
  const { data } = await send<{
    auditTrail: { nodes: readonly Entry[]; verification: { brokenAt: number | null } };
  }>(api.handler, auditor, TRAIL, { entity });
  expect(data.auditTrail.verification.brokenAt).toBeNull();
  return data.auditTrail.nodes;
};

describe('the correlation id', () => {
  test('of the answer stands in the audit entry of what the request changed', async () => {
    const answer = await send(
      api.handler,
      hrAdmin,
      'mutation { createUnit(input: { code: "COR", name: "Cor", kind: "A", parentId: null }) { unit { id } userErrors { code } } }',
    );
    const { data } = await send<{ unit: { id: string } }>(
      api.handler,
      hrAdmin,
      '{ unit(code: "COR") { id } }',
    );
    expect(await trailOf(`UNIT#${data.unit.id}`)).toEqual([
      {
        operation: 'createUnit',
        actorId: hrAdmin.staffId,
        correlationId: answer.headers['x-correlation-id'],
      },
    ]);
  });

  test('is the server’s own, whatever the client sends', async () => {
    const own = await send(
      api.handler,
      nobody,
      '{ viewer { id } }',
      {},
      {
        headers: { 'x-correlation-id': 'mine' },
      },
    );
    expect(own.headers['x-correlation-id']).not.toBe('mine');
  });

  test('goes from the request to the job and to all that the job does; a repetition starts the very same', async () => {
    const ask = () =>
      send<{ requestExport: { job: { id: string; state: string } } }>(
        api.handler,
        caller(people.head),
        `mutation { requestExport(input: { table: STAFF, format: CSV, unitId: "${unitId('P')}", idempotencyKey: "k" }) { job { id state } userErrors { code } } }`,
      );
    const answer = await ask();
    const { job } = answer.data.requestExport;
    expect(job.state).toBe('DONE');
    const id = answer.headers['x-correlation-id'];
    expect(
      (await trailOf(`JOB#${job.id}`)).map(({ operation, correlationId }) => [operation, correlationId]),
    ).toEqual([
      ['requestExport', id],
      ['startJob', id],
      ['finishJob', id],
    ]);
    expect(started).toEqual([[job.id, id]]);

    const waiting = await api.deps.store.jobs.get(job.id);
    if (waiting === null) throw new Error('no job');
    await api.deps.store.commit(an.intent(), [
      api.deps.store.jobs.save(waiting, { ...waiting, state: 'WAITING', file: null, endedAt: null }),
    ]);
    await ask();
    expect(started[1]).toEqual([job.id, id]);
  });

  test('is not kept where an entry names nobody: the log would lead to who it was', async () => {
    const { periods } = api.deps.store;
    await api.deps.store.commit(an.intent(), [
      periods.save(null, openPeriod(planPeriod('2026-Q1', '2026-04-05T17:00:00.000Z', 420))),
    ]);
    const store = correlatedStore(api.deps.store, 'r-anonymous');
    const name = (await namesForWriting({ store }, '2026-Q1'))('PEER', 's-rater');
    const rating = an.rating({ raterId: name, ratedAt: null });
    await store.commit(an.intent({ actor: { id: 's-rater', role: 'PEER' } }), [
      store.ratings.save(an.address(), null, rating, 's-rater'),
    ]);
    const { Items = [] } = await api.table.client.send(new ScanCommand({ TableName: api.table.tableName }));
    expect(Items.filter((item) => JSON.stringify(item).includes(name)).length).toBeGreaterThan(1);
    expect(JSON.stringify(Items)).not.toContain('r-anonymous');
  });
});

describe('the hash of an entry', () => {
  const entry = {
    entity: 'UNIT#u-1',
    sequence: 1,
    at: '2026-01-01T00:00:00.000Z',
    actor: { id: 'a', role: 'HR_ADMIN' },
    operation: 'createUnit',
    reason: null,
    after: '{}',
    previousHash: '0',
  };

  test('of before the id was kept is what it was', () => {
    const text =
      '{"actor":{"id":"a","role":"HR_ADMIN"},"after":"{}","at":"2026-01-01T00:00:00.000Z","entity":"UNIT#u-1","operation":"createUnit","previousHash":"0","reason":null,"sequence":1}';
    expect(hashOf({ ...entry, correlationId: null })).toBe(createHash('sha256').update(text).digest('hex'));
  });

  test('covers the id: one that was changed breaks the trail', async () => {
    const { client, tableName: TableName } = api.table;
    const { Items = [] } = await client.send(new ScanCommand({ TableName }));
    const found = Items.find(({ pk, correlationId }) => String(pk).includes('UNIT#') && correlationId);
    await client.send(new PutCommand({ TableName, Item: { ...found, correlationId: 'another' } }));
    const entity = String(found?.['pk']).replace('AUDIT#', '');
    expect((await api.deps.store.audit.verify(entity)).brokenAt).toBe(Number(found?.['sk']));
  });
});
