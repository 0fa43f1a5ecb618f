import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { planPeriod } from '../../functions/domain/period.ts';
import { nationalPolicy } from '../../functions/domain/policy.ts';
import { recordJobFailure } from '../../functions/usecases/job/run-job.ts';
import { result as exampleResult, unitResult } from '../store/examples.ts';
import { countRequests } from '../support/dynamodb.ts';
import { write } from '../workflow/region.ts';
import {
  auditor,
  type Caller,
  caller,
  hrAdmin,
  nobody,
  planner,
  problemsOf,
  send,
} from './endpoint-client.ts';
import { type EndpointUnderTest, endpointUnderTest } from './endpoint-under-test.ts';
import { createExampleRegion, nipOf, people, unitId } from './example-region.ts';

const PERIOD = '2025-Q4';
let api: EndpointUnderTest;
beforeAll(async () => {
  api = await endpointUnderTest();
  await createExampleRegion(api);
  const { store } = api.deps;
  const ofP = [people.head, people.nurse, people.colleague];
  await store.results.putMany(
    [...ofP, people.stranger].map((staffId) =>
      exampleResult({
        staffId,
        unitId: unitId(staffId === people.stranger ? 'E' : 'P'),
        periodId: PERIOD,
        run: 'r1',
      }),
    ),
  );
  await store.results.putUnits([
    unitResult({
      unitId: unitId('P'),
      periodId: PERIOD,
      run: 'r1',
      distribution: { EXCELLENT: 1, GOOD: 2, NEEDS_IMPROVEMENT: 0, POOR: 0, VERY_POOR: 0 },
      notEvaluated: 0,
    }),
  ]);
  await write(store, [
    store.periods.save(null, {
      ...planPeriod(PERIOD, '2026-01-05T17:00:00.000Z', 420),
      state: 'PUBLISHED',
      publishedRun: 'r1',
      publishedAt: '2026-01-06T17:00:00.000Z',
      policy: nationalPolicy,
    }),
  ]);
});
afterAll(() => api.drop());

const head = caller(people.head);
const nurse = caller(people.nurse);

const INLINE = `query ($input: ExportInput!) { exportTable(input: $input) { rows fileName contentType base64 } }`;

async function inline(who: Caller | null, input: object) {
  const { data, codes } = await send<{ exportTable: { rows: number; base64: string } }>(
    api.handler,
    who,
    INLINE,
    {
      input: { format: 'CSV', ...input },
    },
  );
  const text = Buffer.from(data.exportTable?.base64 ?? '', 'base64').toString('utf8');
  return { codes, text, rows: text.split('\r\n').slice(1, -1) };
}

const REQUEST = `mutation ($input: ExportInput!) { requestExport(input: $input) {
  job { id kind state fileName contentType size failure download { url expiresAt } } userErrors { code message path }
} }`;
interface JobShown {
  readonly id: string;
  readonly state: string;
  readonly fileName: string;
  readonly size: number;
  readonly download: { readonly url: string; readonly expiresAt: string } | null;
}
async function request(who: Caller, input: object) {
  const { data, errors } = await send<{
    requestExport: { job: JobShown | null; userErrors: { code: string; message: string; path: string[] }[] };
  }>(api.handler, who, REQUEST, { input });
  expect(errors).toEqual([]);
  return data.requestExport;
}

describe('an export', () => {
  test('of staff shows each reader what they may see', async () => {
    const { rows } = await inline(hrAdmin, { table: 'STAFF' });
    expect(rows).toHaveLength(6);
    expect(rows[0]).toBe(`${nipOf(1)},Ani Agensi,PNS,"Penata, III/c",Kepala Dinas,leader,D,Dinas Kesehatan`);

    const planners = await inline(planner, { table: 'STAFF' });
    expect(planners.rows).toHaveLength(6);
    expect(planners.text).not.toContain(nipOf(1));

    const heads = await inline(head, { table: 'STAFF', unitId: unitId('P') });
    expect(heads.rows).toHaveLength(3);
    expect((await inline(head, { table: 'STAFF', unitId: unitId('D') })).codes).toEqual(['FORBIDDEN']);
    expect((await inline(nurse, { table: 'STAFF', unitId: unitId('P') })).codes).toEqual(['FORBIDDEN']);
    expect((await inline(nobody, { table: 'STAFF' })).codes).toEqual(['UNAUTHENTICATED']);
  });

  test('of results follows who may read a result', async () => {
    const all = await inline(auditor, { table: 'RESULTS', periodId: PERIOD });
    expect(all.rows).toHaveLength(4);
    const heads = await inline(head, { table: 'RESULTS', periodId: PERIOD, unitId: unitId('P') });
    expect(heads.rows).toHaveLength(3);
    expect((await inline(planner, { table: 'RESULTS', periodId: PERIOD })).codes).toEqual(['FORBIDDEN']);
    expect((await inline(head, { table: 'RESULTS', periodId: PERIOD })).codes).toEqual(['FORBIDDEN']);
  });

  test('of units hides the counts that the query hides', async () => {
    const shown = await inline(nurse, { table: 'UNIT_RESULTS', periodId: PERIOD });
    const exact = await inline(auditor, { table: 'UNIT_RESULTS', periodId: PERIOD });
    expect(exact.rows[0]).toMatch(/,1,2,0,0,0,0$/);
    expect(shown.rows[0]).toMatch(/,,,,,,$/);
  });

  test('costs requests by its units, not by its rows', async () => {
    const counted = countRequests(api.table.client);
    await inline(hrAdmin, { table: 'STAFF', unitId: unitId('P') });
    counted.remove();
    // Version of the organisation, policies, one roster, one batch of people.
    expect(counted.total).toBeLessThanOrEqual(5);
  });

  test('says all that it needs', async () => {
    expect((await inline(hrAdmin, { table: 'RESULTS' })).codes).toEqual(['REQUIRED']);
    expect((await inline(hrAdmin, { table: 'PLANS' })).codes).toEqual(['REQUIRED']);
    expect((await inline(hrAdmin, { table: 'STAFF', unitId: 'x' })).codes).toEqual(['NOT_FOUND']);
  });
});

