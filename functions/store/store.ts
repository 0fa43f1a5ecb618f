import type { AuditActor, AuditEntry } from '../domain/audit.ts';
import type { PeriodRun } from '../domain/evaluation/basis.ts';
import type { Carryover } from '../domain/evaluation/carryover.ts';
import type { Predicate } from '../domain/evaluation/predicate.ts';
import type { RankingEntry, RankingScope } from '../domain/evaluation/ranking.ts';
import type { Ranks, RanksKey, Result, UnitAchievement, UnitResult } from '../domain/evaluation/result.ts';
import type { Goal } from '../domain/indicator/goal.ts';
import type { Indicator, IndicatorDefinition } from '../domain/indicator/indicator.ts';
import type { Realisation } from '../domain/indicator/realisation.ts';
import type { IndicatorFigures } from '../domain/indicator-review/figures.ts';
import type { Organisation, Unit } from '../domain/organisation/organisation.ts';
import type { Membership, Staff, WorkCollection } from '../domain/organisation/staff.ts';
import type { CorrectionContent } from '../domain/period/correction.ts';
import type { Period } from '../domain/period/period.ts';
import type { Policy } from '../domain/period/policy.ts';
import type { Plan, PlanContent } from '../domain/plan/plan.ts';
import type { AssessorRating, Instrument, RaterGroup, Rating } from '../domain/rating/rating.ts';
import type { Instant, IsoDate, Month } from '../domain/time.ts';
import type { ActivityStore } from './contract/activity.ts';
import type { AttendanceStore } from './contract/attendance.ts';
import type { CarryoverStore } from './contract/carryover.ts';
import type { CascadeStore } from './contract/cascade.ts';
import type { DiscussionStore } from './contract/discussion.ts';
import type { EvidenceStore } from './contract/evidence.ts';
import type { FeedbackStore, GuidanceStore } from './contract/feedback.ts';
import type { FollowUpStore } from './contract/follow-up.ts';
import type { AnnouncementStore, ForumStore } from './contract/forum.ts';
import type { IndicatorReviewStore } from './contract/indicator-review.ts';
import type { JobStore } from './contract/jobs.ts';
import type { JointActivityStore } from './contract/joint-activity.ts';
import type { MailStore } from './contract/mails.ts';
import type { NoticeStore } from './contract/notices.ts';
import type { ObjectionStore, ReceiptStore } from './contract/objection.ts';
import type { PeerStore } from './contract/peers.ts';
import type { DraftStore, TemplateStore } from './contract/plan-preparation.ts';
import type { ProgressStore } from './contract/progress.ts';
import type { RaterSecretStore } from './contract/rating.ts';
import type { SatisfactionStore } from './contract/satisfaction.ts';
import type { Page, PageRequest, Stored, WorkAddress, Write } from './contract/stored.ts';
import type { TrainingStore } from './contract/training.ts';
import type { UnitAssessmentStore } from './contract/unit-assessment.ts';

/**
 * The table as the use cases see it: domain values in and out, no key and no AWS type.
 *
 * Reads are strongly consistent unless they go through an index: staff of a unit, by name or by named assessor, whom a rater
 * has rated, lists of goals and indicators. Everything that changes goes through `commit`: one transaction with its version
 * conditions, audit entries and uniqueness items. Values may be saved as they were read: what a `Stored` carries beside
 * its type is left out, and `version` follows from `before`, whatever `after` says.
 */
