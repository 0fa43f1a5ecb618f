import { headedUnitOn } from '../../domain/organisation.ts';
import { monthsOf } from '../../domain/period.ts';
import { type Plan, planIdOf } from '../../domain/plan.ts';
import type { AssessorRating, Rating } from '../../domain/rating.ts';
import type { Realisation } from '../../domain/realisation.ts';
import { homeOf, type Membership, type WorkCollection, wasMemberOn } from '../../domain/staff.ts';
import type { Store, WorkAddress } from '../../store/store.ts';
import type { ShardWork } from './shard-task.ts';

/** A plan or agreement with what was reached on it in the period's months. */
export interface PlannedWork {
  readonly plan: Plan | null;
  readonly realisations: readonly Realisation[];
}

/** All that one person's evaluation reads. */
export interface PersonInputs extends PlannedWork {
  readonly membership: Membership;
  readonly ratings: readonly Rating[];
  readonly assessorRating: AssessorRating | null;
}

/** All that the evaluation of one shard reads. */
export interface ShardInputs {
  /** Members on the period's last day, by staff id. */
  readonly persons: readonly PersonInputs[];
  /** Agreements by unit: of the shard's own unit in shard 0, and of each unit that a member heads. */
  readonly agreements: ReadonlyMap<string, PlannedWork>;
}

/** People whose work lies elsewhere, and agreements of other units, that are read at the same time. */
const READS_AT_ONCE = 8;

/**
 * Reads a shard: its roster and its whole work collection in a few long queries, and person by person only the work of those
 * who came from another collection during the year.
 */
export async function readShardInputs(store: Store, work: ShardWork): Promise<ShardInputs> {
  const { period, organisation, collection } = work;
  const address: WorkAddress = { collection, year: period.year };
  const months = monthsOf(period);
  const [first = '', last = ''] = [months.at(0), months.at(-1)];
  const [roster, plans, realisations, ratings, assessorRatings] = await Promise.all([
    store.staff.roster(collection),
    store.plans.ofCollection(address),
    store.realisations.ofCollection(address, first, last),
    store.ratings.ofCollection(address, period.id),
    store.ratings.assessorRatingsOfCollection(address, period.id),
  ]);
  const members = roster
    .filter((membership) => wasMemberOn(membership, period.end))
    .sort((a, b) => (a.staffId < b.staffId ? -1 : 1));

  const planOfStaff = new Map<string, Plan>();
  const agreementOfUnit = new Map<string, Plan>();
  for (const plan of plans) {
    if (plan.owner.kind === 'STAFF') planOfStaff.set(plan.owner.staffId, plan);
    else agreementOfUnit.set(plan.owner.unitId, plan);
  }
  const realisationsOfPlan = Map.groupBy(realisations, ({ planId }) => planId);
  const ratingsOfStaff = Map.groupBy(ratings, ({ rateeId }) => rateeId);
  const assessorRatingOfStaff = new Map(assessorRatings.map((rating) => [rating.staffId, rating]));
  const withRealisations = (plan: Plan | null): PlannedWork => ({
    plan,
    realisations: plan === null ? [] : (realisationsOfPlan.get(plan.id) ?? []),
  });

  const readElsewhere = async (membership: Membership, home: WorkCollection): Promise<PersonInputs> => {
    const { staffId } = membership;
    const from: WorkAddress = { collection: home, year: period.year };
    const planId = planIdOf({ kind: 'STAFF', staffId }, period.year);
    const [plan, reached, rated, assessorRating] = await Promise.all([
      store.plans.get(from, planId),
      store.realisations.ofPlan(from, planId, months),
      store.ratings.ofRatee(from, period.id, staffId),
      store.ratings.assessorRating(from, period.id, staffId),
    ]);
    return { membership, plan, realisations: reached, ratings: rated, assessorRating };
  };
  const persons = await mapInGroups(members, async (membership): Promise<PersonInputs> => {
    const home = homeOf(membership, period.year);
    if (!isSame(home, collection)) return readElsewhere(membership, home);
    const { staffId } = membership;
    return {
      membership,
      ...withRealisations(planOfStaff.get(staffId) ?? null),
      ratings: ratingsOfStaff.get(staffId) ?? [],
      assessorRating: assessorRatingOfStaff.get(staffId) ?? null,
    };
  });

  const unitIds = new Set(collection.shard === 0 ? [collection.unitId] : []);
  for (const membership of members) {
    const headed = headedUnitOn(organisation, membership, period.end);
    if (headed !== null) unitIds.add(headed.id);
  }
  const agreements = await mapInGroups([...unitIds], async (unitId): Promise<[string, PlannedWork]> => {
    const first: WorkCollection = { unitId, shard: 0 };
    if (isSame(first, collection)) return [unitId, withRealisations(agreementOfUnit.get(unitId) ?? null)];
    const from: WorkAddress = { collection: first, year: period.year };
    const planId = planIdOf({ kind: 'UNIT', unitId }, period.year);
    const [plan, reached] = await Promise.all([
      store.plans.get(from, planId),
      store.realisations.ofPlan(from, planId, months),
    ]);
    return [unitId, { plan, realisations: reached }];
  });
  return { persons, agreements: new Map(agreements) };
}

const isSame = (a: WorkCollection, b: WorkCollection): boolean =>
  a.unitId === b.unitId && a.shard === b.shard;

/** As map, a few at a time, in order. */
async function mapInGroups<T, U>(values: readonly T[], map: (value: T) => Promise<U>): Promise<U[]> {
  const mapped: U[] = [];
  for (let at = 0; at < values.length; at += READS_AT_ONCE) {
    mapped.push(...(await Promise.all(values.slice(at, at + READS_AT_ONCE).map(map))));
  }
  return mapped;
}
