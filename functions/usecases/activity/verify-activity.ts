import type { Actor } from '../../domain/access-policy.ts';
import { type Activity, verifyActivity as verify } from '../../domain/activity/activity.ts';
import type { Stored } from '../../store/contract/stored.ts';
import type { Deps } from '../deps.ts';
import { type ChangeActivityInput, changeActivity } from './change-activity.ts';
import { derivedRealisation } from './derive-realisation.ts';

/**
 * The assessor verifies an activity that somebody else reported. Where the line's figures come from activities, the month's
 * realisation grows by it in the same transaction.
 * @throws Rejection NO_CHANGE, WRONG_STATE, CONFLICT, PERIOD_CLOSED, OUT_OF_RANGE (a sum of more than 15 digits), FORBIDDEN also for
 * the reporter
 */
export const verifyActivity = (
  deps: Deps,
  actor: Actor,
  input: ChangeActivityInput,
): Promise<Stored<Activity>> =>
  changeActivity(deps, actor, 'Mutation.verifyActivity', input, async (before, grant) => {
    const after = verify(before, actor.id, deps.now());
    return { after, with: await derivedRealisation(deps, grant, after, null) };
  });