export interface Store {
  /** The same for every view of one table: what a process keeps beyond a request is kept under it. */
  readonly identity: object;
  readonly organisation: OrganisationStore;
  readonly staff: StaffStore;
  readonly attendance: AttendanceStore;
  readonly training: TrainingStore;
  readonly followUps: FollowUpStore;
  readonly goals: GoalStore;
  readonly indicators: IndicatorStore;
  readonly indicatorReviews: IndicatorReviewStore;
  readonly plans: PlanStore;
  readonly discussion: DiscussionStore;
  readonly cascade: CascadeStore;
  readonly planDrafts: DraftStore;
  readonly planTemplates: TemplateStore;
  readonly realisations: RealisationStore;
  readonly activities: ActivityStore;
  readonly evidence: EvidenceStore;
  readonly instruments: InstrumentStore;
  readonly ratings: RatingStore;
  readonly carryovers: CarryoverStore;
  readonly unitAssessments: UnitAssessmentStore;
  readonly raterSecrets: RaterSecretStore;
  readonly peers: PeerStore;
  readonly periods: PeriodStore;
  readonly policies: PolicyStore;
  readonly results: ResultStore;
  readonly rankings: RankingStore;
  readonly closeRuns: CloseRunStore;
  readonly objections: ObjectionStore;
  readonly receipts: ReceiptStore;
  readonly satisfaction: SatisfactionStore;
  readonly audit: AuditStore;
  // Feedback, guidance
  readonly feedback: FeedbackStore;
  readonly guidance: GuidanceStore;
  readonly progress: ProgressStore;
  readonly jointActivities: JointActivityStore;
  readonly forum: ForumStore;
  readonly announcements: AnnouncementStore;
  readonly notices: NoticeStore;
  readonly jobs: JobStore;
  readonly mails: MailStore;

  /**
   * Writes everything or nothing. Each entity saved gets `version` + 1 and an audit entry chained to its previous one.
   * Throws a Rejection with the problem that the failed condition stands for (CONFLICT, ALREADY_EXISTS, PERIOD_CLOSED,
   * BUSY when the transaction lost against others too often); throws IdempotentReplay when `intent.idempotency` was
   * committed before.
   */
  commit(intent: Intent, writes: readonly Write[]): Promise<void>;
  /** What an earlier commit under this key wrote; null when there was none. */
  findReplay(actorId: string, key: string): Promise<Replay | null>;
}

/** Why something is written: goes into the audit entry of every entity in the transaction. */
export interface Intent {
  readonly actor: AuditActor;
  readonly at: Instant;
  /** Name of the operation, for example `agreePlan`. */
  readonly operation: string;
  readonly reason: string | null;
  readonly idempotency: (Replay & { readonly key: string }) | null;
  /** Names the request or the workflow in the logs; given by correlatedStore. */
  readonly correlationId?: string;
}

/** What a repeated mutation must answer with: refused when the input differs, else the same entity. */
export interface Replay {
  /** SHA-256 of operation and input, hex. */
  readonly inputHash: string;
  /** Id of the entity that the mutation answers with. */
  readonly ref: string;
}

export interface OrganisationStore {
  /** All units, cached in the process by the organisation's version: one small read when nothing changed. */
  load(): Promise<Organisation & { readonly trails: ReadonlyMap<string, string> }>;
  /** Saves a unit and raises the organisation's version from `organisationVersion`, so that two changes of the tree never both win. */
  save(
    organisationVersion: number,
    before: Stored<Unit> | null,
    after: Unit,
    conditions?: UnitConditions,
  ): Write;
  unit(id: string): Promise<Stored<Unit> | null>;
  unitByCode(code: string): Promise<Stored<Unit> | null>;
}

/** What else the decision to save a unit rests on; CONFLICT when it has changed. */
export interface UnitConditions {
  /** New heads, as read: still the same. */
  readonly heads?: readonly Pick<Staff, 'id' | 'version'>[];
  /** Of `StaffStore.rosterVersion`: the unit is retired, nobody has joined it since, and nobody will. */
  readonly rosterVersion?: number;
}

