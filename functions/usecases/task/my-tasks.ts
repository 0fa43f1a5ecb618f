import { type Actor, isRegionalHeadsOffice } from '../../domain/access-policy.ts';
import type { Realisation } from '../../domain/indicator/realisation.ts';
import { isOwnUnit } from '../../domain/organisation/leading.ts';
import {
  childrenOf,
  headOn,
  isActiveOn,
  type Unit,
  unitsHeadedOn,
} from '../../domain/organisation/organisation.ts';
import type { Staff } from '../../domain/organisation/staff.ts';
import type { Period } from '../../domain/period/period.ts';
import { isOwnProposal, type Plan, planIdOf } from '../../domain/plan/plan.ts';
import type { IsoDate, Month } from '../../domain/time.ts';
import type { WorkAddress } from '../../store/contract/stored.ts';
import { authorise } from '../authorise.ts';
import type { Deps } from '../deps.ts';
import { objectionTasks } from '../objection/objection-tasks.ts';
import { acceptingMonths } from '../realisation/accepting-periods.ts';
import { regionToday } from '../region-clock.ts';
import { agreementAddress, staffAddress } from '../work-address.ts';
import { carryoverTasks } from './carryover-tasks.ts';
import { followUpTasks, guidanceTasks } from './follow-up-tasks.ts';
import { inPlaceTasks } from './in-place-tasks.ts';
import { jointTasks } from './joint-tasks.ts';
import { officeTasks } from './office-tasks.ts';
import { ratingTasks } from './rating-tasks.ts';
import { reportTasks } from './report-tasks.ts';
import { staffAssessedBy, staffOfRegionalHead } from './staff-assessed.ts';
import { type Me, TASK_LIMITS, type Task, type TaskKind, taskOf } from './task.ts';
import { unitTasks } from './unit-tasks.ts';

/**
 * What waits for a person: plans and agreements to agree, change requests to answer, figures to report and to verify, proposals to
 * use the result of the period before, parts in work across units to decide, what follows from results as far as a leader decides it,
 * guidance to look at again, ratings due (of those whom they assess on the period's day of rating, of themselves, of their superior, of
 * peers to whom they are assigned; where the policy has no peers chosen, whom one rates as a peer is one's own choice), and what waits
 * in an office that they have. Most urgent first; what has no date comes last.
 *
 * Reads the first staff of the units that the person heads, their plans in batches, and of each of their work collections the
 * reports that wait, most urgent first, up to the limits. @throws Rejection UNAUTHENTICATED
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
  const me: Me = {
    actorId: actor.id,
    staffId: actor.staffId,
    self,
    organisation,
    today,
    isPlanner: isPlanner(actor),
    isOffice: isRegionalHeadsOffice(actor),
  };
  const open = periods.filter(({ state }) => state === 'OPEN');
  const [assessed, ofRegionalHead] = await Promise.all([
    staffAssessedBy(deps, me, today),
    staffOfRegionalHead(deps, me, today),
  ]);
  const answered = [...assessed, ...ofRegionalHead];
  const accepting = acceptingMonths(periods, today);
  const assessedOnDays = new Map([[today, Promise.resolve(assessed)]]);
  const assessedOn = (day: IsoDate): Promise<readonly Staff[]> => {
    const found = assessedOnDays.get(day) ?? staffAssessedBy(deps, me, day);
    assessedOnDays.set(day, found);
    return found;
  };
  const tasks = await Promise.all([
    planTasks(deps, me, answered),
    reportTasks(deps, me, accepting),
    realisationTasks(deps, me, answered, accepting),
    ratingTasks(deps, me, open, assessedOn),
    carryoverTasks(deps, me, open, assessedOn),
    jointTasks(deps, me, assessed),
    followUpTasks(deps, me, assessed),
    guidanceTasks(deps, me, assessed),
    unitTasks(deps, me, open),
    inPlaceTasks(deps, me, open),
    objectionTasks(deps, actor, me),
    officeTasks(deps, me, periods),
  ]);
  return tasks.flat().sort(byUrgency);
}

const isPlanner = ({ roles }: Actor): boolean => roles.has('PLANNER') && !roles.has('AUDITOR');

/** After every instant. */
const NEVER = '9999';

