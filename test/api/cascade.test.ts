import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { countRequests } from '../support/dynamodb.ts';
import { type Caller, caller, hrAdmin, nobody, planner, send } from './endpoint-client.ts';
import { type EndpointUnderTest, endpointUnderTest } from './endpoint-under-test.ts';
import { createExampleRegion, nipOf, people, unitId } from './example-region.ts';

const YEAR = 2026;
let api: EndpointUnderTest;
const goals: Record<string, string> = {};

beforeAll(async () => {
  api = await endpointUnderTest();
  await createExampleRegion(api);
  const indicator = (code: string, unitOfMeasure: string) => ({
    code,
    name: `Indikator ${code}`,
    source: 'register',
    unitOfMeasure,
    polarity: 'MAXIMIZE',
    buildUp: 'SUM',
    effectiveFrom: '2025-01-01',
  });
  await load(planner, 'importIndicators', [
    indicator('KUNJUNGAN', 'kunjungan'),
    indicator('PERSEN', 'persen'),
  ]);
  const goal = (code: string, level: string, parentCode?: string) => ({
    code,
    title: `Tujuan ${code}`,
    level,
    fromYear: 2025,
    toYear: 2029,
    ...(parentCode !== undefined && { parentCode }),
  });
  await load(planner, 'importGoals', [
    goal('V', 'VISION'),
    goal('M1', 'MISSION', 'V'),
    goal('S1', 'OBJECTIVE', 'M1'),
    goal('S1.1', 'OBJECTIVE', 'S1'),
    goal('S2', 'OBJECTIVE', 'M1'),
    goal('S3', 'OBJECTIVE', 'M1'),
  ]);
  const read = await ask<{ goals: { nodes: readonly { id: string; code: string }[] } }>(
    nobody,
    '{ goals { nodes { id code } } }',
  );
  for (const { id, code } of read.goals.nodes) goals[code] = id;

  const line = (id: string, target: number, more: object = {}) => ({
    id,
    indicatorCode: 'KUNJUNGAN',
    target: { value: String(target) },
    ...more,
  });
  const carries = (planId: string, lineId = 'L1') => ({ serves: { planId, lineId, role: 'CARRIES' } });
  await load(planner, 'importAgreements', [
    { unitCode: 'D', year: YEAR, lines: [line('L1', 1_000, { goalCode: 'S1.1' }), line('L2', 10)] },
  ]);
  await load(planner, 'importPlans', [
    { nip: nipOf(1), year: YEAR, lines: [line('L1', 1_000, carries(`unit:${unitId('D')}:${YEAR}`))] },
  ]);
  await load(planner, 'importPlans', [
    { nip: nipOf(2), year: YEAR, lines: [line('L1', 600, carries(`${people.agencyHead}:${YEAR}`))] },
  ]);
  await load(planner, 'importPlans', [
    {
      nip: nipOf(3),
      year: YEAR,
      lines: [line('L1', 400, carries(`${people.head}:${YEAR}`)), line('L2', 1, { goalCode: 'S2' })],
    },
    { nip: nipOf(4), year: YEAR, lines: [line('L1', 150, carries(`${people.head}:${YEAR}`))] },
  ]);
});
afterAll(() => api.drop());

