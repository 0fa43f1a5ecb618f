import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { countRequests } from '../support/dynamodb.ts';
import { auditor, type Caller, caller, hrAdmin, nobody, planner, send } from './endpoint-client.ts';
import { type EndpointUnderTest, endpointUnderTest } from './endpoint-under-test.ts';
import { createExampleRegion, people, unitId } from './example-region.ts';

const YEAR = 2026;
const PLAN = `${people.nurse}:${YEAR}`;
const person = {
  nurse: caller(people.nurse),
  head: caller(people.head),
  agencyHead: caller(people.agencyHead),
  colleague: caller(people.colleague),
  stranger: caller(people.stranger),
} as const;

let api: EndpointUnderTest;
const indicators: Record<string, string> = {};
beforeAll(async () => {
  api = await endpointUnderTest();
  await createExampleRegion(api);
  for (const code of ['KUNJUNGAN', 'KOMPLAIN']) {
    const { indicator } = await change<{ indicator: { id: string } }>(
      planner,
      'createIndicator',
      {
        code,
        definition: {
          name: `Indikator ${code}`,
          description: code,
          formula: code,
          source: 'register',
          measure: { unitOfMeasure: 'kunjungan', polarity: 'MAXIMIZE', buildUp: 'SUM' },
          effectiveFrom: '2025-01-01',
        },
      },
      'indicator { id }',
    );
    indicators[code] = indicator.id;
  }
});
afterAll(() => api.drop());

type Failures = {
  readonly userErrors: readonly { readonly code: string; readonly path: readonly string[] }[];
};

/** Runs a mutation whose input type is named after it; `problems` are `CODE path`. */
async function change<Answer>(
  who: Caller | null,
  name: string,
  input: object,
  selection: string,
): Promise<Answer & { readonly problems: readonly string[] }> {
  const type = name.startsWith('agree') ? 'AgreePlanInput' : `${name[0]?.toUpperCase()}${name.slice(1)}Input`;
  const { data, errors } = await send<{ answer: Answer & Failures }>(
    api.handler,
    who,
    `mutation ($input: ${type}!) { answer: ${name}(input: $input) { ${selection} userErrors { code path } } }`,
    { input },
  );
  expect(errors).toEqual([]);
  const problems = data.answer.userErrors.map(({ code, path }) => [code, ...path].join(' '));
  return { ...data.answer, problems };
}

async function ask<Data>(who: Caller | null, query: string, variables: object = {}): Promise<Data> {
  const { data, errors } = await send<Data>(api.handler, who, query, variables);
  expect(errors).toEqual([]);
  return data;
}

const lineOf = (code: string, target: number, more: object = {}): object => ({
  title: `Hasil ${code}`,
  aspect: 'QUANTITY',
  indicatorId: indicators[code],
  target: { value: String(target) },
  ...more,
});

interface PlanAnswer {
  readonly plan: {
    readonly version: number;
    readonly proposalState: string | null;
    readonly proposal: { readonly lines: readonly { readonly id: string }[] } | null;
    readonly agreed: { readonly revision: number } | null;
  };
}
const STATE = 'plan { version proposalState proposal { lines { id } } agreed { revision } }';

interface Comment {
  readonly id: string;
  readonly version: number;
  readonly side: string;
  readonly resolvedAt: string | null;
}
const COMMENT = 'comment { id version side lineId revision asksForChanges resolvedAt author { name } }';
const say = (who: Caller | null, input: object) =>
  change<{ comment: Comment | null }>(who, 'commentPlan', { planId: PLAN, ...input }, COMMENT);

const threadOf = (who: Caller | null, args = '') =>
  ask<{ plan: { comments: { nodes: readonly { text: string; side: string }[] } | null } }>(
    who,
    `query ($id: ID!) { plan(staffId: $id, year: ${YEAR}) { comments${args} { nodes { text side lineId asksForChanges } pageInfo { hasNextPage } } } }`,
    { id: people.nurse },
  ).then(({ plan }) => plan.comments?.nodes ?? []);

