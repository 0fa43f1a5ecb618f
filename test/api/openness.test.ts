/** What everybody may see without a login, and that nothing of it leads to a person: asked for field by field, as the schema and the policy have them. */

import { buildSchema, type GraphQLArgument, getNamedType, isLeafType, isNonNullType } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { planPeriod } from '../../functions/domain/period/period.ts';
import { SURVEY_ELEMENTS } from '../../functions/domain/satisfaction/survey-questions.ts';
import { typeDefs } from '../../functions/graphql/generated/type-defs.ts';
import { runDuties } from '../../functions/usecases/close/hourly-duties.ts';
import * as an from '../store/examples.ts';
import { countRequests } from '../support/dynamodb.ts';
import { type PublicField, publicFields, type Step } from '../support/public-fields.ts';
import { putResults } from '../support/published-results.ts';
import { openPeriodOf, policyOf, write } from '../workflow/region.ts';
import { caller, type Failure, nobody, planner, problemsOf, send } from './endpoint-client.ts';
import { type EndpointUnderTest, endpointUnderTest } from './endpoint-under-test.ts';
import { createExampleRegion, nipOf, people, staffId, unitId } from './example-region.ts';

const schema = buildSchema(typeDefs);
const fields = publicFields(schema);
const QUARTERS = ['2025-Q3', '2025-Q4', '2026-Q1'];

let api: EndpointUnderTest;
/** Values of arguments, by name or by `Type.field.argument`: whatever a new field requires must be given one here. */
let samples: Readonly<Record<string, unknown>>;

type Codes = readonly { readonly code: string }[];

const mutate = async <Entity = Readonly<Record<string, string>>>(
  who: Parameters<typeof send>[1],
  name: string,
  input: object,
  answer: string,
) => {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const { data, errors } = await send<{
    outcome: { userErrors: readonly Failure[] } & Record<string, Entity>;
  }>(
    api.handler,
    who,
    `mutation ($input: ${type}!) { outcome: ${name}(input: $input) { ${answer} userErrors { code message path } } }`,
    { input },
  );
  expect([name, errors]).toEqual([name, []]);
  expect([name, problemsOf(data.outcome)]).toEqual([name, []]);
  return data.outcome;
};

