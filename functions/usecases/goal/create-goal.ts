import type { Actor } from '../../domain/access-policy.ts';
import type { Goal, GoalLevel } from '../../domain/indicator/goal.ts';
import { authorise } from '../authorise.ts';
import { checkInput, LENGTHS } from '../check-input.ts';
import type { Deps } from '../deps.ts';
import { perform } from '../perform.ts';
import { checkOwner, checkParent, checkYears, readGoal } from './goal-change.ts';

export interface CreateGoal {
  readonly code: string;
  readonly title: string;
  readonly level?: GoalLevel | null | undefined;
  readonly unitId?: string | null | undefined;
  readonly parentId?: string | null | undefined;
  readonly fromYear: number;
  readonly toYear: number;
  readonly idempotencyKey?: string | null | undefined;
}

/** Adds a goal. @throws Rejection with every problem; ALREADY_EXISTS for a code in use in the unit */
export const createGoal = (deps: Deps, actor: Actor, input: CreateGoal): Promise<Goal> =>
  perform(
    deps,
    { actor, operation: 'createGoal', input },
    () => authorise(deps, actor, 'Mutation.createGoal'),
    async (as) => {
      const check = checkInput();
      const goal: Goal = {
        id: deps.newId('g'),
        code: check.code('code', input.code),
        title: check.text('title', input.title, LENGTHS.long),
        level: input.level ?? 'OBJECTIVE',
        unitId: input.unitId ?? null,
        parentId: input.parentId ?? null,
        fromYear: input.fromYear,
        toYear: input.toYear,
        retired: false,
        version: 0,
      };
      checkYears(goal, check);
      checkOwner(await deps.store.organisation.load(), goal.unitId, check);
      const above = await checkParent(deps, goal, check);
      check.done();
      return { as, ref: goal.id, writes: [deps.store.goals.save(null, goal, above)] };
    },
    readGoal(deps),
  );
