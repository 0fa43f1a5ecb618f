import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { defaultPolicyRules } from '../../functions/domain/period/policy.ts';
import {
  auditor,
  employee,
  hrAdmin,
  nobody,
  type Payload,
  planner,
  problemsOf,
  send,
} from './endpoint-client.ts';
import { type EndpointUnderTest, endpointUnderTest } from './endpoint-under-test.ts';
import { importUnits, unitId } from './example-region.ts';

interface Entity {
  readonly id: string;
  readonly version: number;
  readonly state: string;
}

let api: EndpointUnderTest;
beforeAll(async () => {
  api = await endpointUnderTest();
});
afterAll(() => api.drop());

const run = async <Name extends string, Key extends 'policy' | 'period'>(
  name: Name,
  key: Key,
  inputType: string,
  input: object,
  who = hrAdmin,
) => {
  const { data, errors } = await send<Record<Name, Payload<Key, Entity>>>(
    api.handler,
    who,
    `mutation ($input: ${inputType}!) { ${name}(input: $input) { ${key} { id version state } userErrors { code message path } } }`,
    { input },
  );
  expect(errors).toEqual([]);
  return data[name];
};
const draft = (input: object, who = planner) => run('draftPolicy', 'policy', 'DraftPolicyInput', input, who);
const activate = (input: object, who = hrAdmin) =>
  run('activatePolicy', 'policy', 'ActivatePolicyInput', input, who);
const editDraft = (input: object) => run('editPolicyDraft', 'policy', 'EditPolicyDraftInput', input, planner);
const plan = (input: object) => run('planPeriod', 'period', 'PlanPeriodInput', input);
const open = (input: object) => run('openPeriod', 'period', 'OpenPeriodInput', input);
const move = (input: object, who = planner) => run('moveClose', 'period', 'MoveCloseInput', input, who);
const reopen = (input: object) => run('reopenPeriod', 'period', 'ReopenPeriodInput', input);

