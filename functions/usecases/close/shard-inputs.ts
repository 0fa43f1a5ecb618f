import {
  type BasisResult,
  basisRuns,
  buildsOnPeriods,
  type PeriodRun,
} from '../../domain/evaluation/basis.ts';
import type { CarriedResult, Carryover } from '../../domain/evaluation/carryover.ts';
import { ratingsForFit } from '../../domain/evaluation/evaluation.ts';
import { evaluationFrame } from '../../domain/evaluation/evaluation-frame.ts';
import type { UnitAssessment } from '../../domain/evaluation/unit-assessment.ts';
import type { CrossedRating } from '../../domain/fairness/crossed-design.ts';
import type { Realisation } from '../../domain/indicator/realisation.ts';
import type { Verdict } from '../../domain/objection/verdict.ts';
import { headedUnitOn } from '../../domain/organisation/organisation.ts';
import {
  assessorOn,
  homeOf,
  isSameCollection,
  type Membership,
  type WorkCollection,
  wasMemberOn,
} from '../../domain/organisation/staff.ts';
import { monthsOf } from '../../domain/period/span.ts';
import { type Plan, type PlanOwner, planIdOf } from '../../domain/plan/plan.ts';
import type { AssessorRating, Instrument, Rating } from '../../domain/rating/rating.ts';
import type { WorkAddress } from '../../store/contract/stored.ts';
import type { Store } from '../../store/store.ts';
import type { ClosingPeriod } from './close-run.ts';
import type { OpenTask } from './shard-task.ts';

/** What an evaluation of one shard needs to know. */
export interface ShardWork extends OpenTask {
  readonly collection: WorkCollection;
  /** Every version of every instrument. */
  readonly instruments: readonly Instrument[];
  /** The runs that it may build on, as frozen at begin: a year's on all of them, where policy says so, others' by agreement on one. */
  readonly builtOn: readonly PeriodRun[];
  /** How a superior is called where raters are told apart, so that one person is one rater, whether named or not. */
  readonly pseudonymOf: (staffId: string) => string;
}

/** A plan or agreement with what was reached on it in the period's months. */
export interface PlannedWork {
  readonly plan: Plan | null;
  readonly realisations: readonly Realisation[];
}

/** A unit's agreement with what was reached on it, and what was decided about the unit. */
export interface AgreedWork extends PlannedWork {
  readonly assessment: UnitAssessment | null;
}

/** All that one person's evaluation reads. */
export interface PersonInputs extends PlannedWork {
  readonly membership: Membership;
  readonly ratings: readonly Rating[];
  readonly assessorRating: AssessorRating | null;
  /** The results of the periods that a year builds on; null: it has its own inputs. */
  readonly basis: readonly BasisResult[] | null;
  /** The previous result that was agreed on; null: none. */
  readonly carried: CarriedResult | null;
  readonly verdict: Verdict | null;
}

/** What lies in the person's own work collection. */
type OwnInputs = Omit<PersonInputs, 'basis' | 'carried'> & { readonly carryover: Carryover | null };

/** All that the evaluation of one shard reads. */
export interface ShardInputs {
  /** Members on the period's last day, by staff id. */
  readonly persons: readonly PersonInputs[];
  /** Agreements by unit: of the shard's own unit in shard 0, and of each unit that a member heads. */
  readonly agreements: ReadonlyMap<string, AgreedWork>;
  /** What people of the unit's other shards were given: the fairness model is fitted to a unit as a whole. */
  readonly ratingsElsewhere: readonly CrossedRating[];
}

/** People whose work lies elsewhere, and agreements of other units, that are read at the same time. */
const READS_AT_ONCE = 8;

/** From so many people of one home on, reading its whole collection once costs less than some four requests a person. */
const WHOLE_FROM = 5;

/**
 * Reads a shard: its roster and its whole work collection in a few long queries, and of those who came from another collection
 * during the year the work there: person by person, or, where many came from the same one (a reorganisation), all of it once.
 */
