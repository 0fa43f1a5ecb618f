import type { Actor } from '../../domain/access-policy.ts';
import { checkEffectiveFrom, type Policy, policyOn } from '../../domain/period/policy.ts';
import { rejectIf } from '../../domain/problem.ts';
import type { IsoDate } from '../../domain/time.ts';
import { authorise } from '../authorise.ts';
import type { Deps } from '../deps.ts';
import { perform } from '../perform.ts';
import { regionToday } from '../region-clock.ts';
import { readPolicy, readRules } from './policy-change.ts';

export interface DraftPolicy {
  readonly effectiveFrom: IsoDate;
  /** The rules in force on that day, or the national defaults, when left out. */
  readonly rules?: object | null | undefined;
  readonly idempotencyKey?: string | null | undefined;
}

/**
 * Drafts a policy under the next number.
 * @throws Rejection POLICY_INVALID with every problem; OUT_OF_RANGE for a day before 2000 or more than ten years ahead;
 * ALREADY_EXISTS when another draft took the number at the same moment
 */
export const draftPolicy = (deps: Deps, actor: Actor, input: DraftPolicy): Promise<Policy> =>
  perform(
    deps,
    { actor, operation: 'draftPolicy', input },
    () => authorise(deps, actor, 'Mutation.draftPolicy'),
    async (as) => {
      rejectIf(checkEffectiveFrom(input.effectiveFrom, await regionToday(deps)));
      const policies = await deps.store.policies.list();
      const number = 1 + Math.max(0, ...policies.map((policy) => policy.number));
      const rules =
        input.rules == null
          ? policyOn(policies, input.effectiveFrom).rules
          : await readRules(deps, input.rules);
      const policy: Policy = {
        // The number in the id keeps two drafts at once from having the same.
        id: `policy-${number}`,
        number,
        state: 'DRAFT',
        effectiveFrom: input.effectiveFrom,
        rules,
        writtenBy: [actor.staffId ?? actor.id],
        activatedAt: null,
        version: 0,
      };
      return { as, ref: policy.id, writes: [deps.store.policies.save(null, policy)] };
    },
    readPolicy(deps),
  );
