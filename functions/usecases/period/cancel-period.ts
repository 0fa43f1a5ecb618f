import type { Actor } from '../../domain/access-policy.ts';
import { cancelPeriod as cancel, type Period } from '../../domain/period/period.ts';
import { authorise } from '../authorise.ts';
import { checkInput } from '../check-input.ts';
import type { Deps } from '../deps.ts';
import { expectVersion } from '../expect-version.ts';
import { perform } from '../perform.ts';
import { requirePeriod, withoutTrail } from './period-change.ts';

export interface CancelPeriod {
  readonly id: string;
  readonly version: number;
  readonly reason: string;
  readonly idempotencyKey?: string | null | undefined;
}

/**
 * Takes back a period that was planned by mistake, as long as it has not opened: from then on it is as if nobody had planned it, and
 * it can be planned anew. @throws Rejection REASON_REQUIRED, TOO_LONG, WRONG_STATE, NOT_FOUND, CONFLICT
 */
export const cancelPeriod = (deps: Deps, actor: Actor, input: CancelPeriod): Promise<Period> =>
  perform(
    deps,
    { actor, operation: 'cancelPeriod', input, reason: input.reason },
    () => authorise(deps, actor, 'Mutation.cancelPeriod'),
    async (as) => {
      const check = checkInput();
      check.reason(input.reason);
      check.done();
      const before = await requirePeriod(deps, input.id);
      const after = cancel(withoutTrail(before));
      expectVersion(before, input.version);
      return { as, ref: before.id, writes: [deps.store.periods.save(before, after)] };
    },
    // A repetition may come after the period was planned anew.
    async (id) => (await deps.store.periods.cancelled(id)) ?? requirePeriod(deps, id),
  );
