import type { Actor } from '../../domain/access-policy.ts';
import type { Staff } from '../../domain/organisation/staff.ts';
import type { Page, PageRequest } from '../../store/contract/stored.ts';
import { authorise } from '../authorise.ts';
import type { Deps } from '../deps.ts';
import { partyOn, ratingDay } from '../rating/rating-day.ts';
import { regionToday } from '../region-clock.ts';
import { pageByName } from '../staff/page-by-name.ts';
import { eligiblePeers } from './eligible-peers.ts';
import { findPanelSubject } from './panel-place.ts';

const NOBODY = { items: [], hasMore: false } as const;

/**
 * Whom the signed-in person can name as peers in a period, by name; nobody for who does not serve on its day of rating. Reads the
 * unit's rosters and the staff of the assessor (500 at most) for each page. @throws Rejection NOT_FOUND, UNAUTHENTICATED
 */
export async function readPeerCandidates(
  deps: Deps,
  actor: Actor,
  periodId: string,
  page: PageRequest,
): Promise<Page<Staff>> {
  await authorise(deps, actor, 'Query.peerCandidates');
  if (actor.staffId === null) return NOBODY;
  const [{ period, staff }, organisation, today] = await Promise.all([
    findPanelSubject(deps, { periodId, staffId: actor.staffId }),
    deps.store.organisation.load(),
    regionToday(deps),
  ]);
  const day = ratingDay(period, today);
  const party = partyOn(organisation, staff, day);
  if (party === null) return NOBODY;
  const ids = await eligiblePeers(deps, { organisation, day, party }, today);
  const people = await deps.store.staff.getMany(ids);
  return pageByName(
    people.filter((each) => each !== null),
    page,
  );
}
