import type { Carryover } from '../../domain/evaluation/carryover.ts';
import { assessorOfStaffOn, type Staff } from '../../domain/organisation/staff.ts';
import type { Period } from '../../domain/period/period.ts';
import type { IsoDate } from '../../domain/time.ts';
import type { WorkAddress } from '../../store/contract/stored.ts';
import type { Deps } from '../deps.ts';
import { ratingDay } from '../rating/rating-day.ts';
import { staffAddress } from '../work-address.ts';
import { type Me, type Task, taskOf } from './task.ts';

/**
 * Proposals of the other side to use the result of the period before (annex, chapter IV A 13 a): to oneself, and by the people whom
 * one assesses on the period's day of rating. Reads one item, and a list a collection of these people.
 * @param assessedOn the people whom one assesses on a day
 */
export async function carryoverTasks(
  deps: Deps,
  me: Me,
  open: readonly Period[],
  assessedOn: (day: IsoDate) => Promise<readonly Staff[]>,
): Promise<Task[]> {
  // A year is evaluated by the new unit.
  const periods = open.filter(({ kind, start }) => kind !== 'YEAR' && start <= me.today);
  const found = await Promise.all(
    periods.map(async (period) => {
      const day = ratingDay(period, me.today);
      const [own, ofOthers] = await Promise.all([
        proposedToMe(deps, me, period, day),
        proposedByOthers(deps, me, period, await assessedOn(day)),
      ]);
      return [...own, ...ofOthers].map(({ staffId, periodId }) =>
        taskOf('ANSWER_CARRYOVER', `${periodId}:${staffId}`, {
          staffId,
          periodId,
          deadline: period.closesAt,
        }),
      );
    }),
  );
  return found.flat();
}

async function proposedToMe(
  { store }: Deps,
  { self, organisation }: Me,
  { id, year }: Period,
  day: IsoDate,
): Promise<readonly Carryover[]> {
  const address = self && staffAddress(self, year);
  if (self === null || address === null) return [];
  const { assessorId } = assessorOfStaffOn(organisation, self, day);
  const carryover = await store.carryovers.get(address, id, self.id);
  return carryover !== null && waitsFor(carryover, 'STAFF') && carryover.assessorId === assessorId
    ? [carryover]
    : [];
}

async function proposedByOthers(
  { store }: Deps,
  { staffId }: Me,
  { id, year }: Period,
  assessed: readonly Staff[],
): Promise<readonly Carryover[]> {
  const ids = new Set(assessed.map((staff) => staff.id));
  const collections = new Map<string, WorkAddress>();
  for (const staff of assessed) {
    const address = staffAddress(staff, year);
    if (address !== null) collections.set(JSON.stringify(address), address);
  }
  const lists = await Promise.all(
    [...collections.values()].map((address) => store.carryovers.ofCollection(address, id)),
  );
  return lists
    .flat()
    .filter(
      (carryover) =>
        waitsFor(carryover, 'ASSESSOR') && carryover.assessorId === staffId && ids.has(carryover.staffId),
    );
}

const waitsFor = ({ state, proposedBy }: Carryover, side: Carryover['proposedBy']): boolean =>
  state === 'PROPOSED' && proposedBy !== side;
