import { type Activity, monthOfDay } from '../../domain/activity/activity.ts';
import { deriveRealisation } from '../../domain/activity/derivation.ts';
import type { Write } from '../../store/contract/stored.ts';
import type { Deps } from '../deps.ts';
import type { ActivityGrant } from './activity-place.ts';

/**
 * The month's realisation as it is with an activity after its verification or return, to be written in the same transaction; nothing
 * where the line's figures do not come from activities.
 * @param reason why the activity was returned
 */
export async function derivedRealisation(
  deps: Deps,
  { place, plan }: ActivityGrant,
  after: Activity,
  reason: string | null,
): Promise<readonly Write[]> {
  const line = plan.agreed?.lines.find(({ id }) => id === after.lineId);
  // A line that has left the plan counts for nothing any more.
  if (line === undefined) return [];
  const { activities, realisations } = deps.store;
  const key = { planId: plan.id, lineId: line.id, month: monthOfDay(after.day) };
  // First the figure, then what it is made of: whoever changes one of these meanwhile has also changed the version of the figure,
  // on which this transaction depends.
  const before = await realisations.get(place.address, key);
  const ofMonth = await activities.ofMonth(place.address, plan.id, key.month);
  const now = [...ofMonth.filter(({ id }) => id !== after.id), after];
  const derived = deriveRealisation(plan.owner, line, key, before, now, reason, deps.now());
  return derived === null ? [] : [realisations.save(place.address, before, derived)];
}
