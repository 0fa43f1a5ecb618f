import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decimal } from '../../functions/domain/decimal.ts';
import { nationalPolicy } from '../../functions/domain/period/policy.ts';
import { readShardInputs } from '../../functions/usecases/close/shard-inputs.ts';
import type { Deps } from '../../functions/usecases/deps.ts';
import { proposePlan } from '../../functions/usecases/plan/propose-plan.ts';
import { readPlan } from '../../functions/usecases/plan/read-plan.ts';
import { createStaff } from '../../functions/usecases/staff/create-staff.ts';
import { editStaff } from '../../functions/usecases/staff/edit-staff.ts';
import { importStaff, type StaffRow } from '../../functions/usecases/staff/import-staff.ts';
import { retireStaff } from '../../functions/usecases/staff/retire-staff.ts';
import { transferStaff } from '../../functions/usecases/staff/transfer-staff.ts';
import { myTasks } from '../../functions/usecases/task/my-tasks.ts';
import { createUnit } from '../../functions/usecases/unit/create-unit.ts';
import { editUnit } from '../../functions/usecases/unit/edit-unit.ts';
import { importUnits } from '../../functions/usecases/unit/import-units.ts';
import { activeChildrenOf } from '../../functions/usecases/unit/organisation-change.ts';
import { retireUnit } from '../../functions/usecases/unit/retire-unit.ts';
import {
  as,
  hr,
  overtaken as overtakenIn,
  PERIOD,
  problemsOf,
  type WorkRegion,
  workRegion,
  YEAR,
} from './work-region.ts';

/** The clock shows 10 March 2026; everybody of the region has served where they are since 1 January 2025. */
let region: WorkRegion;
let deps: Deps;
beforeAll(async () => {
  region = await workRegion();
  deps = region.deps;
});
afterAll(() => region.api.drop());

let serial = 100;
const nipOf = (number: number): string => `198501012010011${number}`;
const newStaff = (unitId: string, more: { readonly from?: string; readonly assessorId?: string } = {}) => {
  serial += 1;
  return createStaff(deps, hr, {
    nip: nipOf(serial),
    name: 'Rina Rahma',
    employment: 'PPPK',
    assignment: { unitId, position: 'Perawat', jobGroup: 'nurse', from: '2025-01-01', ...more },
  });
};
const newUnit = async (code: string, more: object = {}) =>
  createUnit(deps, hr, { code, name: `Unit ${code}`, kind: 'UPTD', ...more });
const transfer = (on: Deps, id: string, version: number, unitId: string, from: string) =>
  transferStaff(on, hr, {
    id,
    version,
    assignment: { unitId, position: 'Perawat', jobGroup: 'nurse', from },
  });

const overtaken = (by: () => Promise<unknown>) => overtakenIn(deps, by);

describe('the work of a year stays with the person', () => {
  test.each([
    ['a transfer that is entered late', 'n1', '2025-12-15'],
    ['a transfer on the day on which the year began', 'n2', '2026-01-01'],
    ['a correction of the unit from the beginning', 'n3', '2025-01-01'],
  ])('through %s', async (_, staffId, from) => {
    const proposed = await proposePlan(deps, as(staffId), {
      staffId,
      year: YEAR,
      lines: [
        {
          title: 'Kunjungan rumah',
          aspect: 'QUANTITY',
          indicatorId: 'visits',
          weight: 10_000,
          target: { value: decimal(100) },
        },
      ],
    });

    await transfer(deps, staffId, 1, 'puskesmas2', from);

    expect(await readPlan(deps, hr, { staffId, year: YEAR })).toMatchObject({ id: proposed.plan.id });
    const period = await deps.store.periods.get(PERIOD);
    if (period === null) throw new Error('no period');
    const { persons } = await readShardInputs(deps.store, {
      period: { ...period, run: 'r1', policy: nationalPolicy },
      organisation: await deps.store.organisation.load(),
      collection: { unitId: 'puskesmas2', shard: 0 },
      instruments: [],
      builtOn: [],
      pseudonymOf: (id) => id,
    });
    expect(persons.find(({ membership }) => membership.staffId === staffId)?.plan?.id).toBe(
      `${staffId}:${YEAR}`,
    );
  });
});

