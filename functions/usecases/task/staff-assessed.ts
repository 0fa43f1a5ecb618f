import { unitDeciderOn } from '../../domain/evaluation/unit-assessment.ts';
import { isInterested } from '../../domain/organisation/leading.ts';
import { headOn, reachOf, type Unit, unitsHeadedOn } from '../../domain/organisation/organisation.ts';
import { assessorOfStaffOn, isAssessedByRegionalHead, type Staff } from '../../domain/organisation/staff.ts';
import type { IsoDate } from '../../domain/time.ts';
import type { Page, PageRequest, Stored } from '../../store/contract/stored.ts';
import type { Deps } from '../deps.ts';
import { membersOn } from '../peers/peer-candidates.ts';
import { readFirst } from '../read-all.ts';
import { type Me, TASK_LIMITS } from './task.ts';

/**
 * The people whom one assesses on a day: staff of the units that one heads and of those below without a head, heads of the units
 * below, and delegated ones.
 */
export async function staffAssessedBy(
  deps: Deps,
  { staffId, organisation, today }: Pick<Me, 'staffId' | 'organisation' | 'today'>,
  day: IsoDate,
): Promise<readonly Staff[]> {
  const headed = unitsHeadedOn(organisation, staffId, day);
  const reach = headed.map((unit) => reachOf(organisation, unit, day));
  const headIds = new Set(reach.flatMap(({ heads }) => heads));
  const units = new Set(reach.flatMap((each) => each.units));
  const named = async (): Promise<readonly (Staff | null)[]> => {
    // Most people were never named by anybody: one small read, together with others, tells it.
    if ((await deps.store.staff.delegationVersion(staffId)) === 0) return [];
    return day < today
      ? staffEverNamed(deps, staffId)
      : firstAssessed((page) => deps.store.staff.ofNamedAssessor(staffId, page, day));
  };
  const [ofUnits, delegated, heads] = await Promise.all([
    Promise.all(
      [...units].map((unit) =>
        day < today
          ? staffOnRosters(deps, unit, day)
          : firstAssessed((page) => deps.store.staff.ofUnit(unit.id, page, day)),
      ),
    ),
    named(),
    deps.store.staff.getMany([...headIds].slice(0, TASK_LIMITS.assessed)),
  ]);
  const candidates = new Map(
    [...heads, ...delegated, ...ofUnits.flat()].flatMap((staff) =>
      staff === null ? [] : [[staff.id, staff]],
    ),
  );
  return [...candidates.values()]
    .filter((staff) => assessorOfStaffOn(organisation, staff, day).assessorId === staffId)
    .slice(0, TASK_LIMITS.assessed);
}

/**
 * Whom the head of the region assesses on a day, for who enters it: heads with nobody above, without those who lead the officer.
 * Empty for everybody who has not that office.
 */
export async function staffOfRegionalHead(
  { store }: Pick<Deps, 'store'>,
  { self, organisation, today, isOffice }: Me,
  day: IsoDate,
): Promise<readonly Staff[]> {
  if (!isOffice) return [];
  const heads = [...organisation.units.values()].flatMap((unit) => {
    const head = headOn(unit, day);
    return head !== null && unitDeciderOn(organisation, unit.id, day) === null ? [head] : [];
  });
  const found = await store.staff.getMany([...new Set(heads)].slice(0, TASK_LIMITS.assessed));
  return found
    .filter((staff) => staff !== null)
    .filter(
      (staff) =>
        isAssessedByRegionalHead(organisation, staff, day) &&
        ![day, today].some((date) => isInterested(organisation, self, [staff.id], date)),
    );
}

const firstAssessed = (
  read: (page: PageRequest) => Promise<Page<Stored<Staff>>>,
): Promise<readonly Stored<Staff>[]> => readFirst(read, TASK_LIMITS.assessed);

/** Staff of a unit on a day that is past: who has left since is on no list, but on the rosters. */
async function staffOnRosters(deps: Deps, unit: Unit, day: IsoDate): Promise<readonly (Staff | null)[]> {
  const members = await membersOn(deps, unit, day);
  return deps.store.staff.getMany(members.map(({ staffId }) => staffId).slice(0, TASK_LIMITS.assessed));
}

/** Whoever has named somebody as assessor, wherever they are now; who did so latest is not known, so the limit is generous. */
async function staffEverNamed({ store }: Deps, assessorId: string): Promise<readonly (Staff | null)[]> {
  return store.staff.getMany((await store.staff.everNamed(assessorId)).slice(0, TASK_LIMITS.everNamed));
}
