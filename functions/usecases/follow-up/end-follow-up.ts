import type { Actor } from '../../domain/access-policy.ts';
import { endFollowUp as ended, type FollowUp, LEADERS_MEASURES } from '../../domain/follow-up/follow-up.ts';
import type { Outcome } from '../../domain/follow-up/rules.ts';
import { reject } from '../../domain/problem.ts';
import type { FollowUpKey } from '../../store/contract/follow-up.ts';
import { checkInput, LENGTHS } from '../check-input.ts';
import type { Deps } from '../deps.ts';
import { expectVersion } from '../expect-version.ts';
import { notify, person } from '../notice/notify.ts';
import { perform } from '../perform.ts';
import { authoriseFollowUpDecision, requireFollowUp } from './follow-up-change.ts';

export interface EndFollowUp extends FollowUpKey {
  readonly outcome: Outcome;
  readonly note?: string | null | undefined;
  readonly version: number;
  readonly idempotencyKey?: string | null | undefined;
}

/**
 * Records that a measure has been served and what it came to; rules may build on the outcome.
 * @throws Rejection NOT_FOUND, FORBIDDEN, WRONG_STATE for one that was not granted or does not last, TOO_LONG, CONFLICT
 */
export const endFollowUp = (deps: Deps, actor: Actor, input: EndFollowUp): Promise<FollowUp> =>
  perform(
    deps,
    { actor, operation: 'endFollowUp', input },
    () => authoriseFollowUpDecision(deps, actor, 'Mutation.endFollowUp', input.staffId),
    async ({ as }) => {
      const before = await requireFollowUp(deps, input);
      expectVersion(before, input.version);
      if (as !== 'HR_ADMIN' && !LEADERS_MEASURES.includes(before.measure)) throw reject('FORBIDDEN', 'id');
      const check = checkInput();
      const note = check.optionalText('note', input.note, LENGTHS.reason);
      check.done();
      const after = ended(before, { outcome: input.outcome, note, at: deps.now() });
      const told = notify(deps, {
        kind: 'FOLLOW_UP_DECIDED',
        to: person(before.staffId),
        refs: { periodId: before.periodId, subjectId: before.id },
        occasion: before.version,
      });
      return { as, ref: before.id, writes: [deps.store.followUps.save(before, after), ...told] };
    },
    () => requireFollowUp(deps, input),
  );
