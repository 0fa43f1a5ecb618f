import type { Actor, Operation } from '../../domain/access-policy.ts';
import {
  checkBesideLines,
  newPlan,
  type Plan,
  type PlanParty,
  type PlanSide,
  type PlanTerms,
  proposePlan as propose,
} from '../../domain/plan/plan.ts';
import { reject } from '../../domain/problem.ts';
import type { Stored } from '../../store/contract/stored.ts';
import type { Deps } from '../deps.ts';
import { expectVersion } from '../expect-version.ts';
import { perform } from '../perform.ts';
import { regionToday } from '../region-clock.ts';
import { cascadeOf, type PlacedWarning } from './cascade.ts';
import { closeDraft } from './plan-draft.ts';
import { linesOfProposal, type PlanLineInput } from './plan-lines.ts';
import { planNotice } from './plan-notice.ts';
import { authoriseOnPlan, checkPlanYear, findPlan, type PlanPlace, placeOfStaffPlan } from './plan-place.ts';
import { type TermsInput, termsOf } from './plan-terms.ts';

/** Lines that one side of a dialogue puts forward. */
export interface ProposalInput {
  readonly year: number;
  readonly lines?: readonly PlanLineInput[] | null | undefined;
  readonly equalWeights?: boolean | null | undefined;
  readonly version?: number | null | undefined;
  readonly idempotencyKey?: string | null | undefined;
}

export interface ProposePlanInput extends ProposalInput, TermsInput {
  readonly staffId: string;
}

/** What is put forward; lines that are left out stay as they stand. */
export interface ProposedContent {
  readonly lines: readonly PlanLineInput[] | null | undefined;
  readonly equalWeights?: boolean | null | undefined;
  readonly terms: PlanTerms;
}

/** A plan after a change, with what does not fit the superior's lines. */
export interface PlanOutcome {
  readonly plan: Stored<Plan>;
  readonly warnings: readonly PlacedWarning[];
}

/**
 * A staff member proposes their plan of a year, or the assessor drafts it for them. It comes into force when the other side
 * agrees (art. 7 to 15). Replaces the proposal under discussion.
 * @throws Rejection with all problems of the lines; CONFLICT, WRONG_STATE, FORBIDDEN
 */
export const proposePlan = (deps: Deps, actor: Actor, input: ProposePlanInput): Promise<PlanOutcome> =>
  proposeAt(
    deps,
    actor,
    'Mutation.proposePlan',
    input,
    () => placeOfStaffPlan(deps, input.staffId, input.year),
    async () => ({ lines: input.lines, equalWeights: input.equalWeights, terms: termsOf(input) }),
  );

/** As proposePlan, wherever the plan lies. */
export async function proposeAt(
  deps: Deps,
  actor: Actor,
  field: Operation & `Mutation.${string}`,
  input: Pick<ProposalInput, 'version' | 'idempotencyKey'>,
  findPlace: () => Promise<PlanPlace>,
  content: (place: PlanPlace, side: PlanSide) => Promise<ProposedContent>,
): Promise<PlanOutcome> {
  const operation = field.slice('Mutation.'.length);
  return perform(
    deps,
    { actor, operation, input },
    async () => {
      const place = await findPlace();
      return { place, ...(await authoriseOnPlan(deps, actor, field, place)) };
    },
    async ({ place, side, as }) => {
      checkPlanYear(place.year, await regionToday(deps));
      const before = await deps.store.plans.get(place.address, place.planId);
      expectVersion(before, input.version);
      const plan = before ?? newPlan(place.owner, place.year);
      if (plan.proposal === null) throw reject('WRONG_STATE', '', { state: 'AGREED' });
      const { lines, equalWeights, terms } = await content(place, side);
      const beside = checkBesideLines(plan, side, terms);
      const built = lines && (await linesOfProposal(deps, actor, plan, { lines, equalWeights }, beside));
      const after = propose(plan, partyOf(actor, side), built ?? undefined, terms);
      const told = await planNotice(deps, 'PLAN_PROPOSED', place, side, plan.version + 1);
      const saved = deps.store.plans.save(place.address, before, after);
      return { as, ref: plan.id, writes: [saved, ...told, ...(await closeDraft(deps, plan.id, side))] };
    },
    (planId) => planOutcome(deps, actor, planId),
  );
}

/** The actor on the side where they stand. */
export const partyOf = ({ staffId, id }: Actor, side: PlanSide): PlanParty => ({
  side,
  personId: staffId ?? id,
});

/** What a mutation of a plan answers. */
export async function planOutcome(deps: Deps, actor: Actor, planId: string): Promise<PlanOutcome> {
  const { plan } = await findPlan(deps, planId);
  return { plan, warnings: await cascadeOf(deps, actor, plan) };
}
