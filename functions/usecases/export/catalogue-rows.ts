import { exportWords } from '../../domain/export/words.ts';
import type { Indicator } from '../../domain/indicator/indicator.ts';
import { readFirst } from '../read-all.ts';
import type { RowsOf } from './collect-table.ts';
import { inSlices, limitedUnitsOf } from './export-scope.ts';
import { unitCells } from './person-cells.ts';
import { wordOf } from './value-cells.ts';

/** The region's goals, by code. */
export const goalRows: RowsOf = async (deps, _actor, _request, _limits, locale) => {
  const [goals, { units }] = await Promise.all([deps.store.goals.all(), deps.store.organisation.load()]);
  const codeOf = new Map(goals.map(({ id, code }) => [id, code]));
  return goals.map(({ code, title, level, unitId, parentId, fromYear, toYear, retired }) => [
    code,
    title,
    wordOf(exportWords.level, level, locale),
    ...unitCells(units.get(unitId ?? '')),
    codeOf.get(parentId ?? '') ?? null,
    String(fromYear),
    String(toYear),
    wordOf(exportWords.retired, retired ? 'yes' : 'no', locale),
  ]);
};

/** The catalogue of indicators with the definitions in force, of the units or of all. */
export const indicatorRows: RowsOf = async (deps, _, { unitId }, limits, locale) => {
  const scopes: readonly (string | null)[] =
    unitId === null ? [null] : (await limitedUnitsOf(deps, unitId, limits)).map(({ id }) => id);
  const found: (readonly Indicator[])[] = scopes.map(() => []);
  await inSlices([...scopes.entries()], async ([at, scope]) => {
    found[at] = await readFirst((page) => deps.store.indicators.list(scope, page), limits.rows + 1);
  });
  const indicators = found.flat();
  const goalIds = [...new Set(indicators.flatMap(({ goalId }) => goalId ?? []))];
  const [{ units }, goals] = await Promise.all([
    deps.store.organisation.load(),
    deps.store.goals.getMany(goalIds),
  ]);
  const codeOf = new Map(goalIds.map((id, at) => [id, goals[at]?.code ?? null]));
  return indicators.map(({ code, unitId: owner, goalId, current, retired }) => [
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
    wordOf(exportWords.retired, retired ? 'yes' : 'no', locale),
  ]);
};