beforeAll(async () => {
  api = await endpointUnderTest();
  await createExampleRegion(api);
  const { store } = api.deps;
  const head = caller(people.head);

  const goalOf = async (
    code: string,
    level: string,
    title: string,
    parentId: string | null,
    toYear = 2029,
  ) => {
    const input = { code, level, title, parentId, fromYear: 2025, toYear };
    return (await mutate(planner, 'createGoal', input, 'goal { id }'))['goal']?.['id'] ?? '';
  };
  const vision = await goalOf('V', 'VISION', 'Tirta Asri sehat dan sejahtera', null);
  const mission = await goalOf('M1', 'MISSION', 'Layanan kesehatan yang dekat dengan warga', vision);
  await goalOf('M0', 'MISSION', 'Misi yang sudah lewat', vision, 2025);
  const goalId = await goalOf('S1', 'OBJECTIVE', 'Warga sehat', mission);
  const { indicator } = await mutate(
    planner,
    'createIndicator',
    {
      code: 'IKU-1',
      unitId: unitId('P'),
      goalId,
      definition: {
        name: 'Waktu tunggu',
        description: 'Rata-rata',
        formula: 'Jumlah / kunjungan',
        source: 'Register',
        measure: { unitOfMeasure: 'menit', polarity: 'MINIMIZE', buildUp: 'LATEST' },
        effectiveFrom: '2025-01-01',
      },
    },
    'indicator { id }',
  );

  // The unit's agreement, of which a line serves a plan of a person, with a discussion of its amendment.
  const serves = { planId: `${people.agencyHead}:2026`, lineId: 'L1', role: 'SUPPORTS' } as const;
  const line = an.planLine({ serves, goalId: goalId, indicatorId: indicator?.['id'] ?? '' });
  const agreement = an.plan({
    id: `unit:${unitId('P')}:2026`,
    owner: { kind: 'UNIT', unitId: unitId('P') },
    proposal: null,
    proposalState: null,
  });
  const address = { collection: { unitId: unitId('P'), shard: 0 }, year: 2026 };
  const agreed = (revision: number, title: string) => ({
    agreed: {
      ...an.planContent(revision, [
        { ...line, title, serves: revision === 1 ? null : serves },
        { ...line, id: 'L2', serves: { ...serves, planId: `unit:${unitId('D')}:2026` } },
      ]),
      expectations: { general: title, values: { SERVICE: [title] } },
      attachments: {
        resources: [{ kind: 'PEOPLE', text: title }],
        accountability: [{ kind: 'REPORTING', text: title }],
        consequences: [{ kind: 'POSITIVE', text: title }],
      },
    } as const,
    agreedAt: an.AT,
  });
  await write(store, [store.plans.save(address, null, { ...agreement, ...agreed(1, 'Semula') })]);
  const first = await store.plans.get(address, agreement.id);
  await write(store, [store.plans.save(address, first, { ...agreement, ...agreed(2, 'Sekarang') })]);

  const above = {
    ...agreement,
    id: `unit:${unitId('D')}:2026`,
    owner: { kind: 'UNIT', unitId: unitId('D') } as const,
    ...agreed(1, 'Dinas'),
  };
  const addressAbove = { collection: { unitId: unitId('D'), shard: 0 }, year: 2026 };
  await write(store, [store.plans.save(addressAbove, null, above)]);

  // Published results of three quarters: of units, with what their leaders wrote, and of people.
  const policy = policyOf();
  const justification = { authorId: people.agencyHead, text: 'RAHASIA pimpinan' };
  const decision = {
    predicate: 'GOOD',
    proposed: 'OUTSTANDING',
    reason: 'RAHASIA alasan',
    as: 'LEADER_ABOVE',
    deciderId: people.agencyHead,
  } as const;
  for (const periodId of QUARTERS) {
    await store.results.putUnits(
      ['D', 'P', 'Q'].map((code) =>
        an.unitResult({ unitId: unitId(code), periodId, run: 'r1', justification, decision }),
      ),
    );
    await putResults(
      store,
      [1, 2, 3].map((serial) => an.result({ staffId: staffId(serial), periodId, run: 'r1' })),
    );
    await write(store, [
      store.periods.save(null, {
        ...planPeriod(periodId, '2026-04-05T17:00:00.000Z', 420),
        state: 'PUBLISHED',
        publishedRun: 'r1',
        publishedAt: '2026-04-05T18:00:00.000Z',
        policy,
      }),
    ]);
  }

  // A campaign that is over and one that runs, with suggestions of which one was published; a code for a nurse's patients.
  await openPeriodOf(store, '2026-03');
  const campaignOf = async (closes: string) => {
    const input = {
      unitId: unitId('P'),
      service: { id: 'Rawat jalan', en: 'Outpatient care' },
      opens: '2026-03-01',
      closes,
      withoutCodePerHour: 600,
      minimumAnswers: 5,
    };
    const { campaign } = await mutate(head, 'createSurveyCampaign', input, 'campaign { id }');
    const campaignId = campaign?.['id'] ?? '';
    const answers = SURVEY_ELEMENTS.map((element) => ({ element, score: 3 }));
    const { codes } = await mutate<Codes>(
      head,
      'issueSurveyCodes',
      { campaignId, count: 5 },
      'codes { code }',
    );
    const texts = ['Tambah kursi', 'RAHASIA warga'];
    for (const [at, { code }] of (codes ?? []).entries())
      await mutate(
        nobody,
        'answerSurvey',
        { campaignId, code, answers, suggestion: texts[at] },
        'campaign { id }',
      );
    const page = await store.satisfaction.suggestions(campaignId, 'SUBMITTED', { first: 5, after: null });
    const good = page.items.find(({ value }) => value.text === 'Tambah kursi')?.value;
    const decision = { campaignId, id: good?.id, version: 1, publish: true };
    await mutate(planner, 'moderateSuggestion', decision, 'suggestion { state }');
    return campaignId;
  };
  const campaignId = await campaignOf('2026-03-10');
  const running = await campaignOf('2026-03-31');
  await runDuties({ store, now: () => '2026-03-10T17:00:00.000Z' });
  const contact = { staffId: people.nurse, periodId: '2026-03', instrumentId: 'berakhlak', count: 2 };
  const issued = await mutate<Codes>(head, 'issueContactCodes', contact, 'codes { code }');
  const [code, toUse] = (issued['codes'] ?? []).map((each) => each.code);

  await mutate(
    planner,
    'publishAnnouncement',
    {
      title: 'Jam layanan baru',
      text: 'Loket dibuka pukul tujuh',
      effectiveFrom: '2026-12-01',
      isPublic: true,
    },
    'announcement { id }',
  );
  samples = {
    first: 10,
    last: 3,
    year: 2026,
    from: 1,
    to: 2,
    kind: 'QUARTER',
    periodId: '2026-Q1',
    unitId: unitId('P'),
    code,
    'Query.unit.id': unitId('P'),
    'Query.unit.code': undefined,
    'Query.goal.id': goalId,
    'Query.indicator.id': indicator?.['id'],
    'Query.period.id': '2026-Q1',
    'Query.surveyCampaign.id': campaignId,
    unitIds: [unitId('P')],
    indicatorId: 'i-1',
    'Query.chart.input': { kind: 'DISTRIBUTION', unitId: unitId('P'), periodId: '2026-Q1' },
    'Mutation.answerSurvey.input': {
      campaignId: running,
      answers: SURVEY_ELEMENTS.map((element) => ({ element, score: 4 })),
    },
    'Mutation.rateContact.input': { code: toUse, scores: [] },
  };
});
afterAll(() => api.drop());