describe('decided on the same state, only one of two takes effect', () => {
  test('a unit is retired, and somebody is registered in it', async () => {
    const { id } = await newUnit('SAME-1');
    const late = overtaken(() => newStaff(id));
    expect(await problemsOf(retireUnit(late, hr, { id, version: 1, from: '2026-06-01' }))).toEqual([
      'UNIT_NOT_EMPTY id',
    ]);
  });

  test('somebody is transferred into a unit, and it is retired', async () => {
    const { id } = await newUnit('SAME-2');
    const staff = await newStaff('dispar');
    const late = overtaken(() => retireUnit(deps, hr, { id, version: 1, from: '2026-06-01' }));
    expect(await problemsOf(transfer(late, staff.id, 1, id, '2026-04-01'))).toEqual([
      'RETIRED assignment.unitId',
    ]);
  });

  test('staff are imported into a unit, and it is retired', async () => {
    const { id } = await newUnit('SAME-3');
    const late = overtaken(() => retireUnit(deps, hr, { id, version: 1, from: '2026-06-01' }));
    const rows = [801, 802].map((number) => ({
      nip: nipOf(number),
      name: 'Gita Impor',
      employment: 'PPPK' as const,
      unitCode: 'SAME-3',
      position: 'Perawat',
      jobGroup: 'nurse',
      from: '2026-01-01',
    }));
    const outcome = await importStaff(late, hr, rows);
    expect(outcome.imported).toBe(0);
    expect(outcome.problems.map(({ code, path }) => [code, ...path].join(' '))).toEqual([
      'RETIRED rows 0 unitCode',
      'RETIRED rows 1 unitCode',
    ]);
  });

  test('somebody is named head, and retires', async () => {
    const { id } = await newUnit('SAME-4');
    const staff = await newStaff('dispar');
    const late = overtaken(() => retireStaff(deps, hr, { id: staff.id, version: 1, from: '2026-06-01' }));
    const head = { staffId: staff.id, from: '2026-04-01' };
    expect(await problemsOf(editUnit(late, hr, { id, version: 1, head }))).toEqual(['RETIRED head.staffId']);
  });

  test('somebody retires, and is named head', async () => {
    const { id } = await newUnit('SAME-5');
    const staff = await newStaff('dispar');
    const head = { staffId: staff.id, from: '2026-04-01' };
    const late = overtaken(() => editUnit(deps, hr, { id, version: 1, head }));
    expect(await problemsOf(retireStaff(late, hr, { id: staff.id, version: 1, from: '2026-06-01' }))).toEqual(
      ['IN_USE id'],
    );
  });
});

