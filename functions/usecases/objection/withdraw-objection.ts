import type { Actor } from '../../domain/access-policy.ts';
import { type Objection, withdraw } from '../../domain/objection/objection.ts';
import { reject } from '../../domain/problem.ts';
import type { Stored } from '../../store/contract/stored.ts';
import { checkInput } from '../check-input.ts';
import type { Deps } from '../deps.ts';
import { expectVersion } from '../expect-version.ts';
import { perform } from '../perform.ts';
import { answerObjection, LONGEST_REASON, requireDisputed, requireObjection } from './objection-subject.ts';

export interface WithdrawObjection {
  readonly id: string;
  readonly version: number;
  readonly reason?: string | null | undefined;
  readonly idempotencyKey?: string | null | undefined;
}

/** The person withdraws an objection that is not decided yet; it is over then. @throws Rejection FORBIDDEN, WRONG_STATE, TOO_LONG, NOT_FOUND, CONFLICT */
export const withdrawObjection = (
  deps: Deps,
  actor: Actor,
  input: WithdrawObjection,
): Promise<Stored<Objection>> =>
  perform(
    deps,
    {
      actor,
      operation: 'withdrawObjection',
      input,
      reason: input.reason,
    },
    async () => {
      const { staffId } = await requireObjection(deps, actor, input.id);
      if (actor.staffId !== staffId) throw reject('FORBIDDEN');
    },
    async () => {
      const before = await requireObjection(deps, actor, input.id);
      await requireDisputed(deps, before);
      expectVersion(before, input.version);
      const check = checkInput();
      check.optionalText('reason', input.reason, LONGEST_REASON);
      check.done();
      return {
        as: 'SELF',
        ref: before.id,
        writes: [deps.store.objections.save(before, withdraw(before))],
      };
    },
    answerObjection(deps, actor),
  );
