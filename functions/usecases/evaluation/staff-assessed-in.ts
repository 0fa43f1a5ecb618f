import { headOn, type Organisation, reachOf } from '../../domain/organisation/organisation.ts';
import { assessorOfStaffOn, type Staff, wasMemberOn } from '../../domain/organisation/staff.ts';
import type { IsoDate } from '../../domain/time.ts';
import type { Deps } from '../deps.ts';

/** A unit that is larger has units below it with heads of their own. */
export const MOST_ASSESSED = 1_200;

/**
 * Whoever counts in a unit's distribution on a day: those whom its head assesses, and, by id, no more than the limit. Reads the
 * rosters of the unit and of vacant units below it, and whom the head was ever named for.
 */
export async function staffAssessedIn(
  { store }: Pick<Deps, 'store'>,
  organisation: Organisation,
  { unitId, day }: { readonly unitId: string; readonly day: IsoDate },
): Promise<readonly Staff[]> {
  const unit = organisation.units.get(unitId);
  if (unit === undefined) return [];
  const head = headOn(unit, day);
  const { units, heads } = reachOf(organisation, unit, day);
  const collections = units.flatMap(({ id, shardCount }) =>
    Array.from({ length: shardCount }, (_, shard) => ({ unitId: id, shard })),
  );
  const [rosters, named] = await Promise.all([
    Promise.all(collections.map((collection) => store.staff.roster(collection))),
    head === null ? [] : store.staff.everNamed(head),
  ]);
  const members = rosters.flat().filter((membership) => wasMemberOn(membership, day));
  const ids = new Set([...members.map(({ staffId }) => staffId), ...heads, ...named]);
  const staff = await store.staff.getMany([...ids].sort().slice(0, MOST_ASSESSED));
  return staff.filter(
    (one): one is NonNullable<typeof one> =>
      one !== null && assessorOfStaffOn(organisation, one, day).assessedInUnitId === unitId,
  );
}
