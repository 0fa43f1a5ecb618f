import type { Actor } from '../../domain/access-policy.ts';
import { exportWords } from '../../domain/export/words.ts';
import { PERSON_PACES, type UnitProgress } from '../../domain/progress/unit-progress.ts';
import type { Deps } from '../deps.ts';
import { peopleOf, readRegionProgress, readUnitProgress, unitsBelow } from '../progress/read-progress.ts';
import { eachUnit } from './export-scope.ts';
import { personCells, unitCells } from './person-cells.ts';
import type { ExportRequest, RowsOf } from './rows-of.ts';
import { numberOf, wordOf } from './value-cells.ts';

/** Where the units stand, as of their daily looks, by code; a unit that was not looked at yet has no row. */
export const unitProgressRows: RowsOf = async function* (deps, actor, request, _limits, locale) {
  const [{ units }, found] = await Promise.all([
    deps.store.organisation.load(),
    looksAt(deps, actor, request),
  ]);
  yield found
    .flatMap((progress) => {
      const unit = units.get(progress.unitId);
      return unit === undefined ? [] : [{ unit, progress }];
    })
    .sort((a, b) => (a.unit.code < b.unit.code ? -1 : 1))
    .map(({ unit, progress: { year, at, through, agreement, counts, lacking } }) => [
      numberOf(year),
      ...unitCells(unit),
      at,
      through,
      wordOf(exportWords.pace, agreement, locale),
      ...PERSON_PACES.map((pace) => numberOf(counts[pace])),
      lacking === null ? null : numberOf(lacking),
    ]);
};

async function looksAt(deps: Deps, actor: Actor, request: ExportRequest): Promise<readonly UnitProgress[]> {
  const year = request.year ?? 0;
  if (request.unitId === null) return readRegionProgress(deps, actor, year);
  const of = { unitId: request.unitId, year };
  const own = await readUnitProgress(deps, actor, of);
  return [...(own === null ? [] : [own]), ...(await unitsBelow(deps, of))];
}

/** Where the units' people stand, as of the daily look; a head does not see who leads them. */
export const progressRows: RowsOf = async function* (deps, actor, request, limits, locale) {
  const year = request.year ?? 0;
  for await (const unit of eachUnit(deps, request.unitId, limits)) {
    const progress = await readUnitProgress(deps, actor, { unitId: unit.id, year });
    if (progress === null) continue;
    const page = { first: limits.rows + 1, after: null };
    const { items } = await peopleOf(deps, actor, progress, {}, page);
    const people = await deps.store.staff.getMany(items.map(({ value }) => value.staffId));
    yield Promise.all(
      items.map(async ({ value: { pace, missing } }, at) => {
        const staff = people[at] ?? null;
        return [
          numberOf(year),
          ...(staff === null ? [null, null] : await personCells(deps, actor, staff)),
          ...unitCells(unit),
          progress.at,
          progress.through,
          wordOf(exportWords.pace, pace, locale),
          numberOf(missing),
        ];
      }),
    );
  }
};
