import type { PlanLine } from '../../functions/domain/plan/line.ts';

/** A region described in a few lines, written through the store as the use cases would. */

import type { Decimal } from '../../functions/domain/decimal.ts';
import type { AboveRange, BuildUp, Polarity, Target } from '../../functions/domain/indicator/indicator.ts';
import type { Unit } from '../../functions/domain/organisation/organisation.ts';
import type { Assignment, Staff, WorkCollection } from '../../functions/domain/organisation/staff.ts';
import { openPeriod, type Period, planPeriod } from '../../functions/domain/period/period.ts';
import { defaultPolicyRules, type Policy, type PolicyRules } from '../../functions/domain/period/policy.ts';
import { contentOf, newPlan, type Plan, type PlanOwner, planIdOf } from '../../functions/domain/plan/plan.ts';
import type {
  AssessorRating,
  ExpectationRating,
  Instrument,
  RaterGroup,
  Rating,
} from '../../functions/domain/rating/rating.ts';
import type { Write } from '../../functions/store/contract/stored.ts';
import type { Store } from '../../functions/store/store.ts';
import { raterOf } from '../support/pseudonym.ts';

/** One indicator with a target and what was reached in each month of the quarter (null: nothing reported). */
export interface LineSpec {
  readonly weight: number;
  readonly polarity?: Polarity;
  readonly aboveRange?: AboveRange;
  readonly buildUp?: BuildUp;
  /** A number, or the ends of a range; the same every month. */
  readonly target: string | readonly [low: string, high: string];
  readonly reached: readonly (string | null)[];
  readonly kind?: 'MAIN' | 'ADDITIONAL';
}

export interface PersonSpec {
  readonly id: string;
  readonly unit: string;
  readonly shard?: number;
  readonly jobGroup: string;
  /** A delegated assessor. */
  readonly assessor?: string;
  readonly movesTo?: {
    readonly unit: string;
    readonly shard: number;
    readonly from: string;
    readonly jobGroup?: string;
  };
  /** Left out: no plan. */
  readonly lines?: readonly LineSpec[];
  /** What each rater gave, one mark for all seven values. */
  readonly rated?: readonly (readonly [group: RaterGroup, rater: string, mark: number])[];
  readonly set?: {
    readonly by: string;
    readonly workResult: ExpectationRating;
    readonly behaviour: ExpectationRating;
  };
}

export interface UnitSpec {
  readonly id: string;
  readonly parent?: string;
  readonly head?: string;
  readonly shards?: number;
  /** Left out: no agreement. */
  readonly lines?: readonly LineSpec[];
}

export interface RegionSpec {
  readonly periodId: string;
  readonly units: readonly UnitSpec[];
  readonly people: readonly PersonSpec[];
  readonly rules?: Partial<PolicyRules>;
}

/** Everything is written at this instant, while the period is open. */
export const OPENED_AT = '2026-02-02T02:00:00.000Z';
/** When the period's close is due: 5 April, end of the day in Jakarta. */
export const CLOSES_AT = '2026-04-05T17:00:00.000Z';

export const INSTRUMENT: Instrument = {
  id: 'berakhlak',
  version: 1,
  name: { id: 'BerAKHLAK', en: 'BerAKHLAK' },
  items: ['SERVICE', 'ACCOUNTABLE', 'COMPETENT', 'HARMONIOUS', 'LOYAL', 'ADAPTIVE', 'COLLABORATIVE'].map(
    (id) => ({
      id,
      text: { id, en: id },
    }),
  ),
  scale: { low: 1, high: 5 },
};

