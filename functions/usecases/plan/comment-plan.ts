import type { Actor } from '../../domain/access-policy.ts';
import { commentPlan as comment } from '../../domain/plan.ts';
import { tidy } from '../../domain/text.ts';
import type { Deps } from '../deps.ts';
import { changePlan } from './change-plan.ts';
import type { PlanOutcome } from './propose-plan.ts';

export interface CommentPlanInput {
  readonly planId: string;
  readonly lineId?: string | null | undefined;
  readonly text: string;
  readonly idempotencyKey?: string | null | undefined;
}

/** Adds a remark to the open proposal of a plan or agreement. @throws Rejection WRONG_STATE, NOT_FOUND, REQUIRED, TOO_LONG, FORBIDDEN */
export const commentPlan = (deps: Deps, actor: Actor, input: CommentPlanInput): Promise<PlanOutcome> =>
  changePlan(deps, actor, 'Mutation.commentPlan', input, (plan) =>
    comment(plan, {
      id: deps.newId('c'),
      authorId: actor.staffId ?? actor.id,
      at: deps.now(),
      lineId: input.lineId ?? null,
      text: tidy(input.text),
    }),
  );