export async function readShardInputs(store: Store, work: ShardWork): Promise<ShardInputs> {
  const { period, organisation, collection } = work;
  const [roster, own] = await Promise.all([
    store.staff.roster(collection),
    readCollection(store, period, collection),
  ]);
  const members = roster.filter((membership) => wasMemberOn(membership, period.end));
  const homeOfMember = (membership: Membership) => homeOf(membership, period.year);

  const persons: OwnInputs[] = [];
  const single: Membership[] = [];
  for (const group of Map.groupBy(members, (one) => JSON.stringify(homeOfMember(one))).values()) {
    const home = group[0] && homeOfMember(group[0]);
    if (home === undefined) continue;
    if (isSameCollection(home, collection)) persons.push(...group.map(own.ofPerson));
    else if (group.length < WHOLE_FROM) single.push(...group);
    else persons.push(...group.map((await readCollection(store, period, home)).ofPerson));
  }
  persons.push(...(await mapInGroups(single, (one) => readPerson(store, period, homeOfMember(one), one))));
  const complete = await withEarlierResults(store, work, persons);
  complete.sort((a, b) => (a.membership.staffId < b.membership.staffId ? -1 : 1));

  const unitIds = new Set(collection.shard === 0 ? [collection.unitId] : []);
  for (const membership of members) {
    const headed = headedUnitOn(organisation, membership, period.end);
    if (headed !== null) unitIds.add(headed.id);
  }
  const units = [...unitIds];
  const assessments = await store.unitAssessments.getMany(
    units.map((unitId) => ({ periodId: period.id, unitId })),
  );
  const assessmentOf = new Map(assessments.flatMap((one) => (one === null ? [] : [[one.unitId, one]])));
  const agreements = await mapInGroups(units, async (unitId): Promise<[string, AgreedWork]> => {
    const first: WorkCollection = { unitId, shard: 0 };
    const isOwn = isSameCollection(first, collection);
    const planned = isOwn
      ? own.agreement(unitId)
      : await readPlanned(store, period, first, { kind: 'UNIT', unitId });
    return [unitId, { ...planned, assessment: assessmentOf.get(unitId) ?? null }];
  });
  const ratingsElsewhere = await readRatingsElsewhere(store, work);
  return { persons: complete, agreements: new Map(agreements), ratingsElsewhere };
}

/**
 * What was published earlier and counts here: everybody's results of a year's periods, or the one result that somebody has agreed
 * on. The runs were frozen at begin, and a run never changes once it is published.
 */
async function withEarlierResults(
  store: Store,
  { period, builtOn }: Pick<ShardWork, 'period' | 'builtOn'>,
  persons: readonly OwnInputs[],
): Promise<PersonInputs[]> {
  const isYear = buildsOnPeriods(period, period.policy.rules);
  const runsOf = ({ carryover }: OwnInputs): readonly PeriodRun[] =>
    isYear
      ? basisRuns(period.year, builtOn)
      : builtOn.filter(
          ({ periodId }) => carryover?.state === 'AGREED' && carryover.sourcePeriodId === periodId,
        );
  const keys = persons.flatMap((person) =>
    runsOf(person).map((run) => ({ ...run, staffId: person.membership.staffId })),
  );
  const results = (await store.results.getMany(keys)).flatMap((result) => (result === null ? [] : [result]));
  const ofStaff = Map.groupBy(results, ({ staffId }) => staffId);
  return persons.map(({ carryover, ...person }) => {
    const found = ofStaff.get(person.membership.staffId) ?? [];
    const [result] = found;
    return {
      ...person,
      basis: isYear ? found : null,
      carried: isYear || carryover === null || result === undefined ? null : { carryover, result },
    };
  });
}

/** Most units are one shard, and of those nothing is read. */
async function readRatingsElsewhere(store: Store, work: ShardWork): Promise<CrossedRating[]> {
  const { period, organisation, collection, instruments, pseudonymOf } = work;
  const frame = evaluationFrame(period.policy, period, instruments, organisation);
  const found: CrossedRating[] = [];
  for (let shard = 0; shard < (organisation.units.get(collection.unitId)?.shardCount ?? 1); shard += 1) {
    if (shard === collection.shard) continue;
    const roster = await store.staff.roster({ unitId: collection.unitId, shard });
    const members = roster.filter((membership) => wasMemberOn(membership, period.end));
    for (const [membership, ratings] of await readRatingsOf(store, period, members)) {
      const assessor = assessorOn(organisation, membership, period.end);
      found.push(
        ...ratingsForFit({ membership, assessor, ratings, assessorRating: null }, frame, pseudonymOf),
      );
    }
  }
  return found;
}

/** The ratings alone, collection by collection of where the people's work lies. */
async function readRatingsOf(
  store: Store,
  period: ClosingPeriod,
  members: readonly Membership[],
): Promise<[Membership, readonly Rating[]][]> {
  const found: [Membership, readonly Rating[]][] = [];
  const homeOfMember = (membership: Membership) => homeOf(membership, period.year);
  for (const group of Map.groupBy(members, (one) => JSON.stringify(homeOfMember(one))).values()) {
    const home = group[0] && homeOfMember(group[0]);
    if (home === undefined) continue;
    const address: WorkAddress = { collection: home, year: period.year };
    if (group.length < WHOLE_FROM) {
      found.push(
        ...(await mapInGroups(
          group,
          async (one): Promise<[Membership, readonly Rating[]]> => [
            one,
            await store.ratings.ofRatee(address, period.id, one.staffId),
          ],
        )),
      );
    } else {
      const ofRatee = Map.groupBy(await store.ratings.ofCollection(address, period.id), (one) => one.rateeId);
      found.push(...group.map((one): [Membership, Rating[]] => [one, ofRatee.get(one.staffId) ?? []]));
    }
  }
  return found;
}

