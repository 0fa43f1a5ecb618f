import type { Actor } from '../../domain/access-policy.ts';
import { hear, OBJECTION_LIMITS, type Objection } from '../../domain/objection/objection.ts';
import { reject } from '../../domain/problem.ts';
import type { Stored } from '../../store/contract/stored.ts';
import { checkInput } from '../check-input.ts';
import type { Deps } from '../deps.ts';
import { expectVersion } from '../expect-version.ts';
import { perform } from '../perform.ts';
import { answerObjection, requireDisputed, requireObjection } from './objection-subject.ts';

export interface ExplainObjection {
  readonly id: string;
  readonly version: number;
  readonly text: string;
  readonly idempotencyKey?: string | null | undefined;
}

/**
 * One of the two sides is heard (annex, objections, 4): the assessor explains the result, the person adds to the reasons. Both
 * may speak as long as it is not decided, also after the deadline; then the decision need not have waited for them.
 * @throws Rejection FORBIDDEN for anybody else, WRONG_STATE, REQUIRED, TOO_LONG, TOO_MANY, NOT_FOUND, CONFLICT
 */
export const explainObjection = (
  deps: Deps,
  actor: Actor,
  input: ExplainObjection,
): Promise<Stored<Objection>> =>
  perform(
    deps,
    { actor, operation: 'explainObjection', input },
    async () => {
      const { staffId, assessorId } = await requireObjection(deps, actor, input.id);
      if (actor.staffId !== null && actor.staffId === staffId) return 'SELF' as const;
      if (actor.staffId !== null && actor.staffId === assessorId) return 'ASSESSOR' as const;
      throw reject('FORBIDDEN');
    },
    async (as) => {
      const before = await requireObjection(deps, actor, input.id);
      await requireDisputed(deps, before);
      expectVersion(before, input.version);
      const check = checkInput();
      const text = check.text('text', input.text, OBJECTION_LIMITS.text);
      check.done();
      const after = hear(before, {
        side: as === 'SELF' ? 'STAFF' : 'ASSESSOR',
        authorId: actor.staffId ?? '',
        at: deps.now(),
        text,
      });
      return { as, ref: before.id, writes: [deps.store.objections.save(before, after)] };
    },
    answerObjection(deps, actor),
  );
