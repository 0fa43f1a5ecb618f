import type { Actor } from '../../domain/access-policy.ts';
import { type CountedActivity, countedActivities } from '../../domain/activity/derivation.ts';
import { isMonth } from '../../domain/calendar.ts';
import type { Realisation } from '../../domain/indicator/realisation.ts';
import { problem, reject, rejectIf } from '../../domain/problem.ts';
import { authorise } from '../authorise.ts';
import type { Deps } from '../deps.ts';
import { placeOfPlan } from '../plan/plan-place.ts';
import type { RealisationKey } from '../realisation/change-realisation.ts';

/** A month's figure, and the verified activities that make it. */
export interface RealisationTrace {
  readonly realisation: Realisation;
  /** In the order of their days; none for a figure that somebody reported. */
  readonly activities: readonly CountedActivity[];
}

/**
 * What a month's realisation was built from; null when there is none.
 * @throws Rejection NOT_FOUND, INVALID_FORMAT, FORBIDDEN
 */
export async function traceRealisation(
  deps: Deps,
  actor: Actor,
  key: RealisationKey,
): Promise<RealisationTrace | null> {
  const place = await placeOfPlan(deps, key.planId);
  if (place.staff === undefined) throw reject('NOT_FOUND', 'planId', { id: key.planId });
  await authorise(deps, actor, 'Query.realisationTrace', { staff: place.staff });
  rejectIf(isMonth(key.month) ? [] : [problem('INVALID_FORMAT', 'month', { value: key.month })]);
  const [realisation, activities] = await Promise.all([
    deps.store.realisations.get(place.address, key),
    deps.store.activities.ofMonth(place.address, key.planId, key.month),
  ]);
  if (realisation === null) return null;
  return {
    realisation,
    activities: realisation.activities === null ? [] : countedActivities(activities, key),
  };
}
