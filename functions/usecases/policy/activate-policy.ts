import type { Actor } from '../../domain/access-policy.ts';
import { policyChangedNotice } from '../../domain/notice/notice.ts';
import { underWayBy } from '../../domain/period/period.ts';
import { activate, type Policy } from '../../domain/period/policy.ts';
import { reject, rejectIf } from '../../domain/problem.ts';
import { checkText, tidy } from '../../domain/text.ts';
import { authorise } from '../authorise.ts';
import { LENGTHS } from '../check-input.ts';
import type { Deps } from '../deps.ts';
import { expectVersion } from '../expect-version.ts';
import { notify } from '../notice/notify.ts';
import { perform } from '../perform.ts';
import { regionToday } from '../region-clock.ts';
import { readPolicy, readRules, requireDraft, withoutTrail } from './policy-change.ts';

export interface ActivatePolicy {
  readonly id: string;
  readonly version: number;
  /** Required when a period that is under way changes, and for a policy whose first day is past. */
  readonly reason?: string | null | undefined;
  readonly idempotencyKey?: string | null | undefined;
}

/**
 * Puts a draft in force from its day on. Periods that are closing or published keep the policy that was frozen into them. Four
 * eyes: one that would govern a period under way is put in force by somebody who wrote none of it, and everybody is told of each
 * such period that is open. While it governs none, as at a region's first set-up, whoever wrote it may.
 * @throws Rejection WRONG_STATE for an active policy, FORBIDDEN at `id` for whoever wrote it, POLICY_INVALID, REASON_REQUIRED,
 * NOT_FOUND, CONFLICT
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
      const [policies, periods, today] = await Promise.all([
        deps.store.policies.list(),
        deps.store.periods.list(),
        regionToday(deps),
      ]);
      const active = activate(policy, deps.now());
      const others = policies.filter(({ id }) => id !== policy.id);
      const underWay = underWayBy(active, [...others, active], periods, today);
      const own = policy.writtenBy.includes(actor.staffId ?? actor.id);
      if (own && underWay.length > 0) throw reject('FORBIDDEN', 'id');
      const required = underWay.length > 0 || policy.effectiveFrom < today ? 'REASON_REQUIRED' : null;
      rejectIf(checkText(reason ?? '', 'reason', LENGTHS.reason, 'TEXT', required));
      // The rules of rules may have become stricter since it was drafted.
      const after: Policy = { ...active, rules: await readRules(deps, policy.rules) };
      const open = underWay.filter(({ state }) => state === 'OPEN');
      const told = notify(deps, ...open.map((period) => policyChangedNotice(period, after)));
      return { as, ref: policy.id, writes: [deps.store.policies.save(before, after), ...told] };
    },
    readPolicy(deps),
  );
};
