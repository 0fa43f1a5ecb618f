/**
 * A nurse objects to her result: the document is acknowledged, both sides are heard, a figure is set right, and ranks follow. A
 * colleague objects on the last evening, nobody decides in time, and the period waits.
 */

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withAssignments } from '../../functions/domain/organisation/staff.ts';
import { runSchedule } from '../../functions/usecases/close/run-schedule.ts';
import { rankedResults } from '../../functions/usecases/result/ranked-results.ts';
import { countRequests } from '../support/dynamodb.ts';
import { execute } from '../workflow/machine.ts';
import { type LineSpec, type PersonSpec, type RegionSpec, seedRegion, write } from '../workflow/region.ts';
import { auditor, type Caller, caller, type Failure, hrAdmin, send } from './endpoint-client.ts';
import { type EndpointUnderTest, endpointUnderTest } from './endpoint-under-test.ts';

const PERIOD = '2026-Q1';
const visits = (reached: LineSpec['reached']): LineSpec => ({ weight: 10_000, target: '40', reached });
const nurse = (id: string, reached: LineSpec['reached'], mark: number): PersonSpec => ({
  id,
  unit: 'puskesmas',
  jobGroup: 'nurse',
  lines: [visits(reached)],
  rated: [['SUPERIOR', 'kapus', mark]],
});

const REGION: RegionSpec = {
  periodId: PERIOD,
  units: [
    { id: 'dinkes', head: 'kadis' },
    {
      id: 'puskesmas',
      parent: 'dinkes',
      head: 'kapus',
      lines: [{ weight: 10_000, target: '100', reached: ['110', '90', '100'] }],
    },
  ],
  people: [
    { id: 'kadis', unit: 'dinkes', jobGroup: 'leader' },
    { id: 'kapus', unit: 'puskesmas', jobGroup: 'leader', rated: [['SUPERIOR', 'kadis', 4]] },
    nurse('siti', ['30', '40', '40'], 4),
    nurse('dewi', ['40', '40', '40'], 4),
    nurse('rina', ['40', '40', '36'], 4),
    nurse('tuti', ['40', '38', '38'], 3),
  ],
};

const siti = caller('siti');
const dewi = caller('dewi');
const rina = caller('rina');
const kapus = caller('kapus');
const kadis = caller('kadis');

let api: EndpointUnderTest;