async function load(who: Caller, name: string, rows: readonly object[]): Promise<void> {
  const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`;
  const { answer } = await ask<{ answer: object }>(
    who,
    `mutation ($input: ${type}!) { answer: ${name}(input: $input) { imported userErrors { code path } } }`,
    { input: { rows } },
  );
  expect(answer).toEqual({ imported: rows.length, userErrors: [] });
}

async function ask<Data>(who: Caller | null, query: string, variables: object = {}): Promise<Data> {
  const { data, errors } = await send<Data>(api.handler, who, query, variables, { language: 'en' });
  expect(errors).toEqual([]);
  return data;
}

interface Serving {
  readonly servedBy: {
    readonly nodes: readonly {
      readonly plan: { readonly id: string };
      readonly lines: readonly { id: string }[];
    }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}
const SERVED = 'nodes { plan { id } lines { id } } pageInfo { hasNextPage endCursor }';
const shown = ({ servedBy }: Serving): string[] =>
  servedBy.nodes.map(({ plan, lines }) => `${plan.id} ${lines.map(({ id }) => id).join()}`);

describe('from a goal down', () => {
  const ofGoal = async (who: Caller | null, code: string, args = '') =>
    (
      await ask<{ goal: Serving }>(
        who,
        `query ($id: ID!) { goal(id: $id) { servedBy(year: ${YEAR}${args}) { ${SERVED} } } }`,
        { id: goals[code] },
      )
    ).goal;

  test('the tree is walked from the vision, and the public sees which agreements take a goal up', async () => {
    const tree = await ask<{ goal: object }>(
      nobody,
      `query ($id: ID!) { goal(id: $id) { level children { code level children { code children { code } } } } }`,
      { id: goals['V'] },
    );
    expect(tree.goal).toEqual({
      level: 'VISION',
      children: [
        {
          code: 'M1',
          level: 'MISSION',
          children: [
            { code: 'S1', children: [{ code: 'S1.1' }] },
            { code: 'S2', children: [] },
            { code: 'S3', children: [] },
          ],
        },
      ],
    });
    expect(shown(await ofGoal(nobody, 'S1.1'))).toEqual([`unit:${unitId('D')}:${YEAR} L1`]);
  });

  test("a person's line is shown to those who may read the plan alone", async () => {
    const nurse = [`${people.nurse}:${YEAR} L2`];
    for (const who of [caller(people.nurse), caller(people.head), hrAdmin, planner])
      expect(shown(await ofGoal(who, 'S2'))).toEqual(nurse);
    for (const who of [nobody, caller(people.colleague), caller(people.stranger)])
      expect(shown(await ofGoal(who, 'S2'))).toEqual([]);
  });

  test('a plan is opened by the id that a task or a notice names, with its goals, by those who may read it', async () => {
    const open = (who: Caller | null, id: string) =>
      send<{ planById: { lines: { goal: { code: string; title: string } | null }[] } | null }>(
        api.handler,
        who,
        'query ($id: ID!) { planById(id: $id) { id staff { id } unit { code } agreed { lines { id goal { code } } } } }',
        { id },
      );
    const own = `${people.nurse}:${YEAR}`;
    for (const who of [caller(people.nurse), caller(people.head), planner])
      expect((await open(who, own)).data.planById).toMatchObject({
        id: own,
        staff: { id: people.nurse },
        unit: null,
        agreed: {
          lines: [
            { id: 'L1', goal: null },
            { id: 'L2', goal: { code: 'S2' } },
          ],
        },
      });
    expect((await open(caller(people.colleague), own)).codes).toEqual(['FORBIDDEN']);
    expect((await open(nobody, own)).codes).toEqual(['UNAUTHENTICATED']);
    const agreement = `unit:${unitId('D')}:${YEAR}`;
    expect((await open(nobody, agreement)).data.planById).toMatchObject({
      id: agreement,
      unit: { code: 'D' },
    });
    expect((await open(planner, 'none')).data).toEqual({ planById: null });
    expect((await open(planner, `nobody:${YEAR}`)).codes).toEqual(['NOT_FOUND']);
  });

  test('whose plans serve an agreement the public does not even learn from a cursor', async () => {
    const of = async (who: Caller | null) =>
      (
        await ask<{ agreement: { lines: readonly Serving[] } }>(
          who,
          `query ($id: ID!) { agreement(unitId: $id, year: ${YEAR}) { lines { servedBy(first: 1) { ${SERVED} } } } }`,
          { id: unitId('D') },
        )
      ).agreement.lines[0];
    expect((await of(planner))?.servedBy.nodes).toHaveLength(1);
    expect((await of(nobody))?.servedBy).toEqual({
      nodes: [],
      pageInfo: { hasNextPage: false, endCursor: null },
    });
  });

  test('from a line in force one finds those who serve it, page by page and within a few requests', async () => {
    const query = (first: number, after: string | null) =>
      ask<{ plan: { lines: readonly Serving[] } }>(
        caller(people.head),
        `query ($id: ID!, $after: String) { plan(staffId: $id, year: ${YEAR}) { lines { servedBy(first: ${first}, after: $after) { ${SERVED} } } } }`,
        { id: people.head, after },
      );
    const [first] = (await query(1, null)).plan.lines;
    const [rest] = (await query(9, first?.servedBy.pageInfo.endCursor ?? null)).plan.lines;
    expect(first?.servedBy.pageInfo.hasNextPage).toBe(true);
    const both = [first, rest].flatMap((page) => (page === undefined ? [] : shown(page)));
    expect(both.sort()).toEqual([`${people.nurse}:${YEAR} L1`, `${people.colleague}:${YEAR} L1`].sort());

    const count = countRequests(api.table.client);
    await query(9, null);
    count.remove();
    expect(count.byOperation['Query']).toBe(1);
    expect(count.total).toBeLessThanOrEqual(6);
  });
});

test('from a line up: the lines that it serves, in words alone, and the goal with its mission and vision', async () => {
  const { plan } = await ask<{ plan: { lines: readonly { line: { cascade: object } }[] } }>(
    caller(people.nurse),
    `query ($id: ID!) { plan(staffId: $id, year: ${YEAR}) { lines { line {
      cascade { steps { planId lineId title role position unit { code } } goals { code level } } } } } }`,
    { id: people.nurse },
  );
  const title = 'Indikator KUNJUNGAN';
  const step = { lineId: 'L1', title, role: 'CARRIES' };
  expect(plan.lines.map(({ line }) => line.cascade)).toEqual([
    {
      steps: [
        { ...step, planId: `${people.head}:${YEAR}`, position: 'Kepala Puskesmas', unit: { code: 'P' } },
        { ...step, planId: `${people.agencyHead}:${YEAR}`, position: 'Kepala Dinas', unit: { code: 'D' } },
        { ...step, planId: `unit:${unitId('D')}:${YEAR}`, position: null, unit: { code: 'D' } },
      ],
      goals: [
        { code: 'S1.1', level: 'OBJECTIVE' },
        { code: 'S1', level: 'OBJECTIVE' },
        { code: 'M1', level: 'MISSION' },
        { code: 'V', level: 'VISION' },
      ],
    },
    {
      steps: [],
      goals: [
        { code: 'S2', level: 'OBJECTIVE' },
        { code: 'M1', level: 'MISSION' },
        { code: 'V', level: 'VISION' },
      ],
    },
  ]);
});

describe('goals that nobody has taken up', () => {
  const open = async (year: number, args = '') =>
    (
      await ask<{ goalsNotTakenUp: { nodes: readonly { code: string }[] } }>(
        planner,
        `{ goalsNotTakenUp(year: ${year}${args}) { nodes { code } pageInfo { hasNextPage } } }`,
      )
    ).goalsNotTakenUp.nodes.map(({ code }) => code);

  test('are objectives of the year that no agreement and no plan serves, themselves or through one below', async () => {
    expect(await open(YEAR)).toEqual(['S3']);
    // Nothing is agreed for the next year, and in 2030 no goal is in force.
    expect(await open(YEAR + 1)).toEqual(['S1', 'S1.1', 'S2', 'S3']);
    expect(await open(2030)).toEqual([]);
    expect(await open(YEAR + 1, ', first: 2')).toEqual(['S1', 'S1.1']);
  });

  test('a line that is amended away gives its goal up', async () => {
    const rows = [
      {
        nip: nipOf(3),
        year: YEAR,
        lines: [
          {
            id: 'L1',
            indicatorCode: 'KUNJUNGAN',
            target: { value: '400' },
            serves: { planId: `${people.head}:${YEAR}`, lineId: 'L1', role: 'CARRIES' },
          },
        ],
      },
    ];
    await load(planner, 'importPlans', rows);
    expect(await open(YEAR)).toEqual(['S2', 'S3']);
  });

  test('are not for the public', async () => {
    const { codes } = await send(
      api.handler,
      nobody,
      `{ goalsNotTakenUp(year: ${YEAR}, first: 5) { nodes { code } } }`,
    );
    expect(codes).toEqual(['UNAUTHENTICATED']);
  });
});

describe('warnings', () => {
  const of = async (who: Caller, staffId: string) =>
    (
      await ask<{
        plan: { warnings: readonly { code: string; message: string; path: readonly string[] }[] };
      }>(who, `query ($id: ID!) { plan(staffId: $id, year: ${YEAR}) { warnings { code message path } } }`, {
        id: staffId,
      })
    ).plan.warnings;

  test('name shares that do not add up, seen from above and from below', async () => {
    const message = "The shares of the superior's figure do not add up: 550 of 600.";
    expect(await of(caller(people.nurse), people.nurse)).toEqual([
      { code: 'SHARES_DO_NOT_ADD_UP', message, path: ['lines', '0', 'serves'] },
    ]);
    expect(await of(caller(people.head), people.head)).toEqual([
      {
        code: 'SHARES_DO_NOT_ADD_UP',
        message: "The shares of the superior's figure do not add up: 600 of 1000.",
        path: ['lines', '0', 'serves'],
      },
      { code: 'SHARES_DO_NOT_ADD_UP', message, path: ['lines', '0'] },
    ]);
  });

  test('count whoever carries a share, wherever they serve by now: a transfer hides none', async () => {
    await ask(
      hrAdmin,
      `mutation ($input: TransferStaffInput!) { transferStaff(input: $input) { userErrors { code path } } }`,
      {
        input: {
          id: people.colleague,
          version: await versionOf(people.colleague),
          assignment: { from: '2026-03-01', unitId: unitId('Q'), position: 'Perawat', jobGroup: 'nurse' },
        },
      },
    );
    // In Q now: the share of 150 is in force all the same, and the line serves a superior of before.
    expect((await of(caller(people.head), people.head)).map(({ message }) => message).at(-1)).toContain(
      '550 of 600',
    );
    expect((await of(caller(people.colleague), people.colleague)).map(({ code }) => code)).toContain(
      'NOT_THE_SUPERIOR',
    );
  });

  test('and an import means the indicator of the unit where the person serves by now, not of the year’s home', async () => {
    const row = (unitCode: string) => ({
      code: 'DOBEL',
      name: `Dobel ${unitCode}`,
      unitCode,
      source: 'register',
      unitOfMeasure: 'kunjungan',
      polarity: 'MAXIMIZE',
      buildUp: 'SUM',
      effectiveFrom: '2025-01-01',
    });
    await load(planner, 'importIndicators', [row('P'), row('Q')]);
    const lines = [{ id: 'L1', indicatorCode: 'DOBEL', target: { value: '12' } }];
    await load(planner, 'importPlans', [{ nip: nipOf(4), year: YEAR, lines }]);
    const { plan } = await ask<{ plan: object }>(
      caller(people.colleague),
      `query ($id: ID!) { plan(staffId: $id, year: ${YEAR}) { agreed { lines { indicatorName } } } }`,
      { id: people.colleague },
    );
    expect(plan).toEqual({ agreed: { lines: [{ indicatorName: 'Dobel Q' }] } });
  });
  const versionOf = async (id: string) =>
    (
      await ask<{ staff: { version: number } }>(hrAdmin, 'query ($id: ID!) { staff(id: $id) { version } }', {
        id,
      })
    ).staff.version;

  test('come with the mutation that makes the mismatch', async () => {
    const carrier = caller(people.other);
    const { answer } = await ask<{ answer: { warnings: readonly object[]; plan: { id: string } | null } }>(
      carrier,
      `mutation ($input: ProposePlanInput!) { answer: proposePlan(input: $input) { plan { id } warnings { code path } userErrors { code path } } }`,
      {
        input: {
          staffId: people.other,
          year: YEAR,
          equalWeights: true,
          lines: [
            {
              title: 'Cakupan',
              aspect: 'QUALITY',
              indicatorId: await indicatorId('PERSEN'),
              target: { value: '90' },
              serves: { planId: `${people.agencyHead}:${YEAR}`, lineId: 'L1', role: 'CARRIES' },
            },
          ],
        },
      },
    );
    expect(answer).toMatchObject({
      userErrors: [],
      warnings: [{ code: 'UNIT_OF_MEASURE_DIFFERS', path: ['lines', '0', 'serves'] }],
    });
  });
  const indicatorId = async (code: string) =>
    (
      await ask<{ indicators: { nodes: readonly { id: string; code: string }[] } }>(
        nobody,
        '{ indicators { nodes { id code } } }',
      )
    ).indicators.nodes.find((each) => each.code === code)?.id;
});

test('levels of goals keep their order', async () => {
  const { answer } = await ask<{ answer: { userErrors: readonly object[] } }>(
    planner,
    'mutation ($input: CreateGoalInput!) { answer: createGoal(input: $input) { userErrors { code path } } }',
    {
      input: {
        code: 'M9',
        title: 'Misi',
        level: 'MISSION',
        parentId: goals['S1'],
        fromYear: 2025,
        toYear: 2029,
      },
    },
  );
  expect(answer.userErrors).toEqual([{ code: 'GOAL_LEVEL', path: ['level'] }]);
});

test('an import that changes all that several plans serve takes as many transactions as it needs', async () => {
  const goal = (at: number) => ({ code: `T${at}`, title: `Sasaran ${at}`, fromYear: 2025, toYear: 2029 });
  await load(
    planner,
    'importGoals',
    Array.from({ length: 35 }, (_, at) => goal(at)),
  );
  await load(
    planner,
    'importGoals',
    Array.from({ length: 35 }, (_, at) => goal(at + 35)),
  );
  const plansFrom = (first: number) =>
    [5, 6].map((serial) => ({
      nip: nipOf(serial),
      year: YEAR + 1,
      lines: Array.from({ length: 35 }, (_, at) => ({
        id: `L${at}`,
        kind: at === 0 ? 'MAIN' : 'ADDITIONAL',
        weight: at === 0 ? 10_000 : 0,
        indicatorCode: 'KUNJUNGAN',
        target: { value: '12' },
        goalCode: `T${first + at}`,
      })),
    }));
  await load(planner, 'importPlans', plansFrom(0));
  // 70 links change in each plan: two of them do not fit in one transaction of 100 items.
  await load(planner, 'importPlans', plansFrom(35));
  const { goals: found } = await ask<{ goals: { nodes: readonly (Serving & { readonly code: string })[] } }>(
    planner,
    `{ goals(first: 100) { nodes { code servedBy(year: ${YEAR + 1}, first: 5) { ${SERVED} } } } }`,
  );
  const served = found.nodes.filter(
    ({ code, servedBy }) => code.startsWith('T') && servedBy.nodes.length === 2,
  );
  expect(served).toHaveLength(35);
  expect(served.every(({ code }) => Number(code.slice(1)) >= 35)).toBe(true);
});
