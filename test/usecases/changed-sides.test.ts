/** A dialogue goes on when those who hold it change: what was proposed stays with its side, and with whoever proposed it. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { decimal } from '../../functions/domain/decimal.ts';
import { agreeAgreement, agreePlan } from '../../functions/usecases/plan/agree-plan.ts';
import { proposeAgreement } from '../../functions/usecases/plan/propose-agreement.ts';
import { proposePlan } from '../../functions/usecases/plan/propose-plan.ts';
import { requestPlanChanges } from '../../functions/usecases/plan/request-plan-changes.ts';
import { transferStaff } from '../../functions/usecases/staff/transfer-staff.ts';
import { myTasks } from '../../functions/usecases/task/my-tasks.ts';
import { editUnit } from '../../functions/usecases/unit/edit-unit.ts';
import { as, hr, planner, problemsOf, type WorkRegion, workRegion, YEAR } from './work-region.ts';

let region: WorkRegion;
beforeEach(async () => {
  region = await workRegion();
});
afterEach(() => region.api.drop());

const lines = [
  {
    title: 'Kunjungan rumah',
    aspect: 'QUANTITY',
    indicatorId: 'visits',
    weight: 10_000,
    target: { value: decimal(100) },
  },
] as const;
const TODAY = '2026-03-10';
const nameHead = async (id: string, staffId: string) => {
  const { units } = await region.deps.store.organisation.load();
  const version = units.get(id)?.version ?? 0;
  await editUnit(region.deps, hr, { id, version, head: { staffId, from: TODAY } });
};
const agreements = async (staffId: string) =>
  (await myTasks(region.deps, as(staffId))).flatMap(({ kind, unitId }) =>
    kind === 'AGREE_PLAN' && unitId !== null ? [unitId] : [],
  );

describe('whoever proposed the agreement of a unit', () => {
  test('does not answer it as the head above whom they became', async () => {
    const { deps } = region;
    const { plan } = await proposeAgreement(deps, as('kapus'), { unitId: 'puskesmas', year: YEAR, lines });
    expect(await agreements('kadis')).toEqual(['puskesmas']);
    await nameHead('puskesmas', 'n1');
    await nameHead('dinkes', 'kapus');

    const key = { planId: plan.id, version: plan.version };
    expect(await agreements('kapus')).toEqual([]);
    expect(await problemsOf(agreeAgreement(deps, as('kapus'), key))).toEqual(['FORBIDDEN']);
    const back = { ...key, text: 'Target terlalu rendah' };
    expect(await problemsOf(requestPlanChanges(deps, as('kapus'), back))).toEqual(['FORBIDDEN']);
    expect((await agreeAgreement(deps, planner, key)).plan).toMatchObject({
      proposal: null,
      proposedById: null,
    });
  });

  test('does not answer it as a planner, nor what they proposed above as its head', async () => {
    const { deps } = region;
    const kapus = as('kapus', 'PLANNER');
    const first = await proposeAgreement(deps, kapus, { unitId: 'puskesmas', year: YEAR, lines });
    const second = await proposeAgreement(deps, as('kadispar', 'PLANNER'), {
      unitId: 'puskesmas2',
      year: YEAR,
      lines,
    });
    await nameHead('puskesmas', 'n1');
    await nameHead('puskesmas2', 'kadispar');

    for (const [actor, { plan }] of [
      [kapus, first],
      [as('kadispar'), second],
    ] as const) {
      const key = { planId: plan.id, version: plan.version };
      expect(await problemsOf(agreeAgreement(deps, actor, key))).toEqual(['FORBIDDEN']);
    }
  });

  test('moved up they propose anew from there, and the head of today agrees', async () => {
    const { deps } = region;
    await proposeAgreement(deps, as('kapus'), { unitId: 'puskesmas', year: YEAR, lines });
    await nameHead('puskesmas', 'n1');
    await nameHead('dinkes', 'kapus');
    const input = { unitId: 'puskesmas', year: YEAR, lines, version: 1 };
    const { plan } = await proposeAgreement(deps, as('kapus'), input);
    const key = { planId: plan.id, version: plan.version };
    expect((await agreeAgreement(deps, as('n1'), key)).plan.agreed?.revision).toBe(1);
  });
});

describe('a plan that the assessor proposed', () => {
  test('is agreed to by the person when the assessor is another by now, who does not answer it for them', async () => {
    const { deps } = region;
    const { plan } = await proposePlan(deps, as('kapus'), { staffId: 'n2', year: YEAR, lines });
    await transferStaff(deps, hr, {
      id: 'n2',
      version: 1,
      assignment: { unitId: 'puskesmas2', position: 'Perawat', jobGroup: 'nurse', from: TODAY },
    });

    const key = { planId: plan.id, version: plan.version };
    expect(await problemsOf(agreePlan(deps, as('kapus2'), key))).toEqual(['FORBIDDEN']);
    expect(await problemsOf(agreePlan(deps, as('kapus'), key))).toEqual(['FORBIDDEN']);
    expect((await agreePlan(deps, as('n2'), key)).plan.agreed).toMatchObject({ revision: 1 });
  });

  test('is agreed to by the new assessor when the person answers with a proposal', async () => {
    const { deps } = region;
    await proposePlan(deps, as('kapus'), { staffId: 'n3', year: YEAR, lines });
    await nameHead('puskesmas', 'n1');
    const input = { staffId: 'n3', year: YEAR, lines, version: 1 };
    const { plan } = await proposePlan(deps, as('n3'), input);
    const key = { planId: plan.id, version: plan.version };
    expect(await problemsOf(agreePlan(deps, as('kapus'), key))).toEqual(['FORBIDDEN']);
    expect((await agreePlan(deps, as('n1'), key)).plan.agreed?.revision).toBe(1);
  });
});
