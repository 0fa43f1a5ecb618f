import type { Actor } from '../../domain/access-policy.ts';
import { type Activity, checkActivity, correctActivity as correct } from '../../domain/activity/activity.ts';
import { rejectIf } from '../../domain/problem.ts';
import type { Stored } from '../../store/contract/stored.ts';
import type { Deps } from '../deps.ts';
import { requireAgreed } from './activity-place.ts';
import { type ChangeActivityInput, changeActivity } from './change-activity.ts';
import { type ActivityInput, reportOf } from './report-activity.ts';

export interface CorrectActivityInput extends ChangeActivityInput, ActivityInput {}

/**
 * The staff member corrects an activity that is not verified, for example one that was returned, and so sends it again. Its
 * day stays: one of another day is withdrawn and reported anew.
 * @throws Rejection WRONG_STATE, CONFLICT, PERIOD_CLOSED, FORBIDDEN, and what is wrong with the report
 */
export const correctActivity = (
  deps: Deps,
  actor: Actor,
  input: CorrectActivityInput,
): Promise<Stored<Activity>> =>
  changeActivity(deps, actor, 'Mutation.correctActivity', input, (before, { plan }) => {
    const report = reportOf(input);
    const after = correct(before, report, actor.id, deps.now());
    rejectIf(checkActivity(requireAgreed(plan), report));
    return { after };
  });
