import type { Actor } from '../../domain/access-policy.ts';
import { headOn } from '../../domain/organisation/organisation.ts';
import { assessorOfStaffOn, assessorOn } from '../../domain/organisation/staff.ts';
import type { Plan, PlanContent } from '../../domain/plan/plan.ts';
import type { IsoDate } from '../../domain/time.ts';
import type { Stored } from '../../store/contract/stored.ts';
import { permits } from '../authorise.ts';
import type { Deps } from '../deps.ts';
import { regionToday } from '../region-clock.ts';
import { findPlan, nullWhenRejected, type PlanPlace } from './plan-place.ts';

/** A plan that lines serve, with what is in force of it. */
export interface ServedPlan {
  readonly plan: Stored<Plan>;
  readonly agreed: PlanContent;
}

/**
 * The plans that the lines of an owner may serve, of those that they name: any unit's agreement, which is public once it is in
 * force; the plan of the owner's assessor; and plans that the actor may read. Only what is in force of them is there to be
 * served or compared with, and one that may not be served looks like one that does not exist.
 */
export async function readServedPlans(
  deps: Deps,
  actor: Actor,
  owner: Plan['owner'],
  planIds: readonly string[],
): Promise<ReadonlyMap<string, ServedPlan>> {
  const distinct = [...new Set(planIds)];
  if (distinct.length === 0) return new Map();
  const superior = await superiorOf(deps, owner, await regionToday(deps));
  const found = await Promise.all(
    distinct.map(async (planId): Promise<readonly [string, ServedPlan][]> => {
      const served = await findPlan(deps, planId).catch(nullWhenRejected);
      if (served === null || served.plan.agreed === null) return [];
      return (await mayServe(deps, actor, superior, served.place))
        ? [[planId, { plan: served.plan, agreed: served.plan.agreed }]]
        : [];
    }),
  );
  return new Map(found.flat());
}

const mayServe = async (
  deps: Deps,
  actor: Actor,
  superior: string | null,
  { staff }: PlanPlace,
): Promise<boolean> =>
  staff === undefined
    ? permits(deps, actor, 'Query.agreement')
    : staff.id === superior || permits(deps, actor, 'Query.plan', { staff });

/** Who assesses the owner of a plan; of an agreement, who assesses the unit's head. */
async function superiorOf(deps: Deps, owner: Plan['owner'], today: IsoDate): Promise<string | null> {
  const organisation = await deps.store.organisation.load();
  if (owner.kind === 'STAFF') {
    const staff = await deps.store.staff.get(owner.staffId);
    return staff && assessorOfStaffOn(organisation, staff, today).assessorId;
  }
  const unit = organisation.units.get(owner.unitId);
  const head = (unit && headOn(unit, today)) ?? '';
  return assessorOn(organisation, { staffId: head, unitId: owner.unitId, assessorId: null }, today)
    .assessorId;
}