describe('a nurse, her assessor and the head of the agency agree on a plan', () => {
  test('the nurse proposes; the assessor asks for a higher target on one line', async () => {
    const { plan, problems } = await change<PlanAnswer>(
      person.nurse,
      'proposePlan',
      { staffId: people.nurse, year: YEAR, lines: [lineOf('KUNJUNGAN', 600)], equalWeights: true },
      STATE,
    );
    expect([problems, plan.proposalState]).toEqual([[], 'PROPOSED']);

    const back = await change<PlanAnswer>(
      person.head,
      'requestPlanChanges',
      { planId: PLAN, version: plan.version, lineId: 'L1', text: 'Tahun lalu 700; usulkan 720' },
      STATE,
    );
    expect(back.plan.proposalState).toBe('CHANGES_REQUESTED');
  });

  test('they and the head above discuss the line; nobody else does, and no office', async () => {
    expect(
      (await say(person.nurse, { lineId: 'L1', text: 'Dua desa sudah pindah wilayah' })).comment,
    ).toMatchObject({
      side: 'OWNER',
      lineId: 'L1',
      revision: 1,
    });
    expect((await say(person.agencyHead, { text: 'Selaras dengan target dinas' })).comment?.side).toBe(
      'ABOVE',
    );
    for (const who of [person.colleague, person.stranger, hrAdmin, planner])
      expect((await say(who, { text: 'Halo' })).problems).toEqual(['FORBIDDEN']);
    expect((await say(nobody, { text: 'Halo' })).problems).toEqual(['UNAUTHENTICATED']);
    expect((await say(person.nurse, { lineId: 'L9', text: ' ' })).problems).toEqual([
      'REQUIRED text',
      'NOT_FOUND lineId',
    ]);

    expect(await threadOf(person.nurse, '(thread: LINE, lineId: "L1")')).toMatchObject([
      { side: 'SUPERIOR', asksForChanges: true, text: 'Tahun lalu 700; usulkan 720' },
      { side: 'OWNER', asksForChanges: false },
    ]);
    expect(await threadOf(person.nurse, '(thread: WHOLE_PLAN)')).toMatchObject([{ side: 'ABOVE' }]);
    expect(await threadOf(auditor)).toHaveLength(3);
    expect(await threadOf(person.nurse, '(first: 2)')).toHaveLength(2);
  });

  test('a comment changes no version, and a repeated one is one', async () => {
    const input = { lineId: 'L1', text: 'Baik, saya naikkan', idempotencyKey: 'setuju-1' };
    const [once, twice] = [await say(person.nurse, input), await say(person.nurse, input)];
    expect(twice.comment?.id).toBe(once.comment?.id);
    expect(await threadOf(person.nurse)).toHaveLength(4);
  });

  test('only the leader says what the leader expects; the annex goes along with the plan', async () => {
    const attachments = {
      resources: [{ kind: 'EQUIPMENT', text: 'Kendaraan operasional' }],
      accountability: [{ kind: 'REPORTING', text: 'Setiap dua minggu' }],
      consequences: [{ kind: 'POSITIVE', text: 'Prioritas pelatihan' }],
    };
    const expectations = {
      general: 'Kunjungan menjangkau desa terjauh',
      values: [{ value: 'COMPETENT', texts: ['Mengajari perawat baru'] }],
    };
    const input = { staffId: people.nurse, year: YEAR, version: 2 };
    const line = lineOf('KUNJUNGAN', 720, { id: 'L1' });
    expect(
      (
        await change(
          person.nurse,
          'proposePlan',
          { ...input, lines: [line], equalWeights: true, expectations },
          STATE,
        )
      ).problems,
    ).toEqual(['FORBIDDEN expectations']);
    const own = await change<PlanAnswer>(
      person.nurse,
      'proposePlan',
      { ...input, lines: [line], equalWeights: true, attachments },
      STATE,
    );
    // The assessor answers with expectations alone: the lines stay as proposed.
    const answered = await change<PlanAnswer>(
      person.head,
      'proposePlan',
      { ...input, version: own.plan.version, expectations },
      STATE,
    );
    expect([answered.problems, answered.plan.proposal?.lines]).toEqual([[], [{ id: 'L1' }]]);
    const agreed = await change<PlanAnswer>(
      person.nurse,
      'agreePlan',
      { planId: PLAN, version: answered.plan.version },
      STATE,
    );
    expect(agreed.plan.agreed?.revision).toBe(1);

    const read = await ask(
      person.nurse,
      `query ($id: ID!) { plan(staffId: $id, year: ${YEAR}) { revisions {
        revision agreedAt expectations { general values { value texts } }
        attachments { resources { kind text } accountability { kind text } consequences { kind text } } } } }`,
      { id: people.nurse },
    );
    expect(read).toMatchObject({
      plan: { revisions: [{ revision: 1, agreedAt: '2026-03-10T02:00:00.000Z', expectations, attachments }] },
    });
  });

  test('the change request is settled by the side that raised it', async () => {
    const { plan } = await ask<{ plan: { comments: { nodes: readonly Comment[] } } }>(
      person.head,
      `query ($id: ID!) { plan(staffId: $id, year: ${YEAR}) { comments(thread: LINE, lineId: "L1", first: 1) { nodes { id version } } } }`,
      { id: people.nurse },
    );
    const asked = plan.comments.nodes[0];
    const settle = (who: Caller, version = asked?.version) =>
      change<{ comment: Comment | null }>(
        who,
        'resolvePlanComment',
        { planId: PLAN, commentId: asked?.id, version, resolved: true },
        COMMENT,
      );
    expect((await settle(person.nurse)).problems).toEqual(['FORBIDDEN']);
    expect((await settle(person.head)).comment?.resolvedAt).not.toBeNull();
    const stale = await settle(person.head);
    expect([stale.problems, stale.comment?.version]).toEqual([['CONFLICT version'], 2]);
  });

  test('an amendment in mid-year shows its difference; taken back, the plan in force goes on', async () => {
    const before = await ask<PlanAnswer>(
      person.head,
      `query ($id: ID!) { plan(staffId: $id, year: ${YEAR}) { version } }`,
      { id: people.nurse },
    );
    const amended = await change<PlanAnswer>(
      person.head,
      'amendPlan',
      {
        planId: PLAN,
        version: before.plan.version,
        reason: 'Umpan balik triwulan I',
        lines: [
          lineOf('KUNJUNGAN', 720, { id: 'L1', weight: 7_000 }),
          lineOf('KOMPLAIN', 12, { weight: 3_000 }),
        ],
        expectations: { general: 'Kunjungan menjangkau desa terjauh' },
      },
      STATE,
    );
    expect(amended.problems).toEqual([]);
    const DIFFERENCE = `query ($id: ID!, $from: Int, $to: Int) { plan(staffId: $id, year: ${YEAR}) {
      difference(from: $from, to: $to) { from to
        lines { kind before { id } after { id weight } changes { field before after } }
        terms { section removed { text } added { text } } } } }`;
    const shown = await ask<object>(person.nurse, DIFFERENCE, { id: people.nurse });
    expect(shown).toEqual({
      plan: {
        difference: {
          from: 1,
          to: 2,
          lines: [
            {
              kind: 'CHANGED',
              before: { id: 'L1' },
              after: { id: 'L1', weight: 7000 },
              changes: [{ field: 'WEIGHT', before: '10000', after: '7000' }],
            },
            { kind: 'ADDED', before: null, after: { id: 'L2', weight: 3000 }, changes: [] },
          ],
          terms: [{ section: 'COMPETENT', removed: [{ text: 'Mengajari perawat baru' }], added: [] }],
        },
      },
    });
    expect(await ask(person.nurse, DIFFERENCE, { id: people.nurse, from: 2, to: 9 })).toEqual({
      plan: { difference: null },
    });

    const take = (who: Caller) =>
      change<PlanAnswer>(who, 'withdrawPlanProposal', { planId: PLAN, version: amended.plan.version }, STATE);
    expect((await take(person.nurse)).problems).toEqual(['FORBIDDEN']);
    expect((await take(person.head)).plan).toMatchObject({ proposalState: null, agreed: { revision: 1 } });
  });
});