describe('policies', () => {
  test('are drafted, changed, put in force, and never changed again', async () => {
    const drafted = await draft({ effectiveFrom: '2025-01-01' });
    expect(drafted).toMatchObject({ policy: { state: 'DRAFT', version: 1 }, userErrors: [] });
    const id = drafted.policy?.id;

    const rules = {
      ...defaultPolicyRules,
      minimumRaters: 5,
      behaviourScore: 'ADJUSTED',
      utcOffsetMinutes: 480,
    };
    expect((await editDraft({ id, version: 1, rules })).userErrors).toEqual([]);
    expect(problemsOf(await activate({ id, version: 2 }))).toEqual(['REASON_REQUIRED reason']);
    expect(await activate({ id, version: 2, reason: 'Berlaku surut' })).toMatchObject({
      policy: { state: 'ACTIVE' },
      userErrors: [],
    });

    expect(problemsOf(await editDraft({ id, version: 3, effectiveFrom: '2024-01-01' }))).toEqual([
      'WRONG_STATE id',
    ]);
    expect(problemsOf(await activate({ id, version: 3 }))).toEqual(['WRONG_STATE id']);
    const { data } = await send(
      api.handler,
      employee,
      '{ policy(on: "2026-03-10") { id number rules { minimumRaters behaviourScore raterPools { groups weight } oneSidedScore } } }',
    );
    expect(data).toEqual({
      policy: {
        id,
        number: 1,
        rules: {
          minimumRaters: 5,
          behaviourScore: 'ADJUSTED',
          raterPools: defaultPolicyRules.raterPools,
          oneSidedScore: 'NONE',
        },
      },
    });
    const before = await send(api.handler, employee, '{ policy(on: "2024-12-31") { id number state } }');
    expect(before.data).toEqual({ policy: { id: 'national', number: 0, state: 'ACTIVE' } });
  });

  test('are refused with every rule that they break', async () => {
    const rules = {
      ...defaultPolicyRules,
      achievementCap: 90,
      minimumRaters: 1,
      raterPools: [{ groups: ['SUPERIOR'], weight: 5_000 }],
      behaviourBands: { above: 80, meets: 90 },
    };
    const refused = await draft({ effectiveFrom: '2027-01-01', rules });
    expect(refused.policy).toBeNull();
    expect(problemsOf(refused)).toEqual(
      expect.arrayContaining(['POLICY_INVALID rules achievementCap', 'POLICY_INVALID rules minimumRaters']),
    );
    expect(refused.userErrors.every(({ message }) => message.length > 20)).toBe(true);
  });

  test('give a unit weights of its own, that its staff can read', async () => {
    await importUnits(api, [{ code: 'RSUD', name: 'RSUD Melati', kind: 'RUMAH_SAKIT' }]);
    const own = (id: string) => ({
      ...defaultPolicyRules,
      unitRaterPools: [
        {
          unitId: id,
          withSubunits: true,
          raterPools: [
            { groups: ['SUPERIOR'], weight: 6_000 },
            { groups: ['PUBLIC'], weight: 4_000 },
          ],
        },
      ],
    });
    const refused = await draft({ effectiveFrom: '2029-01-01', rules: own('nowhere') });
    expect(problemsOf(refused)).toEqual(['NOT_FOUND rules unitRaterPools 0 unitId']);
    const drafted = await draft({ effectiveFrom: '2029-01-01', rules: own(unitId('RSUD')) });
    expect(drafted.userErrors).toEqual([]);
    expect(problemsOf(await editDraft({ ...drafted.policy, state: undefined, rules: own('gone') }))).toEqual([
      'NOT_FOUND rules unitRaterPools 0 unitId',
    ]);
    await activate({ id: drafted.policy?.id, version: 1 });
    const { data } = await send(
      api.handler,
      employee,
      '{ policy(on: "2029-01-01") { rules { unitRaterPools { unit { code } unitId withSubunits raterPools { groups weight } } } } }',
    );
    expect(data).toEqual({
      policy: {
        rules: {
          unitRaterPools: [{ unit: { code: 'RSUD' }, ...own(unitId('RSUD')).unitRaterPools[0] }],
        },
      },
    });
  });

  test('are put in force by HR, drafted by planning too, and seen by whoever is signed in', async () => {
    const drafted = await draft({ effectiveFrom: '2028-01-01' });
    const refused = await activate({ id: drafted.policy?.id, version: 1 }, planner);
    expect(problemsOf(refused)).toEqual(['FORBIDDEN']);
    expect(problemsOf(await draft({ effectiveFrom: '2028-01-01' }, auditor))).toEqual(['FORBIDDEN']);
    expect((await send(api.handler, nobody, '{ policies { id } }')).codes).toEqual(['UNAUTHENTICATED']);
  });
});