/** Writes the region with its period open and every rating in. */
export async function seedRegion(store: Store, spec: RegionSpec): Promise<void> {
  const year = Number(spec.periodId.slice(0, 4));
  await write(store, [store.policies.save(null, policyOf(spec.rules))]);
  await write(store, [store.instruments.add(INSTRUMENT)]);
  for (const [index, unit] of spec.units.entries()) {
    await write(store, [
      store.organisation.save((await store.organisation.load()).version, null, unitOf(unit, index, year)),
    ]);
  }
  for (const [index, person] of spec.people.entries()) {
    await write(store, [store.staff.save(null, staffOf(person, index, year))]);
  }
  await openPeriodOf(store, spec.periodId);
  for (const unit of spec.units) {
    if (unit.lines === undefined) continue;
    await writeWork(
      store,
      { kind: 'UNIT', unitId: unit.id },
      { unitId: unit.id, shard: 0 },
      spec.periodId,
      unit.lines,
    );
  }
  for (const person of spec.people) {
    const home = homeOfPerson(person);
    if (person.lines !== undefined) {
      await writeWork(store, { kind: 'STAFF', staffId: person.id }, home, spec.periodId, person.lines);
    }
    const address = { collection: home, year };
    const ratings = (person.rated ?? []).map(([group, raterId, mark]) =>
      store.ratings.save(
        address,
        null,
        ratingOf(spec.periodId, person.id, group, raterId, mark),
        group === 'PUBLIC' ? null : raterId,
      ),
    );
    if (person.set !== undefined) {
      ratings.push(
        store.ratings.saveAssessorRating(
          address,
          null,
          assessorRatingOf(spec.periodId, person.id, person.set),
        ),
      );
    }
    await write(store, ratings);
  }
}

/** Plans the period and opens it. */
export async function openPeriodOf(store: Store, periodId: string, closesAt = CLOSES_AT): Promise<void> {
  const planned = planPeriod(periodId, closesAt, 420);
  await write(store, [store.periods.save(null, planned)]);
  await changePeriodOf(store, periodId, openPeriod);
}

/** Saves a period as changed by a test. */
export async function changePeriodOf(
  store: Store,
  periodId: string,
  change: (period: Period) => Period,
): Promise<void> {
  const period = await store.periods.get(periodId);
  if (period === null) throw new Error(`no period ${periodId}`);
  await write(store, [store.periods.save(period, change(period))]);
}

export const homeOfPerson = ({ unit, shard = 0 }: PersonSpec): WorkCollection => ({ unitId: unit, shard });

export const policyOf = (rules: Partial<PolicyRules> = {}): Policy => ({
  id: 'policy-1',
  number: 1,
  state: 'ACTIVE',
  effectiveFrom: '2025-01-01',
  rules: { ...defaultPolicyRules, ...rules },
  writtenBy: [],
  activatedAt: OPENED_AT,
  version: 0,
});

const unitOf = ({ id, parent, head, shards }: UnitSpec, index: number, year: number): Unit => ({
  id,
  code: `0${index + 1}`,
  name: `Unit ${id}`,
  kind: 'DINAS',
  mission: null,
  parentId: parent ?? null,
  heads: head === undefined ? [] : [{ staffId: head, from: `${year - 1}-01-01`, to: null }],
  shardCount: shards ?? 1,
  retiredFrom: null,
  version: 0,
});

const staffOf = (person: PersonSpec, index: number, year: number): Staff => {
  const start: Assignment = {
    ...homeOfPerson(person),
    position: `Position of ${person.id}`,
    jobGroup: person.jobGroup,
    assessorId: person.assessor ?? null,
    functionalLevel: null,
    positionClass: null,
    from: `${year - 1}-01-01`,
    to: null,
  };
  const { movesTo } = person;
  return {
    id: person.id,
    nip: `198001012005011${String(index + 1).padStart(3, '0')}`,
    name: `Name ${person.id}`,
    employment: 'PNS',
    grade: null,
    assignments:
      movesTo === undefined
        ? [start]
        : [
            { ...start, to: dayBefore(movesTo.from) },
            {
              ...start,
              unitId: movesTo.unit,
              shard: movesTo.shard,
              jobGroup: movesTo.jobGroup ?? person.jobGroup,
              from: movesTo.from,
            },
          ],
    retiredFrom: null,
    homes: {},
    email: null,
    absences: [],
    version: 0,
  };
};

