/** An import obeys the rules of the dialogue, may be repeated, and undoes nothing that people have decided since. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { decimal } from '../../functions/domain/decimal.ts';
import type { Problem } from '../../functions/domain/problem.ts';
import { importAttendance } from '../../functions/usecases/allowance/import-attendance.ts';
import { importGoals } from '../../functions/usecases/goal/import-goals.ts';
import { retireGoal } from '../../functions/usecases/goal/retire-goal.ts';
import type { ImportOutcome } from '../../functions/usecases/import-rows.ts';
import { importIndicators } from '../../functions/usecases/indicator/import-indicators.ts';
import { retireIndicator } from '../../functions/usecases/indicator/retire-indicator.ts';
import { reviseIndicator } from '../../functions/usecases/indicator/revise-indicator.ts';
import { agreePlan } from '../../functions/usecases/plan/agree-plan.ts';
import { amendPlan } from '../../functions/usecases/plan/amend-plan.ts';
import {
  type ImportLineRow,
  importAgreements,
  importPlans,
} from '../../functions/usecases/plan/import-plans.ts';
import { importRatings } from '../../functions/usecases/rating/import-ratings.ts';
import {
  importRealisations,
  type RealisationRow,
} from '../../functions/usecases/realisation/import-realisations.ts';
import { rejectRealisation } from '../../functions/usecases/realisation/reject-realisation.ts';
import { reportRealisation } from '../../functions/usecases/realisation/report-realisation.ts';
import { verifyRealisation } from '../../functions/usecases/realisation/verify-realisation.ts';
import { createStaff } from '../../functions/usecases/staff/create-staff.ts';
import { importAbsences } from '../../functions/usecases/staff/import-absences.ts';
import { changePeriodOf, write } from '../workflow/region.ts';
import { as, hr, PERIOD, planner, type WorkRegion, workRegion, YEAR } from './work-region.ts';

const nip = (serial: number): string => `198001012005011${String(serial).padStart(3, '0')}`;
const NIP = { kadis: nip(1), kapus: nip(2), n1: nip(3), n2: nip(4), n3: nip(5), n4: nip(6), m1: nip(8) };

let region: WorkRegion;
/** Puskesmas `02`, agency `01` above it, puskesmas `03` beside it, and the agency `04`, which has nothing to do with them. */
const fresh = () => {
  beforeAll(async () => {
    region = await workRegion();
  });
  afterAll(() => region.api.drop());
};

/** What an import came to: rows written, rows left alone, and `code path` of each problem. */
const outcomeOf = async (attempt: Promise<ImportOutcome>) => {
  const { imported, unchanged, problems } = await attempt;
  return [imported, unchanged, ...problems.map(({ code, path }: Problem) => `${code} ${path.join('.')}`)];
};
const WRITTEN = [1, 0];
const LEFT_ALONE = [0, 1];

const line = (id: string, more: Partial<ImportLineRow> = {}): ImportLineRow => ({
  id,
  indicatorCode: 'VISITS',
  target: { value: decimal(120) },
  ...more,
});
const plan = (lines: readonly ImportLineRow[], who: keyof typeof NIP = 'n1') =>
  outcomeOf(importPlans(region.deps, planner, [{ nip: NIP[who], year: YEAR, lines }]));
const agreement = (lines: readonly ImportLineRow[], unitCode = '02') =>
  outcomeOf(importAgreements(region.deps, planner, [{ unitCode, year: YEAR, lines }]));

const addressOf = (unitId: string) => ({ collection: { unitId, shard: 0 }, year: YEAR });
const planOf = async (staffId: string) => {
  const found = await region.deps.store.plans.get(addressOf('puskesmas'), `${staffId}:${YEAR}`);
  if (found === null) throw new Error(`no plan of ${staffId}`);
  return found;
};
const versionOf = async (kind: 'goals' | 'indicators', id: string) =>
  (await region.deps.store[kind].get(id))?.version ?? 0;

const goal = (code: string, more: object = {}) => ({
  code,
  title: `Sasaran ${code}`,
  fromYear: 2025,
  toYear: 2029,
  ...more,
});
const goals = (...rows: Parameters<typeof importGoals>[2]) =>
  outcomeOf(importGoals(region.deps, planner, rows));
