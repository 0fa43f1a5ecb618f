import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '../../functions/domain/access-policy.ts';
import { decimal } from '../../functions/domain/decimal.ts';
import { createGoal } from '../../functions/usecases/goal/create-goal.ts';
import { editGoal } from '../../functions/usecases/goal/edit-goal.ts';
import { reviseIndicator } from '../../functions/usecases/indicator/revise-indicator.ts';
import { agreeAgreement, agreePlan } from '../../functions/usecases/plan/agree-plan.ts';
import { amendPlan } from '../../functions/usecases/plan/amend-plan.ts';
import { cascadeOf } from '../../functions/usecases/plan/cascade.ts';
import { checkReferences, type PlanLineInput } from '../../functions/usecases/plan/plan-lines.ts';
import { proposeAgreement } from '../../functions/usecases/plan/propose-agreement.ts';
import { proposePlan } from '../../functions/usecases/plan/propose-plan.ts';
import { readAgreement, readPlan } from '../../functions/usecases/plan/read-plan.ts';
import { requestPlanChanges } from '../../functions/usecases/plan/request-plan-changes.ts';
import { createStaff } from '../../functions/usecases/staff/create-staff.ts';
import { myTasks } from '../../functions/usecases/task/my-tasks.ts';
import { changePeriodOf } from '../workflow/region.ts';
import {
  as,
  auditor,
  hr,
  nobody,
  PERIOD,
  planner,
  problemsOf,
  type WorkRegion,
  workRegion,
  YEAR,
} from './work-region.ts';

let region: WorkRegion;
beforeAll(async () => {
  region = await workRegion();
});
afterAll(() => region.api.drop());

const visits = (more: Partial<PlanLineInput> = {}): PlanLineInput => ({
  title: 'Kunjungan rumah',
  aspect: 'QUANTITY',
  indicatorId: 'visits',
  weight: 10_000,
  target: { value: decimal(100) },
  ...more,
});
const waiting = (more: Partial<PlanLineInput> = {}): PlanLineInput => ({
  title: 'Waktu tunggu',
  aspect: 'TIME',
  indicatorId: 'waiting',
  target: { value: decimal(15) },
  ...more,
});

const proposal = (staffId: string, lines: readonly PlanLineInput[], more: object = {}) => ({
  staffId,
  year: YEAR,
  lines,
  ...more,
});

/** What waits for somebody of plans and agreements. */
const ofPlans = async (who: Actor): Promise<readonly string[]> =>
  (await myTasks(region.deps, who)).flatMap(({ kind, planId }) =>
    planId === null || kind === 'REPORT_REALISATIONS' ? [] : [`${kind} ${planId}`],
  );

