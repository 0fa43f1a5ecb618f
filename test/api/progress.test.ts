import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decimal } from '../../functions/domain/decimal.ts';
import { agreePlan } from '../../functions/usecases/plan/agree-plan.ts';
import { proposePlan } from '../../functions/usecases/plan/propose-plan.ts';
import { refreshProgress } from '../../functions/usecases/progress/refresh-progress.ts';
import { reportRealisation } from '../../functions/usecases/realisation/report-realisation.ts';
import { countRequests } from '../support/dynamodb.ts';
import { as, PERIOD, problemsOf, type WorkRegion, workRegion } from '../usecases/work-region.ts';
import { changePeriodOf, write } from '../workflow/region.ts';
import { auditor, caller, hrAdmin, nobody, planner } from './endpoint-client.ts';
import { ask, change, made, refused } from './operations.ts';

const head = caller('kapus');
let region: WorkRegion;
beforeAll(async () => {
  region = await workRegion();
  const { deps } = region;
  for (const staffId of ['n1', 'n2', 'n3']) {
    const line = (indicatorId: string) => ({
      title: `Hasil ${indicatorId}`,
      aspect: 'QUANTITY' as const,
      indicatorId,
      weight: 5_000,
      target: { value: decimal(120) },
    });
    await proposePlan(deps, as(staffId), { staffId, year: 2026, lines: [line('visits'), line('index')] });
    await agreePlan(deps, as('kapus'), { planId: `${staffId}:2026`, version: 1 });
  }
  for (const [staffId, month, value] of [
    ['n1', '2026-01', 10],
    ['n1', '2026-02', 10],
    ['n2', '2026-01', 4],
  ] as const) {
    await reportRealisation(deps, as(staffId), {
      planId: `${staffId}:2026`,
      lineId: 'L1',
      month,
      value: decimal(value),
    });
  }
});
afterAll(() => region.api.drop());

const PERSON = `query ($id: ID!) { progress(staffId: $id, year: 2026) {
  through pace missing lines { lineId pace expected { value } reached ofYear { value } achievement { shown } missing takenOver } } }`;
const UNIT = `query ($id: ID!, $paces: [Pace!], $lacking: Boolean) { unitProgress(unitId: $id, year: 2026) {
  through agreementPace counts { pace count } lacking below { pace count } lackingBelow
  people(first: 50, paces: $paces, lacking: $lacking) { nodes { staff { name } pace missing } }
  unitsBelow(first: 10) { nodes { unit { name } } } } }`;
interface Count {
  readonly pace: string;
  readonly count: number;
}
interface UnitAnswer {
  readonly unitProgress: {
    readonly counts: readonly Count[];
    readonly below: readonly Count[];
    readonly lacking: number | null;
    readonly lackingBelow: number | null;
    readonly people: { readonly nodes: readonly object[] };
  } | null;
}
const some = (counts: readonly Count[] = []) =>
  Object.fromEntries(counts.filter(({ count }) => count > 0).map(({ pace, count }) => [pace, count]));

