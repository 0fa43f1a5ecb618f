import type { Actor } from '../../domain/access-policy.ts';
import { canonicalJson } from '../../domain/canonical-json.ts';
import { checkEffectiveFrom, type Policy } from '../../domain/period/policy.ts';
import { rejectIf } from '../../domain/problem.ts';
import type { IsoDate } from '../../domain/time.ts';
import { authorise } from '../authorise.ts';
import type { Deps } from '../deps.ts';
import { expectVersion } from '../expect-version.ts';
import { perform } from '../perform.ts';
import { regionToday } from '../region-clock.ts';
import { readPolicy, readRules, requireDraft, withoutTrail } from './policy-change.ts';

export interface EditPolicyDraft {
  readonly id: string;
  readonly version: number;
  readonly effectiveFrom?: IsoDate | null | undefined;
  readonly rules?: object | null | undefined;
  readonly idempotencyKey?: string | null | undefined;
}

/** Changes a draft, and makes the actor one of those who wrote it. @throws Rejection POLICY_INVALID, OUT_OF_RANGE, WRONG_STATE for an active policy, NOT_FOUND, CONFLICT */
export const editPolicyDraft = (deps: Deps, actor: Actor, input: EditPolicyDraft): Promise<Policy> =>
  perform(
    deps,
    { actor, operation: 'editPolicyDraft', input },
    () => authorise(deps, actor, 'Mutation.editPolicyDraft'),
    async (as) => {
      const before = await requireDraft(deps, input.id);
      expectVersion(before, input.version);
      const policy = withoutTrail(before);
      if (input.effectiveFrom != null)
        rejectIf(checkEffectiveFrom(input.effectiveFrom, await regionToday(deps)));
      const after: Policy = {
        ...policy,
        effectiveFrom: input.effectiveFrom ?? policy.effectiveFrom,
        rules: input.rules == null ? policy.rules : await readRules(deps, input.rules),
      };
      const changed = canonicalJson(after) !== canonicalJson(policy);
      const writtenBy = [...new Set([...policy.writtenBy, actor.staffId ?? actor.id])];
      const writes = changed ? [deps.store.policies.save(before, { ...after, writtenBy })] : [];
      return { as, ref: policy.id, writes };
    },
    readPolicy(deps),
  );
