import type { Actor } from '../../domain/access-policy.ts';
import { monthsBetween } from '../../domain/calendar.ts';
import {
  childrenOf,
  headOn,
  type Organisation,
  type Unit,
  unitsHeadedOn,
} from '../../domain/organisation.ts';
import { monthsOf, type Period } from '../../domain/period.ts';
import { type Plan, planIdOf } from '../../domain/plan.ts';
import type { RaterGroup } from '../../domain/rating.ts';
import { assessorOfStaffOn, type Staff } from '../../domain/staff.ts';
import type { Instant, IsoDate, Month } from '../../domain/time.ts';
import type { WorkAddress } from '../../store/store.ts';
import { authorise } from '../authorise.ts';
import type { Deps } from '../deps.ts';
import { ratingDay } from '../rating/rating-day.ts';
import { readAll } from '../read-all.ts';
import { regionToday } from '../region-clock.ts';
import { agreementAddress, staffAddress } from '../work-address.ts';

export type TaskKind = 'AGREE_PLAN' | 'ANSWER_CHANGE_REQUEST' | 'VERIFY_REALISATIONS' | 'SUBMIT_RATING';

/** Something that waits for a person. */
export interface Task {
  readonly id: string;
  readonly kind: TaskKind;
  readonly staffId: string | null;
  readonly unitId: string | null;
  readonly planId: string | null;
  readonly periodId: string | null;
  readonly group: RaterGroup | null;
  readonly count: number;
  readonly deadline: Instant | null;
}

/**
 * What waits for a person: plans and agreements to agree, change requests to answer, realisations to verify, ratings due (of
 * those whom they assess, of themselves, of their superior). Most urgent first; what has no date comes last.
 *
 * Reads the staff of the units that the person heads, and of each of their work collections one query for plans and one for
 * realisations: as much as a unit is large, not more. @throws Rejection UNAUTHENTICATED
 */
export async function myTasks(deps: Deps, actor: Actor): Promise<readonly Task[]> {
  await authorise(deps, actor, 'Query.myTasks');
  if (actor.staffId === null) return [];
  const [organisation, today, self, periods] = await Promise.all([
    deps.store.organisation.load(),
    regionToday(deps),
    deps.store.staff.get(actor.staffId),
    deps.store.periods.list(),
  ]);
  const me: Me = { staffId: actor.staffId, self, organisation, today, isPlanner: isPlanner(actor) };
  const open = periods.filter(({ state }) => state === 'OPEN');
  const assessed = await staffAssessedBy(deps, me);
  const [plans, realisations, ratings] = await Promise.all([
    planTasks(deps, me, assessed),
    realisationTasks(deps, me, assessed, open),
    ratingTasks(deps, me, assessed, open),
  ]);
  return [...plans, ...realisations, ...ratings].sort(byUrgency);
}

interface Me {
  readonly staffId: string;
  /** Null for an account of nobody who serves. */
  readonly self: Staff | null;
  readonly organisation: Organisation;
  readonly today: IsoDate;
  readonly isPlanner: boolean;
}

const isPlanner = ({ roles }: Actor): boolean => roles.has('PLANNER') && !roles.has('AUDITOR');

/** After every instant. */
const NEVER = '9999';

const byUrgency = (a: Task, b: Task): number => {
  const left = `${a.deadline ?? NEVER} ${a.id}`;
  const right = `${b.deadline ?? NEVER} ${b.id}`;
  return left < right ? -1 : left > right ? 1 : 0;
};

/** The people whom one assesses today: staff of the units that one heads, heads of the units below, and delegated ones. */
async function staffAssessedBy(deps: Deps, { staffId, organisation, today }: Me): Promise<readonly Staff[]> {
  const headed = unitsHeadedOn(organisation, staffId, today);
  const headIds = new Set(headed.flatMap((unit) => headsBelow(organisation, unit, today)));
  const [ofUnits, named, heads] = await Promise.all([
    Promise.all(headed.map(({ id }) => readAll((page) => deps.store.staff.ofUnit(id, page)))),
    readAll((page) => deps.store.staff.ofNamedAssessor(staffId, page)),
    deps.store.staff.getMany([...headIds]),
  ]);
  const candidates = new Map(
    [...ofUnits.flat(), ...named, ...heads].flatMap((staff) => (staff === null ? [] : [[staff.id, staff]])),
  );
  return [...candidates.values()].filter(
    (staff) => assessorOfStaffOn(organisation, staff, today).assessorId === staffId,
  );
}

