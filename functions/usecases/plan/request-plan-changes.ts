import type { Actor } from '../../domain/access-policy.ts';
import { requestChanges, withdrawProposal } from '../../domain/plan/plan.ts';
import type { Deps } from '../deps.ts';
import { changePlan } from './change-plan.ts';
import { commentBy } from './discussion.ts';
import type { PlanOutcome } from './propose-plan.ts';

export interface RequestPlanChangesInput {
  readonly planId: string;
  readonly version: number;
  readonly lineId?: string | null | undefined;
  readonly text: string;
  readonly idempotencyKey?: string | null | undefined;
}

/**
 * The side that did not propose, but nobody who did, hands the proposal back with what should change; that is a comment which
 * stays open until the side has it settled. @throws Rejection WRONG_STATE, REQUIRED, CONFLICT, FORBIDDEN
 */
export const requestPlanChanges = (
  deps: Deps,
  actor: Actor,
  input: RequestPlanChangesInput,
): Promise<PlanOutcome> =>
  changePlan(deps, actor, 'Mutation.requestPlanChanges', input, (plan, by) => {
    const said = { side: by.side, lineId: input.lineId ?? null, text: input.text };
    const after = requestChanges(plan, by);
    return { after, along: [deps.store.discussion.save(null, commentBy(deps, actor, plan, said, true))] };
  });

export interface WithdrawPlanProposalInput {
  readonly planId: string;
  readonly version: number;
  readonly idempotencyKey?: string | null | undefined;
}

/** The side that made the open proposal takes it back; what is in force goes on. @throws Rejection WRONG_STATE, CONFLICT, FORBIDDEN */
export const withdrawPlanProposal = (
  deps: Deps,
  actor: Actor,
  input: WithdrawPlanProposalInput,
): Promise<PlanOutcome> =>
  changePlan(deps, actor, 'Mutation.withdrawPlanProposal', input, (plan, { side }) => ({
    after: withdrawProposal(plan, side),
  }));
