import { type DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Runtime } from '../../infra/local/runtime.ts';
import { createTestClient } from '../support/dynamodb.ts';
import { ask, mutate, type Payload, readAnswer, startSystem, type Who } from './endpoint.ts';

/**
 * Bad input as it comes over HTTP: each gets a stable code, a message in the reader's language, and changes nothing. The
 * region has a root, two units below it with a head each, and a member or two.
 */
const TABLE = 'e2e-bad-input';
const hr: Who = { username: 'admin', groups: ['hr_admin'] };
const planner: Who = { username: 'perencana', groups: ['planner'] };

interface Ref {
  readonly id: string;
}
interface Versioned {
  readonly version: number;
}

let runtime: Runtime;
let database: DynamoDBDocumentClient;

/** Ids of what the region holds, by a short name. */
const ids: Record<string, string> = {};
const id = (name: string): string => ids[name] ?? `missing-${name}`;

beforeAll(async () => {
  runtime = await startSystem(TABLE, new Date('2026-03-10T03:00:00.000Z'));
  database = createTestClient();

  const unit = async (name: string, parent: string | null) => {
    const input = { code: name, name, kind: 'DINAS', ...(parent !== null && { parentId: id(parent) }) };
    const created = await mutate<{ unit: Ref }>(
      runtime,
      hr,
      'createUnit',
      'CreateUnitInput',
      input,
      'unit { id }',
    );
    ids[name] = created.unit.id;
  };
  await unit('root', null);
  await unit('health', 'root');
  await unit('tourism', 'root');
  const staff = async (name: string, nip: string, unitName: string) => {
    const assignment = { unitId: id(unitName), position: 'Staf', jobGroup: 'staf', from: '2025-01-01' };
    const input = { nip, name, employment: 'PNS', assignment };
    const created = await mutate<{ staff: Ref }>(
      runtime,
      hr,
      'createStaff',
      'CreateStaffInput',
      input,
      'staff { id }',
    );
    ids[name] = created.staff.id;
  };
  await staff('head', '198001012005011001', 'health');
  await staff('nurse', '199002022015022002', 'health');
  await staff('guide', '199103032016031003', 'tourism');
  const { data } = await ask<{ unit: Versioned }>(
    runtime,
    hr,
    'query U($id: ID!) { unit(id: $id) { version } }',
    {
      id: id('health'),
    },
  );
  await mutate(runtime, hr, 'editUnit', 'EditUnitInput', {
    id: id('health'),
    version: data.unit.version,
    head: { staffId: id('head'), from: '2025-01-01' },
  });
  const indicator = async (name: string, measure: object) => {
    const definition = {
      name,
      description: name,
      formula: 'jumlah',
      source: 'register',
      measure,
      effectiveFrom: '2025-01-01',
    };
    const input = { code: name, definition };
    const created = await mutate<{ indicator: Ref }>(
      runtime,
      planner,
      'createIndicator',
      'CreateIndicatorInput',
      input,
      'indicator { id }',
    );
    ids[name] = created.indicator.id;
  };
  await indicator('patients', { unitOfMeasure: 'orang', polarity: 'MAXIMIZE', buildUp: 'SUM' });
  await planAndOpen('2026-Q1', '2026-04-30T00:00:00.000Z');
  const line = {
    title: 'Pasien',
    aspect: 'QUANTITY',
    indicatorId: id('patients'),
    weight: 10_000,
    target: { value: '120' },
  };
  const proposed = await mutate<{ plan: Ref & Versioned }>(
    runtime,
    { username: id('nurse') },
    'proposePlan',
    'ProposePlanInput',
    { staffId: id('nurse'), year: 2026, lines: [line] },
    'plan { id version }',
  );
  ids['plan'] = proposed.plan.id;
  await mutate(runtime, { username: id('head') }, 'agreePlan', 'AgreePlanInput', {
    planId: id('plan'),
    version: proposed.plan.version,
  });
}, 120_000);

afterAll(() => runtime?.close());

const planAndOpen = async (periodId: string, closesAt: string): Promise<void> => {
  const { period } = await mutate<{ period: Versioned }>(
    runtime,
    hr,
    'planPeriod',
    'PlanPeriodInput',
    { id: periodId, closesAt },
    'period { version }',
  );
  await mutate(runtime, hr, 'openPeriod', 'OpenPeriodInput', { id: periodId, version: period.version });
};

