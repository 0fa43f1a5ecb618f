/**
 * Documents of a quarter: a nurse fetches hers and checks what is printed, her head those of the unit, and after an objection
 * there is another version, which shows the dispute to those whom it concerns.
 */

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '../../functions/domain/access-policy.ts';
import type { OfficialDocument } from '../../functions/domain/document/document.ts';
import { makeDocuments } from '../../functions/usecases/document/make-documents.ts';
import { requestUnitDocuments } from '../../functions/usecases/document/request-document.ts';
import { countRequests } from '../support/dynamodb.ts';
import { pdfPages } from '../support/pdf-text.ts';
import { putResults } from '../support/published-results.ts';
import { zipFiles } from '../support/zip-files.ts';
import { correctionOf, DECIDED_AT, figure, filed } from '../workflow/decisions.ts';
import { execute } from '../workflow/machine.ts';
import {
  changePeriodOf,
  OPENED_AT,
  type PersonSpec,
  type RegionSpec,
  ratingOf,
  seedRegion,
  write,
} from '../workflow/region.ts';
import {
  auditor,
  type Caller,
  caller,
  hrAdmin,
  nobody,
  type Payload,
  planner,
  problemsOf,
  send,
} from './endpoint-client.ts';
import { type EndpointUnderTest, endpointUnderTest } from './endpoint-under-test.ts';

const PERIOD = '2026-Q1';
const nurse = (id: string, more: Partial<PersonSpec> = {}): PersonSpec => ({
  id,
  unit: 'puskesmas',
  jobGroup: 'nurse',
  lines: [{ weight: 10_000, target: '40', reached: ['30', '40', '41'] }],
  rated: [['SUPERIOR', 'kapus', 4]],
  ...more,
});
const CLERKS = Array.from({ length: 12 }, (_, at) =>
  nurse(`staf-${String(at).padStart(2, '0')}`, { unit: 'kantor', rated: [] }),
);
const REGION: RegionSpec = {
  periodId: PERIOD,
  units: [
    { id: 'kabupaten', head: 'sekda' },
    { id: 'dinkes', parent: 'kabupaten', head: 'kadis' },
    {
      id: 'puskesmas',
      parent: 'dinkes',
      head: 'kapus',
      lines: [{ weight: 10_000, target: '100', reached: ['110', '90', '100'] }],
    },
    { id: 'kantor', parent: 'kabupaten' },
  ],
  people: [
    { id: 'sekda', unit: 'kabupaten', jobGroup: 'leader' },
    { id: 'kadis', unit: 'dinkes', jobGroup: 'leader' },
    { id: 'kapus', unit: 'puskesmas', jobGroup: 'leader', rated: [['SUPERIOR', 'kadis', 4]] },
    nurse('siti', { set: { by: 'kapus', workResult: 'MEETS', behaviour: 'MEETS' } }),
    nurse('dewi'),
    ...CLERKS,
  ],
};

const siti = caller('siti');
const dewi = caller('dewi');
const kapus = caller('kapus');
const kadis = caller('kadis');
const sekda = caller('sekda');

let api: EndpointUnderTest;

