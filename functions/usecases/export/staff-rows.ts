import { permits } from '../authorise.ts';
import { regionToday } from '../region-clock.ts';
import type { RowsOf } from './collect-table.ts';
import { membersOf, unitsOf } from './export-scope.ts';
import { personCells, unitCells } from './person-cells.ts';

/** Who serves in the units today. */
export const staffRows: RowsOf = async (deps, actor, { unitId }, limits) => {
  const [units, day] = await Promise.all([unitsOf(deps, unitId), regionToday(deps)]);
  const members = await membersOf(deps, actor, 'Staff.assignments', { units, day, limits });
  return Promise.all(
    members.map(async ({ staff, membership, unit }) => [
      ...(await personCells(deps, actor, staff)),
      staff.employment,
      (await permits(deps, actor, 'Staff.grade', { staff })) ? staff.grade : null,
      membership.position,
      membership.jobGroup,
      ...unitCells(unit),
    ]),
  );
};
