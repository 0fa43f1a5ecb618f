import { keptOf } from '../../domain/anonymity/ratings-shown.ts';
import { localDateOf, startOfLocalDay } from '../../domain/calendar.ts';
import { type Period, publishedAttempt } from '../../domain/period/period.ts';
import {
  isAnonymousGroup,
  type RaterGroup,
  type Rating,
  type RatingContent,
  type RatingSource,
} from '../../domain/rating/rating.ts';
import type { Instant } from '../../domain/time.ts';
import type { RaterPair } from '../../store/contract/peers.ts';
import type { Stored, WorkAddress, Write } from '../../store/contract/stored.ts';
import type { RatingKey } from '../../store/store.ts';
import type { Deps } from '../deps.ts';

/** A rating as it is given now, in place of the one that is there, if there is one. @param key under the rater's pseudonym where the group is anonymous */
export function ratingGiven(
  period: Period,
  key: RatingKey,
  content: RatingContent,
  before: Stored<Rating> | null,
  given: { readonly source: RatingSource; readonly ratedAt: Instant | null },
): Rating {
  const afterRun = isAnonymousGroup(key.group) ? publishedAttempt(period) : 0;
  return {
    ...key,
    ...content,
    ...given,
    afterRun,
    earlier: isAnonymousGroup(key.group) ? keptOf(before, afterRun) : [],
    version: before?.version ?? 0,
  };
}

/** That who rates has not declined in the same moment: of the two one counts. */
export function notDeclined(
  { store }: Deps,
  address: WorkAddress,
  pair: RaterPair,
  group: RaterGroup,
  isChosen: boolean,
): readonly Write[] {
  if (group === 'SUBORDINATE') return [store.peers.requireNotDeclined(address, pair)];
  return group === 'PEER' && isChosen ? [store.peers.requireAssigned(address, pair)] : [];
}

/** The time that is kept of a rating: none of an anonymous one, by which its rater could be told. */
export const timeKept = (group: RaterGroup, now: Instant): Instant | null =>
  isAnonymousGroup(group) ? null : now;

/** Of an answer by somebody served: only the day in the region, so that a burst of answers is noticed. */
export const dayKept = (now: Instant, utcOffsetMinutes: number): Instant =>
  startOfLocalDay(localDateOf(now, utcOffsetMinutes), utcOffsetMinutes);