/** Heads of the units below; where a post is vacant, those further down. */
function headsBelow(organisation: Organisation, unit: Unit, today: IsoDate): string[] {
  return childrenOf(organisation, unit.id).flatMap((child) => {
    const head = headOn(child, today);
    return head === null ? headsBelow(organisation, child, today) : [head];
  });
}

/** Units whose agreement one answers on the upper side: those below the units one heads; for a planner also the roots. */
function unitsBelow({ staffId, organisation, today, isPlanner: planner }: Me): readonly Unit[] {
  const below = unitsHeadedOn(organisation, staffId, today).flatMap((unit) =>
    childrenOf(organisation, unit.id),
  );
  const roots = planner ? childrenOf(organisation, null) : [];
  return [...new Set([...below, ...roots])].filter(
    (unit) => unit.retiredFrom === null && headOn(unit, today) !== staffId,
  );
}

async function planTasks(deps: Deps, me: Me, assessed: readonly Staff[]): Promise<Task[]> {
  const year = Number(me.today.slice(0, 4));
  // Plans of the year to come are discussed before it begins.
  const years = [year, year + 1];
  const wanted: { readonly address: WorkAddress; readonly planId: string; readonly mine: boolean }[] = [];
  const add = (address: WorkAddress | null, planId: string, mine: boolean): void => {
    if (address !== null) wanted.push({ address, planId, mine });
  };
  for (const each of years) {
    if (me.self !== null) {
      add(staffAddress(me.self, each), planIdOf({ kind: 'STAFF', staffId: me.staffId }, each), true);
    }
    for (const staff of assessed) {
      add(staffAddress(staff, each), planIdOf({ kind: 'STAFF', staffId: staff.id }, each), false);
    }
    for (const unit of unitsHeadedOn(me.organisation, me.staffId, me.today)) {
      add(agreementAddress(unit.id, each), planIdOf({ kind: 'UNIT', unitId: unit.id }, each), true);
    }
    for (const unit of unitsBelow(me)) {
      add(agreementAddress(unit.id, each), planIdOf({ kind: 'UNIT', unitId: unit.id }, each), false);
    }
  }
  const plans = await deps.store.plans.getMany(wanted.map(({ address, planId }) => ({ address, planId })));
  return plans.flatMap((plan, at) => {
    if (plan === null) return [];
    const proposedByMe = (plan.proposedBy === 'OWNER') === (wanted[at]?.mine ?? false);
    if (plan.proposalState === 'PROPOSED' && !proposedByMe) return [planTask('AGREE_PLAN', plan)];
    if (plan.proposalState === 'CHANGES_REQUESTED' && proposedByMe) {
      return [planTask('ANSWER_CHANGE_REQUEST', plan)];
    }
    return [];
  });
}

const planTask = (kind: TaskKind, { id, owner }: Plan): Task => ({
  id: `${kind}:${id}`,
  kind,
  staffId: owner.kind === 'STAFF' ? owner.staffId : null,
  unitId: owner.kind === 'UNIT' ? owner.unitId : null,
  planId: id,
  periodId: null,
  group: null,
  count: 1,
  deadline: null,
});