beforeAll(async () => {
  api = await endpointUnderTest();
  const { store } = api.deps;
  await seedRegion(store, REGION);
  const address = { collection: { unitId: 'puskesmas', shard: 0 }, year: 2026 };
  // Two peers are too few to be shown.
  await write(
    store,
    ['dewi', 'staf-00'].map((rater) =>
      store.ratings.save(
        address,
        null,
        { ...ratingOf(PERIOD, 'siti', 'PEER', rater, 4), comment: 'Kata rekan yang dirahasiakan' },
        rater,
      ),
    ),
  );
  await write(store, [
    store.ratings.saveAssessorRating(address, null, {
      periodId: PERIOD,
      staffId: 'dewi',
      assessorId: 'kadis',
      inPlaceOf: 'kapus',
      assessorLeft: false,
      workResult: 'MEETS',
      behaviour: 'MEETS',
      proposed: { workResult: null, behaviour: null },
      reason: 'Pejabat penilai berhalangan',
      innovation: false,
      ratedAt: OPENED_AT,
      version: 0,
    }),
    store.feedback.save(null, {
      id: 'siti:2026-02-11:t1',
      staffId: 'siti',
      source: 'LEADER',
      authorId: 'kapus',
      signed: true,
      form: 'SCHEDULED',
      topic: { kind: 'LINE', planId: 'siti:2026', lineId: 'L1' },
      progress: true,
      text: 'Kunjungan rumahnya rapi',
      origin: null,
      givenOn: '2026-02-11',
      answer: null,
      version: 0,
    }),
  ]);
  await execute({ ...api.deps, now: () => '2026-04-05T17:00:03.000Z' }, { periodId: PERIOD, attempt: 1 });
  api.at('2026-04-07T02:00:00.000Z');
});
afterAll(() => api.drop());

interface JobShown {
  readonly id: string;
  readonly state: string;
  readonly failure: string | null;
  readonly fileName: string | null;
  readonly contentType: string | null;
  readonly download: { readonly url: string } | null;
}

async function ask(who: Caller | null, name: string, input: object) {
  const type = name === 'requestDocument' ? 'DocumentInput' : 'UnitDocumentsInput';
  const { data, codes } = await send<{ outcome: Payload<'job', JobShown> }>(
    api.handler,
    who,
    `mutation ($input: ${type}!) { outcome: ${name}(input: $input) {
      job { id state failure table document period { id } year unit { id } staff { id } fileName contentType download { url } } userErrors { code message path } } }`,
    { input },
  );
  return {
    job: data.outcome?.job ?? null,
    refused: [...codes, ...problemsOf(data.outcome ?? { userErrors: [] })],
  };
}

async function fetched(job: JobShown | null): Promise<Uint8Array> {
  const response = await fetch(job?.download?.url ?? '');
  return new Uint8Array(await response.arrayBuffer());
}

/** The whole text of somebody's document for a reader. */
async function textFor(who: Caller, input: object): Promise<string> {
  const { job, refused } = await ask(who, 'requestDocument', input);
  expect(refused).toEqual([]);
  expect(job).toMatchObject({ state: 'DONE', contentType: 'application/pdf' });
  return pdfPages(await fetched(job)).join('\n');
}

const evaluationOf = (staffId: string) => ({ kind: 'EVALUATION', staffId, periodId: PERIOD });
const planOf = (staffId: string) => ({ kind: 'PLAN', staffId, year: 2026 });

const VERSION = 'query ($input: DocumentInput!) { document(input: $input) { kind version policyId digest } }';
interface Version {
  readonly version: string;
  readonly digest: string;
}
const versionFor = async (who: Caller, input: object) =>
  (await send<{ document: Version }>(api.handler, who, VERSION, { input })).data.document;

