import { addDays } from '../../domain/calendar.ts';
import type { Staff } from '../../domain/organisation/staff.ts';
import type { Deps } from '../deps.ts';
import type { Me, Task } from './task.ts';

/** A measure lasts for half a year or so and follows from a period of a year: whoever has moved since is on the list of the unit of then. */
const LOOK_BACK_DAYS = 730;

/**
 * What a leader decides or ends of what follows from results of the people whom one assesses today. Reads a list of each unit in which
 * they have served; nothing for who assesses nobody.
 */
export async function followUpTasks(
  { store }: Deps,
  { staffId: me, today }: Me,
  assessed: readonly Staff[],
): Promise<readonly Task[]> {
  const ids = new Set(assessed.map(({ id }) => id));
  const since = addDays(today, -LOOK_BACK_DAYS);
  const units = new Set(
    assessed.flatMap(({ assignments }) =>
      assignments.filter(({ to }) => to === null || to >= since).map(({ unitId }) => unitId),
    ),
  );
  const waiting = await Promise.all(
    [...units].map((unitId) => store.followUps.waitingForLeaders(unitId, today)),
  );
  return waiting
    .flat()
    .filter(
      ({ staffId, state, proposal }) => ids.has(staffId) && !(state === 'PROPOSED' && proposal?.by === me),
    )
    .map(({ staffId, periodId, id, state }) => {
      const kind = state === 'PROPOSED' ? 'DECIDE_FOLLOW_UP' : 'END_FOLLOW_UP';
      return {
        id: `${kind}:${periodId}:${staffId}:${id}`,
        kind,
        staffId,
        unitId: null,
        planId: null,
        periodId,
        followUpId: id,
        group: null,
        count: 1,
        deadline: null,
      };
    });
}
