import { evaluate, unitAchievement } from '../../domain/evaluation.ts';
import { evaluationFrame } from '../../domain/evaluation-frame.ts';
import { headedUnitOn } from '../../domain/organisation.ts';
import { monthsOf, type Period } from '../../domain/period.ts';
import { planIdOf } from '../../domain/plan.ts';
import { policyOn } from '../../domain/policy.ts';
import { reject } from '../../domain/problem.ts';
import type { Evaluation } from '../../domain/result.ts';
import { assessorOn, assignmentOn, type Staff } from '../../domain/staff.ts';
import type { WorkAddress } from '../../store/store.ts';
import type { Deps } from '../deps.ts';
import { ratingDay } from '../rating/rating-day.ts';
import { regionToday } from '../region-clock.ts';
import { agreementAddress, staffAddress } from '../work-address.ts';

/**
 * One person's evaluation from what is there now, by the same rules as the close: the place and assessor are those of today
 * within the period, the policy the one in force on its last day (the frozen one once there is one).
 * @throws Rejection NOT_MEMBER for somebody who does not serve in the period
 */
export async function evaluateNow(deps: Deps, period: Period, staff: Staff): Promise<Evaluation> {
  const { store } = deps;
  const [organisation, policies, instruments, today] = await Promise.all([
    store.organisation.load(),
    period.policy === null ? store.policies.list() : [],
    store.instruments.list(),
    regionToday(deps),
  ]);
  const day = ratingDay(period, today);
  const assignment = assignmentOn(staff, day);
  const address = staffAddress(staff, period.year);
  if (assignment === null || address === null) throw reject('NOT_MEMBER', 'staffId');
  const policy = period.policy ?? policyOn(policies, period.end);

  const frame = evaluationFrame(policy, period, instruments);
  const months = monthsOf(period);
  const membership = { ...assignment, staffId: staff.id };
  const headed = headedUnitOn(organisation, membership, day);
  const planned = async (at: WorkAddress, planId: string) => {
    const [plan, realisations] = await Promise.all([
      store.plans.get(at, planId),
      store.realisations.ofPlan(at, planId, months),
    ]);
    return { plan, realisations };
  };
  const [own, agreement, ratings, assessorRating] = await Promise.all([
    planned(address, planIdOf({ kind: 'STAFF', staffId: staff.id }, period.year)),
    headed &&
      planned(
        agreementAddress(headed.id, period.year),
        planIdOf({ kind: 'UNIT', unitId: headed.id }, period.year),
      ),
    store.ratings.ofRatee(address, period.id, staff.id),
    store.ratings.assessorRating(address, period.id, staff.id),
  ]);
  return evaluate(
    {
      membership,
      assessor: assessorOn(organisation, membership, day),
      headedUnit:
        headed && agreement && unitAchievement(headed.id, agreement.plan, agreement.realisations, frame),
      plan: own.plan,
      realisations: own.realisations,
      ratings,
      assessorRating,
    },
    frame,
  );
}
