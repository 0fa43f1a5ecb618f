import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { auditor, caller, employee, planner, problemsOf, send } from './endpoint-client.ts';
import { type EndpointUnderTest, endpointUnderTest } from './endpoint-under-test.ts';
import {
  createExampleRegion,
  type ImportAnswer,
  importStaff,
  importUnits,
  nipOf,
  people,
  staffId,
  staffRow,
  unitId,
} from './example-region.ts';

let api: EndpointUnderTest;
beforeAll(async () => {
  api = await endpointUnderTest();
  await createExampleRegion(api);
});
afterAll(() => api.drop());

describe('bulk imports', () => {
  test('a request that is sent again changes nothing', async () => {
    const rows = [staffRow(20, 'Gita Baru', 'P'), staffRow(21, 'Hadi Baru', 'Q')];
    expect(await importStaff(api, rows)).toEqual({ imported: 2, unchanged: 0, userErrors: [] });
    const before = await api.deps.store.staff.getMany([staffId(20), staffId(21)]);

    expect(await importStaff(api, rows)).toEqual({ imported: 0, unchanged: 2, userErrors: [] });
    expect(await api.deps.store.staff.getMany([staffId(20), staffId(21)])).toEqual(before);
  });

  test('a row that is refused says where and why, and holds back no other', async () => {
    const answer = await importStaff(api, [
      staffRow(22, 'Indah Baik', 'P'),
      staffRow(23, ' ', 'X', { nip: '123' }),
      staffRow(24, 'Joko Penilai', 'P', { assessorNip: nipOf(999) }),
      staffRow(22, 'Indah Kembar', 'P'),
    ]);

    expect(answer.imported).toBe(1);
    expect(problemsOf(answer)).toEqual([
      'INVALID_NIP rows 1 nip',
      'NOT_FOUND rows 1 unitCode',
      'REQUIRED rows 1 name',
      'NOT_FOUND rows 2 assessorNip',
      'DUPLICATE rows 3 nip',
    ]);
    expect(await api.deps.store.staff.findByNip(nipOf(24))).toBeNull();
  });

  test('a later row of the same person is a transfer; an earlier one would rewrite history', async () => {
    expect((await importStaff(api, [staffRow(25, 'Kiki Pindah', 'P')])).imported).toBe(1);
    expect(
      (await importStaff(api, [staffRow(25, 'Kiki Pindah', 'Q', { from: '2026-02-01' })])).imported,
    ).toBe(1);

    const staff = await api.deps.store.staff.get(staffId(25));
    expect(staff?.assignments.map(({ unitId: unit, from, to }) => ({ unit, from, to }))).toEqual([
      { unit: unitId('P'), from: '2025-01-01', to: '2026-01-31' },
      { unit: unitId('Q'), from: '2026-02-01', to: null },
    ]);
    expect(await importStaff(api, [staffRow(25, 'Kiki Pindah', 'P')])).toMatchObject({ unchanged: 1 });
    const rewriting = await importStaff(api, [staffRow(25, 'Kiki Pindah', 'Q', { from: '2025-06-01' })]);
    expect(problemsOf(rewriting)).toEqual(['OUT_OF_RANGE rows 0 from']);
  });

  test('what a row leaves out stays as it is, null clears it, and an assessor is known before the row', async () => {
    const full = {
      grade: 'III/c',
      email: 'mira@example.go.id',
      positionClass: 8,
      functionalLevel: 'AHLI_PERTAMA',
    };
    const row = (more: object = {}) => staffRow(26, 'Mira Lengkap', 'P', { jobGroup: 'FUNGSIONAL', ...more });
    const assessor = staffRow(27, 'Nana Penilai', 'Q');
    const named = { ...full, assessorNip: nipOf(27) };
    expect(problemsOf(await importStaff(api, [row(named), assessor]))).toEqual([
      'NOT_FOUND rows 0 assessorNip',
    ]);
    expect((await importStaff(api, [row(named)])).imported).toBe(1);
    expect(await importStaff(api, [row({ grade: undefined })])).toMatchObject({
      unchanged: 1,
      userErrors: [],
    });

    const cleared = {
      grade: null,
      email: null,
      positionClass: null,
      functionalLevel: null,
      assessorNip: null,
    };
    expect((await importStaff(api, [row(cleared)])).imported).toBe(1);
    const staff = await api.deps.store.staff.get(staffId(26));
    expect(staff).toMatchObject({ grade: null, email: null });
    expect(staff?.assignments).toMatchObject([
      { assessorId: null, positionClass: null, functionalLevel: null },
    ]);
  });

  test('an assessor may come with the rows, in an earlier one that is not refused', async () => {
    const led = (serial: number, assessor: number) =>
      staffRow(serial, 'Yang Dinilai', 'P', { assessorNip: nipOf(assessor) });
    const answer = await importStaff(api, [
      staffRow(31, 'Penilai Baru', 'Q'),
      led(32, 31),
      staffRow(33, ' ', 'Q'),
      led(34, 33),
    ]);
    expect(answer.imported).toBe(2);
    expect(problemsOf(answer)).toEqual(['REQUIRED rows 2 name', 'NOT_FOUND rows 3 assessorNip']);
    expect((await api.deps.store.staff.get(staffId(32)))?.assignments).toMatchObject([
      { assessorId: staffId(31) },
    ]);
  });

  test('a unit keeps what a row leaves out, and null clears it', async () => {
    const row = { code: 'Z2', name: 'Unit Z2', kind: 'BIDANG' };
    await importUnits(api, [{ code: 'Z1', name: 'Unit Z1', kind: 'DINAS' }]);
    await importUnits(api, [{ ...row, parentCode: 'Z1', mission: 'Melayani' }]);
    const unit = async () => (await api.deps.store.organisation.load()).units.get(unitId('Z2'));
    expect(await importUnits(api, [row])).toMatchObject({ unchanged: 1, userErrors: [] });
    expect(await unit()).toMatchObject({ parentId: unitId('Z1'), mission: 'Melayani' });
    expect(await importUnits(api, [{ ...row, parentCode: null, mission: null }])).toMatchObject({
      imported: 1,
    });
    expect(await unit()).toMatchObject({ parentId: null, mission: null });
  });

  test('units come in any order of parents and children, and never in a circle', async () => {
    const answer = await importUnits(api, [
      { code: 'X2', name: 'Anak', kind: 'BIDANG', parentCode: 'X1' },
      { code: 'X1', name: 'Induk', kind: 'DINAS' },
      { code: 'Y1', name: 'Lingkar 1', kind: 'DINAS', parentCode: 'Y2' },
      { code: 'Y2', name: 'Lingkar 2', kind: 'DINAS', parentCode: 'Y1' },
    ]);
    expect(answer.imported).toBe(2);
    expect(problemsOf(answer)).toEqual(['NOT_FOUND rows 2 parentCode', 'NOT_FOUND rows 3 parentCode']);

    const circle = await importUnits(api, [{ code: 'X1', name: 'Induk', kind: 'DINAS', parentCode: 'X2' }]);
    expect(problemsOf(circle)).toEqual(['UNIT_CYCLE rows 0 parentCode']);
  });

  test('fifty rows go through in one request, fifty-one do not', async () => {
    const rows = Array.from({ length: 51 }, (_, at) => staffRow(100 + at, `Pegawai ${at}`, 'E'));
    expect(problemsOf(await importStaff(api, rows))).toEqual(['TOO_MANY rows']);
    expect(await importStaff(api, rows.slice(0, 50))).toMatchObject({ imported: 50, userErrors: [] });
  });

  test('people who were registered by hand are found by their NIP', async () => {
    const id = 's-by-hand';
    const handMade = await api.deps.store.staff.get(staffId(20));
    if (handMade === null) throw new Error('not imported');
    const { auditHash: _, ...person } = handMade;
    await api.deps.store.commit(
      {
        actor: { id: 'account-hr', role: 'HR_ADMIN' },
        at: api.deps.now(),
        operation: 'createStaff',
        reason: null,
        idempotency: null,
      },
      [api.deps.store.staff.save(null, { ...person, id, nip: nipOf(30), version: 0 })],
    );

    expect(await importStaff(api, [staffRow(30, 'Lina Berubah', 'P')])).toMatchObject({
      imported: 1,
      userErrors: [],
    });
    expect((await api.deps.store.staff.findByNip(nipOf(30)))?.name).toBe('Lina Berubah');
    expect((await api.deps.store.staff.findByNip(nipOf(30)))?.id).toBe(id);
  });

  const goals = (rows: readonly object[]) =>
    send<{ importGoals: ImportAnswer }>(
      api.handler,
      planner,
      `mutation ($rows: [ImportGoalRow!]!) {
        importGoals(input: { rows: $rows }) { imported unchanged userErrors { code message path } }
      }`,
      { rows },
    );
  const indicators = (rows: readonly object[]) =>
    send<{ importIndicators: ImportAnswer }>(
      api.handler,
      planner,
      `mutation ($rows: [ImportIndicatorRow!]!) {
        importIndicators(input: { rows: $rows }) { imported unchanged userErrors { code message path } }
      }`,
      { rows },
    );

  test('goals refer to those of their unit, of a unit above, or of the region', async () => {
    const years = { fromYear: 2025, toYear: 2029 };
    const rows = [
      { code: 'S1', title: 'Derajat kesehatan', ...years },
      { code: 'S1.1', title: 'Layanan dasar', unitCode: 'D', parentCode: 'S1', ...years },
      { code: 'S1.1.1', title: 'Kunjungan', unitCode: 'P', parentCode: 'S1.1', ...years },
      { code: 'BAD', title: '', unitCode: 'none', parentCode: 'S9', fromYear: 2029, toYear: 2025 },
    ];
    const first = (await goals(rows)).data.importGoals;
    expect(first.imported).toBe(3);
    expect(problemsOf(first)).toEqual([
      'NOT_FOUND rows 3 unitCode',
      'NOT_FOUND rows 3 parentCode',
      'REQUIRED rows 3 title',
      'OUT_OF_RANGE rows 3 toYear',
    ]);
    expect((await goals(rows.slice(0, 3))).data.importGoals).toMatchObject({ imported: 0, unchanged: 3 });
  });

  test('an indicator of a later day is a new definition; the same day never says something else', async () => {
    const row = {
      code: 'IKU-1',
      unitCode: 'P',
      goalCode: 'S1.1.1',
      name: 'Waktu tunggu',
      source: 'Sistem antrean',
      unitOfMeasure: 'menit',
      polarity: 'MINIMIZE',
      buildUp: 'LATEST',
      effectiveFrom: '2025-01-01',
    };
    expect((await indicators([row])).data.importIndicators).toMatchObject({ imported: 1, userErrors: [] });
    expect((await indicators([row])).data.importIndicators).toMatchObject({ unchanged: 1 });

    const later = { ...row, name: 'Waktu tunggu pasien', effectiveFrom: '2026-01-01' };
    expect((await indicators([later])).data.importIndicators).toMatchObject({ imported: 1 });
    expect((await indicators([row])).data.importIndicators).toMatchObject({ unchanged: 1, userErrors: [] });
    const rewritten = (await indicators([{ ...row, name: 'Lain' }])).data.importIndicators;
    expect(problemsOf(rewritten)).toEqual(['OUT_OF_RANGE rows 0 effectiveFrom']);

    const ranged = (await indicators([{ ...row, code: 'IKU-2', polarity: 'RANGE' }])).data.importIndicators;
    expect(problemsOf(ranged)).toEqual(['REQUIRED rows 0 aboveRange']);
  });

  test('a file may correct the name of who sends it, and nothing of their service', async () => {
    const own = async (row: object) => {
      const { data } = await send<{ importStaff: ImportAnswer }>(
        api.handler,
        caller(people.other, 'HR_ADMIN'),
        'mutation ($rows: [ImportStaffRow!]!) { importStaff(input: { rows: $rows }) { imported unchanged userErrors { code path } } }',
        { rows: [row] },
      );
      return [data.importStaff.imported, data.importStaff.unchanged, ...problemsOf(data.importStaff)];
    };
    expect(await own(staffRow(5, 'Éka Perawat', 'Q'))).toEqual([0, 1]);
    expect(await own(staffRow(5, 'Éka Rahma', 'Q'))).toEqual([1, 0]);
    const refused = [0, 0, 'FORBIDDEN rows 0 nip'];
    expect(await own(staffRow(5, 'Éka Rahma', 'Q', { positionClass: 17 }))).toEqual(refused);
    expect(await own(staffRow(5, 'Éka Rahma', 'Q', { assessorNip: nipOf(4) }))).toEqual(refused);
    expect(await own(staffRow(5, 'Éka Rahma', 'P', { from: '2026-02-01' }))).toEqual(refused);
  });

  test('only those whose work it is may import', async () => {
    for (const who of [employee, auditor, planner]) {
      const { data } = await send<{ importStaff: ImportAnswer }>(
        api.handler,
        who,
        'mutation ($rows: [ImportStaffRow!]!) { importStaff(input: { rows: $rows }) { imported userErrors { code path } } }',
        { rows: [staffRow(40, 'Siapa', 'P')] },
      );
      expect(problemsOf(data.importStaff)).toEqual(['FORBIDDEN']);
    }
    expect(await api.deps.store.staff.findByNip(nipOf(40))).toBeNull();
  });
});
