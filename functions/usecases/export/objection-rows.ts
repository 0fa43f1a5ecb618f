import { exportWords } from '../../domain/export/words.ts';
import { listObjections } from '../objection/read-objections.ts';
import { readFirst } from '../read-all.ts';
import type { RowsOf } from './collect-table.ts';
import { personCells, unitCells } from './person-cells.ts';
import { wordOf } from './value-cells.ts';

/** The objections to a period's results, by state and time of filing. */
export const objectionRows: RowsOf = async (deps, actor, request, limits, locale) => {
  const periodId = request.periodId ?? '';
  const objections = await readFirst(
    (page) => listObjections(deps, actor, { periodId, state: null }, page),
    limits.rows + 1,
  );
  const [{ units }, people, deciders] = await Promise.all([
    deps.store.organisation.load(),
    deps.store.staff.getMany(objections.map(({ staffId }) => staffId)),
    deps.store.staff.getMany(objections.flatMap(({ deciderId }) => deciderId ?? [])),
  ]);
  const nameOf = new Map(deciders.flatMap((one) => (one === null ? [] : [[one.id, one.name] as const])));
  return Promise.all(
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
};
