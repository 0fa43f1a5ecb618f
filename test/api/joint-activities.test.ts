import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decimal } from '../../functions/domain/decimal.ts';
import { agreePlan } from '../../functions/usecases/plan/agree-plan.ts';
import { proposePlan } from '../../functions/usecases/plan/propose-plan.ts';
import { countRequests } from '../support/dynamodb.ts';
import { as, PERIOD, type WorkRegion, workRegion } from '../usecases/work-region.ts';
import { changePeriodOf, write } from '../workflow/region.ts';
import { caller, nobody, planner } from './endpoint-client.ts';
import { ask, change, made, refused } from './operations.ts';

const agency = caller('kadis');
const head = caller('kapus');
const otherHead = caller('kapus2');
let region: WorkRegion;
beforeAll(async () => {
  region = await workRegion();
  for (const [staffId, leader] of [
    ['n1', 'kapus'],
    ['m1', 'kapus2'],
  ] as const) {
    await proposePlan(region.deps, as(staffId), {
      staffId,
      year: 2026,
      lines: [
        {
          title: 'Kunjungan rumah',
          aspect: 'QUANTITY',
          indicatorId: 'visits',
          weight: 10_000,
          target: { value: decimal(120) },
        },
      ],
    });
    await agreePlan(region.deps, as(leader), { planId: `${staffId}:2026`, version: 1 });
  }
});
afterAll(() => region.api.drop());

const FIELDS =
  'jointActivity { id version state participants { staff { name } state lineId line { title kind } } results { text by { name } } }';
interface Part {
  readonly staff: { readonly name: string };
  readonly state: string;
  readonly lineId: string | null;
}
interface Activity {
  readonly id: string;
  readonly version: number;
  readonly state: string;
  readonly participants: readonly Part[];
}
const input = {
  title: 'Penurunan stunting lintas puskesmas',
  purpose: 'Menurunkan stunting di dua wilayah kerja',
  from: '2026-04-01',
  to: '2026-06-30',
  leadUnitId: 'puskesmas',
  leaderId: 'n1',
  participants: [
    { staffId: 'n1', role: 'Ketua' },
    { staffId: 'm1', role: 'Anggota' },
  ],
};
const PLAN = 'plan { version proposal { lines { id kind title weight } } } jointActivity { version }';

