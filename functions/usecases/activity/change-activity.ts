import type { Actor, Operation } from '../../domain/access-policy.ts';
import type { Activity } from '../../domain/activity/activity.ts';
import type { Stored, Write } from '../../store/contract/stored.ts';
import type { Deps } from '../deps.ts';
import { expectVersion } from '../expect-version.ts';
import { perform } from '../perform.ts';
import {
  type ActivityGrant,
  answerActivity,
  authoriseActivity,
  planIdOfActivity,
  requireAcceptingDay,
  requireActivity,
} from './activity-place.ts';

export interface ChangeActivityInput {
  readonly id: string;
  readonly version: number;
  readonly idempotencyKey?: string | null | undefined;
}

/** What a change of an activity comes to: the activity, and what else is written with it. */
export interface ActivityChange {
  readonly after: Activity;
  readonly with?: readonly Write[];
}

/**
 * Changes an activity as one of the two sides.
 * @throws Rejection NOT_FOUND, FORBIDDEN, CONFLICT, PERIOD_CLOSED, and what `change` refuses
 */
export const changeActivity = (
  deps: Deps,
  actor: Actor,
  field: Operation & `Mutation.${string}`,
  input: ChangeActivityInput,
  change: (before: Stored<Activity>, grant: ActivityGrant) => Promise<ActivityChange> | ActivityChange,
  reason?: string | null,
): Promise<Stored<Activity>> =>
  perform(
    deps,
    { actor, operation: field.slice('Mutation.'.length), input, reason },
    () => authoriseActivity(deps, actor, field, planIdOfActivity(input.id)),
    async (grant) => {
      const before = await requireActivity(deps, grant, input.id);
      expectVersion(before, input.version);
      await requireAcceptingDay(deps, before.day);
      const { after, with: others = [] } = await change(before, grant);
      const { address } = grant.place;
      return {
        as: grant.as,
        ref: after.id,
        writes: [deps.store.activities.save(address, before, after), ...others],
      };
    },
    (id) => answerActivity(deps, id),
  );
