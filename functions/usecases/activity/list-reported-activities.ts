import type { Actor } from '../../domain/access-policy.ts';
import { type Activity, type ActivityState, monthOfDay } from '../../domain/activity/activity.ts';
import { addDays } from '../../domain/calendar.ts';
import type { IsoDate } from '../../domain/time.ts';
import type { PageRequest, WorkAddress } from '../../store/contract/stored.ts';
import { authorise } from '../authorise.ts';
import type { Deps } from '../deps.ts';
import { type PartialPage, readThrough, type Source } from '../read-through.ts';
import { regionToday } from '../region-clock.ts';
import { staffAssessedBy } from '../task/my-tasks.ts';
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
 * What the people whom the actor assesses today reported, in one state, by day; without days given, from the beginning of the
 * month before today's. Looks at 500 people at most, and reads the lists of the work collections in which their plans lie.
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
  const [organisation, today] = await Promise.all([deps.store.organisation.load(), regionToday(deps)]);
  const lastMonth = monthOfDay(addDays(`${monthOfDay(today)}-01`, -1));
  const days = readDays(filter, { from: `${lastMonth}-01`, to: today });
  const people = await staffAssessedBy(deps, { staffId: actor.staffId, organisation, today }, today);

  const { state = 'REPORTED' } = filter;
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