describe('the dialogue on a plan', () => {
  test('what the person proposes the assessor hands back, and agrees once it was changed', async () => {
    const { deps } = region;
    const first = (await proposePlan(deps, as('n1'), proposal('n1', [visits()]))).plan;
    expect(first).toMatchObject({ proposalState: 'PROPOSED', proposedBy: 'OWNER', agreed: null });

    const back = (
      await requestPlanChanges(deps, as('kapus'), {
        planId: first.id,
        version: first.version,
        text: 'Tambahkan waktu tunggu',
      })
    ).plan;
    expect(back.proposalState).toBe('CHANGES_REQUESTED');
    const asked = await deps.store.discussion.list(first.id, { first: 5, after: null });
    expect(asked.items.map(({ value }) => value)).toMatchObject([
      {
        authorId: 'kapus',
        side: 'SUPERIOR',
        text: 'Tambahkan waktu tunggu',
        asksForChanges: true,
        resolved: null,
      },
    ]);

    const second = (
      await proposePlan(
        deps,
        as('n1'),
        proposal('n1', [visits({ id: 'L1' }), waiting()], { version: back.version, equalWeights: true }),
      )
    ).plan;
    const agreed = (await agreePlan(deps, as('kapus'), { planId: second.id, version: second.version })).plan;

    expect(agreed).toMatchObject({ proposal: null, proposedBy: null, agreed: { revision: 1 } });
    expect(agreed.agreed?.lines.map(({ id, weight }) => [id, weight])).toEqual([
      ['L1', 5000],
      ['L2', 5000],
    ]);
    // 100 over twelve months: the first ones carry what does not divide.
    expect(agreed.agreed?.lines[0]?.targets['01']).toEqual({ value: '8.34' });
    expect(agreed.agreed?.lines[0]?.targets['12']).toEqual({ value: '8.33' });
    expect(agreed.agreed?.lines[1]?.targets['07']).toEqual({ value: '15' });
    expect(await deps.store.plans.revisions(agreed.id)).toHaveLength(1);
  });

  test('what the assessor drafts the person agrees, and nobody agrees with themselves', async () => {
    const { deps } = region;
    const { plan } = await proposePlan(deps, as('kapus'), proposal('n2', [visits()]));
    expect(plan.proposedBy).toBe('SUPERIOR');

    const key = { planId: plan.id, version: plan.version };
    expect(await problemsOf(agreePlan(deps, as('kapus'), key))).toEqual(['FORBIDDEN']);
    expect((await agreePlan(deps, as('n2'), key)).plan.agreed?.revision).toBe(1);
  });

  test('of two who agree in the same moment one is told that the version is another now, and nothing else', async () => {
    const { deps } = region;
    const { plan } = await proposePlan(deps, as('kapus'), proposal('n2', [visits()], { year: YEAR + 1 }));
    const key = { planId: plan.id, version: plan.version };
    const { commit } = deps.store;
    let first = true;
    const late = {
      ...deps,
      store: {
        ...deps.store,
        commit: async (...args: Parameters<typeof commit>) => {
          if (first) {
            first = false;
            await agreePlan(deps, as('n2'), key);
          }
          return commit(...args);
        },
      },
    };
    expect(await problemsOf(agreePlan(late, as('n2'), key))).toEqual(['CONFLICT version']);
  });

  test('a stale version changes nothing and says so', async () => {
    const { deps } = region;
    const { plan } = await proposePlan(deps, as('n3'), proposal('n3', [visits()]));
    await proposePlan(deps, as('n3'), proposal('n3', [visits()], { version: plan.version }));

    const stale = { planId: plan.id, version: plan.version };
    expect(await problemsOf(agreePlan(deps, as('kapus'), stale))).toEqual(['CONFLICT version']);
    expect(await problemsOf(proposePlan(deps, as('n3'), proposal('n3', [visits()])))).toEqual([
      'CONFLICT version',
    ]);
    expect((await readPlan(deps, as('n3'), { staffId: 'n3', year: YEAR }))?.agreed).toBeNull();
  });

  test('a repeated mutation under one key is answered alike and writes once', async () => {
    const { deps } = region;
    const input = proposal('n4', [visits()], { idempotencyKey: 'propose-n4' });
    const once = await proposePlan(deps, as('n4'), input);
    const twice = await proposePlan(deps, as('n4'), input);

    expect(twice.plan.version).toBe(once.plan.version);
    const other = { ...input, lines: [visits({ title: 'Lain' })] };
    expect(await problemsOf(proposePlan(deps, as('n4'), other))).toEqual([
      'IDEMPOTENCY_KEY_REUSED idempotencyKey',
    ]);
  });

  test('an amendment needs a reason, leaves the plan in force, and never reuses a line id', async () => {
    const { deps } = region;
    const before = await readPlan(deps, as('kapus'), { staffId: 'n1', year: YEAR });
    const edit = { planId: 'n1:2026', version: before?.version ?? 0 };
    const lines = [
      visits({ id: 'L1', weight: 6000 }),
      waiting({ weight: 4000, title: 'Waktu tunggu loket' }),
    ];

    expect(await problemsOf(amendPlan(deps, as('n1'), { ...edit, lines, reason: ' ' }))).toEqual([
      'REASON_REQUIRED reason',
    ]);
    const { plan } = await amendPlan(deps, as('n1'), { ...edit, lines, reason: 'Loket baru' });

    expect(plan.agreed?.revision).toBe(1);
    expect(plan.proposal).toMatchObject({ revision: 2, reason: 'Loket baru' });
    expect(plan.proposal?.lines.map(({ id }) => id)).toEqual(['L1', 'L3']);
  });

  test('all that is wrong is said at once, and nothing is written', async () => {
    const { deps } = region;
    const lines: PlanLineInput[] = [
      visits({ weight: 5000, target: { value: decimal(-1) } }),
      waiting({ weight: 4000, target: { low: decimal(1), high: decimal(2) } }),
      visits({ indicatorId: 'nowhere', weight: 500 }),
      visits({ indicatorId: 'old', weight: 500, title: ' ', goalId: 'g-0' }),
      visits({
        id: 'L9',
        kind: 'ADDITIONAL',
        weight: 1,
        serves: { planId: 'n1:2026', lineId: 'L7', role: 'SUPPORTS' },
      }),
    ];

    const found = await problemsOf(proposePlan(deps, as('m1'), proposal('m1', lines)));

    expect(found).toEqual(
      expect.arrayContaining([
        'NOT_FOUND lines.4.id',
        'NOT_FOUND lines.2.indicatorId',
        'RETIRED lines.3.indicatorId',
        'NOT_FOUND lines.3.goalId',
        'NOT_FOUND lines.4.serves.planId',
        'OUT_OF_RANGE lines.4.weight',
      ]),
    );
    expect(await readPlan(deps, as('m1'), { staffId: 'm1', year: YEAR })).toBeNull();
  });

  test('nothing that is wrong hides behind something else: texts, weights, reason and targets of every line', async () => {
    const { deps } = region;
    const first = await proposePlan(deps, as('m1'), proposal('m1', [visits()], { year: 2027 }));
    await agreePlan(deps, as('kapus2'), { planId: 'm1:2027', version: first.plan.version });
    const lines = [
      visits({ id: 'L1', title: ' ', weight: 5000 }),
      visits({ title: '', indicatorId: 'nowhere', weight: null }),
      waiting({ weight: 3000, target: { low: decimal(1), high: decimal(2) } }),
      waiting({
        title: 'x'.repeat(600),
        weight: 2000,
        target: null,
        monthlyTargets: [{ month: '2025-01', target: { value: decimal(1) } }],
      }),
    ];
    const edit = { planId: 'm1:2027', version: first.plan.version + 1, reason: ' ', lines };

    expect([...(await problemsOf(amendPlan(deps, as('m1'), edit)))].sort()).toEqual([
      'NOT_FOUND lines.1.indicatorId',
      'OUTSIDE_PERIOD lines.3.monthlyTargets.0.month',
      'REASON_REQUIRED reason',
      'REQUIRED lines.0.title',
      'REQUIRED lines.1.title',
      'REQUIRED lines.1.weight',
      'TARGET_SHAPE lines.2.target',
      'TOO_LONG lines.3.title',
    ]);
  });

  test('weights that do not sum and targets of the wrong sign or shape lead to their place in the input', async () => {
    const { deps } = region;
    const lines = [
      visits({ weight: 5000, target: { value: decimal(-1) } }),
      waiting({ weight: 4000, target: { low: decimal(1), high: decimal(2) } }),
      visits({
        weight: 500,
        target: null,
        monthlyTargets: [{ month: '2026-02', target: { value: decimal(-5) } }],
      }),
    ];

    expect([...(await problemsOf(proposePlan(deps, as('m1'), proposal('m1', lines))))].sort()).toEqual([
      'TARGET_SHAPE lines.1.target',
      'TARGET_SIGN lines.0.target',
      'TARGET_SIGN lines.2.monthlyTargets.0.target',
      'WEIGHTS_DO_NOT_SUM lines',
    ]);
  });

  test("a line that carries a share of the superior's figure is compared with it", async () => {
    const { deps } = region;
    const head = await proposePlan(
      deps,
      as('kapus'),
      proposal('kapus', [visits({ target: { value: decimal(500) } })]),
    );
    await agreePlan(deps, as('kadis'), { planId: head.plan.id, version: head.plan.version });
    const { plan } = await proposePlan(
      deps,
      as('n4'),
      proposal(
        'n4',
        [
          visits({
            target: { value: decimal(90) },
            serves: { planId: 'kapus:2026', lineId: 'L1', role: 'CARRIES' },
          }),
        ],
        { version: 1 },
      ),
    );
    const warnings = await cascadeOf(deps, as('n4'), plan);

    expect(warnings).toMatchObject([
      { index: 0, warning: { code: 'SHARES_DO_NOT_ADD_UP', expected: '500', actual: '90' } },
    ]);
  });
});

