import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { auditor, type Caller, caller, hrAdmin, nobody, planner, send } from './endpoint-client.ts';
import { type EndpointUnderTest, endpointUnderTest } from './endpoint-under-test.ts';
import { createExampleRegion, importStaff, people, staffId, staffRow, unitId } from './example-region.ts';

const LAST = 2026;
const NEXT = 2027;
const nurse = caller(people.nurse);
const head = caller(people.head);
const agencyHead = caller(people.agencyHead);

let api: EndpointUnderTest;
const indicators: Record<string, { readonly id: string; readonly version: number }> = {};
beforeAll(async () => {
  api = await endpointUnderTest();
  await createExampleRegion(api);
  await importStaff(api, [staffRow(7, 'Gita Bidan', 'P', { position: 'Bidan', jobGroup: 'midwife' })]);
  const row = (code: string) => ({
    code,
    name: `Indikator ${code}`,
    source: 'register',
    unitOfMeasure: 'kunjungan',
    polarity: 'MAXIMIZE',
    buildUp: 'SUM',
    effectiveFrom: '2025-01-01',
  });
  const rows = ['ASUHAN', 'EDUKASI', 'LAMA'].map(row);
  await change(planner, 'importIndicators', { rows }, 'imported');
  await readIndicators();
});
afterAll(() => api.drop());

async function readIndicators(): Promise<void> {
  const { indicators: read } = await ask<{
    indicators: { nodes: readonly { id: string; code: string; version: number }[] };
  }>(nobody, '{ indicators { nodes { id code version } } }');
  for (const { code, ...indicator } of read.nodes) indicators[code] = indicator;
}

async function ask<Data>(who: Caller | null, query: string, variables: object = {}): Promise<Data> {
  const { data, errors } = await send<Data>(api.handler, who, query, variables, { language: 'en' });
  expect(errors).toEqual([]);
  return data;
}

type Failures = {
  readonly userErrors: readonly { readonly code: string; readonly path: readonly string[] }[];
};
async function change<Answer = object>(
  who: Caller | null,
  name: string,
  input: object,
  selection: string,
): Promise<Answer & { readonly problems: readonly string[] }> {
  const type = name === 'agreePlan' ? 'AgreePlanInput' : `${name[0]?.toUpperCase()}${name.slice(1)}Input`;
  const { answer } = await ask<{ answer: Answer & Failures }>(
    who,
    `mutation ($input: ${type}!) { answer: ${name}(input: $input) { ${selection} userErrors { code path } } }`,
    { input },
  );
  return { ...answer, problems: answer.userErrors.map(({ code, path }) => [code, ...path].join(' ')) };
}

const lineOf = (code: string, weight: number, more: object = {}): object => ({
  title: `Hasil ${code}`,
  aspect: 'QUANTITY',
  indicatorId: indicators[code]?.id,
  weight,
  target: { value: '120' },
  ...more,
});
const template = (jobGroup: string, lines: readonly object[], more: object = {}): object => ({
  name: `SKP ${jobGroup}`,
  jobGroup,
  lines,
  expectations: { general: 'Pasien dilayani dengan ramah', values: [{ value: 'SERVICE', texts: ['Ramah'] }] },
  attachments: { accountability: [{ kind: 'REPORTING', text: 'Setiap bulan' }] },
  ...more,
});

interface Template {
  readonly template: { readonly id: string; readonly version: number } | null;
}
const TEMPLATE =
  'template { id version jobGroup retired lines { title weight definition target { value } } }';
let nurses: { id: string; version: number };
let midwives: { id: string; version: number };

