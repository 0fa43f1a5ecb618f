import type { Actor } from '../../domain/access-policy.ts';
import { addDays, startOfLocalDay } from '../../domain/calendar.ts';
import { type Period, periodOf, planPeriod as plan } from '../../domain/period.ts';
import { policyOn } from '../../domain/policy.ts';
import { reject } from '../../domain/problem.ts';
import type { Instant, IsoDate } from '../../domain/time.ts';
import { authorise } from '../authorise.ts';
import type { Deps } from '../deps.ts';
import { perform } from '../perform.ts';
import { readPeriod } from './period-change.ts';

export interface PlanPeriod {
  readonly id: string;
  /** The end of the period's last day by the region's clock when left out. */
  readonly closesAt?: Instant | null | undefined;
  readonly idempotencyKey?: string | null | undefined;
}

/** Plans a period. @throws Rejection INVALID_FORMAT for an id of no period, OUT_OF_RANGE, ALREADY_EXISTS */
export const planPeriod = (deps: Deps, actor: Actor, input: PlanPeriod): Promise<Period> =>
  perform(
    deps,
    { actor, operation: 'planPeriod', input },
    async () => {
      const as = await authorise(deps, actor, 'Mutation.planPeriod');
      const span = periodOf(input.id);
      if (span === null) throw reject('INVALID_FORMAT', 'id', { expected: '2026-01, 2026-Q1, 2026' });
      const period = plan(span.id, input.closesAt ?? (await endOfDay(deps, span.end)));
      return { as, ref: period.id, writes: [deps.store.periods.save(null, period)] };
    },
    readPeriod(deps),
  );

/** The end of a day by the clock of the policy in force on it. */
async function endOfDay({ store }: Deps, date: IsoDate): Promise<Instant> {
  const policy = policyOn(await store.policies.list(), date);
  return startOfLocalDay(addDays(date, 1), policy.rules.utcOffsetMinutes);
}
