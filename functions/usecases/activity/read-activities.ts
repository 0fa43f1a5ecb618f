import type { Actor } from '../../domain/access-policy.ts';
import { type Activity, type ActivityState, readActivityId } from '../../domain/activity/activity.ts';
import { isDate } from '../../domain/calendar.ts';
import { planIdOf } from '../../domain/plan/plan.ts';
import { type Problem, problem, reject, rejectIf } from '../../domain/problem.ts';
import type { IsoDate } from '../../domain/time.ts';
import type { Days } from '../../store/contract/activity.ts';
import type { PageRequest } from '../../store/contract/stored.ts';
import { authorise } from '../authorise.ts';
import type { Deps } from '../deps.ts';
import { checkYear, nullWhenRejected, placeOfPlan } from '../plan/plan-place.ts';
import { type PartialPage, readThrough, type Source } from '../read-through.ts';
import { regionToday } from '../region-clock.ts';
import { staffAddress } from '../work-address.ts';

/** An activity that the actor may read; null when there is none. @throws Rejection FORBIDDEN */
export async function readActivity(deps: Deps, actor: Actor, id: string): Promise<Activity | null> {
  const planId = readActivityId(id)?.planId;
  const place = planId === undefined ? null : await placeOfPlan(deps, planId).catch(nullWhenRejected);
  if (place?.staff === undefined) return null;
  await authorise(deps, actor, 'Query.activity', { staff: place.staff });
  return deps.store.activities.get(place.address, id);
}

export interface ActivityFilter {
  readonly staffId: string;
  readonly from?: IsoDate | null | undefined;
  readonly to?: IsoDate | null | undefined;
  readonly lineId?: string | null | undefined;
  readonly states?: readonly ActivityState[] | null | undefined;
}

/**
 * What somebody reported, by day; without days given, from the beginning of the year up to today.
 * @throws Rejection NOT_FOUND, FORBIDDEN, INVALID_FORMAT, OUT_OF_RANGE, INVALID_CURSOR
 */
export async function listActivities(
  deps: Deps,
  actor: Actor,
  filter: ActivityFilter,
  page: PageRequest,
): Promise<PartialPage<Activity>> {
  const staff = await deps.store.staff.get(filter.staffId);
  if (staff === null) throw reject('NOT_FOUND', 'filter.staffId', { id: filter.staffId });
  await authorise(deps, actor, 'Query.activities', { staff });
  const today = await regionToday(deps);
  const days = readDays(filter, { from: `${(filter.to ?? today).slice(0, 4)}-01-01`, to: today });
  const sources = yearsOf(days).flatMap((year): Source<Activity>[] => {
    const address = staffAddress(staff, year);
    const planId = planIdOf({ kind: 'STAFF', staffId: staff.id }, year);
    return address === null
      ? []
      : [{ key: planId, read: (request) => deps.store.activities.ofPlan(address, planId, days, request) }];
  });
  const { lineId, states } = filter;
  const wanted = (activity: Activity): boolean =>
    (lineId == null || activity.lineId === lineId) && (states == null || states.includes(activity.state));
  return readThrough(sources, wanted, page);
}

/** Years that one list may reach over: enough for December in January. */
const MOST_YEARS = 2;

/** The days of a filter, or the usual ones. @throws Rejection INVALID_FORMAT, OUT_OF_RANGE */
export function readDays(given: Pick<ActivityFilter, 'from' | 'to'>, usual: Days): Days {
  const days: Days = { from: given.from ?? usual.from, to: given.to ?? usual.to };
  const problems: Problem[] = [];
  for (const end of ['from', 'to'] as const)
    if (!isDate(days[end])) problems.push(problem('INVALID_FORMAT', `filter.${end}`, { value: days[end] }));
  rejectIf(problems);
  for (const end of [days.from, days.to]) checkYear(Number(end.slice(0, 4)));
  const [first, last] = [Number(days.from.slice(0, 4)), Number(days.to.slice(0, 4))];
  if (days.from > days.to) throw reject('OUT_OF_RANGE', 'filter.to', { minimum: days.from });
  if (last - first >= MOST_YEARS)
    throw reject('OUT_OF_RANGE', 'filter.from', { minimum: `${last - MOST_YEARS + 1}-01-01` });
  return days;
}

/** The years that some days lie in. */
export const yearsOf = ({ from, to }: Days): readonly number[] => {
  const [first, last] = [Number(from.slice(0, 4)), Number(to.slice(0, 4))];
  return Array.from({ length: last - first + 1 }, (_, at) => first + at);
};