describe('the line that a line serves', () => {
  const serving = (planId: string, lineId = 'L1') => [
    visits({ serves: { planId, lineId, role: 'CARRIES' }, target: { value: decimal(90) } }),
  ];

  test.each([
    ['the plan of the own assessor', 'kapus:2026', []],
    ['a line that is not in it', 'kapus:2026 L9', ['NOT_FOUND lines.0.serves.lineId']],
    ['the plan of a colleague', 'n2:2026', ['NOT_FOUND lines.0.serves.planId']],
    ['a plan that nobody has', 'n2:2027', ['NOT_FOUND lines.0.serves.planId']],
    ["the assessor's own plan while it is only proposed", 'kapus:2027', ['NOT_FOUND lines.0.serves.planId']],
  ])('%s', async (_, reference, problems) => {
    const { deps } = region;
    await proposePlan(deps, as('kapus'), { ...proposal('kapus', [visits()]), year: 2027 }).catch(() => null);
    const [planId = '', lineId] = reference.split(' ');
    const input = proposal('n4', serving(planId, lineId), { year: 2027, version: await versionOf('n4') });
    expect(await problemsOf(proposePlan(deps, as('n4'), input))).toEqual(problems);
  });
  const versionOf = async (staffId: string) =>
    (await readPlan(region.deps, as(staffId), { staffId, year: 2027 }))?.version ?? null;

  test('what a line serves it may go on serving when the superior is another by now', async () => {
    const formerSuperior = { planId: 'n2:2026', lineId: 'L1', role: 'CARRIES' } as const;
    const references = (serves: NonNullable<PlanLineInput['serves']>, id: string) =>
      checkReferences(
        region.deps,
        as('n4'),
        { kind: 'STAFF', staffId: 'n4' },
        [visits({ id, serves })],
        [{ id: 'L3', goalId: null, serves: formerSuperior }],
      );
    expect(await references(formerSuperior, 'L3')).toEqual([]);
    expect(await references(formerSuperior, 'L4')).toMatchObject([{ code: 'NOT_FOUND' }]);
    expect(await references({ ...formerSuperior, planId: 'n3:2026' }, 'L3')).toMatchObject([
      { code: 'NOT_FOUND' },
    ]);
  });

  test('a plan that the actor may read may be served, and shares under discussion are nobody else’s', async () => {
    const { deps } = region;
    // kadis assesses both kapus and kapus2, and so reads the plan of the one while drafting that of the other.
    const { plan, warnings } = await proposePlan(
      deps,
      as('kadis'),
      proposal('kapus2', serving('kapus:2026')),
    );
    expect(plan.proposal?.lines[0]?.serves?.planId).toBe('kapus:2026');
    // n4's 90 are only proposed: they are not in the sum.
    expect(warnings).toMatchObject([
      { about: 'SERVES', warning: { code: 'NOT_THE_SUPERIOR' } },
      { about: 'SERVES', warning: { code: 'SHARES_DO_NOT_ADD_UP', expected: '500', actual: '90' } },
    ]);
    // The other side may not read that plan, and learns nothing of it.
    expect(await cascadeOf(deps, as('kapus2'), plan)).toMatchObject([
      { warning: { code: 'NOT_THE_SUPERIOR' } },
    ]);
  });
});

