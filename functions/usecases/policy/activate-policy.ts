import type { Actor } from '../../domain/access-policy.ts';
import type { Policy } from '../../domain/policy.ts';
import { authorise } from '../authorise.ts';
import type { Deps } from '../deps.ts';
import { expectVersion } from '../expect-version.ts';
import { perform } from '../perform.ts';
import { readPolicy, readRules, requireDraft, withoutTrail } from './policy-change.ts';

export interface ActivatePolicy {
  readonly id: string;
  readonly version: number;
  readonly idempotencyKey?: string | null | undefined;
}

/**
 * Puts a draft in force from its day on. Periods that are closing or published keep the policy that was frozen into them.
 * @throws Rejection WRONG_STATE for an active policy, POLICY_INVALID, NOT_FOUND, CONFLICT
 */
export const activatePolicy = (deps: Deps, actor: Actor, input: ActivatePolicy): Promise<Policy> =>
  perform(
    deps,
    { actor, operation: 'activatePolicy', input },
    async () => {
      const as = await authorise(deps, actor, 'Mutation.activatePolicy');
      const before = await requireDraft(deps, input.id);
      expectVersion(before, input.version);
      const policy = withoutTrail(before);
      // The rules of rules may have become stricter since it was drafted.
      const after: Policy = {
        ...policy,
        rules: readRules(policy.rules),
        state: 'ACTIVE',
        activatedAt: deps.now(),
      };
      return { as, ref: policy.id, writes: [deps.store.policies.save(before, after)] };
    },
    readPolicy(deps),
  );
