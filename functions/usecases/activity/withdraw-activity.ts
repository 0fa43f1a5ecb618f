import type { Actor } from '../../domain/access-policy.ts';
import { type Activity, withdrawActivity as withdraw } from '../../domain/activity/activity.ts';
import type { Stored } from '../../store/contract/stored.ts';
import type { Deps } from '../deps.ts';
import { type ChangeActivityInput, changeActivity } from './change-activity.ts';

/**
 * The staff member takes an activity back that is not verified; a verified one is first returned by the assessor.
 * @throws Rejection WRONG_STATE, CONFLICT, PERIOD_CLOSED, FORBIDDEN
 */
export const withdrawActivity = (
  deps: Deps,
  actor: Actor,
  input: ChangeActivityInput,
): Promise<Stored<Activity>> =>
  changeActivity(deps, actor, 'Mutation.withdrawActivity', input, (before) => ({ after: withdraw(before) }));
