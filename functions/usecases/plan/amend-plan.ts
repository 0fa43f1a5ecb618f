import type { Actor } from '../../domain/access-policy.ts';
import { amendPlan as amend, checkBesideLines } from '../../domain/plan/plan.ts';
import { reject } from '../../domain/problem.ts';
import type { Deps } from '../deps.ts';
import { changePlan } from './change-plan.ts';
import { closeDraft } from './plan-draft.ts';
import { linesOfProposal, type PlanLineInput } from './plan-lines.ts';
import { type TermsInput, termsOf } from './plan-terms.ts';
import type { PlanOutcome } from './propose-plan.ts';

export interface AmendPlanInput extends TermsInput {
  readonly planId: string;
  readonly version: number;
  readonly reason: string;
  readonly lines?: readonly PlanLineInput[] | null | undefined;
  readonly equalWeights?: boolean | null | undefined;
  readonly idempotencyKey?: string | null | undefined;
}

/**
 * Proposes the next revision of a plan or agreement in force (art. 20); the one in force stays until the other side agrees.
 * @throws Rejection with all problems of the lines; REASON_REQUIRED, NO_CHANGE, WRONG_STATE, CONFLICT, FORBIDDEN
 */
export const amendPlan = (deps: Deps, actor: Actor, input: AmendPlanInput): Promise<PlanOutcome> =>
  changePlan(
    deps,
    actor,
    'Mutation.amendPlan',
    input,
    async (plan, by) => {
      if (plan.agreed === null || plan.proposal !== null) {
        throw reject('WRONG_STATE', '', { state: plan.proposalState ?? 'AGREED' });
      }
      const { lines, reason } = input;
      const terms = termsOf(input);
      const beside = checkBesideLines(plan, by.side, terms, reason);
      const built = lines && (await linesOfProposal(deps, actor, plan, { ...input, lines }, beside));
      const after = amend(plan, by, built ?? undefined, reason, terms);
      return { after, along: await closeDraft(deps, plan.id, by.side) };
    },
    input.reason,
  );
