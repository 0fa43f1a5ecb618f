import { exportWords } from '../../domain/export/words.ts';
import { resultWords } from '../../domain/messages.ts';
import { readRatingCompletion } from '../rating/read-completion.ts';
import { readRatingFlags } from '../rating/read-rating-flags.ts';
import { limitedUnitsOf } from './export-scope.ts';
import { personCells, unitCells } from './person-cells.ts';
import type { RowsOf } from './read-table.ts';
import { numberOf, wordOf } from './value-cells.ts';

/** How far the ratings have come, unit by unit and group by group: as coarse as the query. */
export const completionRows: RowsOf = async function* (deps, actor, request, limits, locale) {
  const periodId = request.periodId ?? '';
  for (const unit of await limitedUnitsOf(deps, request.unitId, limits)) {
    const { staff, groups } = await readRatingCompletion(deps, actor, { periodId, unitId: unit.id });
    yield groups.map(({ group, due, done }) => [
      periodId,
      ...unitCells(unit),
      numberOf(staff),
      wordOf(resultWords.group, group, locale),
      numberOf(due),
      numberOf(done),
    ]);
  }
};

/** Patterns in ratings, unit by unit: anonymous raters are cases, with the coarse figures of the query. */
export const flagRows: RowsOf = async function* (deps, actor, request, limits, locale) {
  const periodId = request.periodId ?? '';
  for (const unit of await limitedUnitsOf(deps, request.unitId, limits)) {
    const flags = await readRatingFlags(deps, actor, { periodId, unitId: unit.id });
    const people = await deps.store.staff.getMany(flags.flatMap(({ staffId }) => staffId ?? []));
    const byId = new Map(people.flatMap((one) => (one === null ? [] : [[one.id, one] as const])));
    yield Promise.all(
      flags.map(async ({ kind, staffId, caseId, ratings, mean, others, day }) => {
        const staff = byId.get(staffId ?? '');
        return [
          periodId,
          ...unitCells(unit),
          wordOf(exportWords.flag, kind, locale),
          ...(staff === undefined ? [null, null] : await personCells(deps, actor, staff)),
          caseId,
          numberOf(ratings),
          numberOf(mean),
          numberOf(others),
          day,
        ];
      }),
    );
  }
};