describe('a job', () => {
  test('makes a file that its requester alone downloads, and tells them', async () => {
    const input = {
      table: 'RESULTS',
      format: 'XLSX',
      periodId: PERIOD,
      unitId: unitId('P'),
      idempotencyKey: 'k-1',
    };
    const { job, userErrors } = await request(head, input);
    expect(userErrors).toEqual([]);
    expect(job).toMatchObject({
      kind: 'EXPORT',
      state: 'DONE',
      fileName: 'kinerja-hasil.xlsx',
      failure: null,
    });
    const file = await fetch(job?.download?.url ?? '');
    expect(file.status).toBe(200);
    expect((await file.arrayBuffer()).byteLength).toBe(job?.size);

    const again = await request(head, input);
    expect(again.job?.id).toBe(job?.id);
    const mine = `query ($id: ID!) { job(id: $id) { id } myJobs { nodes { id } } notices { nodes { kind subjectId } } }`;
    const { data } = await send<Record<string, unknown>>(api.handler, head, mine, { id: job?.id });
    expect(data).toEqual({
      job: { id: job?.id },
      myJobs: { nodes: [{ id: job?.id }] },
      notices: { nodes: [{ kind: 'FILE_READY', subjectId: job?.id }] },
    });
    const others = await send<Record<string, unknown>>(api.handler, hrAdmin, mine, { id: job?.id });
    expect(others.data).toMatchObject({ job: null, myJobs: { nodes: [] } });
  });

  test('is refused as the table itself would be', async () => {
    expect(
      (await request(nurse, { table: 'RESULTS', format: 'CSV', periodId: PERIOD })).userErrors,
    ).toMatchObject([{ code: 'FORBIDDEN' }]);
    const { userErrors } = await request(hrAdmin, { table: 'REALISATIONS', format: 'CSV' });
    expect(problemsOf({ userErrors })).toEqual(['REQUIRED year']);
  });

  test('that was refused while it ran, or that broke, says so once; what came too late changes nothing', async () => {
    const { job } = await request(auditor, {
      table: 'RANKING',
      format: 'CSV',
      periodId: PERIOD,
      unitId: unitId('P'),
    });
    expect(job).toMatchObject({ state: 'DONE' });
    await recordJobFailure(api.deps, { jobId: job?.id ?? '', failure: 'Late' });
    expect((await api.deps.store.jobs.get(job?.id ?? ''))?.state).toBe('DONE');
    const early = await request(hrAdmin, { table: 'RESULTS', format: 'CSV', periodId: '2031' });
    expect(early.job).toMatchObject({ state: 'FAILED', failure: 'NOT_FOUND', download: null });
  });

  test('has no link any more after a week', async () => {
    const { job } = await request(auditor, { table: 'STAFF', format: 'CSV' });
    expect(job?.download).not.toBeNull();
    api.at('2026-03-18T02:00:00.000Z');
    const { data } = await send<{ job: JobShown }>(
      api.handler,
      auditor,
      'query ($id: ID!) { job(id: $id) { state download { url } } }',
      { id: job?.id },
    );
    expect(data.job).toEqual({ state: 'DONE', download: null });
  });

  test('is one of five at a time', async () => {
    const { store } = api.deps;
    const stuck = { ...api.deps, jobs: { start: async () => undefined } };
    const { requestExport } = await import('../../functions/usecases/export/request-export.ts');
    const actor = { id: 's-many', staffId: null, roles: new Set(['STAFF', 'HR_ADMIN'] as const) };
    const ask = () => requestExport(stuck, actor, { table: 'STAFF', format: 'CSV' }, 'id');
    for (let at = 0; at < 5; at += 1) await ask();
    await expect(ask()).rejects.toThrow('TOO_MANY');
    expect((await store.jobs.ofRequester('s-many', { first: 10, after: null })).items).toHaveLength(5);
  });
});
