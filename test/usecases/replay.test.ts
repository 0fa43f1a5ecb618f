import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decimal } from '../../functions/domain/decimal.ts';
import { agreePlan } from '../../functions/usecases/plan/agree-plan.ts';
import { proposePlan } from '../../functions/usecases/plan/propose-plan.ts';
import { activatePolicy } from '../../functions/usecases/policy/activate-policy.ts';
import { draftPolicy } from '../../functions/usecases/policy/draft-policy.ts';
import { setAssessorRating } from '../../functions/usecases/rating/set-assessor-rating.ts';
import { reportRealisation } from '../../functions/usecases/realisation/report-realisation.ts';
import { verifyRealisation } from '../../functions/usecases/realisation/verify-realisation.ts';
import { createUnit } from '../../functions/usecases/unit/create-unit.ts';
import { editUnit } from '../../functions/usecases/unit/edit-unit.ts';
import { as, hr, PERIOD, planner, problemsOf, type WorkRegion, workRegion, YEAR } from './work-region.ts';

let region: WorkRegion;
beforeAll(async () => {
  region = await workRegion();
});
afterAll(() => region.api.drop());

describe('a repeated mutation', () => {
  test('of a role is answered as long as the account has the role', async () => {
    const { deps } = region;
    const input = { code: 'BARU', name: 'Dinas Baru', kind: 'DINAS', idempotencyKey: 'unit' };
    const unit = await createUnit(deps, as('clerk', 'HR_ADMIN'), input);
    expect(await createUnit(deps, as('clerk', 'HR_ADMIN'), input)).toEqual(unit);
    expect(await problemsOf(createUnit(deps, as('clerk'), input))).toEqual(['FORBIDDEN']);
    expect(await problemsOf(createUnit(deps, as('clerk', 'HR_ADMIN', 'AUDITOR'), input))).toEqual([
      'FORBIDDEN',
    ]);
  });

  test('of a head is answered as long as the person heads the unit, and shows nothing of what the next head did', async () => {
    const { deps, api } = region;
    const { plan } = await proposePlan(deps, as('n1'), {
      staffId: 'n1',
      year: YEAR,
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
    const agree = { planId: plan.id, version: plan.version, idempotencyKey: 'agree' };
    const { plan: agreed } = await agreePlan(deps, as('kapus'), agree);
    const key = { planId: plan.id, lineId: agreed.agreed?.lines[0]?.id ?? '', month: '2026-01' };
    await reportRealisation(deps, as('n1'), { ...key, value: decimal(10) });
    const verify = { ...key, version: 1, idempotencyKey: 'verify' };
    await verifyRealisation(deps, as('kapus'), verify);
    const rate = {
      periodId: PERIOD,
      staffId: 'n1',
      workResult: 'MEETS' as const,
      behaviour: 'MEETS' as const,
      reason: 'Sesuai',
      idempotencyKey: 'rate',
    };
    await setAssessorRating(deps, as('kapus'), rate);
    const repeats = (): Promise<unknown>[] => [
      agreePlan(deps, as('kapus'), agree),
      verifyRealisation(deps, as('kapus'), verify),
      setAssessorRating(deps, as('kapus'), rate),
    ];
    expect(await Promise.all(repeats().map(problemsOf))).toEqual([[], [], []]);

    api.at('2026-03-20T02:00:00.000Z');
    const unit = await deps.store.organisation.unit('puskesmas');
    await editUnit(deps, hr, {
      id: 'puskesmas',
      version: unit?.version ?? 0,
      head: { staffId: 'kapus2', from: '2026-03-15' },
    });
    const before = await deps.store.audit.verify(`PLAN#${plan.id}`);
    expect(await Promise.all(repeats().map(problemsOf))).toEqual([
      ['FORBIDDEN'],
      ['FORBIDDEN'],
      ['FORBIDDEN'],
    ]);
    expect(await deps.store.audit.verify(`PLAN#${plan.id}`)).toEqual(before);
  });
});

describe('a policy', () => {
  test.each([
    ['0000-01-01', ['OUT_OF_RANGE effectiveFrom']],
    ['1999-12-31', ['OUT_OF_RANGE effectiveFrom']],
    ['2000-01-01', []],
    ['2036-12-31', []],
    ['2037-01-01', ['OUT_OF_RANGE effectiveFrom']],
  ])('from %s on', async (effectiveFrom, problems) => {
    expect(await problemsOf(draftPolicy(region.deps, planner, { effectiveFrom }))).toEqual(problems);
  });

  test('whose first day is past is put in force with a reason, which stays in the trail', async () => {
    const { deps } = region;
    const { id } = await draftPolicy(deps, planner, { effectiveFrom: '2026-01-01' });
    expect(await problemsOf(activatePolicy(deps, hr, { id, version: 1, reason: ' ' }))).toEqual([
      'REASON_REQUIRED reason',
    ]);
    await activatePolicy(deps, hr, { id, version: 1, reason: 'Peraturan bupati terlambat terbit' });
    const trail = await deps.store.audit.entries(`POLICY#${id}`, { first: 10, after: null });
    expect(trail.items.at(-1)?.value).toMatchObject({
      operation: 'activatePolicy',
      reason: 'Peraturan bupati terlambat terbit',
    });
    const ahead = await draftPolicy(deps, planner, { effectiveFrom: '2027-01-01' });
    expect((await activatePolicy(deps, hr, { id: ahead.id, version: 1 })).state).toBe('ACTIVE');
  });
});
