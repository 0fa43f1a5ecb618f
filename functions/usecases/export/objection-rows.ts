import { exportWords } from '../../domain/export/words.ts';
import { listObjections } from '../objection/read-objections.ts';
import { walkPages } from './export-scope.ts';
import { personCells, unitCells } from './person-cells.ts';
import type { RowsOf } from './rows-of.ts';
import { wordOf } from './value-cells.ts';

/** The objections to a period's results, by state and time of filing. */
export const objectionRows: RowsOf = async function* (deps, actor, request, limits, locale) {
  const periodId = request.periodId ?? '';
  const { units } = await deps.store.organisation.load();
  for await (const objections of walkPages(limits, (page) =>
    listObjections(deps, actor, { periodId, state: null }, page),
  )) {
    const [people, deciders] = await Promise.all([
      deps.store.staff.getMany(objections.map(({ staffId }) => staffId)),
      deps.store.staff.getMany(objections.flatMap(({ deciderId }) => deciderId ?? [])),
    ]);
    const nameOf = new Map(deciders.flatMap((one) => (one === null ? [] : [[one.id, one.name] as const])));
    yield Promise.all(
      objections.map(async (objection, at) => {
        const { unitId, state, filedAt, reasons, explainBy, deciderId, decideBy, decision } = objection;
        const staff = people[at] ?? null;
        return [
          periodId,
          ...(staff === null ? [null, null] : await personCells(deps, actor, staff)),
          ...unitCells(units.get(unitId)),
          filedAt,
          reasons,
          wordOf(exportWords.objection, state, locale),
          explainBy,
          deciderId === null ? null : (nameOf.get(deciderId) ?? null),
          decideBy,
          decision?.at ?? null,
          decision?.reason ?? null,
          decision?.recommendation ?? null,
        ];
      }),
    );
  }
};
