import type { IsoDate } from '../../domain/time.ts';
import type { Deps } from '../deps.ts';
import { partyOn } from '../rating/rating-day.ts';
import { staffAssessedBy } from '../task/staff-assessed.ts';
import { peersAmong, peersToDraw, type RateeOn } from './peer-candidates.ts';
import { isPeerOn } from './peer-rules.ts';

/**
 * How many people somebody can name as peers, counted up to `most`: colleagues of the unit, and others with the same assessor.
 * The first few of the unit by name are mostly enough; only where they are not, the unit's rosters and the staff of the assessor
 * (500 at most) are read.
 */
export async function countEligiblePeers(
  deps: Deps,
  ratee: RateeOn,
  today: IsoDate,
  most: number,
): Promise<number> {
  const { organisation, day, party } = ratee;
  const { unitId, headIds } = party;
  // Besides the person and those who lead them `most` are left.
  const few = { first: most + 1 + headIds.length, after: null };
  const first = await deps.store.staff.ofUnit(unitId, few, day < today ? today : day);
  const found = first.items.filter(({ value }) => isPeerOn(organisation, value, party, day)).length;
  if (found >= most) return most;
  return Math.min(most, (await eligiblePeers(deps, ratee, today)).length);
}

/** Whom somebody can name as peers: colleagues of the unit, and others with the same assessor. */
export async function eligiblePeers(deps: Deps, ratee: RateeOn, today: IsoDate): Promise<readonly string[]> {
  const { organisation, day, party } = ratee;
  const { assessorId } = party;
  const [near, assessed] = await Promise.all([
    peersToDraw(deps, ratee),
    assessorId === null ? [] : staffAssessedBy(deps, { staffId: assessorId, organisation, today }, day),
  ]);
  const parties = assessed.flatMap((staff) => partyOn(organisation, staff, day) ?? []);
  return [...new Set([...near, ...peersAmong(parties, party)])];
}