describe('an assessor by delegation who retires at the moment when somebody names them', () => {
  const retire = (on: Deps, id: string, version = 1) =>
    problemsOf(retireStaff(on, hr, { id, version, from: '2026-06-01' }));
  const named = async (staffId: string, assessorId: string) =>
    (await deps.store.staff.get(staffId))?.assignments.some((each) => each.assessorId === assessorId) ??
    false;
  const rowOf = async (nip: string, assessorNip: string | null) => {
    const dispar = (await deps.store.organisation.load()).units.get('dispar');
    return {
      nip,
      name: 'Gita Dinilai',
      employment: 'PPPK' as const,
      unitCode: dispar?.code ?? '',
      position: 'Perawat',
      jobGroup: 'nurse',
      assessorNip,
      from: '2026-01-01',
    };
  };
  const importProblems = async (on: Deps, rows: Parameters<typeof importStaff>[2]) =>
    (await importStaff(on, hr, rows)).problems.map(({ code, path }) => [code, ...path].join(' '));
  const transferTo = (on: Deps, id: string, assessorId: string, version = 1) =>
    problemsOf(
      transferStaff(on, hr, {
        id,
        version,
        assignment: {
          unitId: 'dispar',
          position: 'Perawat',
          jobGroup: 'nurse',
          assessorId,
          from: '2026-04-01',
        },
      }),
    );

  test.each([
    ['transfer', false],
    ['transfer of somebody who named them before', true],
  ])('%s: whoever comes second is refused', async (_, before) => {
    for (const order of ['RETIRES_SECOND', 'NAMES_SECOND'] as const) {
      const assessor = await newStaff('dispar');
      const staff = await newStaff('dispar', before ? { assessorId: assessor.id } : {});
      let version = 1;
      if (before) {
        // A stay of another assessor between: the retirement finds nobody from its day on.
        await transfer(deps, staff.id, 1, 'dispar', '2026-03-01');
        version = 2;
      }
      const name = (on: Deps) => transferTo(on, staff.id, assessor.id, version);
      if (order === 'RETIRES_SECOND')
        expect(
          await retire(
            overtaken(() => name(deps)),
            assessor.id,
          ),
        ).toEqual(['IN_USE id']);
      else
        expect(await name(overtaken(() => retire(deps, assessor.id)))).toEqual([
          'RETIRED assignment.assessorId',
        ]);
    }
  });

  test('registration: whoever comes second is refused', async () => {
    const first = await newStaff('dispar');
    const late = overtaken(() => newStaff('dispar', { assessorId: first.id }));
    expect(await retire(late, first.id)).toEqual(['IN_USE id']);

    const second = await newStaff('dispar');
    const other: Deps = overtaken(() => retire(deps, second.id));
    serial += 1;
    const registered = createStaff(other, hr, {
      nip: nipOf(serial),
      name: 'Rina Rahma',
      employment: 'PPPK',
      assignment: {
        unitId: 'dispar',
        position: 'Perawat',
        jobGroup: 'nurse',
        assessorId: second.id,
        from: '2025-01-01',
      },
    });
    expect(await problemsOf(registered)).toEqual(['RETIRED assignment.assessorId']);
  });

  test('import: whoever comes second is refused', async () => {
    const first = await newStaff('dispar');
    const rows = [await rowOf(nipOf(811), first.nip), await rowOf(nipOf(812), first.nip)];
    expect(
      await retire(
        overtaken(() => importStaff(deps, hr, rows)),
        first.id,
      ),
    ).toEqual(['IN_USE id', 'IN_USE id']);

    const second = await newStaff('dispar');
    const late = overtaken(() => retire(deps, second.id));
    const others = [await rowOf(nipOf(813), second.nip), await rowOf(nipOf(814), null)];
    expect(await importProblems(late, others)).toEqual(['RETIRED rows 0 assessorNip']);
    expect(await deps.store.staff.findByNip(nipOf(814))).not.toBeNull();
  });

  test('who returns from a retirement is named again, and then does not retire', async () => {
    for (const back of ['TRANSFER', 'IMPORT'] as const) {
      const assessor = await newStaff('dispar');
      const staff = await newStaff('dispar');
      expect(await retire(deps, assessor.id)).toEqual([]);
      expect(await transferTo(deps, staff.id, assessor.id)).toEqual(['RETIRED assignment.assessorId']);
      if (back === 'TRANSFER') await transfer(deps, assessor.id, 2, 'dispar', '2026-06-01');
      else
        expect(
          await importProblems(deps, [{ ...(await rowOf(assessor.nip, null)), from: '2026-06-01' }]),
        ).toEqual([]);
      expect(await transferTo(deps, staff.id, assessor.id)).toEqual([]);
      expect(await named(staff.id, assessor.id)).toBe(true);
      const again = retireStaff(deps, hr, { id: assessor.id, version: 3, from: '2026-07-01' });
      expect(await problemsOf(again)).toEqual(['IN_USE id']);
    }
  });
});

