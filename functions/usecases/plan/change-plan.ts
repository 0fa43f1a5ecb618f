import type { Actor, Operation } from '../../domain/access-policy.ts';
import type { NoticeKind } from '../../domain/notice/notice.ts';
import type { Plan, PlanSide } from '../../domain/plan.ts';
import type { Stored } from '../../store/store.ts';
import type { Deps } from '../deps.ts';
import { expectVersion } from '../expect-version.ts';
import { perform, type Request } from '../perform.ts';
import { planNotice } from './plan-notice.ts';
import { authoriseOnPlan, findPlan } from './plan-place.ts';
import { type PlanOutcome, planOutcome } from './propose-plan.ts';

/** An edit of a plan that exists; without a version it is made on whatever is stored. */
export interface PlanChangeInput {
  readonly planId: string;
  readonly version?: number;
  readonly idempotencyKey?: string | null | undefined;
}

/** Changes a plan or agreement by a transition of the dialogue, on the side where the actor stands. */
export async function changePlan(
  deps: Deps,
  actor: Actor,
  field: Operation & `Mutation.${string}`,
  input: PlanChangeInput,
  transition: (plan: Stored<Plan>, side: PlanSide) => Plan | Promise<Plan>,
  reason: string | null = null,
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
      const after = await transition(plan, side);
      const told = await planNotice(deps, NOTICE_OF[field] ?? 'PLAN_PROPOSED', place, side, plan.version + 1);
      return { as, ref: plan.id, writes: [deps.store.plans.save(place.address, plan, after), ...told] };
    },
    (planId) => planOutcome(deps, actor, planId),
  );
}

/** What the other side hears; an amendment is a proposal. */
const NOTICE_OF: Readonly<Record<string, NoticeKind>> = {
  'Mutation.requestPlanChanges': 'PLAN_CHANGES_REQUESTED',
  'Mutation.agreePlan': 'PLAN_AGREED',
  'Mutation.agreeAgreement': 'PLAN_AGREED',
  'Mutation.commentPlan': 'PLAN_COMMENTED',
};
