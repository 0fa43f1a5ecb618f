import { addDays } from '../domain/calendar.ts';
import type { Membership, Staff, WorkCollection } from '../domain/staff.ts';
import type { IsoDate } from '../domain/time.ts';

/** The stays that follow from a person's assignments, oldest first; retirement ends the last one. */
export function membershipsOf(staff: Staff): Membership[] {
  const retiredFrom = staff.retiredFrom;
  return staff.assignments
    .filter(({ from }) => retiredFrom === null || from < retiredFrom)
    .map(({ unitId, shard, position, jobGroup, assessorId, from, to }) => {
      const home = homeInYearOf(staff, from);
      const elsewhere = home.unitId !== unitId || home.shard !== shard;
      return {
        staffId: staff.id,
        unitId,
        shard,
        position,
        jobGroup,
        assessorId,
        from,
        to: retiredFrom !== null && (to === null || to >= retiredFrom) ? addDays(retiredFrom, -1) : to,
        homeInFirstYear: elsewhere ? home : null,
      };
    });
}

/** Where the work of that day's year lies: with the assignment of 1 January, else with the year's first. */
function homeInYearOf({ assignments }: Staff, day: IsoDate): WorkCollection {
  const newYear = `${day.slice(0, 4)}-01-01`;
  const first = assignments.find(({ to }) => to === null || to >= newYear);
  if (first === undefined) throw new RangeError('a day of an assignment lies after all assignments');
  return { unitId: first.unitId, shard: first.shard };
}