describe('who decides whom they assess, and who assesses them', () => {
  test('is never the personnel officer whom it is about: not as head, not as assessor, not by a file', async () => {
    const { id } = await newUnit('OWN-1');
    const [officer, colleague] = [await newStaff(id), await newStaff(id)];
    const own = as(officer.id, 'HR_ADMIN');
    const head = { staffId: officer.id, from: '2026-03-01' };
    expect(await problemsOf(editUnit(deps, own, { id, version: 1, head }))).toEqual([
      'FORBIDDEN head.staffId',
    ]);
    const file = { code: 'OWN-1', name: 'Unit OWN-1', kind: 'UPTD', headNip: officer.nip };
    const unit = await importUnits(deps, own, [{ ...file, headFrom: '2026-03-01' }]);
    expect(unit.problems).toMatchObject([{ code: 'FORBIDDEN', path: ['rows', 0, 'headNip'] }]);

    const assignment = { unitId: id, position: 'Perawat', jobGroup: 'nurse', assessorId: officer.id };
    expect(
      await problemsOf(
        transferStaff(deps, own, {
          id: colleague.id,
          version: 1,
          assignment: { ...assignment, from: '2026-03-01' },
        }),
      ),
    ).toEqual(['FORBIDDEN assignment.assessorId']);
    const row: StaffRow = {
      nip: colleague.nip,
      name: 'Rina Rahma',
      employment: 'PPPK',
      unitCode: 'OWN-1',
      position: 'Perawat',
      jobGroup: 'nurse',
      from: '2026-03-01',
      assessorNip: officer.nip,
    };
    expect((await importStaff(deps, own, [row])).problems).toMatchObject([
      { code: 'FORBIDDEN', path: ['rows', 0, 'assessorNip'] },
    ]);

    // Somebody else of the office does all of it, and a file that says what is so already is taken from anybody.
    expect((await importStaff(deps, hr, [row])).problems).toEqual([]);
    expect(await importStaff(deps, own, [row])).toMatchObject({ unchanged: 1, problems: [] });
    expect(await problemsOf(editUnit(deps, hr, { id, version: 1, head }))).toEqual([]);
    expect(await importUnits(deps, own, [{ ...file, headFrom: '2026-03-01' }])).toMatchObject({
      unchanged: 1,
      problems: [],
    });
  });
});

describe('the head of a unit', () => {
  test('is named from a day on that rewrites no history, and on which they serve', async () => {
    const { id } = await newUnit('HEAD-1');
    const [first, second] = [await newStaff(id), await newStaff(id, { from: '2026-02-01' })];
    const name = (staffId: string | null, from: string) =>
      problemsOf(editUnit(deps, hr, { id, version: 2, head: { staffId, from } }));
    await editUnit(deps, hr, { id, version: 1, head: { staffId: first.id, from: '2026-01-01' } });

    expect(await name(second.id, '2025-12-31')).toEqual(['OUT_OF_RANGE head.from', 'OUT_OF_RANGE head.from']);
    expect(await name(null, '2020-01-01')).toEqual(['OUT_OF_RANGE head.from']);
    expect(await name(second.id, '2026-01-31')).toEqual(['OUT_OF_RANGE head.from']);
    expect(await name(first.id, '2032-01-01')).toEqual(['OUT_OF_RANGE head.from']);
    expect(await name(second.id, '2026-02-01')).toEqual([]);
    expect((await deps.store.organisation.unit(id))?.heads).toEqual([
      { staffId: first.id, from: '2026-01-01', to: '2026-01-31' },
      { staffId: second.id, from: '2026-02-01', to: null },
    ]);
  });

  test('is named by a file under the same rules', async () => {
    const { id } = await newUnit('HEAD-2');
    const staff = await newStaff(id);
    await editUnit(deps, hr, { id, version: 1, head: { staffId: staff.id, from: '2026-01-01' } });
    const other = await newStaff(id);
    const row = { code: 'HEAD-2', name: 'Unit HEAD-2', kind: 'UPTD', headNip: other.nip };
    const problems = async (headFrom: string) =>
      (await importUnits(deps, hr, [{ ...row, headFrom }])).problems.map(({ code, path }) =>
        [code, ...path].join(' '),
      );
    expect(await problems('2025-06-01')).toEqual(['OUT_OF_RANGE rows 0 headFrom']);
    expect(await problems('0206-01-01')).toContain('OUT_OF_RANGE rows 0 headFrom');
    expect(await problems('2026-03-01')).toEqual([]);
  });

  test('is not transferred away before somebody else, or nobody, is named', async () => {
    const { id } = await newUnit('HEAD-3');
    const staff = await newStaff(id);
    await editUnit(deps, hr, { id, version: 1, head: { staffId: staff.id, from: '2026-04-01' } });
    expect(await problemsOf(transfer(deps, staff.id, 1, 'dispar', '2026-03-15'))).toEqual(['IN_USE id']);
    // Another position in the unit is no farewell.
    await transfer(deps, staff.id, 1, id, '2026-03-15');
    await editUnit(deps, hr, { id, version: 2, head: { staffId: null, from: '2026-05-01' } });
    expect(await problemsOf(transfer(deps, staff.id, 2, 'dispar', '2026-05-01'))).toEqual([]);
  });
});