/** `name(argument: $variable)` with the variables that it declares; null stands for an optional argument that is left out. */
function call(
  { field, on }: Pick<PublicField, 'field'> & { on: string },
  variables: Map<string, [string, unknown]>,
) {
  const passed = field.args.flatMap((argument) => {
    const value = sampleOf(argument, `${on}.${field.name}`);
    if (value === undefined) return [];
    const variable = `v${variables.size}`;
    variables.set(variable, [String(argument.type), value]);
    return [`${argument.name}: $${variable}`];
  });
  return `${field.name}${passed.length === 0 ? '' : `(${passed.join(', ')})`}`;
}

function sampleOf({ name, type, defaultValue }: GraphQLArgument, field: string): unknown {
  const place = `${field}.${name}`;
  if (Object.hasOwn(samples, place)) return samples[place];
  if (Object.hasOwn(samples, name)) return samples[name];
  if (isNonNullType(type) && defaultValue === undefined)
    throw new Error(`give ${place} a sample: the public may ask for it`);
  return undefined;
}

/** One operation for each type that can be reached: the shortest way to it, and every field of it that is open. */
function operations() {
  const byWay = Map.groupBy(fields, ({ way, name }) =>
    [name.split('.')[0], ...way.map((step) => step.field.name)].join('/'),
  );
  return [...byWay.values()].flatMap((group) => {
    const [{ way, name }] = group as [PublicField, ...PublicField[]];
    if (way.length === 0) return [];
    const variables = new Map<string, [string, unknown]>();
    const inner = group.map((each) => {
      const called = call({ field: each.field, on: each.name.split('.')[0] ?? '' }, variables);
      return isLeafType(getNamedType(each.field.type)) ? called : `${called} { __typename }`;
    });
    const query = way.reduceRight((selection: string, { field, on }: Step, at) => {
      const parent = way[at - 1]?.on.name ?? rootOf(field.name);
      return `${call({ field, on: parent }, variables)} { ... on ${on.name} { ${selection} } }`;
    }, inner.join(' '));
    const declared = [...variables].map(([variable, [type]]) => `$${variable}: ${type}`).join(', ');
    const kind = rootOf(way[0]?.field.name ?? '').toLowerCase();
    return [
      {
        type: name.split('.')[0] ?? '',
        query: `${kind} ${declared === '' ? '' : `(${declared})`} { ${query} }`,
        variables: Object.fromEntries([...variables].map(([variable, [, value]]) => [variable, value])),
      },
    ];
  });
}

