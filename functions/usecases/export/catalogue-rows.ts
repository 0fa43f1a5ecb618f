import { exportWords } from '../../domain/export/words.ts';
import type { Indicator } from '../../domain/indicator/indicator.ts';
import { headOn } from '../../domain/organisation/organisation.ts';
import type { PageRequest } from '../../store/contract/stored.ts';
import type { Deps } from '../deps.ts';
import { readPages } from '../read-all.ts';
import { regionToday } from '../region-clock.ts';
import { type ExportLimits, eachUnit, groupsOf, unitsOf, walkPages } from './export-scope.ts';
import { unitCells } from './person-cells.ts';
import type { RowsOf } from './rows-of.ts';
import { wordOf } from './value-cells.ts';

/** The units that are not retired, with the one above each and who heads it today. */
export const unitRows: RowsOf = async function* (deps, _actor, { unitId }) {
  const [units, organisation, today] = await Promise.all([
    unitsOf(deps, unitId),
    deps.store.organisation.load(),
    regionToday(deps),
  ]);
  for (const group of groupsOf(units)) {
    const open = group.filter(({ retiredFrom }) => retiredFrom === null || today < retiredFrom);
    const heads = await deps.store.staff.getMany(open.flatMap((unit) => headOn(unit, today) ?? []));
    const nameOf = new Map(heads.flatMap((head) => (head === null ? [] : [[head.id, head.name] as const])));
    yield open.map((unit) => [
      ...unitCells(unit),
      unit.kind,
      organisation.units.get(unit.parentId ?? '')?.code ?? null,
      nameOf.get(headOn(unit, today) ?? '') ?? null,
      unit.mission,
    ]);
  }
};

/** The region's goals, by code. */
export const goalRows: RowsOf = async function* (deps, _actor, _request, _limits, locale) {
  const [goals, { units }] = await Promise.all([deps.store.goals.all(), deps.store.organisation.load()]);
  const codeOf = new Map(goals.map(({ id, code }) => [id, code]));
  yield goals.map(({ code, title, level, unitId, parentId, fromYear, toYear, retired }) => [
    code,
    title,
    wordOf(exportWords.level, level, locale),
    ...unitCells(units.get(unitId ?? '')),
    codeOf.get(parentId ?? '') ?? null,
    String(fromYear),
    String(toYear),
    wordOf(exportWords.yesNo, retired ? 'yes' : 'no', locale),
  ]);
};

/** The catalogue of indicators with the definitions in force, of the units or of all. */
export const indicatorRows: RowsOf = async function* (deps, _, { unitId }, limits, locale) {
  const { units } = await deps.store.organisation.load();
  for await (const indicators of indicatorPages(deps, unitId, limits)) {
    const goals = await deps.store.goals.getMany([
      ...new Set(indicators.flatMap(({ goalId }) => goalId ?? [])),
    ]);
    const codeOf = new Map(goals.flatMap((goal) => (goal === null ? [] : [[goal.id, goal.code] as const])));
    yield indicators.map(({ code, unitId: owner, goalId, current, retired }) => [
      code,
      current.name,
      ...unitCells(units.get(owner ?? '')),
      codeOf.get(goalId ?? '') ?? null,
      current.measure.unitOfMeasure,
      wordOf(exportWords.polarity, current.measure.polarity, locale),
      wordOf(exportWords.buildUp, current.measure.buildUp, locale),
      current.description,
      current.formula,
      current.source,
      String(current.definition),
      current.effectiveFrom,
      wordOf(exportWords.yesNo, retired ? 'yes' : 'no', locale),
    ]);
  }
};

async function* indicatorPages(
  deps: Deps,
  unitId: string | null,
  limits: ExportLimits,
): AsyncGenerator<readonly Indicator[]> {
  const of = (scope: string | null) => (page: PageRequest) => deps.store.indicators.list(scope, page);
  if (unitId === null) yield* walkPages(limits, of(null));
  else for await (const { id } of eachUnit(deps, unitId, limits)) yield* readPages(of(id));
}