/** One change; its payload's first field, and what was refused as `code path`. */
async function change(who: Caller, name: string, input: object) {
  const field = name === 'acknowledgeResult' || name === 'recordReceipt' ? DELIVERY : OBJECTION;
  const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`;
  const { data, errors } = await send<{
    outcome: { entity: Record<string, unknown> | null; userErrors: readonly Failure[] };
  }>(
    api.handler,
    who,
    `mutation ($input: ${type}!) { outcome: ${name}(input: $input) { entity: ${field} userErrors { code message path } } }`,
    { input },
  );
  expect(errors).toEqual([]);
  const refused = data.outcome.userErrors.map(({ code, path }) => [code, ...path].join(' '));
  return { ...data.outcome.entity, refused };
}

const DELIVERY = 'delivery { acknowledged handedOverOn receivedOn lastDayToObject proof }';
const OBJECTION = `objection { id state version explainBy decideBy decider { id } assessor { id }
  points { lineId value text } statements { side text } escalations { cause from { id } to { id } }
  decision { outcome reason recommendation ratings { workResult behaviour } figures { lineId month value } } }`;

const versionOf = async (id: string): Promise<number> =>
  (await api.deps.store.objections.get(id))?.version ?? 0;
const schedule = () => runSchedule({ ...api.deps, startClose: async () => undefined });
const idOf = (staffId: string) => `${PERIOD}:1:${staffId}`;

async function codesOf(who: Caller, query: string, variables: object = {}): Promise<readonly string[]> {
  return (await send(api.handler, who, query, variables)).codes;
}
/** How many notices of a kind are in somebody's inbox. */
async function told(staffId: string, kind: string): Promise<number> {
  const { data } = await send<{ notices: { nodes: { kind: string }[] } }>(
    api.handler,
    caller(staffId),
    '{ notices { nodes { kind } } }',
  );
  return data.notices.nodes.filter((notice) => notice.kind === kind).length;
}
/** What somebody has to do about objections. */
const tasksOf = async (who: Caller) => {
  const { data } = await send<{ myTasks: { nodes: { kind: string; deadline: string }[] } }>(
    api.handler,
    who,
    '{ myTasks { nodes { kind objectionId deadline } } }',
  );
  return data.myTasks.nodes.filter(({ kind }) => kind.endsWith('OBJECTION'));
};
const READ = 'query ($id: ID!) { objection(id: $id) { state } }';

beforeAll(async () => {
  api = await endpointUnderTest();
  await seedRegion(api.deps.store, REGION);
  await execute({ ...api.deps, now: () => '2026-04-05T17:00:03.000Z' }, { periodId: PERIOD, attempt: 1 });
  // Tuesday 7 April, nine in the morning in Jakarta.
  api.at('2026-04-07T02:00:00.000Z');
});

afterAll(() => api.drop());

describe('the document', () => {
  test('is acknowledged by the person, which starts the time to object', async () => {
    const query = `{ viewer { staff { result(periodId: "${PERIOD}") { ${DELIVERY} } } } }`;
    const { data } = await send(api.handler, siti, query);
    expect(data).toEqual({
      viewer: {
        staff: {
          result: {
            delivery: {
              acknowledged: false,
              handedOverOn: null,
              // Five working days after Monday the 6th; fourteen more, of which 1 May is none.
              receivedOn: '2026-04-13',
              lastDayToObject: '2026-05-04',
              proof: null,
            },
          },
        },
      },
    });
    expect(await change(siti, 'acknowledgeResult', { periodId: PERIOD })).toMatchObject({
      acknowledged: true,
      handedOverOn: null,
      receivedOn: '2026-04-07',
      lastDayToObject: '2026-04-27',
      refused: [],
    });
    api.at('2026-04-09T02:00:00.000Z');
    expect(await change(siti, 'acknowledgeResult', { periodId: PERIOD })).toMatchObject({
      receivedOn: '2026-04-07',
    });
  });

  test('on paper is recorded by the personnel office, with its proof', async () => {
    const input = { periodId: PERIOD, staffId: 'tuti', receivedOn: '2026-04-08', proof: 'Daftar 12/BKPSDM' };
    expect((await change(kapus, 'recordReceipt', input)).refused).toEqual(['FORBIDDEN']);
    expect(
      (await change(hrAdmin, 'recordReceipt', { ...input, receivedOn: '2026-04-05', proof: ' ' })).refused,
    ).toEqual(['REQUIRED proof', 'OUT_OF_RANGE receivedOn']);
    // The time to object counts from today's entry, of which the person is told.
    expect(await change(hrAdmin, 'recordReceipt', input)).toMatchObject({
      handedOverOn: '2026-04-08',
      receivedOn: '2026-04-09',
      lastDayToObject: '2026-04-29',
      proof: 'Daftar 12/BKPSDM',
    });
    expect((await change(hrAdmin, 'recordReceipt', input)).refused).toEqual(['ALREADY_EXISTS staffId']);
    expect(await told('tuti', 'DOCUMENT_DELIVERED')).toBe(1);
  });

  test('is not recorded by the assessor, the person, or whom the person leads', async () => {
    const record = async (officer: string, staffId: string) => {
      const input = { periodId: PERIOD, staffId, receivedOn: '2026-04-06', proof: 'Daftar 13/BKPSDM' };
      return (await change(caller(officer, 'HR_ADMIN'), 'recordReceipt', input)).refused;
    };
    expect(await record('kapus', 'dewi')).toEqual(['FORBIDDEN staffId']);
    expect(await record('dewi', 'dewi')).toEqual(['FORBIDDEN staffId']);
    expect(await record('dewi', 'kapus')).toEqual(['FORBIDDEN staffId']);
    expect(await record('dewi', 'kadis')).toEqual(['FORBIDDEN staffId']);
  });

  test('that nobody has acknowledged is listed for the head, HR and auditors, in a fixed number of requests', async () => {
    const query = `query ($unit: ID!, $after: String) {
      unacknowledgedResults(periodId: "${PERIOD}", unitId: $unit, first: 2, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } }`;
    interface Listed {
      unacknowledgedResults: {
        nodes: { id: string }[];
        pageInfo: { hasNextPage: boolean; endCursor: string };
      };
    }
    const counted = countRequests(api.table.client);
    const { data } = await send<Listed>(api.handler, kapus, query, { unit: 'puskesmas' });
    const first = counted.total;
    const { nodes, pageInfo } = data.unacknowledgedResults;
    const next = await send<Listed>(api.handler, hrAdmin, query, {
      unit: 'puskesmas',
      after: pageInfo.endCursor,
    });
    expect(nodes.map(({ id }) => id)).toEqual(['dewi', 'kapus']);
    expect(pageInfo.hasNextPage).toBe(true);
    expect(next.data.unacknowledgedResults.nodes.map(({ id }) => id)).toEqual(['rina']);
    // Organisation, period, policies at most, ranks, receipts and one batch of people.
    expect(first).toBeLessThanOrEqual(7);
    expect(await codesOf(dewi, query, { unit: 'puskesmas' })).toEqual(['FORBIDDEN']);
    expect(await codesOf(kapus, query, { unit: 'dinkes' })).toEqual(['FORBIDDEN']);
  });

  test('of everybody in a list costs the requests of one', async () => {
    const query = `query ($first: Int!) { unit(id: "puskesmas") { staff(first: $first) { nodes {
      id result(periodId: "${PERIOD}") { delivery { receivedOn } } } } } }`;
    interface Listed {
      unit: { staff: { nodes: { id: string; result: { delivery: { receivedOn: string } } | null }[] } };
    }
    const ask = async (first: number) => {
      const counted = countRequests(api.table.client);
      const { data } = await send<Listed>(api.handler, hrAdmin, query, { first });
      counted.remove();
      return { total: counted.total, people: data.unit.staff.nodes };
    };
    const [one, all] = [await ask(1), await ask(50)];
    const receivedOn = new Map(all.people.map(({ id, result }) => [id, result?.delivery.receivedOn]));
    expect(receivedOn.size).toBeGreaterThanOrEqual(4);
    expect(receivedOn.get('tuti')).toBe('2026-04-09');
    expect(receivedOn.get('dewi')).toBe('2026-04-13');
    expect(all.total).toBe(one.total);
  });
});

describe('an objection that changes a rank', () => {
  const filing = {
    periodId: PERIOD,
    reasons: 'Kunjungan Januari tercatat 30, padahal 46 menurut register',
    points: [
      { lineId: 'L1', text: 'Januari' },
      { value: 'SERVICE', text: 'Keluhan pasien ditangani' },
    ],
    idempotencyKey: 'keberatan-siti',
  };

  test('is filed by the person alone, with all that is wrong told at once', async () => {
    const wrong = { periodId: PERIOD, reasons: ' ', points: [{ lineId: 'L9', text: 'x' }, { text: '' }] };
    expect((await change(siti, 'fileObjection', wrong)).refused).toEqual([
      'REQUIRED reasons',
      'NOT_FOUND points 0 lineId',
      'REQUIRED points 1 text',
      'REQUIRED points 1 lineId',
    ]);
    expect((await change(dewi, 'fileObjection', { ...filing, staffId: 'siti' })).refused).toEqual([
      'FORBIDDEN',
    ]);
    expect((await change(hrAdmin, 'fileObjection', { ...filing, staffId: 'siti' })).refused).toEqual([
      'FORBIDDEN',
    ]);
    const filed = await change(siti, 'fileObjection', filing);
    expect(filed).toMatchObject({
      id: idOf('siti'),
      state: 'FILED',
      assessor: { id: 'kapus' },
      decider: { id: 'kadis' },
      // Three and seven working days after Thursday 9 April.
      explainBy: '2026-04-14',
      decideBy: '2026-04-20',
      refused: [],
    });
    expect(await change(siti, 'fileObjection', filing)).toEqual(filed);
    expect((await change(siti, 'fileObjection', { ...filing, idempotencyKey: null })).refused).toEqual([
      'ALREADY_EXISTS',
    ]);
  });

  test('is a task of the assessor and of the superior, and read by the parties, HR and auditors', async () => {
    const objectionId = idOf('siti');
    expect(await tasksOf(kapus)).toEqual([
      { kind: 'EXPLAIN_OBJECTION', objectionId, deadline: '2026-04-14T17:00:00.000Z' },
    ]);
    expect(await tasksOf(kadis)).toEqual([
      { kind: 'DECIDE_OBJECTION', objectionId, deadline: '2026-04-20T17:00:00.000Z' },
    ]);
    for (const who of [siti, kapus, kadis, hrAdmin, auditor]) {
      expect(await codesOf(who, READ, { id: idOf('siti') })).toEqual([]);
    }
    expect(await codesOf(dewi, READ, { id: idOf('siti') })).toEqual(['FORBIDDEN']);
    const list = `{ objections(periodId: "${PERIOD}", state: FILED) { nodes { id } } objectionsToDecide(ofOffice: true) { nodes { id } } }`;
    expect((await send(api.handler, auditor, list)).data).toEqual({
      objections: { nodes: [{ id: idOf('siti') }] },
      objectionsToDecide: { nodes: [] },
    });
    expect(await codesOf(kapus, list)).toContain('FORBIDDEN');
  });

  test('is decided by the superior alone, when the assessor has been heard', async () => {
    const id = idOf('siti');
    const upheld = { id, version: 1, outcome: 'UPHELD', reason: 'Sesuai bukti' };
    expect((await change(kapus, 'decideObjection', upheld)).refused).toEqual(['FORBIDDEN']);
    expect((await change(hrAdmin, 'decideObjection', upheld)).refused).toEqual(['FORBIDDEN']);
    expect((await change(kadis, 'decideObjection', upheld)).refused).toEqual(['NOT_HEARD']);
    const said = { id, version: 1, text: 'Register Januari terlambat disalin' };
    expect((await change(dewi, 'explainObjection', said)).refused).toEqual(['FORBIDDEN']);
    expect(await change(kapus, 'explainObjection', said)).toMatchObject({
      state: 'EXPLAINED',
      statements: [{ side: 'ASSESSOR', text: said.text }],
    });
    const changed = { id, version: 2, outcome: 'CHANGED', reason: 'Register sah' };
    expect((await change(kadis, 'decideObjection', changed)).refused).toEqual([
      'REQUIRED correction',
      'REQUIRED recommendation',
    ]);
    const wrong = {
      behaviour: 'MEETS',
      figures: [
        { lineId: 'L9', month: '2026-01', value: '46' },
        { lineId: 'L1', month: '2026-04', value: '46' },
      ],
    };
    expect(
      (await change(kadis, 'decideObjection', { ...changed, recommendation: 'x', correction: wrong }))
        .refused,
    ).toEqual(['NOT_FOUND correction figures 0 lineId', 'OUTSIDE_PERIOD correction figures 1 month']);
    const same = { figures: [{ lineId: 'L1', month: '2026-01', value: '30' }] };
    expect(
      (await change(kadis, 'decideObjection', { ...changed, recommendation: 'x', correction: same })).refused,
    ).toEqual(['NO_CHANGE correction']);
    expect((await change(kadis, 'decideObjection', { ...upheld, version: 1 })).refused).toEqual([
      'CONFLICT version',
    ]);
  });

  test('makes a new version of the result, and of the ranks that follow from it', async () => {
    const [before] = await rankedResults(api.deps.store, [{ periodId: PERIOD, run: 'r1', staffId: 'siti' }]);
    expect(before?.ranks?.unit).toMatchObject({ rank: 4 });
    const decided = await change(kadis, 'decideObjection', {
      id: idOf('siti'),
      version: 2,
      outcome: 'CHANGED',
      reason: 'Register sah',
      recommendation: 'Salin register paling lambat tanggal lima',
      correction: { figures: [{ lineId: 'L1', month: '2026-01', value: '46' }] },
    });
    expect(decided).toMatchObject({
      state: 'CHANGED',
      decision: { outcome: 'CHANGED', figures: [{ lineId: 'L1', month: '2026-01', value: '46' }] },
      refused: [],
    });
    // Nothing that is verified later builds that month's figure anew.
    const address = { collection: { unitId: 'puskesmas', shard: 0 }, year: 2026 };
    const figure = { planId: 'siti:2026', lineId: 'L1', month: '2026-01' };
    expect(await api.deps.store.realisations.get(address, figure)).toMatchObject({
      value: '46',
      setRightBy: idOf('siti'),
    });
    expect(await schedule()).toMatchObject({ corrected: [PERIOD], failed: [] });
    expect(await schedule()).toMatchObject({ corrected: [], failed: [] });
    // The ranks of others moved; whose objection it was hears of it.
    expect(await told('siti', 'RESULT_CHANGED')).toBe(1);
    expect(await told('dewi', 'RESULT_CHANGED')).toBe(0);

    const versions = `{ resultVersions(staffId: "siti", periodId: "${PERIOD}") {
      run differences { field lineId month before after } result { predicate ranks { unit { rank } } } } }`;
    const { data } = await send<{
      resultVersions: { run: string; differences: object[]; result: { ranks: { unit: { rank: number } } } }[];
    }>(api.handler, siti, versions);
    expect(data.resultVersions.map(({ run, result }) => [run, result.ranks.unit.rank])).toEqual([
      ['r1', 4],
      ['r1c1', 1],
    ]);
    expect(data.resultVersions[1]?.differences).toEqual(
      expect.arrayContaining([
        { field: 'REALISATION', lineId: 'L1', month: '2026-01', before: '30', after: '46' },
        { field: 'UNIT_RANK', lineId: null, month: null, before: '4/5', after: '1/5' },
      ]),
    );
    expect(await codesOf(rina, versions)).toEqual(['FORBIDDEN']);
    const ranking = `{ ranking(periodId: "${PERIOD}", scope: { kind: UNIT, unitId: "puskesmas" }) { nodes { rank staff { id } } } }`;
    const { data: ranked } = await send<{ ranking: { nodes: { rank: number; staff: { id: string } }[] } }>(
      api.handler,
      kapus,
      ranking,
    );
    expect(ranked.ranking.nodes.slice(0, 2)).toEqual([
      { rank: 1, staff: { id: 'siti' } },
      { rank: 2, staff: { id: 'dewi' } },
    ]);
    const { data: trail } = await send<{
      auditTrail: { nodes: { operation: string; reason: string | null }[] };
    }>(
      api.handler,
      auditor,
      `{ auditTrail(entity: "OBJECTION#siti#${PERIOD}#1", first: 10) { nodes { operation reason } } }`,
    );
    expect(trail.auditTrail.nodes).toEqual([
      { operation: 'fileObjection', reason: null },
      { operation: 'explainObjection', reason: null },
      { operation: 'decideObjection', reason: 'Register sah' },
    ]);
    expect((await change(siti, 'withdrawObjection', { id: idOf('siti'), version: 3 })).refused).toEqual([
      'WRONG_STATE',
    ]);
  });
});

describe('deadlines', () => {
  test('do not pass by a list that is entered when the day on it is long over', async () => {
    api.at('2026-05-04T02:00:00.000Z');
    const input = { periodId: PERIOD, staffId: 'dewi', receivedOn: '2026-04-06', proof: 'Daftar 1/BKPSDM' };
    // By a colleague of hers who is a personnel officer too; from the 6th the time would have ended on 24 April.
    expect(await change(caller('rina', 'HR_ADMIN'), 'recordReceipt', input)).toMatchObject({
      handedOverOn: '2026-04-06',
      receivedOn: '2026-04-13',
      lastDayToObject: '2026-05-04',
      refused: [],
    });
  });

  test('the last local day is in time, the next is not', async () => {
    api.at('2026-05-04T16:59:59.999Z');
    expect(
      await change(dewi, 'fileObjection', { periodId: PERIOD, reasons: 'Terlambat, tetapi sah' }),
    ).toMatchObject({
      state: 'FILED',
      decideBy: '2026-05-13',
      refused: [],
    });
    api.at('2026-05-04T17:00:00.000Z');
    expect((await change(rina, 'fileObjection', { periodId: PERIOD, reasons: 'Lewat' })).refused).toEqual([
      'OBJECTION_TOO_LATE',
    ]);
  });

  test('that pass are noted, hand the decision on, and keep the period open until it is made', async () => {
    const id = idOf('dewi');
    api.at('2026-05-08T01:00:00.000Z');
    expect(await schedule()).toMatchObject({ escalated: [PERIOD], failed: [] });
    expect(await schedule()).toMatchObject({ escalated: [], failed: [] });
    api.at('2026-05-11T16:59:59.000Z');
    expect(await schedule()).toMatchObject({ escalated: [], failed: [] });
    api.at('2026-05-11T17:00:00.000Z');
    await Promise.all([schedule(), schedule()]);
    expect(await schedule()).toMatchObject({ escalated: [], failed: [] });
    expect(await told('kadis', 'OBJECTION_DUE')).toBe(1);
    expect(await told('kapus', 'OBJECTION_DUE')).toBe(0);
    api.at('2026-05-13T17:00:00.000Z');
    expect(await schedule()).toMatchObject({ escalated: [PERIOD], finalised: [], failed: [] });
    expect(await api.deps.store.objections.get(id)).toMatchObject({
      deciderId: null,
      decideBy: '2026-05-25',
      escalations: [
        { cause: 'EXPLANATION_OVERDUE', fromId: 'kadis', toId: 'kadis' },
        { cause: 'DECISION_OVERDUE', fromId: 'kadis', toId: null },
      ],
    });
    const upheld = { id, version: await versionOf(id), outcome: 'UPHELD', reason: 'Bukti tidak cukup' };
    expect((await change(kadis, 'decideObjection', upheld)).refused).toEqual(['FORBIDDEN']);
    // Neither side, nobody whom the assessor leads, and not who let it lapse; nor is it their task.
    for (const name of ['dewi', 'kapus', 'rina', 'kadis']) {
      const officer = caller(name, 'HR_ADMIN');
      expect((await change(officer, 'decideObjection', upheld)).refused, name).toEqual(['FORBIDDEN']);
      expect((await tasksOf(officer)).map(({ kind }) => kind)).not.toContain('DECIDE_OBJECTION');
    }
    expect(await tasksOf(hrAdmin)).toEqual([
      { kind: 'DECIDE_OBJECTION', objectionId: idOf('dewi'), deadline: '2026-05-25T17:00:00.000Z' },
    ]);
    expect(await change(hrAdmin, 'decideObjection', upheld)).toMatchObject({ state: 'UPHELD', refused: [] });
    expect(await schedule()).toMatchObject({ corrected: [], finalised: [PERIOD], settled: [PERIOD] });
    expect((await change(rina, 'fileObjection', { periodId: PERIOD, reasons: 'Lewat' })).refused).toEqual([
      'WRONG_STATE periodId',
    ]);
  });
});

test('a late decision goes on to the new head of an office, never back to who let it pass', async () => {
  const first = api;
  api = await endpointUnderTest();
  const { store } = api.deps;
  const [dinkes, puskesmas] = REGION.units;
  if (dinkes === undefined || puskesmas === undefined) throw new Error('no units');
  const office = (id: string): PersonSpec => ({ id, unit: 'setda', jobGroup: 'leader' });
  await seedRegion(store, {
    ...REGION,
    units: [{ id: 'setda' }, { ...dinkes, parent: 'setda' }, puskesmas],
    people: [office('sekda'), office('sekda-baru'), ...REGION.people],
  });
  await execute({ ...api.deps, now: () => '2026-04-05T17:00:03.000Z' }, { periodId: PERIOD, attempt: 1 });
  const { version } = await store.organisation.load();
  const setda = await store.organisation.unit('setda');
  if (setda === null) throw new Error('no setda');
  const heads = [
    { staffId: 'sekda', from: '2026-04-05', to: '2026-04-19' },
    { staffId: 'sekda-baru', from: '2026-04-20', to: null },
  ];
  await write(store, [store.organisation.save(version, setda, { ...setda, heads })]);
  api.at('2026-04-07T02:00:00.000Z');
  expect(await change(siti, 'fileObjection', { periodId: PERIOD, reasons: 'Angka keliru' })).toMatchObject({
    decider: { id: 'kadis' },
    decideBy: '2026-04-16',
    refused: [],
  });
  api.at('2026-04-17T02:00:00.000Z');
  await schedule();
  expect(await store.objections.get(idOf('siti'))).toMatchObject({
    deciderId: 'sekda',
    decideBy: '2026-04-28',
  });
  api.at('2026-04-29T02:00:00.000Z');
  await schedule();
  expect(await store.objections.get(idOf('siti'))).toMatchObject({ deciderId: 'sekda-baru' });
  await api.drop();
  api = first;
});

describe('those who left', () => {
  let other: EndpointUnderTest;
  let first: EndpointUnderTest;

  beforeAll(async () => {
    other = await endpointUnderTest();
    await seedRegion(other.deps.store, REGION);
    await execute({ ...other.deps, now: () => '2026-04-05T17:00:03.000Z' }, { periodId: PERIOD, attempt: 1 });
    other.at('2026-04-08T02:00:00.000Z');
    first = api;
    api = other;
  });
  afterAll(async () => {
    await other.drop();
    api = first;
  });

  const retire = async (id: string, from: string) => {
    const before = await other.deps.store.staff.get(id);
    if (before === null) throw new Error(`no ${id}`);
    const ended = before.assignments.map((one) => ({ ...one, to: '2026-04-07' }));
    const { auditHash: _, ...staff } = before;
    const { store } = other.deps;
    const retired = { ...withAssignments(staff, ended, '2026-04-08'), retiredFrom: from };
    const delegationVersion = await store.staff.delegationVersion(id);
    await write(store, [store.staff.save(before, retired, { delegationVersion })]);
  };

  test('somebody who has retired objects through the personnel office', async () => {
    await retire('tuti', '2026-04-08');
    expect(
      await change(hrAdmin, 'fileObjection', { staffId: 'tuti', periodId: PERIOD, reasons: 'Surat 7 April' }),
    ).toMatchObject({ state: 'FILED', decider: { id: 'kadis' }, refused: [] });
  });

  test('nobody is above the head of the agency: the personnel office decides what the head assessed', async () => {
    expect(
      await change(kapus, 'fileObjection', { periodId: PERIOD, reasons: 'Predikat organisasi' }),
    ).toMatchObject({ assessor: { id: 'kadis' }, decider: null, refused: [] });
    const figures = [{ lineId: 'L1', month: '2026-01', value: '200' }];
    const decision = {
      id: idOf('kapus'),
      version: 1,
      outcome: 'CHANGED',
      reason: 'Sah',
      recommendation: 'Lanjutkan',
    };
    await change(kadis, 'explainObjection', {
      id: idOf('kapus'),
      version: 1,
      text: 'Sesuai perjanjian kinerja',
    });
    expect(
      (await change(hrAdmin, 'decideObjection', { ...decision, version: 2, correction: { figures } }))
        .refused,
    ).toEqual(['NOT_FOUND correction figures 0 lineId']);
    expect(
      await change(hrAdmin, 'decideObjection', {
        ...decision,
        version: 2,
        correction: { behaviour: 'ABOVE' },
      }),
    ).toMatchObject({ state: 'CHANGED', refused: [] });
  });

  test('a superior who has left is followed by whoever decides next, and an assessor who has left is not waited for', async () => {
    await change(siti, 'fileObjection', { periodId: PERIOD, reasons: 'Angka keliru' });
    await retire('kadis', '2026-04-08');
    expect(await schedule()).toMatchObject({ escalated: [PERIOD], failed: [] });
    expect(await other.deps.store.objections.get(idOf('siti'))).toMatchObject({
      deciderId: null,
      escalations: [{ cause: 'DECIDER_LEFT', fromId: 'kadis', toId: null }],
    });
    await retire('kapus', '2026-04-08');
    expect(
      await change(hrAdmin, 'decideObjection', {
        id: idOf('siti'),
        version: await versionOf(idOf('siti')),
        outcome: 'UPHELD',
        reason: 'Bukti tidak cukup',
      }),
    ).toMatchObject({ state: 'UPHELD', refused: [] });
  });

  test('reopening supersedes what is open and keeps what was decided', async () => {
    await schedule();
    const period = await other.deps.store.periods.get(PERIOD);
    expect(period?.publishedRun).toBe('r1c1');
    const { data } = await send<{ reopenPeriod: { userErrors: Failure[] } }>(
      other.handler,
      hrAdmin,
      `mutation ($v: Int!) { reopenPeriod(input: { id: "${PERIOD}", version: $v, reason: "Data", closesAt: "2026-04-10T00:00:00Z" }) { userErrors { code } } }`,
      { v: period?.version },
    );
    expect(data.reopenPeriod.userErrors).toEqual([]);
    const open = { id: idOf('tuti'), version: await versionOf(idOf('tuti')), outcome: 'UPHELD', reason: 'x' };
    expect((await change(hrAdmin, 'decideObjection', open)).refused).toEqual(['WRONG_STATE']);
    expect(await schedule()).toMatchObject({ escalated: [PERIOD] });
    expect(await other.deps.store.objections.get(idOf('tuti'))).toMatchObject({ state: 'SUPERSEDED' });

    await execute({ ...other.deps, now: () => '2026-04-10T00:00:01.000Z' }, { periodId: PERIOD, attempt: 2 });
    expect(await other.deps.store.results.get(PERIOD, 'r2', 'kapus')).toMatchObject({
      behaviourRating: 'ABOVE',
      verdict: { workResult: null, behaviour: 'ABOVE', innovation: null },
    });
    const { data: shown } = await send<{ result: { summary: string[] } }>(
      other.handler,
      kapus,
      `{ result(staffId: "kapus", periodId: "${PERIOD}") { summary } }`,
    );
    expect(shown.result.summary).toContain('Putusan atas keberatan menetapkan perilaku: di atas ekspektasi.');
    other.at('2026-04-10T02:00:00.000Z');
    expect(await change(siti, 'fileObjection', { periodId: PERIOD, reasons: 'Hasil baru' })).toMatchObject({
      id: `${PERIOD}:2:siti`,
      state: 'FILED',
      refused: [],
    });
  });
});
