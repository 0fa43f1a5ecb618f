import { unitAchievement } from '../../domain/evaluation/evaluation.ts';
import { evaluationFrame } from '../../domain/evaluation/evaluation-frame.ts';
import type { UnitAchievement } from '../../domain/evaluation/result.ts';
import type { Period } from '../../domain/period/period.ts';
import { monthsOf } from '../../domain/period/span.ts';
import { planIdOf } from '../../domain/plan/plan.ts';
import type { Deps } from '../deps.ts';
import { policyNow } from '../result/policy-now.ts';
import { agreementAddress } from '../work-address.ts';

/** A unit's achievement from what is there now, by the same rules as the close, with what was decided about the unit. */
export async function evaluateUnitNow(deps: Deps, period: Period, unitId: string): Promise<UnitAchievement> {
  const { store } = deps;
  const address = agreementAddress(unitId, period.year);
  const planId = planIdOf({ kind: 'UNIT', unitId }, period.year);
  const [policy, organisation, agreement, realisations, assessment] = await Promise.all([
    policyNow(deps, period),
    store.organisation.load(),
    store.plans.get(address, planId),
    store.realisations.ofPlan(address, planId, monthsOf(period)),
    store.unitAssessments.get(period.id, unitId),
  ]);
  const frame = evaluationFrame(policy, period, [], organisation);
  return unitAchievement(unitId, agreement, realisations, frame, assessment);
}
