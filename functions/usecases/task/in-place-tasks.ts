import { ratedFor, superiorRatesFrom } from '../../domain/evaluation/in-place.ts';
import { headOn, type Organisation } from '../../domain/organisation/organisation.ts';
import { assessorOfStaffOn, assessorsSuperior, type Staff } from '../../domain/organisation/staff.ts';
import type { Period } from '../../domain/period/period.ts';
import { policyOn } from '../../domain/period/policy.ts';
import type { IsoDate } from '../../domain/time.ts';
import type { WorkAddress } from '../../store/contract/stored.ts';
import type { Deps } from '../deps.ts';
import { staffAssessedIn } from '../evaluation/staff-assessed-in.ts';
import { staffAddress } from '../work-address.ts';
import { type Me, TASK_LIMITS, type Task } from './task.ts';

/**
 * People whom their assessor has not rated although the time for it is over, and whose assessor's superior one is (annex, chapter IV A
 * 11). Reads the rosters of the units directly below and the assessors' ratings of their collections, only in the last days
 * before a close.
 */
export async function inPlaceTasks(deps: Deps, me: Me, open: readonly Period[]): Promise<Task[]> {
  if (!open.some(({ end }) => end < me.today)) return [];
  const policies = await deps.store.policies.list();
  const late = open.filter(
    (period) => superiorRatesFrom(period, policyOn(policies, period.end).rules) <= me.today,
  );
  return (await Promise.all(late.map((period) => tasksOf(deps, me, period)))).flat();
}

async function tasksOf(deps: Deps, me: Me, period: Period): Promise<Task[]> {
  const { organisation } = me;
  const day = period.end;
  const units = unitsAssessedBelow(organisation, me.staffId, day);
  const staff = (
    await Promise.all(units.map((unitId) => staffAssessedIn(deps, organisation, { unitId, day })))
  )
    .flat()
    .filter((one) => superiorOf(organisation, one, day) === me.staffId)
    .slice(0, TASK_LIMITS.assessed);
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
    .map((one) => ({
      id: `RATE_IN_PLACE:${period.id}:${one.id}`,
      kind: 'RATE_IN_PLACE' as const,
      staffId: one.id,
      unitId: null,
      planId: null,
      periodId: period.id,
      group: null,
      count: 1,
      deadline: period.closesAt,
    }));
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
