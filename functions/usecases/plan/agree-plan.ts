import type { Actor } from '../../domain/access-policy.ts';
import { agreePlan as agree, checkClosedMonths, type Plan, type PlanParty } from '../../domain/plan/plan.ts';
import { reject, rejectIf } from '../../domain/problem.ts';
import type { Deps } from '../deps.ts';
import { changePlan, type PlanChange } from './change-plan.ts';
import { closedMonthsOf } from './closed-months.ts';
import { readPlanId } from './plan-place.ts';
import type { PlanOutcome } from './propose-plan.ts';

export interface AgreePlanInput {
  readonly planId: string;
  readonly version: number;
  readonly idempotencyKey?: string | null | undefined;
}

/**
 * Puts a proposal in force: the assessor agrees to what the person proposed, the person to what the assessor drafted.
 * @throws Rejection FORBIDDEN for the side and the person that proposed, WRONG_STATE, CONFLICT, PERIOD_CLOSED
 */
export const agreePlan = (deps: Deps, actor: Actor, input: AgreePlanInput): Promise<PlanOutcome> =>
  changePlan(deps, actor, 'Mutation.agreePlan', ofKind(input, 'STAFF'), (plan, by) =>
    putInForce(deps, plan, by),
  );

/** As agreePlan for a unit's agreement: its head on one side, the head above or a planner on the other. */
export const agreeAgreement = (deps: Deps, actor: Actor, input: AgreePlanInput): Promise<PlanOutcome> =>
  changePlan(deps, actor, 'Mutation.agreeAgreement', ofKind(input, 'UNIT'), (plan, by) =>
    putInForce(deps, plan, by),
  );

/** Between proposal and agreement a period may have closed: what it covers stays as it is in force. */
async function putInForce(deps: Deps, plan: Plan, by: PlanParty): Promise<PlanChange> {
  const after = agree(plan, by, deps.now());
  rejectIf(checkClosedMonths(plan.agreed, after.agreed?.lines ?? [], await closedMonthsOf(deps, plan.year)));
  return { after };
}

function ofKind(input: AgreePlanInput, kind: 'STAFF' | 'UNIT'): AgreePlanInput {
  if (readPlanId(input.planId)?.owner.kind !== kind)
    throw reject('NOT_FOUND', 'planId', { id: input.planId });
  return input;
}
