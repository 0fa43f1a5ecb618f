import type { Actor } from '../../domain/access-policy.ts';
import type { Goal } from '../../domain/indicator/goal.ts';
import { reject } from '../../domain/problem.ts';
import { authorise } from '../authorise.ts';
import type { Deps } from '../deps.ts';
import { expectVersion } from '../expect-version.ts';
import { perform } from '../perform.ts';
import { readGoal, requireGoal, withoutTrail } from './goal-change.ts';

export interface RetireGoal {
  readonly id: string;
  readonly version: number;
  readonly idempotencyKey?: string | null | undefined;
}

/** Retires a goal; plans that name it keep it. @throws Rejection RETIRED, NOT_FOUND, CONFLICT */
export const retireGoal = (deps: Deps, actor: Actor, input: RetireGoal): Promise<Goal> =>
  perform(
    deps,
    { actor, operation: 'retireGoal', input },
    () => authorise(deps, actor, 'Mutation.retireGoal'),
    async (as) => {
      const before = await requireGoal(deps, input.id);
      expectVersion(before, input.version);
      if (before.retired) throw reject('RETIRED', 'id', { id: before.code });
      const after: Goal = { ...withoutTrail(before), retired: true };
      return { as, ref: before.id, writes: [deps.store.goals.save(before, after)] };
    },
    readGoal(deps),
  );
