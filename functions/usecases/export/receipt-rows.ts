import { listUnacknowledged } from '../objection/list-unacknowledged.ts';
import { readPages } from '../read-all.ts';
import { eachUnit } from './export-scope.ts';
import { personCells, unitCells } from './person-cells.ts';
import { publishedPeriod } from './result-rows.ts';
import type { RowsOf } from './rows-of.ts';

/** Who has a published result and has not acknowledged its document, unit by unit. */
export const unacknowledgedRows: RowsOf = async function* (deps, actor, request, limits) {
  const period = await publishedPeriod(deps, request);
  for await (const unit of eachUnit(deps, request.unitId, limits))
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
