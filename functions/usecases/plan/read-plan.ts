import type { Actor } from '../../domain/access-policy.ts';
import type { Staff } from '../../domain/organisation/staff.ts';
import { type Plan, withoutProposal } from '../../domain/plan/plan.ts';
import type { Stored } from '../../store/contract/stored.ts';
import { authorise, permits } from '../authorise.ts';
import type { Deps } from '../deps.ts';
import { staffAddress } from '../work-address.ts';
import { checkYear, placeOfAgreement, placeOfStaffPlan, readPlanId } from './plan-place.ts';

/** The plan of a staff member in a year. @throws Rejection FORBIDDEN, NOT_FOUND for an unknown person */
export async function readPlan(
  deps: Deps,
  actor: Actor,
  { staffId, year }: { readonly staffId: string; readonly year: number },
): Promise<Stored<Plan> | null> {
  const place = await placeOfStaffPlan(deps, staffId, year);
  if (place.staff !== undefined) await authorise(deps, actor, 'Query.plan', { staff: place.staff });
  return deps.store.plans.get(place.address, place.planId);
}

/** A plan as `readPlan`, an agreement as `readAgreement`; null for what is the id of neither. @throws Rejection as these */
export async function readPlanById(deps: Deps, actor: Actor, id: string): Promise<Plan | null> {
  const named = readPlanId(id);
  if (named === null) return null;
  const { owner, year } = named;
  return owner.kind === 'STAFF'
    ? readPlan(deps, actor, { staffId: owner.staffId, year })
    : readAgreement(deps, actor, { unitId: owner.unitId, year });
}

/** The plan of a staff member, as a detail of the person: null also for those who may not read it. */
export async function planOfStaff(
  deps: Deps,
  actor: Actor,
  staff: Staff,
  year: number,
): Promise<Stored<Plan> | null> {
  checkYear(year);
  const address = staffAddress(staff, year);
  if (address === null || !(await permits(deps, actor, 'Staff.plan', { staff }))) return null;
  return deps.store.plans.get(address, `${staff.id}:${year}`);
}

/**
 * The performance agreement of a unit. What is in force is public (domain section 9); what is under discussion is for the
 * heads in its line, planners, HR and auditors: for the others the plan has no proposal, and before the first agreement
 * there is none. @throws Rejection NOT_FOUND for an unknown unit
 */
export async function readAgreement(
  deps: Deps,
  actor: Actor,
  { unitId, year }: { readonly unitId: string; readonly year: number },
): Promise<Plan | null> {
  const place = await placeOfAgreement(deps, unitId, year);
  const plan = await deps.store.plans.get(place.address, place.planId);
  if (plan === null || plan.proposal === null) return plan;
  if (await permits(deps, actor, 'Plan.proposal', { unitId })) return plan;
  return plan.agreed === null ? null : withoutProposal(plan);
}
