import { createHash } from 'node:crypto';
import { isAnonymousGroup, type RaterGroup } from '../../functions/domain/rating/rating.ts';

/** A name under which the store takes an anonymous rating: the same for the same id. */
export const pseudonym = (id: string): string => createHash('sha256').update(id).digest('hex');

/** As whom a rater of the group is known to the store. */
export const raterOf = (group: RaterGroup, id: string): string =>
  isAnonymousGroup(group) ? pseudonym(id) : id;
