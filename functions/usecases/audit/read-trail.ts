import type { Actor } from '../../domain/access-policy.ts';
import type { AuditEntry } from '../../domain/audit.ts';
import { reject } from '../../domain/problem.ts';
import type { Page, PageRequest } from '../../store/store.ts';
import { authorise } from '../authorise.ts';
import type { Deps } from '../deps.ts';

const ENTITY = /^[A-Z_]+#[^\s]{1,300}$/;
/**
 * Peers, subordinates and the public rate anonymously, for inspectors too: their entries would name them. So with feedback and
 * with answers to surveys.
 */
const ANONYMOUS = /^(RATING#.*#(PEER|SUBORDINATE|PUBLIC)#|UNSIGNED_FEEDBACK#|ANSWER#)/;

/**
 * A page of an entity's trail, oldest first.
 * @throws Rejection FORBIDDEN, also for ratings whose rater stays anonymous; INVALID_FORMAT for what names no entity
 */
export async function readTrail(
  deps: Deps,
  actor: Actor,
  entity: string,
  page: PageRequest,
): Promise<Page<AuditEntry>> {
  await authorise(deps, actor, 'Query.auditTrail');
  if (!ENTITY.test(entity)) throw reject('INVALID_FORMAT', 'entity', { expected: 'UNIT#…, PERIOD#2026-Q1' });
  if (ANONYMOUS.test(entity)) throw reject('FORBIDDEN', 'entity');
  return deps.store.audit.entries(entity, page);
}
