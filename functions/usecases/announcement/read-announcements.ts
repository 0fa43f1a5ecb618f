import type { Actor } from '../../domain/access-policy.ts';
import { type Announcement, isFor, knownSince } from '../../domain/forum/announcement.ts';
import { ancestorsOf } from '../../domain/organisation/organisation.ts';
import { assignmentOn, type Staff } from '../../domain/organisation/staff.ts';
import type { Instant } from '../../domain/time.ts';
import type { AnnouncementList } from '../../store/contract/forum.ts';
import type { Page, PageRequest, Stored } from '../../store/contract/stored.ts';
import { authorise } from '../authorise.ts';
import type { Deps } from '../deps.ts';
import { regionToday } from '../region-clock.ts';
import { requireAnnouncement, unitsUpOf } from './announce.ts';

/**
 * What is announced to the actor where they serve today, the latest first: the lists of the unit, of each unit above and of the
 * region, merged. As many queries as there are units above, and one.
 * @throws Rejection UNAUTHENTICATED
 */
export async function readAnnouncements(
  deps: Deps,
  actor: Actor,
  page: PageRequest,
): Promise<Page<Stored<Announcement>>> {
  await authorise(deps, actor, 'Query.announcements');
  const [own, ...above] = (await unitsUpOf(deps, actor)) ?? [];
  const lists: readonly AnnouncementList[] = [
    'REGION',
    ...(own === undefined ? [] : [{ unitId: own, audience: 'UNIT' as const }]),
    ...[...(own === undefined ? [] : [own]), ...above].map((unitId) => ({
      unitId,
      audience: 'UNIT_AND_BELOW' as const,
    })),
  ];
  const pages = await Promise.all(lists.map((list) => deps.store.announcements.list(list, page)));
  const merged = pages.flatMap(({ items }) => items).sort((a, b) => (a.position < b.position ? -1 : 1));
  return {
    items: merged.slice(0, page.first),
    hasMore: merged.length > page.first || pages.some(({ hasMore }) => hasMore),
  };
}

/** What everybody may read, the latest first. */
export const readPublicAnnouncements = async (
  deps: Deps,
  actor: Actor,
  page: PageRequest,
): Promise<Page<Stored<Announcement>>> => {
  await authorise(deps, actor, 'Query.publicAnnouncements');
  return deps.store.announcements.list('PUBLIC', page);
};

/** Since when the actor knows of an announcement; null: not known, not asked, or nobody is signed in. */
export async function acknowledgedAt(
  deps: Deps,
  actor: Actor,
  announcement: Announcement,
): Promise<Instant | null> {
  if (actor.staffId === null || !announcement.acknowledge) return null;
  const [found] = await deps.store.announcements.acknowledgedBy(actor.staffId, [announcement.id]);
  return knownSince(announcement, actor.staffId, found);
}

/** One member of an audience. */
export interface Reader {
  readonly staff: Staff;
  /** Null: not acknowledged. */
  readonly acknowledgedAt: Instant | null;
}

/**
 * Who of a unit knows of an announcement and who does not: a page of the unit's staff of today with one batch of
 * acknowledgements. With `missing`, a page looks at so many people and shows those who have not acknowledged; it may show none
 * and still go on. For the unit's head and those above, HR, planners, auditors.
 * @returns an empty page for a unit that it is not for
 * @throws Rejection FORBIDDEN, NOT_FOUND
 */
export async function readReaders(
  deps: Deps,
  actor: Actor,
  { id, unitId, missing }: { readonly id: string; readonly unitId: string; readonly missing: boolean },
  page: PageRequest,
): Promise<Page<Reader> & { readonly end: string | null }> {
  await authorise(deps, actor, 'Query.announcementReaders', { unitId });
  const announcement = await requireAnnouncement(deps, id);
  const [organisation, today] = await Promise.all([deps.store.organisation.load(), regionToday(deps)]);
  const unitsUp = [unitId, ...ancestorsOf(organisation, unitId).map((unit) => unit.id)];
  if (!isFor(announcement, unitsUp)) return { items: [], hasMore: false, end: null };
  const staff = await deps.store.staff.ofUnit(unitId, page, today);
  const known = await deps.store.announcements.acknowledgements(
    id,
    staff.items.map(({ value }) => value.id),
  );
  const items = staff.items
    .map(({ value, position }, at) => ({
      value: { staff: value, acknowledgedAt: knownSince(announcement, value.id, known[at]) },
      position,
    }))
    .filter(({ value }) => assignmentOn(value.staff, today)?.unitId === unitId)
    .filter(({ value }) => !missing || value.acknowledgedAt === null);
  return { items, hasMore: staff.hasMore, end: staff.items.at(-1)?.position ?? null };
}
