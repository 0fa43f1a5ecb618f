import type { Actor } from '../../domain/access-policy.ts';
import { type Activity, type ActivityState, monthOfDay } from '../../domain/activity/activity.ts';
import { addDays, monthsBetween } from '../../domain/calendar.ts';
import type { Period } from '../../domain/period/period.ts';
import { periodsCovering } from '../../domain/period/span.ts';
import type { IsoDate } from '../../domain/time.ts';
import type { PageRequest, WorkAddress } from '../../store/contract/stored.ts';
import { authorise } from '../authorise.ts';
import type { Deps } from '../deps.ts';
import { type PartialPage, readThrough, type Source } from '../read-through.ts';
import { checkAccepting } from '../realisation/accepting-periods.ts';
import { regionToday } from '../region-clock.ts';
import { staffAssessedBy } from '../task/staff-assessed.ts';
import { staffAddress } from '../work-address.ts';
import { readDays, yearsOf } from './read-activities.ts';

export interface ReportedFilter {
  /** What waits to be verified if left out. */
  readonly state?: ActivityState | undefined;
  readonly from?: IsoDate | null | undefined;
  readonly to?: IsoDate | null | undefined;
}

const NOBODY: PartialPage<Activity> = { items: [], hasMore: false, end: null };

/**
 * What the people whom the actor assesses today reported, in one state, by day; without days given, from the first month whose
 * activities can still be verified, and in another state than REPORTED from the beginning of the month before today's. Looks at 500
 * people at most, and reads the lists of the work collections in which their plans lie.
 * @throws Rejection UNAUTHENTICATED, INVALID_FORMAT, OUT_OF_RANGE, INVALID_CURSOR
 */
export async function listReportedActivities(
  deps: Deps,
  actor: Actor,
  filter: ReportedFilter,
  page: PageRequest,
): Promise<PartialPage<Activity>> {
  await authorise(deps, actor, 'Query.reportedActivities');
  if (actor.staffId === null) return NOBODY;
  const { state = 'REPORTED' } = filter;
  const [organisation, today, periods] = await Promise.all([
    deps.store.organisation.load(),
    regionToday(deps),
    deps.store.periods.list(),
  ]);
  const from = (state === 'REPORTED' ? firstAccepting(periods, today) : null) ?? beginOfLastMonth(today);
  const days = readDays(filter, { from, to: today });
  const people = await staffAssessedBy(deps, { staffId: actor.staffId, organisation, today }, today);

  const sources = new Map<string, Source<Activity>>();
  for (const year of yearsOf(days)) {
    for (const person of people) {
      const address = staffAddress(person, year);
      if (address !== null) sources.set(keyOf(address), sourceAt(deps, address, state, days));
    }
  }
  const ids = new Set(people.map(({ id }) => id));
  return readThrough([...sources.values()], ({ staffId }) => ids.has(staffId), page);
}

const beginOfLastMonth = (today: IsoDate): IsoDate =>
  `${monthOfDay(addDays(`${monthOfDay(today)}-01`, -1))}-01`;

/** The first day, since the beginning of last year, of which an activity can still be verified; null: of none. */
function firstAccepting(periods: readonly Period[], today: IsoDate): IsoDate | null {
  const known = new Map(periods.map((period) => [period.id, period]));
  const month = monthsBetween(`${Number(today.slice(0, 4)) - 1}-01`, monthOfDay(today)).find(
    (each) =>
      checkAccepting(
        periodsCovering(each).flatMap((id) => known.get(id) ?? []),
        each,
        today,
      ).length === 0,
  );
  return month === undefined ? null : `${month}-01`;
}

const keyOf = ({ year, collection }: WorkAddress): string =>
  `${year} ${collection.unitId} ${collection.shard}`;

const sourceAt = (
  deps: Deps,
  address: WorkAddress,
  state: ActivityState,
  days: ReturnType<typeof readDays>,
): Source<Activity> => ({
  key: keyOf(address),
  read: (request) => deps.store.activities.ofCollection(address, state, days, request),
});
