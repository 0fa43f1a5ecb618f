import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Result } from '../../functions/domain/evaluation/result.ts';
import { planPeriod } from '../../functions/domain/period/period.ts';
import { defaultPolicyRules, type Policy } from '../../functions/domain/period/policy.ts';
import { countRequests } from '../support/dynamodb.ts';
import { putResults } from '../support/published-results.ts';
import { write } from '../workflow/region.ts';
import { caller, hrAdmin, nobody, type Payload, planner, problemsOf, send } from './endpoint-client.ts';
import { type EndpointUnderTest, endpointUnderTest } from './endpoint-under-test.ts';
import { importStaff, importUnits, nipOf, staffId, staffRow, unitId } from './example-region.ts';

const STAFF = 50;
const PUBLISHED = '2025-Q4';
const OPEN = '2026-Q1';
const head = staffId(1);
const nurse = staffId(2);
const colleague = staffId(3);

let api: EndpointUnderTest;
beforeAll(async () => {
  api = await endpointUnderTest();
  const unit = { code: 'P', name: 'Puskesmas Melati', kind: 'PUSKESMAS' };
  await importUnits(api, [unit]);
  const rows = Array.from({ length: STAFF }, (_, at) => staffRow(at + 1, `Pegawai ${at + 1}`, 'P'));
  expect(await importStaff(api, rows)).toMatchObject({ imported: STAFF, userErrors: [] });
  await importUnits(api, [{ ...unit, headNip: nipOf(1), headFrom: '2025-01-01' }]);

  const indicators = Array.from({ length: 8 }, (_, at) => ({
    code: `IKU-${at + 1}`,
    name: `Indikator ${at + 1}`,
    source: 'register',
    unitOfMeasure: 'pasien',
    polarity: 'MAXIMIZE',
    buildUp: 'SUM',
    effectiveFrom: '2025-01-01',
  }));
  await mutation(planner, 'importIndicators', 'ImportIndicatorsInput', { rows: indicators });
  const lines = indicators.map(({ code }, at) => ({
    id: `L${at + 1}`,
    indicatorCode: code,
    target: { value: '120' },
  }));
  const plans = Array.from({ length: STAFF - 1 }, (_, at) => ({ nip: nipOf(at + 2), year: 2026, lines }));
  expect(await mutation(planner, 'importPlans', 'ImportPlansInput', { rows: plans })).toMatchObject({
    imported: STAFF - 1,
    userErrors: [],
  });

  const { store } = api.deps;
  const policy: Policy = {
    id: 'policy-1',
    number: 1,
    state: 'ACTIVE',
    effectiveFrom: '2025-01-01',
    rules: defaultPolicyRules,
    writtenBy: [],
    activatedAt: '2025-01-01T00:00:00.000Z',
    version: 0,
  };
  await write(store, [store.policies.save(null, policy)]);
  const results = Array.from({ length: STAFF }, (_, at) => resultOf(staffId(at + 1)));
  await putResults(store, results, (result) => {
    const place = { rank: results.indexOf(result) + 1, of: STAFF, percentile: 0 };
    return { unit: place, jobGroup: place, region: place };
  });
  await write(store, [
    store.periods.save(null, {
      ...planPeriod(PUBLISHED, '2026-01-05T17:00:00.000Z', 420),
      state: 'PUBLISHED',
      publishedRun: 'r1',
      publishedAt: '2026-01-06T17:00:00.000Z',
      policy,
    }),
    store.periods.save(null, { ...planPeriod(OPEN, '2026-04-05T17:00:00.000Z', 420), state: 'OPEN' }),
  ]);
});
afterAll(() => api.drop());

