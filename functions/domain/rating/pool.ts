import { ratingsShown } from '../anonymity/ratings-shown.ts';
import type { PolicyRules } from '../period/policy.ts';
import type { RaterGroup, Rating } from './rating.ts';
import { isAnonymousGroup } from './rating.ts';

/** A person's ratings by some groups, as a result may show them: of an anonymous pool one of each rater. */
export const ratingsOfPool = (
  ratings: readonly Rating[],
  groups: readonly RaterGroup[],
  { minimumRaters }: PolicyRules,
): readonly Rating[] => {
  const own = ratings.filter(({ group }) => groups.includes(group));
  return isAnonymous(groups) ? ratingsShown(own, minimumRaters) : own;
};

/** Whether nobody may learn what a single rater of the pool said: the superior is known, everybody else is not. */
export const isAnonymous = (groups: readonly RaterGroup[]): boolean => groups.every(isAnonymousGroup);