export interface StaffStore {
  get(id: string): Promise<Stored<Staff> | null>;
  /** In the order of `ids`; null where there is none. One request a 100. */
  getMany(ids: readonly string[]): Promise<readonly (Stored<Staff> | null)[]>;
  findByNip(nip: string): Promise<Stored<Staff> | null>;
  /** Staff in a unit on a day, which is today in the region or later, by name. */
  ofUnit(unitId: string, page: PageRequest, on: IsoDate): Promise<Page<Stored<Staff>>>;
  /** Staff of the region whose name begins with `prefix` (case and accents ignored; at least one letter), by name. */
  byName(prefix: string, page: PageRequest): Promise<Page<Stored<Staff>>>;
  /** Staff whose assignment on a day, today in the region or later, names this assessor instead of the unit's head. */
  ofNamedAssessor(assessorId: string, page: PageRequest, on: IsoDate): Promise<Page<Stored<Staff>>>;
  /** Everybody who has ever named this assessor, those who have left included. Strongly consistent. */
  everNamed(assessorId: string): Promise<readonly string[]>;
  /** Stays that name this assessor on that day or on a later one. Strongly consistent. */
  assessedFrom(assessorId: string, from: IsoDate): Promise<readonly Membership[]>;
  /** All memberships of a unit's shard, past ones included. */
  roster(collection: WorkCollection): Promise<readonly Membership[]>;
  /** How often somebody has joined a unit; read before its rosters, it tells whether they are still as read. */
  rosterVersion(unitId: string): Promise<number>;
  /** How often somebody has named this assessor; read before `assessedFrom`, it tells whether that is still so. */
  delegationVersion(assessorId: string): Promise<number>;
  /**
   * Saves with NIP uniqueness, index entries and the memberships that follow from the assignments. CONFLICT when a unit that
   * is joined, or an assessor who is named, has been retired. A retirement needs `delegationVersion` among its conditions.
   */
  save(before: Stored<Staff> | null, after: Staff, conditions?: StaffConditions): Write;
}

/** What else the decision to save a person rests on; CONFLICT when it has changed. */
export interface StaffConditions {
  readonly organisationVersion?: number;
  /** Of `StaffStore.delegationVersion`: nobody has named the person as assessor since, and once they retire nobody will. */
  readonly delegationVersion?: number;
}

export interface GoalStore {
  get(id: string): Promise<Stored<Goal> | null>;
  getMany(ids: readonly string[]): Promise<readonly (Stored<Goal> | null)[]>;
  /** By code. */
  list(page: PageRequest): Promise<Page<Stored<Goal>>>;
  /** Every goal by code: a region has some hundreds. Whole pages at a time. */
  all(): Promise<readonly Stored<Goal>[]>;
  /** Codes are unique within a unit (null: the region's own). */
  byCode(unitId: string | null, code: string): Promise<Stored<Goal> | null>;
  /** @param above goals that must still be what they were when they were read: CONFLICT */
  save(before: Stored<Goal> | null, after: Goal, above?: readonly Stored<Goal>[]): Write;
}

export interface IndicatorStore {
  get(id: string): Promise<Stored<Indicator> | null>;
  getMany(ids: readonly string[]): Promise<readonly (Stored<Indicator> | null)[]>;
  /** In order; null where there is none. One request a 100. */
  getDefinitions(
    keys: readonly { readonly indicatorId: string; readonly definition: number }[],
  ): Promise<readonly (IndicatorDefinition | null)[]>;
  /** Every definition, oldest first. */
  definitions(id: string): Promise<readonly IndicatorDefinition[]>;
  /** By code; of one unit, or of all. */
  list(unitId: string | null, page: PageRequest): Promise<Page<Stored<Indicator>>>;
  /** Codes are unique within a unit (null: the region's own). */
  byCode(unitId: string | null, code: string): Promise<Stored<Indicator> | null>;
  /** Also writes the definition when its number is new. */
  save(before: Stored<Indicator> | null, after: Indicator): Write;
}

export interface PlanStore {
  get(address: WorkAddress, planId: string): Promise<Stored<Plan> | null>;
  getMany(
    of: readonly { readonly address: WorkAddress; readonly planId: string }[],
  ): Promise<readonly (Stored<Plan> | null)[]>;
  /**
   * In order, the plans whose proposal waits for an answer (PROPOSED, CHANGES_REQUESTED); null for the others. One request a
   * megabyte of a collection that many are asked of, one a 100 plans of the others.
   */
  awaitingAnswer(
    of: readonly { readonly address: WorkAddress; readonly planId: string }[],
  ): Promise<readonly (Stored<Plan> | null)[]>;
  /** Every plan of a collection, the unit's agreement included (shard 0), whole pages at a time. */
  ofCollection(address: WorkAddress): Promise<readonly Plan[]>;
  /** Agreed revisions, oldest first. */
  revisions(planId: string): Promise<readonly PlanContent[]>;
  /**
   * Refused with PERIOD_CLOSED while a period of the year is being closed (retry later), and when the targets in force change
   * in a month that a closed period covers. Keeps each newly agreed revision, and the cascade's links.
   */
  save(address: WorkAddress, before: Stored<Plan> | null, after: Plan): Write;
}