const indicator = (code: string, more: object = {}) => ({
  code,
  name: `Indikator ${code}`,
  source: 'register',
  unitOfMeasure: 'orang',
  polarity: 'MAXIMIZE' as const,
  buildUp: 'SUM' as const,
  effectiveFrom: '2025-01-01',
  ...more,
});
const indicators = (...rows: Parameters<typeof importIndicators>[2]) =>
  outcomeOf(importIndicators(region.deps, planner, rows));
const idOfGoal = async (unitId: string | null, code: string) =>
  (await region.deps.store.goals.byCode(unitId, code))?.id ?? '';
const idOfIndicator = async (unitId: string | null, code: string) =>
  (await region.deps.store.indicators.byCode(unitId, code))?.id ?? '';
const retire = async (kind: 'goals' | 'indicators', id: string) => {
  const key = { id, version: await versionOf(kind, id) };
  await (kind === 'goals' ? retireGoal : retireIndicator)(region.deps, planner, key);
};

describe('a file of plans that is sent again', () => {
  fresh();
  const first = [line('L1')];
  /** The two sides amend the target, from `of`'s plan as it is. */
  const amend = async (of: string, value: number) => {
    const { deps } = region;
    const amended = {
      id: 'L1',
      title: 'Kunjungan rumah',
      aspect: 'QUANTITY' as const,
      indicatorId: 'visits',
      weight: 10_000,
      target: { value: decimal(value) },
    };
    const { version } = await planOf(of);
    const edit = { planId: `${of}:${YEAR}`, version, reason: 'Cuti', lines: [amended] };
    const proposed = await amendPlan(deps, as(of), edit);
    await agreePlan(deps, as('kapus'), { planId: proposed.plan.id, version: proposed.plan.version });
  };
  const noticesOf = async (staffId: string) => {
    const { items } = await region.deps.store.notices.page(
      [{ kind: 'PERSON', staffId }],
      { first: 50, after: null },
      '2026-01-01T00:00:00.000Z',
    );
    return items.flatMap(({ value: { kind, refs } }) => (kind === 'PLAN_REPLACED' ? [refs] : []));
  };

  test('undoes no amendment that the two sides agreed since, whatever has become of the indicator', async () => {
    expect(await plan(first)).toEqual(WRITTEN);
    await amend('n1', 60);
    expect(await plan(first)).toEqual(LEFT_ALONE);

    const { deps } = region;
    const visits = await deps.store.indicators.get('visits');
    if (visits === null) throw new Error('no indicator');
    const { name: _, indicatorId: __, definition: ___, ...definition } = visits.current;
    await reviseIndicator(deps, planner, {
      id: 'visits',
      version: visits.version,
      definition: { ...definition, name: 'Kunjungan', effectiveFrom: '2026-02-01' },
    });
    expect(await plan(first)).toEqual(LEFT_ALONE);
    expect((await planOf('n1')).agreed).toMatchObject({ revision: 2, reason: 'Cuti' });
  });

  test('changes nothing of what is in force, whatever definitions have come since', async () => {
    expect(await plan(first, 'n2')).toEqual(WRITTEN);
    const { deps } = region;
    const found = await deps.store.indicators.get('visits');
    if (found === null) throw new Error('no indicator');
    const { indicatorId: _, definition: __, ...definition } = found.current;
    await reviseIndicator(deps, planner, {
      id: 'visits',
      version: found.version,
      definition: { ...definition, name: 'Kunjungan pasien', effectiveFrom: '2026-03-01' },
    });
    expect(await plan(first, 'n2')).toEqual(LEFT_ALONE);
  });

  test('tells both sides when it brings something else than they agreed to, and nobody the first time', async () => {
    expect(await noticesOf('n1')).toEqual([]);
    expect(await plan([line('L1', { target: { value: decimal(240) } })])).toEqual(WRITTEN);
    expect(await noticesOf('n1')).toEqual([{ planId: 'n1:2026' }]);
    expect(await noticesOf('kapus')).toEqual([{ planId: 'n1:2026', staffId: 'n1' }]);
    // What was in force before the amendment is still behind it.
    expect(await plan(first)).toEqual(LEFT_ALONE);

    expect(await agreement(first)).toEqual(WRITTEN);
    expect(await agreement([line('L1', { target: { value: decimal(240) } })])).toEqual(WRITTEN);
    const refs = { planId: 'unit:puskesmas:2026', unitId: 'puskesmas' };
    expect(await noticesOf('kapus')).toContainEqual(refs);
    expect(await noticesOf('kadis')).toEqual([refs]);
  });

  test('takes back what another file said by mistake: nobody agreed between them', async () => {
    const mistaken = [line('L1', { target: { value: decimal(12) } })];
    expect(await plan(first, 'n3')).toEqual(WRITTEN);
    expect(await plan(mistaken, 'n3')).toEqual(WRITTEN);
    expect(await plan(first, 'n3')).toEqual(WRITTEN);
    await amend('n3', 60);
    for (const lines of [first, mistaken]) expect(await plan(lines, 'n3')).toEqual(LEFT_ALONE);
  });

  test('goes on when an indicator or goal in it was retired, and no other line takes them up', async () => {
    await goals(goal('S1'));
    await indicators(indicator('LAST'));
    const lines = [line('L1', { indicatorCode: 'LAST', goalCode: 'S1' })];
    expect(await plan(lines, 'n4')).toEqual(WRITTEN);
    await retire('goals', await idOfGoal(null, 'S1'));
    await retire('indicators', await idOfIndicator(null, 'LAST'));

    expect(await plan(lines, 'n4')).toEqual(LEFT_ALONE);
    const changed = [line('L1', { ...lines[0], target: { value: decimal(60) } })];
    expect(await plan(changed, 'n4')).toEqual(WRITTEN);
    expect(await plan([line('L1', { ...lines[0], id: 'L2' })], 'n4')).toEqual([
      0,
      0,
      'RETIRED rows.0.lines.0.goalCode',
    ]);
    expect(await plan(lines, 'm1')).toEqual([
      0,
      0,
      'RETIRED rows.0.lines.0.indicatorCode',
      'RETIRED rows.0.lines.0.goalCode',
    ]);
  });
});

