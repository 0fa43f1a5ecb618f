import { addDays } from '../domain/calendar.ts';
import { homeInYear, type Membership, type Staff } from '../domain/staff.ts';

/** The stays that follow from a person's assignments, oldest first; retirement ends the last one. */
export function membershipsOf(staff: Staff): Membership[] {
  const retiredFrom = staff.retiredFrom;
  return staff.assignments
    .filter(({ from }) => retiredFrom === null || from < retiredFrom)
    .map(({ unitId, shard, position, jobGroup, assessorId, from, to }) => {
      const home = homeInYear(staff, Number(from.slice(0, 4))) ?? { unitId, shard };
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
