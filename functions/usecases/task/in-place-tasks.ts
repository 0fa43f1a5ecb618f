import { ratedFor, superiorRatesFrom } from '../../domain/evaluation/in-place.ts';
import { headOn, type Organisation } from '../../domain/organisation/organisation.ts';
import {
  assessorOfStaffOn,
  assessorsSuperior,
  assignmentOn,
  type Staff,
} from '../../domain/organisation/staff.ts';
import type { Period } from '../../domain/period/period.ts';
import { policyOn } from '../../domain/period/policy.ts';
import type { IsoDate } from '../../domain/time.ts';
import type { WorkAddress } from '../../store/contract/stored.ts';
import type { Deps } from '../deps.ts';
import { staffAssessedIn } from '../evaluation/staff-assessed-in.ts';
import { staffAddress } from '../work-address.ts';
import { staffOfRegionalHead } from './staff-assessed.ts';
import { type Me, TASK_LIMITS, type Task, taskOf } from './task.ts';

/**
 * People who have not been rated in the periods that are over, and whom one rates in another's place: as the assessor's superior once
 * the assessor's time is over (annex, chapter IV A 11), or at once where the head who assesses has left (A 2); in the personnel office
 * those whom the head of the region assesses (A 12). Reads the rosters of the units directly below and the ratings of their
 * collections, before the last days only of those whose head has left.
 */
export async function inPlaceTasks(deps: Deps, me: Me, open: readonly Period[]): Promise<Task[]> {
  const over = open.filter(({ end }) => end < me.today);
  if (over.length === 0) return [];
  const policies = await deps.store.policies.list();
  return (
    await Promise.all(
      over.map((period) => {
        const { rules } = policyOn(policies, period.end);
        return tasksOf(deps, me, period, superiorRatesFrom(period, rules, false) <= me.today);
      }),
    )
  ).flat();
}

async function tasksOf(deps: Deps, me: Me, period: Period, isLate: boolean): Promise<Task[]> {
  const { organisation } = me;
  const day = period.end;
  const below = unitsAssessedBelow(organisation, me.staffId, day);
  const units = isLate ? below : await whoseHeadHasLeft(deps, me, below, day);
  const [ofRegionalHead, ...ofUnits] = await Promise.all([
    staffOfRegionalHead(deps, me, day),
    ...units.map((unitId) => staffAssessedIn(deps, organisation, { unitId, day })),
  ]);
  const staff = [
    ...ofRegionalHead,
    ...ofUnits.flat().filter((one) => superiorOf(organisation, one, day) === me.staffId),
  ].slice(0, TASK_LIMITS.assessed);
  const collections = new Map<string, WorkAddress>();
  for (const one of staff) {
    const address = staffAddress(one, period.year);
    if (address !== null) collections.set(JSON.stringify(address), address);
  }
  const decided = await Promise.all(
    [...collections.values()].map(async (address) => {
      const [ratings, carryovers] = await Promise.all([
        deps.store.ratings.assessorRatingsOfCollection(address, period.id),
        deps.store.carryovers.ofCollection(address, period.id),
      ]);
      return [
        ...ratings.map((rating) => `${rating.staffId} ${ratedFor(rating)}`),
        ...carryovers
          .filter(({ state }) => state === 'AGREED')
          .map(({ staffId, assessorId }) => `${staffId} ${assessorId}`),
      ];
    }),
  );
  const rated = new Set(decided.flat());
  return staff
    .filter((one) => !rated.has(`${one.id} ${assessorOfStaffOn(organisation, one, day).assessorId}`))
    .map(({ id }) =>
      taskOf('RATE_IN_PLACE', `${period.id}:${id}`, {
        staffId: id,
        periodId: period.id,
        deadline: period.closesAt,
      }),
    );
}

async function whoseHeadHasLeft(
  { store }: Deps,
  { organisation, today }: Me,
  unitIds: readonly string[],
  day: IsoDate,
): Promise<readonly string[]> {
  const heads = unitIds.map((id) => headOn(organisation.units.get(id) ?? { heads: [] }, day) ?? '');
  const found = await store.staff.getMany(heads);
  return unitIds.filter((_, at) => {
    const head = found[at] ?? null;
    return head === null || assignmentOn(head, today) === null;
  });
}

const superiorOf = (organisation: Organisation, staff: Staff, day: IsoDate): string | null =>
  assessorsSuperior(organisation, staff.id, assessorOfStaffOn(organisation, staff, day), day);

/** The units in whose distribution those count whose assessor one leads: units with a head right below one's own, and one's own, where others may be named as assessors. */
const unitsAssessedBelow = (organisation: Organisation, staffId: string, day: IsoDate): string[] =>
  [...organisation.units.values()]
    .filter((unit) => {
      const head = headOn(unit, day);
      if (head === null) return false;
      const assessed = { assessorId: head, assessedInUnitId: unit.id };
      return head === staffId || assessorsSuperior(organisation, '', assessed, day) === staffId;
    })
    .map(({ id }) => id);
