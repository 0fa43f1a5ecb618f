import { ratingsShown } from '../../domain/anonymity/ratings-shown.ts';
import type { Result } from '../../domain/evaluation/result.ts';
import { isAnonymousGroup, type RaterGroup } from '../../domain/rating/rating.ts';
import type { Deps } from '../deps.ts';
import { staffAddress } from '../work-address.ts';

/** What a group of raters wrote. */
export interface Feedback {
  readonly group: RaterGroup;
  readonly comments: readonly string[];
}

const GROUPS: readonly RaterGroup[] = ['SUPERIOR', 'PEER', 'SUBORDINATE', 'PUBLIC', 'SELF'];

/**
 * The comments on a person behind a published result, for a reader who may read that result. Of an anonymous group they are
 * shown from k raters of that group on, after a reopening only with k new or changed ones, and in the order of the alphabet, which says nothing of who wrote them.
 */
export async function readFeedback(
  deps: Deps,
  { staffId, periodId }: Pick<Result, 'staffId' | 'periodId'>,
): Promise<readonly Feedback[]> {
  const [staff, period] = await Promise.all([
    deps.store.staff.get(staffId),
    deps.store.periods.get(periodId),
  ]);
  const address = staff && period && staffAddress(staff, period.year);
  // While a reopened period takes ratings, comments would come to light one by one as they are written.
  if (address === null || period?.policy == null || period.state === 'OPEN' || period.state === 'CLOSING')
    return [];
  const minimum = period.policy.rules.minimumRaters;
  const ratings = Map.groupBy(
    await deps.store.ratings.ofRatee(address, periodId, staffId),
    ({ group }) => group,
  );
  return GROUPS.flatMap((group) => {
    const all = ratings.get(group) ?? [];
    const given = isAnonymousGroup(group) ? ratingsShown(all, minimum) : all;
    if (isAnonymousGroup(group) && given.length < minimum) return [];
    const comments = given.flatMap(({ comment }) => comment ?? []).sort();
    return comments.length > 0 ? [{ group, comments }] : [];
  });
}