describe('the head of a unit, in a file of staff,', () => {
  const rowOf = async (nip: string, unitId: string, from: string) => ({
    nip,
    name: 'Rina Rahma',
    employment: 'PPPK' as const,
    unitCode: (await deps.store.organisation.load()).units.get(unitId)?.code ?? '',
    position: 'Kepala',
    jobGroup: 'leader',
    from,
  });
  const problems = async (on: Deps, row: Awaited<ReturnType<typeof rowOf>>) =>
    (await importStaff(on, hr, [row])).problems.map(({ code, path }) => [code, ...path].join(' '));

  test('does not leave it before somebody else is named', async () => {
    const { id } = await newUnit('HEAD-4');
    const staff = await newStaff(id);
    await editUnit(deps, hr, { id, version: 1, head: { staffId: staff.id, from: '2026-01-01' } });
    const away = await rowOf(staff.nip, 'dispar', '2026-04-01');
    expect(await problems(deps, away)).toEqual(['IN_USE rows 0 unitCode']);
    // Another position in the unit is no farewell.
    expect(await problems(deps, await rowOf(staff.nip, id, '2026-02-01'))).toEqual([]);

    const next = await newStaff(id);
    await editUnit(deps, hr, { id, version: 2, head: { staffId: next.id, from: '2026-04-01' } });
    expect(await problems(deps, away)).toEqual([]);
  });

  test('is not named while they leave', async () => {
    const { id } = await newUnit('HEAD-5');
    const staff = await newStaff(id);
    const head = { staffId: staff.id, from: '2026-03-01' };
    const late = overtaken(() => editUnit(deps, hr, { id, version: 1, head }));
    expect(await problems(late, await rowOf(staff.nip, 'dispar', '2026-04-01'))).toEqual([
      'IN_USE rows 0 unitCode',
    ]);
  });
});

describe('retirement', () => {
  test('waits for those whom one assesses by delegation, now or later, and for headships to come', async () => {
    const { id } = await newUnit('OLD-1');
    const assessor = await newStaff(id);
    const assessed = await newStaff(id, { from: '2026-08-01', assessorId: assessor.id });
    const retire = (version: number) =>
      problemsOf(retireStaff(deps, hr, { id: assessor.id, version, from: '2026-06-01' }));
    expect(await retire(1)).toEqual(['IN_USE id']);
    await transfer(deps, assessed.id, 1, id, '2026-08-01');

    await editUnit(deps, hr, { id, version: 1, head: { staffId: assessor.id, from: '2026-09-01' } });
    expect(await retire(1)).toEqual(['IN_USE id']);
    await editUnit(deps, hr, { id, version: 2, head: { staffId: null, from: '2026-09-01' } });
    expect(await retire(1)).toEqual([]);
  });

  test('is taken back by a transfer from its day on, by hand or by a file', async () => {
    const { id, nip } = await newStaff('dispar');
    await retireStaff(deps, hr, { id, version: 1, from: '2026-02-01' });
    expect(await problemsOf(transfer(deps, id, 2, 'dinkes', '2026-01-31'))).toEqual([
      'OUT_OF_RANGE assignment.from',
    ]);
    const renewed = await transfer(deps, id, 2, 'dinkes', '2026-03-01');
    expect(renewed).toMatchObject({
      retiredFrom: null,
      assignments: [
        { unitId: 'dispar', from: '2025-01-01', to: '2026-01-31' },
        { unitId: 'dinkes', from: '2026-03-01', to: null },
      ],
    });
    await retireStaff(deps, hr, { id, version: 3, from: '2026-04-01' });
    const dinkes = (await deps.store.organisation.load()).units.get('dinkes');
    const row = {
      nip,
      name: 'Rina Rahma',
      employment: 'PPPK' as const,
      unitCode: dinkes?.code ?? '',
      position: 'Perawat',
      jobGroup: 'nurse',
    };
    expect(await importStaff(deps, hr, [{ ...row, from: '2026-04-01' }])).toMatchObject({ imported: 1 });
    expect(await deps.store.staff.get(id)).toMatchObject({ retiredFrom: null });
  });
});