test.each([1999, 2028, 2099])('no plan is proposed for %d', async (year) => {
  const { deps } = region;
  const input = { ...proposal('n4', [visits()]), year };
  expect(await problemsOf(proposePlan(deps, as('n4'), input))).toEqual(['OUT_OF_RANGE year']);
});

describe('who takes part', () => {
  test.each([
    ['a colleague', as('n2')],
    ['the head of another unit', as('kapus2')],
    ["the assessor's superior", as('kadis')],
    ['HR', hr],
    ['a planner', planner],
    ['nobody', nobody],
  ])('%s proposes no plan for somebody', async (_, actor) => {
    const { deps } = region;
    const problems = await problemsOf(proposePlan(deps, actor, proposal('m1', [visits()])));
    // The head of the other unit is this nurse's assessor.
    expect(problems).toEqual(
      actor.staffId === 'kapus2' ? [] : [actor === nobody ? 'UNAUTHENTICATED' : 'FORBIDDEN'],
    );
  });

  test.each([
    ['the person', as('n1'), true],
    ['the assessor', as('kapus'), true],
    ["the assessor's superior", as('kadis'), true],
    ['HR', hr, true],
    ['a planner', planner, true],
    ['an auditor', auditor, true],
    ['a colleague', as('n2'), false],
    ['the head of another unit', as('kapus2'), false],
    ['nobody', nobody, false],
  ])('%s reads a plan: %s', async (_, actor, may) => {
    const found = await problemsOf(readPlan(region.deps, actor, { staffId: 'n1', year: YEAR }));
    expect(found).toEqual(may ? [] : [actor === nobody ? 'UNAUTHENTICATED' : 'FORBIDDEN']);
  });
});

