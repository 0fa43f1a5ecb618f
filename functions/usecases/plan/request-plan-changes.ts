import type { Actor } from '../../domain/access-policy.ts';
import { requestChanges } from '../../domain/plan.ts';
import { tidy } from '../../domain/text.ts';
import type { Deps } from '../deps.ts';
import { changePlan } from './change-plan.ts';
import type { PlanOutcome } from './propose-plan.ts';

export interface RequestPlanChangesInput {
  readonly planId: string;
  readonly version: number;
  readonly text: string;
  readonly idempotencyKey?: string | null | undefined;
}

/** The side that did not propose hands the proposal back with what should change. @throws Rejection WRONG_STATE, REQUIRED, CONFLICT, FORBIDDEN */
export const requestPlanChanges = (
  deps: Deps,
  actor: Actor,
  input: RequestPlanChangesInput,
): Promise<PlanOutcome> =>
  changePlan(deps, actor, 'Mutation.requestPlanChanges', input, (plan, side) =>
    requestChanges(plan, side, {
      id: deps.newId('c'),
      authorId: actor.staffId ?? actor.id,
      at: deps.now(),
      lineId: null,
      text: tidy(input.text),
    }),
  );
