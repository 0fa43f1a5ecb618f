import type { Actor } from '../../domain/access-policy.ts';
import { canonicalJson } from '../../domain/audit.ts';
import type { Policy } from '../../domain/policy.ts';
import type { IsoDate } from '../../domain/time.ts';
import { authorise } from '../authorise.ts';
import type { Deps } from '../deps.ts';
import { expectVersion } from '../expect-version.ts';
import { perform } from '../perform.ts';
import { readPolicy, readRules, requireDraft, withoutTrail } from './policy-change.ts';

export interface EditPolicyDraft {
  readonly id: string;
  readonly version: number;
  readonly effectiveFrom?: IsoDate | null | undefined;
  readonly rules?: object | null | undefined;
  readonly idempotencyKey?: string | null | undefined;
}

/** Changes a draft. @throws Rejection POLICY_INVALID, WRONG_STATE for an active policy, NOT_FOUND, CONFLICT */
export const editPolicyDraft = (deps: Deps, actor: Actor, input: EditPolicyDraft): Promise<Policy> =>
  perform(
    deps,
    { actor, operation: 'editPolicyDraft', input },
    async () => {
      const as = await authorise(deps, actor, 'Mutation.editPolicyDraft');
      const before = await requireDraft(deps, input.id);
      expectVersion(before, input.version);
      const policy = withoutTrail(before);
      const after: Policy = {
        ...policy,
        effectiveFrom: input.effectiveFrom ?? policy.effectiveFrom,
        rules: input.rules == null ? policy.rules : readRules(input.rules),
      };
      const changed = canonicalJson(after) !== canonicalJson(policy);
      return { as, ref: policy.id, writes: changed ? [deps.store.policies.save(before, after)] : [] };
    },
    readPolicy(deps),
  );