describe('the document of an evaluation', () => {
  test('shows its reader what the queries show', async () => {
    const own = await textFor(siti, evaluationOf('siti'));
    expect(own).toContain('NAMA: Name siti');
    expect(own).toContain('NAMA: Name kapus');
    expect(own).toContain('3. ATASAN PEJABAT PENILAI KINERJANAMA: Name kadis');
    expect(own).toContain('CAPAIAN KINERJA ORGANISASI: BAIK');
    expect(own).toContain('PREDIKAT KINERJA PEGAWAI: BAIK');
    expect(own).toContain('5. CATATAN/ REKOMENDASIas seen in the dialogue');
    expect(own).toContain('6. Pejabat Penilai Kinerja');
    expect(own).toContain('111 patients;');
    expect(own).toContain('capaian 92,50%');
    expect(own).toContain('Pimpinan (Name kapus): Kunjungan rumahnya rapi');
    // The attached plan is of the whole year.
    expect(own).toContain('LAMPIRAN SASARAN KINERJA PEGAWAI');
    expect(own).toContain('480 patients');
    // Numbers of others are not for her, colleagues who are too few for nobody.
    expect(own).toContain('198001012005011004');
    expect(own).not.toContain('198001012005011003');
    const offices = await textFor(hrAdmin, evaluationOf('siti'));
    for (const text of [own, offices]) expect(text).not.toContain('dirahasiakan');
    expect(offices).toContain('198001012005011003');
  });

  test('is signed by the superior who evaluated in place of the assessor, and has the layout of leaders for a head', async () => {
    expect(await textFor(dewi, evaluationOf('dewi'))).toContain('6. Atasan Pejabat Penilai Kinerja');
    const leaders = await textFor(kapus, evaluationOf('kapus'));
    expect(leaders).toContain('PIMPINAN UNIT KERJA MANDIRI');
    expect(leaders).toContain('PERSPEKTIF');
    // A head's work result is the unit's achievement.
    expect(leaders).toContain('300 patients');
  });

  test('names the head of the region, by office alone, as the assessor of whoever has nobody else above', async () => {
    const text = await textFor(sekda, evaluationOf('sekda'));
    expect(text).toContain(
      '2. PEJABAT PENILAI KINERJANAMA: NIP: PANGKAT/ GOL. RUANG: JABATAN: Kepala Daerah',
    );
    expect(text).toContain('6. Pejabat Penilai Kinerja..............................NIP');
    expect(await textFor(kadis, evaluationOf('kadis'))).not.toContain('Kepala Daerah');
  });

  test('says which version it is of, with a digest that the service confirms to every reader', async () => {
    const text = await textFor(siti, evaluationOf('siti'));
    const version = await versionFor(siti, evaluationOf('siti'));
    expect(version).toMatchObject({ version: '2026-Q1 r1', policyId: 'policy-1' });
    expect(text).toContain(`Versi 2026-Q1 r1; kebijakan policy-1; dicetak 7 April 2026`);
    expect(text).toContain(`Sidik SHA-256 ${version.digest}`);
    expect(await versionFor(auditor, evaluationOf('siti'))).toEqual(version);
    expect((await versionFor(hrAdmin, evaluationOf('dewi'))).digest).not.toBe(version.digest);
    const delivered = `{ viewer { staff { result(periodId: "${PERIOD}") { delivery { document { digest } } } } } }`;
    const { data } = await send(api.handler, siti, delivered);
    expect(data).toMatchObject({
      viewer: { staff: { result: { delivery: { document: { digest: version.digest } } } } },
    });
  });

  test('is for who may read the result', async () => {
    expect((await ask(dewi, 'requestDocument', evaluationOf('siti'))).refused).toEqual(['FORBIDDEN']);
    expect((await ask(planner, 'requestDocument', evaluationOf('siti'))).refused).toEqual(['FORBIDDEN']);
    expect((await ask(nobody, 'requestDocument', evaluationOf('siti'))).refused).toEqual(['UNAUTHENTICATED']);
    expect((await send(api.handler, dewi, VERSION, { input: evaluationOf('siti') })).codes).toEqual([
      'FORBIDDEN',
    ]);
  });

  test('says what it needs, and what is not there', async () => {
    const refusedOf = async (input: object) => (await ask(hrAdmin, 'requestDocument', input)).refused;
    expect(await refusedOf({ kind: 'EVALUATION', staffId: 'siti' })).toEqual(['REQUIRED periodId']);
    expect(await refusedOf({ ...planOf('siti'), periodId: PERIOD })).toEqual(['INVALID_FORMAT periodId']);
    expect(await refusedOf({ ...evaluationOf('siti'), kind: 'CERTIFICATE' })).toEqual([
      'REQUIRED followUpId',
    ]);
    expect(await refusedOf(planOf('kadis'))).toEqual(['NOT_FOUND year']);
    expect(await refusedOf({ ...evaluationOf('siti'), periodId: '2026-Q2' })).toEqual(['NOT_FOUND periodId']);
    expect(await refusedOf(evaluationOf('siapa'))).toEqual(['NOT_FOUND staffId']);
  });

  test('costs a fixed number of requests to check', async () => {
    const counted = countRequests(api.table.client);
    await versionFor(hrAdmin, evaluationOf('siti'));
    counted.remove();
    expect(counted.total).toBeLessThanOrEqual(6);
  });
});