export interface RealisationStore {
  get(
    address: WorkAddress,
    key: { readonly planId: string; readonly lineId: string; readonly month: Month },
  ): Promise<Stored<Realisation> | null>;
  /** One request a 100, in order. */
  getMany(
    of: readonly {
      readonly address: WorkAddress;
      readonly planId: string;
      readonly lineId: string;
      readonly month: Month;
    }[],
  ): Promise<readonly (Stored<Realisation> | null)[]>;
  ofPlan(
    address: WorkAddress,
    planId: string,
    months: readonly Month[],
  ): Promise<readonly Stored<Realisation>[]>;
  ofCollection(address: WorkAddress, from: Month, to: Month): Promise<readonly Realisation[]>;
  /** As `ofCollection`, those alone that wait to be verified. */
  reportedIn(address: WorkAddress, from: Month, to: Month): Promise<readonly Stored<Realisation>[]>;
  /** Refused with PERIOD_CLOSED when a period that covers the month has been closed. */
  save(address: WorkAddress, before: Stored<Realisation> | null, after: Realisation): Write;
  /**
   * As a decision on an objection sets it right, also in a month that has been closed; refused with PERIOD_CLOSED only while
   * a period of the year is being closed (retry later).
   */
  correct(address: WorkAddress, before: Stored<Realisation> | null, after: Realisation): Write;
}

export interface InstrumentStore {
  get(id: string, version: number): Promise<Instrument | null>;
  /** Every version of every instrument (a region has few). */
  list(): Promise<readonly Instrument[]>;
  /** A new version; an existing one never changes. */
  add(instrument: Instrument): Write;
  /** Ids of those by which nobody rates any more. */
  retired(): Promise<ReadonlySet<string>>;
  /**
   * RETIRED when it was before.
   * @param left another that must still be in use then, so that two that are retired at once do not leave none: CONFLICT
   */
  retire(id: string, left: string): Write;
}

export interface RatingKey {
  readonly periodId: string;
  readonly rateeId: string;
  readonly group: RaterGroup;
  readonly raterId: string;
}

export interface RatingStore {
  get(address: WorkAddress, key: RatingKey): Promise<Stored<Rating> | null>;
  getMany(address: WorkAddress, keys: readonly RatingKey[]): Promise<readonly (Stored<Rating> | null)[]>;
  ofRatee(address: WorkAddress, periodId: string, rateeId: string): Promise<readonly Stored<Rating>[]>;
  ofCollection(address: WorkAddress, periodId: string): Promise<readonly Rating[]>;
  /** Whom a staff member has rated in a period. PUBLIC answers leave no such mark. */
  ratedBy(staffId: string, periodId: string): Promise<readonly Participation[]>;
  /** That somebody has rated, once for each rating of a shard's people but those of PUBLIC; by whom is not said. */
  participation(address: WorkAddress, periodId: string): Promise<readonly Participation[]>;
  /**
   * Refused with PERIOD_CLOSED when the period does not accept ratings any more. What an anonymous group says is saved under a
   * pseudonym, with an audit entry that names nobody and no time; that the rater has rated is noted apart from it.
   * @param staffId the rater; null for PUBLIC. Of SUPERIOR and SELF the rating itself names them
   */
  save(address: WorkAddress, before: Stored<Rating> | null, after: Rating, staffId?: string | null): Write;
  /** Goes with a decline: refused with ALREADY_RATED when the staff member has rated meanwhile. */
  requireNotRated(address: WorkAddress, pair: Omit<RatingKey, 'raterId'>, staffId: string): Write;
  assessorRating(
    address: WorkAddress,
    periodId: string,
    staffId: string,
  ): Promise<Stored<AssessorRating> | null>;
  assessorRatingsOfCollection(
    address: WorkAddress,
    periodId: string,
  ): Promise<readonly Stored<AssessorRating>[]>;
  /** CONFLICT when `carryover`, if given, is no longer what was read (null: none): what is agreed and what is set exclude each other. */
  saveAssessorRating(
    address: WorkAddress,
    before: Stored<AssessorRating> | null,
    after: AssessorRating,
    carryover?: Stored<Carryover> | null,
  ): Write;
}