describe('periods', () => {
  test('close at the end of their last day by the clock of the policy in force then', async () => {
    expect((await plan({ id: '2026-Q1' })).userErrors).toEqual([]);
    const { data } = await send(
      api.handler,
      nobody,
      '{ period(id: "2026-Q1") { kind start end state closesAt } }',
    );
    expect(data).toEqual({
      period: {
        kind: 'QUARTER',
        start: '2026-01-01',
        end: '2026-03-31',
        state: 'PLANNED',
        // WITA, eight hours ahead, as the policy above says.
        closesAt: '2026-03-31T16:00:00.000Z',
      },
    });
  });

  test('are opened once', async () => {
    await plan({ id: '2026-Q2' });
    expect(await open({ id: '2026-Q2', version: 1 })).toMatchObject({
      period: { state: 'OPEN', version: 2 },
    });
    expect(problemsOf(await open({ id: '2026-Q2', version: 2 }))).toEqual(['WRONG_STATE']);
    expect(problemsOf(await open({ id: '2026-Q2', version: 1 }))).toEqual(['CONFLICT version']);
    expect(problemsOf(await open({ id: '2026-Q3', version: 1 }))).toEqual(['NOT_FOUND id']);
  });

  test('close at another time as long as they are not due, with a reason, and everybody is told once they are open', async () => {
    const closesAt = '2027-01-08T16:00:00Z';
    const told = async () => {
      const { data } = await send<{ notices: { nodes: { kind: string; period: { id: string } | null }[] } }>(
        api.handler,
        employee,
        '{ notices(first: 50) { nodes { kind period { id } } } }',
      );
      return data.notices.nodes.filter(({ kind }) => kind === 'CLOSE_MOVED').length;
    };
    await plan({ id: '2026-12' });
    const input = { id: '2026-12', version: 1, closesAt, reason: 'Cuti bersama' };
    expect(problemsOf(await move(input, employee))).toEqual(['FORBIDDEN']);
    expect(problemsOf(await move({ ...input, reason: ' ' }))).toEqual(['REASON_REQUIRED reason']);
    expect(problemsOf(await move({ ...input, id: '2031' }))).toEqual(['NOT_FOUND id']);
    expect(problemsOf(await move({ ...input, version: 2 }))).toEqual(['CONFLICT version']);
    // WITA: the year is not over where the region is.
    expect(problemsOf(await move({ ...input, closesAt: '2026-12-31T15:59:59Z' }))).toEqual([
      'OUT_OF_RANGE closesAt',
    ]);
    expect(problemsOf(await move({ ...input, closesAt: '9999-12-31T00:00:00Z' }))).toEqual([
      'OUT_OF_RANGE closesAt',
    ]);
    expect(await move(input)).toMatchObject({ period: { state: 'PLANNED', version: 2 }, userErrors: [] });
    expect(await told()).toBe(0);

    await open({ id: '2026-12', version: 2 });
    const again = { ...input, version: 3, closesAt: '2027-01-11T16:00:00Z' };
    expect(await move(again, hrAdmin)).toMatchObject({
      period: { state: 'OPEN', version: 4 },
      userErrors: [],
    });
    expect((await api.deps.store.periods.get('2026-12'))?.closesAt).toBe('2027-01-11T16:00:00.000Z');
    expect(await told()).toBe(1);
    await move({ ...input, version: 4 });
    const decomposed = ' Café \n'.normalize('NFD');
    await move({ ...again, version: 5, reason: decomposed });
    expect(await told()).toBe(3);
    expect(problemsOf(await move({ ...input, version: 6, reason: 'a'.repeat(1_001) }))).toEqual([
      'TOO_LONG reason',
    ]);
    const trail = await api.deps.store.audit.entries('PERIOD#2026-12', { first: 10, after: null });
    expect(trail.items.map(({ value }) => value.reason).slice(-2)).toEqual(['Cuti bersama', 'Café']);
  });

  test('are taken back until they open, as if nobody had planned them, and can be planned anew', async () => {
    const { store } = api.deps;
    const cancel = (input: object, who = planner) =>
      run(
        'cancelPeriod',
        'period',
        'CancelPeriodInput',
        { id: '2026-11', reason: 'Salah ketik', ...input },
        who,
      );
    const listed = async () => (await store.periods.list()).map(({ id }) => id);
    expect(problemsOf(await cancel({ version: 1 }))).toEqual(['NOT_FOUND id']);
    await plan({ id: '2026-11' });
    expect(problemsOf(await cancel({ version: 1 }, employee))).toEqual(['FORBIDDEN']);
    expect(problemsOf(await cancel({ version: 1, reason: ' ' }))).toEqual(['REASON_REQUIRED reason']);
    expect(problemsOf(await cancel({ version: 2 }))).toEqual(['CONFLICT version']);
    const taken = { version: 1, idempotencyKey: 'cancel-november' };
    expect(await cancel(taken)).toMatchObject({ period: { state: 'CANCELLED', version: 2 }, userErrors: [] });

    expect([await store.periods.get('2026-11'), (await listed()).includes('2026-11')]).toEqual([null, false]);
    expect(problemsOf(await open({ id: '2026-11', version: 2 }))).toEqual(['NOT_FOUND id']);
    expect(problemsOf(await cancel({ version: 2 }))).toEqual(['NOT_FOUND id']);

    expect(await plan({ id: '2026-11' })).toMatchObject({
      period: { state: 'PLANNED', version: 3 },
      userErrors: [],
    });
    expect(await cancel(taken)).toMatchObject({ period: { state: 'PLANNED', version: 3 }, userErrors: [] });
    await open({ id: '2026-11', version: 3 });
    expect(problemsOf(await cancel({ version: 4 }))).toEqual(['WRONG_STATE']);
    const trail = await store.audit.entries('PERIOD#2026-11', { first: 10, after: null });
    expect(trail.items.map(({ value: { operation, reason } }) => [operation, reason])).toEqual([
      ['planPeriod', null],
      ['cancelPeriod', 'Salah ketik'],
      ['planPeriod', null],
      ['openPeriod', null],
    ]);
  });

  test('are refused when they are none, known already, or close before they end', async () => {
    expect(problemsOf(await plan({ id: '2026-Q5' }))).toEqual(['INVALID_FORMAT id']);
    expect(problemsOf(await plan({ id: '2026-Q1' }))).toEqual(['ALREADY_EXISTS id']);
    expect(problemsOf(await plan({ id: '2026-Q4', closesAt: '2026-11-01T00:00:00Z' }))).toEqual([
      'OUT_OF_RANGE closesAt',
    ]);
    expect(problemsOf(await plan({ id: '2026-Q4', closesAt: '9999-12-31T00:00:00Z' }))).toEqual([
      'OUT_OF_RANGE closesAt',
    ]);
  });

  test('are opened again only with a reason, after they were published', async () => {
    const closesAt = '2026-05-01T00:00:00Z';
    expect(problemsOf(await reopen({ id: '2026-Q1', version: 1, reason: ' ', closesAt }))).toEqual([
      'REASON_REQUIRED reason',
    ]);
    expect(problemsOf(await reopen({ id: '2026-Q1', version: 1, reason: 'Keliru', closesAt }))).toEqual([
      'WRONG_STATE',
    ]);

    const period = await api.deps.store.periods.get('2026-Q1');
    if (period === null) throw new Error('no period');
    const { auditHash: _, ...planned } = period;
    const published = {
      state: 'PUBLISHED',
      publishedRun: 'r1',
      publishedAt: '2026-04-01T00:00:00.000Z',
    } as const;
    await api.deps.store.commit(
      {
        actor: { id: 'system', role: 'SYSTEM' },
        at: api.deps.now(),
        operation: 'publish',
        reason: null,
        idempotency: null,
      },
      [api.deps.store.periods.save(period, { ...planned, ...published })],
    );
    const past = await reopen({
      id: '2026-Q1',
      version: 2,
      reason: 'Keliru',
      closesAt: '2026-01-01T00:00:00Z',
    });
    expect(problemsOf(past)).toEqual(['OUT_OF_RANGE closesAt']);
    expect(await reopen({ id: '2026-Q1', version: 2, reason: 'Angka keliru', closesAt })).toMatchObject({
      period: { state: 'OPEN', version: 3 },
      userErrors: [],
    });
    const trail = await api.deps.store.audit.entries('PERIOD#2026-Q1', { first: 10, after: null });
    expect(trail.items.at(-1)?.value).toMatchObject({ operation: 'reopenPeriod', reason: 'Angka keliru' });
    expect(await api.deps.store.periods.get('2026-Q1')).toMatchObject({ attempt: 2, publishedRun: 'r1' });
  });
});
