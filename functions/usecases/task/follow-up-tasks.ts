import { addDays } from '../../domain/calendar.ts';
import type { FollowUp } from '../../domain/follow-up/follow-up.ts';
import type { Staff } from '../../domain/organisation/staff.ts';
import type { IsoDate } from '../../domain/time.ts';
import type { Deps } from '../deps.ts';
import { readFirst } from '../read-all.ts';
import { endOfRegionDay } from '../region-clock.ts';
import { type Me, TASK_LIMITS, type Task, type TaskKind, taskOf } from './task.ts';

/**
 * A measure lasts for half a year or so and follows from a period of a year, guidance is looked at again within a year: whoever has moved
 * since is on the list of the unit of then.
 */
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
  const waiting = await Promise.all(
    unitsServed(assessed, today).map((unitId) =>
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

/**
 * Guidance and counselling of the people whom one assesses today whose day to look again has come (art. 21), also of a former assessor.
 * Reads a list of each unit in which they have served; nothing for who assesses nobody.
 */
export async function guidanceTasks(
  deps: Deps,
  { today }: Me,
  assessed: readonly Staff[],
): Promise<readonly Task[]> {
  const ids = new Set(assessed.map(({ id }) => id));
  const open = await Promise.all(
    unitsServed(assessed, today).map((unitId) =>
      readFirst((page) => deps.store.guidance.open(unitId, today, page), TASK_LIMITS.guidance),
    ),
  );
  const due = open.flat().filter(({ staffId }) => ids.has(staffId));
  return Promise.all(
    due.map(async ({ id, staffId, followUpOn }) =>
      taskOf('FOLLOW_UP_GUIDANCE', id, {
        staffId,
        guidanceId: id,
        deadline: await endOfRegionDay(deps, followUpOn),
      }),
    ),
  );
}

/** Where people have served of late. */
const unitsServed = (people: readonly Staff[], today: IsoDate): readonly string[] => {
  const since = addDays(today, -LOOK_BACK_DAYS);
  const recent = people.flatMap(({ assignments }) =>
    assignments.filter(({ to }) => to === null || to >= since).map(({ unitId }) => unitId),
  );
  return [...new Set(recent)];
};
