import type { Actor } from '../../domain/access-policy.ts';
import type { Unit } from '../../domain/organisation/organisation.ts';
import { requireOneOf } from '../../domain/problem.ts';
import { authorise } from '../authorise.ts';
import type { Deps } from '../deps.ts';
import { unitByCode } from './organisation-change.ts';

/** One unit by its id or its code; null when there is none. @throws Rejection REQUIRED without one of them, ONE_OF with both */
export async function findUnit(
  deps: Deps,
  actor: Actor,
  { id, code }: { readonly id?: string | null | undefined; readonly code?: string | null | undefined },
): Promise<Unit | null> {
  await authorise(deps, actor, 'Query.unit');
  requireOneOf({ id, code });
  const organisation = await deps.store.organisation.load();
  if (id != null) return organisation.units.get(id) ?? null;
  return code == null ? null : unitByCode(organisation, code);
}
