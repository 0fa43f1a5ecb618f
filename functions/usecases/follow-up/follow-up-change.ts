import type { Actor, Operation } from '../../domain/access-policy.ts';
import type { FollowUp } from '../../domain/follow-up/follow-up.ts';
import type { Staff } from '../../domain/organisation/staff.ts';
import { reject } from '../../domain/problem.ts';
import type { FollowUpKey } from '../../store/contract/follow-up.ts';
import type { Stored } from '../../store/contract/stored.ts';
import { authorise, type Capacity, capacityFor } from '../authorise.ts';
import type { Deps } from '../deps.ts';
import { requireDisinterested } from '../interest.ts';

/**
 * The person whom a follow-up is about, and as what the actor acts; nobody acts in their own matter.
 * @throws Rejection NOT_FOUND, FORBIDDEN
 */
export async function authoriseFollowUp(
  deps: Deps,
  actor: Actor,
  operation: Operation,
  staffId: string,
): Promise<{ readonly staff: Stored<Staff>; readonly as: Capacity }> {
  const staff = await deps.store.staff.get(staffId);
  if (staff === null) throw reject('NOT_FOUND', 'staffId', { id: staffId });
  const as = await authorise(deps, actor, operation, { staff });
  if (actor.staffId === staffId) throw reject('FORBIDDEN', 'staffId');
  return { staff, as };
}

/**
 * The same for a decision on it or its end, which help or harm the person: an assessor acts as the leader there, also one who has the
 * office, and nobody acts in the office's name on who leads them [D].
 * @throws Rejection NOT_FOUND, FORBIDDEN
 */
export async function authoriseFollowUpDecision(
  deps: Deps,
  actor: Actor,
  operation: 'Mutation.decideFollowUp' | 'Mutation.endFollowUp',
  staffId: string,
): Promise<{ readonly as: Capacity }> {
  const { staff, as } = await authoriseFollowUp(deps, actor, operation, staffId);
  if (as !== 'HR_ADMIN') return { as };
  if ((await capacityFor(deps, actor, operation, { staff, seat: true })) === 'ASSESSOR')
    return { as: 'ASSESSOR' };
  await requireDisinterested(deps, actor, [staffId], 'staffId');
  return { as };
}

/** @throws Rejection NOT_FOUND at `id` */
export async function requireFollowUp({ store }: Deps, key: FollowUpKey): Promise<Stored<FollowUp>> {
  const followUp = await store.followUps.get(key);
  if (followUp === null) throw reject('NOT_FOUND', 'id', { id: key.id });
  return followUp;
}
