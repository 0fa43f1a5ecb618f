import type { Actor, Operation } from '../../domain/access-policy.ts';
import type { NoticeKind } from '../../domain/notice/notice.ts';
import type { Plan, PlanParty } from '../../domain/plan/plan.ts';
import type { Stored, Write } from '../../store/contract/stored.ts';
import type { Deps } from '../deps.ts';
import { expectVersion } from '../expect-version.ts';
import { perform, type Request } from '../perform.ts';
import { planNotice } from './plan-notice.ts';
import { authoriseOnPlan, findPlan } from './plan-place.ts';
import { type PlanOutcome, partyOf, planOutcome } from './propose-plan.ts';

/** An edit of a plan that exists; without a version it is made on whatever is stored. */
export interface PlanChangeInput {
  readonly planId: string;
  readonly version?: number;
  readonly idempotencyKey?: string | null | undefined;
}

/** The plan after a change, and what is written along with it. */
export interface PlanChange {
  readonly after: Plan;
  readonly along?: readonly Write[];
}

/** Changes a plan or agreement by a transition of the dialogue, on the side where the actor stands. */
export async function changePlan(
  deps: Deps,
  actor: Actor,
  field: Operation & `Mutation.${string}`,
  input: PlanChangeInput,
  transition: (plan: Stored<Plan>, by: PlanParty) => PlanChange | Promise<PlanChange>,
  reason?: string | null,
): Promise<PlanOutcome> {
  const request: Request = { actor, operation: field.slice('Mutation.'.length), input, reason };
  return perform(
    deps,
    request,
    async () => {
      const found = await findPlan(deps, input.planId);
      return { ...found, ...(await authoriseOnPlan(deps, actor, field, found.place)) };
    },
    async ({ place, plan, side, as }) => {
      if (input.version !== undefined) expectVersion(plan, input.version);
      const { after, along = [] } = await transition(plan, partyOf(actor, side));
      const kind = NOTICE_OF[field];
      const told = kind ? await planNotice(deps, kind, place, side, plan.version + 1) : [];
      const saved = deps.store.plans.save(place.address, plan, after);
      return { as, ref: plan.id, writes: [saved, ...along, ...told] };
    },
    (planId) => planOutcome(deps, actor, planId),
  );
}

/** What the other side hears; an amendment is a proposal, and of one taken back there is nothing to do. */
const NOTICE_OF: Readonly<Record<string, NoticeKind>> = {
  'Mutation.requestPlanChanges': 'PLAN_CHANGES_REQUESTED',
  'Mutation.agreePlan': 'PLAN_AGREED',
  'Mutation.agreeAgreement': 'PLAN_AGREED',
  'Mutation.amendPlan': 'PLAN_PROPOSED',
  'Mutation.planJointActivity': 'PLAN_PROPOSED',
};