export const planOf = (owner: PlanOwner, year: number, lines: readonly LineSpec[]): Plan => ({
  ...newPlan(owner, year),
  agreed: contentOf(lines.map(lineOf)),
  agreedAt: OPENED_AT,
  proposal: null,
  proposalState: null,
});

const lineOf = (spec: LineSpec, index: number): PlanLine => ({
  id: `L${index + 1}`,
  kind: spec.kind ?? 'MAIN',
  title: `Work result ${index + 1}`,
  aspect: 'QUANTITY',
  perspective: null,
  goalId: null,
  serves: null,
  indicatorId: `indicator-${index + 1}`,
  definition: 1,
  measure: {
    unitOfMeasure: 'patients',
    polarity: spec.polarity ?? 'MAXIMIZE',
    aboveRange: spec.aboveRange ?? null,
    realisedBy: 'REPORT',
    buildUp: spec.buildUp ?? 'SUM',
  },
  indicatorName: `Indicator ${index + 1}`,
  weight: spec.weight,
  targets: Object.fromEntries(
    ['01', '02', '03', '04', '05', '06', '07', '08', '09', '10', '11', '12'].map((month) => [
      month,
      targetOf(spec),
    ]),
  ),
});

const targetOf = ({ target }: LineSpec): Target =>
  typeof target === 'string'
    ? { value: target as Decimal }
    : { low: target[0] as Decimal, high: target[1] as Decimal };

export const ratingOf = (
  periodId: string,
  rateeId: string,
  group: RaterGroup,
  raterId: string,
  mark: number,
): Rating => ({
  periodId,
  rateeId,
  group,
  raterId: raterOf(group, raterId),
  instrumentId: INSTRUMENT.id,
  instrumentVersion: INSTRUMENT.version,
  scores: INSTRUMENT.items.map(() => mark),
  comment: null,
  source: 'RATER',
  ratedAt: OPENED_AT,
  afterRun: 0,
  earlier: [],
  version: 0,
});

const assessorRatingOf = (
  periodId: string,
  staffId: string,
  { by, workResult, behaviour }: NonNullable<PersonSpec['set']>,
): AssessorRating => ({
  periodId,
  staffId,
  assessorId: by,
  inPlaceOf: null,
  assessorLeft: false,
  workResult,
  behaviour,
  proposed: { workResult: null, behaviour: null },
  reason: 'as seen in the dialogue',
  innovation: false,
  ratedAt: OPENED_AT,
  version: 0,
});

async function writeWork(
  store: Store,
  owner: PlanOwner,
  collection: WorkCollection,
  periodId: string,
  lines: readonly LineSpec[],
): Promise<void> {
  const year = Number(periodId.slice(0, 4));
  const address = { collection, year };
  await write(store, [store.plans.save(address, null, planOf(owner, year, lines))]);
  const firstMonth = (Number(periodId.slice(6)) - 1) * 3 + 1;
  const realisations = lines.flatMap(({ reached }, line) =>
    reached.flatMap((value, index) =>
      value === null
        ? []
        : [
            store.realisations.save(address, null, {
              planId: planIdOf(owner, year),
              lineId: `L${line + 1}`,
              month: `${year}-${String(firstMonth + index).padStart(2, '0')}`,
              value: value as Decimal,
              evidence: [],
              note: null,
              state: 'VERIFIED',
              rejection: null,
              activities: null,
              files: [],
              reportedBy: null,
              reportedAt: OPENED_AT,
              version: 0,
            }),
          ],
    ),
  );
  await write(store, realisations);
}

const dayBefore = (date: string): string =>
  new Date(Date.parse(`${date}T00:00:00.000Z`) - 86_400_000).toISOString().slice(0, 10);

/** A transaction takes 100 items, of which each write needs a few. */
export async function write(store: Store, writes: readonly Write[]): Promise<void> {
  for (let at = 0; at < writes.length; at += 10) {
    await store.commit(
      {
        actor: { id: 'seed', role: 'HR_ADMIN' },
        at: OPENED_AT,
        operation: 'seed',
        reason: null,
        idempotency: null,
      },
      writes.slice(at, at + 10),
    );
  }
}
