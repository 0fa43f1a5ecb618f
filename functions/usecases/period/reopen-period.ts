import type { Actor } from '../../domain/access-policy.ts';
import { periodNotice, policyChangedNotice } from '../../domain/notice/notice.ts';
import { type Period, reopen, requireCloseInTime } from '../../domain/period/period.ts';
import { policyOn } from '../../domain/period/policy.ts';
import type { Instant } from '../../domain/time.ts';
import { authorise } from '../authorise.ts';
import { checkInput } from '../check-input.ts';
import type { Deps } from '../deps.ts';
import { expectVersion } from '../expect-version.ts';
import { notify } from '../notice/notify.ts';
import { perform } from '../perform.ts';
import { policyOfRun } from '../result/policy-of-run.ts';
import { readPeriod, requirePeriod, withoutTrail } from './period-change.ts';

export interface ReopenPeriod {
  readonly id: string;
  readonly version: number;
  readonly reason: string;
  readonly closesAt: Instant;
  readonly idempotencyKey?: string | null | undefined;
}

/**
 * Opens a published period again, or one whose close has failed, so that its data can be mended; its next close is a new run,
 * and readers keep the published one, if there is one, until then. Everybody is told, also of a policy put in force since it closed.
 * @throws Rejection REASON_REQUIRED, PERIOD_FINAL, WRONG_STATE, OUT_OF_RANGE for an end that is past or far ahead, NOT_FOUND, CONFLICT
 */
export const reopenPeriod = (deps: Deps, actor: Actor, input: ReopenPeriod): Promise<Period> =>
  perform(
    deps,
    { actor, operation: 'reopenPeriod', input, reason: input.reason },
    () => authorise(deps, actor, 'Mutation.reopenPeriod'),
    async (as) => {
      const check = checkInput();
      check.reason(input.reason);
      check.done();
      const before = await requirePeriod(deps, input.id);
      expectVersion(before, input.version);
      requireCloseInTime(before, input.closesAt, deps.now());
      const published =
        before.publishedRun === null ? null : await policyOfRun(deps.store, before, before.publishedRun);
      const after = reopen(withoutTrail(before), input.closesAt, deps.now(), published);
      const policy = policyOn(await deps.store.policies.list(), after.end);
      const isOther = before.policy !== null && before.policy.id !== policy.id;
      const writes = [
        deps.store.periods.save(before, after),
        ...notify(deps, periodNotice('PERIOD_REOPENED', after)),
        ...(isOther ? notify(deps, policyChangedNotice(after, policy)) : []),
      ];
      return { as, ref: before.id, writes };
    },
    readPeriod(deps),
  );
