import type { Actor } from '../../domain/access-policy.ts';
import type { Staff } from '../../domain/organisation/staff.ts';
import { requireOneOf } from '../../domain/problem.ts';
import { authorise, permits } from '../authorise.ts';
import type { Deps } from '../deps.ts';

/**
 * One staff member by id or by NIP; null when there is none. By NIP only for those who may see it: for others the answer is
 * null too, so that nobody can find out whose number it is.
 * @throws Rejection REQUIRED without one of them, ONE_OF with both
 */
export async function findStaff(
  deps: Deps,
  actor: Actor,
  { id, nip }: { readonly id?: string | null | undefined; readonly nip?: string | null | undefined },
): Promise<Staff | null> {
  await authorise(deps, actor, 'Query.staff');
  requireOneOf({ id, nip });
  if (id != null) return deps.store.staff.get(id);
  const staff = nip == null ? null : await deps.store.staff.findByNip(nip);
  return staff !== null && (await permits(deps, actor, 'Staff.nip', { staff })) ? staff : null;
}
