import type { Actor } from '../../domain/access-policy.ts';
import {
  decideFollowUp as decided,
  type FollowUp,
  isServed,
  LEADERS_MEASURES,
  lasts,
  usualEnd,
} from '../../domain/follow-up/follow-up.ts';
import { reject } from '../../domain/problem.ts';
import type { IsoDate } from '../../domain/time.ts';
import type { FollowUpKey } from '../../store/contract/follow-up.ts';
import { checkInput, LENGTHS } from '../check-input.ts';
import type { Deps } from '../deps.ts';
import { expectVersion } from '../expect-version.ts';
import { notify, person } from '../notice/notify.ts';
import { perform } from '../perform.ts';
import { regionToday } from '../region-clock.ts';
import { authoriseFollowUpDecision, requireFollowUp } from './follow-up-change.ts';

export interface DecideFollowUp extends FollowUpKey {
  readonly granted: boolean;
  readonly reason: string;
  readonly from?: IsoDate | null | undefined;
  readonly until?: IsoDate | null | undefined;
  readonly version: number;
  readonly idempotencyKey?: string | null | undefined;
}

/**
 * Decides a proposal, with a reason: the personnel office any, a leader what is guidance or help, also an assessor who has the office.
 * Nobody decides what they proposed, their own, or in the office's name that of who leads them.
 * @throws Rejection NOT_FOUND, FORBIDDEN, WRONG_STATE, REQUIRED, PERIOD_NOT_FINAL for a reward or consequence before the result is beyond dispute, OUT_OF_RANGE for an end before the beginning or of a measure
 * that does not last, CONFLICT
 */
export const decideFollowUp = (deps: Deps, actor: Actor, input: DecideFollowUp): Promise<FollowUp> =>
  perform(
    deps,
    { actor, operation: 'decideFollowUp', input, reason: input.reason },
    () => authoriseFollowUpDecision(deps, actor, 'Mutation.decideFollowUp', input.staffId),
    async ({ as }) => {
      const before = await requireFollowUp(deps, input);
      expectVersion(before, input.version);
      const leads = as !== 'HR_ADMIN';
      if (leads && !LEADERS_MEASURES.includes(before.measure)) throw reject('FORBIDDEN', 'id');
      const me = actor.staffId ?? actor.id;
      if (before.proposal?.by === me) throw reject('FORBIDDEN', 'id');
      const [today, period] = await Promise.all([regionToday(deps), deps.store.periods.get(before.periodId)]);
      // Help may begin at once; a reward or a sanction waits until the result is beyond dispute.
      const helps = LEADERS_MEASURES.includes(before.measure);
      if (input.granted && !helps && period?.state !== 'FINAL')
        throw reject('PERIOD_NOT_FINAL', 'id', { period: before.periodId });
      const check = checkInput();
      const reason = check.text('reason', input.reason, LENGTHS.reason);
      const from = input.from ?? today;
      check.day('from', from, today);
      const until = input.until ?? usualEnd(before.measure, from);
      if (until !== null) {
        check.day('until', until, today);
        if (until < from || !lasts(before.measure)) check.add('OUT_OF_RANGE', 'until', { minimum: from });
      }
      check.done();
      const after = decided(before, input.granted, { by: me, at: deps.now(), reason, from, until });
      // One that is entered when it has been served already waits for its outcome at once; the hourly duty tells of the others.
      const over = isServed(after) && until !== null && until < today;
      const told = notify(
        deps,
        {
          kind: 'FOLLOW_UP_DECIDED',
          to: person(before.staffId),
          refs: { periodId: before.periodId, subjectId: before.id },
          occasion: before.version,
        },
        {
          kind: 'FOLLOW_UP_OVER',
          to: over ? [{ kind: 'ROLE', role: 'HR_ADMIN' }] : [],
          refs: { periodId: before.periodId },
          occasion: `${before.staffId} ${before.id}`,
        },
      );
      return { as, ref: before.id, writes: [deps.store.followUps.save(before, after), ...told] };
    },
    () => requireFollowUp(deps, input),
  );