/** That a person was rated by somebody of the group. */
export interface Participation {
  readonly rateeId: string;
  readonly group: RaterGroup;
}

/** The organisation that a close begins with, as `putSnapshot` wrote it. */
export interface Frozen {
  readonly organisationVersion: number;
  /** Digest of the snapshot, under which it lies. */
  readonly snapshot: string;
  /** The published runs that it builds on or is compared with. */
  readonly builtOn?: readonly PeriodRun[];
  /** Periods that must still be at the version at which they were read. */
  readonly unchanged?: readonly Stored<Period>[];
}

export interface PeriodStore {
  /** Null also for one that was cancelled. */
  get(id: string): Promise<Stored<Period> | null>;
  /** One that was planned and cancelled; null for any other. */
  cancelled(id: string): Promise<Stored<Period> | null>;
  /** All periods but the cancelled ones, by id (a region has some seventeen a year). */
  list(): Promise<readonly Stored<Period>[]>;
  /**
   * Saves and sets the gates to what the state asks: entering OPEN opens the period's 16 gates, leaving it shuts them; entering
   * CLOSING also holds the year still (plans, rosters) until it is left. With `frozen` the organisation must still be at that
   * version, and the run keeps what it was begun with: the snapshot that counts, and a copy of the policy.
   *
   * The register of objections goes with it: CONFLICT when a period becomes FINAL while something is open; opened again, it
   * takes no more. `correction`, given when a correction run begins and when it is published, is what the run holds.
   */
  save(
    before: Stored<Period> | null,
    after: Period,
    frozen?: Frozen | null,
    correction?: CorrectionContent,
  ): Write;
}

export interface PolicyStore {
  get(id: string): Promise<Stored<Policy> | null>;
  list(): Promise<readonly Stored<Policy>[]>;
  save(before: Stored<Policy> | null, after: Policy): Write;
}

/** A correction run (domain/period/run.ts) is read together with its base, in the same request; what it does not change is its base's. */
export interface ResultStore {
  get(periodId: string, run: string, staffId: string): Promise<Result | null>;
  getMany(
    keys: readonly { readonly periodId: string; readonly run: string; readonly staffId: string }[],
  ): Promise<readonly (Result | null)[]>;
  /** A person's results in force, oldest period first: those of each period's published run, and of no other run. */
  ofStaff(staffId: string): Promise<readonly Result[]>;
  unit(periodId: string, run: string, unitId: string): Promise<UnitResult | null>;
  /** One request a 100, in order. */
  units(
    keys: readonly { readonly periodId: string; readonly run: string; readonly unitId: string }[],
  ): Promise<readonly (UnitResult | null)[]>;
  /** Bulk and repeatable: the same results under the same run are the same items. */
  putMany(results: readonly Result[]): Promise<void>;
  putUnits(results: readonly UnitResult[]): Promise<void>;
}

export interface RankingStore {
  /** Page `number` (0, 1, …), `pageSize` entries each; null past the end. One read; of a correction run with its base, in one request. */
  page(
    periodId: string,
    run: string,
    scope: RankingScope,
    number: number,
  ): Promise<{ readonly total: number; readonly entries: readonly RankingEntry[] } | null>;
  readonly pageSize: number;
  putPages(periodId: string, run: string, pages: Iterable<RankingPage>): Promise<void>;
  /** Everybody's places, in order; null of who was not ranked. Those of a shard lie in one item, one read for all who are asked for at once. */
  ranksOf(keys: readonly RanksKey[]): Promise<readonly (Ranks | null)[]>;
  /** Bulk and repeatable. Of a correction run: the shards in which any place differs from its base, whole. */
  putRanks(periodId: string, run: string, shards: Iterable<RankedShard>): Promise<void>;
}
/** The places of everybody who was evaluated in a shard. */
export interface RankedShard {
  readonly collection: WorkCollection;
  readonly staff: readonly { readonly staffId: string; readonly ranks: Ranks | null }[];
}
export interface RankingPage {
  readonly scope: RankingScope;
  readonly number: number;
  /** Ranked staff in the whole scope. */
  readonly total: number;
  readonly entries: readonly RankingEntry[];
}