describe('work across two puskesmas', () => {
  let activity: Activity;

  test('is proposed by the head of the leading unit, and approved for those whom the head assesses', async () => {
    const { api } = region;
    activity = await made<Activity>(api, head, 'proposeJointActivity', input, FIELDS);
    expect(activity.participants.map(({ staff, state }) => [staff.name, state])).toEqual([
      ['Name n1', 'APPROVED'],
      ['Name m1', 'PROPOSED'],
    ]);
    for (const who of [otherHead, caller('n1'), caller('kadispar')])
      expect((await change(api, who, 'proposeJointActivity', input, FIELDS)).problems).toEqual(['FORBIDDEN']);
    const wrong = { ...input, to: '2027-01-01', participants: [{ staffId: 'x', role: ' ' }] };
    expect((await change(api, planner, 'proposeJointActivity', wrong, FIELDS)).problems).toEqual([
      'NOT_FOUND participants 0 staffId',
      'OUT_OF_RANGE to',
      'REQUIRED participants 0 role',
      'NOT_FOUND leaderId',
      'ONE_UNIT_ONLY participants',
    ]);
  });

  test('is decided on by each participant’s own leader, and joined by more people', async () => {
    const { api } = region;
    const decision = { id: activity.id, version: 1, staffId: 'm1', approve: true };
    for (const who of [head, caller('m1'), agency, planner])
      expect((await change(api, who, 'decideJointParticipation', decision, FIELDS)).problems).toEqual([
        'FORBIDDEN',
      ]);
    const approved = await made<Activity>(api, otherHead, 'decideJointParticipation', decision, FIELDS);
    expect(approved.participants[1]).toMatchObject({ state: 'APPROVED' });
    const more = { id: activity.id, version: 2, participants: [{ staffId: 'n2', role: 'Pencatat' }] };
    expect((await change(api, caller('m1'), 'inviteToJointActivity', more, FIELDS)).problems).toEqual([
      'FORBIDDEN',
    ]);
    activity = await made<Activity>(api, caller('n1'), 'inviteToJointActivity', more, FIELDS);
    expect(activity.participants.map(({ state }) => state)).toEqual(['APPROVED', 'APPROVED', 'PROPOSED']);
  });

  test('becomes an additional line of the participant’s plan when the other side agrees', async () => {
    const { api, deps } = region;
    const link = {
      id: activity.id,
      version: 3,
      staffId: 'm1',
      planVersion: 2,
      indicatorId: 'waiting',
      aspect: 'QUANTITY',
      monthlyTargets: [4, 5, 6].map((month) => ({ month: `2026-0${month}`, target: { value: '10' } })),
    };
    for (const who of [head, planner])
      expect((await change(api, who, 'planJointActivity', link, PLAN)).problems).toEqual(['FORBIDDEN']);
    expect(
      (await change(api, caller('m1'), 'planJointActivity', { ...link, indicatorId: 'none' }, PLAN)).problems,
    ).toEqual(['NOT_FOUND indicatorId']);
    const proposed = await made<{ proposal: { lines: readonly object[] } }>(
      api,
      caller('m1'),
      'planJointActivity',
      link,
      PLAN,
    );
    expect(proposed.proposal.lines).toEqual([
      { id: 'L1', kind: 'MAIN', title: 'Kunjungan rumah', weight: 10_000 },
      { id: 'L2', kind: 'ADDITIONAL', title: input.title, weight: 0 },
    ]);
    const again = { ...link, version: 4, planVersion: 3 };
    expect((await change(api, caller('m1'), 'planJointActivity', again, PLAN)).problems).toEqual([
      'WRONG_STATE planVersion',
    ]);
    await agreePlan(deps, as('kapus2'), { planId: 'm1:2026', version: 3 });
    expect(
      (await change(api, caller('m1'), 'planJointActivity', { ...again, planVersion: 4 }, PLAN)).problems,
    ).toEqual(['ALREADY_EXISTS staffId']);

    const query = `query ($id: ID!) { ${FIELDS.replace('jointActivity', 'jointActivity(id: $id)')} }`;
    const seen = async (who: Parameters<typeof ask>[1]) =>
      (await ask<{ jointActivity: Activity }>(api, who, query, { id: activity.id })).jointActivity
        .participants[1];
    expect(await seen(caller('m1'))).toMatchObject({
      lineId: 'L2',
      line: { title: input.title, kind: 'ADDITIONAL' },
    });
    // Another person's plan stays theirs.
    expect(await seen(caller('n1'))).toMatchObject({ lineId: 'L2', line: null });
    expect(await refused(api, nobody, query, { id: activity.id })).toEqual(['UNAUTHENTICATED']);
    const declined = { id: activity.id, version: 4, staffId: 'm1', approve: false, reason: 'Sibuk' };
    expect((await change(api, otherHead, 'decideJointParticipation', declined, FIELDS)).problems).toEqual([
      'IN_USE staffId',
    ]);
  });

  test('ends with its results, told by who leads it', async () => {
    const { api } = region;
    api.at('2026-05-02T02:00:00.000Z');
    const result = { id: activity.id, version: 4, text: 'Prevalensi turun dua persen' };
    expect((await change(api, head, 'reportJointResult', result, FIELDS)).problems).toEqual(['FORBIDDEN']);
    const end = { id: activity.id, version: 4, state: 'FINISHED' };
    expect((await change(api, head, 'endJointActivity', end, FIELDS)).problems).toEqual([
      'RESULT_FIRST state',
    ]);
    await made(api, caller('n1'), 'reportJointResult', result, FIELDS);
    expect(await change<Activity>(api, head, 'endJointActivity', end, FIELDS)).toMatchObject({
      entity: { version: 5 },
      problems: ['CONFLICT version'],
    });
    expect(await made(api, head, 'endJointActivity', { ...end, version: 5 }, FIELDS)).toMatchObject({
      state: 'FINISHED',
      results: [{ text: result.text, by: { name: 'Name n1' } }],
    });
  });

  test('is found by each unit and person in it, in the same requests for one as for many', async () => {
    const { api } = region;
    const second = { ...input, title: 'Kelas ibu hamil', from: '2026-05-01' };
    await made(api, head, 'proposeJointActivity', second, FIELDS);
    const list = `query ($unit: ID, $person: ID, $first: Int!) {
      jointActivities(unitId: $unit, staffId: $person, first: $first) { nodes { title } pageInfo { hasNextPage } } }`;
    interface Listed {
      readonly jointActivities: { readonly nodes: readonly { readonly title: string }[] };
    }
    const titles = async (variables: object) =>
      (await ask<Listed>(api, head, list, { first: 10, ...variables })).jointActivities.nodes.map(
        ({ title }) => title,
      );
    expect(await titles({ unit: 'puskesmas2' })).toEqual(['Kelas ibu hamil', input.title]);
    expect(await titles({ person: 'n2' })).toEqual([input.title]);
    expect(await titles({ unit: 'dispar' })).toEqual([]);
    expect(await refused(api, head, list, { first: 10 })).toEqual(['REQUIRED']);
    const costOf = async (first: number) => {
      const count = countRequests(api.table.client);
      await ask(api, head, list, { unit: 'puskesmas', first });
      return count.requests.length;
    };
    expect(await costOf(10)).toBe(await costOf(1));
  });
});

