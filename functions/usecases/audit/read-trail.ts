import type { Actor } from '../../domain/access-policy.ts';
import type { AuditEntry } from '../../domain/audit.ts';
import { reject } from '../../domain/problem.ts';
import type { Instant } from '../../domain/time.ts';
import type { PageRequest } from '../../store/contract/stored.ts';
import { authorise } from '../authorise.ts';
import type { Deps } from '../deps.ts';
import { type PartialPage, readThrough } from '../read-through.ts';
import { verifyTrail } from './verify-trail.ts';

/**
 * Peers, subordinates and the public rate anonymously, for inspectors too: their entries would name them. So with feedback and
 * with answers to surveys.
 */
const ANONYMOUS = /^(RATING#.*#(PEER|SUBORDINATE|PUBLIC)#|UNSIGNED_FEEDBACK#|ANSWER#)/;

/**
 * How the inspector is rated, and by whom: who is chosen, or will not (asSeenByRatee), and what the assessor sets. An office is
 * nothing towards oneself.
 */
const isOfOwnRating = (entity: string, { staffId }: Actor): boolean => {
  const [kind = '', , rateeId] = entity.split('#');
  return OF_A_RATEE.has(kind) && rateeId === staffId;
};
const OF_A_RATEE: ReadonlySet<string> = new Set([
  'PEER_PANEL',
  'RATING_DECLINE',
  'RATING',
  'ASSESSOR_RATING',
]);

/** What of a trail is wanted; all that is given must hold. */
export interface TrailFilter {
  readonly actorId?: string | null | undefined;
  readonly operation?: string | null | undefined;
  readonly from?: Instant | null | undefined;
  readonly to?: Instant | null | undefined;
}

/**
 * A page of an entity's trail, oldest first; with a filter it may hold fewer than asked for, and says where to read on.
 * @throws Rejection FORBIDDEN, also for ratings whose rater stays anonymous, and for those of oneself and who is to give them; INVALID_FORMAT for what names no
 * entity, NOT_FOUND for one of which nothing is known
 */
export async function readTrail(
  deps: Deps,
  actor: Actor,
  entity: string,
  page: PageRequest,
  filter: TrailFilter = {},
): Promise<PartialPage<AuditEntry>> {
  await authorise(deps, actor, 'Query.auditTrail');
  const expected = deps.store.audit.expected(entity);
  if (expected !== null) throw reject('INVALID_FORMAT', 'entity', { expected });
  if (ANONYMOUS.test(entity) || isOfOwnRating(entity, actor)) throw reject('FORBIDDEN', 'entity');
  const { actorId, operation, from, to } = filter;
  const wanted = (entry: AuditEntry): boolean =>
    (actorId == null || entry.actor.id === actorId) &&
    (operation == null || entry.operation === operation) &&
    (from == null || entry.at >= from) &&
    (to == null || entry.at <= to);
  const source = { key: entity, read: (request: PageRequest) => deps.store.audit.entries(entity, request) };
  const found = await readThrough([source], wanted, page);
  if (found.items.length === 0 && !(await exists(deps, actor, entity)))
    throw reject('NOT_FOUND', 'entity', { id: entity });
  return found;
}

/** Whether there is a trail; one that was removed whole, of an entity that is there, must not pass for one that never was. */
async function exists(deps: Deps, actor: Actor, entity: string): Promise<boolean> {
  const { items } = await deps.store.audit.entries(entity, { first: 1, after: null });
  return items.length > 0 || (await verifyTrail(deps, actor, entity)).brokenAt !== null;
}
