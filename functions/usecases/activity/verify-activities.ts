import type { Actor } from '../../domain/access-policy.ts';
import { type Problem, problem, Rejection, reject } from '../../domain/problem.ts';
import type { Deps } from '../deps.ts';
import type { ImportOutcome } from '../import-rows.ts';
import { findActivity } from './activity-place.ts';
import { verifyActivity } from './verify-activity.ts';

export interface VerifyActivitiesInput {
  readonly activities: readonly { readonly id: string; readonly version: number }[];
}

/** Each is a transaction of its own, one after the other; an answer takes at most half a minute. */
const MOST_AT_ONCE = 50;

/**
 * The assessor verifies several activities, each by the same rules as one by one. One that is refused holds back no other, and
 * one that is verified already stays as it is, so that a request may be repeated.
 * @returns with the problems of each that was refused, at `activities.<n>`
 * @throws Rejection REQUIRED, TOO_MANY at `activities`
 */
export async function verifyActivities(
  deps: Deps,
  actor: Actor,
  { activities }: VerifyActivitiesInput,
): Promise<ImportOutcome> {
  if (activities.length === 0) throw reject('REQUIRED', 'activities');
  if (activities.length > MOST_AT_ONCE) throw reject('TOO_MANY', 'activities', { maximum: MOST_AT_ONCE });
  const problems: Problem[] = [];
  let imported = 0;
  let unchanged = 0;
  // Not at the same time: those of one month meet in its realisation, and would only make each other repeat.
  for (const [index, each] of activities.entries()) {
    try {
      await verifyActivity(deps, actor, each);
      imported += 1;
    } catch (error) {
      if (!(error instanceof Rejection)) throw error;
      if (await isVerified(deps, each.id, error)) unchanged += 1;
      else
        problems.push(
          ...error.problems.map(({ code, path, params }) =>
            problem(code, ['activities', index, ...path].join('.'), params),
          ),
        );
    }
  }
  return { imported, unchanged, problems };
}

/** Whether a refusal only says that it has been done: what is said to whoever may verify, so reading it tells them nothing new. */
async function isVerified(deps: Deps, id: string, { problems }: Rejection): Promise<boolean> {
  if (!problems.every(({ code }) => code === 'CONFLICT' || code === 'NO_CHANGE')) return false;
  return (await findActivity(deps, id))?.state === 'VERIFIED';
}
