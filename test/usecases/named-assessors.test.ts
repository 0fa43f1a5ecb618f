/** Named assessors are led by nobody whom they assess and do not slip away with a transfer, and no personnel officer changes their own. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '../../functions/domain/access-policy.ts';
import { createStaff } from '../../functions/usecases/staff/create-staff.ts';
import { importStaff } from '../../functions/usecases/staff/import-staff.ts';
import { retireStaff } from '../../functions/usecases/staff/retire-staff.ts';
import { transferStaff } from '../../functions/usecases/staff/transfer-staff.ts';
import { createUnit } from '../../functions/usecases/unit/create-unit.ts';
import { editUnit } from '../../functions/usecases/unit/edit-unit.ts';
import { importUnits } from '../../functions/usecases/unit/import-units.ts';
import { moveUnit } from '../../functions/usecases/unit/move-unit.ts';
import { retireUnit } from '../../functions/usecases/unit/retire-unit.ts';
import { as, hr, overtaken as overtakenIn, problemsOf, type WorkRegion, workRegion } from './work-region.ts';

/** The clock shows 10 March 2026. */
let region: WorkRegion;
let deps: WorkRegion['deps'];
beforeAll(async () => {
  region = await workRegion();
  deps = region.deps;
});
afterAll(() => region.api.drop());

const JOB = { position: 'Perawat', jobGroup: 'nurse' };
let serial = 100;
const nextNip = (): string => {
  serial += 1;
  return `198501012010011${serial}`;
};
const serve = async (unitId: string, more: { readonly from?: string; readonly assessorId?: string } = {}) =>
  createStaff(deps, hr, {
    nip: nextNip(),
    name: 'Rina Rahma',
    employment: 'PPPK',
    assignment: { unitId, ...JOB, from: '2025-01-01', ...more },
  });
const unit = async (parentId: string | null = null) => {
  serial += 1;
  const { id } = await createUnit(deps, hr, { code: `N-${serial}`, name: 'Unit', kind: 'UPTD', parentId });
  return id;
};
const version = async (unitId: string): Promise<number> =>
  (await deps.store.organisation.load()).units.get(unitId)?.version ?? 0;
const codeOf = async (unitId: string): Promise<string> =>
  (await deps.store.organisation.load()).units.get(unitId)?.code ?? '';
const head = async (unitId: string, staffId: string | null, from = '2026-01-01', by: Actor = hr, on = deps) =>
  problemsOf(editUnit(on, by, { id: unitId, version: await version(unitId), head: { staffId, from } }));
const move = async (unitId: string, parentId: string | null, by: Actor = hr) =>
  problemsOf(moveUnit(deps, by, { id: unitId, version: await version(unitId), parentId }));
const rowOf = async (nip: string, unitId: string, from: string, assessorNip: string | null = null) => ({
  ...{ nip, name: 'Rina Rahma', employment: 'PPPK' as const, ...JOB, from, assessorNip },
  unitCode: await codeOf(unitId),
});
const importing = async (rows: Parameters<typeof importStaff>[2], on = deps) =>
  (await importStaff(on, hr, rows)).problems.map(({ code, path }) => [code, ...path].join(' '));
const place = async (
  id: string,
  unitId: string,
  from: string,
  more: { readonly assessorId?: string } = {},
  on = deps,
) => {
  const staff = await deps.store.staff.get(id);
  const assignment = { unitId, ...JOB, from, ...more };
  return problemsOf(transferStaff(on, hr, { id, version: staff?.version ?? 0, assignment }));
};

const overtaken = (by: () => Promise<unknown>) => overtakenIn(deps, by);

