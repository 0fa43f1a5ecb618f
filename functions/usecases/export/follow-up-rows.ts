import { exportWords } from '../../domain/export/words.ts';
import { followUpsOfPeriod } from '../follow-up/read-follow-ups.ts';
import { readPages } from '../read-all.ts';
import { limitedUnitsOf } from './export-scope.ts';
import { personCells, unitCells } from './person-cells.ts';
import type { RowsOf } from './rows-of.ts';
import { wordOf } from './value-cells.ts';

/** What was proposed and decided after a period, of the units or of all. */
export const followUpRows: RowsOf = async function* (deps, actor, request, limits, locale) {
  const periodId = request.periodId ?? '';
  const scopes: readonly (string | null)[] =
    request.unitId === null
      ? [null]
      : (await limitedUnitsOf(deps, request.unitId, limits)).map(({ id }) => id);
  const { units } = await deps.store.organisation.load();
  for (const scope of scopes)
    for await (const followUps of readPages((page) =>
      followUpsOfPeriod(deps, actor, { periodId, unitId: scope }, page),
    )) {
      const people = await deps.store.staff.getMany(followUps.map(({ staffId }) => staffId));
      yield Promise.all(
        followUps.map(async ({ unitId, measure, state, grounds, proposal, decision, end }, at) => {
          const staff = people[at] ?? null;
          return [
            periodId,
            ...(staff === null ? [null, null] : await personCells(deps, actor, staff)),
            ...unitCells(units.get(unitId)),
            wordOf(exportWords.measure, measure, locale),
            wordOf(exportWords.followUp, state, locale),
            wordOf(exportWords.proposer, grounds === null ? 'PERSON' : 'RULE', locale),
            proposal?.reason ?? null,
            decision?.reason ?? null,
            decision?.from ?? null,
            decision?.until ?? null,
            wordOf(exportWords.outcome, end?.outcome ?? null, locale),
            end?.note ?? null,
          ];
        }),
      );
    }
};
