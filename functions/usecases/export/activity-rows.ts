import type { Actor } from '../../domain/access-policy.ts';
import type { Activity, ActivityState } from '../../domain/activity/activity.ts';
import { lastDayOf } from '../../domain/calendar.ts';
import type { Row } from '../../domain/export/table.ts';
import { exportWords } from '../../domain/export/words.ts';
import type { Locale } from '../../domain/messages.ts';
import type { Staff } from '../../domain/organisation/staff.ts';
import { planIdOf } from '../../domain/plan/plan.ts';
import { reject } from '../../domain/problem.ts';
import type { IsoDate, Month } from '../../domain/time.ts';
import type { WorkAddress } from '../../store/contract/stored.ts';
import { listActivities } from '../activity/read-activities.ts';
import type { Deps } from '../deps.ts';
import { checkYear } from '../plan/plan-place.ts';
import { readPages } from '../read-all.ts';
import { regionToday } from '../region-clock.ts';
import { staffAddress } from '../work-address.ts';
import { type ExportLimits, inSlices, memberPages, unitsOf } from './export-scope.ts';
import { personCells, unitCells } from './person-cells.ts';
import type { RowsOf } from './rows-of.ts';
import { wordOf } from './value-cells.ts';

const STATES: readonly ActivityState[] = ['REPORTED', 'VERIFIED', 'RETURNED', 'WITHDRAWN'];

/** A month's activities with whose they are, by person and day. */
interface Reported {
  readonly staff: Staff;
  readonly activities: readonly Activity[];
}

/** What one person, or those who serve in the units, reported in a month. */
export const activityRows: RowsOf = async function* (
  deps,
  actor,
  { staffId, unitId, month },
  limits,
  locale,
) {
  const asked = month ?? '';
  checkYear(yearOf(asked));
  const pages =
    staffId === null
      ? ofUnits(deps, actor, { unitId, month: asked }, limits)
      : ofPerson(deps, actor, { staffId, month: asked });
  for await (const reported of pages) yield rowsOfReported(deps, actor, reported, asked, locale);
};

async function rowsOfReported(
  deps: Deps,
  actor: Actor,
  reported: readonly Reported[],
  month: Month,
  locale: Locale,
): Promise<readonly Row[]> {
  const year = yearOf(month);
  const [{ units }, plans] = await Promise.all([
    deps.store.organisation.load(),
    deps.store.plans.getMany(
      reported.flatMap(({ staff }) => {
        const address = staffAddress(staff, year);
        return address === null
          ? []
          : [{ address, planId: planIdOf({ kind: 'STAFF', staffId: staff.id }, year) }];
      }),
    ),
  ]);
  const lines = plans.flatMap((plan) =>
    (plan?.agreed?.lines ?? []).map((line) => [`${plan?.id} ${line.id}`, line] as const),
  );
  const lineOf = new Map(lines);
  const rows = await Promise.all(
    reported.map(async ({ staff, activities }) => {
      const home = staffAddress(staff, year)?.collection.unitId;
      const who = [...(await personCells(deps, actor, staff)), ...unitCells(units.get(home ?? ''))];
      return activities.map(({ day, planId, lineId, title, amount, state, note, returnReason }) => {
        const line = lineOf.get(`${planId} ${lineId}`);
        return [
          day,
          ...who,
          line?.title ?? null,
          title,
          amount,
          line?.measure.unitOfMeasure ?? null,
          wordOf(exportWords.activity, state, locale),
          note,
          returnReason,
        ];
      });
    }),
  );
  return rows.flat();
}

const yearOf = (month: Month): number => Number(month.slice(0, 4));

const daysOf = (month: Month): { readonly from: IsoDate; readonly to: IsoDate } => ({
  from: `${month}-01`,
  to: lastDayOf(month),
});

async function* ofPerson(
  deps: Deps,
  actor: Actor,
  { staffId, month }: { readonly staffId: string; readonly month: Month },
): AsyncGenerator<readonly Reported[]> {
  const staff = await deps.store.staff.get(staffId);
  if (staff === null) throw reject('NOT_FOUND', 'staffId', { id: staffId });
  const filter = { staffId, ...daysOf(month) };
  for await (const activities of readPages((page) => listActivities(deps, actor, filter, page)))
    yield [{ staff, activities }];
}

async function* ofUnits(
  deps: Deps,
  actor: Actor,
  { unitId, month }: { readonly unitId: string | null; readonly month: Month },
  limits: ExportLimits,
): AsyncGenerator<readonly Reported[]> {
  const days = daysOf(month);
  const [units, today] = await Promise.all([unitsOf(deps, unitId), regionToday(deps)]);
  const [day = today] = [today, days.to].sort();
  for await (const members of memberPages(deps, actor, 'Query.activities', { units, day, limits })) {
    const addresses = new Map<string, WorkAddress>();
    for (const { staff } of members) {
      const address = staffAddress(staff, yearOf(month));
      if (address !== null) addresses.set(JSON.stringify(address), address);
    }
    const ofStaff = new Map<string, Activity[]>(members.map(({ staff }) => [staff.id, []]));
    let found = 0;
    const lists = [...addresses.values()].flatMap((address) => STATES.map((state) => ({ address, state })));
    await inSlices(lists, async ({ address, state }) => {
      for await (const activities of readPages((page) =>
        deps.store.activities.ofCollection(address, state, days, page),
      )) {
        for (const activity of activities) {
          const known = ofStaff.get(activity.staffId);
          if (known === undefined) continue;
          known.push(activity);
          found += 1;
        }
        if (found > limits.rows) throw reject('TOO_MANY', 'unitId', { maximum: limits.rows });
      }
    });
    yield members.map(({ staff }) => ({
      staff,
      activities: (ofStaff.get(staff.id) ?? []).toSorted((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1)),
    }));
  }
}

const orderOf = ({ day, id }: Activity): string => `${day} ${id}`;
