import type { Actor, Operation } from '../../domain/access-policy.ts';
import { isInterested, isOwnUnit } from '../../domain/organisation/leading.ts';
import { headOn, type Unit } from '../../domain/organisation/organisation.ts';
import { assessorOn, type Staff } from '../../domain/organisation/staff.ts';
import { type Plan, type PlanOwner, type PlanSide, planIdOf } from '../../domain/plan/plan.ts';
import { Rejection, reject } from '../../domain/problem.ts';
import type { IsoDate } from '../../domain/time.ts';
import type { Stored, WorkAddress } from '../../store/contract/stored.ts';
import { authorise, type Capacity } from '../authorise.ts';
import type { Deps } from '../deps.ts';
import { decidesOnOwnUnit, type OfficerToday } from '../interest.ts';
import { regionToday } from '../region-clock.ts';
import { agreementAddress, staffAddress } from '../work-address.ts';

/** A plan's owner and where the plan lies, whether there is one already or not. */
export type PlanPlace = {
  readonly planId: string;
  readonly owner: PlanOwner;
  readonly year: number;
  readonly address: WorkAddress;
} & (
  | { readonly staff: Stored<Staff>; readonly unit?: never }
  | { readonly unit: Unit; readonly staff?: never }
);

const EARLIEST_YEAR = 2000;
const LATEST_YEAR = 2100;

/** A year that a plan may be asked for. @throws Rejection OUT_OF_RANGE at `year` */
export function checkYear(year: number, latest = LATEST_YEAR): void {
  if (!Number.isInteger(year) || year < EARLIEST_YEAR || year > latest) {
    throw reject('OUT_OF_RANGE', 'year', { minimum: EARLIEST_YEAR, maximum: latest });
  }
}

/** A year that may be planned for: the next one at most. @throws Rejection OUT_OF_RANGE at `year` */
export const checkPlanYear = (year: number, today: IsoDate): void =>
  checkYear(year, Number(today.slice(0, 4)) + 1);

/** Where the plan of a staff member lies. @throws Rejection NOT_FOUND at `staffId`, NOT_MEMBER for a year without service */
export async function placeOfStaffPlan(deps: Deps, staffId: string, year: number): Promise<PlanPlace> {
  checkYear(year);
  const staff = await deps.store.staff.get(staffId);
  if (staff === null) throw reject('NOT_FOUND', 'staffId', { id: staffId });
  const address = staffAddress(staff, year);
  if (address === null) throw reject('NOT_MEMBER', 'year');
  const owner: PlanOwner = { kind: 'STAFF', staffId };
  return { planId: planIdOf(owner, year), owner, year, address, staff };
}

/** Where the agreement of a unit lies. @throws Rejection NOT_FOUND at `unitId` */
export async function placeOfAgreement(deps: Deps, unitId: string, year: number): Promise<PlanPlace> {
  checkYear(year);
  const unit = (await deps.store.organisation.load()).units.get(unitId);
  if (unit === undefined) throw reject('NOT_FOUND', 'unitId', { id: unitId });
  const owner: PlanOwner = { kind: 'UNIT', unitId };
  return { planId: planIdOf(owner, year), owner, year, address: agreementAddress(unitId, year), unit };
}

const PLAN_ID = /^(?:unit:(?<unitId>.+)|(?<staffId>[^:]+)):(?<year>\d{4})$/;

/** What a plan's id says; null when it is none. */
export function readPlanId(planId: string): { readonly owner: PlanOwner; readonly year: number } | null {
  const { unitId, staffId, year } = PLAN_ID.exec(planId)?.groups ?? {};
  if (unitId !== undefined) return { owner: { kind: 'UNIT', unitId }, year: Number(year) };
  return staffId === undefined ? null : { owner: { kind: 'STAFF', staffId }, year: Number(year) };
}

/** For `catch`: what is refused counts as absent; a failure stays a failure. */
export function nullWhenRejected(error: unknown): null {
  if (error instanceof Rejection) return null;
  throw error;
}

/** Where a plan lies, by its id. @throws Rejection NOT_FOUND at `planId` */
export async function placeOfPlan(deps: Deps, planId: string): Promise<PlanPlace> {
  const read = readPlanId(planId);
  const place =
    read === null
      ? null
      : await (read.owner.kind === 'UNIT'
          ? placeOfAgreement(deps, read.owner.unitId, read.year)
          : placeOfStaffPlan(deps, read.owner.staffId, read.year)
        ).catch(nullWhenRejected);
  if (place === null) throw reject('NOT_FOUND', 'planId', { id: planId });
  return place;
}

/** A plan that exists, with its place. @throws Rejection NOT_FOUND at `planId` */
export async function findPlan(
  deps: Deps,
  planId: string,
): Promise<{ readonly place: PlanPlace; readonly plan: Stored<Plan> }> {
  const place = await placeOfPlan(deps, planId);
  const plan = await deps.store.plans.get(place.address, planId);
  if (plan === null) throw reject('NOT_FOUND', 'planId', { id: planId });
  return { place, plan };
}

/**
 * Whether a plan is an officer's own matter: theirs or that of who leads them (`isInterested`), the agreement of a unit that they head
 * or serve in or below (`isOwnUnit`). Then no office imports what others should agree to or verify.
 */
export const isOwnPlan = ({ organisation, officer, today }: OfficerToday, owner: PlanOwner): boolean =>
  owner.kind === 'STAFF'
    ? isInterested(organisation, officer, [owner.staffId], today)
    : isOwnUnit(organisation, officer, owner.unitId, today);

/** As what an actor takes part in the dialogue on a plan. */
export interface Standing {
  readonly side: PlanSide;
  readonly as: Capacity;
}

/**
 * On which side an actor stands. A plan: the person, and the assessor; of whoever has nobody above but the head of the region, the
 * personnel office. An agreement: the unit's head, and above it the head of the nearest unit or a planner; a planner who heads the
 * unit stands on its own side only, and one who serves in it or below on none.
 * @throws Rejection FORBIDDEN, UNAUTHENTICATED
 */
export async function authoriseOnPlan(
  deps: Deps,
  actor: Actor,
  operation: Operation,
  place: PlanPlace,
): Promise<Standing> {
  if (place.staff !== undefined) {
    const as = await authorise(deps, actor, operation, { staff: place.staff, seat: true });
    if (as === 'SELF') return { side: 'OWNER', as };
    if (as === 'ASSESSOR' || as === 'REGIONAL_HEAD') return { side: 'SUPERIOR', as };
    throw reject('FORBIDDEN');
  }
  const { unit } = place;
  const as = await authorise(deps, actor, operation, { unitId: unit.id });
  const [organisation, today] = await Promise.all([deps.store.organisation.load(), regionToday(deps)]);
  const head = headOn(unit, today);
  if (head !== null && head === actor.staffId) return { side: 'OWNER', as: 'UNIT_HEAD' };
  const above = assessorOn(organisation, { staffId: head ?? '', unitId: unit.id, assessorId: null }, today);
  if (above.assessorId !== null && above.assessorId === actor.staffId)
    return { side: 'SUPERIOR', as: 'UNIT_HEAD' };
  if (as === 'PLANNER' && !(await decidesOnOwnUnit(deps, actor, unit.id))) return { side: 'SUPERIOR', as };
  throw reject('FORBIDDEN');
}
