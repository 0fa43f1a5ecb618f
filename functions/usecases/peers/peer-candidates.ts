import {
  childrenOf,
  headIdsOver,
  headOn,
  type Organisation,
  type Unit,
} from '../../domain/organisation/organisation.ts';
import { assessorOn, type Membership, wasMemberOn } from '../../domain/organisation/staff.ts';
import { checkRater, type RatingParty } from '../../domain/rating/rating.ts';
import type { IsoDate } from '../../domain/time.ts';
import type { Deps } from '../deps.ts';
import { partyOn } from '../rating/rating-day.ts';

/** Who serves in a unit on a day, which may be past: by its rosters, that hold those who have left since too. */
export async function membersOn(
  { store }: Pick<Deps, 'store'>,
  { id: unitId, shardCount }: Unit,
  day: IsoDate,
): Promise<readonly Membership[]> {
  const shards = Array.from({ length: shardCount }, (_, shard) => ({ unitId, shard }));
  const rosters = await Promise.all(shards.map((collection) => store.staff.roster(collection)));
  return rosters.flat().filter((membership) => wasMemberOn(membership, day));
}

/**
 * Among whom lots are drawn for the staff of a unit on a day, the first time and in place of who declines: its members, and for
 * its head the heads of the units beside it. Of them `peersAmong` leaves the peers of one person.
 */
export async function drawCandidates(
  deps: Pick<Deps, 'store'>,
  organisation: Organisation,
  unit: Unit,
  members: readonly Membership[],
  day: IsoDate,
): Promise<readonly RatingParty[]> {
  const headIds = headIdsOver(organisation, unit.id, day);
  return [
    ...(await headsBeside(deps, organisation, unit, day)),
    ...members.map(
      (membership): RatingParty => ({
        staffId: membership.staffId,
        unitId: unit.id,
        assessorId: assessorOn(organisation, membership, day).assessorId,
        headIds,
      }),
    ),
  ];
}

/** Somebody who is rated, as the hierarchy of a day sees them. */
export interface RateeOn {
  readonly organisation: Organisation;
  readonly day: IsoDate;
  readonly party: RatingParty;
}

/** Whom the hierarchy calls peers of one person, of those among whom lots are drawn. */
export async function peersToDraw(
  deps: Pick<Deps, 'store'>,
  { organisation, day, party }: RateeOn,
): Promise<readonly string[]> {
  const unit = organisation.units.get(party.unitId);
  if (unit === undefined) return [];
  const members = await membersOn(deps, unit, day);
  return peersAmong(await drawCandidates(deps, organisation, unit, members, day), party);
}

/** Ids of those whom the hierarchy calls peers of a person. */
export const peersAmong = (candidates: readonly RatingParty[], ratee: RatingParty): readonly string[] =>
  candidates
    .filter((candidate) => checkRater('PEER', candidate, ratee).length === 0)
    .map(({ staffId }) => staffId);

/** Heads of the units with the same parent: they are peers of the unit's head, whom the unit's roster does not hold. */
async function headsBeside(
  { store }: Pick<Deps, 'store'>,
  organisation: Organisation,
  unit: Unit,
  day: IsoDate,
): Promise<readonly RatingParty[]> {
  const beside = childrenOf(organisation, unit.parentId).filter(({ id }) => id !== unit.id);
  const ids = [...new Set(beside.flatMap((each) => headOn(each, day) ?? []))];
  const heads = await store.staff.getMany(ids);
  return heads.flatMap((head) => {
    const party = head && partyOn(organisation, head, day);
    return party === null || party.unitId === unit.id ? [] : [party];
  });
}