describe('templates by job group', () => {
  test('are kept by HR and planners, and checked like a plan', async () => {
    const lines = [lineOf('ASUHAN', 6_000), lineOf('EDUKASI', 4_000)];
    const made = await change<Template>(hrAdmin, 'createPlanTemplate', template('nurse', lines), TEMPLATE);
    expect([made.problems, made.template]).toMatchObject([
      [],
      { jobGroup: 'nurse', lines: [{ weight: 6000, definition: 1, target: { value: '120' } }, {}] },
    ]);
    nurses = { id: made.template?.id ?? '', version: made.template?.version ?? 0 };
    const other = await change<Template>(
      planner,
      'createPlanTemplate',
      template('midwife', [lineOf('ASUHAN', 10_000)]),
      TEMPLATE,
    );
    midwives = { id: other.template?.id ?? '', version: 1 };

    const wrong = template('', [
      lineOf('ASUHAN', 6_000, { target: null, monthlyTargets: [{ month: 13, target: {} }] }),
      lineOf('EDUKASI', 3_000, { goalId: 'g-0' }),
    ]);
    expect((await change(hrAdmin, 'createPlanTemplate', wrong, TEMPLATE)).problems).toEqual(
      expect.arrayContaining([
        'REQUIRED jobGroup',
        'OUT_OF_RANGE lines 0 monthlyTargets 0 month',
        'TARGET_SHAPE lines 0 monthlyTargets 0 target',
        'NOT_FOUND lines 1 goalId',
        'WEIGHTS_DO_NOT_SUM lines',
      ]),
    );
    for (const who of [nurse, head, auditor])
      expect((await change(who, 'createPlanTemplate', template('x', lines), TEMPLATE)).problems).toEqual([
        'FORBIDDEN',
      ]);
  });

  test('are listed by job group', async () => {
    const listed = await ask<{ planTemplates: { nodes: readonly { jobGroup: string }[] } }>(
      nurse,
      '{ planTemplates(jobGroup: "nurse") { nodes { jobGroup name } } }',
    );
    expect(listed.planTemplates.nodes).toEqual([{ jobGroup: 'nurse', name: 'SKP nurse' }]);
    const { codes } = await send(api.handler, nobody, '{ planTemplates { nodes { id } } }');
    expect(codes).toEqual(['UNAUTHENTICATED']);
  });
});

interface Draft {
  readonly draft: {
    readonly version: number;
    readonly problems: readonly { code: string; path: string[] }[];
  } | null;
}
const DRAFT = 'draft { version reason lines { title weight } problems { code path } }';
const draftOf = (who: Caller, planId: string) =>
  ask<{ planDraft: Draft['draft'] }>(
    who,
    'query ($planId: ID!) { planDraft(planId: $planId) { version lines { title } problems { code path } } }',
    { planId },
  ).then(({ planDraft }) => planDraft);

describe('a draft', () => {
  const planId = `${people.nurse}:${LAST}`;
  const save = (who: Caller, input: object) =>
    change<Draft>(who, 'savePlanDraft', { planId, ...input }, DRAFT);

  test('is kept however incomplete, says what is missing, and nobody else sees it', async () => {
    const saved = await save(nurse, { lines: [lineOf('ASUHAN', 4_000, { target: null, title: '' })] });
    expect([
      saved.problems,
      saved.draft?.problems.map(({ code, path }) => [code, ...path].join(' ')),
    ]).toEqual([
      [],
      expect.arrayContaining([
        'REQUIRED lines 0 title',
        'TARGET_MISSING lines 0 target',
        'WEIGHTS_DO_NOT_SUM lines',
      ]),
    ]);
    expect(await draftOf(head, planId)).toBeNull();
    for (const who of [hrAdmin, planner, auditor, caller(people.colleague)])
      expect((await send(api.handler, who, `{ planDraft(planId: "${planId}") { version } }`)).codes).toEqual([
        'FORBIDDEN',
      ]);
    expect((await save(nurse, { lines: [] })).problems).toEqual(['CONFLICT version']);
    // The assessor writes an own one beside it.
    expect((await save(head, { lines: [] })).problems).toEqual([]);
    expect(
      (await save(nurse, { version: 1, lines: [], expectations: { general: 'x' } })).draft?.problems,
    ).toEqual(expect.arrayContaining([{ code: 'REQUIRED', path: ['lines'] }]));
  });

  test('is gone once its side proposes; that of the other side stays until it is discarded', async () => {
    const { plan, problems } = await change<{ plan: { version: number } }>(
      nurse,
      'proposePlan',
      { staffId: people.nurse, year: LAST, lines: [lineOf('ASUHAN', 5_000), lineOf('LAMA', 5_000)] },
      'plan { version }',
    );
    expect(problems).toEqual([]);
    expect(await draftOf(nurse, planId)).toBeNull();
    expect(await draftOf(head, planId)).toMatchObject({ version: 1 });
    const gone = await change<Draft>(head, 'discardPlanDraft', { planId, version: 1 }, DRAFT);
    expect([gone.problems, gone.draft, await draftOf(head, planId)]).toEqual([[], null, null]);
    expect((await save(nurse, { lines: [] })).draft?.version).toBe(4);
    await change(head, 'agreePlan', { planId, version: plan.version }, 'plan { version }');
  });
});

