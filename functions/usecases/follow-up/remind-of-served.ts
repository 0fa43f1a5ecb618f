import { addDays, localDateOf } from '../../domain/calendar.ts';
import type { Duty } from '../close/duty.ts';
import { readAll } from '../read-all.ts';
import { endOfRegionDay, regionOffset, regionToday } from '../region-clock.ts';

/** Of so many days the schedule may have missed some; what is told already is told once. */
const LOOK_BACK_DAYS = 7;

/**
 * Tells the personnel office where the last day of measures is over and nobody has said what came of them: the chain of consequences
 * goes on from outcomes alone. Once a period and last day, however many people it is about; where the last day was over before the
 * decision, that has told it. @returns the periods, each with the last day
 */
export const remindOfServed: Duty = async (deps) => {
  const [today, offset] = await Promise.all([regionToday(deps), regionOffset(deps)]);
  const over = await readAll((page) =>
    deps.store.followUps.servedUntil(addDays(today, -LOOK_BACK_DAYS), addDays(today, -1), page),
  );
  const occasions = new Map(
    over.flatMap(({ periodId, decision }) =>
      decision?.until == null || localDateOf(decision.at, offset) > decision.until
        ? []
        : [[`${periodId} ${decision.until}`, { periodId, until: decision.until }]],
    ),
  );
  for (const { periodId, until } of occasions.values()) {
    await deps.store.notices.put({
      kind: 'FOLLOW_UP_OVER',
      to: [{ kind: 'ROLE', role: 'HR_ADMIN' }],
      refs: { periodId },
      occasion: until,
      at: await endOfRegionDay(deps, until),
    });
  }
  return [...occasions.keys()];
};