describe('agreements of units', () => {
  const agreement = (unitId: string, more: object = {}) => ({
    unitId,
    year: YEAR,
    lines: [visits()],
    ...more,
  });

  test('the head proposes, the head above agrees; what is discussed is not public', async () => {
    const { deps } = region;
    const { plan } = await proposeAgreement(deps, as('kapus'), agreement('puskesmas'));
    const key = { planId: plan.id, version: plan.version };

    expect(await readAgreement(deps, nobody, { unitId: 'puskesmas', year: YEAR })).toBeNull();
    expect(await problemsOf(agreeAgreement(deps, as('kapus2'), key))).toEqual(['FORBIDDEN']);
    expect(await problemsOf(agreeAgreement(deps, as('kapus'), key))).toEqual(['FORBIDDEN']);
    await agreeAgreement(deps, as('kadis'), key);

    expect(await readAgreement(deps, nobody, { unitId: 'puskesmas', year: YEAR })).toMatchObject({
      agreed: { revision: 1 },
      proposal: null,
    });
  });

  test('at the top a planner agrees, but not one who heads the unit', async () => {
    const { deps } = region;
    const head = as('kadis', 'PLANNER');
    const { plan } = await proposeAgreement(deps, head, agreement('dinkes'));
    const key = { planId: plan.id, version: plan.version };

    expect(await problemsOf(agreeAgreement(deps, head, key))).toEqual(['FORBIDDEN']);
    // Nor one who serves under that head, and whose own head it is therefore about.
    expect(await problemsOf(agreeAgreement(deps, as('n1', 'PLANNER'), key))).toEqual(['FORBIDDEN']);
    expect(await ofPlans(as('n1', 'PLANNER'))).not.toContain('AGREE_PLAN unit:dinkes:2026');
    expect(await ofPlans(as('kadispar', 'PLANNER'))).toContain('AGREE_PLAN unit:dinkes:2026');
    expect((await agreeAgreement(deps, planner, key)).plan.agreed?.revision).toBe(1);
  });
});