describe('a named assessor is not led by the person', () => {
  test('two do not assess each other, by hand or by a file, and in one file neither', async () => {
    const id = await unit();
    const [first, second] = [await serve(id), await serve(id)];
    expect(await place(first.id, id, '2026-02-01', { assessorId: second.id })).toEqual([]);
    expect(await place(second.id, id, '2026-02-01', { assessorId: first.id })).toEqual([
      'NOT_APPLICABLE assignment.assessorId',
    ]);
    const back = await rowOf(second.nip, id, '2026-02-01', first.nip);
    expect(await importing([back])).toEqual(['NOT_APPLICABLE rows 0 assessorNip']);
    // Before the first was assessed by the second it would have been possible, and what it is to be says only the day.
    expect(await place(first.id, id, '2026-03-01')).toEqual([]);
    expect(await place(second.id, id, '2026-03-01', { assessorId: first.id })).toEqual([]);

    const [a, b] = [nextNip(), nextNip()];
    expect(await importing([await rowOf(a, id, '2026-01-01'), await rowOf(b, id, '2026-01-01')])).toEqual([]);
    const rows = [await rowOf(a, id, '2026-02-01', b), await rowOf(b, id, '2026-02-01', a)];
    expect(await importing(rows)).toEqual(['NOT_APPLICABLE rows 1 assessorNip']);
  });

  test('nor when they name each other at the same moment', async () => {
    const id = await unit();
    const [first, second] = [await serve(id), await serve(id)];
    const late = overtaken(() => place(first.id, id, '2026-02-01', { assessorId: second.id }));
    expect(await place(second.id, id, '2026-02-01', { assessorId: first.id }, late)).toEqual([
      'NOT_APPLICABLE assignment.assessorId',
    ]);
    const [third, fourth] = [await serve(id), await serve(id)];
    const file = overtaken(() => place(third.id, id, '2026-02-01', { assessorId: fourth.id }));
    expect(await importing([await rowOf(fourth.nip, id, '2026-02-01', third.nip)], file)).toEqual([
      'NOT_APPLICABLE rows 0 assessorNip',
    ]);
  });

  test('a head names nobody of the units below, then or on a day that is known', async () => {
    const above = await unit();
    const below = await unit(above);
    const [chief, clerk] = [await serve(above), await serve(below)];
    await head(above, chief.id, '2026-06-01');
    for (const from of ['2026-06-01', '2026-02-01'])
      expect(await place(chief.id, above, from, { assessorId: clerk.id })).toEqual([
        'NOT_APPLICABLE assignment.assessorId',
      ]);
    const row = await rowOf(chief.nip, above, '2026-07-01', clerk.nip);
    expect(await importing([row])).toEqual(['NOT_APPLICABLE rows 0 assessorNip']);
    // Somebody who serves elsewhere assesses them: a delegation is what it was.
    const outside = await serve('dispar');
    expect(await place(chief.id, above, '2026-06-01', { assessorId: outside.id })).toEqual([]);
    expect(await importing([await rowOf(chief.nip, above, '2026-06-01', outside.nip)])).toEqual([]);
  });

  test('who heads a unit is not named over their assessor, by hand or by a file', async () => {
    const above = await unit();
    const below = await unit(above);
    const assessor = await serve(below);
    const person = await serve(above, { assessorId: assessor.id });
    expect(await head(above, person.id)).toEqual(['IN_USE head.staffId']);
    expect(await head(above, person.id, '2027-01-01')).toEqual(['IN_USE head.staffId']);
    const row = { code: await codeOf(above), name: 'Unit', kind: 'UPTD', headNip: person.nip };
    const file = await importUnits(deps, hr, [{ ...row, headFrom: '2026-01-01' }]);
    expect(file.problems).toMatchObject([
      { code: 'IN_USE', path: ['rows', 0, 'headNip'], params: { id: person.id } },
    ]);
    await place(person.id, above, '2026-06-01');
    expect(await head(above, person.id, '2026-05-31')).toEqual(['IN_USE head.staffId']);
    expect(await head(above, person.id, '2026-06-01')).toEqual([]);
  });

  test('nor when they are named head at the same moment', async () => {
    const id = await unit();
    const [assessor, person] = [await serve(id), await serve(id)];
    const late = overtaken(() => place(person.id, id, '2026-02-01', { assessorId: assessor.id }));
    expect(await head(id, person.id, '2026-03-01', hr, late)).toEqual(['IN_USE head.staffId']);
    await place(person.id, id, '2026-02-01');
    const other = overtaken(() => head(id, person.id, '2026-03-01'));
    expect(await place(person.id, id, '2026-03-01', { assessorId: assessor.id }, other)).toEqual([
      'NOT_APPLICABLE assignment.assessorId',
    ]);
  });

  test('a unit does not come below somebody whom one of its staff assesses', async () => {
    const [above, below] = [await unit(), await unit()];
    const assessor = await serve(below);
    const chief = await serve(above, { assessorId: assessor.id });
    await head(above, chief.id);
    expect(await move(below, above)).toEqual(['IN_USE parentId']);
    const row = { code: await codeOf(below), name: 'Unit', kind: 'UPTD', parentCode: await codeOf(above) };
    expect((await importUnits(deps, hr, [row])).problems).toMatchObject([
      { code: 'IN_USE', path: ['rows', 0, 'parentCode'] },
    ]);
    // Of a year that may still be closed the tree is the one of today.
    await place(chief.id, above, '2026-03-01');
    expect(await move(below, above)).toEqual(['IN_USE parentId']);
    await place(chief.id, above, '2026-03-01', { assessorId: (await serve('dispar')).id });
    expect(await move(below, 'dispar')).toEqual([]);
  });

  test('who acts as head above is not taken from there while the head below is theirs to assess', async () => {
    const above = await unit();
    const below = await unit(above);
    const acting = await serve(below);
    await head(above, acting.id);
    const chief = await serve(below, { assessorId: acting.id });
    expect(await head(below, chief.id)).toEqual([]);
    expect(await head(above, null, '2026-04-01')).toEqual(['IN_USE head.staffId']);
    await place(chief.id, below, '2026-04-01');
    expect(await head(above, null, '2026-04-01')).toEqual([]);
  });
});

