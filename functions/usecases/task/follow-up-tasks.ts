import { addDays } from '../../domain/calendar.ts';
import type { FollowUp } from '../../domain/follow-up/follow-up.ts';
import type { Staff } from '../../domain/organisation/staff.ts';
import type { Deps } from '../deps.ts';
import { readFirst } from '../read-all.ts';
import { type Me, TASK_LIMITS, type Task, type TaskKind, taskOf } from './task.ts';

/** A measure lasts for half a year or so and follows from a period of a year: whoever has moved since is on the list of the unit of then. */
const LOOK_BACK_DAYS = 730;

/** What is to be done with a follow-up that waits for somebody; nobody decides what they proposed. */
export const followUpTaskKind = (
  { state, proposal }: FollowUp,
  me: string,
): Extract<TaskKind, 'DECIDE_FOLLOW_UP' | 'END_FOLLOW_UP'> | null => {
  if (state !== 'PROPOSED') return 'END_FOLLOW_UP';
  return proposal?.by === me ? null : 'DECIDE_FOLLOW_UP';
};

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
    [...units].map((unitId) =>
      readFirst((page) => store.followUps.waiting(unitId, today, page), TASK_LIMITS.followUps),
    ),
  );
  return waiting.flat().flatMap((followUp) => {
    const { staffId, periodId, id } = followUp;
    const kind = ids.has(staffId) ? followUpTaskKind(followUp, me) : null;
    return kind === null
      ? []
      : [taskOf(kind, `${periodId}:${staffId}:${id}`, { staffId, periodId, followUpId: id })];
  });
}
