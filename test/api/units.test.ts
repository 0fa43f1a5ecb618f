import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  auditor,
  employee,
  hrAdmin,
  nobody,
  type Payload,
  planner,
  problemsOf,
  send,
} from './endpoint-client.ts';
import { type EndpointUnderTest, endpointUnderTest } from './endpoint-under-test.ts';
import { createExampleRegion, people, unitId } from './example-region.ts';

interface Unit {
  readonly id: string;
  readonly code: string;
  readonly version: number;
}

let api: EndpointUnderTest;
beforeAll(async () => {
  api = await endpointUnderTest();
  await createExampleRegion(api);
});
afterAll(() => api.drop());

const CREATE = `mutation Create($input: CreateUnitInput!) {
  createUnit(input: $input) { unit { id code version } userErrors { code message path } }
}`;

const createUnit = async (input: object) => {
  const { data } = await send<{ createUnit: Payload<'unit', Unit> }>(api.handler, hrAdmin, CREATE, { input });
  return data.createUnit;
};

const change = async <Name extends string>(name: Name, inputType: string, input: object, who = hrAdmin) => {
  const { data, errors } = await send<Record<Name, Payload<'unit', Unit>>>(
    api.handler,
    who,
    `mutation ($input: ${inputType}!) { ${name}(input: $input) { unit { id code version } userErrors { code message path } } }`,
    { input },
  );
  expect(errors).toEqual([]);
  return data[name];
};
const move = (input: object) => change('moveUnit', 'MoveUnitInput', input);
const edit = (input: object) => change('editUnit', 'EditUnitInput', input);
const retire = (input: object) => change('retireUnit', 'RetireUnitInput', input);
const newUnit = async (code: string, more: object = {}): Promise<Unit> => {
  const { unit, userErrors } = await createUnit({ code, name: `Unit ${code}`, kind: 'BIDANG', ...more });
  expect(userErrors).toEqual([]);
  if (unit === null) throw new Error('no unit');
  return unit;
};

