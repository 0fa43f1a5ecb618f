import type { Actor } from '../../domain/access-policy.ts';
import type { GuidanceKind, GuidanceNote } from '../../domain/feedback/guidance.ts';
import type { Page, PageRequest } from '../../store/contract/stored.ts';
import { authorise } from '../authorise.ts';
import type { Deps } from '../deps.ts';
import { requireRecipient } from './feedback-change.ts';

/**
 * Notes of one kind on a person, the latest first. Guidance: the person, who leads them, HR and auditors. Counselling is kept
 * narrower (annex, chapter III D 5): the person, the assessor, the assessor's superior, the personnel office and auditors.
 * @throws Rejection FORBIDDEN, NOT_FOUND
 */
export async function readGuidance(
  deps: Deps,
  actor: Actor,
  { staffId, kind }: { readonly staffId: string; readonly kind: GuidanceKind },
  page: PageRequest,
): Promise<Page<GuidanceNote>> {
  const staff = await requireRecipient(deps, staffId);
  await authorise(deps, actor, kind === 'GUIDANCE' ? 'Query.guidance' : 'Query.counselling', { staff });
  return deps.store.guidance.ofStaff(staffId, kind, page);
}
