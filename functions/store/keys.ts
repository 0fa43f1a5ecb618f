import { createHash } from 'node:crypto';
import type { ActivityState } from '../domain/activity/activity.ts';
import type { RankingScope } from '../domain/evaluation/ranking.ts';
import { readFeedbackId } from '../domain/feedback/feedback.ts';
import { type GuidanceKind, readGuidanceId } from '../domain/feedback/guidance.ts';
import type { Audience } from '../domain/notice/notice.ts';
import { comparable, comparablePerson } from '../domain/organisation/name.ts';
import { readCommentId } from '../domain/plan/discussion.ts';
import { planIdOf } from '../domain/plan/plan.ts';
import type { RaterGroup } from '../domain/rating/rating.ts';
import type { BatchesFor } from '../domain/satisfaction/single-use-code.ts';
import type { Instant, IsoDate, Month } from '../domain/time.ts';
import type { AuditedWork } from './store.ts';

/** Address of an item. */
export interface Key {
  readonly pk: string;
  readonly sk: string;
}
export type IndexName = 'gsi1' | 'gsi2' | 'gsi3';

/** Gate items of a period and of a year: enough that no one of them is hot, few enough for one transaction. */
export const GATE_COUNT = 16;

const PLAIN_PART = /^[^#%]{0,100}$/;

/** One part of a composite key. Whatever an id holds, two different lists of parts never make the same key. */
const part = (text: string): string => {
  if (PLAIN_PART.test(text)) return text;
  if (text.length > 100) return `%${createHash('sha256').update(text).digest('hex')}`;
  return text.replaceAll('%', '%25').replaceAll('#', '%23');
};

/** A part that is a whole key: DynamoDB takes no empty one, and no other text becomes a lone `%`. */
const wholePart = (text: string): string => part(text) || '%';

/** Fixed width, so that text order is number order. A text stands for a number where the access patterns are printed. */
const digits = (value: number | string, width: number): string =>
  typeof value === 'string' ? value : String(value).padStart(width, '0');

// Organisation

/** The whole organisation is one partition: its version, then every unit. */
export const organisationPartition = 'ORG';
export const organisationVersionKey: Key = { pk: organisationPartition, sk: 'VERSION' };
export const unitPrefix = 'UNIT#';
export const unitKey = (unitId: string): Key => ({
  pk: organisationPartition,
  sk: unitPrefix + part(unitId),
});
export const unitCodeKey = (code: string): Key => ({ pk: `UNITCODE#${part(code)}`, sk: 'UNITCODE' });

// Staff

export const staffKey = (staffId: string): Key => ({ pk: `STAFF#${part(staffId)}`, sk: 'STAFF' });
export const nipKey = (nip: string): Key => ({ pk: `NIP#${part(nip)}`, sk: 'NIP' });

const LONGEST_NAME = 100;
/** `-` joins the words of what is compared and sorts after `#`, so that shorter names come first. */
const nameOrder = (compared: string, ...ids: string[]): string =>
  [compared.slice(0, LONGEST_NAME) || '-', ...ids.map(part)].join('#');

/** What the name of a person begins with in the lists, see `comparablePerson`. */
export const namePrefix = (name: string): string => comparablePerson(name).slice(0, LONGEST_NAME);
/** Staff of the region by name: one partition a first letter. */
export const namePartition = (name: string): string => `NAME#${[...namePrefix(name)].at(0) ?? '-'}`;
export const nameSort = (name: string, staffId: string): string => nameOrder(comparablePerson(name), staffId);

interface Place {
  readonly unitId: string;
  readonly shard: number | string;
}
export const rosterPartition = ({ unitId, shard }: Place): string => `ROSTER#${part(unitId)}#${shard}`;
/** Grows with each stay that is added to any shard of the unit, and says whether the unit is retired. */
export const rosterVersionKey = (unitId: string): Key => ({ pk: `ROSTER#${part(unitId)}`, sk: 'VERSION' });
export const membershipKey = (collection: Place, staffId: string, from: IsoDate): Key => ({
  pk: rosterPartition(collection),
  sk: `${part(staffId)}#${from}`,
});
export const staffOfUnitPartition = (unitId: string): string => `UNIT#${part(unitId)}`;
export const staffOfAssessorPartition = (assessorId: string): string => `ASSESSOR#${part(assessorId)}`;
/** Whom a person has ever assessed by delegation: a version that grows with each naming, then one item a person. */
export const delegationPartition = (assessorId: string): string => `DELEGATION#${part(assessorId)}`;
export const delegationVersionKey = (assessorId: string): Key => ({
  pk: delegationPartition(assessorId),
  sk: 'VERSION',
});
export const delegationPrefix = 'NAMED#';
export const delegationKey = (assessorId: string, staffId: string): Key => ({
  pk: delegationPartition(assessorId),
  sk: delegationPrefix + part(staffId),
});
export const membershipSort = (name: string, staffId: string, from: IsoDate): string =>
  nameOrder(comparablePerson(name), staffId, from);

// Goals, indicators, instruments

export const goalsPartition = 'GOALS';
export const goalKey = (goalId: string): Key => ({ pk: `GOAL#${part(goalId)}`, sk: 'GOAL' });
export const goalCodeKey = (unitId: string | null, code: string): Key => ({
  pk: `GOALCODE#${part(unitId ?? '')}#${part(code)}`,
  sk: 'GOALCODE',
});
export const indicatorsPartition = 'INDICATORS';
export const indicatorsOfUnitPartition = (unitId: string): string => `INDICATORS#${part(unitId)}`;
export const indicatorKey = (indicatorId: string): Key => ({
  pk: `INDICATOR#${part(indicatorId)}`,
  sk: 'INDICATOR',
});
export const definitionPrefix = 'DEFINITION#';
export const definitionKey = (indicatorId: string, definition: number | string): Key => ({
  pk: `INDICATOR#${part(indicatorId)}`,
  sk: definitionPrefix + digits(definition, 6),
});
export const indicatorCodeKey = (unitId: string | null, code: string): Key => ({
  pk: `INDICATORCODE#${part(unitId ?? '')}#${part(code)}`,
  sk: 'INDICATORCODE',
});
// Review of indicators

interface IndicatorInRun {
  readonly indicatorId: string;
  readonly periodId: string;
  readonly run: string;
}
export const figuresPrefix = 'FIGURES#';
export const indicatorFiguresKey = ({ indicatorId, periodId, run }: IndicatorInRun): Key => ({
  pk: `INDICATOR#${part(indicatorId)}`,
  sk: `${figuresPrefix}${part(periodId)}#${part(run)}`,
});
/** What a run found fault with is one partition, so that a planner's queue is one query. */
export const indicatorReviewKey = ({ indicatorId, periodId, run }: IndicatorInRun): Key => ({
  pk: `REVIEW#${part(periodId)}#${part(run)}`,
  sk: wholePart(indicatorId),
});
export const reviewDecisionKey = ({ indicatorId, periodId }: Omit<IndicatorInRun, 'run'>): Key => ({
  pk: `INDICATOR#${part(indicatorId)}`,
  sk: `DECISION#${part(periodId)}`,
});

/** Catalogues are listed by code. */
export const codeSort = (code: string, id: string): string => `${part(code)}#${part(id)}`;
export const instrumentsPartition = 'INSTRUMENTS';
export const instrumentKey = (instrumentId: string, version: number | string): Key => ({
  pk: instrumentsPartition,
  sk: `${part(instrumentId)}#${digits(version, 6)}`,
});

export const retiredInstrumentsPartition = 'RETIRED_INSTRUMENTS';
export const retiredInstrumentKey = (instrumentId: string): Key => ({
  pk: retiredInstrumentsPartition,
  sk: part(instrumentId),
});

// Work of a year in a unit's shard: plans, realisations, ratings

/** A work address; texts stand for numbers where the table of access patterns prints them. */
export interface WorkPlace {
  readonly collection: Place;
  readonly year: number | string;
}
export const workPartition = ({ year, collection }: WorkPlace): string =>
  `WORK#${year}#${part(collection.unitId)}#${collection.shard}`;
export const planPrefix = 'PLAN#';
export const planKey = (address: WorkPlace, planId: string): Key => ({
  pk: workPartition(address),
  sk: planPrefix + part(planId),
});
/** Month first, so that the close of a quarter reads three months and not twelve. */
export const realisationPrefix = (month: Month, planId?: string): string =>
  `REAL#${month.slice(5)}#${planId === undefined ? '' : `${part(planId)}#`}`;
export const realisationKey = (
  address: WorkPlace,
  { planId, lineId, month }: { readonly planId: string; readonly lineId: string; readonly month: Month },
): Key => ({ pk: workPartition(address), sk: realisationPrefix(month, planId) + part(lineId) });
export const ratingPrefix = (periodId: string, rateeId?: string): string =>
  `RATE#${part(periodId)}#${rateeId === undefined ? '' : `${part(rateeId)}#`}`;
export const ratingKey = (
  address: WorkPlace,
  key: {
    readonly periodId: string;
    readonly rateeId: string;
    readonly group: RaterGroup | '<group>';
    readonly raterId: string;
  },
): Key => ({
  pk: workPartition(address),
  sk: `${ratingPrefix(key.periodId, key.rateeId)}${key.group}#${part(key.raterId)}`,
});
export const assessorRatingPrefix = (periodId: string): string => `SET#${part(periodId)}#`;
export const assessorRatingKey = (address: WorkPlace, periodId: string, staffId: string): Key => ({
  pk: workPartition(address),
  sk: assessorRatingPrefix(periodId) + part(staffId),
});
export const carryoverPrefix = (periodId: string): string => `CARRY#${part(periodId)}#`;
export const carryoverKey = (address: WorkPlace, periodId: string, staffId: string): Key => ({
  pk: workPartition(address),
  sk: carryoverPrefix(periodId) + part(staffId),
});
/** What was decided about a unit as a whole lies with its agreement, in its first shard. */
export const unitAssessmentKey = (periodId: string, unitId: string): Key => ({
  pk: workPartition({ collection: { unitId, shard: 0 }, year: periodId.slice(0, 4) }),
  sk: `UNITSET#${part(periodId)}`,
});
export const ratedByPartition = (raterId: string, periodId: string): string =>
  `RATER#${part(raterId)}#${part(periodId)}`;
export const ratedBySort = (rateeId: string, group: string): string => `${part(rateeId)}#${group}`;
/** That somebody has rated somebody lies apart from what was said: no score, no time, no order leads from one to the other. */
export const participationPrefix = (periodId: string): string => `DONE#${part(periodId)}#`;
export const participationKey = (
  address: WorkPlace,
  key: {
    readonly periodId: string;
    readonly rateeId: string;
    readonly group: RaterGroup | '<group>';
  },
  staffId: string,
): Key => ({
  pk: workPartition(address),
  sk: `${participationPrefix(key.periodId)}${part(key.rateeId)}#${key.group}#${part(staffId)}`,
});
export const raterPartition = (staffId: string, periodId: string): string =>
  `RATER#${part(staffId)}#${part(periodId)}`;
export const participationSortPrefix = 'DONE#';
export const participationSort = (rateeId: string, group: string): string =>
  `${participationSortPrefix}${part(rateeId)}#${group}`;
// Chosen peers: the panel, an item for each rater on it, and who declined to rate their superior
export const panelPrefix = (periodId: string): string => `PANEL#${part(periodId)}#`;
/** How far the draw of a period has come. */
export const drawProgressKey = (periodId: string): Key => ({
  pk: `PERIOD#${part(periodId)}`,
  sk: 'PEER_DRAW',
});
export const panelKey = (address: WorkPlace, periodId: string, staffId: string): Key => ({
  pk: workPartition(address),
  sk: panelPrefix(periodId) + part(staffId),
});
interface RatedPair {
  readonly periodId: string;
  readonly rateeId: string;
}
export const peerAssignmentKey = (address: WorkPlace, pair: RatedPair, staffId: string): Key => ({
  pk: workPartition(address),
  sk: `PEER#${part(pair.periodId)}#${part(pair.rateeId)}#${part(staffId)}`,
});
export const peerSortPrefix = 'PEER#';
export const peerSort = (rateeId: string): string => peerSortPrefix + part(rateeId);
export const declineKey = (
  address: WorkPlace,
  { periodId, rateeId, raterId }: RatedPair & { readonly raterId: string },
): Key => ({
  pk: workPartition(address),
  sk: `DECLINE#${part(periodId)}#${part(rateeId)}#${part(raterId)}`,
});
export const declinedSortPrefix = 'DECLINED#';
export const declinedSort = (rateeId: string): string => declinedSortPrefix + part(rateeId);
/** What turns raters into pseudonyms, until the period is final. */
export const raterSecretKey = (periodId: string): Key => ({
  pk: `PERIOD#${part(periodId)}`,
  sk: 'RATER_SECRET',
});
export const revisionPrefix = 'REVISION#';
export const revisionKey = (planId: string, revision: number | string): Key => ({
  pk: `PLAN#${part(planId)}`,
  sk: revisionPrefix + digits(revision, 6),
});

// The cascade as it is asked from above

/** Agreements of units come before plans of staff, which not everybody may read. */
const OWNER_ORDER = { UNIT: 'A', STAFF: 'B' } as const;
export const goalLinkPrefix = (year: number | string, owner?: 'UNIT' | 'STAFF'): string =>
  `SERVED#${year}#${owner === undefined ? '' : `${OWNER_ORDER[owner]}#`}`;
export const goalLinkKey = (
  goalId: string,
  year: number | string,
  owner: 'UNIT' | 'STAFF',
  planId: string,
): Key => ({ pk: `GOAL#${part(goalId)}`, sk: goalLinkPrefix(year, owner) + part(planId) });
export const lineLinkPrefix = (lineId?: string): string =>
  lineId === undefined ? 'SERVED#' : `SERVED#${part(lineId)}#`;
export const lineLinkKey = (servedPlanId: string, lineId: string, planId: string): Key => ({
  pk: `PLAN#${part(servedPlanId)}`,
  sk: lineLinkPrefix(lineId) + part(planId),
});

// Public satisfaction

export const campaignKey = (campaignId: string): Key => ({
  pk: `SURVEY#${part(campaignId)}`,
  sk: 'CAMPAIGN',
});
export const campaignsOfUnitPartition = (unitId: string): string => `CAMPAIGNS#${part(unitId)}`;
/** Campaigns whose figures are not there yet. */
export const runningCampaignsPartition = 'CAMPAIGNS';
export const campaignSort = (closes: IsoDate, campaignId: string): string => `${closes}#${part(campaignId)}`;
export const surveyCountKey = (campaignId: string, shard: number | string): Key => ({
  pk: `SURVEY#${part(campaignId)}`,
  sk: `COUNT#${digits(shard, 2)}`,
});
/** Answers without a code in one hour, `2026-03-10T02`. */
export const surveyHourKey = (campaignId: string, hour: string): Key => ({
  pk: `SURVEY#${part(campaignId)}`,
  sk: `HOUR#${hour}`,
});
export const answersPartition = (campaignId: string, shard: number | string): string =>
  `ANSWERS#${part(campaignId)}#${digits(shard, 2)}`;
const answerPrefix = 'ANSWER#';
export const answerKey = (campaignId: string, shard: number | string, answerId: string): Key => ({
  pk: answersPartition(campaignId, shard),
  sk: answerPrefix + part(answerId),
});
const suggestionPrefix = 'SUGGESTION#';
export const suggestionKey = (campaignId: string, suggestionId: string): Key => ({
  pk: `SURVEY#${part(campaignId)}`,
  sk: suggestionPrefix + part(suggestionId),
});
export const suggestionsPartition = (campaignId: string, state: string): string =>
  `SUGGESTIONS#${part(campaignId)}#${state}`;
export const suggestionSort = (suggestionId: string): string => part(suggestionId);
/** By the SHA-256 of the code and what it is for: the code itself is nowhere. */
export const codeKey = (codeHash: string): Key => ({ pk: `CODE#${codeHash}`, sk: 'CODE' });
/** Which codes a batch of a campaign has, by their hashes. */
export const batchCodesKey = (batchId: string): Key => ({ pk: `CODEBATCH#${part(batchId)}`, sk: 'CODES' });
/** Batches of one campaign, or for one person in one period. */
export const batchesPartition = (purpose: BatchesFor): string =>
  purpose.kind === 'SURVEY'
    ? `CODEBATCHES#SURVEY#${part(purpose.campaignId)}`
    : `CODEBATCHES#CONTACT#${part(purpose.staffId)}#${part(purpose.periodId)}`;
/** An id begins with its time. */
export const batchSort = (batchId: string): string => part(batchId);
export const codeBatchKey = (batchId: string): Key => ({ pk: `CODEBATCH#${part(batchId)}`, sk: 'CODEBATCH' });
// Preparing plans

export const draftKey = (planId: string, side: 'OWNER' | 'SUPERIOR' | '<side>'): Key => ({
  pk: `PLAN#${part(planId)}`,
  sk: `DRAFT#${side}`,
});
export const templatesPartition = 'TEMPLATES';
export const templateKey = (templateId: string): Key => ({
  pk: `PLAN_TEMPLATE#${part(templateId)}`,
  sk: 'PLAN_TEMPLATE',
});
export const templatePrefix = (jobGroup: string): string => `${part(jobGroup)}#`;
export const templateSort = ({ jobGroup, name, id }: Record<'jobGroup' | 'name' | 'id', string>): string =>
  templatePrefix(jobGroup) + nameOrder(comparable(name), id);

// Discussion of a plan

/** A plan's posts lie thread by thread, each in the order of time; the thread of the plan as a whole comes first. */
export const commentPrefix = (lineId?: string | null): string =>
  lineId === undefined ? 'POST#' : `POST#${part(lineId ?? '')}#`;
export const commentKey = (
  planId: string,
  { lineId, tail }: { readonly lineId: string | null; readonly tail: string },
): Key => ({ pk: `PLAN#${part(planId)}`, sk: commentPrefix(lineId) + part(tail) });
// Follow-up

interface FollowUpAddress {
  readonly staffId: string;
  readonly periodId: string;
  readonly id: string;
}
export const followUpKey = ({ staffId, periodId, id }: FollowUpAddress): Key => ({
  pk: `FOLLOWUP#${part(staffId)}`,
  sk: `${part(periodId)}#${part(id)}`,
});
export const followUpsOfPeriodPartition = (periodId: string): string => `FOLLOWUPS#${part(periodId)}`;
/** Measures that are being served, by their last day. */
export const measuresServedPartition = 'FOLLOWUPS#SERVED';
export const measureServedSort = (
  until: IsoDate,
  { staffId, periodId, id }: { readonly staffId: string; readonly periodId: string; readonly id: string },
): string => `${until}#${part(staffId)}#${part(periodId)}#${part(id)}`;
/** What waits, or will, for the leaders of people who served in a unit; null: for the personnel office. */
export const followUpsWaitingPartition = (unitId: string | null): string =>
  unitId === null ? 'FOLLOWUPS#OFFICE' : `FOLLOWUPS#LEADERS#${part(unitId)}`;
/** By the day from which on it waits; what waits from the beginning (null) comes before all days. */
export const followUpWaitingSort = (
  from: IsoDate | null,
  { staffId, periodId, id }: FollowUpAddress,
): string => `${from ?? '-'}#${part(staffId)}#${part(periodId)}#${part(id)}`;
/** Unit by unit; of a unit alone it is the beginning of its part of the list. */
export const followUpSort = ({
  unitId,
  staffId,
  id,
}: {
  readonly unitId: string;
  readonly staffId?: string;
  readonly id?: string;
}): string => `${part(unitId)}#${staffId === undefined ? '' : `${part(staffId)}#${part(id ?? '')}`}`;

// Training and careers

export const coursesPartition = 'COURSES';
export const courseKey = (courseId: string): Key => ({ pk: coursesPartition, sk: wholePart(courseId) });
export const programmesPartition = 'PROGRAMMES';
export const programmeKey = (programmeId: string): Key => ({
  pk: `PROGRAMME#${part(programmeId)}`,
  sk: 'PROGRAMME',
});
/** Places taken and people waiting: an item of its own, because many change it at once. */
export const seatsKey = (programmeId: string): Key => ({ ...programmeKey(programmeId), sk: 'SEATS' });
export const enrolmentPrefix = 'ENROLMENT#';
export const enrolmentKey = (programmeId: string, staffId: string): Key => ({
  ...programmeKey(programmeId),
  sk: enrolmentPrefix + part(staffId),
});
export const trainingOfStaffPartition = (staffId: string): string => `TRAINING#${part(staffId)}`;
export const careerKey = (staffId: string): Key => ({ pk: `CAREER#${part(staffId)}`, sk: 'CAREER' });

// Attendance

export const attendanceKey = ({
  staffId,
  month,
}: {
  readonly staffId: string;
  readonly month: Month;
}): Key => ({ pk: `ATTENDANCE#${part(staffId)}`, sk: month });

// Activities and evidence

interface ActivityPlace {
  readonly planId: string;
  readonly day: IsoDate;
  readonly ownId: string;
}
/** Of a plan, by day. @param from the beginning of a day, for example a month */
export const activityPrefix = (planId: string, from = ''): string => `ACT#${part(planId)}#${from}`;
export const activityKey = (address: WorkPlace, { planId, day, ownId }: ActivityPlace): Key => ({
  pk: workPartition(address),
  sk: `${activityPrefix(planId, day)}#${part(ownId)}`,
});
/** One list a state, so that what waits for a superior is not searched for among what is done. */
export const activitiesInStatePartition = (
  { year, collection }: WorkPlace,
  state: ActivityState | '<state>',
): string => `ACTIVITIES#${year}#${part(collection.unitId)}#${collection.shard}#${state}`;
export const activityDaySort = ({ planId, day, ownId }: ActivityPlace): string =>
  `${day}#${part(planId)}#${part(ownId)}`;
export const evidenceTicketKey = (evidenceId: string): Key => ({
  pk: `UPLOAD#${part(evidenceId)}`,
  sk: 'UPLOAD',
});

// Periods and policies

export const periodsPartition = 'PERIODS';
export const periodKey = (periodId: string): Key => ({ pk: periodsPartition, sk: wholePart(periodId) });
export const periodGateKey = (periodId: string, gate: number | string): Key => ({
  pk: `PERIOD#${part(periodId)}`,
  sk: `GATE#${digits(gate, 2)}`,
});
export const yearsGateKey = (gate: number | string): Key => ({ pk: 'YEARS', sk: `GATE#${digits(gate, 2)}` });
/** Attribute of a gate of the years: the set of that year's periods that are being closed; none: absent. */
export const closingIn = (year: number): string => `closing${year}`;
export const policiesPartition = 'POLICIES';
export const policyKey = (policyId: string): Key => ({ pk: policiesPartition, sk: wholePart(policyId) });

// Results and rankings

export const resultPrefix = 'RESULT#';
export const resultKey = (staffId: string, periodId: string, run: string): Key => ({
  pk: `STAFF#${part(staffId)}`,
  sk: `${resultPrefix}${part(periodId)}#${part(run)}`,
});
export const unitResultKey = (unitId: string, periodId: string, run: string): Key => ({
  pk: `UNITRESULT#${part(unitId)}`,
  sk: `${part(periodId)}#${part(run)}`,
});
const scopeText = (scope: RankingScope): string => {
  switch (scope.kind) {
    case 'REGION':
      return 'REGION';
    case 'UNIT':
      return `UNIT#${part(scope.unitId)}`;
    case 'JOB_GROUP':
      return `JOB_GROUP#${part(scope.jobGroup)}`;
  }
};
export const rankingPageKey = (
  periodId: string,
  run: string,
  scope: RankingScope,
  page: number | string,
): Key => ({
  pk: `RANK#${part(periodId)}#${part(run)}#${scopeText(scope)}`,
  sk: `PAGE#${digits(page, 6)}`,
});

// Objections and receipts

/** An objection's own place; numbers may be texts where the access patterns are printed. */
interface ObjectionPlace {
  readonly staffId: string;
  readonly periodId: string;
  readonly attempt: number | string;
}
export const objectionPartition = (staffId: string): string => `OBJECTION#${part(staffId)}`;
export const objectionKey = ({ staffId, periodId, attempt }: ObjectionPlace): Key => ({
  pk: objectionPartition(staffId),
  sk: `${part(periodId)}#${digits(attempt, 4)}`,
});
export const objectionsOfPeriodPartition = (periodId: string): string => `OBJECTIONS#${part(periodId)}`;
/** By a day or an instant. */
export const objectionSort = (when: string, { staffId, periodId, attempt }: ObjectionPlace): string =>
  [when, part(staffId), part(periodId), digits(attempt, 4)].join('#');
export const objectionStateSort = (state: string, filedAt: string, place: ObjectionPlace): string =>
  `${state}#${objectionSort(filedAt, place)}`;
/** Of the personnel office where nobody is named. */
export const deciderPartition = (deciderId: string | null): string =>
  deciderId === null ? 'DECIDER' : `DECIDER#${part(deciderId)}`;
export const explainerPartition = (assessorId: string): string => `EXPLAINER#${part(assessorId)}`;
/** Open objections to a close, and decisions that no published run holds; closed once nothing may be added. */
export const objectionRegisterKey = (periodId: string, attempt: number | string): Key => ({
  pk: `PERIOD#${part(periodId)}`,
  sk: `OBJECTIONS#${digits(attempt, 4)}`,
});
export const verdictPrefix = (periodId: string): string => `VERDICT#${part(periodId)}#`;
export const verdictKey = (address: WorkPlace, periodId: string, staffId: string): Key => ({
  pk: workPartition(address),
  sk: verdictPrefix(periodId) + part(staffId),
});

interface ReceiptPlace extends Place {
  readonly periodId: string;
  readonly attempt: number | string;
}
export const receiptsPartition = ({ periodId, attempt, unitId, shard }: ReceiptPlace): string =>
  `RECEIPTS#${part(periodId)}#${attempt}#${part(unitId)}#${shard}`;
export const receiptKey = (place: ReceiptPlace, staffId: string): Key => ({
  pk: receiptsPartition(place),
  sk: wholePart(staffId),
});

// Working items of a close

export const runPartition = (periodId: string, run: string): string => `RUN#${part(periodId)}#${part(run)}`;
/** What the close was begun with. */
export const frozenKey = (periodId: string, run: string): Key => ({
  pk: runPartition(periodId, run),
  sk: 'FROZEN',
});
/** Whose decisions a correction run holds. */
export const decisionsKey = (periodId: string, run: string): Key => ({
  pk: runPartition(periodId, run),
  sk: 'DECISIONS',
});
const snapshotPrefix = 'ORG#';
/** Under the digest of its content: no other content can ever take its place. */
export const snapshotOf = (digest: string): string => `${snapshotPrefix}${digest}#`;
export const scoresPrefix = 'SCORES#';
export const scoresOf = (unitId: string, shard: number | string): string =>
  `${scoresPrefix}${part(unitId)}#${digits(shard, 4)}#`;
export const ranksOf = (unitId: string, shard: number | string): string =>
  `RANKS#${part(unitId)}#${digits(shard, 4)}#`;
/** A value of any size lies in numbered items under one prefix. */
export const chunkKey = (pk: string, prefix: string, chunk: number | string): Key => ({
  pk,
  sk: prefix + digits(chunk, 3),
});

// Feedback and guidance

/** A day as a sort key of which the latest comes first: lists are read forward. */
export const latestDayFirst = (day: IsoDate): string =>
  /^\d/.test(day) ? digits(99_999_999 - Number(day.replaceAll('-', '')), 8) : day;
export const feedbackPartition = (staffId: string): string => `FEEDBACK#${part(staffId)}`;
const feedbackSort = (day: IsoDate, token: string): string => `${latestDayFirst(day)}#${part(token)}`;
/** Null for what is no id of feedback. */
export const feedbackKey = (id: string): Key | null => {
  const read = readFeedbackId(id);
  return read && { pk: feedbackPartition(read.staffId), sk: feedbackSort(read.day, read.token) };
};
export const feedbackByPartition = (authorId: string): string => `FEEDBACKBY#${part(authorId)}`;
export const feedbackBySort = (id: string): string => feedbackKey(id)?.sk ?? part(id);
export const guidancePartition = (staffId: string): string => `GUIDANCE#${part(staffId)}`;
export const guidancePrefix = (kind: GuidanceKind): string => `${kind}#`;
/** Null for what is no id of a note. */
export const guidanceKey = (id: string): Key | null => {
  const read = readGuidanceId(id);
  return (
    read && {
      pk: guidancePartition(read.staffId),
      sk: `${guidancePrefix(read.kind)}${latestDayFirst(read.day)}#${part(read.token)}`,
    }
  );
};
/** Notes on people who served in a unit of which nobody has said what came of them. */
export const guidanceOpenPartition = (unitId: string): string => `GUIDANCE#OPEN#${part(unitId)}`;
/** By the day on which to look again. */
export const guidanceOpenSort = (followUpOn: IsoDate, id: string): string => `${followUpOn}#${part(id)}`;

// Work across units

export const jointActivityKey = (id: string): Key => ({ pk: `JOINT#${part(id)}`, sk: 'JOINT' });
export const jointsOfUnitPartition = (unitId: string): string => `JOINTOF#UNIT#${part(unitId)}`;
export const jointsOfStaffPartition = (staffId: string): string => `JOINTOF#STAFF#${part(staffId)}`;
/** Activities in which somebody's part waits for a decision, by their first day. */
export const jointsWaitingPartition = 'JOINTS#WAITING';
export const jointWaitingSort = (from: IsoDate, id: string): string => `${from}#${part(id)}`;
export const jointSort = ({ from, id }: { readonly from: IsoDate; readonly id: string }): string =>
  `${latestDayFirst(from)}#${part(id)}`;

// Forum and announcements

/** An instant as a sort key of which the latest comes first. */
export const latestFirst = (at: Instant, id: string): string => {
  const milliseconds = Date.parse(at);
  const order = Number.isNaN(milliseconds) ? at : digits(9_999_999_999_999 - milliseconds, 13);
  return `${order}#${part(id)}`;
};
export const topicKey = (topicId: string): Key => ({ pk: `TOPIC#${part(topicId)}`, sk: 'TOPIC' });
export const topicsPartition = (unitId: string): string => `TOPICS#${part(unitId)}`;
export const postPrefix = 'POST#';
export const postKey = (topicId: string, postId: string): Key => ({
  pk: topicKey(topicId).pk,
  sk: postPrefix + part(postId),
});
export const announcementKey = (id: string): Key => ({ pk: `ANNOUNCEMENT#${part(id)}`, sk: 'ANNOUNCEMENT' });
export const acknowledgementKey = (announcementId: string, staffId: string): Key => ({
  pk: announcementKey(announcementId).pk,
  sk: `ACK#${part(staffId)}`,
});
export const publicAnnouncementsPartition = 'ANNOUNCEMENTS#PUBLIC';
export const announcementsPartition = (
  of: 'REGION' | { readonly unitId: string; readonly audience: string },
): string => (of === 'REGION' ? 'ANNOUNCEMENTS#REGION' : `ANNOUNCEMENTS#${of.audience}#${part(of.unitId)}`);

// Progress in mid-year, by the daily look

export const progressPartition = (year: number | string): string => `PROGRESS#${year}`;
export const unitProgressKey = (year: number | string, unitId: string): Key => ({
  pk: progressPartition(year),
  sk: wholePart(unitId),
});
export const peopleProgressKey = (year: number | string, unitId: string): Key => ({
  pk: `PROGRESSOF#${part(unitId)}`,
  sk: String(year),
});

// Audit and idempotency

export const auditPartition = (entity: string): string => `AUDIT#${entity}`;
export const auditSort = (sequence: number | string): string => digits(sequence, 10);
export const auditKey = (entity: string, sequence: number | string): Key => ({
  pk: auditPartition(entity),
  sk: auditSort(sequence),
});
/** How far the rolling check of all trails has come. */
export const auditCheckpointKey: Key = { pk: 'AUDITCHECK', sk: 'CURSOR' };
export const idempotencyKey = (actorId: string, key: string): Key => ({
  pk: `IDEM#${part(actorId)}#${part(key)}`,
  sk: 'IDEM',
});

// Jobs

export const jobKey = (jobId: string): Key => ({ pk: `JOB#${part(jobId)}`, sk: 'JOB' });
export const jobsOfPartition = (accountId: string): string => `JOBS#${part(accountId)}`;
/** Jobs that have not ended, in the order of their requests. */
export const unfinishedJobsPartition = 'JOBS';
export const unfinishedJobSort = (at: Instant, jobId: string): string => `${at}#${part(jobId)}`;
/** Newest first. */
export const jobSort = (at: Instant, jobId: string): string => `${newestFirst(at)}#${part(jobId)}`;

// Notices

const LATEST = 9_999_999_999_999;
/** Time as text that sorts backwards, so that a list read forward begins with the newest. */
export const newestFirst = (instant: Instant): string => digits(LATEST - Date.parse(instant), 13);
/** What is for one person, and how far they have read. */
export const inboxPartition = (owner: string): string => `INBOX#${part(owner)}`;
export const noticePartition = (audience: Audience): string => {
  switch (audience.kind) {
    case 'PERSON':
      return inboxPartition(audience.staffId);
    case 'EVERYBODY':
      return 'NOTICES#ALL';
    case 'UNIT':
      return `NOTICES#UNIT#${part(audience.unitId)}`;
    case 'UNIT_ALONE':
      return `NOTICES#UNIT_ALONE#${part(audience.unitId)}`;
    case 'ROLE':
      return `NOTICES#ROLE#${audience.role}`;
  }
};
export const noticePrefix = 'NOTICE#';
export const noticeKey = (audience: Audience, position: string): Key => ({
  pk: noticePartition(audience),
  sk: noticePrefix + position,
});
/** That a notice is to be mailed to one person: as long as it waits, it stands in one of the lists of what waits, by time. */
export const mailKey = (owner: string, position: string): Key => ({
  pk: inboxPartition(owner),
  sk: `MAIL#${position}`,
});
export const MAIL_LISTS = 8;
export const mailListPartition = (list: number | string): string => `MAILS#${list}`;
export const mailSort = (due: Instant, owner: string, position: string): string =>
  `${due}#${part(owner)}#${position}`;
/** What many are told and is still to be put on the lists of each of them. */
export const mailingsPartition = 'MAILINGS';
export const noticePreferencesKey = (owner: string): Key => ({
  pk: inboxPartition(owner),
  sk: 'PREFERENCES',
});
export const noticeMarksKey = (owner: string): Key => ({ pk: inboxPartition(owner), sk: 'MARKS' });

/** Names of entities in the audit trail, `<KIND>#<id>`. */
export const auditName = {
  unit: (id: string) => `UNIT#${part(id)}`,
  staff: (id: string) => `STAFF#${part(id)}`,
  goal: (id: string) => `GOAL#${part(id)}`,
  indicator: (id: string) => `INDICATOR#${part(id)}`,
  reviewDecision: (key: { readonly indicatorId: string; readonly periodId: string }) =>
    `INDICATOR_REVIEW#${part(key.indicatorId)}#${part(key.periodId)}`,
  followUp: ({ staffId, periodId, id }: FollowUpAddress) =>
    `FOLLOW_UP#${part(staffId)}#${part(periodId)}#${part(id)}`,
  course: (id: string) => `COURSE#${part(id)}`,
  programme: (id: string) => `PROGRAMME#${part(id)}`,
  enrolment: (key: { readonly programmeId: string; readonly staffId: string }) =>
    `ENROLMENT#${part(key.programmeId)}#${part(key.staffId)}`,
  career: (staffId: string) => `CAREER#${part(staffId)}`,
  instrument: (id: string, version: number) => `INSTRUMENT#${part(id)}#${version}`,
  plan: (id: string) => `PLAN#${part(id)}`,
  realisation: (key: { readonly planId: string; readonly lineId: string; readonly month: Month }) =>
    `REALISATION#${part(key.planId)}#${part(key.lineId)}#${key.month}`,
  activity: ({ planId, day, ownId }: ActivityPlace) => `ACTIVITY#${part(planId)}#${day}#${part(ownId)}`,
  rating: (key: {
    readonly periodId: string;
    readonly rateeId: string;
    readonly group: RaterGroup;
    readonly raterId: string;
  }) => `RATING#${part(key.periodId)}#${part(key.rateeId)}#${key.group}#${part(key.raterId)}`,
  attendance: (key: { readonly staffId: string; readonly month: Month }) =>
    `ATTENDANCE#${part(key.staffId)}#${key.month}`,
  assessorRating: (periodId: string, staffId: string) => `ASSESSOR_RATING#${part(periodId)}#${part(staffId)}`,
  carryover: (periodId: string, staffId: string) => `CARRYOVER#${part(periodId)}#${part(staffId)}`,
  instrumentRetirement: (id: string) => `INSTRUMENT_RETIREMENT#${part(id)}`,
  peerPanel: (periodId: string, staffId: string) => `PEER_PANEL#${part(periodId)}#${part(staffId)}`,
  ratingDecline: (key: RatedPair & { readonly raterId: string }) =>
    `RATING_DECLINE#${part(key.periodId)}#${part(key.rateeId)}#${part(key.raterId)}`,
  campaign: (id: string) => `SURVEY#${part(id)}`,
  surveyAnswer: (campaignId: string, shard: number, id: string) =>
    `ANSWER#${part(campaignId)}#${digits(shard, 2)}#${part(id)}`,
  suggestion: (campaignId: string, id: string) => `SUGGESTION#${part(campaignId)}#${part(id)}`,
  codeBatch: (id: string) => `CODEBATCH#${part(id)}`,
  planDraft: (planId: string, side: string) => `PLAN_DRAFT#${part(planId)}#${side}`,
  planTemplate: (id: string) => `PLAN_TEMPLATE#${part(id)}`,
  planComment: (planId: string, commentId: string) => `PLAN_COMMENT#${part(planId)}#${part(commentId)}`,
  unitAssessment: (periodId: string, unitId: string) => `UNIT_ASSESSMENT#${part(periodId)}#${part(unitId)}`,
  period: (id: string) => `PERIOD#${part(id)}`,
  policy: (id: string) => `POLICY#${part(id)}`,
  // Objections and receipts
  objection: ({ staffId, periodId, attempt }: ObjectionPlace & { readonly attempt: number }) =>
    `OBJECTION#${part(staffId)}#${part(periodId)}#${attempt}`,
  verdict: (periodId: string, staffId: string) => `VERDICT#${part(periodId)}#${part(staffId)}`,
  receipt: ({ periodId, attempt, unitId, shard }: ReceiptPlace, staffId: string) =>
    `RECEIPT#${part(periodId)}#${attempt}#${part(unitId)}#${shard}#${part(staffId)}`,
  job: (id: string) => `JOB#${part(id)}`,
  noticePreferences: (owner: string) => `NOTICE_PREFERENCES#${part(owner)}`,
  /** The trail names the author: that of feedback that is not signed is nobody's to read. */
  feedback: (id: string, signed: boolean) => {
    const key = feedbackKey(id);
    return `${signed ? '' : 'UNSIGNED_'}${key?.pk}#${key?.sk}`;
  },
  jointActivity: (id: string) => `JOINT#${part(id)}`,
  topic: (id: string) => `TOPIC#${part(id)}`,
  post: (topicId: string, id: string) => `POST#${part(topicId)}#${part(id)}`,
  announcement: (id: string) => `ANNOUNCEMENT#${part(id)}`,
  acknowledgement: (announcementId: string, staffId: string) =>
    `ACKNOWLEDGEMENT#${part(announcementId)}#${part(staffId)}`,
  guidance: (id: string) => {
    const key = guidanceKey(id);
    return `${key?.pk}#${key?.sk}`;
  },
} as const;

/** What the names above are made of, by their kind: `OBJECTION#staffId#periodId#attempt`. */
export const trailParts: Readonly<Record<string, readonly string[]>> = {
  UNIT: ['id'],
  STAFF: ['id'],
  GOAL: ['id'],
  INDICATOR: ['id'],
  INDICATOR_REVIEW: ['indicatorId', 'periodId'],
  FOLLOW_UP: ['staffId', 'periodId', 'id'],
  COURSE: ['id'],
  PROGRAMME: ['id'],
  ENROLMENT: ['programmeId', 'staffId'],
  CAREER: ['staffId'],
  INSTRUMENT: ['id', 'version'],
  INSTRUMENT_RETIREMENT: ['id'],
  PLAN: ['id'],
  PLAN_DRAFT: ['planId', 'side'],
  PLAN_TEMPLATE: ['id'],
  PLAN_COMMENT: ['planId', 'commentId'],
  REALISATION: ['planId', 'lineId', 'month'],
  ACTIVITY: ['planId', 'day', 'ownId'],
  ATTENDANCE: ['staffId', 'month'],
  RATING: ['periodId', 'rateeId', 'group', 'raterId'],
  ASSESSOR_RATING: ['periodId', 'staffId'],
  CARRYOVER: ['periodId', 'staffId'],
  PEER_PANEL: ['periodId', 'staffId'],
  RATING_DECLINE: ['periodId', 'rateeId', 'raterId'],
  UNIT_ASSESSMENT: ['periodId', 'unitId'],
  SURVEY: ['id'],
  ANSWER: ['campaignId', 'shard', 'id'],
  SUGGESTION: ['campaignId', 'id'],
  CODEBATCH: ['id'],
  PERIOD: ['id'],
  POLICY: ['id'],
  OBJECTION: ['staffId', 'periodId', 'attempt'],
  VERDICT: ['periodId', 'staffId'],
  RECEIPT: ['periodId', 'attempt', 'unitId', 'shard', 'staffId'],
  JOB: ['id'],
  NOTICE_PREFERENCES: ['staffId'],
  FEEDBACK: ['staffId', 'dayBackwards', 'token'],
  UNSIGNED_FEEDBACK: ['staffId', 'dayBackwards', 'token'],
  GUIDANCE: ['staffId', 'kind', 'dayBackwards', 'token'],
  JOINT: ['id'],
  TOPIC: ['id'],
  POST: ['topicId', 'id'],
  ANNOUNCEMENT: ['id'],
  ACKNOWLEDGEMENT: ['announcementId', 'staffId'],
};

/**
 * What a name of a trail would have to be, where a text is none: the form of its kind, or all kinds for one that there is not.
 * Null: it is one.
 */
export function trailExpected(entity: string): string | null {
  const [kind = '', ...ids] = entity.split('#');
  if (!Object.hasOwn(trailParts, kind)) return Object.keys(trailParts).join('#…, ').concat('#…');
  const parts = trailParts[kind] ?? [];
  const isOne = ids.length === parts.length && ids.every((id) => /^\S+$/.test(id));
  return isOne && entity.length <= LONGEST_TRAIL ? null : [kind, ...parts].join('#');
}

const LONGEST_TRAIL = 600;

/**
 * Where the entity of a trail lies, told from its name alone. Work of a year lies in a partition that the name does not tell:
 * pk is null. Null for what is no name of an entity.
 */
export function auditedKey(entity: string): { readonly pk: string | null; readonly sk: string } | null {
  const [kind = '', ...ids] = entity.split('#');
  const [a = '', b = '', c = '', d = '', e = ''] = ids;
  switch (kind) {
    case 'UNIT':
      return { pk: organisationPartition, sk: entity };
    case 'STAFF':
    case 'GOAL':
    case 'INDICATOR':
    case 'JOB':
    case 'JOINT':
    case 'TOPIC':
    case 'ANNOUNCEMENT':
      return { pk: entity, sk: kind };
    case 'POST':
      return { pk: `TOPIC#${a}`, sk: `POST#${b}` };
    case 'ACKNOWLEDGEMENT':
      return { pk: `ANNOUNCEMENT#${a}`, sk: `ACK#${b}` };
    case 'ATTENDANCE':
      return { pk: `ATTENDANCE#${a}`, sk: b };
    case 'INDICATOR_REVIEW':
      return { pk: `INDICATOR#${a}`, sk: `DECISION#${b}` };
    case 'FOLLOW_UP':
      return { pk: `FOLLOWUP#${a}`, sk: `${b}#${c}` };
    case 'COURSE':
      return { pk: coursesPartition, sk: a };
    case 'PROGRAMME':
    case 'CAREER':
      return { pk: entity, sk: kind };
    case 'ENROLMENT':
      return { pk: `PROGRAMME#${a}`, sk: enrolmentPrefix + b };
    case 'NOTICE_PREFERENCES':
      return { pk: `INBOX#${a}`, sk: 'PREFERENCES' };
    case 'INSTRUMENT':
      return { pk: instrumentsPartition, sk: `${a}#${digits(Number(b), 6)}` };
    case 'SURVEY':
      return { pk: entity, sk: 'CAMPAIGN' };
    case 'ANSWER':
      return { pk: `ANSWERS#${a}#${b}`, sk: answerPrefix + c };
    case 'SUGGESTION':
      return { pk: `SURVEY#${a}`, sk: suggestionPrefix + b };
    case 'CODEBATCH':
      return { pk: entity, sk: kind };
    case 'PERIOD':
      return { pk: periodsPartition, sk: a };
    case 'POLICY':
      return { pk: policiesPartition, sk: a };
    case 'FEEDBACK':
    case 'UNSIGNED_FEEDBACK':
      return { pk: `FEEDBACK#${a}`, sk: `${b}#${c}` };
    case 'GUIDANCE':
      return { pk: `GUIDANCE#${a}`, sk: `${b}#${c}#${d}` };
    case 'PLAN':
      return { pk: null, sk: planPrefix + a };
    case 'PLAN_TEMPLATE':
      return { pk: entity, sk: kind };
    case 'PLAN_DRAFT':
      return { pk: `PLAN#${a}`, sk: `DRAFT#${b}` };
    case 'PLAN_COMMENT': {
      const comment = readCommentId(unpart(b) ?? '');
      return comment && { pk: `PLAN#${a}`, sk: commentPrefix(comment.lineId) + part(comment.tail) };
    }
    case 'REALISATION':
      return { pk: null, sk: `REAL#${c.slice(5)}#${a}#${b}` };
    case 'ACTIVITY':
      return { pk: null, sk: `ACT#${a}#${b}#${c}` };
    case 'RATING':
      return { pk: null, sk: `RATE#${a}#${b}#${c}#${d}` };
    case 'INSTRUMENT_RETIREMENT':
      return { pk: retiredInstrumentsPartition, sk: a };
    case 'PEER_PANEL':
      return { pk: null, sk: `PANEL#${a}#${b}` };
    case 'RATING_DECLINE':
      return { pk: null, sk: `DECLINE#${a}#${b}#${c}` };
    case 'UNIT_ASSESSMENT':
      return { pk: null, sk: `UNITSET#${a}` };
    case 'ASSESSOR_RATING':
      return { pk: null, sk: `SET#${a}#${b}` };
    case 'CARRYOVER':
      return { pk: null, sk: `CARRY#${a}#${b}` };
    case 'OBJECTION':
      return { pk: `OBJECTION#${a}`, sk: `${b}#${digits(Number(c), 4)}` };
    case 'VERDICT':
      return { pk: null, sk: `VERDICT#${a}#${b}` };
    case 'RECEIPT':
      return { pk: `RECEIPTS#${a}#${b}#${c}#${d}`, sk: e };
    default:
      return null;
  }
}

/** The ids in the name of a trail of a year's work; null for other trails, and for an id of which only the hash is there. */
export function auditedWork(entity: string): AuditedWork | null {
  const [kind = '', ...ids] = entity.split('#');
  const [a = null, b = null] = ids.map(unpart);
  if (kind === 'PLAN' || kind === 'REALISATION' || kind === 'ACTIVITY')
    return a === null ? null : { planId: a };
  if (kind === 'UNIT_ASSESSMENT')
    return a === null || b === null
      ? null
      : { planId: planIdOf({ kind: 'UNIT', unitId: b }, Number(a.slice(0, 4))) };
  const isRating = [
    'RATING',
    'ASSESSOR_RATING',
    'CARRYOVER',
    'PEER_PANEL',
    'RATING_DECLINE',
    'VERDICT',
  ].includes(kind);
  return isRating && a !== null && b !== null ? { periodId: a, staffId: b } : null;
}

const unpart = (text: string): string | null =>
  /^%[0-9a-f]{64}$/.test(text) ? null : text.replaceAll('%23', '#').replaceAll('%25', '%');
