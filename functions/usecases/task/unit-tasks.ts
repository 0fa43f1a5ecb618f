import { unitDeciderOn } from '../../domain/evaluation/unit-assessment.ts';
import { isOwnUnit } from '../../domain/organisation/leading.ts';
import { isActiveOn } from '../../domain/organisation/organisation.ts';
import type { Period } from '../../domain/period/period.ts';
import type { Deps } from '../deps.ts';
import { type Me, type Task, taskOf } from './task.ts';

/** Predicates of units that one sets as leader one level up, or as planner, in the periods that are over and not yet closed. */
export async function unitTasks(
  { store }: Deps,
  { staffId, self, organisation, today, isPlanner }: Me,
  open: readonly Period[],
): Promise<Task[]> {
  const due = open
    .filter(({ end }) => end < today)
    .flatMap((period) =>
      [...organisation.units.values()]
        .filter((unit) => {
          if (!isActiveOn(unit, period.end)) return false;
          const decider = unitDeciderOn(organisation, unit.id, period.end);
          if (decider !== null) return decider === staffId;
          return isPlanner && ![period.end, today].some((day) => isOwnUnit(organisation, self, unit.id, day));
        })
        .map(({ id }) => ({ unitId: id, periodId: period.id, deadline: period.closesAt })),
    );
  const known = await store.unitAssessments.getMany(due);
  return due.flatMap(({ unitId, periodId, deadline }, at) =>
    (known[at]?.decision ?? null) !== null
      ? []
      : [taskOf('SET_UNIT_PREDICATE', `${periodId}:${unitId}`, { unitId, periodId, deadline })],
  );
}