describe('the documents of a unit', () => {
  test('are an archive with a PDF of everybody who has one', async () => {
    const input = { kind: 'EVALUATION', unitId: 'puskesmas', periodId: PERIOD };
    const { job, refused } = await ask(kapus, 'requestUnitDocuments', input);
    expect(refused).toEqual([]);
    expect(job).toMatchObject({
      table: null,
      document: 'EVALUATION',
      period: { id: PERIOD },
      year: null,
      unit: { id: 'puskesmas' },
      staff: null,
      fileName: 'kinerja-dokumen-evaluasi-2026-q1.zip',
      contentType: 'application/zip',
    });
    const files = zipFiles(await fetched(job));
    expect([...files.keys()]).toEqual(['0001-name-dewi.pdf', '0002-name-kapus.pdf', '0003-name-siti.pdf']);
    expect(pdfPages(files.get('0003-name-siti.pdf') ?? Buffer.of()).join('')).toContain('NAMA: Name siti');
  });

  test('are for its heads and the offices', async () => {
    const evaluations = { kind: 'EVALUATION', unitId: 'puskesmas', periodId: PERIOD };
    const refusedOf = async (who: Caller | null, input: object = evaluations) =>
      (await ask(who, 'requestUnitDocuments', input)).refused;
    expect(await refusedOf(siti)).toEqual(['FORBIDDEN']);
    expect(await refusedOf(planner)).toEqual(['FORBIDDEN']);
    expect(await refusedOf(nobody)).toEqual(['UNAUTHENTICATED']);
    expect(await refusedOf(kapus, { ...evaluations, unitId: 'dinkes' })).toEqual(['FORBIDDEN']);
    expect(await refusedOf(hrAdmin, { ...evaluations, unitId: 'x' })).toEqual(['NOT_FOUND unitId']);
    expect(await refusedOf(hrAdmin, { ...evaluations, periodId: '2031' })).toEqual(['NOT_FOUND periodId']);
    expect(await refusedOf(hrAdmin, { kind: 'PLAN', unitId: 'kantor' })).toEqual(['REQUIRED year']);
  });

  test('go on behind the last one when time runs out, and are the same files whatever happens on the way', async () => {
    const actor: Actor = { id: 'hr', staffId: null, roles: new Set(['STAFF', 'HR_ADMIN']) };
    const waiting = { ...api.deps, jobs: { start: async () => undefined } };
    const input = { kind: 'PLAN', unitId: 'kantor', year: 2026 } as const;
    const [slow, quick] = [
      await requestUnitDocuments(waiting, actor, input, 'id'),
      await requestUnitDocuments(waiting, actor, input, 'id'),
    ];
    const made: string[] = [];
    const printer = {
      pdf: async (document: OfficialDocument) => {
        const name = document.kind === 'PLAN' ? document.plan.staff.name : '';
        made.push(name);
        return Buffer.from(name);
      },
      archive: (files: readonly { readonly name: string; readonly bytes: Uint8Array }[]) =>
        Buffer.from(files.map(({ name, bytes }) => `${name} ${Buffer.from(bytes).toString()}`).join('\n')),
    };
    const contentOf = async (made: ReturnType<typeof makeDocuments>): Promise<string> => {
      const outcome = await made;
      return outcome.done ? Buffer.concat(await Array.fromAsync(outcome.content)).toString() : '';
    };
    const never = () => false;
    const first = await makeDocuments(api.deps, slow, actor, printer, null, never);
    expect(first).toEqual({ done: false, cursor: '10' });
    // The next call is killed after its work and runs again.
    await makeDocuments(api.deps, slow, actor, printer, '10', never);
    const whole = await contentOf(makeDocuments(api.deps, slow, actor, printer, '10', never));
    expect(made).toHaveLength(14);

    const text = await contentOf(makeDocuments(api.deps, quick, actor, printer, null, () => true));
    expect(whole).toBe(text);
    expect(text.split('\n')).toHaveLength(12);
    expect(text).toContain('0012-name-staf-11.pdf Name staf-11');
  });
});