describe('what was entered ahead', () => {
  const staysOf = async (id: string) => {
    const staff = await deps.store.staff.get(id);
    return [
      ...(staff?.assignments ?? []).map(({ unitId, from, to }) => [unitId, from, to]),
      staff?.retiredFrom,
    ];
  };

  test('of a retirement is set to an earlier day, when the person dies before it', async () => {
    const { id } = await newStaff('puskesmas');
    await retireStaff(deps, hr, { id, version: 1, from: '2026-12-01' });
    await retireStaff(deps, hr, { id, version: 2, from: '2026-03-05' });
    expect(await staysOf(id)).toEqual([['puskesmas', '2025-01-01', null], '2026-03-05']);
    // What was is history.
    expect(await problemsOf(retireStaff(deps, hr, { id, version: 3, from: '2026-03-06' }))).toEqual([
      'RETIRED id',
    ]);
  });

  test('of a retirement stays, when the person is transferred before it', async () => {
    const { id } = await newStaff('puskesmas');
    await retireStaff(deps, hr, { id, version: 1, from: '2026-12-01' });
    await transfer(deps, id, 2, 'puskesmas2', '2026-06-01');
    expect(await staysOf(id)).toEqual([
      ['puskesmas', '2025-01-01', '2026-05-31'],
      ['puskesmas2', '2026-06-01', null],
      '2026-12-01',
    ]);
  });

  test('of a transfer gives way to an earlier one, and to a retirement', async () => {
    const { id } = await newStaff('puskesmas');
    await transfer(deps, id, 1, 'puskesmas2', '2027-01-01');
    await transfer(deps, id, 2, 'dinkes', '2026-10-01');
    expect(await staysOf(id)).toEqual([
      ['puskesmas', '2025-01-01', '2026-09-30'],
      ['dinkes', '2026-10-01', null],
      null,
    ]);
    await retireStaff(deps, hr, { id, version: 3, from: '2026-08-15' });
    expect(await staysOf(id)).toEqual([['puskesmas', '2025-01-01', null], '2026-08-15']);
    const roster = await deps.store.staff.roster({ unitId: 'dinkes', shard: 0 });
    expect(roster.filter(({ staffId }) => staffId === id)).toEqual([]);
  });

  test('is not rewritten where it has begun', async () => {
    const { id } = await newStaff('puskesmas');
    await transfer(deps, id, 1, 'puskesmas2', '2026-03-01');
    expect(await problemsOf(transfer(deps, id, 2, 'dinkes', '2025-06-01'))).toEqual([
      'OUT_OF_RANGE assignment.from',
    ]);
    expect(await problemsOf(retireStaff(deps, hr, { id, version: 2, from: '2026-02-01' }))).toEqual([
      'OUT_OF_RANGE from',
    ]);
  });

  test('of a head gives way to a vacancy before it', async () => {
    const [first, second] = [await newStaff('puskesmas'), await newStaff('puskesmas')];
    const unit = await newUnit('D-AHEAD');
    const named = await editUnit(deps, hr, {
      id: unit.id,
      version: 1,
      head: { staffId: first.id, from: '2026-01-01' },
    });
    const ahead = await editUnit(deps, hr, {
      id: unit.id,
      version: named.version,
      head: { staffId: second.id, from: '2026-09-01' },
    });
    const vacant = await editUnit(deps, hr, {
      id: unit.id,
      version: ahead.version,
      head: { staffId: null, from: '2026-08-10' },
    });
    expect(vacant.heads).toEqual([{ staffId: first.id, from: '2026-01-01', to: '2026-08-09' }]);
  });
});