/** One person's line in what a score shard leaves for the merge. */
export interface ShardScore {
  readonly staffId: string;
  readonly jobGroup: string;
  /** Null: not ranked. */
  readonly score: number | null;
  readonly predicate: Predicate | null;
  readonly assessedInUnitId: string | null;
}
/** What scoring one shard left: sorted by staffId, with the unit's achievement when it is shard 0. */
export interface ShardScores {
  readonly collection: WorkCollection;
  readonly scores: readonly ShardScore[];
  readonly achievement: UnitAchievement | null;
  /** Of the shard's lines, by indicator id. */
  readonly indicators: readonly IndicatorFigures[];
}

/** Working items of a close, under period and run; repeatable writes, kept for the record. */
export interface CloseRunStore {
  /** Writes the organisation under its digest; it counts once a period is saved with it as `frozen`. */
  putSnapshot(periodId: string, run: string, organisation: Organisation): Promise<Frozen>;
  /** The organisation as frozen at begin; null before. */
  snapshot(periodId: string, run: string): Promise<Organisation | null>;
  /** The runs that it may build on, as frozen at begin: those of a year's periods, or earlier ones that may be carried over; and those before with which its indicators are compared. */
  builtOn(periodId: string, run: string): Promise<readonly PeriodRun[]>;
  /** What a correction run holds, all earlier ones included; null for any other run. */
  correction(periodId: string, run: string): Promise<CorrectionContent | null>;
  /** The policy that the run was begun with; null before. Of a correction run: that of its base. */
  policy(periodId: string, run: string): Promise<Policy | null>;
  /** What a shard came to, for the merge. */
  putScores(periodId: string, run: string, scores: ShardScores): Promise<void>;
  /** Every shard's scores, in shard order, streamed. */
  scores(periodId: string, run: string): AsyncIterable<ShardScores>;
  /** One shard's; null while they are not there. */
  scoresOf(periodId: string, run: string, collection: WorkCollection): Promise<ShardScores | null>;
}

export interface AuditStore {
  /** Oldest first. */
  entries(entity: string, page: PageRequest): Promise<Page<AuditEntry>>;
  /** How far the rolling check of all trails has come. */
  checkpoint(): Promise<AuditCheckpoint>;
  saveCheckpoint(checkpoint: AuditCheckpoint): Promise<void>;
  /** What an assessor set for a person in a period, each time, oldest first. */
  assessorRatings(
    periodId: string,
    staffId: string,
  ): Promise<readonly { readonly entry: AuditEntry; readonly rating: AssessorRating }[]>;
  /** What a name of a trail would have to be, where a text is none: the form of its kind, or all kinds. Null: it is one. */
  expected(entity: string): string | null;
  /** Of whose work of a year a trail is, as far as its name tells; null: of something else. */
  workOf(entity: string): AuditedWork | null;
  /** Names of trails. */
  readonly nameOf: TrailNames;
  /** Whether a reading failed because what is stored cannot be read: it was changed past the system. */
  isUnreadable(error: unknown): boolean;
  /**
   * Recomputes the chain; the sequence number of the first entry that does not fit, or null.
   * @param address where the work lies of which the trail is (`workOf`): without it a trail that is missing whole is not noticed
   */
  verify(
    entity: string,
    address?: WorkAddress | null,
  ): Promise<{ readonly entries: number; readonly brokenAt: number | null }>;
}

/** Names of trails that the rolling check looks at. */
export interface TrailNames {
  unit(id: string): string;
  staff(id: string): string;
  period(id: string): string;
  policy(id: string): string;
  plan(id: string): string;
  realisation(key: Pick<Realisation, 'planId' | 'lineId' | 'month'>): string;
  assessorRating(periodId: string, staffId: string): string;
}

/** The last trail that the rolling check has treated: where it lies in the order of the check; null: a new round begins. */
export interface AuditCheckpoint {
  readonly round: number;
  readonly station: string | null;
  readonly trail: string | null;
}

/** A plan with its realisations, or what was said of a person in a period. */
export type AuditedWork =
  | { readonly planId: string; readonly periodId?: never; readonly staffId?: never }
  | { readonly planId?: never; readonly periodId: string; readonly staffId: string };
