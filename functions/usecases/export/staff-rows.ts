import { permits } from '../authorise.ts';
import { regionToday } from '../region-clock.ts';
import { memberPages, unitsOf } from './export-scope.ts';
import { personCells, unitCells } from './person-cells.ts';
import type { RowsOf } from './read-table.ts';

/** Who serves in the units today. */
export const staffRows: RowsOf = async function* (deps, actor, { unitId }, limits) {
  const [units, day] = await Promise.all([unitsOf(deps, unitId), regionToday(deps)]);
  for await (const members of memberPages(deps, actor, 'Staff.assignments', { units, day, limits }))
    yield Promise.all(
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