describe('codes in a file of plans', () => {
  fresh();
  beforeAll(async () => {
    const rows = [
      goal('S1', { unitCode: '04' }),
      goal('S2'),
      goal('S2', { unitCode: '01' }),
      goal('S2', { unitCode: '04' }),
    ];
    expect(await goals(...rows)).toEqual([4, 0]);
    expect(
      await indicators(
        indicator('ONE', { unitCode: '04' }),
        indicator('TWO', { unitCode: '03' }),
        indicator('TWO', { unitCode: '04' }),
      ),
    ).toEqual([3, 0]);
  });
  const lineOf = async (staffId: string) => (await planOf(staffId)).agreed?.lines[0];

  test('mean the goal of the own unit, of the nearest one above, or of the region, and never another’s', async () => {
    expect(await plan([line('L1', { goalCode: 'S2' })])).toEqual(WRITTEN);
    expect((await lineOf('n1'))?.goalId).toBe(await idOfGoal('dinkes', 'S2'));
    for (const attempt of [plan, agreement])
      expect(await attempt([line('L1', { goalCode: 'S1' })])).toEqual([
        0,
        0,
        'NOT_FOUND rows.0.lines.0.goalCode',
      ]);
  });

  test('mean an indicator of a unit elsewhere only where the region has no other of that code', async () => {
    expect(await plan([line('L1', { indicatorCode: 'ONE' })], 'n2')).toEqual(WRITTEN);
    expect((await lineOf('n2'))?.indicatorId).toBe(await idOfIndicator('dispar', 'ONE'));
    expect(await plan([line('L1', { indicatorCode: 'TWO' })], 'n3')).toEqual([
      0,
      0,
      'NOT_FOUND rows.0.lines.0.indicatorCode',
    ]);
  });

  test('go on meaning in a line what they meant, when the unit has its own of that code by now', async () => {
    await goals(goal('S2', { unitCode: '02' }));
    await indicators(indicator('ONE', { unitCode: '02' }), indicator('VISITS', { unitCode: '02' }));
    const before = await lineOf('n1');
    expect(await plan([line('L1', { goalCode: 'S2' })])).toEqual(LEFT_ALONE);
    expect(await plan([line('L1', { goalCode: 'S2', target: { value: decimal(60) } })])).toEqual(WRITTEN);
    const { goalId, indicatorId } = before ?? {};
    expect(await lineOf('n1')).toMatchObject({ goalId, indicatorId });
    expect(await plan([line('L1', { goalCode: 'S2' })], 'n4')).toEqual(WRITTEN);
    expect(await lineOf('n4')).toMatchObject({
      goalId: await idOfGoal('puskesmas', 'S2'),
      indicatorId: await idOfIndicator('puskesmas', 'VISITS'),
    });
  });
});

