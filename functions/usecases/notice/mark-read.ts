import type { Actor } from '../../domain/access-policy.ts';
import { problem, reject, rejectIf } from '../../domain/problem.ts';
import type { Instant } from '../../domain/time.ts';
import { authorise } from '../authorise.ts';
import type { Deps } from '../deps.ts';
import { audiencesOf, countUnread, inboxOf, noticeOfId, type Unread } from './read-inbox.ts';

/** Notices that one call marks. */
const MOST = 50;

/**
 * Marks notices of one's own inbox as read; marking again changes nothing. Reading is no act that is audited.
 * @throws Rejection TOO_MANY, NOT_FOUND for each id that is not in the inbox
 */
export async function markNoticesRead(
  deps: Deps,
  actor: Actor,
  { ids }: { readonly ids: readonly string[] },
): Promise<Unread> {
  await authorise(deps, actor, 'Mutation.markNoticesRead');
  if (ids.length > MOST) throw reject('TOO_MANY', 'ids', { maximum: MOST });
  const { audiences } = await audiencesOf(deps, actor);
  const keys = ids.map((id) => noticeOfId(id, audiences));
  const known = keys.filter((key) => key !== null);
  const found = await deps.store.notices.getMany(known);
  const there = new Set(known.filter((_, at) => found[at] !== null));
  rejectIf(
    keys.flatMap((key, at) => (key !== null && there.has(key) ? [] : [problem('NOT_FOUND', `ids.${at}`)])),
  );
  await deps.store.notices.markRead(inboxOf(actor), [...there], deps.now());
  return countUnread(deps, actor);
}

/** Marks everything up to an instant, now if left out, as read. @throws Rejection OUT_OF_RANGE for what lies ahead */
export async function markAllNoticesRead(
  deps: Deps,
  actor: Actor,
  { upTo }: { readonly upTo?: Instant | null | undefined },
): Promise<Unread> {
  await authorise(deps, actor, 'Mutation.markAllNoticesRead');
  const now = deps.now();
  if (upTo != null && upTo > now) throw reject('OUT_OF_RANGE', 'upTo', { maximum: now });
  await deps.store.notices.markAllRead(inboxOf(actor), upTo ?? now);
  return countUnread(deps, actor);
}