const resultOf = (person: string): Result => ({
  staffId: person,
  unitId: unitId('P'),
  shard: 0,
  jobGroup: 'nurse',
  position: 'Perawat',
  assessorId: person === head ? null : head,
  assessedInUnitId: person === head ? null : unitId('P'),
  carriedOver: null,
  leftOut: null,
  verdict: null,
  policyId: 'policy-1',
  presence: null,
  workResult: {
    source: 'PLAN',
    unit: null,
    periods: null,
    planRevision: 1,
    lines: [],
    score: 97_894_737,
    notMeasured: null,
    proposed: 'MEETS',
  },
  behaviour: {
    periods: null,
    poolsOfUnitId: unitId('P'),
    pools: [
      {
        groups: ['PEER', 'SUBORDINATE'],
        raters: 0,
        mean: null,
        points: null,
        notMeasured: 'TOO_FEW_RATERS',
        weight: 4000,
        effectiveWeight: 0,
      },
    ],
    self: null,
    rawScore: null,
    adjusted: null,
    values: [],
    counts: 'RAW',
    score: null,
    notMeasured: 'TOO_FEW_RATERS',
    proposed: null,
  },
  assessor: null,
  workResultRating: 'MEETS',
  behaviourRating: null,
  predicate: null,
  score: 97_894_737,
  scoreShares: null,
  numericClass: null,
  periodId: PUBLISHED,
  run: 'r1',
});

async function mutation<Answer = Payload<'plan', { readonly version: number }>>(
  who: Parameters<typeof send>[1],
  name: string,
  inputType: string,
  input: object,
  selection = '',
): Promise<Answer> {
  const counts = inputType.startsWith('Import') ? 'imported unchanged' : selection;
  const query = `mutation Run($input: ${inputType}!) { answer: ${name}(input: $input) { ${counts} userErrors { code message path } } }`;
  const { data, errors } = await send<{ answer: Answer }>(
    api.handler,
    who,
    query,
    { input },
    { language: 'en' },
  );
  expect(errors).toEqual([]);
  return data.answer;
}

const UNIT_PAGE = `query UnitPage($id: ID!) {
  unit(id: $id) {
    name
    staff(first: 50) {
      nodes {
        name
        plan(year: 2026) { agreed { revision lines { id title weight targets { month target { value } } } } }
        result(periodId: "${PUBLISHED}") {
          predicate score { shown exact } policyNumber ranks { unit { rank of } }
          workResult { score { shown } } behaviour { pools { groups raters notMeasured } }
        }
      }
    }
  }
}`;

interface UnitPage {
  readonly unit: {
    readonly staff: {
      readonly nodes: readonly {
        readonly plan: { readonly agreed: { readonly lines: readonly object[] } } | null;
        readonly result: { readonly score: { readonly shown: string } } | null;
      }[];
    };
  };
}

