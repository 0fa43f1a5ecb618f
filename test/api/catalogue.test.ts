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
import { createExampleRegion, unitId } from './example-region.ts';

interface Entity {
  readonly id: string;
  readonly version: number;
}

let api: EndpointUnderTest;
beforeAll(async () => {
  api = await endpointUnderTest();
  await createExampleRegion(api);
});
afterAll(() => api.drop());

const run = async <Name extends string, Key extends 'goal' | 'indicator' | 'instrument'>(
  name: Name,
  key: Key,
  input: object,
  who = planner,
) => {
  const inputType = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const { data, errors } = await send<Record<Name, Payload<Key, Entity>>>(
    api.handler,
    who,
    `mutation ($input: ${inputType}!) { ${name}(input: $input) { ${key} { id version } userErrors { code message path } } }`,
    { input },
  );
  expect(errors).toEqual([]);
  return data[name];
};
const idOf = (payload: { readonly [key: string]: unknown }): string => {
  const entity = payload['goal'] ?? payload['indicator'];
  if (typeof entity !== 'object' || entity === null || !('id' in entity))
    throw new Error(JSON.stringify(payload));
  return String(entity.id);
};

const years = { fromYear: 2025, toYear: 2029 };
const definition = (more: object = {}): object => ({
  name: 'Waktu tunggu rawat jalan',
  description: 'Rata-rata waktu dari pendaftaran sampai dilayani',
  formula: 'Jumlah menit / jumlah pasien',
  source: 'Sistem antrean',
  measure: { unitOfMeasure: 'menit', polarity: 'MINIMIZE', buildUp: 'LATEST' },
  effectiveFrom: '2025-01-01',
  ...more,
});

describe('goals', () => {
  test('form a tree, change and retire', async () => {
    const above = idOf(await run('createGoal', 'goal', { code: 'G1', title: 'Sehat', ...years }));
    const below = idOf(
      await run('createGoal', 'goal', {
        code: 'G1',
        title: 'Cepat',
        unitId: unitId('D'),
        parentId: above,
        ...years,
      }),
    );
    const { data } = await send(
      api.handler,
      nobody,
      `{ goal(id: "${below}") { code title unit { code } parent { id parent { id } } fromYear toYear retired } }`,
    );
    expect(data).toEqual({
      goal: {
        code: 'G1',
        title: 'Cepat',
        unit: { code: 'D' },
        parent: { id: above, parent: null },
        ...years,
        retired: false,
      },
    });

    expect(
      (await run('editGoal', 'goal', { id: below, version: 1, parentId: null, toYear: 2030 })).userErrors,
    ).toEqual([]);
    expect(await api.deps.store.goals.get(below)).toMatchObject({
      parentId: null,
      unitId: unitId('D'),
      toYear: 2030,
    });
    expect((await run('retireGoal', 'goal', { id: below, version: 2 })).userErrors).toEqual([]);
    expect(problemsOf(await run('retireGoal', 'goal', { id: below, version: 3 }))).toEqual(['RETIRED id']);
  });

  test('are refused with all that is wrong, with a code in use, and in a circle', async () => {
    const bad = { code: '', title: '', unitId: 'u-none', parentId: 'g-none', fromYear: 1900, toYear: 1899 };
    expect(problemsOf(await run('createGoal', 'goal', bad))).toEqual([
      'REQUIRED code',
      'REQUIRED title',
      'OUT_OF_RANGE fromYear',
      'OUT_OF_RANGE toYear',
      'NOT_FOUND unitId',
      'NOT_FOUND parentId',
    ]);
    const one = idOf(await run('createGoal', 'goal', { code: 'C1', title: 'Satu', ...years }));
    const two = idOf(await run('createGoal', 'goal', { code: 'C2', title: 'Dua', parentId: one, ...years }));
    expect(problemsOf(await run('editGoal', 'goal', { id: one, version: 1, parentId: two }))).toEqual([
      'INVALID_FORMAT parentId',
    ]);
    expect(problemsOf(await run('createGoal', 'goal', { code: 'C1', title: 'Lagi', ...years }))).toEqual([
      'ALREADY_EXISTS code',
    ]);
  });

  test('are pages, and are changed by planning alone', async () => {
    const { data, codes } = await send<{ goals: { nodes: readonly { code: string }[] } }>(
      api.handler,
      nobody,
      '{ goals(first: 2) { nodes { code } pageInfo { hasNextPage endCursor } } }',
    );
    expect(codes).toEqual([]);
    expect(data.goals.nodes).toHaveLength(2);
    for (const who of [hrAdmin, employee, auditor])
      expect(problemsOf(await run('createGoal', 'goal', { code: 'X', title: 'X', ...years }, who))).toEqual([
        'FORBIDDEN',
      ]);
  });
});