describe('the id of a line in a file of plans', () => {
  fresh();
  const figure = (lineId: string): Promise<ImportOutcome> =>
    importRealisations(region.deps, planner, [
      { ownerKind: 'STAFF', owner: NIP.n1, lineId, month: '2026-01', value: decimal(9) },
    ]);

  test('that ended names no other line: its figures are not that one’s', async () => {
    expect(await plan([line('L1'), line('L2')])).toEqual(WRITTEN);
    expect(await figure('L2')).toMatchObject({ imported: 1 });
    expect(await plan([line('L1')])).toEqual(WRITTEN);
    expect(await plan([line('L1'), line('L2', { indicatorCode: 'WAITING' })])).toEqual([
      0,
      0,
      'RETIRED rows.0.lines.1.id',
    ]);
    expect(await plan([line('L1'), line('L3', { indicatorCode: 'WAITING' })])).toEqual(WRITTEN);
  });

  test('keeps its indicator once there are figures', async () => {
    expect(await plan([line('L1', { indicatorCode: 'WAITING' }), line('L3')])).toEqual(WRITTEN);
    expect(await figure('L1')).toMatchObject({ imported: 1 });
    expect(await plan([line('L1'), line('L3', { indicatorCode: 'WAITING' })])).toEqual([
      0,
      0,
      'IN_USE rows.0.lines.0.indicatorCode',
    ]);
    await changePeriodOf(region.deps.store, PERIOD, (period) => ({
      ...period,
      state: 'PUBLISHED',
      publishedRun: 'r1',
    }));
    expect(
      await plan([line('L1', { indicatorCode: 'WAITING' }), line('L3', { indicatorCode: 'WAITING' })]),
    ).toContain('PERIOD_CLOSED rows.0.lines.1.indicatorCode');
  });
});

describe('a file of realisations that is sent again', () => {
  fresh();
  beforeEach(() => plan([line('L1')], 'n1'));
  const row = (month: string, value: number, more: Partial<RealisationRow> = {}): RealisationRow => ({
    ownerKind: 'STAFF',
    owner: NIP.n1,
    lineId: 'L1',
    month,
    value: decimal(value),
    ...more,
  });
  const figures = (...rows: readonly RealisationRow[]) =>
    outcomeOf(importRealisations(region.deps, planner, rows));
  const REFUSED = [0, 0, 'WRONG_STATE rows.0.value'];
  const keyOf = (month: string) => ({ planId: 'n1:2026', lineId: 'L1', month });
  const found = async (month: string) => {
    const { store } = region.deps;
    const realisation = await store.realisations.get(addressOf('puskesmas'), keyOf(month));
    if (realisation === null) throw new Error('no figure');
    return realisation;
  };
  const rejectIn = async (month: string) => {
    const { version } = await found(month);
    await rejectRealisation(region.deps, as('kapus'), { ...keyOf(month), version, reason: 'Tanpa rekap' });
  };

  test('does not bring back a figure that was rejected, another one goes through', async () => {
    expect(await figures(row('2026-01', 9))).toEqual(WRITTEN);
    await rejectIn('2026-01');
    expect(await figures(row('2026-01', 9))).toEqual(REFUSED);
    expect(await found('2026-01')).toMatchObject({ state: 'REJECTED', value: '9' });
    expect(await figures(row('2026-01', 8))).toEqual(WRITTEN);
    expect(await found('2026-01')).toMatchObject({ state: 'VERIFIED', value: '8' });
    // Nor after another file has set it right.
    expect(await figures(row('2026-01', 9))).toEqual(REFUSED);
  });

  test('does not take the place of what was reported and verified instead', async () => {
    const { deps } = region;
    expect(await figures(row('2026-02', 9))).toEqual(WRITTEN);
    await rejectIn('2026-02');
    const { version } = await found('2026-02');
    const report = { ...keyOf('2026-02'), value: decimal(7), version };
    const reported = await reportRealisation(deps, as('n1'), report);
    await verifyRealisation(deps, as('kapus'), { ...keyOf('2026-02'), version: reported.version });
    expect(await figures(row('2026-02', 9))).toEqual(REFUSED);
    expect(await found('2026-02')).toMatchObject({ state: 'VERIFIED', value: '7' });
  });

  test('does not undo the decision on an objection', async () => {
    const { store } = region.deps;
    expect(await figures(row('2026-03', 9))).toEqual(WRITTEN);
    const before = await found('2026-03');
    const { auditHash: _, ...figure } = before;
    const after = { ...figure, value: decimal(11), setRightBy: 'objection' };
    await write(store, [store.realisations.correct(addressOf('puskesmas'), before, after)]);
    for (const value of [9, 10]) expect(await figures(row('2026-03', value))).toEqual(REFUSED);
    expect(await figures(row('2026-03', 11))).toEqual(LEFT_ALONE);
  });

  test('may be corrected by another file, and back, while nobody has decided', async () => {
    await plan([line('L1')], 'n2');
    const of = (value: number) => figures(row('2026-01', value, { owner: NIP.n2 }));
    for (const value of [9, 8, 9]) expect(await of(value)).toEqual(WRITTEN);
    expect(await of(9)).toEqual(LEFT_ALONE);
  });

  test('verifies what waits for it', async () => {
    await plan([line('L1')], 'n3');
    const { deps } = region;
    const key = { ...keyOf('2026-01'), planId: 'n3:2026' };
    await reportRealisation(deps, as('n3'), { ...key, value: decimal(9) });
    expect(await figures(row('2026-01', 9, { owner: NIP.n3 }))).toEqual(WRITTEN);
  });
});