describe('a unit page', () => {
  test('with 50 staff, their plans of 8 lines and their results costs at most 5 requests', async () => {
    const ask = () => send<UnitPage>(api.handler, caller(head), UNIT_PAGE, { id: unitId('P') });
    // What a process keeps (the organisation's units, the region's clock) is there after its first request.
    await ask();
    const count = countRequests(api.table.client);
    const { data, errors } = await ask();
    count.remove();

    expect(errors).toEqual([]);
    const { nodes } = data.unit.staff;
    expect(nodes).toHaveLength(STAFF);
    expect(nodes.filter(({ plan }) => plan?.agreed.lines.length === 8)).toHaveLength(STAFF - 1);
    expect(nodes.every(({ result }) => result?.score.shown === '97.89')).toBe(true);
    expect(count.total, JSON.stringify(count.byOperation)).toBeLessThanOrEqual(5);
  });

  test('and the tasks of who heads it cost one request a list, however many people and plans there are', async () => {
    const ask = () =>
      send<{ myTasks: { totalCount: number } }>(
        api.handler,
        caller(head),
        '{ myTasks(first: 1) { totalCount } }',
      );
    const first = await ask();
    const count = countRequests(api.table.client);
    const { data, errors } = await ask();
    count.remove();

    expect(errors).toEqual([]);
    expect(data).toEqual(first.data);
    expect(data.myTasks.totalCount).toBeGreaterThan(STAFF - 2);
    expect(count.byOperation).toEqual({ BatchGetItem: 2, GetItem: 1, Query: 13 });
  });

  const counted = async (query: string, who: Parameters<typeof send>[1] = caller(head)) => {
    await send(api.handler, who, query, { id: unitId('P') });
    const count = countRequests(api.table.client);
    const answer = await send(api.handler, who, query, { id: unitId('P') });
    count.remove();
    expect(answer.errors).toEqual([]);
    return count.byOperation;
  };

  test('reads what was reached on every line by key, a hundred at a time, and nothing else more than once', async () => {
    const query = (
      staff: number,
      months: string,
    ) => `query ($id: ID!) { unit(id: $id) { staff(first: ${staff}) { nodes {
      plan(year: 2026) { lines { realisations${months} { value } } } } } } }`;
    const few = await counted(query(2, '(from: "2026-01", to: "2026-03")'));
    expect(few['Query']).toBe(1);
    const many = await counted(query(STAFF, '(from: "2026-01", to: "2026-03")'));
    expect(many['Query']).toBe(1);
    // 49 plans, 8 lines, 3 months: 1,176 keys; a batch of staff and one of plans.
    expect(many['BatchGetItem']).toBe(12 + 2);
  });

  test('reads the results of its units in one batch, without a login too', async () => {
    const units = Array.from({ length: 12 }, (_, at) => ({
      code: `R-${at}`,
      name: `Unit ${at}`,
      kind: 'UPT',
    }));
    await importUnits(api, units);
    const query = `{ units { result(periodId: "${PUBLISHED}") { score { exact } } } }`;
    for (const who of [caller(head), nobody]) {
      const requests = await counted(query, who);
      expect([requests['BatchGetItem'], requests['GetItem'] ?? 0]).toEqual([1, expect.any(Number)]);
      expect(requests['GetItem'] ?? 0).toBeLessThanOrEqual(2);
    }
  });

  test('shows a colleague nothing but the own plan and result', async () => {
    const { data, errors } = await send<UnitPage>(api.handler, caller(nurse), UNIT_PAGE, { id: unitId('P') });
    expect(errors).toEqual([]);
    expect(data.unit.staff.nodes.filter(({ plan }) => plan !== null)).toHaveLength(1);
    expect(data.unit.staff.nodes.filter(({ result }) => result !== null)).toHaveLength(1);
  });
});

describe('results and rankings at the endpoint', () => {
  const RESULT = `query ($id: ID!) { result(staffId: $id, periodId: "${PUBLISHED}") {
    score { exact shown } summary roundingNote behaviour { poolsOfUnit { code } pools { raters notMeasured } }
  } }`;

  test('the person reads figures exact and rounded, and not how few have rated', async () => {
    const { data, errors } = await send(
      api.handler,
      caller(nurse),
      RESULT,
      { id: nurse },
      { language: 'en' },
    );
    expect(errors).toEqual([]);
    expect(data).toMatchObject({
      result: {
        score: { exact: '97.894737', shown: '97.89' },
        behaviour: { poolsOfUnit: { code: 'P' }, pools: [{ raters: null, notMeasured: 'TOO_FEW_RATERS' }] },
      },
    });
    expect(JSON.stringify(data)).toContain('too few have rated');
    expect(JSON.stringify(data)).toContain('those of the unit Puskesmas Melati');
  });

  test.each([
    ['a colleague', caller(colleague), 'FORBIDDEN'],
    ['a planner', planner, 'FORBIDDEN'],
    ['nobody', nobody, 'UNAUTHENTICATED'],
  ])('%s is refused', async (_, who, code) => {
    const { data, codes } = await send(api.handler, who, RESULT, { id: nurse });
    expect([codes, data]).toEqual([[code], { result: null }]);
  });

  test('a cursor of another list is no cursor of a ranking', async () => {
    const RANKING = `query ($after: String) { ranking(periodId: "${PUBLISHED}", scope: { kind: REGION }, after: $after) { totalCount } }`;
    const tasks = await send<{ myTasks: { pageInfo: { endCursor: string } } }>(
      api.handler,
      caller(nurse),
      '{ myTasks(first: 1) { totalCount pageInfo { endCursor } nodes { kind group deadline staff { name } } } }',
    );
    expect(tasks.data).toMatchObject({
      myTasks: {
        totalCount: 3,
        nodes: [{ kind: 'REPORT_REALISATIONS', group: null, deadline: '2026-04-05T17:00:00.000Z' }],
      },
    });
    const after = tasks.data.myTasks.pageInfo.endCursor;
    expect((await send(api.handler, hrAdmin, RANKING, { after })).codes).toEqual(['INVALID_CURSOR']);
    expect((await send(api.handler, hrAdmin, RANKING, { after: 'x' })).codes).toEqual(['INVALID_CURSOR']);
  });

  test('one reads the own line of a ranking', async () => {
    const { data, errors } = await send(
      api.handler,
      caller(nurse),
      `{ ranking(periodId: "${PUBLISHED}", scope: { kind: JOB_GROUP, jobGroup: "nurse" }, around: "${nurse}") {
        totalCount pageInfo { hasNextPage } nodes { rank score { shown } staff { id } unit { code } }
      } }`,
    );
    expect(errors).toEqual([]);
    expect(data).toEqual({
      ranking: {
        totalCount: STAFF,
        pageInfo: { hasNextPage: false },
        nodes: [{ rank: 2, score: { shown: '97.89' }, staff: { id: nurse }, unit: { code: 'P' } }],
      },
    });
  });
});