describe('progress in mid-year', () => {
  test('of a person is live, line by line', async () => {
    const { progress } = await ask<{ progress: object }>(region.api, caller('n2'), PERSON, { id: 'n2' });
    expect(progress).toEqual({
      through: '2026-02',
      pace: 'BEHIND',
      missing: ['2026-02'],
      lines: [
        {
          lineId: 'L1',
          pace: 'BEHIND',
          expected: { value: '20' },
          reached: '4',
          ofYear: { value: '120' },
          achievement: { shown: '40.00' },
          missing: ['2026-02'],
          takenOver: false,
        },
        expect.objectContaining({ lineId: 'L2', pace: 'NOT_DUE', ofYear: { value: '120' } }),
      ],
    });
    for (const who of [caller('n1'), caller('kadispar')])
      expect(await refused(region.api, who, PERSON, { id: 'n2' })).toEqual(['FORBIDDEN']);
    for (const who of [head, hrAdmin, planner, auditor])
      expect(await refused(region.api, who, PERSON, { id: 'n2' })).toEqual([]);
  });

  test('of a unit and of those below is that of the daily look, which passes over what it has seen', async () => {
    const { api, deps } = region;
    expect((await ask<UnitAnswer>(api, head, UNIT, { id: 'puskesmas' })).unitProgress).toBeNull();
    const failed: unknown[] = [];
    const look = (now = deps.now) => refreshProgress({ ...deps, now }, (_, error) => failed.push(error));
    // A clock that goes on by half a minute whenever it is asked: what is left is done in the next hour.
    let asked = 0;
    const slow = () => new Date(Date.UTC(2026, 2, 10, 2) + asked++ * 30_000).toISOString();
    const first = await look(slow);
    expect([1, 2]).toContain(first.length);
    const rest = await look();
    expect([...first, ...rest].sort()).toEqual(['dinkes', 'dispar', 'puskesmas', 'puskesmas2']);
    expect(await look()).toEqual([]);
    expect(failed).toEqual([]);

    const { unitProgress } = await ask<UnitAnswer>(api, head, UNIT, { id: 'puskesmas' });
    expect(some(unitProgress?.counts)).toEqual({ NO_PLAN: 2, NOT_REPORTED: 1, BEHIND: 1, ON_PACE: 1 });
    const wanting = await ask<UnitAnswer>(api, head, UNIT, {
      id: 'puskesmas',
      paces: ['NO_PLAN', 'NOT_REPORTED'],
    });
    expect(wanting.unitProgress?.people.nodes).toEqual([
      { staff: { name: 'Name kapus' }, pace: 'NO_PLAN', missing: 0 },
      { staff: { name: 'Name n3' }, pace: 'NOT_REPORTED', missing: 2 },
      { staff: { name: 'Name n4' }, pace: 'NO_PLAN', missing: 0 },
    ]);
    // A pace goes by what was reported: who is behind by it lacks a month as well.
    const lacking = await ask<UnitAnswer>(api, head, UNIT, { id: 'puskesmas', lacking: true });
    expect(lacking.unitProgress?.people.nodes).toEqual([
      { staff: { name: 'Name n2' }, pace: 'BEHIND', missing: 1 },
      { staff: { name: 'Name n3' }, pace: 'NOT_REPORTED', missing: 2 },
    ]);
    expect(unitProgress?.lacking).toBe(2);
    const agency = await ask<UnitAnswer>(api, caller('kadis'), UNIT, { id: 'dinkes' });
    expect(some(agency.unitProgress?.below)).toEqual({ NO_PLAN: 4, NOT_REPORTED: 1, BEHIND: 1, ON_PACE: 1 });
    expect(agency.unitProgress).toMatchObject({ lackingBelow: 2 });
    for (const who of [caller('n1'), caller('kapus2')])
      expect(await refused(api, who, UNIT, { id: 'puskesmas' })).toEqual(['FORBIDDEN']);

    const regionQuery =
      '{ regionProgress(year: 2026) { counts { pace count } lacking oldestAt units(first: 3) { nodes { unit { name } } pageInfo { hasNextPage } } } }';
    const { regionProgress } = await ask<{
      regionProgress: {
        counts: readonly Count[];
        lacking: number | null;
        units: { nodes: readonly object[]; pageInfo: object };
      };
    }>(api, planner, regionQuery);
    expect(some(regionProgress.counts)).toEqual({ NO_PLAN: 6, NOT_REPORTED: 1, BEHIND: 1, ON_PACE: 1 });
    expect(regionProgress.lacking).toBe(2);
    expect(regionProgress.units.nodes).toHaveLength(3);
    expect(regionProgress.units.pageInfo).toEqual({ hasNextPage: true });
    for (const who of [head, nobody])
      expect(await refused(api, who, regionQuery)).toEqual([
        who === nobody ? 'UNAUTHENTICATED' : 'FORBIDDEN',
      ]);
  });

  test('of the units below is read once, however many are shown with those below them', async () => {
    const { api } = region;
    const below = `query ($n: Int!) { unitProgress(unitId: "dinkes", year: 2026) {
      unitsBelow(first: $n) { nodes { unit { name } below { count } } } } }`;
    const costOf = async (n: number) => {
      const { requests } = countRequests(api.table.client);
      const { unitProgress } = await ask<{ unitProgress: { unitsBelow: { nodes: readonly object[] } } }>(
        api,
        hrAdmin,
        below,
        { n },
      );
      return { units: unitProgress.unitsBelow.nodes.length, requests: requests.length };
    };
    const one = await costOf(1);
    expect(await costOf(9)).toEqual({ units: 2, requests: one.requests });
  });

  test('of a unit costs the same requests, however many people it shows', async () => {
    const { api } = region;
    const costOf = async (paces: readonly string[]) => {
      const count = countRequests(api.table.client);
      await ask(api, hrAdmin, UNIT, { id: 'puskesmas', paces });
      return count.requests.length;
    };
    await costOf(['BEHIND']);
    expect(await costOf(['NO_PLAN', 'BEHIND', 'ON_PACE', 'NOT_REPORTED'])).toBe(await costOf(['BEHIND']));
  });
});

