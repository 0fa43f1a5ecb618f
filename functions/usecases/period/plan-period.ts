import type { Actor } from '../../domain/access-policy.ts';
import { type Period, planPeriod as plan, requireCloseInTime } from '../../domain/period/period.ts';
import { policyOn } from '../../domain/period/policy.ts';
import { periodOf } from '../../domain/period/span.ts';
import { reject } from '../../domain/problem.ts';
import type { Instant } from '../../domain/time.ts';
import { authorise } from '../authorise.ts';
import type { Deps } from '../deps.ts';
import { perform } from '../perform.ts';
import { readPeriod } from './period-change.ts';

export interface PlanPeriod {
  readonly id: string;
  /** From when on the close is due; the end of the period's last day by the region's clock when left out. */
  readonly closesAt?: Instant | null | undefined;
  readonly idempotencyKey?: string | null | undefined;
}

/** Plans a period, also one that was planned before and cancelled. @throws Rejection INVALID_FORMAT for an id of no period, OUT_OF_RANGE for a close before its end, ALREADY_EXISTS */
export const planPeriod = (deps: Deps, actor: Actor, input: PlanPeriod): Promise<Period> =>
  perform(
    deps,
    { actor, operation: 'planPeriod', input },
    () => authorise(deps, actor, 'Mutation.planPeriod'),
    async (as) => {
      const span = periodOf(input.id);
      if (span === null) throw reject('INVALID_FORMAT', 'id', { expected: '2026-01, 2026-Q1, 2026' });
      const { rules } = policyOn(await deps.store.policies.list(), span.end);
      const period = plan(span.id, input.closesAt ?? null, rules.utcOffsetMinutes);
      requireCloseInTime(span, period.closesAt, deps.now());
      const cancelled = await deps.store.periods.cancelled(period.id);
      const again = { ...period, version: cancelled?.version ?? 0 };
      return { as, ref: period.id, writes: [deps.store.periods.save(cancelled, again)] };
    },
    readPeriod(deps),
  );
