import { addDays } from '../domain/calendar.ts';
import { servesFrom } from '../domain/evaluation/presence.ts';
import {
  homeInYear,
  isSameCollection,
  type Membership,
  type Staff,
  type WorkCollection,
} from '../domain/organisation/staff.ts';

/** The stays that follow from a person's assignments, oldest first; retirement ends the last one. */
export function membershipsOf(staff: Staff): Membership[] {
  const { retiredFrom } = staff;
  const served = staff.assignments.filter(({ from }) => retiredFrom === null || from < retiredFrom);
  return served.map(({ unitId, shard, position, jobGroup, assessorId, from, to: end }) => {
    const to = retiredFrom !== null && (end === null || end >= retiredFrom) ? addDays(retiredFrom, -1) : end;
    const years = [...new Set([from.slice(0, 4), ...Object.keys(staff.homes)])].filter(
      (year) => year >= from.slice(0, 4) && (to === null || year <= to.slice(0, 4)),
    );
    const homes = years.flatMap((year): [string, WorkCollection][] => {
      const home = homeInYear(staff, Number(year));
      return home === null || isSameCollection(home, { unitId, shard }) ? [] : [[year, home]];
    });
    return {
      staffId: staff.id,
      unitId,
      shard,
      position,
      jobGroup,
      assessorId,
      from,
      to,
      homes: Object.fromEntries(homes),
      servesFrom: servesFrom(served, from),
      absences: staff.absences.filter(
        (absence) =>
          (absence.to === null || absence.to >= `${from.slice(0, 4)}-01-01`) &&
          (to === null || absence.from <= to),
      ),
    };
  });
}
