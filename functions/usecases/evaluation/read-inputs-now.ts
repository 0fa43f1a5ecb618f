import type { Carryover } from '../../domain/evaluation/carryover.ts';
import type { Realisation } from '../../domain/indicator/realisation.ts';
import type { Verdict } from '../../domain/objection/verdict.ts';
import type { Staff } from '../../domain/organisation/staff.ts';
import type { Period } from '../../domain/period/period.ts';
import { monthsOf } from '../../domain/period/span.ts';
import { type Plan, planIdOf } from '../../domain/plan/plan.ts';
import type { AssessorRating, Rating } from '../../domain/rating/rating.ts';
import type { WorkAddress } from '../../store/contract/stored.ts';
import type { Store } from '../../store/store.ts';
import { agreementAddress, staffAddress } from '../work-address.ts';

/** What one person's proposal is made from, but for what anonymous raters said. */
export interface ProposalInputs {
  readonly plan: Plan | null;
  readonly realisations: readonly Realisation[];
  readonly ratings: readonly Rating[];
  readonly assessorRating: (AssessorRating & { readonly version: number }) | null;
  readonly carryover: Carryover | null;
  readonly verdict: Verdict | null;
}

/** A person with the assessor whose rating counts. */
export interface Assessed {
  readonly staff: Staff;
  readonly assessorId: string | null;
}

const NOTHING: ProposalInputs = {
  plan: null,
  realisations: [],
  ratings: [],
  assessorRating: null,
  carryover: null,
  verdict: null,
};

/** From so many people of one home on, its plans and figures are read whole. */
const WHOLE_FROM = 5;

/**
 * The inputs of many people: of each work collection that their work lies in a few queries, and for those who are few of theirs
 * the plans and figures of all collections together in batches. So the number of requests follows from the units and not from
 * the people. Of ratings only those of the assessor and of oneself are read: others are in no proposal.
 */
export async function readProposalInputs(
  store: Store,
  period: Period,
  people: readonly Assessed[],
): Promise<(staffId: string) => ProposalInputs> {
  const homes = new Map<string, { readonly address: WorkAddress; readonly people: Assessed[] }>();
  for (const one of people) {
    const address = staffAddress(one.staff, period.year);
    if (address === null) continue;
    const key = JSON.stringify(address);
    const home = homes.get(key);
    if (home === undefined) homes.set(key, { address, people: [one] });
    else home.people.push(one);
  }
  const few = [...homes.values()].filter((home) => home.people.length < WHOLE_FROM);
  const fewPlans = await readPlans(
    store,
    period,
    few.flatMap(({ address, people: ofHome }) =>
      ofHome.map(({ staff }) => ({
        address,
        planId: planIdOf({ kind: 'STAFF', staffId: staff.id }, period.year),
      })),
    ),
  );
  const found = new Map<string, ProposalInputs>();
  await Promise.all(
    [...homes.values()].map(async ({ address, people: ofHome }) => {
      const whole = ofHome.length >= WHOLE_FROM ? await readWhole(store, period, address) : null;
      const keys = ofHome.flatMap(({ staff, assessorId }) => [
        { periodId: period.id, rateeId: staff.id, group: 'SELF' as const, raterId: staff.id },
        ...(assessorId === null
          ? []
          : [{ periodId: period.id, rateeId: staff.id, group: 'SUPERIOR' as const, raterId: assessorId }]),
      ]);
      const [ratings, assessorRatings, carryovers, verdicts] = await Promise.all([
        store.ratings.getMany(address, keys),
        store.ratings.assessorRatingsOfCollection(address, period.id),
        store.carryovers.ofCollection(address, period.id),
        store.objections.verdictsOfCollection(address, period.id),
      ]);
      for (const { staff } of ofHome) {
        const planId = planIdOf({ kind: 'STAFF', staffId: staff.id }, period.year);
        found.set(staff.id, {
          ...(whole ?? fewPlans)(planId),
          ratings: ratings.filter((rating) => rating !== null).filter(({ rateeId }) => rateeId === staff.id),
          assessorRating: assessorRatings.find(({ staffId }) => staffId === staff.id) ?? null,
          carryover: carryovers.find(({ staffId }) => staffId === staff.id) ?? null,
          verdict: verdicts.find(({ staffId }) => staffId === staff.id) ?? null,
        });
      }
    }),
  );
  return (staffId) => found.get(staffId) ?? NOTHING;
}

/** Agreements of units with what was reached on them. */
export const readAgreements = (store: Store, period: Period, unitIds: readonly string[]) =>
  readPlans(
    store,
    period,
    unitIds.map((unitId) => ({
      address: agreementAddress(unitId, period.year),
      planId: planIdOf({ kind: 'UNIT', unitId }, period.year),
    })),
  );

type Planned = Pick<ProposalInputs, 'plan' | 'realisations'>;

async function readWhole(
  store: Store,
  period: Period,
  address: WorkAddress,
): Promise<(planId: string) => Planned> {
  const months = monthsOf(period);
  const [plans, realisations] = await Promise.all([
    store.plans.ofCollection(address),
    store.realisations.ofCollection(address, months.at(0) ?? '', months.at(-1) ?? ''),
  ]);
  return plannedOf(plans, realisations);
}

/** Plans wherever they lie, and what was reported on their agreed lines, in batches. */
async function readPlans(
  store: Store,
  period: Period,
  wanted: readonly { readonly address: WorkAddress; readonly planId: string }[],
): Promise<(planId: string) => Planned> {
  const plans = await store.plans.getMany(wanted);
  const months = monthsOf(period);
  const keys = plans.flatMap((plan, at) => {
    const address = wanted[at]?.address;
    if (plan === null || address === undefined) return [];
    return (plan.agreed?.lines ?? []).flatMap(({ id }) =>
      months.map((month) => ({ address, planId: plan.id, lineId: id, month })),
    );
  });
  const realisations = await store.realisations.getMany(keys);
  return plannedOf(
    plans.filter((plan) => plan !== null),
    realisations.filter((realisation) => realisation !== null),
  );
}

function plannedOf(
  plans: readonly Plan[],
  realisations: readonly Realisation[],
): (planId: string) => Planned {
  const byId = new Map(plans.map((plan) => [plan.id, plan]));
  const ofPlan = Map.groupBy(realisations, ({ planId }) => planId);
  return (planId) => ({ plan: byId.get(planId) ?? null, realisations: ofPlan.get(planId) ?? [] });
}