describe('the plan of whoever has nobody above but the head of the region', () => {
  const officer = as('kadispar', 'HR_ADMIN');

  test('is agreed by the personnel office in that official’s name, but not by whom the person leads', async () => {
    const { deps } = region;
    const { plan } = await proposePlan(deps, as('kadis'), proposal('kadis', [visits()]));
    const key = { planId: plan.id, version: plan.version };
    for (const who of [as('n1', 'HR_ADMIN'), as('kadis', 'HR_ADMIN'), as('kadispar'), planner, auditor])
      expect(await problemsOf(agreePlan(deps, who, key))).toEqual(['FORBIDDEN']);
    expect(await ofPlans(as('n1', 'HR_ADMIN'))).not.toContain(`AGREE_PLAN ${plan.id}`);
    expect(await ofPlans(officer)).toContain(`AGREE_PLAN ${plan.id}`);

    const { plan: back } = await requestPlanChanges(deps, officer, { ...key, text: 'Tambah target' });
    await proposePlan(deps, as('kadis'), { ...proposal('kadis', [visits()]), version: back.version });
    const { items } = await deps.store.notices.page(
      [{ kind: 'ROLE', role: 'HR_ADMIN' }],
      { first: 10, after: null },
      '2026-01-01T00:00:00.000Z',
    );
    expect(items.map(({ value }) => value.kind)).toContain('PLAN_PROPOSED');
    expect((await agreePlan(deps, hr, { planId: plan.id, version: back.version + 1 })).plan).toMatchObject({
      agreed: { revision: 1 },
    });
  });

  test('is nobody else’s: of everybody with an assessor the office has no side', async () => {
    const problems = await problemsOf(proposePlan(region.deps, officer, proposal('kapus', [visits()])));
    expect(problems).toEqual(['FORBIDDEN']);
  });
});

describe('tasks of the dialogue', () => {
  test('each side finds what the other one waits for', async () => {
    const { deps } = region;
    const plan = await readPlan(deps, as('n3'), { staffId: 'n3', year: YEAR });
    await requestPlanChanges(deps, as('kapus'), {
      planId: 'n3:2026',
      version: plan?.version ?? 0,
      text: 'Kurang',
    });
    expect(await ofPlans(as('kapus'))).toEqual([
      'AGREE_PLAN n1:2026',
      'AGREE_PLAN n4:2026',
      'AGREE_PLAN n4:2027',
    ]);
    expect(await ofPlans(as('n3'))).toEqual(['ANSWER_CHANGE_REQUEST n3:2026']);
    // Drafted by the head of the other puskesmas.
    expect(await ofPlans(as('m1'))).toEqual(['AGREE_PLAN m1:2026']);
    expect(await ofPlans(as('kapus2'))).toEqual(['AGREE_PLAN kapus2:2026']);
  });
});

test('a target of the year is spread over the months in which somebody serves who comes in the course of it', async () => {
  const { deps } = region;
  const { id } = await createStaff(deps, hr, {
    nip: '199001012026031001',
    name: 'Baru',
    employment: 'PNS',
    assignment: { unitId: 'puskesmas', position: 'Perawat', jobGroup: 'nurse', from: '2026-03-09' },
  });
  const lines = [visits({ weight: 5_000 }), waiting({ weight: 5_000 })];
  const { plan } = await proposePlan(deps, as(id), proposal(id, lines));
  const [total, each] = plan.proposal?.lines ?? [];
  expect(total?.targets).toEqual(
    Object.fromEntries(
      ['03', '04', '05', '06', '07', '08', '09', '10', '11', '12'].map((month) => [month, { value: '10' }]),
    ),
  );
  expect(Object.keys(each?.targets ?? {})).toEqual(Object.keys(total?.targets ?? {}));
});

