import type { Actor } from '../../domain/access-policy.ts';
import {
  type Carryover,
  checkCarriedOver,
  checkNotRatedInPlace,
  checkProposable,
  previousRuns,
} from '../../domain/evaluation/carryover.ts';
import { problem, rejectIf } from '../../domain/problem.ts';
import { checkText, tidy } from '../../domain/text.ts';
import type { Stored } from '../../store/contract/stored.ts';
import type { Deps } from '../deps.ts';
import { expectVersion } from '../expect-version.ts';
import { notify, person } from '../notice/notify.ts';
import { perform } from '../perform.ts';
import { checkTakesDecisions } from '../rating/rating-day.ts';
import { type CarryoverKey, refOf, requireParty } from './carryover-subject.ts';
import { answerCarryoverRef } from './read-carryover.ts';

export interface ProposeCarryover extends CarryoverKey {
  readonly sourcePeriodId: string;
  readonly reason?: string | null | undefined;
  readonly version?: number | null | undefined;
  readonly idempotencyKey?: string | null | undefined;
}

export const LONGEST_REASON = 2_000;

/**
 * The new assessor or the person proposes that the result of the period before counts in an open month or quarter (annex, chapter IV
 * A 13 a); the other side is told and answers.
 * @throws Rejection with all of NO_PREVIOUS_RESULT, TOO_LONG; PERIOD_NOT_OPEN, PERIOD_CLOSED, ALREADY_EXISTS, RESULT_FINAL, NOT_FOUND,
 * NOT_MEMBER, CONFLICT, FORBIDDEN
 */
export const proposeCarryover = (
  deps: Deps,
  actor: Actor,
  input: ProposeCarryover,
): Promise<Stored<Carryover>> => {
  const reason = tidy(input.reason ?? '') || null;
  return perform(
    deps,
    { actor, operation: 'proposeCarryover', input, reason },
    () => requireParty(deps, actor, 'Mutation.proposeCarryover', input),
    async ({ period, staff, address, as, side, assessorId, isHead }) => {
      const { store } = deps;
      const { sourcePeriodId } = input;
      const [before, rating, periods] = await Promise.all([
        store.carryovers.get(address, period.id, staff.id),
        store.ratings.assessorRating(address, period.id, staff.id),
        store.periods.list(),
      ]);
      expectVersion(before, input.version);
      rejectIf(checkTakesDecisions(period, period.id));
      rejectIf([...checkProposable(before, assessorId), ...checkNotRatedInPlace(rating, assessorId)]);
      const run = previousRuns(period, periods).find(({ periodId }) => periodId === sourcePeriodId);
      const result = run === undefined ? null : await store.results.get(run.periodId, run.run, staff.id);
      rejectIf([
        ...(isHead ? [problem('NO_PREVIOUS_RESULT', 'staffId')] : checkCarriedOver(result, assessorId)),
        ...checkText(reason ?? '', 'reason', LONGEST_REASON, 'TEXT', null),
      ]);
      const after: Carryover = {
        periodId: period.id,
        staffId: staff.id,
        sourcePeriodId,
        assessorId,
        proposedBy: side,
        reason,
        state: 'PROPOSED',
        proposedAt: deps.now(),
        answeredAt: null,
        version: before?.version ?? 0,
      };
      return {
        as,
        ref: refOf(input),
        writes: [
          store.carryovers.save(address, before, after, rating),
          ...notify(deps, {
            kind: 'TASK_ASSIGNED',
            to: person(side === 'STAFF' ? assessorId : staff.id),
            refs: { periodId: period.id, staffId: staff.id },
            occasion: `carryover ${after.version + 1}`,
          }),
        ],
      };
    },
    answerCarryoverRef(deps),
  );
};