describe('an office imports nothing about whom it serves under', () => {
  fresh();
  const officer = as('n1', 'HR_ADMIN', 'PLANNER');
  const lines = [line('L1')];

  test('no plan and no figure of those who lead the officer, nor of the units in which the officer serves', async () => {
    const { deps } = region;
    const plans = [NIP.n1, NIP.kapus, NIP.kadis, NIP.n2].map((each) => ({ nip: each, year: YEAR, lines }));
    expect(await outcomeOf(importPlans(deps, officer, plans))).toEqual([
      1,
      0,
      ...[0, 1, 2].map((at) => `FORBIDDEN rows.${at}.nip`),
    ]);
    const agreements = ['02', '01', '03'].map((unitCode) => ({ unitCode, year: YEAR, lines }));
    const ownUnits = [0, 1].map((at) => `FORBIDDEN rows.${at}.unitCode`);
    expect(await outcomeOf(importAgreements(deps, officer, agreements))).toEqual([1, 0, ...ownUnits]);

    expect(await outcomeOf(importPlans(deps, hr, plans))).toEqual([3, 1]);
    expect(await outcomeOf(importAgreements(deps, hr, agreements))).toEqual([2, 1]);
    const figures = [
      ...['02', '01', '03'].map((owner) => ({ ownerKind: 'UNIT' as const, owner })),
      ...[NIP.kapus, NIP.n2].map((owner) => ({ ownerKind: 'STAFF' as const, owner })),
    ].map((owner) => ({ ...owner, lineId: 'L1', month: '2026-01', value: decimal(9) }));
    expect(await outcomeOf(importRealisations(deps, officer, figures))).toEqual([
      2,
      0,
      ...[0, 1, 3].map((at) => `FORBIDDEN rows.${at}.owner`),
    ]);
  });

  test('no attendance, absence or rating of them', async () => {
    const { deps } = region;
    const people = [NIP.n1, NIP.kapus, NIP.kadis, NIP.n2];
    const refused = (path: string) => [1, 0, ...[0, 1, 2].map((at) => `FORBIDDEN rows.${at}.${path}`)];
    const days = { month: '2026-02', workingDays: 20, absentDays: 0, lostMinutes: 0 };
    const attendance = people.map((each) => ({ nip: each, ...days }));
    expect(await outcomeOf(importAttendance(deps, officer, attendance))).toEqual(refused('nip'));

    const absences = people.map((each) => ({ nip: each, kind: 'LEAVE' as const, from: '2026-02-02' }));
    expect(await outcomeOf(importAbsences(deps, officer, absences))).toEqual(refused('nip'));

    const ratings = people.map((rateeNip) => ({
      periodId: PERIOD,
      rateeNip,
      group: 'PUBLIC' as const,
      rater: 'r-1',
      instrumentId: 'overall',
      scores: [5],
    }));
    expect(await outcomeOf(importRatings(deps, officer, ratings))).toEqual(refused('rateeNip'));
  });
});