test('a certificate is of a follow-up that was granted, for who may read it', async () => {
  const { store } = api.deps;
  const followUp = {
    id: 'f-1',
    periodId: PERIOD,
    staffId: 'siti',
    unitId: 'puskesmas',
    measure: 'CERTIFICATE',
    grounds: null,
    proposal: { by: 'kapus', reason: 'Teladan' },
    state: 'PROPOSED',
    decision: null,
    end: null,
    version: 0,
  } as const;
  await write(store, [store.followUps.save(null, followUp)]);
  const input = { kind: 'CERTIFICATE', staffId: 'siti', periodId: PERIOD, followUpId: 'f-1' };
  expect((await ask(siti, 'requestDocument', input)).refused).toEqual(['WRONG_STATE followUpId']);
  const decision = {
    by: 'hr',
    at: '2026-05-20T03:00:00.000Z',
    reason: 'Kunjungan rumah terbanyak',
    from: '2026-05-20',
    until: null,
  };
  const found = await store.followUps.get({ staffId: 'siti', periodId: PERIOD, id: 'f-1' });
  await write(store, [store.followUps.save(found, { ...followUp, version: 1, state: 'GRANTED', decision })]);

  const text = await textFor(siti, input);
  expect(text).toContain('PIAGAM PENGHARGAAN');
  expect(text).toContain('Name siti');
  expect(text).toContain('predikat BAIK');
  expect(text).toContain('Kunjungan rumah terbanyak');
  expect((await ask(dewi, 'requestDocument', input)).refused).toEqual(['FORBIDDEN']);
});

