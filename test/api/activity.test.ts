import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { planPeriod } from '../../functions/domain/period/period.ts';
import type { Store } from '../../functions/store/store.ts';
import { countRequests } from '../support/dynamodb.ts';
import { upload } from '../support/files.ts';
import { write } from '../workflow/region.ts';
import {
  auditor,
  type Caller,
  caller,
  type Failure,
  hrAdmin,
  planner,
  problemsOf,
  send,
} from './endpoint-client.ts';
import { type EndpointUnderTest, endpointUnderTest } from './endpoint-under-test.ts';
import { createExampleRegion, nipOf, people, unitId } from './example-region.ts';

const nurse = caller(people.nurse);
const colleague = caller(people.colleague);
const head = caller(people.head);
const agencyHead = caller(people.agencyHead);
const stranger = caller(people.stranger);
const planId = `${people.nurse}:2026`;

/** Runs before the next read of a month's activities: between what a verification has read and its commit. */
let meanwhile: (() => Promise<unknown>) | null = null;
const around = (store: Store): Store => ({
  ...store,
  activities: {
    ...store.activities,
    ofMonth: async (...asked) => {
      const found = await store.activities.ofMonth(...asked);
      const act = meanwhile;
      meanwhile = null;
      await act?.();
      return found;
    },
  },
});

let api: EndpointUnderTest;
beforeAll(async () => {
  api = await endpointUnderTest({ around });
  await createExampleRegion(api);
  const indicator = (code: string, more: object) => ({
    code,
    name: code,
    source: 'register',
    unitOfMeasure: 'pasien',
    polarity: 'MAXIMIZE',
    effectiveFrom: '2026-01-01',
    ...more,
  });
  const indicators = [
    indicator('VISITS', { buildUp: 'SUM', realisedBy: 'ACTIVITY' }),
    indicator('WAITING', { buildUp: 'LATEST', polarity: 'MINIMIZE', realisedBy: 'ACTIVITY' }),
    indicator('TRAINING', { buildUp: 'SUM' }),
  ];
  expect(await mutate(planner, 'importIndicators', { rows: indicators })).toMatchObject({ userErrors: [] });
  const lines = indicators.map(({ code }, at) => ({
    id: `L${at + 1}`,
    indicatorCode: code,
    target: { value: '120' },
  }));
  const rows = [3, 4, 5].map((serial) => ({ nip: nipOf(serial), year: 2026, lines }));
  expect(await mutate(planner, 'importPlans', { rows })).toMatchObject({ userErrors: [] });
  const agreements = [{ unitCode: 'P', year: 2026, lines }];
  expect(await mutate(planner, 'importAgreements', { rows: agreements })).toMatchObject({ userErrors: [] });

  const { store } = api.deps;
  await write(store, [
    store.periods.save(null, {
      ...planPeriod('2025-Q4', '2026-01-05T17:00:00.000Z', 420),
      state: 'PUBLISHED',
    }),
    store.periods.save(null, { ...planPeriod('2026-Q1', '2026-04-05T17:00:00.000Z', 420), state: 'OPEN' }),
  ]);
});
afterAll(() => api.drop());
beforeEach(() => {
  meanwhile = null;
});

interface Stored {
  readonly id: string;
  readonly version: number;
  readonly state: string;
  readonly returnReason: string | null;
  readonly evidence: readonly { readonly id: string; readonly fileName: string }[];
}
interface Answer {
  readonly activity: Stored | null;
  readonly realisation: { readonly version: number } | null;
  readonly userErrors: readonly Failure[];
}

const SELECTIONS: Readonly<Record<string, string>> = {
  Activity: 'activity { id version state returnReason evidence { id fileName } }',
  Evidence: 'activity { id version state returnReason evidence { id fileName } } realisation { version }',
  Realisation: 'realisation { version state value }',
  verifyActivities: 'imported unchanged',
  requestEvidenceUpload: 'upload { evidenceId url fields { name value } confirmBefore }',
};

