import type { Actor } from '../../domain/access-policy.ts';
import { periodOf } from '../../domain/period/span.ts';
import type { WorkAddress } from '../../store/contract/stored.ts';
import type { AuditedWork, AuditStore } from '../../store/store.ts';
import { authorise } from '../authorise.ts';
import type { Deps } from '../deps.ts';
import { readPlanId } from '../plan/plan-place.ts';
import { agreementAddress, staffAddress } from '../work-address.ts';

/** Recomputes an entity's trail, also against the entity itself. @throws Rejection FORBIDDEN */
export async function verifyTrail(
  deps: Deps,
  actor: Actor,
  entity: string,
): ReturnType<AuditStore['verify']> {
  await authorise(deps, actor, 'Query.auditTrail');
  const work = deps.store.audit.workOf(entity);
  return deps.store.audit.verify(entity, work && (await addressOf(deps, work)));
}

/** Where the work of a year lies that a trail is about; null for ids of nobody. */
async function addressOf(deps: Deps, work: AuditedWork): Promise<WorkAddress | null> {
  const plan = work.planId === undefined ? null : readPlanId(work.planId);
  if (plan?.owner.kind === 'UNIT') return agreementAddress(plan.owner.unitId, plan.year);
  const staffId = plan?.owner.staffId ?? work.staffId;
  const year = plan?.year ?? periodOf(work.periodId ?? '')?.year;
  const staff = staffId === undefined ? null : await deps.store.staff.get(staffId);
  return staff === null || year === undefined ? null : staffAddress(staff, year);
}
