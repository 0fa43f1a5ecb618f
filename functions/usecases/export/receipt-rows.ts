import { listUnacknowledged } from '../objection/list-unacknowledged.ts';
import { readPages } from '../read-all.ts';
import { limitedUnitsOf } from './export-scope.ts';
import { personCells, unitCells } from './person-cells.ts';
import { publishedPeriod } from './result-rows.ts';
import type { RowsOf } from './rows-of.ts';

/** Who has a published result and has not acknowledged its document, unit by unit. */
export const unacknowledgedRows: RowsOf = async function* (deps, actor, request, limits) {
  const [period, units] = await Promise.all([
    publishedPeriod(deps, request),
    limitedUnitsOf(deps, request.unitId, limits),
  ]);
  for (const unit of units)
    for await (const ids of readPages((page) =>
      listUnacknowledged(deps, actor, { unitId: unit.id, periodId: period.id }, page),
    )) {
      const people = (await deps.store.staff.getMany(ids)).flatMap((staff) => staff ?? []);
      yield Promise.all(
        people.map(async (staff) => [
          period.id,
          ...(await personCells(deps, actor, staff)),
          ...unitCells(unit),
        ]),
      );
    }
};
