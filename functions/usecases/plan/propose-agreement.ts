import type { Actor } from '../../domain/access-policy.ts';
import type { Deps } from '../deps.ts';
import { placeOfAgreement } from './plan-place.ts';
import { type PlanOutcome, type ProposalInput, proposeAt } from './propose-plan.ts';

export interface ProposeAgreementInput extends ProposalInput {
  readonly unitId: string;
}

/**
 * The head of a unit proposes its performance agreement of a year, or the level above drafts it. It comes into force when
 * the other side agrees. @throws Rejection with all problems of the lines; CONFLICT, WRONG_STATE, FORBIDDEN
 */
export const proposeAgreement = (
  deps: Deps,
  actor: Actor,
  input: ProposeAgreementInput,
): Promise<PlanOutcome> =>
  proposeAt(
    deps,
    actor,
    'Mutation.proposeAgreement',
    input,
    () => placeOfAgreement(deps, input.unitId, input.year),
    async () => ({ lines: input.lines, equalWeights: input.equalWeights, terms: {} }),
  );