test('what is left out of a line with an id stays as it is there, and null takes it away', async () => {
  const { deps } = region;
  const { id } = await createStaff(deps, hr, {
    nip: '199001012026031002',
    name: 'Baru Juga',
    employment: 'PNS',
    assignment: { unitId: 'puskesmas', position: 'Perawat', jobGroup: 'nurse', from: '2026-03-09' },
  });
  const goal = await createGoal(deps, planner, {
    code: 'TINGGAL',
    title: 'Tetap',
    fromYear: YEAR,
    toYear: YEAR,
  });
  const propose = async (lines: readonly PlanLineInput[], version?: number) =>
    (await proposePlan(deps, as(id), proposal(id, lines, { version, equalWeights: true }))).plan;
  const extra = waiting({
    kind: 'ADDITIONAL',
    perspective: 'BUSINESS_PROCESS',
    target: { value: decimal(12) },
  });
  const first = await propose([visits({ goalId: goal.id, perspective: 'SERVICE_RECIPIENTS' }), extra]);
  const { target: _, ...titled } = visits({ title: 'Kunjungan ke rumah', weight: null });
  const { target: __, kind: ___, perspective: ____, ...same } = extra;

  const second = await propose(
    [
      { ...titled, id: 'L1' },
      { ...same, id: 'L2' },
    ],
    first.version,
  );
  expect(second.proposal?.lines).toEqual(
    first.proposal?.lines.map((line) => (line.id === 'L1' ? { ...line, title: 'Kunjungan ke rumah' } : line)),
  );
  const none = { ...titled, id: 'L1', goalId: null, perspective: null };
  const third = await propose([none, { ...same, id: 'L2', kind: 'MAIN' }], second.version);
  expect(third.proposal?.lines).toMatchObject([
    { goalId: null, perspective: null, weight: 5_000, targets: first.proposal?.lines[0]?.targets },
    { kind: 'MAIN', perspective: 'BUSINESS_PROCESS', weight: 5_000 },
  ]);
  for (const cleared of [{ monthlyTargets: null }, { target: null }])
    expect(
      await problemsOf(
        proposePlan(deps, as(id), proposal(id, [{ ...none, ...cleared }], { version: third.version })),
      ),
    ).toContain('TARGET_MISSING lines.0.target');
  expect(
    await problemsOf(
      proposePlan(deps, as(id), proposal(id, [titled], { version: third.version, equalWeights: true })),
    ),
  ).toEqual(['TARGET_MISSING lines.0.target']);
});

test('goals that are laid below each other in the same moment make no ring', async () => {
  const { deps } = region;
  const made = (code: string) =>
    createGoal(deps, planner, { code, title: code, fromYear: YEAR, toYear: YEAR });
  const [a, b] = [await made('RING-A'), await made('RING-B')];
  let meanwhile: (() => Promise<unknown>) | null = () =>
    editGoal(deps, planner, { id: b.id, version: b.version, parentId: a.id });
  const commit: typeof deps.store.commit = async (...intent) => {
    const first = meanwhile;
    meanwhile = null;
    await first?.();
    await deps.store.commit(...intent);
  };
  const overtaken = { ...deps, store: { ...deps.store, commit } };
  expect(
    await problemsOf(editGoal(overtaken, planner, { id: a.id, version: a.version, parentId: b.id })),
  ).toEqual(['INVALID_FORMAT parentId']);
  const [above, below] = await Promise.all([a, b].map(({ id }) => deps.store.goals.get(id)));
  expect([above?.parentId, below?.parentId]).toEqual([null, a.id]);
});

