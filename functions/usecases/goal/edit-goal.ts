import type { Actor } from '../../domain/access-policy.ts';
import { canonicalJson } from '../../domain/canonical-json.ts';
import type { Goal, GoalLevel } from '../../domain/indicator/goal.ts';
import { authorise } from '../authorise.ts';
import { checkInput, LENGTHS } from '../check-input.ts';
import type { Deps } from '../deps.ts';
import { expectVersion } from '../expect-version.ts';
import { perform } from '../perform.ts';
import {
  checkChildren,
  checkOwner,
  checkParent,
  checkYears,
  readGoal,
  requireGoal,
  withoutTrail,
} from './goal-change.ts';

export interface EditGoal {
  readonly id: string;
  readonly version: number;
  readonly title?: string | null | undefined;
  readonly level?: GoalLevel | null | undefined;
  readonly unitId?: string | null | undefined;
  readonly parentId?: string | null | undefined;
  readonly fromYear?: number | null | undefined;
  readonly toYear?: number | null | undefined;
  readonly idempotencyKey?: string | null | undefined;
}

/** Changes a goal; what is left out stays. @throws Rejection with every problem; RETIRED, NOT_FOUND, CONFLICT */
export const editGoal = (deps: Deps, actor: Actor, input: EditGoal): Promise<Goal> =>
  perform(
    deps,
    { actor, operation: 'editGoal', input },
    () => authorise(deps, actor, 'Mutation.editGoal'),
    async (as) => {
      const before = await requireGoal(deps, input.id);
      expectVersion(before, input.version);
      const check = checkInput();
      if (before.retired) check.add('RETIRED', 'id', { id: before.code });
      const goal = withoutTrail(before);
      const after: Goal = {
        ...goal,
        title: input.title == null ? goal.title : check.text('title', input.title, LENGTHS.long),
        level: input.level ?? goal.level,
        unitId: input.unitId === undefined ? goal.unitId : input.unitId,
        parentId: input.parentId === undefined ? goal.parentId : input.parentId,
        fromYear: input.fromYear ?? goal.fromYear,
        toYear: input.toYear ?? goal.toYear,
      };
      checkYears(after, check);
      if (after.unitId !== goal.unitId) checkOwner(await deps.store.organisation.load(), after.unitId, check);
      const above =
        after.parentId !== goal.parentId || after.level !== goal.level
          ? await checkParent(deps, after, check)
          : [];
      if (after.level !== goal.level) await checkChildren(deps, after, check);
      check.done();
      const changed = canonicalJson(after) !== canonicalJson(goal);
      return { as, ref: goal.id, writes: changed ? [deps.store.goals.save(before, after, above)] : [] };
    },
    readGoal(deps),
  );
