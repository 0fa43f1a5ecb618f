import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runSchedule } from '../../functions/usecases/close/run-schedule.ts';
import { countRequests } from '../support/dynamodb.ts';
import { type Caller, caller, hrAdmin, nobody, planner, problemsOf, send } from './endpoint-client.ts';
import { type EndpointUnderTest, endpointUnderTest } from './endpoint-under-test.ts';
import { createExampleRegion, people, unitId } from './example-region.ts';

interface Shown {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly read: boolean;
  readonly planId: string | null;
  readonly staff: { readonly name: string } | null;
  readonly period: { readonly id: string } | null;
}

let api: EndpointUnderTest;
beforeAll(async () => {
  api = await endpointUnderTest();
  await createExampleRegion(api);
});
afterAll(() => api.drop());

const nurse = caller(people.nurse);
const head = caller(people.head);
const stranger = caller(people.stranger);

const INBOX = `query ($first: Int! = 50, $after: String) { notices(first: $first, after: $after) {
  nodes { id kind title read planId staff { name } period { id } } pageInfo { hasNextPage endCursor }
} }`;

async function inbox(who: Caller): Promise<readonly Shown[]> {
  const { data, errors } = await send<{ notices: { nodes: Shown[] } }>(api.handler, who, INBOX);
  expect(errors).toEqual([]);
  return data.notices.nodes;
}

const kinds = async (who: Caller): Promise<string[]> => (await inbox(who)).map(({ kind }) => kind);

async function unread(who: Caller): Promise<number> {
  const { data } = await send<{ unreadNotices: { count: number; more: boolean } }>(
    api.handler,
    who,
    '{ unreadNotices { count more } }',
  );
  expect(data.unreadNotices.more).toBe(false);
  return data.unreadNotices.count;
}

async function mutate<Payload>(who: Caller | null, name: string, type: string, input: object) {
  const answer = await send<
    Record<string, Payload & { userErrors: { code: string; message: string; path: string[] }[] }>
  >(
    api.handler,
    who,
    `mutation ($input: ${type}!) { ${name}(input: $input) { userErrors { code message path } } }`,
    { input },
  );
  return { payload: answer.data[name], codes: answer.codes };
}

const done = async (who: Caller, name: string, type: string, input: object): Promise<void> => {
  const { payload, codes } = await mutate(who, name, type, input);
  expect([codes, payload?.userErrors]).toEqual([[], []]);
};

const line = { title: 'Melayani pasien', kind: 'MAIN', aspect: 'QUANTITY', weight: 10_000 };

