import { exportWords } from '../../domain/export/words.ts';
import { permits } from '../authorise.ts';
import { regionToday } from '../region-clock.ts';
import { memberPages, personPages, unitsOf } from './export-scope.ts';
import { personCells, unitCells } from './person-cells.ts';
import type { RowsOf } from './rows-of.ts';
import { wordOf } from './value-cells.ts';

/** Times in which a person, or those who serve in the units today, did not serve or do not. */
export const absenceRows: RowsOf = async function* (deps, actor, request, limits, locale) {
  const day = await regionToday(deps);
  for await (const people of personPages(deps, actor, 'Staff.absences', request, { day, limits })) {
    const rows = await Promise.all(
      people.map(async ({ staff, unit }) => {
        const who = [...(await personCells(deps, actor, staff)), ...unitCells(unit)];
        return staff.absences.map(({ kind, from, to }) => [
          ...who,
          wordOf(exportWords.absence, kind, locale),
          from,
          to,
        ]);
      }),
    );
    yield rows.flat();
  }
};

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