describe('work of somebody whose agreed line is by a definition that is no longer in force', () => {
  test('is planned beside that line, which stays as it is', async () => {
    const { api, deps } = region;
    const bounds = { low: decimal(60), high: decimal(85) };
    await proposePlan(deps, as('n3'), {
      ...{ staffId: 'n3', year: 2026 },
      lines: [
        { title: 'Hunian', aspect: 'QUALITY', indicatorId: 'occupancy', weight: 10_000, target: bounds },
      ],
    });
    await agreePlan(deps, as('kapus'), { planId: 'n3:2026', version: 1 });
    const occupancy = await deps.store.indicators.get('occupancy');
    if (occupancy === null) throw new Error('no indicator');
    const { auditHash: _, ...before } = occupancy;
    const measure = { ...before.current.measure, polarity: 'MAXIMIZE', aboveRange: null } as const;
    const current = { ...before.current, definition: 2, effectiveFrom: '2026-02-01', measure };
    await write(deps.store, [deps.store.indicators.save(occupancy, { ...before, current })]);

    const participants = [{ staffId: 'n3', role: 'Ketua' }, input.participants[1]];
    const { id } = await made<Activity>(
      api,
      head,
      'proposeJointActivity',
      { ...input, title: 'Kelas menyusui', leaderId: 'n3', participants },
      FIELDS,
    );
    const link = {
      ...{ id, version: 1, staffId: 'n3', planVersion: 2 },
      ...{ indicatorId: 'visits', aspect: 'QUANTITY', target: { value: '30' } },
    };
    const { proposal } = await made<{ proposal: { lines: readonly object[] } }>(
      api,
      caller('n3'),
      'planJointActivity',
      link,
      'plan { proposal { lines { id targets { target { value low high } } } } }',
    );
    expect(proposal.lines).toMatchObject([
      { id: 'L1', targets: expect.arrayContaining([{ target: { value: null, low: '60', high: '85' } }]) },
      { id: 'L2' },
    ]);
  });
});

describe('work that begins after a quarter was closed', () => {
  test('has its one target spread over its own months', async () => {
    const { api, deps } = region;
    await changePeriodOf(deps.store, PERIOD, (period) => ({
      ...period,
      state: 'PUBLISHED',
      publishedRun: 'r1',
    }));
    const late = { ...input, title: 'Posyandu bersama', from: '2026-10-25', to: '2026-12-20' };
    const { id, version } = await made<Activity>(api, head, 'proposeJointActivity', late, FIELDS);
    const link = {
      ...{ id, version, staffId: 'n1', planVersion: 2 },
      ...{ indicatorId: 'visits', aspect: 'QUANTITY', target: { value: '30' } },
    };
    const fields = 'plan { proposal { lines { id targets { month target { value } } } } }';
    const { proposal } = await made<{
      proposal: { lines: readonly { targets: readonly object[] }[] };
    }>(api, caller('n1'), 'planJointActivity', link, fields);
    expect(proposal.lines[1]?.targets).toEqual(
      [10, 11, 12].map((month) => ({ month: `2026-${month}`, target: { value: '10' } })),
    );

    // What was withdrawn from the plan again can be declined.
    const decline = { id, version: version + 1, staffId: 'n1', approve: false, reason: 'Beban penuh' };
    expect((await change(api, head, 'decideJointParticipation', decline, FIELDS)).problems).toEqual([
      'IN_USE staffId',
    ]);
    await made(
      api,
      caller('n1'),
      'withdrawPlanProposal',
      { planId: 'n1:2026', version: 3 },
      'plan { version }',
    );
    expect(await made<Activity>(api, head, 'decideJointParticipation', decline, FIELDS)).toMatchObject({
      participants: [{ state: 'DECLINED', lineId: null }, { state: 'PROPOSED' }],
    });
  });
});
