import type { Actor } from '../../domain/access-policy.ts';
import { ancestorsOf } from '../../domain/organisation/organisation.ts';
import { policyOn } from '../../domain/period/policy.ts';
import { reject } from '../../domain/problem.ts';
import { lastMonthOver, type PlanProgress, planProgress } from '../../domain/progress/progress.ts';
import type { PersonPace, PersonProgress, UnitProgress } from '../../domain/progress/unit-progress.ts';
import type { Page, PageRequest } from '../../store/contract/stored.ts';
import { authorise } from '../authorise.ts';
import type { Deps } from '../deps.ts';
import { checkYear, type PlanPlace, placeOfAgreement, placeOfStaffPlan } from '../plan/plan-place.ts';
import { regionToday } from '../region-clock.ts';
import { ledIn } from '../relations.ts';
import { readPlanOf } from './refresh-progress.ts';

/** Progress of a plan, with what it is of. */
export interface ShownProgress extends PlanProgress {
  readonly planId: string;
  readonly year: number;
  readonly staffId: string | null;
}

/**
 * Where a person stands now, up to the last month that is over: one plan and twelve short queries at most.
 * @throws Rejection FORBIDDEN, NOT_FOUND, NOT_MEMBER for a year without service
 */
export async function readProgress(
  deps: Deps,
  actor: Actor,
  { staffId, year }: { readonly staffId: string; readonly year: number },
): Promise<ShownProgress> {
  const place = await placeOfStaffPlan(deps, staffId, year);
  if (place.staff !== undefined) await authorise(deps, actor, 'Query.progress', { staff: place.staff });
  return progressAt(deps, place);
}

/** Where a unit's agreement stands now; for a reader of the unit's progress. */
export const progressOfAgreement = async (
  deps: Deps,
  { unitId, year }: Pick<UnitProgress, 'unitId' | 'year'>,
): Promise<ShownProgress> => progressAt(deps, await placeOfAgreement(deps, unitId, year));

async function progressAt(deps: Deps, { address, planId, year, staff }: PlanPlace): Promise<ShownProgress> {
  const [policies, today] = await Promise.all([deps.store.policies.list(), regionToday(deps)]);
  const through = lastMonthOver(year, today);
  const { plan, realisations } = await readPlanOf(deps, address, planId, through);
  const { rules } = policyOn(policies, today);
  return {
    ...planProgress(plan, realisations, through, rules),
    planId,
    year,
    staffId: staff?.id ?? null,
  };
}

/**
 * A unit's progress as of its latest look, which a schedule takes once a day; null before the first. For its head and those
 * above, HR, planners, auditors. @throws Rejection FORBIDDEN, NOT_FOUND, OUT_OF_RANGE
 */
export async function readUnitProgress(
  deps: Deps,
  actor: Actor,
  { unitId, year }: { readonly unitId: string; readonly year: number },
): Promise<UnitProgress | null> {
  checkYear(year);
  if (!(await deps.store.organisation.load()).units.has(unitId))
    throw reject('NOT_FOUND', 'unitId', { id: unitId });
  await authorise(deps, actor, 'Query.unitProgress', { unitId });
  return deps.store.progress.unit(year, unitId);
}

/** The units below one, however deep, as of their latest look: one query of a year's figures. */
export async function unitsBelow(
  deps: Deps,
  { unitId, year }: Pick<UnitProgress, 'unitId' | 'year'>,
): Promise<readonly UnitProgress[]> {
  const [organisation, all] = await Promise.all([
    deps.store.organisation.load(),
    deps.store.progress.ofYear(year),
  ]);
  return all.filter((unit) => ancestorsOf(organisation, unit.unitId).some(({ id }) => id === unitId));
}

/** Every unit of the region as of its latest look. For HR, planners, auditors. @throws Rejection FORBIDDEN, OUT_OF_RANGE */
export async function readRegionProgress(
  deps: Deps,
  actor: Actor,
  year: number,
): Promise<readonly UnitProgress[]> {
  checkYear(year);
  await authorise(deps, actor, 'Query.regionProgress');
  return deps.store.progress.ofYear(year);
}

/** Whom to list; everybody where nothing is given. */
export interface PeopleFilter {
  readonly paces?: readonly PersonPace[] | null | undefined;
  readonly lacking?: boolean | null | undefined;
}

/**
 * The unit's own staff at some paces (all if left out), or of whom something is missing, for a reader of the unit's progress: one read, whichever page. A head does
 * not see who leads them.
 */
export async function peopleOf(
  deps: Deps,
  actor: Actor,
  { unitId, year }: Pick<UnitProgress, 'unitId' | 'year'>,
  { paces, lacking }: PeopleFilter,
  { first, after }: PageRequest,
): Promise<Page<PersonProgress>> {
  const [all, as] = await Promise.all([
    deps.store.progress.people(year, unitId),
    authorise(deps, actor, 'Query.unitProgress', { unitId }),
  ]);
  const isLed = as === 'UNIT_HEAD' ? await ledIn(deps, actor, unitId) : () => true;
  const people = all.filter(
    ({ staffId, pace, missing }) =>
      (paces == null || paces.includes(pace)) &&
      (lacking !== true || missing > 0) &&
      (after === null || staffId > after) &&
      isLed(staffId),
  );
  return {
    items: people.slice(0, first).map((value) => ({ value, position: value.staffId })),
    hasMore: people.length > first,
  };
}