const WARNED =
  'plan { version proposal { lines { title weight } expectations { general } } } warnings { code path message }';

describe('a plan made from another', () => {
  test("last year's plan is copied; what was retired or revised since is named", async () => {
    await readIndicators();
    const { LAMA, ASUHAN } = indicators;
    await change(planner, 'retireIndicator', { id: LAMA?.id, version: LAMA?.version }, 'indicator { id }');
    const definition = {
      name: 'Asuhan keperawatan',
      description: 'x',
      formula: 'x',
      source: 'register',
      measure: { unitOfMeasure: 'kunjungan', polarity: 'MAXIMIZE', buildUp: 'SUM' },
      effectiveFrom: '2027-01-01',
    };
    const revised = { id: ASUHAN?.id, version: ASUHAN?.version, definition };
    expect((await change(planner, 'reviseIndicator', revised, 'indicator { id }')).problems).toEqual([]);

    const input = { staffId: people.nurse, year: NEXT, source: { lastYear: true } };
    const made = await change<{ plan: object; warnings: readonly object[] }>(
      nurse,
      'preparePlan',
      input,
      WARNED,
    );
    expect([made.problems, made.plan]).toMatchObject([[], { proposal: { lines: [{ weight: 10_000 }] } }]);
    expect(made.warnings).toMatchObject([
      { code: 'INDICATOR_REVISED', path: ['lines', '0'] },
      {
        code: 'INDICATOR_RETIRED',
        path: ['lines', '1'],
        message:
          'The indicator is retired; its line was not copied and its weight went to the others: Indikator LAMA.',
      },
    ]);
    expect((await change(nurse, 'preparePlan', { ...input, staffId: people.head }, WARNED)).problems).toEqual(
      ['FORBIDDEN'],
    );
  });

  test('from a template the assessor proposes with expectations, the staff member without', async () => {
    const input = { year: NEXT, source: { templateId: nurses.id } };
    const byHead = await change(head, 'preparePlan', { ...input, staffId: people.nurse, version: 1 }, WARNED);
    expect(byHead).toMatchObject({
      plan: { proposal: { expectations: { general: 'Pasien dilayani dengan ramah' }, lines: [{}, {}] } },
    });
    const own = { ...input, staffId: people.colleague, asDraft: true };
    const drafted = await change(caller(people.colleague), 'preparePlan', own, `${DRAFT} plan { version }`);
    expect(drafted).toMatchObject({ plan: null, draft: { version: 1, lines: [{}, {}], problems: [] } });
  });

  test.each([
    ['nothing', {}, ['REQUIRED source']],
    ['two sources at once', { lastYear: true, templateId: 't' }, ['ONE_OF source']],
    ['an unknown template', { templateId: 't-0' }, ['NOT_FOUND source templateId']],
    ['a year without a plan', { lastYear: true }, ['NOT_FOUND source lastYear']],
  ])('refuses %s', async (_, source, problems) => {
    const input = { staffId: people.head, year: NEXT, source };
    expect((await change(agencyHead, 'preparePlan', input, WARNED)).problems).toEqual(problems);
  });
});