describe('an inbox', () => {
  test('hears of the dialogue on a plan, each side of what the other did', async () => {
    await done(planner, 'importIndicators', 'ImportIndicatorsInput', {
      rows: [
        {
          code: 'I',
          name: 'Pasien',
          source: 'register',
          unitOfMeasure: 'orang',
          polarity: 'MAXIMIZE',
          buildUp: 'SUM',
          effectiveFrom: '2025-01-01',
        },
      ],
    });
    const { data } = await send<{ indicators: { nodes: { id: string }[] } }>(
      api.handler,
      nurse,
      '{ indicators { nodes { id } } }',
    );
    const lines = [{ ...line, indicatorId: data.indicators.nodes[0]?.id, target: { value: '120' } }];
    await done(nurse, 'proposePlan', 'ProposePlanInput', { staffId: people.nurse, year: 2026, lines });
    const planId = `${people.nurse}:2026`;
    expect(await inbox(head)).toMatchObject([
      { kind: 'PLAN_PROPOSED', planId, staff: { name: 'Citra Perawat' }, read: false },
    ]);
    expect(await inbox(nurse)).toEqual([]);

    api.at('2026-03-10T03:00:00.000Z');
    await done(head, 'requestPlanChanges', 'RequestPlanChangesInput', {
      planId,
      version: 1,
      text: 'Lebih rinci',
    });
    api.at('2026-03-10T04:00:00.000Z');
    await done(nurse, 'proposePlan', 'ProposePlanInput', {
      staffId: people.nurse,
      year: 2026,
      version: 2,
      lines,
    });
    api.at('2026-03-10T05:00:00.000Z');
    await done(head, 'agreePlan', 'AgreePlanInput', { planId, version: 3 });

    expect(await kinds(head)).toEqual(['PLAN_PROPOSED', 'PLAN_PROPOSED']);
    expect(await inbox(nurse)).toMatchObject([
      { kind: 'PLAN_AGREED', staff: null },
      { kind: 'PLAN_CHANGES_REQUESTED', staff: null },
    ]);
    expect(await unread(nurse)).toBe(2);
  });

  test('hears of signed feedback, and not at once of what nobody signed: the hour would tell who wrote it', async () => {
    const give = (who: Caller) =>
      mutate(who, 'giveFeedback', 'GiveFeedbackInput', {
        staffId: people.colleague,
        value: 'SERVICE',
        text: 'Ramah kepada pasien',
      });
    const before = (await kinds(caller(people.colleague))).length;
    await give(nurse);
    expect(await kinds(caller(people.colleague))).toHaveLength(before);
    expect((await give(head)).payload?.userErrors).toEqual([]);
    expect((await kinds(caller(people.colleague)))[0]).toBe('FEEDBACK_GIVEN');
  });

  test('hears of periods with everybody else: opened, nearly closed, once however often the schedule runs', async () => {
    await done(hrAdmin, 'planPeriod', 'PlanPeriodInput', {
      id: '2026-Q1',
      closesAt: '2026-04-05T17:00:00.000Z',
    });
    const schedule = { ...api.deps, startClose: async () => undefined };
    await runSchedule(schedule);
    expect(await kinds(stranger)).toEqual(['PERIOD_OPENED']);
    for (const instant of [
      '2026-03-30T00:00:00.000Z',
      '2026-03-30T01:00:00.000Z',
      '2026-04-05T00:00:00.000Z',
    ]) {
      api.at(instant);
      await Promise.all([runSchedule(schedule), runSchedule(schedule)]);
    }
    expect(await inbox(stranger)).toMatchObject([
      {
        kind: 'DEADLINE_NEAR',
        title: 'Periode 2026-Q1 segera ditutup (sisa hari: 1)',
        period: { id: '2026-Q1' },
      },
      { kind: 'DEADLINE_NEAR', title: 'Periode 2026-Q1 segera ditutup (sisa hari: 7)' },
      { kind: 'PERIOD_OPENED' },
    ]);
  });

  test('is told to a unit and those below it, and to those with a role', async () => {
    const { store } = api.deps;
    await store.notices.put({
      kind: 'ANNOUNCEMENT',
      to: [{ kind: 'UNIT', unitId: unitId('D') }],
      refs: { subjectId: 'a-1' },
      at: '2026-04-05T00:00:01.000Z',
    });
    await store.notices.put({
      kind: 'OBJECTION_OVERDUE',
      to: [{ kind: 'ROLE', role: 'HR_ADMIN' }],
      refs: {},
      at: '2026-04-05T00:00:02.000Z',
    });
    expect((await kinds(nurse))[0]).toBe('ANNOUNCEMENT');
    expect(await kinds(stranger)).not.toContain('ANNOUNCEMENT');
    expect(await kinds(hrAdmin)).toContain('OBJECTION_OVERDUE');
    expect(await kinds(nurse)).not.toContain('OBJECTION_OVERDUE');
  });

  test('is read page by page, newest first, across what it is made of', async () => {
    const whole = await inbox(nurse);
    expect(whole.length).toBeGreaterThan(5);
    const paged: string[] = [];
    let after: string | null = null;
    do {
      const {
        data,
      }: { data: { notices: { nodes: Shown[]; pageInfo: { hasNextPage: boolean; endCursor: string } } } } =
        await send(api.handler, nurse, INBOX, { first: 2, after });
      paged.push(...data.notices.nodes.map(({ id }) => id));
      after = data.notices.pageInfo.hasNextPage ? data.notices.pageInfo.endCursor : null;
    } while (after !== null);
    expect(paged).toEqual(whole.map(({ id }) => id));
  });

  test('costs the same requests whatever is in it', async () => {
    const counted = countRequests(api.table.client);
    await inbox(nurse);
    counted.remove();
    // Version of the organisation, the person and the marks together; own, all, two units, the unit alone; who proposed.
    expect(counted.byOperation).toEqual({ BatchGetItem: 1, GetItem: 1, Query: 5 });
  });

  test('is read once for the list and for the count of what is unread', async () => {
    const counted = countRequests(api.table.client);
    const both = await send<{
      unreadNotices: { count: number };
      notices: { nodes: { read: boolean }[]; pageInfo: { hasNextPage: boolean } };
    }>(
      api.handler,
      nurse,
      '{ unreadNotices { count } notices(first: 1) { nodes { read } pageInfo { hasNextPage } } }',
    );
    counted.remove();
    expect(counted.byOperation).toEqual({ BatchGetItem: 1, Query: 5 });
    expect(both.data.unreadNotices.count).toBe(await unread(nurse));
    expect(both.data.notices).toEqual({ nodes: [{ read: false }], pageInfo: { hasNextPage: true } });
  });

  test('counts what is unread anew after each mark of one request', async () => {
    const ids = (await inbox(head)).map(({ id }) => id);
    const { data } = await send<Record<string, { unread: { count: number } }>>(
      api.handler,
      head,
      `mutation { one: markNoticesRead(input: { ids: ["${ids[0]}"] }) { unread { count } }
        two: markAllNoticesRead(input: {}) { unread { count } } }`,
    );
    expect([data['one']?.unread.count, data['two']?.unread.count]).toEqual([ids.length - 1, 0]);
  });

  test('remembers what one has read, for oneself alone', async () => {
    const ids = (await inbox(nurse)).filter(({ kind }) => kind !== 'PLAN_AGREED').map(({ id }) => id);
    await done(nurse, 'markNoticesRead', 'MarkNoticesReadInput', { ids });
    await done(nurse, 'markNoticesRead', 'MarkNoticesReadInput', { ids });
    expect(await unread(nurse)).toBe(1);
    expect((await inbox(nurse)).filter(({ read }) => !read).map(({ kind }) => kind)).toEqual(['PLAN_AGREED']);
    expect((await inbox(caller(people.colleague))).every(({ read }) => !read)).toBe(true);

    await done(nurse, 'markAllNoticesRead', 'MarkAllNoticesReadInput', {});
    expect(await unread(nurse)).toBe(0);
    await done(nurse, 'markAllNoticesRead', 'MarkAllNoticesReadInput', { upTo: '2026-03-01T00:00:00.000Z' });
    expect(await unread(nurse)).toBe(0);
  });

  test("is nobody else's to mark, and not the public's to read", async () => {
    const [theirs] = (await inbox(head)).filter(({ kind }) => kind === 'PLAN_PROPOSED');
    const { payload } = await mutate(nurse, 'markNoticesRead', 'MarkNoticesReadInput', {
      ids: [theirs?.id, 'x'],
    });
    expect(problemsOf(payload ?? { userErrors: [] })).toEqual(['NOT_FOUND ids 0', 'NOT_FOUND ids 1']);
    expect((await send(api.handler, nobody, INBOX)).codes).toEqual(['UNAUTHENTICATED']);
    const ahead = await mutate(nurse, 'markAllNoticesRead', 'MarkAllNoticesReadInput', {
      upTo: '2027-01-01T00:00:00.000Z',
    });
    expect(problemsOf(ahead.payload ?? { userErrors: [] })).toEqual(['OUT_OF_RANGE upTo']);
  });
});
