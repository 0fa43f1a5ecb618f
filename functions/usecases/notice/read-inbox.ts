import type { Actor } from '../../domain/access-policy.ts';
import { startOfLocalDay } from '../../domain/calendar.ts';
import { AUDIENCE_ROLES, type Audience, oldestShown } from '../../domain/notice/notice.ts';
import { chainOf } from '../../domain/organisation/organisation.ts';
import { assignmentOn } from '../../domain/organisation/staff.ts';
import type { Instant } from '../../domain/time.ts';
import type { NoticeKey, NoticeMarks, StoredNotice } from '../../store/contract/notices.ts';
import type { Page, PageRequest } from '../../store/contract/stored.ts';
import { authorise } from '../authorise.ts';
import type { Deps } from '../deps.ts';
import { regionOffset, regionToday } from '../region-clock.ts';

/** A notice as its reader sees it. */
export interface InboxNotice extends StoredNotice {
  readonly read: boolean;
}

/** How many notices wait. */
export interface Unread {
  readonly count: number;
  /** There are more than were looked at. */
  readonly more: boolean;
}

/** The newest notices of each audience that are looked at to count the unread ones. */
const COUNTED = 100;

/** Whose inbox it is: that of the person, or of an account that belongs to nobody. */
export const inboxOf = ({ staffId, id }: Actor): string => staffId ?? id;

/** What is told to the signed-in person: to them alone, to their unit and those above it, to everybody, to their roles. */
export async function readInbox(deps: Deps, actor: Actor, page: PageRequest): Promise<Page<InboxNotice>> {
  await authorise(deps, actor, 'Query.notices');
  const [{ audiences, since }, marks] = await Promise.all([
    audiencesOf(deps, actor),
    deps.store.notices.marks(inboxOf(actor)),
  ]);
  const found = await deps.store.notices.page(audiences, page, since);
  return {
    ...found,
    items: found.items.map(({ value, position }) => ({
      value: { ...value, read: isRead(value, marks) },
      position,
    })),
  };
}

/** How many of the newest notices the signed-in person has not read. */
export async function countUnread(deps: Deps, actor: Actor): Promise<Unread> {
  await authorise(deps, actor, 'Query.unreadNotices');
  const [{ audiences, since }, marks] = await Promise.all([
    audiencesOf(deps, actor),
    deps.store.notices.marks(inboxOf(actor)),
  ]);
  const from = marks.readUpTo === null || marks.readUpTo < since ? since : marks.readUpTo;
  const found = await deps.store.notices.page(audiences, { first: COUNTED, after: null }, from);
  const unread = found.items.filter(({ value }) => !isRead(value, marks));
  return { count: unread.length, more: found.hasMore };
}

/** Whether one reader has read a notice: as the notice says of its only reader, or by the marks of what many read. */
export const isRead = ({ at, position, readAt }: StoredNotice, { readUpTo, read }: NoticeMarks): boolean =>
  readAt !== null || (readUpTo !== null && at <= readUpTo) || read.has(position);

/** To what audiences an actor belongs today, and since when: who joins later was not told what came before. */
export async function audiencesOf(
  deps: Deps,
  actor: Actor,
): Promise<{ readonly audiences: readonly Audience[]; readonly since: Instant }> {
  const [organisation, today, staff] = await Promise.all([
    deps.store.organisation.load(),
    regionToday(deps),
    actor.staffId === null ? null : deps.store.staff.get(actor.staffId),
  ]);
  const oldest = oldestShown(deps.now());
  const unitId = staff && assignmentOn(staff, today)?.unitId;
  const joined = staff?.assignments[0]?.from;
  const firstDay = joined === undefined ? oldest : startOfLocalDay(joined, await regionOffset(deps));
  return {
    audiences: [
      { kind: 'PERSON', staffId: inboxOf(actor) },
      { kind: 'EVERYBODY' },
      ...(unitId == null ? [] : chainOf(organisation, unitId)).map(
        ({ id }): Audience => ({ kind: 'UNIT', unitId: id }),
      ),
      ...(unitId == null ? [] : [{ kind: 'UNIT_ALONE', unitId } as const]),
      ...AUDIENCE_ROLES.filter((role) => actor.roles.has(role)).map(
        (role): Audience => ({ kind: 'ROLE', role }),
      ),
    ],
    since: [oldest, firstDay].sort()[1] ?? oldest,
  };
}

/** A separator that no position and no id of the organisation holds. */
const SEPARATOR = '\n';

/** Names a notice to its reader. */
export function idOfNotice({ audience, position }: NoticeKey): string {
  const of = 'unitId' in audience ? audience.unitId : audience.kind === 'ROLE' ? audience.role : '';
  return Buffer.from([audience.kind, of, position].join(SEPARATOR), 'utf8').toString('base64url');
}

/** Which notice an id names to a reader; null for what is not theirs, or no id. */
export function noticeOfId(id: string, audiences: readonly Audience[]): NoticeKey | null {
  const [, , position = ''] = Buffer.from(id, 'base64url').toString('utf8').split(SEPARATOR);
  const audience = audiences.find((each) => idOfNotice({ audience: each, position }) === id);
  return audience === undefined || !/^\d{13}#[0-9a-f]{24}$/.test(position) ? null : { audience, position };
}