/** What was read of a whole collection, by whom it is about. */
interface CollectionInputs {
  readonly ofPerson: (membership: Membership) => OwnInputs;
  readonly agreement: (unitId: string) => PlannedWork;
}

async function readCollection(
  store: Store,
  period: ClosingPeriod,
  collection: WorkCollection,
): Promise<CollectionInputs> {
  const address: WorkAddress = { collection, year: period.year };
  const months = monthsOf(period);
  const [first = '', last = ''] = [months.at(0), months.at(-1)];
  const [plans, realisations, ratings, assessorRatings, carryovers, verdicts] = await Promise.all([
    store.plans.ofCollection(address),
    store.realisations.ofCollection(address, first, last),
    store.ratings.ofCollection(address, period.id),
    store.ratings.assessorRatingsOfCollection(address, period.id),
    store.carryovers.ofCollection(address, period.id),
    store.objections.verdictsOfCollection(address, period.id),
  ]);
  const planOfStaff = new Map<string, Plan>();
  const agreementOfUnit = new Map<string, Plan>();
  for (const plan of plans) {
    if (plan.owner.kind === 'STAFF') planOfStaff.set(plan.owner.staffId, plan);
    else agreementOfUnit.set(plan.owner.unitId, plan);
  }
  const realisationsOfPlan = Map.groupBy(realisations, ({ planId }) => planId);
  const ratingsOfStaff = Map.groupBy(ratings, ({ rateeId }) => rateeId);
  const assessorRatingOfStaff = new Map(assessorRatings.map((rating) => [rating.staffId, rating]));
  const carryoverOfStaff = new Map(carryovers.map((carryover) => [carryover.staffId, carryover]));
  const verdictOfStaff = new Map(verdicts.map((verdict) => [verdict.staffId, verdict]));
  const withRealisations = (plan: Plan | undefined): PlannedWork => ({
    plan: plan ?? null,
    realisations: plan === undefined ? [] : (realisationsOfPlan.get(plan.id) ?? []),
  });
  return {
    ofPerson: (membership) => ({
      membership,
      ...withRealisations(planOfStaff.get(membership.staffId)),
      ratings: ratingsOfStaff.get(membership.staffId) ?? [],
      assessorRating: assessorRatingOfStaff.get(membership.staffId) ?? null,
      carryover: carryoverOfStaff.get(membership.staffId) ?? null,
      verdict: verdictOfStaff.get(membership.staffId) ?? null,
    }),
    agreement: (unitId) => withRealisations(agreementOfUnit.get(unitId)),
  };
}

async function readPerson(
  store: Store,
  period: ClosingPeriod,
  home: WorkCollection,
  membership: Membership,
): Promise<OwnInputs> {
  const { staffId } = membership;
  const address: WorkAddress = { collection: home, year: period.year };
  const [planned, ratings, assessorRating, carryover, verdict] = await Promise.all([
    readPlanned(store, period, home, { kind: 'STAFF', staffId }),
    store.ratings.ofRatee(address, period.id, staffId),
    store.ratings.assessorRating(address, period.id, staffId),
    store.carryovers.get(address, period.id, staffId),
    store.objections.verdict(address, period.id, staffId),
  ]);
  return { membership, ...planned, ratings, assessorRating, carryover, verdict };
}

/** One plan or agreement of a collection. */
async function readPlanned(
  store: Store,
  period: ClosingPeriod,
  collection: WorkCollection,
  owner: PlanOwner,
): Promise<PlannedWork> {
  const address: WorkAddress = { collection, year: period.year };
  const planId = planIdOf(owner, period.year);
  const [plan, realisations] = await Promise.all([
    store.plans.get(address, planId),
    store.realisations.ofPlan(address, planId, monthsOf(period)),
  ]);
  return { plan, realisations };
}

/** As map, a few at a time, in order. */
async function mapInGroups<T, U>(values: readonly T[], map: (value: T) => Promise<U>): Promise<U[]> {
  const mapped: U[] = [];
  for (let at = 0; at < values.length; at += READS_AT_ONCE) {
    mapped.push(...(await Promise.all(values.slice(at, at + READS_AT_ONCE).map(map))));
  }
  return mapped;
}