describe('a unit', () => {
  test('that HR adds is there for everybody', async () => {
    const unit = await newUnit('A-1', { mission: 'Melayani' });

    const { data, errors } = await send(
      api.handler,
      nobody,
      '{ unit(code: "A-1") { id mission parent { id } } }',
    );
    expect(errors).toEqual([]);
    expect(data).toEqual({ unit: { id: unit.id, mission: 'Melayani', parent: null } });
  });

  test('is refused with all that is wrong at once', async () => {
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
    expect(problemsOf(await createUnit({ code: 'P', name: 'Lagi', kind: 'X' }))).toEqual([
      'ALREADY_EXISTS code',
    ]);
    expect(problemsOf(await createUnit({ code: 'A-2', name: 'x'.repeat(201), kind: 'a\u0000' }))).toEqual([
      'TOO_LONG name',
      'INVALID_FORMAT kind',
    ]);
  });

  test('is found by one of id and code, not by both or none', async () => {
    expect((await send(api.handler, nobody, '{ unit(code: "none") { id } }')).data).toEqual({ unit: null });
    expect((await send(api.handler, nobody, '{ unit { id } }')).codes).toEqual(['REQUIRED']);
    const both = await send(api.handler, nobody, '{ unit(id: "x", code: "D") { id } }');
    expect(both.errors[0]?.message).toBe('Isi salah satu saja dari id, code.');
  });

  test('stands in a tree that shows no retired units', async () => {
    const gone = await newUnit('D-old', { parentId: unitId('D') });
    expect((await retire({ id: gone.id, version: 1, from: '2026-01-01' })).userErrors).toEqual([]);

    const { data } = await send<{ unit: { children: unknown; subtree: unknown } }>(
      api.handler,
      employee,
      '{ unit(code: "D") { children { code parent { code } } subtree { code } head { id } } }',
    );
    expect(data.unit).toEqual({
      children: [
        { code: 'P', parent: { code: 'D' } },
        { code: 'Q', parent: { code: 'D' } },
      ],
      subtree: [{ code: 'P' }, { code: 'Q' }],
      head: { id: people.agencyHead },
    });
  });

  test('changes what is given and keeps what is left out', async () => {
    const unit = await newUnit('C-1', { mission: 'Lama' });
    expect(await edit({ id: unit.id, version: 1, name: 'Baru' })).toMatchObject({ unit: { version: 2 } });
    expect(await edit({ id: unit.id, version: 2 })).toMatchObject({ unit: { version: 2 }, userErrors: [] });
    expect(await api.deps.store.organisation.unit(unit.id)).toMatchObject({ name: 'Baru', mission: 'Lama' });
    expect(await edit({ id: unit.id, version: 2, mission: null })).toMatchObject({ unit: { version: 3 } });
    expect(await api.deps.store.organisation.unit(unit.id)).toMatchObject({ name: 'Baru', mission: null });
  });

  test('has a new head from a day on, and the one before until the day before', async () => {
    const unit = await newUnit('C-2');
    await edit({ id: unit.id, version: 1, head: { staffId: people.head, from: '2026-01-01' } });
    await edit({ id: unit.id, version: 2, head: { staffId: people.nurse, from: '2026-03-01' } });
    expect((await api.deps.store.organisation.unit(unit.id))?.heads).toEqual([
      { staffId: people.head, from: '2026-01-01', to: '2026-02-28' },
      { staffId: people.nurse, from: '2026-03-01', to: null },
    ]);
    const refused = await edit({ id: unit.id, version: 3, head: { staffId: 's-none', from: '2026-04-01' } });
    expect(problemsOf(refused)).toEqual(['NOT_FOUND head staffId']);
  });

  test('never lies below itself', async () => {
    const top = await newUnit('M-1');
    const middle = await newUnit('M-2', { parentId: top.id });
    const low = await newUnit('M-3', { parentId: middle.id });
    expect(problemsOf(await move({ id: top.id, version: 1, parentId: low.id }))).toEqual([
      'UNIT_CYCLE parentId',
    ]);
    expect(problemsOf(await move({ id: top.id, version: 1, parentId: top.id }))).toEqual([
      'UNIT_CYCLE parentId',
    ]);
    expect((await move({ id: middle.id, version: 1, parentId: null })).userErrors).toEqual([]);
    expect((await move({ id: top.id, version: 1, parentId: low.id })).userErrors).toEqual([]);
  });

  test('does not come below itself by two moves at the same moment', async () => {
    const one = await newUnit('R-1');
    const two = await newUnit('R-2');
    const answers = await Promise.all([
      move({ id: one.id, version: 1, parentId: two.id }),
      move({ id: two.id, version: 1, parentId: one.id }),
    ]);
    expect(answers.flatMap(problemsOf)).toEqual(['UNIT_CYCLE parentId']);
  });

  test('that changed meanwhile is a conflict, answered as it is now', async () => {
    const unit = await newUnit('V-1');
    await edit({ id: unit.id, version: 1, name: 'Orang lain' });
    const answer = await edit({ id: unit.id, version: 1, name: 'Saya' });
    expect(problemsOf(answer)).toEqual(['CONFLICT version']);
    expect(answer.unit).toMatchObject({ id: unit.id, version: 2 });
  });

  test('is not held up by changes of other units at the same moment', async () => {
    const units = await Promise.all([newUnit('W-1'), newUnit('W-2'), newUnit('W-3')]);
    const answers = await Promise.all(units.map(({ id }) => edit({ id, version: 1, name: 'Serentak' })));
    expect(answers.flatMap(problemsOf)).toEqual([]);
  });

  test('is retired only when nobody is left in it', async () => {
    expect(problemsOf(await retire({ id: unitId('D'), version: 2, from: '2026-04-01' }))).toEqual([
      'UNIT_NOT_EMPTY id',
    ]);
    expect(problemsOf(await retire({ id: unitId('Q'), version: 1, from: '2026-04-01' }))).toEqual([
      'UNIT_NOT_EMPTY id',
    ]);
    const unit = await newUnit('E-1');
    expect((await retire({ id: unit.id, version: 1, from: '2026-03-10' })).userErrors).toEqual([]);
    expect(problemsOf(await edit({ id: unit.id, version: 2, name: 'Hidup' }))).toEqual(['RETIRED id']);
    expect(problemsOf(await createUnit({ code: 'E-2', name: 'Anak', kind: 'X', parentId: unit.id }))).toEqual(
      ['RETIRED parentId'],
    );
  });

  test('is changed by HR alone', async () => {
    for (const who of [employee, planner, auditor]) {
      const refused = await change(
        'editUnit',
        'EditUnitInput',
        { id: unitId('E'), version: 2, name: 'X' },
        who,
      );
      expect(problemsOf(refused)).toEqual(['FORBIDDEN']);
    }
    expect((await api.deps.store.organisation.unit(unitId('E')))?.name).toBe('Dinas Pariwisata');
  });
});
