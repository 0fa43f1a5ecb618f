import type { Actor } from '../../domain/access-policy.ts';
import { type Activity, returnActivity as giveBack, monthOfDay } from '../../domain/activity/activity.ts';
import type { Stored } from '../../store/contract/stored.ts';
import type { Deps } from '../deps.ts';
import { notify, person } from '../notice/notify.ts';
import { type ChangeActivityInput, changeActivity } from './change-activity.ts';
import { derivedRealisation } from './derive-realisation.ts';

export interface ReturnActivityInput extends ChangeActivityInput {
  readonly reason: string;
}

/**
 * The assessor returns an activity with the reason. One that was verified no longer counts, and the month's realisation is
 * corrected in the same transaction.
 * @throws Rejection REASON_REQUIRED, TOO_LONG, WRONG_STATE, CONFLICT, PERIOD_CLOSED, FORBIDDEN
 */
export const returnActivity = (
  deps: Deps,
  actor: Actor,
  input: ReturnActivityInput,
): Promise<Stored<Activity>> =>
  changeActivity(
    deps,
    actor,
    'Mutation.returnActivity',
    input,
    async (before, grant) => {
      const after = giveBack(before, input.reason, deps.now());
      const counted = before.state === 'VERIFIED';
      const told = notify(deps, {
        kind: 'ACTIVITY_RETURNED',
        to: person(after.staffId),
        refs: { planId: after.planId, month: monthOfDay(after.day), subjectId: after.id },
        occasion: before.version + 1,
      });
      const derived = counted ? await derivedRealisation(deps, grant, after, after.returnReason) : [];
      return { after, with: [...derived, ...told] };
    },
    input.reason,
  );
