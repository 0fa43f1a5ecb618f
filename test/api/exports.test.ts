import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exportColumns } from '../../functions/domain/export/columns.ts';
import { MOST_ROWS } from '../../functions/domain/export/table.ts';
import { planPeriod } from '../../functions/domain/period/period.ts';
import { nationalPolicy } from '../../functions/domain/period/policy.ts';
import { renderTable } from '../../functions/export/render-table.ts';
import { workers } from '../../functions/jobs/workers.ts';
import { makeExport } from '../../functions/usecases/export/make-export.ts';
import { requestExport } from '../../functions/usecases/export/request-export.ts';
import { endLostJobs } from '../../functions/usecases/job/end-lost-jobs.ts';
import {
  type JobWorkers,
  keyOfFile,
  recordJobFailure,
  runJob,
} from '../../functions/usecases/job/run-job.ts';
import { result as exampleResult, unitResult } from '../store/examples.ts';
import { countRequests } from '../support/dynamodb.ts';
import { putResults } from '../support/published-results.ts';
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
import { fillExampleRegion, PROGRAMME } from './export-contents.ts';

const PERIOD = '2025-Q4';
let api: EndpointUnderTest;
beforeAll(async () => {
  api = await endpointUnderTest();
  await createExampleRegion(api);
  const { store } = api.deps;
  const ofP = [people.head, people.nurse, people.colleague];
  await putResults(
    store,
    [...ofP, people.stranger].map((staffId) =>
      exampleResult({
        staffId,
        unitId: unitId(staffId === people.stranger ? 'E' : 'P'),
        periodId: PERIOD,
        run: 'r1',
        ...(staffId === people.nurse && { assessorId: people.stranger }),
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
  await fillExampleRegion(store, PERIOD);
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
  job { id kind state table document period { id } year month unit { code } staff { id } fileName contentType size failure download { url expiresAt } } userErrors { code message path }
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

describe('a table of', () => {
  const P = { unitId: unitId('P') };
  const citra = `${nipOf(3)},Citra Perawat,P,Puskesmas Melati`;
  const readers = { hrAdmin, auditor, planner, head, nurse, stranger: caller(people.stranger) };
  type Reader = keyof typeof readers;

  /** Who may read the query that shows the same, and nobody else; the row of the nurse, or the only one. */
  test.each<[table: string, input: object, allowed: readonly Reader[], row: string]>([
    [
      'ACTIVITIES',
      { month: '2026-01', ...P },
      ['hrAdmin', 'auditor', 'head'],
      `2026-01-14,${citra},,'=1+1,3,,dilaporkan,,`,
    ],
    [
      'ACTIVITIES',
      { month: '2026-01', staffId: people.nurse },
      ['hrAdmin', 'auditor', 'head', 'nurse'],
      `2026-01-14,${citra},,'=1+1,3,,dilaporkan,,`,
    ],
    [
      'ALLOWANCES',
      { month: '2025-12', ...P },
      ['hrAdmin', 'auditor', 'head'],
      `2025-12,${citra},,,2025-Q4,60,100.00,20,1,30,450,40,94.67,,jabatan belum mempunyai kelas,national`,
    ],
    [
      'CREDITS',
      { periodId: PERIOD, ...P },
      ['hrAdmin', 'auditor', 'head'],
      `${PERIOD},${citra},baik,Ahli Pertama,2025-10,2025-12,3,100,12.50,3.13,ya,`,
    ],
    [
      'ALLOWANCES',
      { month: '2025-12', staffId: people.nurse },
      ['hrAdmin', 'auditor', 'head', 'nurse'],
      `2025-12,${citra},,,2025-Q4,60,100.00,20,1,30,450,40,94.67,,jabatan belum mempunyai kelas,national`,
    ],
    [
      'CREDITS',
      { periodId: PERIOD, staffId: people.nurse },
      ['hrAdmin', 'auditor', 'head', 'nurse'],
      `${PERIOD},${citra},baik,Ahli Pertama,2025-10,2025-12,3,100,12.50,3.13,ya,`,
    ],
    [
      'ABSENCES',
      { staffId: people.nurse },
      ['hrAdmin', 'auditor', 'head', 'nurse'],
      `${citra},tugas belajar,2026-02-01,2026-02-28`,
    ],
    [
      'ATTENDANCE',
      { month: '2025-12', staffId: people.nurse },
      ['hrAdmin', 'auditor', 'head', 'nurse'],
      `2025-12,${citra},20,1,30`,
    ],
    [
      'FOLLOW_UPS',
      { periodId: PERIOD, staffId: people.nurse },
      ['hrAdmin', 'auditor', 'head', 'nurse'],
      `${PERIOD},${citra},piagam penghargaan,diusulkan,usulan seseorang,'+Teladan,,,,,`,
    ],
    // Whoever assessed the person then goes on reading the result.
    [
      'RESULTS',
      { periodId: PERIOD, staffId: people.nurse },
      ['hrAdmin', 'auditor', 'head', 'nurse', 'stranger'],
      `${PERIOD},${nipOf(3)},Citra Perawat,Perawat Ahli Pertama,nurse,P,Puskesmas Melati,107.12,109.43,di atas ekspektasi,sesuai ekspektasi,baik,108.05,3,41,57,812,901,9876`,
    ],
    ['UNACKNOWLEDGED', { periodId: PERIOD, ...P }, ['hrAdmin', 'auditor', 'head'], `${PERIOD},${citra}`],
    ['ABSENCES', P, ['hrAdmin', 'auditor', 'head'], `${citra},tugas belajar,2026-02-01,2026-02-28`],
    [
      'UNITS',
      P,
      ['hrAdmin', 'auditor', 'planner', 'head', 'nurse', 'stranger'],
      'P,Puskesmas Melati,PUSKESMAS,D,Budi Kepala,',
    ],
    [
      'AGREEMENTS',
      { year: 2026, ...P },
      ['hrAdmin', 'auditor', 'planner', 'head', 'nurse', 'stranger'],
      "2026,P,Puskesmas Melati,'=Waktu tunggu,utama,Waktu tunggu rawat jalan,menit,100,03,30",
    ],
    ['ATTENDANCE', { month: '2025-12', ...P }, ['hrAdmin', 'auditor', 'head'], `2025-12,${citra},20,1,30`],
    [
      'OBJECTIONS',
      { periodId: PERIOD },
      ['hrAdmin', 'auditor'],
      `${PERIOD},${citra},2026-04-14T03:00:00.000Z,"'=HYPERLINK(""http://x.invalid"")",diajukan,,Ani Agensi,2026-04-23,,,`,
    ],
    [
      'FOLLOW_UPS',
      { periodId: PERIOD, ...P },
      ['hrAdmin', 'auditor', 'head'],
      `${PERIOD},${citra},piagam penghargaan,diusulkan,usulan seseorang,'+Teladan,,,,,`,
    ],
    [
      'ENROLMENTS',
      { programmeId: PROGRAMME },
      ['hrAdmin', 'auditor'],
      `Triase,2026-04-01,2026-04-02,${citra},terdaftar,2026-03-01T02:00:00.000Z,`,
    ],
    [
      'INDICATOR_REVIEWS',
      { periodId: PERIOD },
      ['hrAdmin', 'auditor', 'planner'],
      `${PERIOD},IKU-1,Waktu tunggu rawat jalan,3,3,3,0,120.00,120.00,120.00,semua mencapai batas atas,,,`,
    ],
    [
      'SURVEYS',
      { year: 2026, ...P },
      ['hrAdmin', 'auditor', 'planner', 'head', 'nurse', 'stranger'],
      'P,Puskesmas Melati,Rawat jalan,2026-01-05,2026-02-20,dengan kode,10,87.50,B,3.50,3.50,3.50,3.50,3.50,3.50,3.50,3.50,3.50',
    ],
    [
      'GOALS',
      {},
      ['hrAdmin', 'auditor', 'planner', 'head', 'nurse', 'stranger'],
      'S1,Meningkatnya derajat kesehatan masyarakat,sasaran strategis,,,,2025,2029,tidak',
    ],
    [
      'INDICATORS',
      P,
      ['hrAdmin', 'auditor', 'planner', 'head', 'nurse', 'stranger'],
      'IKU-1,Waktu tunggu rawat jalan,P,Puskesmas Melati,S1,menit,makin rendah makin baik,angka terakhir,Rata-rata waktu dari pendaftaran sampai diperiksa dokter,jumlah menit tunggu / jumlah pasien,SIMRS,1,2026-01-01,tidak',
    ],
  ])('%s %j is for those who may read the same', async (table, input, allowed, row) => {
    for (const [name, who] of Object.entries(readers)) {
      const { codes, rows } = await inline(who, { table, ...input });
      const may = allowed.includes(name as Reader);
      expect([name, codes]).toEqual([name, may ? [] : ['FORBIDDEN']]);
      if (!may) continue;
      const seen = row.replace(
        nipOf(3),
        ['hrAdmin', 'auditor', 'head', 'nurse'].includes(name) ? nipOf(3) : '',
      );
      expect(rows).toContainEqual(seen);
    }
    const { text } = await inline(auditor, { table, ...input });
    // Each row has a cell for every column.
    expect(text.split('\r\n')[0]?.split(',')).toHaveLength(exportColumns[table as 'GOALS'].length);
    expect((await inline(nobody, { table, ...input })).codes).toEqual(['UNAUTHENTICATED']);
  });

  test('credits of a quarter that its year has taken over do not count twice; without a level there are none', async () => {
    const credits = async () => (await inline(auditor, { table: 'CREDITS', periodId: PERIOD, ...P })).rows;
    expect(
      (await credits()).filter((row) => row.endsWith(',tidak memangku jabatan fungsional')),
    ).toHaveLength(2);
    const { store } = api.deps;
    await putResults(store, [
      exampleResult({ staffId: people.nurse, unitId: unitId('P'), periodId: '2025', run: 'r1' }),
    ]);
    await write(store, [
      store.periods.save(null, {
        ...planPeriod('2025', null, 420),
        state: 'PUBLISHED',
        publishedRun: 'r1',
        publishedAt: '2026-01-20T17:00:00.000Z',
        policy: nationalPolicy,
      }),
    ]);
    expect(await credits()).toContainEqual(
      `${PERIOD},${citra},baik,Ahli Pertama,2025-10,2025-12,3,100,12.50,3.13,tidak,`,
    );
  });

  test.each(['CREDITS', 'ATTENDANCE'])('%s costs requests by its units, not by its rows', async (table) => {
    const counted = countRequests(api.table.client);
    const input = table === 'CREDITS' ? { periodId: PERIOD } : { month: '2025-12' };
    expect((await inline(hrAdmin, { table, ...input, ...P })).rows).toHaveLength(3);
    counted.remove();
    // Version of the organisation, policies, period; one roster, people; what is read of them, under three periods at most.
    expect(counted.total).toBeLessThanOrEqual(9);
  });

  test('a survey says nothing but the number of answers where there are few', async () => {
    const { rows } = await inline(auditor, { table: 'SURVEYS', year: 2026, ...P });
    expect(rows[1]).toBe('P,Puskesmas Melati,Rawat jalan,2026-01-05,2026-02-20,tanpa kode,2,,,,,,,,,,,');
  });

  test('allowances costs the same requests for three people as for one', async () => {
    const counted = countRequests(api.table.client);
    expect((await inline(hrAdmin, { table: 'ALLOWANCES', month: '2025-12', ...P })).rows).toHaveLength(3);
    counted.remove();
    // Version of the organisation, policies, one roster, people; three periods, results, attendance.
    expect(counted.total).toBeLessThanOrEqual(9);
  });

  test('what cannot be narrowed says so, and what is needed is named', async () => {
    const bad = async (input: object) => {
      const { userErrors } = await request(hrAdmin, { format: 'CSV', ...input });
      return problemsOf({ userErrors });
    };
    expect(await bad({ table: 'ALLOWANCES' })).toEqual(['REQUIRED month']);
    expect(await bad({ table: 'ENROLMENTS', ...P })).toEqual([
      'REQUIRED programmeId',
      'NOT_APPLICABLE unitId',
    ]);
    expect(await bad({ table: 'OBJECTIONS', periodId: PERIOD, ...P })).toEqual(['NOT_APPLICABLE unitId']);
    expect(await bad({ table: 'ACTIVITIES', month: '2026-01', ...P, staffId: people.nurse })).toEqual([
      'ONE_OF staffId',
    ]);
    expect(
      await bad({ table: 'RESULTS', periodId: PERIOD, month: '2026-01', entity: 'UNIT#x', ...P }),
    ).toEqual(['NOT_APPLICABLE month', 'NOT_APPLICABLE entity']);
    expect(
      await bad({ table: 'PERIODS', month: '2026-01', year: 2026, campaignId: 'x', jobGroup: 'nurse' }),
    ).toEqual([
      'NOT_APPLICABLE year',
      'NOT_APPLICABLE month',
      'NOT_APPLICABLE campaignId',
      'NOT_APPLICABLE jobGroup',
    ]);
    expect(await bad({ table: 'ACTIVITIES', month: '2026-01', staffId: 'x' })).toEqual(['NOT_FOUND staffId']);
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
      table: 'RESULTS',
      document: null,
      period: { id: PERIOD },
      year: null,
      month: null,
      fileName: 'kinerja-hasil-2025-q4.xlsx',
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

  test('keeps what it was asked for: the month, and whose', async () => {
    const { job } = await request(nurse, {
      table: 'ACTIVITIES',
      format: 'CSV',
      month: '2026-01',
      staffId: people.nurse,
    });
    expect(job).toMatchObject({
      state: 'DONE',
      table: 'ACTIVITIES',
      period: null,
      month: '2026-01',
      unit: null,
      staff: { id: people.nurse },
      fileName: 'kinerja-kegiatan-2026-01.csv',
    });
    expect(await (await fetch(job?.download?.url ?? '')).text()).toContain("'=1+1");
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

  describe('that is worked on', () => {
    const actor = { id: 's-twice', staffId: null, roles: new Set(['STAFF', 'HR_ADMIN'] as const) };
    /** Written down and not started. */
    const asked = (format: 'CSV' | 'XLSX') =>
      requestExport(
        { ...api.deps, jobs: { start: async () => undefined } },
        actor,
        { table: 'STAFF', format },
        'id',
      );

    test.each(['CSV', 'XLSX'] as const)(
      'by two at once, and by a third later, is one file (%s)',
      async (format) => {
        const { id } = await asked(format);
        const work = () => runJob(api.deps, { jobId: id }, workers, () => true);
        expect(await Promise.all([work(), work()])).toEqual([{ done: true }, { done: true }]);
        const { state, file } = (await api.deps.store.jobs.get(id)) ?? {};
        const content = await api.deps.files.get(keyOfFile({ id }));
        expect([state, file?.size]).toEqual(['DONE', content?.byteLength]);
        await work();
        expect(await api.deps.files.get(keyOfFile({ id }))).toEqual(content);
      },
    );

    test('again after it died between the file and its end takes the file that is there', async () => {
      const { id } = await asked('CSV');
      const dying = {
        ...api.deps,
        files: {
          ...api.deps.files,
          write: async (...file: Parameters<typeof api.deps.files.write>): Promise<number> => {
            await api.deps.files.write(...file);
            throw new Error('the function died');
          },
        },
      };
      await expect(runJob(dying, { jobId: id }, workers, () => true)).rejects.toThrow('died');
      const first = await api.deps.files.get(keyOfFile({ id }));
      api.at('2026-03-10T09:00:00.000Z');
      await runJob(api.deps, { jobId: id }, workers, () => true);
      const job = await api.deps.store.jobs.get(id);
      expect([job?.state, job?.file?.size]).toEqual(['DONE', first?.byteLength]);
      expect(await api.deps.files.get(keyOfFile({ id }))).toEqual(first);
    });

    describe('in several calls', () => {
      const wanted = { table: 'RATING_COMPLETION', periodId: PERIOD } as const;
      const askedFor = async (format: 'CSV' | 'XLSX') =>
        (
          await requestExport(
            { ...api.deps, jobs: { start: async () => undefined } },
            actor,
            { ...wanted, format },
            'id',
          )
        ).id;
      const fileOf = (id: string) => api.deps.files.get(keyOfFile({ id }));
      /** One roster, unit or page a call; every so many rows a piece. */
      const inPieces = (most: number): JobWorkers => ({
        ...workers,
        EXPORT: (deps, job, by, cursor, hasTime) =>
          makeExport(deps, job, by, renderTable, cursor, hasTime, most),
      });
      const oneStep = () => {
        let pages = 1;
        return () => {
          pages -= 1;
          return pages >= 0;
        };
      };
      const callsOf = async (id: string, made: JobWorkers, deps = api.deps) => {
        const cursors: string[] = [];
        for (;;) {
          const cursor = cursors.at(-1);
          const outcome = await runJob(deps, { jobId: id, cursor }, made, oneStep());
          if (outcome.done) return cursors;
          cursors.push(outcome.cursor ?? '');
        }
      };

      test.each([
        ['CSV', 1],
        ['CSV', 5],
        ['XLSX', 3],
        ['XLSX', 1_000],
      ] as const)('is the file of one call (%s, pieces of %i rows)', async (format, most) => {
        const whole = await askedFor(format);
        await runJob(api.deps, { jobId: whole }, workers, () => true);
        const id = await askedFor(format);
        // A unit a call; then one that finds that there are no more, and one that renders.
        expect((await callsOf(id, inPieces(most))).length).toBeGreaterThan(2);
        expect(await fileOf(id)).toEqual(await fileOf(whole));
        expect((await api.deps.store.jobs.get(id))?.state).toBe('DONE');
      });

      test('is the same when a call dies after what it kept, comes twice, or late', async () => {
        const id = await askedFor('CSV');
        const made = inPieces(1);
        const first = await runJob(api.deps, { jobId: id }, made, oneStep());
        if (first.done) throw new Error('there is more');
        let left = 2;
        const dying = {
          ...api.deps,
          files: {
            ...api.deps.files,
            put: async (...args: Parameters<typeof api.deps.files.put>) => {
              await api.deps.files.put(...args);
              left -= 1;
              if (left === 0) throw new Error('the function died');
            },
          },
        };
        const next = { jobId: id, cursor: first.cursor };
        await expect(runJob(dying, next, made, () => true)).rejects.toThrow('died');
        const [once, twice] = await Promise.all([
          runJob(api.deps, next, made, oneStep()),
          runJob(api.deps, next, made, oneStep()),
        ]);
        expect(twice).toEqual(once);
        await callsOf(id, made);
        const content = await fileOf(id);
        const whole = await askedFor('CSV');
        await runJob(api.deps, { jobId: whole }, workers, () => true);
        expect(content).toEqual(await fileOf(whole));
        expect(await runJob(api.deps, next, made, oneStep())).toEqual({ done: true });
        expect(await fileOf(id)).toEqual(content);
      });

      test('goes through a ranking page by page', async () => {
        const { rankings, periods } = api.deps.store;
        await write(api.deps.store, [
          periods.save(null, {
            ...planPeriod('2025-Q3', '2025-10-05T17:00:00.000Z', 420),
            state: 'PUBLISHED',
            publishedRun: 'r1',
            publishedAt: '2025-10-06T17:00:00.000Z',
            policy: nationalPolicy,
          }),
        ]);
        const ranked = 2 * rankings.pageSize + 5;
        const entries = Array.from({ length: ranked }, (_, at) => ({
          rank: at + 1,
          staffId: at === ranked - 1 ? people.nurse : `left-${at}`,
          unitId: unitId('P'),
          score: 100_000_000 - at,
        }));
        const pages = [0, 1, 2].map((number) => ({
          scope: { kind: 'REGION' as const },
          number,
          total: ranked,
          entries: entries.slice(number * rankings.pageSize, (number + 1) * rankings.pageSize),
        }));
        await rankings.putPages('2025-Q3', 'r1', pages);
        const ask = { table: 'RANKING', periodId: '2025-Q3', format: 'CSV' } as const;
        const started = { ...api.deps, jobs: { start: async () => undefined } };
        const { id } = await requestExport(started, actor, ask, 'id');
        expect(await callsOf(id, inPieces(70))).toHaveLength(3);
        const rows = Buffer.from((await fileOf(id)) ?? [])
          .toString('utf8')
          .split('\r\n')
          .slice(1, -1);
        expect(rows.map((row) => row.split(',')[1])).toEqual(entries.map(({ rank }) => String(rank)));
        expect(rows.at(-1)).toContain('Citra Perawat');
        const whole = await requestExport(started, actor, ask, 'id');
        await runJob(api.deps, { jobId: whole.id }, workers, () => true);
        expect(await fileOf(id)).toEqual(await fileOf(whole.id));
      });

      test('stops at the rows of a worksheet, those of earlier calls counted', async () => {
        const id = await askedFor('CSV');
        const cursor = JSON.stringify({ from: '', rows: MOST_ROWS, pieces: ['x'] });
        await runJob(api.deps, { jobId: id, cursor }, workers, () => true);
        const { state, failure, failureParams } = (await api.deps.store.jobs.get(id)) ?? {};
        expect([state, failure, failureParams]).toEqual(['FAILED', 'TOO_MANY', { maximum: MOST_ROWS }]);
      });
    });

    test('and cannot do the first step in one call says how far it came', async () => {
      const { id } = await asked('XLSX');
      await runJob(api.deps, { jobId: id }, workers, () => false);
      expect(await api.deps.files.get(keyOfFile({ id }))).toBeNull();
      const query = 'query ($id: ID!) { job(id: $id) { state failure failureMessage } }';
      const said = async (language: string) =>
        (await send<{ job: object }>(api.handler, caller(actor.id), query, { id }, { language })).data.job;
      const failed = { state: 'FAILED', failure: 'TOO_MANY' };
      expect(await said('id')).toEqual({ ...failed, failureMessage: 'Terlalu banyak; paling banyak 0.' });
      expect(await said('en')).toEqual({ ...failed, failureMessage: 'Too many; at most 0.' });
    });
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
    const actor = { id: 's-many', staffId: null, roles: new Set(['STAFF', 'HR_ADMIN'] as const) };
    const ask = () => requestExport(stuck, actor, { table: 'STAFF', format: 'CSV' }, 'id');
    for (let at = 0; at < 5; at += 1) await ask();
    await expect(ask()).rejects.toThrow('TOO_MANY');
    expect((await store.jobs.ofRequester('s-many', { first: 10, after: null })).items).toHaveLength(5);
  });

  test('that nothing works on any more is ended by the schedule, and blocks nobody', async () => {
    const { store, now } = api.deps;
    const actor = { id: 's-lost', staffId: null, roles: new Set(['STAFF', 'HR_ADMIN'] as const) };
    const ask = () =>
      requestExport(
        { ...api.deps, jobs: { start: async () => undefined } },
        actor,
        { table: 'STAFF', format: 'CSV' },
        'id',
      );
    const own = async (): Promise<readonly string[]> =>
      (await store.jobs.unfinished({ first: 100, after: null })).items
        .filter(({ value }) => value.requester.id === actor.id)
        .map(({ value }) => value.id);
    const end = async () => {
      const lost: string[] = [];
      const ended = await endLostJobs(api.deps, (id) => lost.push(id));
      expect(lost).toEqual([]);
      return ended;
    };
    api.at('2026-03-10T08:00:00.000Z');
    const first: string[] = [];
    for (let at = 0; at < 5; at += 1) first.push((await ask()).id);
    // One was begun, and its execution aborted; one is ready.
    const [begun = '', ready = '', ...waiting] = first;
    const half = async () => ({ done: false, cursor: 'half' }) as const;
    await runJob(api.deps, { jobId: begun }, { EXPORT: half, DOCUMENTS: half }, () => true);
    await runJob(api.deps, { jobId: ready }, workers, () => true);
    expect([...(await own())].sort()).toEqual([begun, ...waiting].sort());
    api.at('2026-03-10T11:00:00.000Z');
    const later = await ask();
    await expect(ask()).rejects.toThrow('TOO_MANY');

    api.at('2026-03-10T11:59:59.999Z');
    expect((await end()).filter((id) => first.includes(id))).toEqual([]);
    await expect(ask()).rejects.toThrow('TOO_MANY');
    api.at('2026-03-10T12:00:00.000Z');
    const unblocked = await ask();
    expect([...(await end())].filter((id) => [...first, later.id, unblocked.id].includes(id)).sort()).toEqual(
      [begun, ...waiting].sort(),
    );

    expect(await store.jobs.get(begun)).toMatchObject({
      state: 'FAILED',
      failure: 'TIMED_OUT',
      endedAt: now(),
    });
    expect((await store.jobs.get(ready))?.state).toBe('DONE');
    expect([...(await own())].sort()).toEqual([later.id, unblocked.id].sort());
    expect(await end()).toEqual([]);
    // What wakes up all the same finds that it is over.
    expect(await runJob(api.deps, { jobId: begun }, workers, () => true)).toEqual({ done: true });
    expect((await store.jobs.get(begun))?.state).toBe('FAILED');
    const told = await store.notices.page(
      [{ kind: 'PERSON', staffId: actor.id }],
      { first: 10, after: null },
      '2026-01-01T00:00:00.000Z',
    );
    expect(told.items.map(({ value }) => value.kind).sort()).toEqual(
      ['FILE_FAILED', 'FILE_FAILED', 'FILE_FAILED', 'FILE_FAILED', 'FILE_READY'].sort(),
    );
  });
});