describe('after a quarter was published', () => {
  const monthly = (value: number, months: readonly number[]) =>
    months.map((month) => ({
      month: `2026-${String(month).padStart(2, '0')}`,
      target: { value: decimal(value) },
    }));
  const amend = async (lines: readonly PlanLineInput[]) => {
    const { deps } = region;
    const plan = await readPlan(deps, as('n2'), { staffId: 'n2', year: YEAR });
    const edit = {
      planId: 'n2:2026',
      version: plan?.version ?? 0,
      reason: 'Cuti',
      lines,
      equalWeights: true,
    };
    return amendPlan(deps, as('n2'), edit);
  };
  beforeAll(() =>
    changePeriodOf(region.deps.store, PERIOD, (period) => ({
      ...period,
      state: 'PUBLISHED',
      publishedRun: 'r1',
    })),
  );

  test.each<[string, PlanLineInput[], string[]]>([
    [
      'the target of the year',
      [visits({ id: 'L1', target: { value: decimal(40) } })],
      ['PERIOD_CLOSED lines.0.target'],
    ],
    [
      'a month that was measured',
      [visits({ id: 'L1', target: null, monthlyTargets: monthly(1, [1, 2, 3, 4]) })],
      [0, 1, 2].map((month) => `PERIOD_CLOSED lines.0.monthlyTargets.${month}.target`),
    ],
    [
      'months that were measured, by leaving them out',
      [visits({ id: 'L1', target: null, monthlyTargets: monthly(8.34, [4]) })],
      ['PERIOD_CLOSED lines.0.monthlyTargets'],
    ],
    ['new lines in them', [visits({ id: 'L1' }), waiting()], ['PERIOD_CLOSED lines.1.target']],
  ])('an amendment does not change %s', async (_, lines, problems) => {
    expect(await problemsOf(amend(lines))).toEqual(problems);
  });

  test('it changes what is to come, and begins lines there', async () => {
    const { deps } = region;
    const { plan } = await amend([
      visits({ id: 'L1', target: null, monthlyTargets: [...monthly(8.34, [1, 2, 3]), ...monthly(1, [4])] }),
      waiting({ target: null, monthlyTargets: monthly(15, [4, 5]) }),
    ]);
    const agreed = await agreePlan(deps, as('kapus'), { planId: plan.id, version: plan.version });
    expect(agreed.plan.agreed?.revision).toBe(2);
    expect(agreed.plan.agreed?.lines[0]?.targets['04']).toEqual({ value: '1' });
  });

  test('what was proposed before it closed is not agreed any more', async () => {
    const { deps } = region;
    const plan = await readPlan(deps, as('kapus'), { staffId: 'n1', year: YEAR });
    const key = { planId: 'n1:2026', version: plan?.version ?? 0 };
    expect(plan?.proposal?.revision).toBe(2);
    expect(await problemsOf(agreePlan(deps, as('kapus'), key))).toEqual(
      [1, 2, 3].map((month) => `PERIOD_CLOSED lines.1.targets.${month}`),
    );
  });

  test('a line that was measured keeps its definition, and a new one begins with the one in force', async () => {
    const { deps, api } = region;
    const found = await deps.store.indicators.get('visits');
    if (found === null) throw new Error('no indicator');
    const { name, description, formula, source, measure } = found.current;
    await reviseIndicator(deps, planner, {
      id: 'visits',
      version: found.version,
      definition: {
        ...{ name, description, formula, source },
        measure: { ...measure, polarity: 'MINIMIZE' },
        effectiveFrom: '2026-05-01',
      },
    });
    api.at('2026-05-04T02:00:00.000Z');
    const agreed = (await readPlan(deps, as('n2'), { staffId: 'n2', year: YEAR }))?.agreed?.lines;
    expect(agreed?.map(({ definition }) => definition)).toEqual([1, 1]);
    const targets = [...monthly(8.34, [1, 2, 3]), ...monthly(1, [4])];
    const { plan } = await amend([
      visits({ id: 'L1', title: 'Kunjungan rumah lansia', target: null, monthlyTargets: targets }),
      visits({ target: null, monthlyTargets: monthly(1, [5]) }),
    ]);
    expect(
      plan.proposal?.lines.map(({ definition, measure: { polarity } }) => [definition, polarity]),
    ).toEqual([
      [1, 'MAXIMIZE'],
      [2, 'MINIMIZE'],
    ]);
    const other = { indicatorId: 'waiting', target: null, monthlyTargets: targets };
    const { version } = plan;
    await agreePlan(deps, as('kapus'), { planId: plan.id, version });
    expect(await problemsOf(amend([visits({ id: 'L1', ...other })]))).toEqual([
      'PERIOD_CLOSED lines.0.indicatorId',
    ]);
  });
});
