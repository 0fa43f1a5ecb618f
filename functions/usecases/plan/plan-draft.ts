import type { Actor, Operation } from '../../domain/access-policy.ts';
import type { PlanDraft } from '../../domain/plan/draft.ts';
import {
  checkAttachments,
  checkExpectations,
  tidyAttachments,
  tidyExpectations,
} from '../../domain/plan/expectations.ts';
import {
  amendPlan,
  checkBesideLines,
  newPlan,
  PLAN_LIMITS,
  type PlanSide,
  proposePlan,
} from '../../domain/plan/plan.ts';
import { type Problem, Rejection, reject } from '../../domain/problem.ts';
import type { Stored, Write } from '../../store/contract/stored.ts';
import { checkInput } from '../check-input.ts';
import type { Deps } from '../deps.ts';
import { expectVersion } from '../expect-version.ts';
import { type Effect, perform, type Request } from '../perform.ts';
import { regionToday } from '../region-clock.ts';
import { linesOfProposal, type PlanLineInput } from './plan-lines.ts';
import { authoriseOnPlan, checkPlanYear, type PlanPlace, placeOfPlan, type Standing } from './plan-place.ts';
import { type TermsInput, termsOf } from './plan-terms.ts';
import { inputOf, writtenLines } from './written-lines.ts';

export interface SavePlanDraftInput extends TermsInput {
  readonly planId: string;
  readonly version?: number | null | undefined;
  readonly lines: readonly PlanLineInput[];
  readonly equalWeights?: boolean | null | undefined;
  readonly reason?: string | null | undefined;
  readonly idempotencyKey?: string | null | undefined;
}

/**
 * Keeps what one side is writing, complete or not, until it is proposed. The other side does not see it.
 * @throws Rejection with all that is wrong with its form; NOT_FOUND, CONFLICT, FORBIDDEN
 */
export const savePlanDraft = (deps: Deps, actor: Actor, input: SavePlanDraftInput): Promise<PlanDraft> =>
  changeDraft(deps, actor, 'Mutation.savePlanDraft', input, async ({ place, side, as }) => {
    checkPlanYear(place.year, await regionToday(deps));
    const before = await deps.store.planDrafts.get(place.planId, side);
    expectVersion(before?.open ? before : null, input.version);
    const after = draftOf(deps, place, side, input);
    return { as, ref: place.planId, writes: [deps.store.planDrafts.save(before, after)] };
  });

/** A draft from what came in. @throws Rejection with all that is wrong with its form */
export function draftOf(
  deps: Deps,
  { planId, owner }: PlanPlace,
  side: PlanSide,
  input: Omit<SavePlanDraftInput, 'planId' | 'version' | 'idempotencyKey'>,
): PlanDraft {
  const check = checkInput();
  const { expectations, attachments } = termsOf(input);
  if (owner.kind === 'UNIT' && expectations) check.add('NOT_IN_AGREEMENT', 'expectations');
  if (owner.kind === 'UNIT' && attachments) check.add('NOT_IN_AGREEMENT', 'attachments');
  if (expectations) check.addAll(checkExpectations(expectations));
  if (attachments) check.addAll(checkAttachments(attachments));
  const draft: PlanDraft = {
    planId,
    side,
    lines: writtenLines(input.lines, check),
    equalWeights: input.equalWeights ?? false,
    expectations: expectations ? tidyExpectations(expectations) : null,
    attachments: attachments ? tidyAttachments(attachments) : null,
    reason: check.optionalText('reason', input.reason, PLAN_LIMITS.reason),
    savedAt: deps.now(),
    open: true,
    version: 0,
  };
  check.done();
  return draft;
}

export interface DiscardPlanDraftInput {
  readonly planId: string;
  readonly version: number;
  readonly idempotencyKey?: string | null | undefined;
}

/** Throws one's draft away. @throws Rejection CONFLICT when there is none at that version, FORBIDDEN */
export const discardPlanDraft = async (
  deps: Deps,
  actor: Actor,
  input: DiscardPlanDraftInput,
): Promise<null> => {
  await changeDraft(deps, actor, 'Mutation.discardPlanDraft', input, async ({ place, side, as }) => {
    const before = await deps.store.planDrafts.get(place.planId, side);
    expectVersion(before?.open ? before : null, input.version);
    return { as, ref: place.planId, writes: await closeDraft(deps, place.planId, side) };
  });
  return null;
};

/** What closes a side's draft when its content is proposed; nothing where there is none. */
export async function closeDraft(deps: Deps, planId: string, side: PlanSide): Promise<readonly Write[]> {
  const before = await deps.store.planDrafts.get(planId, side);
  if (!before?.open) return [];
  const after: PlanDraft = {
    ...before,
    lines: [],
    expectations: null,
    attachments: null,
    reason: null,
    open: false,
  };
  return [deps.store.planDrafts.save(before, after)];
}

/** A change of the actor's own side's draft; answers with it. */
export async function changeDraft(
  deps: Deps,
  actor: Actor,
  field: Operation & `Mutation.${string}`,
  input: Request['input'] & { readonly planId: string },
  decide: (at: Standing & { readonly place: PlanPlace }) => Promise<Effect>,
): Promise<Stored<PlanDraft>> {
  return perform(
    deps,
    { actor, operation: field.slice('Mutation.'.length), input },
    async () => {
      const place = await placeOfPlan(deps, input.planId);
      return { place, ...(await authoriseOnPlan(deps, actor, field, place)) };
    },
    decide,
    async (planId) => {
      const { side } = await authoriseOnPlan(deps, actor, field, await placeOfPlan(deps, planId));
      const draft = await deps.store.planDrafts.get(planId, side);
      if (draft === null) throw reject('NOT_FOUND', 'planId', { id: planId });
      return draft;
    },
  );
}

/** The open draft of the actor's own side; null when there is none. @throws Rejection NOT_FOUND, FORBIDDEN, UNAUTHENTICATED */
export async function readPlanDraft(deps: Deps, actor: Actor, planId: string): Promise<PlanDraft | null> {
  const { side } = await authoriseOnPlan(deps, actor, 'Query.planDraft', await placeOfPlan(deps, planId));
  const draft = await deps.store.planDrafts.get(planId, side);
  return draft?.open ? draft : null;
}

/** What would be refused if a draft were proposed as it is; paths as in proposePlan and amendPlan. */
export async function problemsOfDraft(
  deps: Deps,
  actor: Actor,
  draft: PlanDraft,
): Promise<readonly Problem[]> {
  const place = await placeOfPlan(deps, draft.planId);
  const plan = (await deps.store.plans.get(place.address, place.planId)) ?? newPlan(place.owner, place.year);
  const terms = {
    expectations: draft.expectations ?? undefined,
    attachments: draft.attachments ?? undefined,
  };
  try {
    const by = { side: draft.side, personId: null };
    const reason = draft.reason ?? '';
    const lines = await linesOfProposal(
      deps,
      actor,
      plan,
      {
        lines: draft.lines.map((line) => inputOf(line, place.year)),
        equalWeights: draft.equalWeights,
      },
      checkBesideLines(plan, draft.side, terms, plan.proposal === null ? reason : undefined),
    );
    if (plan.proposal === null) amendPlan(plan, by, lines, reason, terms);
    else proposePlan(plan, by, lines, terms);
    return [];
  } catch (error) {
    if (error instanceof Rejection) return error.problems;
    throw error;
  }
}
