import type { Actor } from '../../domain/access-policy.ts';
import { decideLate, undecided } from '../../domain/period/correction.ts';
import type { LateDecision, Period } from '../../domain/period/period.ts';
import { reject } from '../../domain/problem.ts';
import type { Instant } from '../../domain/time.ts';
import type { Page, PageRequest } from '../../store/contract/stored.ts';
import { authorise } from '../authorise.ts';
import { checkInput } from '../check-input.ts';
import { lateCorrections } from '../close/follow-corrections.ts';
import type { Deps } from '../deps.ts';
import { expectVersion } from '../expect-version.ts';
import { requireDisinterested } from '../interest.ts';
import { perform } from '../perform.ts';
import { readPeriod, requirePeriod, withoutTrail } from './period-change.ts';

/** Somebody whose result of a final year a later correction of one of its periods concerns. */
export interface LateCorrection {
  readonly sourcePeriodId: string;
  readonly staffId: string;
  /** Null: nobody has decided. */
  readonly decision: {
    readonly outcome: LateDecision['outcome'];
    readonly reason: string;
    readonly at: Instant;
  } | null;
}

/**
 * Whom corrections concern that came when the year was final, with what was decided, by period and person; none of a year that is
 * not final, which follows by itself. @throws Rejection FORBIDDEN, NOT_FOUND
 */
export async function readLateCorrections(
  deps: Deps,
  actor: Actor,
  periodId: string,
  { first, after }: PageRequest,
): Promise<Page<LateCorrection>> {
  await authorise(deps, actor, 'Query.lateCorrections');
  const period = await deps.store.periods.get(periodId);
  if (period === null) throw reject('NOT_FOUND', 'periodId', { id: periodId });
  if (period.state !== 'FINAL') return { items: [], hasMore: false };
  const waiting = undecided(await lateCorrections(deps.store, period), period.lateDecisions);
  const all = [
    ...period.lateDecisions.flatMap(({ sourcePeriodId, staffIds, outcome, reason, at }) =>
      staffIds.map((staffId) => ({ sourcePeriodId, staffId, decision: { outcome, reason, at } })),
    ),
    ...waiting.flatMap(({ periodId: sourcePeriodId, staffIds }) =>
      staffIds.map((staffId) => ({ sourcePeriodId, staffId, decision: null })),
    ),
  ]
    .map((value) => ({ value, position: `${value.sourcePeriodId} ${value.staffId}` }))
    .filter(({ position }) => after === null || position > after)
    .sort((a, b) => (a.position < b.position ? -1 : 1));
  return { items: all.slice(0, first), hasMore: all.length > first };
}

export interface DecideLateCorrection {
  readonly id: string;
  readonly version: number;
  readonly sourcePeriodId: string;
  readonly staffIds: readonly string[];
  readonly outcome: LateDecision['outcome'];
  readonly reason: string;
  readonly idempotencyKey?: string | null | undefined;
}

/**
 * Decides on people whose result of a period was corrected when the year that builds on it was final: the year's result follows by
 * the schedule's next correction run, or stays. Decided once; nobody decides on themselves or who leads them.
 * @throws Rejection FORBIDDEN, NOT_FOUND, WRONG_STATE for a year that is not final, REASON_REQUIRED, REQUIRED, TOO_LONG, CONFLICT
 */
export const decideLateCorrection = (
  deps: Deps,
  actor: Actor,
  input: DecideLateCorrection,
): Promise<Period> =>
  perform(
    deps,
    { actor, operation: 'decideLateCorrection', input, reason: input.reason },
    async () => {
      const as = await authorise(deps, actor, 'Mutation.decideLateCorrection');
      await requireDisinterested(deps, actor, input.staffIds, 'staffIds');
      return as;
    },
    async (as) => {
      const check = checkInput();
      const reason = check.reason(input.reason);
      check.done();
      const before = await requirePeriod(deps, input.id);
      expectVersion(before, input.version);
      if (before.state !== 'FINAL')
        throw reject('WRONG_STATE', '', { period: before.id, state: before.state });
      const waiting = undecided(await lateCorrections(deps.store, before), before.lateDecisions);
      const lateDecisions = decideLate(before.lateDecisions, waiting, {
        sourcePeriodId: input.sourcePeriodId,
        staffIds: input.staffIds,
        outcome: input.outcome,
        reason,
        decidedById: actor.staffId ?? actor.id,
        at: deps.now(),
      });
      const after = { ...withoutTrail(before), lateDecisions };
      return { as, ref: before.id, writes: [deps.store.periods.save(before, after)] };
    },
    readPeriod(deps),
  );