describe('the discussion of a unit’s agreement', () => {
  const agreementId = `unit:${unitId('P')}:${YEAR}`;
  const COMMENTS = `query ($id: ID!) { agreement(unitId: $id, year: ${YEAR}) { comments { nodes { side } } } }`;

  test('is between its head, the head above and planners; the public reads none of it', async () => {
    const proposal = await change<{ agreement: { version: number } }>(
      person.head,
      'proposeAgreement',
      { unitId: unitId('P'), year: YEAR, lines: [lineOf('KUNJUNGAN', 9_000)], equalWeights: true },
      'agreement { version }',
    );
    for (const [who, side] of [
      [person.head, 'OWNER'],
      [person.agencyHead, 'SUPERIOR'],
      [planner, 'SUPERIOR'],
    ] as const) {
      const { comment } = await say(who, { planId: agreementId, lineId: 'L1', text: 'Sesuai RPJMD' });
      expect(comment?.side).toBe(side);
    }
    expect((await say(person.nurse, { planId: agreementId, text: 'Halo' })).problems).toEqual(['FORBIDDEN']);
    await change(
      person.agencyHead,
      'agreeAgreement',
      { planId: agreementId, version: proposal.agreement.version },
      'agreement { version }',
    );

    expect(await ask(nobody, COMMENTS, { id: unitId('P') })).toEqual({ agreement: { comments: null } });
    expect(await ask(person.nurse, COMMENTS, { id: unitId('P') })).toEqual({ agreement: { comments: null } });
    expect(await ask(planner, COMMENTS, { id: unitId('P') })).toMatchObject({
      agreement: { comments: { nodes: [{}, {}, {}] } },
    });
  });

  test('costs one request, however long it is', async () => {
    await ask(planner, COMMENTS, { id: unitId('P') });
    const count = countRequests(api.table.client);
    await ask(planner, COMMENTS, { id: unitId('P') });
    count.remove();
    expect(count.byOperation['Query']).toBe(1);
  });
});
