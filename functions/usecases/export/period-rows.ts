import { exportWords } from '../../domain/export/words.ts';
import { permits } from '../authorise.ts';
import { goalsNotTakenUp } from '../cascade/goals-not-taken-up.ts';
import { readLateCorrections } from '../period/decide-late-correction.ts';
import { readPages } from '../read-all.ts';
import { personCells, unitCells } from './person-cells.ts';
import type { RowsOf } from './rows-of.ts';
import { numberOf, wordOf } from './value-cells.ts';

/** All periods, by their ids; why a close failed for those who may see it. */
export const periodRows: RowsOf = async function* (deps, actor, _request, _limits, locale) {
  const [periods, seesFailure] = await Promise.all([
    deps.store.periods.list(),
    permits(deps, actor, 'Period.failure'),
  ]);
  yield periods.map(({ id, start, end, state, closesAt, attempt, publishedAt, finalAt, failure }) => [
    id,
    start,
    end,
    wordOf(exportWords.period, state, locale),
    closesAt,
    numberOf(attempt),
    publishedAt,
    finalAt,
    seesFailure ? failure : null,
  ]);
};

/** Whose results of a final year a later correction concerns, and what was decided. */
export const lateCorrectionRows: RowsOf = async function* (deps, actor, request, _limits, locale) {
  const periodId = request.periodId ?? '';
  for await (const late of readPages((page) => readLateCorrections(deps, actor, periodId, page))) {
    const people = await deps.store.staff.getMany(late.map(({ staffId }) => staffId));
    yield Promise.all(
      late.map(async ({ sourcePeriodId, decision }, at) => {
        const staff = people[at] ?? null;
        return [
          periodId,
          sourcePeriodId,
          ...(staff === null ? [null, null] : await personCells(deps, actor, staff)),
          wordOf(exportWords.late, decision?.outcome ?? null, locale),
          decision?.reason ?? null,
          decision?.at ?? null,
        ];
      }),
    );
  }
};

/** Objectives of a year that nobody has taken up, by code. */
export const goalNotTakenUpRows: RowsOf = async function* (deps, actor, request) {
  const year = request.year ?? 0;
  const { units } = await deps.store.organisation.load();
  for await (const goals of readPages((page) => goalsNotTakenUp(deps, actor, year, page)))
    yield goals.map(({ code, title, unitId, fromYear, toYear }) => [
      numberOf(year),
      code,
      title,
      ...unitCells(units.get(unitId ?? '')),
      numberOf(fromYear),
      numberOf(toYear),
    ]);
};
