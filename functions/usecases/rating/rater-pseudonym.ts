import { createHmac } from 'node:crypto';
import { reject } from '../../domain/problem.ts';
import { isAnonymousGroup, type RaterGroup } from '../../domain/rating/rating.ts';
import type { Deps } from '../deps.ts';

/**
 * Under which name a rater's words of a period are kept: HMAC-SHA256 of the rater under the period's secret, 64 hex digits.
 * One rater has one in a period, whomever they rate, and another in the next. With the secret destroyed, nobody can tell whose
 * it was, nor try people out.
 * @param raterId a staff id; for PUBLIC whatever tells one answer from another, for example the random id of a code
 */
export const pseudonymOf = (secret: string, group: RaterGroup, raterId: string): string =>
  keyed(secret, `${group === 'PUBLIC' ? 'PUBLIC' : 'STAFF'}\n${raterId}`);

/** How ratings of a group name their rater in a period: by pseudonym, or by id where the group is named. */
export type NameRater = (group: RaterGroup, raterId: string) => string;

/** For whoever writes into an open period: makes the secret with the first rating. @throws Rejection PERIOD_FINAL */
export async function namesForWriting({ store }: Pick<Deps, 'store'>, periodId: string): Promise<NameRater> {
  const secret = await store.raterSecrets.ensure(periodId);
  if (secret === null) throw reject('PERIOD_FINAL', 'periodId', { period: periodId });
  return nameBy(secret);
}

/** For whoever looks for ratings; null when nobody can be found any more, or nobody has rated yet. */
export async function namesForReading(
  { store }: Pick<Deps, 'store'>,
  periodId: string,
): Promise<NameRater | null> {
  const secret = await store.raterSecrets.get(periodId);
  return secret === null ? null : nameBy(secret);
}

const nameBy =
  (secret: string): NameRater =>
  (group, raterId) =>
    isAnonymousGroup(group) ? pseudonymOf(secret, group, raterId) : raterId;

/** A digest that cannot be tried out without the secret, as one of a rating's scores could be. */
export const concealedDigest = (secret: string, text: string): string => keyed(secret, `INPUT\n${text}`);

const keyed = (secret: string, text: string): string =>
  createHmac('sha256', Buffer.from(secret, 'hex')).update(text).digest('hex');