const rootOf = (field: string): string =>
  schema.getMutationType()?.getFields()[field] ? 'Mutation' : 'Query';

/** What the positions in an answer say to whoever decodes them. */
const cursorsIn = (text: string): string =>
  [...text.matchAll(/"(?:cursor|endCursor)":"([\w-]+)"/g)]
    .map(([, cursor = '']) => Buffer.from(cursor, 'base64url').toString('utf8'))
    .join('\n');

test('every field that is open answers, and no answer holds anything of a person', async () => {
  const asked = operations();
  expect(asked.length).toBeGreaterThan(40);
  const personal = [
    ...[1, 2, 3, 4, 5, 6].flatMap((serial) => [nipOf(serial), staffId(serial)]),
    'Ani Agensi',
    'Budi',
    'Citra',
    'Dewi',
    'Éka',
    'Fajar',
    'RAHASIA',
  ];
  const silent: string[] = [];
  for (const { type, query, variables } of asked) {
    const { text, errors } = await send(api.handler, nobody, query, variables);
    expect([type, query, errors]).toEqual([type, query, []]);
    const opened = text + cursorsIn(text);
    for (const secret of personal)
      expect([type, secret, opened.includes(secret)]).toEqual([type, secret, false]);
    if (!/":(?!null|\{|\[\]|\[\{)/.test(text)) silent.push(type);
  }
  // What is wrong with an answer is asked of one that is right.
  expect(silent).toEqual(['UserError']);
});

describe('what the region shows', () => {
  test('is its vision, missions and goals, its units and how they did from quarter to quarter', async () => {
    const { data } = await send<{ region: object; unit: { results: readonly object[] } }>(
      api.handler,
      nobody,
      `{ region { visions { title } missions { title children { code title } } units { code } }
         unit(code: "P") { results(last: 2) { periodId score { shown } predicate lines { indicatorName achievement { shown } }
           distribution { predicate count } surveyCampaigns { result { withCode { index { shown } grade } } } } } }`,
    );
    expect(data.region).toEqual({
      visions: [{ title: 'Tirta Asri sehat dan sejahtera' }],
      missions: [
        {
          title: 'Layanan kesehatan yang dekat dengan warga',
          children: [{ code: 'S1', title: 'Warga sehat' }],
        },
      ],
      units: [{ code: 'D' }, { code: 'E' }],
    });
    expect(data.unit.results).toMatchObject([
      { periodId: '2025-Q4', score: { shown: '104.00' }, surveyCampaigns: [] },
      {
        periodId: '2026-Q1',
        lines: [{ achievement: { shown: expect.any(String) } }, {}, {}],
        // 3, 30, 2 and 1 not evaluated: what points at persons is hidden, and so are the zeros.
        distribution: [
          { predicate: 'EXCELLENT', count: 3 },
          { predicate: 'GOOD', count: 30 },
          { predicate: 'NEEDS_IMPROVEMENT', count: null },
          { predicate: 'POOR', count: null },
          { predicate: 'VERY_POOR', count: null },
        ],
        surveyCampaigns: [{ result: { withCode: { index: { shown: '75.00' }, grade: 'C' } } }],
      },
    ]);
  });

  test('of many units is read in a few requests, whatever the number of periods', async () => {
    const query = (last: number) =>
      `{ unit(code: "D") { results(last: ${last}) { periodId } subtree { code results(last: ${last}) { periodId } } } }`;
    const requests = countRequests(api.table.client);
    const counts = [];
    for (const last of [1, 3]) {
      requests.reset();
      const { errors } = await send(api.handler, nobody, query(last));
      expect(errors).toEqual([]);
      counts.push(requests.byOperation);
    }
    requests.remove();
    expect(counts).toEqual([
      { GetItem: 1, Query: 1, BatchGetItem: 1 },
      { GetItem: 1, Query: 1, BatchGetItem: 1 },
    ]);
    const wrong = await send(api.handler, nobody, '{ unit(code: "P") { results(last: 25) { periodId } } }');
    expect(wrong.codes).toEqual(['OUT_OF_RANGE']);
  });
});
