import type { Actor } from '../../domain/access-policy.ts';
import { type Carryover, checkAnswer, checkNotRatedInPlace } from '../../domain/evaluation/carryover.ts';
import { reject, rejectIf } from '../../domain/problem.ts';
import type { Stored } from '../../store/contract/stored.ts';
import type { Deps } from '../deps.ts';
import { expectVersion } from '../expect-version.ts';
import { notify, person } from '../notice/notify.ts';
import { perform } from '../perform.ts';
import { checkTakesDecisions } from '../rating/rating-day.ts';
import { type CarryoverKey, refOf, requireParty } from './carryover-subject.ts';
import { answerCarryoverRef } from './read-carryover.ts';

export interface AnswerCarryover extends CarryoverKey {
  readonly agree: boolean;
  readonly version: number;
  readonly idempotencyKey?: string | null | undefined;
}

export type WithdrawCarryover = Omit<AnswerCarryover, 'agree'>;

/**
 * The side to whom it was proposed agrees or declines, and the side that proposed is told. What both have agreed stands until the close; it ends with another assessor.
 * @throws Rejection WRONG_STATE, FORBIDDEN for the side that proposed, RESULT_FINAL where the assessor's superior has rated meanwhile,
 * PERIOD_NOT_OPEN, PERIOD_CLOSED, NOT_FOUND, NOT_MEMBER, CONFLICT
 */
export const answerCarryover = (
  deps: Deps,
  actor: Actor,
  input: AnswerCarryover,
): Promise<Stored<Carryover>> =>
  change(deps, actor, 'answerCarryover', input, 'ANSWER', input.agree ? 'AGREED' : 'DECLINED');

/** The side that proposed takes it back before the other has answered. @throws as answerCarryover */
export const withdrawCarryover = (
  deps: Deps,
  actor: Actor,
  input: WithdrawCarryover,
): Promise<Stored<Carryover>> => change(deps, actor, 'withdrawCarryover', input, 'WITHDRAW', 'WITHDRAWN');

const change = (
  deps: Deps,
  actor: Actor,
  operation: 'answerCarryover' | 'withdrawCarryover',
  input: WithdrawCarryover,
  step: 'ANSWER' | 'WITHDRAW',
  state: 'AGREED' | 'DECLINED' | 'WITHDRAWN',
): Promise<Stored<Carryover>> =>
  perform(
    deps,
    { actor, operation, input },
    () => requireParty(deps, actor, `Mutation.${operation}`, input),
    async ({ period, staff, address, as, side, assessorId }) => {
      const { store } = deps;
      const [before, rating] = await Promise.all([
        store.carryovers.get(address, period.id, staff.id),
        store.ratings.assessorRating(address, period.id, staff.id),
      ]);
      // With another assessor than its own it is over.
      if (before === null || before.assessorId !== assessorId) throw reject('NOT_FOUND');
      expectVersion(before, input.version);
      rejectIf(checkTakesDecisions(period, period.id));
      rejectIf(checkAnswer(before, side, step));
      if (state === 'AGREED') rejectIf(checkNotRatedInPlace(rating, assessorId));
      const after: Carryover = { ...before, state, answeredAt: deps.now() };
      return {
        as,
        ref: refOf(input),
        writes: [
          store.carryovers.save(address, before, after, rating),
          ...(step === 'ANSWER'
            ? notify(deps, {
                kind: 'CARRYOVER_ANSWERED',
                to: person(before.proposedBy === 'STAFF' ? staff.id : assessorId),
                refs: { periodId: period.id, staffId: staff.id },
                occasion: `carryover ${before.version + 1}`,
              })
            : []),
        ],
      };
    },
    answerCarryoverRef(deps),
  );