async function mutate<T = Answer>(who: Caller | null, name: string, input: object): Promise<T> {
  const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`;
  const selection =
    SELECTIONS[name] ?? Object.entries(SELECTIONS).find(([kind]) => name.endsWith(kind))?.[1] ?? '';
  const { data, errors } = await send<{ answer: T }>(
    api.handler,
    who,
    `mutation ($input: ${type}!) { answer: ${name}(input: $input) { ${selection} userErrors { code message path } } }`,
    { input },
    { language: 'en' },
  );
  expect(errors).toEqual([]);
  return data.answer;
}

const report = (more: object = {}, who: Caller | null = nurse) =>
  mutate(who, 'reportActivity', {
    planId,
    lineId: 'L1',
    day: '2026-03-02',
    title: 'Kunjungan rumah',
    amount: '3',
    ...more,
  });

async function reported(more: object = {}, who: Caller = nurse): Promise<Stored> {
  const { activity, userErrors } = await report(more, who);
  expect(userErrors).toEqual([]);
  if (activity === null) throw new Error('not reported');
  return activity;
}

const verify = ({ id, version }: Stored, who: Caller = head) =>
  mutate(who, 'verifyActivity', { id, version });
const giveBack = ({ id, version }: Stored, reason = 'jumlahnya keliru', who: Caller = head) =>
  mutate(who, 'returnActivity', { id, version, reason });

async function changed(change: Promise<Answer>): Promise<Stored> {
  const { activity, userErrors } = await change;
  expect(userErrors).toEqual([]);
  if (activity === null) throw new Error('no activity');
  return activity;
}

interface Trace {
  readonly realisation: {
    readonly value: string;
    readonly state: string;
    readonly activities: number;
    readonly version: number;
  };
  readonly activities: readonly { readonly id: string; readonly amount: string }[];
}

const trace = async (lineId: string, month = '2026-03', of = planId): Promise<Trace | null> => {
  const { data, errors } = await send<{ realisationTrace: Trace | null }>(
    api.handler,
    head,
    `query ($planId: ID!, $lineId: ID!, $month: Month!) { realisationTrace(planId: $planId, lineId: $lineId, month: $month) {
      realisation { value state rejection activities version } activities { id amount } } }`,
    { planId: of, lineId, month },
  );
  expect(errors).toEqual([]);
  return data.realisationTrace;
};

interface Listed {
  readonly list: {
    readonly nodes: readonly { readonly id: string; readonly staff: { readonly name: string } }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}
const PAGE = 'nodes { id day state staff { name } } pageInfo { hasNextPage endCursor }';
const waiting = (who: Caller | null, filter: object = {}, first = 100, cursor: string | null = null) =>
  send<Listed>(
    api.handler,
    who,
    `query ($filter: ReportedActivityFilter!, $first: Int!, $after: String) { list: reportedActivities(filter: $filter, first: $first, after: $after) { ${PAGE} } }`,
    { filter, first, after: cursor },
  );
const waitingIds = async (who: Caller, filter: object = {}) =>
  (await waiting(who, filter)).data.list.nodes.map(({ id }) => id);

test('a month waits for a report until an activity of its line is reported, or a figure of a line without', async () => {
  const missing = async (): Promise<number> => {
    const { data } = await send<{
      myTasks: { nodes: readonly { kind: string; planId: string | null; count: number }[] };
    }>(api.handler, nurse, '{ myTasks(first: 100) { nodes { kind planId count } } }');
    const tasks = data.myTasks.nodes.filter(({ kind }) => kind === 'REPORT_REALISATIONS');
    expect(tasks.map((task) => task.planId)).toEqual([planId]);
    return tasks[0]?.count ?? 0;
  };
  // Three lines, in January and February.
  expect(await missing()).toBe(6);
  const first = await reported({ lineId: 'L2', day: '2026-01-15' });
  const second = await reported({ lineId: 'L2', day: '2026-01-16' });
  expect(await missing()).toBe(5);
  const returned = await changed(giveBack(first));
  expect(await missing()).toBe(5);
  await changed(giveBack(second));
  expect(await missing()).toBe(6);

  const again = await changed(
    mutate(nurse, 'correctActivity', {
      id: returned.id,
      version: returned.version,
      lineId: 'L2',
      title: 'Kunjungan rumah',
      amount: '3',
    }),
  );
  expect(await missing()).toBe(5);
  await changed(verify(again));
  expect(await missing()).toBe(5);
});

describe('a month of a nurse', () => {
  test('is built from what she did, as far as the head of the puskesmas verified it', async () => {
    const first = await reported({ amount: '3.5' });
    expect(first.state).toBe('REPORTED');
    expect(await waitingIds(head)).toContain(first.id);
    expect(await trace('L1')).toBeNull();

    const verified = await changed(verify(first));
    expect(verified.state).toBe('VERIFIED');
    expect(await waitingIds(head)).not.toContain(first.id);
    const second = await reported({ day: '2026-03-09', amount: '0.25' });
    await changed(verify(second));
    expect(await trace('L1')).toEqual({
      realisation: { value: '3.75', state: 'VERIFIED', rejection: null, activities: 2, version: 2 },
      activities: [
        { id: first.id, amount: '3.5' },
        { id: second.id, amount: '0.25' },
      ],
    });

    // What turns out to be wrong after all is returned, corrected, and sent again.
    const returned = await changed(giveBack(verified, 'satu pasien terhitung dua kali'));
    expect(returned).toMatchObject({ state: 'RETURNED', returnReason: 'satu pasien terhitung dua kali' });
    expect(await trace('L1')).toMatchObject({ realisation: { value: '0.25', activities: 1 } });
    const { data } = await send<{ notices: { nodes: readonly { kind: string; subjectId: string }[] } }>(
      api.handler,
      nurse,
      '{ notices(first: 5) { nodes { kind subjectId } } }',
    );
    expect(data.notices.nodes).toContainEqual({ kind: 'ACTIVITY_RETURNED', subjectId: first.id });

    const corrected = await changed(
      mutate(nurse, 'correctActivity', {
        id: first.id,
        version: returned.version,
        lineId: 'L1',
        title: 'Kunjungan rumah, tanpa rangkap',
        amount: '2.5',
      }),
    );
    expect(corrected).toMatchObject({ state: 'REPORTED', returnReason: null });
    expect(await trace('L1')).toMatchObject({ realisation: { value: '0.25', activities: 1 } });
    await changed(verify(corrected));
    expect(await trace('L1')).toMatchObject({ realisation: { value: '2.75', activities: 2 } });
  });

  test('waits for the assessor as long as the quarter takes it', async () => {
    const early = await reported({ day: '2026-01-05' });
    expect(await waitingIds(head)).toContain(early.id);
    await changed(mutate(nurse, 'withdrawActivity', { id: early.id, version: early.version }));
    expect(await waitingIds(head, { state: 'WITHDRAWN' })).not.toContain(early.id);
    expect(await waitingIds(head, { state: 'WITHDRAWN', from: '2026-01-01' })).toContain(early.id);
  });

  test('takes the last figure where the indicator does, and none stands when none is left', async () => {
    const late = await changed(verify(await reported({ lineId: 'L2', day: '2026-02-20', amount: '14' })));
    const early = await changed(verify(await reported({ lineId: 'L2', day: '2026-02-03', amount: '9' })));
    expect(await trace('L2', '2026-02')).toMatchObject({ realisation: { value: '14', activities: 2 } });

    await changed(giveBack(late));
    expect(await trace('L2', '2026-02')).toMatchObject({ realisation: { value: '9', activities: 1 } });
    await changed(giveBack(early, 'bukan angka loket kita'));
    expect(await trace('L2', '2026-02')).toMatchObject({
      realisation: { state: 'REJECTED', rejection: 'bukan angka loket kita', activities: 0 },
      activities: [],
    });
  });

  test('cannot be reported by hand there, and its figure is verified only activity by activity', async () => {
    const key = { planId, lineId: 'L1', month: '2026-03' };
    const byHand = await mutate(nurse, 'reportRealisation', { ...key, value: '99', version: 2 });
    expect(problemsOf(byHand)).toEqual(['REALISED_BY_ACTIVITY lineId']);
    const version = (await trace('L1'))?.realisation.version;
    expect(problemsOf(await mutate(nurse, 'reportRealisation', { ...key, value: '99', version }))).toEqual([
      'REALISED_BY_ACTIVITY lineId',
    ]);
    expect(problemsOf(await mutate(head, 'rejectRealisation', { ...key, version, reason: 'x' }))).toEqual([
      'REALISED_BY_ACTIVITY lineId',
    ]);
    const rejected = await trace('L2', '2026-02');
    expect(
      problemsOf(
        await mutate(head, 'verifyRealisation', {
          planId,
          lineId: 'L2',
          month: '2026-02',
          version: rejected?.realisation.version,
        }),
      ),
    ).toEqual(['REALISED_BY_ACTIVITY lineId']);
    const rows = [{ ownerKind: 'STAFF', owner: nipOf(3), lineId: 'L1', month: '2026-03', value: '99' }];
    expect(problemsOf(await mutate(planner, 'importRealisations', { rows }))).toEqual([
      'REALISED_BY_ACTIVITY rows 0 lineId',
    ]);

    // Where it is reported by hand it still is: another indicator, and the unit's agreement.
    expect(
      problemsOf(await mutate(nurse, 'reportRealisation', { ...key, lineId: 'L3', value: '4' })),
    ).toEqual([]);
    const unit = { planId: `unit:${unitId('P')}:2026`, lineId: 'L1', month: '2026-03', value: '200' };
    expect(problemsOf(await mutate(head, 'reportRealisation', unit))).toEqual([]);
  });

  test('counts both of two verifications at once', async () => {
    const [one, two] = [await reported({ day: '2026-01-12' }), await reported({ day: '2026-01-13' })];
    // The second is verified after the first has read the month and before it is written.
    meanwhile = () => verify(two);
    await changed(verify(one));

    expect(await trace('L1', '2026-01')).toMatchObject({ realisation: { value: '6', activities: 2 } });

    // And one is returned while another is verified.
    const third = await reported({ day: '2026-01-14', amount: '10' });
    meanwhile = () => giveBack({ ...two, version: 2 });
    await changed(verify(third));
    expect(await trace('L1', '2026-01')).toMatchObject({ realisation: { value: '13', activities: 2 } });

    // Many at once: each either counts or is told to try again.
    const many = await Promise.all([15, 16, 17, 18].map((day) => reported({ day: `2026-01-${day}` })));
    const answers = await Promise.all(many.map((each) => verify(each)));
    const counted = answers.filter(({ userErrors }) => userErrors.length === 0).length;
    expect(counted).toBeGreaterThan(0);
    expect(await trace('L1', '2026-01')).toMatchObject({
      realisation: { value: String(13 + 3 * counted), activities: 2 + counted },
    });
  });
});

describe('several activities', () => {
  const verifyAll = (activities: readonly Stored[], who: Caller = head) =>
    mutate<{ imported: number; unchanged: number; userErrors: readonly Failure[] }>(who, 'verifyActivities', {
      activities: activities.map(({ id, version }) => ({ id, version })),
    });

  test('are verified at once, each by itself, and repeated by nobody', async () => {
    const good = [
      await reported({ day: '2026-02-16', amount: '1' }),
      await reported({ day: '2026-02-17', amount: '2' }),
    ];
    const gone = await reported({ day: '2026-02-18' });
    await changed(mutate(nurse, 'withdrawActivity', { id: gone.id, version: gone.version }));
    const others = await reported(
      { planId: `${people.other}:2026`, day: '2026-02-18' },
      caller(people.other),
    );
    const all = [...good, { ...gone, version: 2 }, others];

    const answer = await verifyAll(all);
    expect(answer).toMatchObject({ imported: 2, unchanged: 0 });
    expect(problemsOf(answer)).toEqual(['WRONG_STATE activities 2', 'FORBIDDEN activities 3']);
    expect(await trace('L1', '2026-02')).toMatchObject({ realisation: { value: '3', activities: 2 } });
    expect(await verifyAll(good)).toEqual({ imported: 0, unchanged: 2, userErrors: [] });

    expect(problemsOf(await verifyAll([good[0] ?? gone], nurse))).toEqual(['FORBIDDEN activities 0']);
    expect(problemsOf(await verifyAll([]))).toEqual(['REQUIRED activities']);
    expect(problemsOf(await verifyAll(Array(51).fill(gone)))).toEqual(['TOO_MANY activities']);
  });
});

describe('an activity', () => {
  let read: Stored;
  beforeAll(async () => {
    read = await reported({ lineId: 'L3', amount: null });
  });

  test('is refused with everything that is wrong', async () => {
    const wrong = await report({ lineId: 'L9', day: '2026-03-30', title: '', amount: null });
    expect(problemsOf(wrong)).toEqual(['OUT_OF_RANGE day', 'NOT_FOUND lineId', 'REQUIRED title']);
    expect(problemsOf(await report({ amount: null }))).toEqual(['REQUIRED amount']);
    expect(problemsOf(await report({ day: '2025-12-30' }))).toEqual(['OUTSIDE_PERIOD day']);
  });

  test('in a closed period is refused, by its gates also at the last moment', async () => {
    const { store } = api.deps;
    const open = await reported({ day: '2026-02-02' });
    const period = await store.periods.get('2026-Q1');
    const shut = (state: 'CLOSING' | 'OPEN') => async () => {
      const before = await store.periods.get('2026-Q1');
      if (before === null) throw new Error('no period');
      await write(store, [store.periods.save(before, { ...before, state })]);
    };
    expect(period?.state).toBe('OPEN');
    meanwhile = shut('CLOSING');
    const late = await report({ day: '2026-02-03' });
    expect(late.userErrors.map(({ code }) => code)).toEqual(['PERIOD_CLOSED']);
    expect(problemsOf(await verify(open))).toEqual(['PERIOD_CLOSED day']);
    await shut('OPEN')();
    expect(problemsOf(await verify(open))).toEqual([]);
  });

  test('is withdrawn by its owner until it is verified, and repeated by nobody', async () => {
    const input = {
      planId,
      lineId: 'L3',
      day: '2026-03-03',
      title: 'Rapat',
      idempotencyKey: 'rapat-1',
    };
    const first = await mutate(nurse, 'reportActivity', input);
    expect((await mutate(nurse, 'reportActivity', input)).activity).toEqual(first.activity);
    if (first.activity === null) throw new Error('not reported');
    const { id, version } = first.activity;
    expect(problemsOf(await mutate(nurse, 'withdrawActivity', { id, version: 9 }))).toEqual([
      'CONFLICT version',
    ]);
    expect(await changed(mutate(nurse, 'withdrawActivity', { id, version }))).toMatchObject({
      state: 'WITHDRAWN',
    });
    const gone = { ...first.activity, version: 2 };
    expect(problemsOf(await verify(gone))).toEqual(['WRONG_STATE']);
  });

  test.each([
    ['a colleague', colleague],
    ['a stranger', stranger],
    ["the assessor's superior", agencyHead],
    ['personnel', hrAdmin],
    ['an auditor', auditor],
    ['a planner', planner],
  ])('is neither reported nor verified by %s', async (_, who) => {
    expect(problemsOf(await report({}, who))).toEqual(['FORBIDDEN']);
    expect(problemsOf(await verify(read, who))).toEqual(['FORBIDDEN']);
    expect(problemsOf(await giveBack(read, 'x', who))).toEqual(['FORBIDDEN']);
  });

  test('is verified by the assessor, and by nobody for themselves', async () => {
    const activity = await reported({ lineId: 'L3', amount: null });
    expect(problemsOf(await verify(activity, nurse))).toEqual(['FORBIDDEN']);
    expect(problemsOf(await report({}, head))).toEqual(['FORBIDDEN']);
    expect(problemsOf(await report({}, null))).toEqual(['UNAUTHENTICATED']);
    const { id, version } = activity;
    expect(problemsOf(await mutate(head, 'withdrawActivity', { id, version }))).toEqual(['FORBIDDEN']);
  });

  const READERS: readonly (readonly [string, Caller | null, string])[] = [
    ['the person', nurse, ''],
    ['the assessor', head, ''],
    ["the assessor's superior", agencyHead, ''],
    ['personnel', hrAdmin, ''],
    ['an auditor', auditor, ''],
    ['a colleague', colleague, 'FORBIDDEN'],
    ['a stranger', stranger, 'FORBIDDEN'],
    ['a planner', planner, 'FORBIDDEN'],
    ['the public', null, 'UNAUTHENTICATED'],
  ];
  test.each(READERS)('is read by %s as the policy says', async (_, who, refusal) => {
    const { id } = read;
    const found = await send<{ activity: { id: string } | null }>(
      api.handler,
      who,
      'query ($id: ID!) { activity(id: $id) { id } }',
      { id },
    );
    const list = await send(
      api.handler,
      who,
      'query ($staffId: ID!) { activities(filter: { staffId: $staffId, lineId: "L3" }, first: 100) { nodes { id } } }',
      { staffId: people.nurse },
    );
    const traced = await send(
      api.handler,
      who,
      `query ($planId: ID!) { realisationTrace(planId: $planId, lineId: "L1", month: "2026-03") { activities { id } } }`,
      { planId },
    );
    const codes = [found.codes, list.codes, traced.codes];
    expect(codes).toEqual(refusal === '' ? [[], [], []] : [[refusal], [refusal], [refusal]]);
    if (refusal === '') expect(found.data.activity).toEqual({ id });
  });
});

describe('the list of a superior', () => {
  test('has the people whom they assess and nobody else, by day, page by page', async () => {
    const other = `${people.other}:2026`;
    const mine = await reported({ planId: `${people.colleague}:2026`, day: '2026-02-11' }, colleague);
    const others = await reported({ planId: other, day: '2026-02-12' }, caller(people.other));

    expect(await waitingIds(head)).toContain(mine.id);
    expect(await waitingIds(head)).not.toContain(others.id);
    expect(await waitingIds(agencyHead)).toContain(others.id);
    expect(await waitingIds(agencyHead)).not.toContain(mine.id);
    expect(await waitingIds(stranger)).toEqual([]);
    expect(await waitingIds(nurse)).toEqual([]);
    expect((await waiting(null)).codes).toEqual(['UNAUTHENTICATED']);

    const whole = await waitingIds(head, { from: '2026-01-01' });
    const paged: string[] = [];
    let cursor: string | null = null;
    do {
      const { data } = await waiting(head, { from: '2026-01-01' }, 2, cursor);
      paged.push(...data.list.nodes.map(({ id }) => id));
      cursor = data.list.pageInfo.hasNextPage ? data.list.pageInfo.endCursor : null;
    } while (cursor !== null);
    expect(paged).toEqual(whole);
    expect((await waiting(head, { from: '2024-01-01' })).codes).toEqual(['OUT_OF_RANGE']);
  });

  test('costs as many requests with many activities as with few', async () => {
    const ask = () => waiting(head, { from: '2026-02-01' });
    const counted = async () => {
      await ask();
      const count = countRequests(api.table.client);
      await ask();
      count.remove();
      return count.total;
    };
    const few = await counted();
    for (let day = 10; day < 18; day += 1)
      await reported({ lineId: 'L3', amount: null, day: `2026-02-${day}` });

    expect(await counted()).toBe(few);
    expect(few).toBeLessThanOrEqual(8);
  });
});

describe('evidence', () => {
  const CONTENT = Buffer.from('%PDF-1.7 daftar hadir kunjungan');
  const announced = {
    fileName: 'Daftar hadir Siti.pdf',
    type: 'PDF',
    size: CONTENT.length,
    sha256: createHash('sha256').update(CONTENT).digest('hex'),
  };
  interface Upload {
    readonly upload: {
      readonly evidenceId: string;
      readonly url: string;
      readonly fields: readonly { readonly name: string; readonly value: string }[];
    } | null;
    readonly userErrors: readonly Failure[];
  }
  const ask = (target: object, more: object = {}, who: Caller = nurse) =>
    mutate<Upload>(who, 'requestEvidenceUpload', { target, ...announced, ...more });
  const uploaded = async (target: object, who: Caller = nurse): Promise<string> => {
    const { upload: ticket, userErrors } = await ask(target, {}, who);
    expect(userErrors).toEqual([]);
    if (ticket === null) throw new Error('no ticket');
    const fields = Object.fromEntries(ticket.fields.map(({ name, value }) => [name, value]));
    expect((await upload({ url: ticket.url, fields }, CONTENT)).status).toBe(204);
    return ticket.evidenceId;
  };
  const confirm = (target: object, evidenceId: string, who: Caller = nurse) =>
    mutate(who, 'confirmEvidence', { target, evidenceId });
  const link = (target: object, evidenceId: string, who: Caller | null) =>
    send<{ evidenceLink: { url: string; fileName: string } }>(
      api.handler,
      who,
      'query ($target: EvidenceTargetInput!, $id: ID!) { evidenceLink(target: $target, evidenceId: $id) { url fileName expiresAt } }',
      { target, id: evidenceId },
    );

  test('of an activity is uploaded, confirmed, and downloaded by those who may read the activity', async () => {
    const { id } = await reported({ day: '2026-03-04' });
    const target = { activityId: id };
    const evidenceId = await uploaded(target);
    const confirmed = await confirm(target, evidenceId);
    expect(confirmed.activity).toMatchObject({
      version: 2,
      evidence: [{ id: evidenceId, fileName: announced.fileName }],
    });
    // Once more changes nothing.
    expect((await confirm(target, evidenceId)).activity).toEqual(confirmed.activity);

    for (const who of [nurse, head, agencyHead, hrAdmin, auditor]) {
      const { data, errors } = await link(target, evidenceId, who);
      expect(errors).toEqual([]);
      const { url, fileName } = data.evidenceLink;
      expect(fileName).toBe(announced.fileName);
      for (const personal of [people.nurse, 'Siti', nipOf(3)]) expect(url).not.toContain(personal);
      const response = await fetch(url);
      expect(response.headers.get('content-disposition')).toBe(
        `attachment; filename="bukti-${evidenceId}.pdf"`,
      );
      expect(Buffer.from(await response.arrayBuffer())).toEqual(CONTENT);
    }
    for (const who of [colleague, stranger, planner])
      expect((await link(target, evidenceId, who)).codes).toEqual(['FORBIDDEN']);
    expect((await link(target, evidenceId, null)).codes).toEqual(['UNAUTHENTICATED']);
    expect((await link(target, 'e-none', nurse)).codes).toEqual(['NOT_FOUND']);
  });

  test('belongs to who uploaded it and to one thing', async () => {
    const one = { activityId: (await reported({ day: '2026-03-05' })).id };
    const two = { activityId: (await reported({ day: '2026-03-06' })).id };
    const evidenceId = await uploaded(one);

    expect(problemsOf(await confirm(two, evidenceId))).toEqual(['FILE_MISSING evidenceId']);
    expect(problemsOf(await confirm(one, evidenceId, colleague))).toEqual(['FORBIDDEN']);
    expect(problemsOf(await confirm(one, evidenceId, head))).toEqual(['FORBIDDEN']);
    expect(problemsOf(await confirm(one, evidenceId))).toEqual([]);
    expect((await link(two, evidenceId, nurse)).codes).toEqual(['NOT_FOUND']);
  });

  test('that nobody uploaded or confirmed in time does not count', async () => {
    const target = { activityId: (await reported({ day: '2026-03-05' })).id };
    const { upload: ticket } = await ask(target);
    expect(problemsOf(await confirm(target, ticket?.evidenceId ?? ''))).toEqual(['FILE_MISSING evidenceId']);
    expect(problemsOf(await confirm(target, 'e-none'))).toEqual(['FILE_MISSING evidenceId']);

    const evidenceId = await uploaded(target);
    api.at('2026-03-11T02:00:01.000Z');
    expect(problemsOf(await confirm(target, evidenceId))).toEqual(['FILE_MISSING evidenceId']);
    api.at('2026-03-10T02:00:00.000Z');
    expect(problemsOf(await confirm(target, evidenceId))).toEqual([]);
  });

  test('is refused with everything that is wrong, and for what is verified', async () => {
    const activity = await reported({ day: '2026-03-07' });
    const target = { activityId: activity.id };
    expect(problemsOf(await ask(target, { size: 0, sha256: 'x', fileName: '' }))).toEqual([
      'REQUIRED fileName',
      'OUT_OF_RANGE size',
      'INVALID_FORMAT sha256',
    ]);
    expect(problemsOf(await ask({}))).toEqual(['REQUIRED target']);
    expect(problemsOf(await ask(target, {}, colleague))).toEqual(['FORBIDDEN']);
    expect(problemsOf(await ask(target, {}, head))).toEqual(['FORBIDDEN']);
    const evidenceId = await uploaded(target);
    await changed(verify(activity));
    expect(problemsOf(await ask(target))).toEqual(['WRONG_STATE']);
    expect(problemsOf(await confirm(target, evidenceId))).toEqual(['WRONG_STATE']);
  });

  test('is taken away by who uploaded it while nothing is verified', async () => {
    const target = { activityId: (await reported({ day: '2026-03-08' })).id };
    const evidenceId = await uploaded(target);
    await changed(confirm(target, evidenceId));
    const { data } = await link(target, evidenceId, head);

    const removed = await mutate(nurse, 'removeEvidence', { target, evidenceId, idempotencyKey: 'r-1' });
    expect(removed.activity?.evidence).toEqual([]);
    expect((await fetch(data.evidenceLink.url)).status).toBe(404);
    const again = await mutate(nurse, 'removeEvidence', { target, evidenceId });
    expect(problemsOf(again)).toEqual(['NOT_FOUND evidenceId']);
  });

  test('that was taken away and confirmed anew is not deleted by the first request coming again', async () => {
    const target = { activityId: (await reported({ day: '2026-03-08' })).id };
    const evidenceId = await uploaded(target);
    await changed(confirm(target, evidenceId));
    const remove = () => mutate(nurse, 'removeEvidence', { target, evidenceId, idempotencyKey: 'twice-1' });
    expect((await remove()).activity?.evidence).toEqual([]);
    await changed(confirm(target, evidenceId));
    const repeated = await remove();
    expect(repeated.userErrors).toEqual([]);
    expect(repeated.activity?.evidence).toHaveLength(1);
    const { data } = await link(target, evidenceId, head);
    expect((await fetch(data.evidenceLink.url)).status).toBe(200);
  });

  test('of a realisation is for those who may read it, and of an agreement never for strangers', async () => {
    const unitPlan = `unit:${unitId('P')}:2026`;
    const key = { planId: unitPlan, lineId: 'L2', month: '2026-03' };
    expect(problemsOf(await mutate(head, 'reportRealisation', { ...key, value: '7' }))).toEqual([]);
    const target = { realisation: key };
    const evidenceId = await uploaded(target, head);
    const confirmed = await confirm(target, evidenceId, head);
    expect(confirmed).toMatchObject({ realisation: { version: 2 }, userErrors: [] });

    const files = async (who: Caller) => {
      const { data, errors } = await send<{
        agreement: { lines: readonly { realisations: readonly { files: readonly object[] | null }[] }[] };
      }>(
        api.handler,
        who,
        `query ($unitId: ID!) { agreement(unitId: $unitId, year: 2026) { lines { realisations(from: "2026-03") { files { id } } } } }`,
        { unitId: unitId('P') },
      );
      expect(errors).toEqual([]);
      return data.agreement.lines[1]?.realisations[0]?.files;
    };
    for (const who of [head, agencyHead, hrAdmin, planner, auditor])
      expect(await files(who)).toEqual([{ id: evidenceId }]);
    for (const who of [nurse, stranger]) {
      expect(await files(who)).toBeNull();
      expect((await link(target, evidenceId, who)).codes).toEqual(['FORBIDDEN']);
    }
    expect((await link(target, evidenceId, planner)).codes).toEqual([]);

    // A figure that is reported anew keeps its files.
    const again = await mutate(head, 'reportRealisation', { ...key, value: '8', version: 2 });
    expect(again.userErrors).toEqual([]);
    expect(await files(head)).toEqual([{ id: evidenceId }]);
  });
});
