import { localDateOf } from '../../domain/calendar.ts';
import type { Realisation } from '../../domain/indicator/realisation.ts';
import { isActiveOn, type Organisation, type Unit } from '../../domain/organisation/organisation.ts';
import { homeOf, isSameCollection, type Membership, wasMemberOn } from '../../domain/organisation/staff.ts';
import { isClosed, type Period } from '../../domain/period/period.ts';
import { type Policy, policyOn } from '../../domain/period/policy.ts';
import type { Plan } from '../../domain/plan/plan.ts';
import { planIdOf } from '../../domain/plan/plan.ts';
import { lastMonthOver, planProgress } from '../../domain/progress/progress.ts';
import { countLacking, countPaces, type PersonProgress } from '../../domain/progress/unit-progress.ts';
import type { IsoDate, Month } from '../../domain/time.ts';
import type { WorkAddress } from '../../store/contract/stored.ts';
import type { Duty } from '../close/duty.ts';
import type { Deps } from '../deps.ts';
import { regionOffset, regionToday } from '../region-clock.ts';

type ProgressDeps = Pick<Deps, 'store' | 'now'>;

/** Of the starter's five minutes. */
const LOOKING_MILLISECONDS = 180_000;

/**
 * Looks once a day at how every unit's staff stand, unit by unit: a region's figures come from many thousand plans, which no
 * request may read. May be repeated and die half-way: what was looked at today is passed over, and a look replaces the one
 * before. The year before is looked at until its periods take nothing any more: December's figures come in January.
 * After three minutes the rest is left to the next hour, the longest unseen first.
 */
export const refreshProgress: Duty = async (deps, report) => {
  const begun = Date.parse(deps.now());
  const [organisation, policies, periods, today, offset] = await Promise.all([
    deps.store.organisation.load(),
    deps.store.policies.list(),
    deps.store.periods.list(),
    regionToday(deps),
    regionOffset(deps),
  ]);
  const year = Number(today.slice(0, 4));
  const before = lastToTake(periods, year - 1, today, offset);
  const looks = await looksDue(deps, organisation, today, { year, on: today, until: today });
  if (before !== null) {
    const yearBefore = { year: year - 1, on: `${year - 1}-12-31`, until: before };
    looks.push(...(await looksDue(deps, organisation, today, yearBefore)));
  }
  const ageOf = ({ last, unit }: Look): string => `${last} ${unit.id}`;
  const looked: string[] = [];
  for (const look of looks.sort((a, b) => (ageOf(a) < ageOf(b) ? -1 : 1))) {
    if (Date.parse(deps.now()) - begun >= LOOKING_MILLISECONDS) break;
    try {
      await lookAtUnit(deps, look, today, policyOn(policies, today));
      looked.push(look.unit.id);
    } catch (error) {
      report(look.unit.id, error);
    }
  }
  return looked;
};

interface Look {
  readonly unit: Unit;
  readonly year: number;
  /** Whose members it is about: those of this day. */
  readonly on: IsoDate;
  /** Day of the look before; empty before the first. */
  readonly last: IsoDate;
}

/** The last day on which figures of a year may have come; today while one of its periods is open, null without any. */
const lastToTake = (
  periods: readonly Period[],
  year: number,
  today: IsoDate,
  offset: number,
): IsoDate | null =>
  periods
    .filter((period) => period.year === year)
    .map((period) => (isClosed(period) ? localDateOf(period.closesAt, offset) : today))
    .sort()
    .at(-1) ?? null;

/** Units not looked at today whose figures of a year may have changed since. @param until the last day on which they could */
async function looksDue(
  { store }: ProgressDeps,
  organisation: Organisation,
  today: IsoDate,
  { year, on, until }: Pick<Look, 'year' | 'on'> & { readonly until: IsoDate },
): Promise<Look[]> {
  const known = new Map((await store.progress.ofYear(year)).map(({ unitId, day }) => [unitId, day]));
  return [...organisation.units.values()].flatMap((unit) => {
    const last = known.get(unit.id) ?? '';
    return isActiveOn(unit, on) && last < today && last <= until ? [{ unit, year, on, last }] : [];
  });
}

/** Looks at one unit: rosters, plans and realisations of its shards in a few long queries each. */
async function lookAtUnit(
  deps: ProgressDeps,
  { unit, year, on }: Look,
  today: IsoDate,
  { rules }: Pick<Policy, 'rules'>,
): Promise<void> {
  const through = lastMonthOver(year, today);
  const people: PersonProgress[] = [];
  let agreement: ReturnType<typeof planProgress>['pace'] = 'NO_PLAN';
  for (let shard = 0; shard < unit.shardCount; shard += 1) {
    const address: WorkAddress = { collection: { unitId: unit.id, shard }, year };
    const [roster, work] = await Promise.all([
      deps.store.staff.roster(address.collection),
      readWork(deps, address, through),
    ]);
    const standing = async (membership: Membership): Promise<PersonProgress> => {
      const { staffId } = membership;
      const planId = planIdOf({ kind: 'STAFF', staffId }, year);
      const home = homeOf(membership, year);
      const { plan, realisations } = isSameCollection(home, address.collection)
        ? work(planId)
        : await readPlanOf(deps, { collection: home, year }, planId, through);
      const { pace, missing } = planProgress(plan, realisations, through, rules);
      return { staffId, pace, missing: missing.length };
    };
    for (const membership of roster) if (wasMemberOn(membership, on)) people.push(await standing(membership));
    if (shard === 0) {
      const { plan, realisations } = work(planIdOf({ kind: 'UNIT', unitId: unit.id }, year));
      agreement = planProgress(plan, realisations, through, rules).pace;
    }
  }
  people.sort((a, b) => (a.staffId < b.staffId ? -1 : 1));
  await deps.store.progress.put(
    {
      unitId: unit.id,
      year,
      day: today,
      at: deps.now(),
      through,
      counts: countPaces(people),
      lacking: countLacking(people),
      agreement,
    },
    people,
  );
}

interface Work {
  readonly plan: Plan | null;
  readonly realisations: readonly Realisation[];
}

/** Everything of a collection up to a month, by plan. */
async function readWork(
  { store }: ProgressDeps,
  address: WorkAddress,
  through: Month | null,
): Promise<(planId: string) => Work> {
  const [plans, realisations] = await Promise.all([
    store.plans.ofCollection(address),
    through === null ? [] : store.realisations.ofCollection(address, `${address.year}-01`, through),
  ]);
  const planOf = new Map(plans.map((plan) => [plan.id, plan]));
  const reported = Map.groupBy(realisations, ({ planId }) => planId);
  return (planId) => ({ plan: planOf.get(planId) ?? null, realisations: reported.get(planId) ?? [] });
}

/** Of one plan alone: for somebody who came from another collection in the year. */
export async function readPlanOf(
  { store }: Pick<Deps, 'store'>,
  address: WorkAddress,
  planId: string,
  through: Month | null,
): Promise<Work> {
  const months = Array.from(
    { length: through === null ? 0 : Number(through.slice(5)) },
    (_, at) => `${address.year}-${String(at + 1).padStart(2, '0')}`,
  );
  const [plan, realisations] = await Promise.all([
    store.plans.get(address, planId),
    store.realisations.ofPlan(address, planId, months),
  ]);
  return { plan, realisations };
}