const byUrgency = (a: Task, b: Task): number => {
  const left = `${a.deadline ?? NEVER} ${a.id}`;
  const right = `${b.deadline ?? NEVER} ${b.id}`;
  return left < right ? -1 : left > right ? 1 : 0;
};

/** Units whose agreement one answers on the upper side: those below the units one heads; for a planner also the roots where they do not serve. */
function unitsBelow({ staffId, self, organisation, today, isPlanner: planner }: Me): readonly Unit[] {
  const below = unitsHeadedOn(organisation, staffId, today).flatMap((unit) =>
    childrenOf(organisation, unit.id),
  );
  const roots = planner
    ? childrenOf(organisation, null).filter(({ id }) => !isOwnUnit(organisation, self, id, today))
    : [];
  return [...new Set([...below, ...roots])].filter(
    (unit) => isActiveOn(unit, today) && headOn(unit, today) !== staffId,
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
  const plans = await deps.store.plans.awaitingAnswer(
    wanted.map(({ address, planId }) => ({ address, planId })),
  );
  return plans.flatMap((plan, at) => {
    if (plan === null) return [];
    const side = wanted[at]?.mine ? 'OWNER' : 'SUPERIOR';
    if (plan.proposalState === 'PROPOSED')
      return isOwnProposal(plan, { side, personId: me.staffId }) ? [] : [planTask('AGREE_PLAN', plan)];
    return plan.proposedBy === side ? [planTask('ANSWER_CHANGE_REQUEST', plan)] : [];
  });
}

const planTask = (kind: TaskKind, { id, owner }: Plan): Task =>
  taskOf(kind, id, {
    staffId: owner.kind === 'STAFF' ? owner.staffId : null,
    unitId: owner.kind === 'UNIT' ? owner.unitId : null,
    planId: id,
  });

/** Whether a month comes right after another of the same year. */
const follows = (before: Month, month: Month): boolean =>
  before.slice(0, 4) === month.slice(0, 4) && Number(month.slice(5)) === Number(before.slice(5)) + 1;

/** One task a plan and period: so many reports of its months wait. */
async function realisationTasks(
  deps: Deps,
  me: Me,
  assessed: readonly Staff[],
  deadlineOf: ReadonlyMap<Month, Period>,
): Promise<Task[]> {
  const months = [...deadlineOf.keys()].sort();
  // Months in a row that are due with the same period are read together: the most urgent first, the latest before the earlier.
  const spans: { readonly from: Month; to: Month; readonly period: Period }[] = [];
  for (const month of months) {
    const last = spans.at(-1);
    const period = deadlineOf.get(month);
    if (last !== undefined && last.period === period && follows(last.to, month)) last.to = month;
    else if (period !== undefined) spans.push({ from: month, to: month, period });
  }
  spans.sort((a, b) =>
    a.period.closesAt === b.period.closesAt
      ? b.from.localeCompare(a.from)
      : a.period.closesAt.localeCompare(b.period.closesAt),
  );

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
  const found: Realisation[] = [];
  for (const { from, to } of spans) {
    if (found.length >= TASK_LIMITS.reports) break;
    const ofYear = [...collections.values()].filter(({ year }) => String(year) === from.slice(0, 4));
    const reports = await Promise.all(
      ofYear.map((address) => deps.store.realisations.reportedIn(address, from, to)),
    );
    found.push(...reports.flat());
  }
  const waiting = found.filter(({ planId, reportedBy }) => reportedBy !== me.actorId && planIds.has(planId));
  const groups = Map.groupBy(waiting, ({ planId, month }) => `${planId} ${deadlineOf.get(month)?.id ?? ''}`);
  return [...groups].flatMap(([key, realisations]) => {
    const period = deadlineOf.get(realisations[0]?.month ?? '');
    const planId = realisations[0]?.planId;
    if (period === undefined || planId === undefined) return [];
    const unitId = /^unit:(.+):\d{4}$/.exec(planId)?.[1] ?? null;
    return [
      taskOf('VERIFY_REALISATIONS', key, {
        staffId: unitId === null ? planId.slice(0, planId.lastIndexOf(':')) : null,
        unitId,
        planId,
        periodId: period.id,
        count: realisations.length,
        deadline: period.closesAt,
      }),
    ];
  });
}