describe('a named assessor who is transferred', () => {
  test('is not, by hand or by a file, while somebody is theirs to assess from then on', async () => {
    const [here, there] = [await unit(), await unit()];
    const assessor = await serve(here);
    const staff = await serve(here, { assessorId: assessor.id });
    const refused = {
      id: assessor.id,
      version: 1,
      assignment: { unitId: there, ...JOB, from: '2026-04-01' },
    };
    await expect(transferStaff(deps, hr, refused)).rejects.toMatchObject({
      problems: [{ code: 'IN_USE', path: ['id'], params: { id: staff.id } }],
    });
    const row = await rowOf(assessor.nip, there, '2026-04-01');
    expect(await importing([row])).toEqual(['IN_USE rows 0 unitCode']);
    // Another position in the unit is no farewell, and who is named from the day on is named knowingly.
    expect(await place(assessor.id, here, '2026-03-01')).toEqual([]);
    expect(await importing([await rowOf(assessor.nip, here, '2026-03-15')])).toEqual([]);
    await place(staff.id, here, '2026-04-01');
    expect(await place(assessor.id, there, '2026-03-31')).toEqual(['IN_USE id']);
    expect(await place(assessor.id, there, '2026-04-01')).toEqual([]);
    expect(await place(staff.id, here, '2026-04-01', { assessorId: assessor.id })).toEqual([]);
    // That transfer is not taken back silently either.
    expect(await place(assessor.id, here, '2026-04-01')).toEqual(['IN_USE id']);
  });

  test('whoever comes second is refused: the transfer, or who names them as they were', async () => {
    const [here, there] = [await unit(), await unit()];
    for (const how of ['BY_HAND', 'BY_FILE'] as const) {
      const [assessor, staff] = [await serve(here), await serve(here)];
      const late = overtaken(() => place(staff.id, here, '2026-02-01', { assessorId: assessor.id }));
      if (how === 'BY_HAND')
        expect(await place(assessor.id, there, '2026-04-01', {}, late)).toEqual(['IN_USE id']);
      else
        expect(await importing([await rowOf(assessor.nip, there, '2026-04-01')], late)).toEqual([
          'IN_USE rows 0 unitCode',
        ]);
    }
  });

  test('a file moves an assessor and names them where they come to, whatever its order', async () => {
    const [here, there] = [await unit(), await unit()];
    for (const assessorFirst of [true, false]) {
      const [assessor, staff] = [nextNip(), nextNip()];
      expect(
        await importing([await rowOf(assessor, here, '2026-01-01'), await rowOf(staff, there, '2026-01-01')]),
      ).toEqual([]);
      const rows = [
        await rowOf(assessor, there, '2026-02-01'),
        await rowOf(staff, there, '2026-02-01', assessor),
      ];
      const outcome = await importStaff(deps, hr, assessorFirst ? rows : rows.toReversed());
      expect(outcome).toEqual({ imported: 2, unchanged: 0, problems: [] });
      expect(await importStaff(deps, hr, rows)).toEqual({ imported: 0, unchanged: 2, problems: [] });
    }
  });

  test('returns from a retirement, and retires again on another day', async () => {
    const [here, there] = [await unit(), await unit()];
    const { id } = await serve(here);
    await retireStaff(deps, hr, { id, version: 1, from: '2026-12-01' });
    expect(await place(id, there, '2026-06-01')).toEqual([]);
    expect(await problemsOf(retireStaff(deps, hr, { id, version: 3, from: '2026-11-01' }))).toEqual([]);
    expect(await place(id, here, '2026-11-01')).toEqual([]);
  });
});