const PLAN = 'plan { version takeovers { lineId from backFrom note by { name } } }';
interface Taken {
  readonly version: number;
  readonly takeovers: readonly object[];
}
const takeOver = {
  planId: 'n2:2026',
  version: 2,
  lineId: 'L1',
  from: '2026-02',
  note: 'Tidak dapat menyelesaikan kunjungan wilayah selatan',
};

describe('a work result that falls behind', () => {
  test('is taken over after guidance, and counts no more in what the assessor is proposed', async () => {
    const { api } = region;
    expect((await change(api, head, 'takeOverWorkResult', takeOver, PLAN)).problems).toEqual([
      'FOLLOW_UP_FIRST',
    ]);
    await made(
      api,
      head,
      'recordGuidance',
      {
        staffId: 'n2',
        method: 'MENTORING',
        heldOn: '2026-02-20',
        planId: 'n2:2026',
        lineId: 'L1',
        issue: 'Kunjungan tertinggal',
        discussion: 'Pembagian wilayah',
        actions: [{ text: 'Dua kunjungan sehari', dueOn: '2026-03-01' }],
        followUpOn: '2026-03-05',
      },
      'guidance { id }',
    );
    for (const who of [caller('n2'), caller('kadis'), hrAdmin])
      expect((await change(api, who, 'takeOverWorkResult', takeOver, PLAN)).problems).toEqual(['FORBIDDEN']);
    expect(await made<Taken>(api, head, 'takeOverWorkResult', takeOver, PLAN)).toEqual({
      version: 3,
      takeovers: [
        {
          lineId: 'L1',
          from: '2026-02',
          backFrom: null,
          note: takeOver.note,
          by: { name: 'Name kapus' },
        },
      ],
    });
    const { proposal } = await ask<{
      proposal: { workResult: { lines: readonly object[] }; summary: readonly string[] };
    }>(
      api,
      head,
      `{ proposal(staffId: "n2", periodId: "${PERIOD}") { summary workResult { lines {
        lineId target { value } realisation takenOver { from note } notMeasured } } } }`,
    );
    expect(proposal.workResult.lines[0]).toEqual({
      lineId: 'L1',
      target: { value: '10' },
      realisation: '4',
      takenOver: { from: '2026-02', note: takeOver.note },
      notMeasured: null,
    });
  });

  test('and is given back, as if nothing had been', async () => {
    const { api } = region;
    const back = { planId: 'n2:2026', version: 3, lineId: 'L1', from: '2026-02' };
    expect((await change(api, caller('n2'), 'handBackWorkResult', back, PLAN)).problems).toEqual([
      'FORBIDDEN',
    ]);
    expect(await made<Taken>(api, head, 'handBackWorkResult', back, PLAN)).toMatchObject({
      version: 4,
      takeovers: [{ backFrom: '2026-02' }],
    });
    const stale = { ...back, version: 3 };
    expect(await change<Taken>(api, head, 'handBackWorkResult', stale, PLAN)).toMatchObject({
      entity: { version: 4 },
      problems: ['CONFLICT version'],
    });
  });

  test('never changes a month of a period that closed meanwhile', async () => {
    const { store } = region.deps;
    const address = { collection: { unitId: 'puskesmas', shard: 0 }, year: 2026 };
    const plan = await store.plans.get(address, 'n2:2026');
    if (plan === null) throw new Error('no plan');
    // Read while the quarter is open, written when it is published.
    const late = store.plans.save(address, plan, {
      ...plan,
      takeovers: [
        {
          lineId: 'L1',
          from: '2026-03',
          backFrom: null,
          note: 'x',
          byId: 'kapus',
          at: '2026-03-10T00:00:00.000Z',
        },
      ],
    });
    await changePeriodOf(store, PERIOD, (period) => ({ ...period, state: 'PUBLISHED' }));
    expect(await problemsOf(write(store, [late]))).toEqual(['PERIOD_CLOSED']);
    expect(
      (await change(region.api, head, 'takeOverWorkResult', { ...takeOver, version: 4 }, PLAN)).problems,
    ).toEqual(['PERIOD_CLOSED from']);
    expect(
      (
        await change(
          region.api,
          head,
          'takeOverWorkResult',
          { ...takeOver, version: 4, from: '2026-04' },
          PLAN,
        )
      ).problems,
    ).toEqual([]);
  });
});