test('an import names nobody as assessor who has retired', async () => {
  const assessor = await newStaff('dispar');
  await retireStaff(deps, hr, { id: assessor.id, version: 1, from: '2026-06-01' });
  const dispar = (await deps.store.organisation.load()).units.get('dispar');
  const row = {
    nip: nipOf(901),
    name: 'Gita Dinilai',
    employment: 'PPPK',
    unitCode: dispar?.code ?? '',
    position: 'Perawat',
    jobGroup: 'nurse',
    from: '2026-01-01',
  } as const;
  const { problems } = await importStaff(deps, hr, [{ ...row, assessorNip: assessor.nip }]);
  expect(problems).toMatchObject([{ code: 'RETIRED', path: ['rows', 0, 'assessorNip'] }]);
  expect(await importStaff(deps, hr, [row])).toMatchObject({ imported: 1 });
});

test.each(['1920-01-01', '0206-01-01', '2032-01-01'])('nobody serves from %s on', async (from) => {
  expect(await problemsOf(newStaff('dispar', { from }))).toEqual(['OUT_OF_RANGE assignment.from']);
  const dispar = (await deps.store.organisation.load()).units.get('dispar');
  const { problems } = await importStaff(deps, hr, [
    {
      nip: nipOf(900),
      name: 'Gita Impor',
      employment: 'PPPK',
      unitCode: dispar?.code ?? '',
      position: 'Perawat',
      jobGroup: 'nurse',
      from,
    },
  ]);
  expect(problems).toMatchObject([{ code: 'OUT_OF_RANGE', path: ['rows', 0, 'from'] }]);
});

test('a unit that ends on a day to come is there until then, and its headship ends with it', async () => {
  const parent = await newUnit('END-1');
  const unit = await newUnit('END-2', { parentId: parent.id });
  const staff = await newStaff('dispar');
  await editUnit(deps, hr, { id: unit.id, version: 1, head: { staffId: staff.id, from: '2026-01-01' } });
  await retireUnit(deps, hr, { id: unit.id, version: 2, from: '2026-06-01' });

  const organisation = await deps.store.organisation.load();
  const codesOn = (date: string) => activeChildrenOf(organisation, parent.id, date).map(({ code }) => code);
  expect(codesOn('2026-05-31')).toEqual(['END-2']);
  expect(codesOn('2026-06-01')).toEqual([]);
  expect(organisation.units.get(unit.id)?.heads).toEqual([
    { staffId: staff.id, from: '2026-01-01', to: '2026-05-31' },
  ]);
  expect(await problemsOf(retireUnit(deps, hr, { id: parent.id, version: 1, from: '2026-05-01' }))).toEqual([
    'UNIT_NOT_EMPTY id',
  ]);
  // Somebody may still be named for the time that is left.
  expect(
    await problemsOf(
      editUnit(deps, hr, { id: unit.id, version: 3, head: { staffId: staff.id, from: '2026-06-01' } }),
    ),
  ).toEqual(['OUT_OF_RANGE head.from']);
  await editUnit(deps, hr, { id: unit.id, version: 3, head: { staffId: null, from: '2026-04-01' } });
});

test('whoever was transferred after the period ended is still rated by the assessor of its last day', async () => {
  await transfer(deps, 'n4', 1, 'puskesmas2', '2026-04-01');
  region.api.at('2026-04-02T02:00:00.000Z');
  const rated = (await myTasks(deps, as('kapus'))).filter(
    ({ kind, group }) => kind === 'SUBMIT_RATING' && group === 'SUPERIOR',
  );
  expect(rated.map(({ staffId }) => staffId)).toContain('n4');
});

test('an assessor by delegation still rates whoever has left, on the day of rating', async () => {
  const assessor = await newStaff('dispar');
  region.api.at('2026-03-10T02:00:00.000Z');
  const staff = await newStaff('dispar', { assessorId: assessor.id });
  region.api.at('2026-04-20T02:00:00.000Z');
  await transfer(deps, staff.id, 1, 'puskesmas2', '2026-04-01');
  // A change after the stay is over takes it from the lists of today.
  await editStaff(deps, hr, { id: staff.id, version: 2, name: 'Rina Rahmawati' });
  const tasks = await myTasks(deps, as(assessor.id));
  expect(tasks.filter(({ group }) => group === 'SUPERIOR').map(({ staffId }) => staffId)).toEqual([staff.id]);
});
