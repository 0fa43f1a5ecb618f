import type { Actor } from '../../domain/access-policy.ts';
import { exportWords } from '../../domain/export/words.ts';
import type { FollowUp } from '../../domain/follow-up/follow-up.ts';
import { reject } from '../../domain/problem.ts';
import type { PageRequest } from '../../store/contract/stored.ts';
import type { Deps } from '../deps.ts';
import { followUpsOfPeriod, followUpsOfStaff } from '../follow-up/read-follow-ups.ts';
import { readPages } from '../read-all.ts';
import { type About, type ExportLimits, eachUnit, walkPages } from './export-scope.ts';
import { personCells, unitCells } from './person-cells.ts';
import type { RowsOf } from './rows-of.ts';
import { wordOf } from './value-cells.ts';

/** What was proposed and decided after a period, of one person, of the units or of all. */
export const followUpRows: RowsOf = async function* (deps, actor, request, limits, locale) {
  const periodId = request.periodId ?? '';
  const { units } = await deps.store.organisation.load();
  for await (const followUps of followUpPages(deps, actor, { ...request, periodId }, limits)) {
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

async function* followUpPages(
  deps: Deps,
  actor: Actor,
  { staffId, unitId, periodId }: About & { readonly periodId: string },
  limits: ExportLimits,
): AsyncGenerator<readonly FollowUp[]> {
  if (staffId !== null) {
    const [staff, period] = await Promise.all([
      deps.store.staff.get(staffId),
      deps.store.periods.get(periodId),
    ]);
    if (staff === null) throw reject('NOT_FOUND', 'staffId', { id: staffId });
    if (period === null) throw reject('NOT_FOUND', 'periodId', { id: periodId });
    for await (const followUps of readPages(
      async (page) => (await followUpsOfStaff(deps, actor, staff, page)) ?? { items: [], hasMore: false },
    ))
      yield followUps.filter((followUp) => followUp.periodId === periodId);
    return;
  }
  const of = (unit: string | null) => (page: PageRequest) =>
    followUpsOfPeriod(deps, actor, { periodId, unitId: unit }, page);
  if (unitId === null) yield* walkPages(limits, of(null));
  else for await (const { id } of eachUnit(deps, unitId, limits)) yield* readPages(of(id));
}