describe('plans for a whole unit', () => {
  interface Rows {
    readonly rows: readonly {
      readonly staff: { readonly id: string };
      readonly result: string;
      readonly userErrors: readonly { readonly code: string }[];
    }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  }
  const ROWS =
    'rows { staff { id } result plan { version } userErrors { code path } } pageInfo { hasNextPage endCursor }';
  const propose = (who: Caller, input: object) =>
    change<Rows>(who, 'proposeUnitPlans', { unitId: unitId('P'), year: NEXT, ...input }, ROWS);
  const shown = ({ rows }: Rows) =>
    Object.fromEntries(
      rows.map(({ staff, result, userErrors }) => [
        staff.id,
        [result, ...userErrors.map(({ code }) => code)],
      ]),
    );

  test('are proposed by the head, by job group; whoever has one keeps it, and a repetition changes nothing', async () => {
    const input = { templateIds: [nurses.id, midwives.id] };
    expect((await propose(nurse, input)).problems).toEqual(['FORBIDDEN']);
    expect((await propose(hrAdmin, input)).problems).toEqual(['FORBIDDEN']);
    const first = await propose(head, input);
    expect(shown(first)).toEqual({
      [people.nurse]: ['SKIPPED', 'ALREADY_EXISTS'],
      [people.colleague]: ['PROPOSED'],
      [staffId(7)]: ['PROPOSED'],
    });
    expect(Object.values(shown(await propose(head, input)))).toEqual(
      Array.from({ length: 3 }, () => ['SKIPPED', 'ALREADY_EXISTS']),
    );
  });

  test('each error stays with its person, and nothing of theirs is written', async () => {
    const others = await propose(agencyHead, { lastYear: true, year: LAST });
    // The head above assesses the head alone; the others are not theirs to propose for, and nobody is half done.
    expect(shown(others)).toEqual({
      [people.head]: ['REFUSED', 'NOT_FOUND'],
      [people.nurse]: ['SKIPPED', 'ALREADY_EXISTS'],
      [people.colleague]: ['REFUSED', 'FORBIDDEN'],
      [staffId(7)]: ['REFUSED', 'FORBIDDEN'],
    });
    const { plan } = await ask<{ plan: object | null }>(
      head,
      `query ($id: ID!) { plan(staffId: $id, year: ${LAST}) { version } }`,
      { id: people.colleague },
    );
    expect(plan).toBeNull();
  });

  test('go page by page', async () => {
    const input = { templateIds: [midwives.id], year: LAST };
    const first = await propose(head, { ...input, first: 2 });
    expect(first.pageInfo.hasNextPage).toBe(true);
    const rest = await propose(head, { ...input, first: 2, after: first.pageInfo.endCursor });
    expect({ ...shown(first), ...shown(rest) }).toEqual({
      [people.nurse]: ['SKIPPED', 'ALREADY_EXISTS'],
      [people.colleague]: ['SKIPPED', 'NOT_FOUND'],
      [staffId(7)]: ['PROPOSED'],
    });
  });

  test('a retired template is no source any more', async () => {
    const retire = { id: midwives.id, version: midwives.version };
    expect((await change(hrAdmin, 'retirePlanTemplate', retire, TEMPLATE)).problems).toEqual([]);
    expect(
      (await change(hrAdmin, 'retirePlanTemplate', { ...retire, version: 2 }, TEMPLATE)).problems,
    ).toEqual(['RETIRED id']);
    expect((await propose(head, { templateIds: [midwives.id] })).problems).toEqual(['RETIRED templateIds 0']);
    expect((await propose(head, {})).problems).toEqual(['REQUIRED templateIds']);
    expect((await propose(head, { lastYear: true, first: 51 })).problems).toEqual(['OUT_OF_RANGE first']);
  });
});