/** Everything in the table, for comparison. */
const everything = async (): Promise<string> => {
  const items: object[] = [];
  let start: Record<string, unknown> | undefined;
  do {
    const page = await database.send(
      new ScanCommand({
        TableName: TABLE,
        ConsistentRead: true,
        ...(start !== undefined && { ExclusiveStartKey: start }),
      }),
    );
    items.push(...(page.Items ?? []));
    start = page.LastEvaluatedKey;
  } while (start !== undefined);
  const inOrder = items.map((item) =>
    JSON.stringify(item, (_, value) => (value instanceof Set ? [...value] : value)),
  );
  return inOrder.sort().join('\n');
};

interface BadMutation {
  readonly title: string;
  readonly who: () => Who;
  readonly name: string;
  readonly inputType: string;
  readonly input: () => Readonly<Record<string, unknown>>;
  readonly code: string;
  readonly path: string;
}

const line = (over: Readonly<Record<string, unknown>> = {}) => ({
  title: 'Pasien',
  aspect: 'QUANTITY',
  indicatorId: id('patients'),
  weight: 10_000,
  target: { value: '120' },
  ...over,
});
const scores = (): object[] =>
  ['SERVICE', 'ACCOUNTABLE', 'COMPETENT', 'HARMONIOUS', 'LOYAL', 'ADAPTIVE', 'COLLABORATIVE'].map(
    (itemId) => ({ itemId, score: 4 }),
  );
const rating = (rateeId: string, group: string) => ({
  periodId: '2026-Q1',
  rateeId,
  group,
  instrumentId: 'berakhlak',
  scores: scores(),
});
const head = (): Who => ({ username: id('head') });
const nurse = (): Who => ({ username: id('nurse') });
const guide = (): Who => ({ username: id('guide') });
const newStaff = (nip: string, unitId: string) => ({
  nip,
  name: 'Baru',
  employment: 'PNS',
  assignment: { unitId, position: 'Staf', jobGroup: 'staf', from: '2026-01-01' },
});

const badMutations: readonly BadMutation[] = [
  {
    title: 'a NIP with a month 13',
    who: () => hr,
    name: 'createStaff',
    inputType: 'CreateStaffInput',
    input: () => newStaff('199013022015022009', id('health')),
    code: 'INVALID_NIP',
    path: 'nip',
  },
  {
    title: 'a NIP that somebody has',
    who: () => hr,
    name: 'createStaff',
    inputType: 'CreateStaffInput',
    input: () => newStaff('199002022015022002', id('health')),
    code: 'ALREADY_EXISTS',
    path: 'nip',
  },
  {
    title: 'an unknown unit',
    who: () => hr,
    name: 'createStaff',
    inputType: 'CreateStaffInput',
    input: () => newStaff('199202022015022009', 'nowhere'),
    code: 'NOT_FOUND',
    path: 'assignment.unitId',
  },
  {
    title: 'a cycle in the tree',
    who: () => hr,
    name: 'moveUnit',
    inputType: 'MoveUnitInput',
    input: () => ({ id: id('root'), version: 1, parentId: id('health') }),
    code: 'UNIT_CYCLE',
    path: 'parentId',
  },
  {
    title: 'weights that do not sum',
    who: nurse,
    name: 'amendPlan',
    inputType: 'AmendPlanInput',
    input: () => ({
      planId: id('plan'),
      version: 2,
      reason: 'sasaran berubah',
      lines: [line({ weight: 9_000 })],
    }),
    code: 'WEIGHTS_DO_NOT_SUM',
    path: 'lines',
  },
  {
    title: 'a target below zero',
    who: nurse,
    name: 'amendPlan',
    inputType: 'AmendPlanInput',
    input: () => ({
      planId: id('plan'),
      version: 2,
      reason: 'sasaran berubah',
      lines: [line({ target: { value: '-5' } })],
    }),
    code: 'TARGET_SIGN',
    path: 'lines.0.target',
  },
  {
    title: 'a realisation outside every open period',
    who: nurse,
    name: 'reportRealisation',
    inputType: 'ReportRealisationInput',
    input: () => ({ planId: id('plan'), lineId: 'L1', month: '2026-07', value: '5' }),
    code: 'OUTSIDE_PERIOD',
    path: 'month',
  },
  {
    title: 'rating oneself as one’s superior',
    who: nurse,
    name: 'submitRating',
    inputType: 'SubmitRatingInput',
    input: () => rating(id('nurse'), 'SUPERIOR'),
    code: 'SELF_AS_OTHER',
    path: 'group',
  },
  {
    title: 'rating a stranger',
    who: guide,
    name: 'submitRating',
    inputType: 'SubmitRatingInput',
    input: () => rating(id('nurse'), 'PEER'),
    code: 'NOT_A_RATER',
    path: 'group',
  },
  {
    title: 'a rating with an item missing',
    who: head,
    name: 'submitRating',
    inputType: 'SubmitRatingInput',
    input: () => ({ ...rating(id('nurse'), 'SUPERIOR'), scores: scores().slice(1) }),
    code: 'ITEMS_INCOMPLETE',
    path: 'scores',
  },
  {
    title: 'staff administering staff',
    who: nurse,
    name: 'createStaff',
    inputType: 'CreateStaffInput',
    input: () => newStaff('199202022015022009', id('health')),
    code: 'FORBIDDEN',
    path: '',
  },
  {
    title: 'a stale version',
    who: () => hr,
    name: 'retireUnit',
    inputType: 'RetireUnitInput',
    input: () => ({ id: id('tourism'), version: 99, from: '2027-01-01' }),
    code: 'CONFLICT',
    path: 'version',
  },
];