describe('a file of goals and indicators', () => {
  fresh();
  const MISSION = { level: 'MISSION' as const };

  test('makes no circle of goals, not of its own rows either', async () => {
    expect(await goals(goal('A'), goal('B', { parentCode: 'A' }), goal('C', { parentCode: 'B' }))).toEqual([
      3, 0,
    ]);
    expect(await goals(goal('A', { parentCode: 'C' }))).toEqual([0, 0, 'INVALID_FORMAT rows.0.parentCode']);
    await goals(goal('X'), goal('Y'));
    expect(await goals(goal('X', { parentCode: 'Y' }), goal('Y', { parentCode: 'X' }))).toEqual([
      1,
      0,
      'INVALID_FORMAT rows.1.parentCode',
    ]);
  });

  test('makes no chain of goals longer than by hand', async () => {
    const chain = Array.from({ length: 14 }, (_, at) =>
      goal(`D${at}`, at === 0 ? {} : { parentCode: `D${at - 1}` }),
    );
    expect(await goals(...chain)).toEqual([13, 0, 'TOO_MANY rows.13.parentCode']);
  });

  test('puts no goal under one that was retired; what was there before goes on', async () => {
    await goals(goal('R'), goal('R.1', { parentCode: 'R' }));
    await retire('goals', await idOfGoal(null, 'R'));
    expect(await goals(goal('R.1', { parentCode: 'R' }))).toEqual(LEFT_ALONE);
    expect(await goals(goal('R.1', { parentCode: 'R', title: 'Sasaran lain' }))).toEqual(WRITTEN);
    expect(await goals(goal('R.2', { parentCode: 'R' }))).toEqual([0, 0, 'RETIRED rows.0.parentCode']);
  });

  test('changes no level so that the goals below do not fit, those of the file included', async () => {
    const vision = goal('V', { level: 'VISION' });
    expect(await goals(vision, goal('M', { ...MISSION, parentCode: 'V' }))).toEqual([2, 0]);
    expect(await goals(goal('V', { level: 'OBJECTIVE' }))).toEqual([0, 0, 'GOAL_LEVEL rows.0.level']);
    await goals(goal('W', { level: 'VISION' }));
    expect(
      await goals(goal('M2', { ...MISSION, parentCode: 'W' }), goal('W', { level: 'OBJECTIVE' })),
    ).toEqual([1, 0, 'GOAL_LEVEL rows.1.level']);
    expect(await goals(goal('M3', { ...MISSION, parentCode: 'A' }))).toEqual([
      0,
      0,
      'GOAL_LEVEL rows.0.level',
    ]);
  });

  test('gives no indicator a goal that was retired; one that had it keeps it', async () => {
    await goals(goal('G'));
    expect(await indicators(indicator('I1', { goalCode: 'G' }))).toEqual(WRITTEN);
    await retire('goals', await idOfGoal(null, 'G'));
    expect(await indicators(indicator('I1', { goalCode: 'G' }))).toEqual(LEFT_ALONE);
    expect(await indicators(indicator('I2', { goalCode: 'G' }))).toEqual([0, 0, 'RETIRED rows.0.goalCode']);
  });
});

describe('a file', () => {
  fresh();

  test('spreads a target of the year over the months in which somebody serves, as the dialogue does', async () => {
    const { deps } = region;
    const { id, nip: owner } = await createStaff(deps, hr, {
      nip: '199001012026031001',
      name: 'Baru',
      employment: 'PNS',
      assignment: { unitId: 'puskesmas', position: 'Perawat', jobGroup: 'nurse', from: '2026-03-09' },
    });
    expect(
      await outcomeOf(importPlans(deps, planner, [{ nip: owner, year: YEAR, lines: [line('L1')] }])),
    ).toEqual(WRITTEN);
    const targets = (await planOf(id)).agreed?.lines[0]?.targets ?? {};
    const months = ['03', '04', '05', '06', '07', '08', '09', '10', '11', '12'];
    expect(targets).toEqual(Object.fromEntries(months.map((month) => [month, { value: '12' }])));
  });

  test('says nothing of a goal above where it has no such column, and with an empty cell that there is none', async () => {
    const parentOf = async (code: string) => (await region.deps.store.goals.byCode(null, code))?.parentId;
    const goalOf = async (code: string) => (await region.deps.store.indicators.byCode(null, code))?.goalId;
    await goals(goal('TOP'), goal('SUB', { parentCode: 'TOP' }));
    await indicators(indicator('OF', { goalCode: 'SUB' }));
    expect(await goals(goal('SUB'))).toEqual(LEFT_ALONE);
    expect(await indicators(indicator('OF'))).toEqual(LEFT_ALONE);
    expect(await goals(goal('SUB', { parentCode: null }))).toEqual(WRITTEN);
    expect(await indicators(indicator('OF', { goalCode: null }))).toEqual(WRITTEN);
    expect([await parentOf('SUB'), await goalOf('OF')]).toEqual([null, null]);
  });
});
