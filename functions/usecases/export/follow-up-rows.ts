import { exportWords } from '../../domain/export/words.ts';
import type { FollowUp } from '../../domain/follow-up/follow-up.ts';
import { followUpsOfPeriod } from '../follow-up/read-follow-ups.ts';
import { readFirst } from '../read-all.ts';
import type { RowsOf } from './collect-table.ts';
import { inSlices, limitedUnitsOf } from './export-scope.ts';
import { personCells, unitCells } from './person-cells.ts';
import { wordOf } from './value-cells.ts';

/** What was proposed and decided after a period, of the units or of all. */
export const followUpRows: RowsOf = async (deps, actor, request, limits, locale) => {
  const periodId = request.periodId ?? '';
  const scopes: readonly (string | null)[] =
    request.unitId === null
      ? [null]
      : (await limitedUnitsOf(deps, request.unitId, limits)).map(({ id }) => id);
  const found: (readonly FollowUp[])[] = scopes.map(() => []);
  await inSlices([...scopes.entries()], async ([at, unitId]) => {
    found[at] = await readFirst(
      (page) => followUpsOfPeriod(deps, actor, { periodId, unitId }, page),
      limits.rows + 1,
    );
  });
  const followUps = found.flat();
  const [{ units }, people] = await Promise.all([
    deps.store.organisation.load(),
    deps.store.staff.getMany(followUps.map(({ staffId }) => staffId)),
  ]);
  return Promise.all(
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
};
