import type { Audience, NoticeKind } from '../../domain/notice/notice.ts';
import { headOn } from '../../domain/organisation/organisation.ts';
import { assessorOfStaffOn, assessorOn, isAssessedByRegionalHead } from '../../domain/organisation/staff.ts';
import type { PlanSide } from '../../domain/plan/plan.ts';
import type { Write } from '../../store/contract/stored.ts';
import type { Deps } from '../deps.ts';
import { notify, person } from '../notice/notify.ts';
import { regionToday } from '../region-clock.ts';
import type { PlanPlace } from './plan-place.ts';

/**
 * Tells the other side of a dialogue what happened to a plan or agreement.
 * @param by the side that acted
 * @param occasion the version of the plan after it, or the id of a comment
 */
export async function planNotice(
  deps: Deps,
  kind: NoticeKind,
  place: PlanPlace,
  by: PlanSide,
  occasion: number | string,
): Promise<readonly Write[]> {
  const { planId, owner } = place;
  const to = await otherSide(deps, place, by);
  // Of an own plan one knows whose it is.
  const about =
    owner.kind === 'UNIT' ? { unitId: owner.unitId } : by === 'OWNER' ? { staffId: owner.staffId } : {};
  return notify(deps, { kind, to, refs: { planId, ...about }, occasion });
}

/** Who stands on the other side today: see authoriseOnPlan. Without a head above, the planners; of the plan of a head without one, the personnel office. */
async function otherSide(deps: Deps, place: PlanPlace, by: PlanSide): Promise<readonly Audience[]> {
  const [organisation, today] = await Promise.all([deps.store.organisation.load(), regionToday(deps)]);
  if (place.staff !== undefined) {
    if (by === 'SUPERIOR') return person(place.staff.id);
    if (isAssessedByRegionalHead(organisation, place.staff, today))
      return [{ kind: 'ROLE', role: 'HR_ADMIN' }];
    return person(assessorOfStaffOn(organisation, place.staff, today).assessorId);
  }
  const head = headOn(place.unit, today);
  if (by === 'SUPERIOR') return person(head);
  const placed = { staffId: head ?? '', unitId: place.unit.id, assessorId: null };
  const { assessorId } = assessorOn(organisation, placed, today);
  return assessorId === null ? [{ kind: 'ROLE', role: 'PLANNER' }] : person(assessorId);
}
