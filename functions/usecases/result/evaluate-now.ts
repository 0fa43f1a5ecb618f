import { buildsOnPeriods, builtOn } from '../../domain/evaluation/basis.ts';
import { evaluate, unitAchievement } from '../../domain/evaluation/evaluation.ts';
import { presenceIn, servesFrom } from '../../domain/evaluation/presence.ts';
import type { Evaluation } from '../../domain/evaluation/result.ts';
import { headedUnitOn } from '../../domain/organisation/organisation.ts';
import { assessorOn, assignmentOn, type Staff } from '../../domain/organisation/staff.ts';
import type { Period } from '../../domain/period/period.ts';
import { monthsOf } from '../../domain/period/span.ts';
import { planIdOf } from '../../domain/plan/plan.ts';
import { reject } from '../../domain/problem.ts';
import type { WorkAddress } from '../../store/contract/stored.ts';
import { readCarriedResults } from '../carryover/read-carried-results.ts';
import type { Deps } from '../deps.ts';
import { ratingDay } from '../rating/rating-day.ts';
import { regionToday } from '../region-clock.ts';
import { agreementAddress, staffAddress } from '../work-address.ts';
import { policyNow } from './policy-now.ts';
import { asProposal, proposalFrame } from './proposal-frame.ts';

/**
 * One person's evaluation from what is there now, by the same rules as the close but without the ratings of anonymous pools:
 * whoever reads a mean, or only what follows from it, before and after a colleague's rating knows something of that rating.
 * What those pools say comes with the published result. The place and assessor are those of today within the period, the
 * policy the one in force on its last day (the frozen one once there is one).
 * @throws Rejection NOT_MEMBER for somebody who does not serve in the period
 */
export async function evaluateNow(
  deps: Pick<Deps, 'store' | 'now'>,
  period: Period,
  staff: Staff,
): Promise<Evaluation> {
  const { store } = deps;
  const [organisation, policy, instruments, today] = await Promise.all([
    store.organisation.load(),
    policyNow(deps, period),
    store.instruments.list(),
    regionToday(deps),
  ]);
  const day = ratingDay(period, today);
  const assignment = assignmentOn(staff, day);
  const address = staffAddress(staff, period.year);
  if (assignment === null || address === null) throw reject('NOT_MEMBER', 'staffId');

  const frame = proposalFrame(policy, period, instruments, organisation);
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
  const periods = buildsOnPeriods(period, policy.rules) ? await store.periods.list() : [];
  const runs = builtOn(period, policy.rules, periods);
  const [own, agreement, assessment, ratings, assessorRating, verdict, basis, carryover] = await Promise.all([
    planned(address, planIdOf({ kind: 'STAFF', staffId: staff.id }, period.year)),
    headed &&
      planned(
        agreementAddress(headed.id, period.year),
        planIdOf({ kind: 'UNIT', unitId: headed.id }, period.year),
      ),
    headed && store.unitAssessments.get(period.id, headed.id),
    store.ratings.ofRatee(address, period.id, staff.id),
    store.ratings.assessorRating(address, period.id, staff.id),
    store.objections.verdict(address, period.id, staff.id),
    runs && store.results.getMany(runs.map((run) => ({ ...run, staffId: staff.id }))),
    store.carryovers.get(address, period.id, staff.id),
  ]);
  const [carried = null] = await readCarriedResults(store, period, [carryover]);
  const evaluation = evaluate(
    {
      membership,
      assessor: assessorOn(organisation, membership, day),
      headedUnit:
        headed &&
        agreement &&
        unitAchievement(headed.id, agreement.plan, agreement.realisations, frame, assessment),
      plan: own.plan,
      realisations: own.realisations,
      ratings,
      assessorRating,
      basis: basis?.filter((result) => result !== null) ?? null,
      carried,
      presence: presenceIn(
        { servesFrom: servesFrom(staff.assignments, assignment.from), absences: staff.absences },
        period,
        policy.rules,
      ),
      verdict,
    },
    frame,
  );
  return asProposal(evaluation, policy, organisation);
}
