import type { Actor } from '../../domain/access-policy.ts';
import { closeMovedNotice } from '../../domain/notice/notice.ts';
import { moveClose as move, type Period, requireCloseInTime } from '../../domain/period/period.ts';
import { policyOn } from '../../domain/period/policy.ts';
import type { Instant } from '../../domain/time.ts';
import { authorise } from '../authorise.ts';
import { checkInput } from '../check-input.ts';
import type { Deps } from '../deps.ts';
import { expectVersion } from '../expect-version.ts';
import { notify } from '../notice/notify.ts';
import { perform } from '../perform.ts';
import { readPeriod, requirePeriod, withoutTrail } from './period-change.ts';

export interface MoveClose {
  readonly id: string;
  readonly version: number;
  readonly closesAt: Instant;
  readonly reason: string;
  readonly idempotencyKey?: string | null | undefined;
}

/**
 * Moves the time from when on a period's close is due, until it is due; of an open period everybody is told.
 * @throws Rejection REASON_REQUIRED, PERIOD_CLOSED, OUT_OF_RANGE for a time that is past, before the period is over or far ahead,
 * NOT_FOUND, CONFLICT
 */
export const moveClose = (deps: Deps, actor: Actor, input: MoveClose): Promise<Period> =>
  perform(
    deps,
    { actor, operation: 'moveClose', input, reason: input.reason },
    () => authorise(deps, actor, 'Mutation.moveClose'),
    async (as) => {
      const check = checkInput();
      check.reason(input.reason);
      check.done();
      const before = await requirePeriod(deps, input.id);
      const { rules } = policyOn(await deps.store.policies.list(), before.end);
      const after = move(withoutTrail(before), input.closesAt, deps.now(), rules.utcOffsetMinutes);
      expectVersion(before, input.version);
      requireCloseInTime(before, input.closesAt, deps.now());
      const writes = [
        deps.store.periods.save(before, after),
        ...(after.state === 'OPEN' ? notify(deps, closeMovedNotice(before)) : []),
      ];
      return { as, ref: before.id, writes };
    },
    readPeriod(deps),
  );
