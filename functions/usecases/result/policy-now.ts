import type { Period } from '../../domain/period/period.ts';
import { type Policy, policyOn } from '../../domain/period/policy.ts';
import type { Deps } from '../deps.ts';

/**
 * The policy by which a period would be evaluated now: the frozen one once there is one. A reopened period still holds that of
 * its published run; its next close takes the one in force then.
 */
export async function policyNow({ store }: Pick<Deps, 'store'>, period: Period): Promise<Policy> {
  const frozen = period.state === 'OPEN' ? null : period.policy;
  return frozen ?? policyOn(await store.policies.list(), period.end);
}