describe('bad input over HTTP', () => {
  it.each(badMutations)(
    '$title is refused with $code',
    async ({ who, name, inputType, input, code, path }) => {
      const before = await everything();

      const indonesian = await mutate(runtime, who(), name, inputType, input(), '', 'id');
      const english = await mutate(runtime, who(), name, inputType, input(), '', 'en');

      const problem = (payload: Payload) =>
        payload.userErrors.map((error) => ({ code: error.code, path: error.path.join('.') }));
      expect(problem(indonesian)).toContainEqual({ code, path });
      expect(problem(english)).toEqual(problem(indonesian));
      expect(english.userErrors[0]?.message).not.toBe(indonesian.userErrors[0]?.message);
      expect(await everything()).toBe(before);
    },
  );

  it('an expired, a forged and a foreign token are nobody', async () => {
    const expired = await runtime.tokens.mint({ ...hr, lifetimeSeconds: -60 });
    const good = await runtime.tokens.mint(hr);
    const [header, payload, signature] = good.split('.');
    const raised = Buffer.from(
      JSON.stringify({
        ...JSON.parse(Buffer.from(payload ?? '', 'base64url').toString()),
        username: 'someone-else',
      }),
    ).toString('base64url');
    const unsigned = Buffer.from(JSON.stringify({ alg: 'none' })).toString('base64url');
    for (const token of [expired, `${header}.${raised}.${signature}`, `${unsigned}.${payload}.`, 'x']) {
      const response = await fetch(runtime.graphqlUrl, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: JSON.stringify({ query: '{ viewer { id } }' }),
      });
      expect(response.status).toBe(401);
    }
  });

  it('a cursor of another list is not one of this list', async () => {
    const { data } = await ask<{ indicators: { edges: { cursor: string }[] } }>(
      runtime,
      hr,
      '{ indicators(first: 1) { edges { cursor } } }',
    );
    const cursor = data.indicators.edges[0]?.cursor;
    const { errors } = await ask(
      runtime,
      hr,
      'query G($after: String) { goals(first: 1, after: $after) { nodes { id } } }',
      {
        after: cursor,
      },
    );
    expect(errors[0]?.extensions?.code).toBe('INVALID_CURSOR');
  });

  it('a body of ten megabytes is too large', async () => {
    const response = await post(
      JSON.stringify({ query: `{ viewer { id } } # ${'x'.repeat(10 * 1024 * 1024)}` }),
    );
    expect(response.status).toBe(413);
  });

  it('bytes that are no UTF-8 are refused with their code', async () => {
    const bytes = Buffer.concat([
      Buffer.from('{"query":"{ viewer { id } } # '),
      Buffer.from([0xc3, 0x28]),
      Buffer.from('"}'),
    ]);
    const { status, text } = await readAnswer(await post(bytes));
    expect(status).toBe(400);
    expect(text).toContain('INVALID_ENCODING');
  });

  it('what comes after the close is refused, and the published result stays', async () => {
    await planAndOpen('2026-01', '2026-02-02T00:00:00.000Z');
    await runtime.runScheduleOnce();
    const before = await everything();

    const late = await mutate(runtime, nurse(), 'reportRealisation', 'ReportRealisationInput', {
      planId: id('plan'),
      lineId: 'L1',
      month: '2026-01',
      value: '5',
    });
    const lateRating = await mutate(runtime, head(), 'submitRating', 'SubmitRatingInput', {
      ...rating(id('nurse'), 'SUPERIOR'),
      periodId: '2026-01',
    });

    expect(late.userErrors.map(({ code }: { code: string }) => code)).toEqual(['PERIOD_CLOSED']);
    expect(lateRating.userErrors.map(({ code }: { code: string }) => code)).toEqual(['PERIOD_CLOSED']);
    expect(await everything()).toBe(before);
  });
});

const post = async (body: string | Buffer): Promise<Response> =>
  fetch(runtime.graphqlUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${await runtime.tokens.mint(hr)}` },
    body: typeof body === 'string' ? body : new Uint8Array(body),
  });