describe('indicators', () => {
  test('keep every definition', async () => {
    const id = idOf(
      await run('createIndicator', 'indicator', {
        code: 'I1',
        unitId: unitId('P'),
        definition: definition(),
      }),
    );
    const measure = {
      unitOfMeasure: 'menit',
      polarity: 'RANGE',
      aboveRange: 'INSIDE_IS_BEST',
      buildUp: 'LATEST',
    };
    const revised = await run('reviseIndicator', 'indicator', {
      id,
      version: 1,
      definition: definition({ measure, effectiveFrom: '2026-01-01' }),
    });
    expect(revised.userErrors).toEqual([]);

    const { data } = await send(
      api.handler,
      nobody,
      `{ indicator(id: "${id}") { unit { code } goal { id } current { definition } definitions { definition effectiveFrom measure { polarity aboveRange } } } }`,
    );
    expect(data).toEqual({
      indicator: {
        unit: { code: 'P' },
        goal: null,
        current: { definition: 2 },
        definitions: [
          { definition: 1, effectiveFrom: '2025-01-01', measure: { polarity: 'MINIMIZE', aboveRange: null } },
          {
            definition: 2,
            effectiveFrom: '2026-01-01',
            measure: { polarity: 'RANGE', aboveRange: 'INSIDE_IS_BEST' },
          },
        ],
      },
    });
    expect(
      problemsOf(await run('reviseIndicator', 'indicator', { id, version: 2, definition: definition() })),
    ).toEqual(['OUT_OF_RANGE definition effectiveFrom']);
    expect((await run('retireIndicator', 'indicator', { id, version: 2 })).userErrors).toEqual([]);
    expect(problemsOf(await run('retireIndicator', 'indicator', { id, version: 1 }))).toEqual([
      'CONFLICT version',
    ]);
  });

  test('are refused with all that is wrong', async () => {
    const measure = { unitOfMeasure: '', polarity: 'RANGE', buildUp: 'SUM' };
    const refused = await run('createIndicator', 'indicator', {
      code: '-x',
      goalId: 'g-none',
      definition: definition({ name: '', measure }),
    });
    expect(problemsOf(refused)).toEqual([
      'INVALID_FORMAT code',
      'REQUIRED definition measure unitOfMeasure',
      'REQUIRED definition measure aboveRange',
      'REQUIRED definition name',
      'NOT_FOUND goalId',
    ]);
  });

  test('are listed of one unit or of all', async () => {
    await run('createIndicator', 'indicator', { code: 'I2', unitId: unitId('Q'), definition: definition() });
    const list = async (args: string) =>
      (
        await send<{ indicators: { nodes: readonly { code: string }[] } }>(
          api.handler,
          nobody,
          `{ indicators${args} { nodes { code } } }`,
        )
      ).data.indicators.nodes.map(({ code }) => code);
    expect(await list(`(unitId: "${unitId('Q')}")`)).toEqual(['I2']);
    expect(await list('')).toEqual(['I1', 'I2']);
  });
});

describe('instruments', () => {
  const items = [{ id: 'CARE', text: { id: 'Ramah', en: 'Friendly' } }];
  const name = { id: 'Formulir pasien', en: "Patient's form" };

  test('get a new version each time, and are shown in the language of the reader', async () => {
    expect(await run('addInstrument', 'instrument', { id: 'patient', name, items }, hrAdmin)).toMatchObject({
      instrument: { version: 1 },
    });
    expect(
      await run('addInstrument', 'instrument', { id: 'patient', name, items, low: 1, high: 4 }, hrAdmin),
    ).toMatchObject({ instrument: { version: 2 } });
    const query = '{ instruments { id version name low high items { text } } }';
    const { data } = await send<{ instruments: readonly unknown[] }>(
      api.handler,
      employee,
      query,
      {},
      { language: 'en' },
    );
    expect(data.instruments.at(-1)).toEqual({
      id: 'patient',
      version: 2,
      name: "Patient's form",
      low: 1,
      high: 4,
      items: [{ text: 'Friendly' }],
    });
    expect((await send(api.handler, employee, query)).text).toContain('Formulir pasien');
  });

  test('are refused with all that is wrong', async () => {
    const twice = [...items, { id: 'CARE', text: { id: '', en: 'x' } }];
    const refused = await run(
      'addInstrument',
      'instrument',
      { id: 'a b', name, items: twice, low: 5, high: 1 },
      hrAdmin,
    );
    expect(problemsOf(refused)).toEqual([
      'INVALID_FORMAT id',
      'DUPLICATE items 1 id',
      'REQUIRED items 1 text id',
      'OUT_OF_RANGE scale',
    ]);
  });
});
