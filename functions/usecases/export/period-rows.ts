import type { Row } from '../../domain/export/table.ts';
import { exportWords } from '../../domain/export/words.ts';
import type { Goal } from '../../domain/indicator/goal.ts';
import { reject } from '../../domain/problem.ts';
import { permits } from '../authorise.ts';
import { goalsNotTakenUp } from '../cascade/goals-not-taken-up.ts';
import { plansServingGoal } from '../cascade/serving-plans.ts';
import { readLateCorrections } from '../period/decide-late-correction.ts';
import { readPages } from '../read-all.ts';
import { walkPages } from './export-scope.ts';
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
export const lateCorrectionRows: RowsOf = async function* (deps, actor, request, limits, locale) {
  const periodId = request.periodId ?? '';
  for await (const late of walkPages(limits, (page) => readLateCorrections(deps, actor, periodId, page))) {
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
export const goalNotTakenUpRows: RowsOf = async function* (deps, actor, request, limits) {
  const year = request.year ?? 0;
  const { units } = await deps.store.organisation.load();
  for await (const goals of walkPages(limits, (page) => goalsNotTakenUp(deps, actor, year, page)))
    yield goals.map(({ code, title, unitId, fromYear, toYear }) => [
      numberOf(year),
      code,
      title,
      ...unitCells(units.get(unitId ?? '')),
      numberOf(fromYear),
      numberOf(toYear),
    ]);
};

/** Which lines in force serve which goal in a year: of units' agreements, and of the plans that the reader may read. */
export const goalServiceRows: RowsOf = async function* (deps, actor, request, limits) {
  const year = request.year ?? 0;
  const [goals, { units }] = await Promise.all([deps.store.goals.all(), deps.store.organisation.load()]);
  if (goals.length > limits.rosters) throw reject('TOO_MANY', '', { maximum: limits.rosters });
  const { walk } = limits;
  const placeOf = ({ code, id }: Goal): string => `${code}\n${id}`;
  const left = goals.filter((goal) => walk.from === null || placeOf(goal) > walk.from);
  for (const goal of left.toSorted((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1))) {
    for await (const serving of readPages((page) => plansServingGoal(deps, actor, goal, year, page))) {
      const people = await deps.store.staff.getMany(
        serving.flatMap(({ plan: { owner } }) => (owner.kind === 'STAFF' ? owner.staffId : [])),
      );
      const byId = new Map(people.flatMap((one) => (one === null ? [] : [[one.id, one] as const])));
      const rows = await Promise.all(
        serving.map(async ({ plan: { owner }, lines }): Promise<readonly Row[]> => {
          const staff = owner.kind === 'STAFF' ? byId.get(owner.staffId) : undefined;
          const whose = [
            ...(staff === undefined ? [null, null] : await personCells(deps, actor, staff)),
            ...unitCells(owner.kind === 'UNIT' ? units.get(owner.unitId) : undefined),
          ];
          return lines.map(({ title, indicatorName, measure }) => [
            numberOf(year),
            goal.code,
            goal.title,
            ...whose,
            title,
            indicatorName,
            measure.unitOfMeasure,
          ]);
        }),
      );
      yield rows.flat();
    }
    walk.reached(placeOf(goal));
  }
};