/** One task a plan and period: so many reports of its months wait. */
async function realisationTasks(
  deps: Deps,
  me: Me,
  assessed: readonly Staff[],
  open: readonly Period[],
): Promise<Task[]> {
  // A month's report is due with the first of its open periods to close.
  const deadlineOf = new Map<Month, Period>();
  for (const period of [...open].sort((a, b) => (a.closesAt < b.closesAt ? -1 : 1))) {
    for (const month of monthsOf(period)) if (!deadlineOf.has(month)) deadlineOf.set(month, period);
  }
  const months = [...deadlineOf.keys()].sort();
  const [first, last] = [months.at(0), months.at(-1)];
  if (first === undefined || last === undefined) return [];

  const collections = new Map<string, WorkAddress>();
  const planIds = new Set<string>();
  const wanted = (address: WorkAddress | null, planId: string): void => {
    if (address === null) return;
    collections.set(JSON.stringify(address), address);
    planIds.add(planId);
  };
  for (const year of new Set(months.map((month) => Number(month.slice(0, 4))))) {
    for (const staff of assessed) {
      wanted(staffAddress(staff, year), planIdOf({ kind: 'STAFF', staffId: staff.id }, year));
    }
    for (const unit of unitsBelow(me)) {
      wanted(agreementAddress(unit.id, year), planIdOf({ kind: 'UNIT', unitId: unit.id }, year));
    }
  }
  const found = await Promise.all(
    [...collections.values()].map((address) => {
      const [from = '', to = ''] = within(address.year, first, last);
      return from === '' ? [] : deps.store.realisations.ofCollection(address, from, to);
    }),
  );
  const waiting = found
    .flat()
    .filter(
      ({ planId, state, month }) => state === 'REPORTED' && planIds.has(planId) && deadlineOf.has(month),
    );
  const groups = Map.groupBy(waiting, ({ planId, month }) => `${planId} ${deadlineOf.get(month)?.id ?? ''}`);
  return [...groups].flatMap(([key, realisations]) => {
    const period = deadlineOf.get(realisations[0]?.month ?? '');
    const planId = realisations[0]?.planId;
    if (period === undefined || planId === undefined) return [];
    const unitId = /^unit:(.+):\d{4}$/.exec(planId)?.[1] ?? null;
    return [
      {
        id: `VERIFY_REALISATIONS:${key}`,
        kind: 'VERIFY_REALISATIONS' as const,
        staffId: unitId === null ? planId.slice(0, planId.lastIndexOf(':')) : null,
        unitId,
        planId,
        periodId: period.id,
        group: null,
        count: realisations.length,
        deadline: period.closesAt,
      },
    ];
  });
}

/** The months of a year between two months, first and last; none: empty. */
const within = (year: number, first: Month, last: Month): readonly Month[] => {
  const months = monthsBetween(first, last).filter((month) => Number(month.slice(0, 4)) === year);
  return [months.at(0), months.at(-1)].filter((month) => month !== undefined);
};

/** Ratings due in the open periods that have begun: of those one assesses, of oneself, of one's superior. */
async function ratingTasks(
  deps: Deps,
  me: Me,
  assessed: readonly Staff[],
  open: readonly Period[],
): Promise<Task[]> {
  const begun = open.filter(({ start }) => start <= me.today);
  const tasks = await Promise.all(
    begun.map(async (period): Promise<Task[]> => {
      const day = ratingDay(period, me.today);
      const superior = me.self && assessorOfStaffOn(me.organisation, me.self, day).assessorId;
      const due: { readonly rateeId: string; readonly group: RaterGroup }[] = [
        ...assessed.map(({ id }) => ({ rateeId: id, group: 'SUPERIOR' as const })),
        ...(me.self === null ? [] : [{ rateeId: me.staffId, group: 'SELF' as const }]),
        ...(superior === null ? [] : [{ rateeId: superior, group: 'SUBORDINATE' as const }]),
      ];
      const done = new Set(
        (await deps.store.ratings.ratedBy(me.staffId, period.id)).map(
          ({ rateeId, group }) => `${group} ${rateeId}`,
        ),
      );
      return due
        .filter(({ rateeId, group }) => !done.has(`${group} ${rateeId}`))
        .map(({ rateeId, group }) => ({
          id: `SUBMIT_RATING:${period.id}:${group}:${rateeId}`,
          kind: 'SUBMIT_RATING' as const,
          staffId: rateeId,
          unitId: null,
          planId: null,
          periodId: period.id,
          group,
          count: 1,
          deadline: period.closesAt,
        }));
    }),
  );
  return tasks.flat();
}
