import type { Actor } from '../../domain/access-policy.ts';
import type { FollowUp } from '../../domain/follow-up/follow-up.ts';
import type { FollowUpMeasure } from '../../domain/follow-up/rules.ts';
import { reject } from '../../domain/problem.ts';
import { checkInput, LENGTHS } from '../check-input.ts';
import type { Deps } from '../deps.ts';
import { notify } from '../notice/notify.ts';
import { perform } from '../perform.ts';
import { authoriseFollowUp, requireFollowUp } from './follow-up-change.ts';

export interface ProposeFollowUp {
  readonly staffId: string;
  readonly periodId: string;
  readonly measure: FollowUpMeasure;
  readonly reason: string;
  readonly idempotencyKey?: string | null | undefined;
}

/**
 * A leader or the personnel office proposes what no rule has, on a published result and with a reason.
 * @throws Rejection NOT_FOUND (also without a published result), FORBIDDEN, REQUIRED
 */
export const proposeFollowUp = (deps: Deps, actor: Actor, input: ProposeFollowUp): Promise<FollowUp> => {
  const { staffId, periodId, measure } = input;
  return perform(
    deps,
    { actor, operation: 'proposeFollowUp', input, reason: input.reason },
    () => authoriseFollowUp(deps, actor, 'Mutation.proposeFollowUp', staffId),
    async ({ as }) => {
      const period = await deps.store.periods.get(periodId);
      const run = period?.publishedRun ?? null;
      const result = run === null ? null : await deps.store.results.get(periodId, run, staffId);
      if (result === null) throw reject('NOT_FOUND', 'periodId', { id: periodId });
      const check = checkInput();
      const reason = check.text('reason', input.reason, LENGTHS.reason);
      check.done();
      const followUp: FollowUp = {
        id: deps.newId('fu'),
        periodId,
        staffId,
        unitId: result.unitId,
        measure,
        grounds: null,
        proposal: { by: actor.staffId ?? actor.id, reason },
        state: 'PROPOSED',
        decision: null,
        end: null,
        version: 0,
      };
      const told = notify(deps, {
        kind: 'FOLLOW_UP_PROPOSED',
        to: [{ kind: 'ROLE', role: 'HR_ADMIN' }],
        refs: { periodId, subjectId: followUp.id },
      });
      return { as, ref: followUp.id, writes: [deps.store.followUps.save(null, followUp), ...told] };
    },
    (id) => requireFollowUp(deps, { staffId, periodId, id }),
  );
};
