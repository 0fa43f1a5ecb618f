import type { Actor } from '../../domain/access-policy.ts';
import type { Policy } from '../../domain/period/policy.ts';
import { rejectIf } from '../../domain/problem.ts';
import { checkText, tidy } from '../../domain/text.ts';
import { authorise } from '../authorise.ts';
import { LENGTHS } from '../check-input.ts';
import type { Deps } from '../deps.ts';
import { expectVersion } from '../expect-version.ts';
import { perform } from '../perform.ts';
import { regionToday } from '../region-clock.ts';
import { readPolicy, readRules, requireDraft, withoutTrail } from './policy-change.ts';

export interface ActivatePolicy {
  readonly id: string;
  readonly version: number;
  /** Required for a policy whose first day is past: it changes what periods that are still open come to. */
  readonly reason?: string | null | undefined;
  readonly idempotencyKey?: string | null | undefined;
}

/**
 * Puts a draft in force from its day on. Periods that are closing or published keep the policy that was frozen into them.
 * @throws Rejection WRONG_STATE for an active policy, POLICY_INVALID, REASON_REQUIRED, NOT_FOUND, CONFLICT
 */
export const activatePolicy = (deps: Deps, actor: Actor, input: ActivatePolicy): Promise<Policy> => {
  const reason = tidy(input.reason ?? '') || null;
  return perform(
    deps,
    { actor, operation: 'activatePolicy', input, reason },
    () => authorise(deps, actor, 'Mutation.activatePolicy'),
    async (as) => {
      const before = await requireDraft(deps, input.id);
      expectVersion(before, input.version);
      const policy = withoutTrail(before);
      const isPast = policy.effectiveFrom < (await regionToday(deps));
      rejectIf(checkText(reason ?? '', 'reason', LENGTHS.reason, 'TEXT', isPast ? 'REASON_REQUIRED' : null));
      // The rules of rules may have become stricter since it was drafted.
      const after: Policy = {
        ...policy,
        rules: await readRules(deps, policy.rules),
        state: 'ACTIVE',
        activatedAt: deps.now(),
      };
      return { as, ref: policy.id, writes: [deps.store.policies.save(before, after)] };
    },
    readPolicy(deps),
  );
};