test('a change after an objection stands in the version that it made, for those whom it concerns', async () => {
  const { store } = api.deps;
  const open = filed(PERIOD, 'siti', {
    reasons: 'Angka Januari keliru',
    unitId: 'puskesmas',
    assessorId: 'kapus',
    assessedInUnitId: 'puskesmas',
    deciderId: 'kadis',
    points: [
      { lineId: 'L1', valueId: null, text: 'Laporan Januari tercatat dua kali' },
      { lineId: null, valueId: 'HARMONIOUS', text: 'Rekan membantah' },
    ],
    statements: [{ side: 'ASSESSOR', authorId: 'kapus', at: DECIDED_AT, text: 'Laporan datang terlambat' }],
  });
  await write(store, [store.objections.save(null, open)]);
  const before = await versionFor(siti, evaluationOf('siti'));
  expect(await textFor(siti, evaluationOf('siti'))).toContain('6 April 2026');
  const stored = await store.objections.get(open.id);
  await write(store, [
    store.objections.save(stored, {
      ...open,
      version: stored?.version ?? 0,
      state: 'CHANGED',
      decision: {
        outcome: 'CHANGED',
        at: DECIDED_AT,
        deciderId: 'kadis',
        reason: 'Bukti dukung sah',
        recommendation: 'Laporkan tiap pekan',
        correction: correctionOf({ figures: [figure('L1', '2026-01', '40')] }),
      },
    }),
  ]);
  // Until the correction is published the document is still of what was objected to.
  expect(await textFor(siti, evaluationOf('siti'))).not.toContain('KEBERATAN');

  const result = await store.results.get(PERIOD, 'r1', 'siti');
  if (result !== null) await putResults(store, [{ ...result, run: 'r1c1', predicate: 'EXCELLENT' }]);
  await changePeriodOf(store, PERIOD, (period) => ({
    ...period,
    publishedRun: 'r1c1',
    publications: [...period.publications, { run: 'r1c1', at: '2026-04-20T04:00:00.000Z' }],
  }));
  for (const who of [siti, kadis]) {
    const text = await textFor(who, evaluationOf('siti'));
    expect(text).toContain('PREDIKAT KINERJA PEGAWAI: SANGAT BAIK');
    expect(text).toContain('6. KEBERATANAngka Januari keliru');
    expect(text).toContain('7. PENJELASAN PEJABAT PENILAI KINERJA ATAS KEBERATANLaporan datang terlambat');
    expect(text).toContain('Hasil evaluasi kinerja Pegawai diubah. Bukti dukung sah');
    expect(text).toContain('Rekomendasi: Laporkan tiap pekan');
    expect(text).toContain('Laporan Januari tercatat dua kali');
    expect(text).toContain('Harmonis: Rekan membantah');
    expect(text).toContain('11. Atasan Pejabat Penilai KinerjaName kadis');
    // Nobody signed on a day on which what it says was not decided yet.
    expect(text).not.toContain('6 April 2026');
  }
  // A head further up reads the result, not the objection.
  const further = await textFor(sekda, evaluationOf('siti'));
  expect(further).not.toContain('KEBERATAN');
  expect(further).not.toContain('6 April 2026');
  const after = await versionFor(siti, evaluationOf('siti'));
  expect(after.version).toBe('2026-Q1 r1c1');
  expect(after.digest).not.toBe(before.digest);
  // Of whom nothing was changed the document is the same.
  expect((await versionFor(dewi, evaluationOf('dewi'))).version).toBe('2026-Q1 r1');
});

test('where the personnel office decided, nobody of it is named as the superior of the assessor', async () => {
  const { store } = api.deps;
  const open = filed(PERIOD, 'dewi', {
    unitId: 'puskesmas',
    assessorId: 'kapus',
    assessedInUnitId: 'puskesmas',
    deciderId: null,
  });
  await write(store, [store.objections.save(null, open)]);
  const stored = await store.objections.get(open.id);
  const decision = {
    outcome: 'UPHELD',
    at: DECIDED_AT,
    deciderId: 'staf-00',
    reason: 'Bukti dukung tidak ada',
    recommendation: null,
    correction: null,
  } as const;
  await write(store, [
    store.objections.save(stored, { ...open, version: stored?.version ?? 0, state: 'UPHELD', decision }),
  ]);
  const text = await textFor(dewi, evaluationOf('dewi'));
  expect(text).toContain('Hasil evaluasi kinerja Pegawai dikuatkan. Bukti dukung tidak ada');
  expect(text).toContain('11. Atasan Pejabat Penilai KinerjaName kadis');
  expect(text).not.toContain('Name staf-00');
});

test('who was the assessor then reads the result, and in its document no plan', async () => {
  const { store } = api.deps;
  const former = caller('staf-00');
  expect((await ask(former, 'requestDocument', evaluationOf('staf-01'))).refused).toEqual(['FORBIDDEN']);
  const result = await store.results.get(PERIOD, 'r1', 'staf-01');
  if (result !== null) await putResults(store, [{ ...result, assessorId: 'staf-00' }]);

  const text = await textFor(former, evaluationOf('staf-01'));
  expect(text).toContain('NAMA: Name staf-01');
  expect(text).toContain('111 patients;');
  expect(text).not.toContain('Kuantitas');
  expect(text).not.toContain('SASARAN KINERJA PEGAWAI');
  expect((await ask(former, 'requestDocument', planOf('staf-01'))).refused).toEqual(['FORBIDDEN']);
});
