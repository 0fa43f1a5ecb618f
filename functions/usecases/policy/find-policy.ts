import type { Actor } from '../../domain/access-policy.ts';
import { nationalPolicy, type Policy, policyOn } from '../../domain/period/policy.ts';
import { requireOneOf } from '../../domain/problem.ts';
import type { IsoDate } from '../../domain/time.ts';
import { authorise } from '../authorise.ts';
import type { Deps } from '../deps.ts';

/** A policy by its id, or the one in force on a day (the national defaults when the region has none); null for an unknown id. @throws Rejection REQUIRED without one of them, ONE_OF with both */
export async function findPolicy(
  deps: Deps,
  actor: Actor,
  { id, on }: { readonly id?: string | null | undefined; readonly on?: IsoDate | null | undefined },
): Promise<Policy | null> {
  await authorise(deps, actor, 'Query.policy');
  requireOneOf({ id, on });
  if (id === nationalPolicy.id) return nationalPolicy;
  if (id != null) return deps.store.policies.get(id);
  return on == null ? null : policyOn(await deps.store.policies.list(), on);
}