describe('no personnel officer changes who assesses them', () => {
  /** An office of three levels with the officer at the bottom, headed by a, b and c from the bottom up. */
  const office = async () => {
    const top = await unit();
    const middle = await unit(top);
    const bottom = await unit(middle);
    const [a, b, c] = [await serve(bottom), await serve(middle), await serve(top)];
    for (const [id, staff] of [
      [bottom, a],
      [middle, b],
      [top, c],
    ] as const)
      await head(id, staff.id);
    const officer = await serve(bottom);
    return { top, middle, bottom, a, b, c, officer, own: as(officer.id, 'HR_ADMIN') };
  };

  test('by naming another head, or nobody, for the assessor or the superior of the assessor', async () => {
    const { top, middle, bottom, b, own } = await office();
    const other = await serve('dispar');
    for (const id of [bottom, middle])
      for (const staffId of [null, other.id])
        for (const from of ['2026-01-01', '2026-03-10', '2027-06-01'])
          expect(await head(id, staffId, from, own)).toEqual(['FORBIDDEN head.staffId']);
    const row = { code: await codeOf(bottom), name: 'Unit', kind: 'UPTD', headNip: other.nip };
    const file = await importUnits(deps, own, [
      { ...row, parentCode: await codeOf(middle), headFrom: '2026-03-01' },
    ]);
    expect(file.problems).toMatchObject([{ code: 'FORBIDDEN', path: ['rows', 0, 'headNip'] }]);
    // What changes neither is theirs to do, and somebody else's is the rest.
    const edit = { id: bottom, version: await version(bottom), name: 'Subbagian' };
    expect(await problemsOf(editUnit(deps, own, edit))).toEqual([]);
    expect(await head(bottom, b.id, '2026-03-01', hr)).toEqual([]);
    // Now b assesses, and c at the top is the superior; nobody is above.
    expect(await head(top, other.id, '2026-05-01', own)).toEqual(['FORBIDDEN head.staffId']);
  });

  test('on a later day neither, where somebody above comes to it', async () => {
    const { top, bottom, own } = await office();
    const other = await serve('dispar');
    expect(await head(top, other.id, '2026-05-01', own)).toEqual([]);
    // From September on the post at the bottom is vacant: then b assesses, and the top is the superior's.
    expect(await head(bottom, null, '2026-09-01')).toEqual([]);
    expect(await head(top, null, '2026-08-01', own)).toEqual(['FORBIDDEN head.staffId']);
    expect(await head(top, null, '2026-08-01')).toEqual([]);
  });

  test('by moving a unit that they or their assessors are in', async () => {
    const { top, middle, bottom, own } = await office();
    const [under, beside] = [await unit(top), await unit(top)];
    expect(await move(bottom, top, own)).toEqual(['FORBIDDEN parentId']);
    const row = { code: await codeOf(bottom), name: 'Unit', kind: 'UPTD', parentCode: await codeOf(top) };
    expect((await importUnits(deps, own, [row])).problems).toMatchObject([
      { code: 'FORBIDDEN', path: ['rows', 0, 'parentCode'] },
    ]);
    // Neither changes who assesses, and the post between is vacant.
    expect(await move(beside, under, own)).toEqual([]);
    expect(await move(middle, under, own)).toEqual([]);
    expect(await move(bottom, top)).toEqual([]);
  });

  test('by retiring the unit that their named assessor heads', async () => {
    const { officer, own } = await office();
    const project = await unit('dispar');
    const named = await serve('dispar');
    await head(project, named.id, '2026-02-01');
    const stay = (await deps.store.staff.get(officer.id))?.assignments[0];
    await place(officer.id, stay?.unitId ?? '', '2026-02-01', { assessorId: named.id });
    const retire = { id: project, version: await version(project), from: '2026-06-01' };
    expect(await problemsOf(retireUnit(deps, own, retire))).toEqual(['FORBIDDEN id']);
    expect(await problemsOf(retireUnit(deps, hr, retire))).toEqual([]);
  });

  test('an account that belongs to nobody may', async () => {
    const { bottom } = await office();
    const account: Actor = { ...hr, staffId: null };
    expect(await head(bottom, null, '2026-03-01', account)).toEqual([]);
  });
});