describe('changes at the endpoint', () => {
  const PLAN =
    'plan { id version proposalState proposal { lines { id targets { month target { value } } } } comments { nodes { author { name } text } } } warnings { code }';

  test('a plan is amended, discussed and agreed; a stale version answers with the plan as it is', async () => {
    const lines = [
      { title: 'Kunjungan', aspect: 'QUANTITY', indicatorId: await indicatorId(), target: { value: '24' } },
    ];
    const amended = await mutation(
      caller(nurse),
      'amendPlan',
      'AmendPlanInput',
      { planId: `${nurse}:2026`, version: 1, reason: 'Tugas baru', lines, equalWeights: true },
      PLAN,
    );
    expect(amended.userErrors).toEqual([]);
    expect(amended.plan).toMatchObject({ proposalState: 'PROPOSED', proposal: { lines: [{ id: 'L9' }] } });

    const stale = await mutation(
      caller(head),
      'agreePlan',
      'AgreePlanInput',
      { planId: `${nurse}:2026`, version: 1 },
      PLAN,
    );
    expect(problemsOf(stale)).toEqual(['CONFLICT version']);
    expect(stale.plan).toMatchObject({ version: 2 });
  });

  test('a stranger who repeats a stale edit learns nothing of the plan', async () => {
    const answer = await mutation(
      caller(colleague),
      'agreePlan',
      'AgreePlanInput',
      { planId: `${nurse}:2026`, version: 1 },
      PLAN,
    );
    expect(problemsOf(answer)).toEqual(['FORBIDDEN']);
    expect(answer.plan).toBeNull();
  });

  test("what is wrong with a rating is said in the reader's language", async () => {
    const input = {
      periodId: OPEN,
      rateeId: nurse,
      group: 'SUPERIOR',
      instrumentId: 'overall',
      scores: [{ itemId: 'OVERALL', score: 9 }],
    };
    const english = await mutation<Payload<'rating', object>>(
      caller(nurse),
      'submitRating',
      'SubmitRatingInput',
      input,
      'rating { group }',
    );
    expect(english.userErrors).toMatchObject([
      {
        code: 'OUT_OF_RANGE',
        path: ['scores', '0', 'score'],
        message: 'Out of range; from 1; to 5.',
      },
      { code: 'SELF_AS_OTHER', path: ['group'], message: 'Oneself can only be rated as oneself.' },
    ]);
    const right = await mutation<Payload<'rating', object>>(
      caller(colleague),
      'submitRating',
      'SubmitRatingInput',
      { ...input, group: 'PEER', scores: [{ itemId: 'OVERALL', score: 4 }] },
      'rating { group scores { itemId score } ratee { id } }',
    );
    expect(right.rating).toEqual({
      group: 'PEER',
      scores: [{ itemId: 'OVERALL', score: 4 }],
      ratee: { id: nurse },
    });
  });

  const indicatorId = async (): Promise<string> => {
    const { data } = await send<{ indicators: { nodes: { id: string }[] } }>(
      api.handler,
      nobody,
      '{ indicators(first: 1) { nodes { id } } }',
    );
    return data.indicators.nodes[0]?.id ?? '';
  };
});
