import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { activityStore } from './activity-store.ts';
import { announcementStore } from './announcement-store.ts';
import { attendanceStore } from './attendance-store.ts';
import { auditStore } from './audit-store.ts';
import { carryoverStore } from './carryover-store.ts';
import { cascadeStore } from './cascade-store.ts';
import { closeRunStore } from './close-run-store.ts';
import { readText } from './codec.ts';
import { commit } from './commit.ts';
import { discussionStore } from './discussion-store.ts';
import { dynamoDbClient } from './dynamodb-client.ts';
import { evidenceStore } from './evidence-store.ts';
import { feedbackStore, guidanceStore } from './feedback-store.ts';
import { followUpStore } from './follow-up-store.ts';
import { forumStore } from './forum-store.ts';
import { gatheringTable } from './gathered-reads.ts';
import { goalStore } from './goal-store.ts';
import { indicatorReviewStore } from './indicator-review-store.ts';
import { indicatorStore } from './indicator-store.ts';
import { instrumentStore } from './instrument-store.ts';
import { jobStore } from './job-store.ts';
import { jointActivityStore } from './joint-activity-store.ts';
import { idempotencyKey } from './keys.ts';
import { mailStore } from './mail-store.ts';
import { noticeStore } from './notice-store.ts';
import { objectionStore } from './objection-store.ts';
import { organisationStore } from './organisation-store.ts';
import { peerStore } from './peer-store.ts';
import { periodStore } from './period-store.ts';
import { draftStore, templateStore } from './plan-preparation-store.ts';
import { planStore } from './plan-store.ts';
import { policyStore } from './policy-store.ts';
import { progressStore } from './progress-store.ts';
import { rankingStore } from './ranking-store.ts';
import { raterSecretStore } from './rater-secret-store.ts';
import { ratingStore } from './rating-store.ts';
import { realisationStore } from './realisation-store.ts';
import { receiptStore } from './receipt-store.ts';
import { resultStore } from './result-store.ts';
import { satisfactionStore } from './satisfaction-store.ts';
import { staffStore } from './staff-store.ts';
import type { Store } from './store.ts';
import { getItem, type Table } from './table.ts';
import { trainingStore } from './training-store.ts';
import { unitAssessmentStore } from './unit-assessment-store.ts';

const environment = z.object({ TABLE_NAME: z.string().check(z.minLength(1)) });

export interface StoreOptions {
  /** A new client as Lambda entries have it if left out. */
  readonly client?: DynamoDBDocumentClient;
  /** The environment's TABLE_NAME if left out. */
  readonly tableName?: string;
  /** Single reads of the same moment go out as one batch: for a function that answers requests and may do BatchGetItem. */
  readonly gathersReads?: boolean;
}

/** The store over one table. It keeps the organisation in memory: make one a process, not one a request. */
export function createStore({
  client = dynamoDbClient(),
  tableName = environment.parse(process.env).TABLE_NAME,
  gathersReads = false,
}: StoreOptions = {}): Store {
  const bare: Table = { client, name: tableName };
  const table = gathersReads ? gatheringTable(bare) : bare;
  const periods = periodStore(table);
  return {
    identity: table,
    organisation: organisationStore(table),
    staff: staffStore(table),
    attendance: attendanceStore(table),
    training: trainingStore(table),
    followUps: followUpStore(table),
    goals: goalStore(table),
    indicators: indicatorStore(table),
    indicatorReviews: indicatorReviewStore(table),
    plans: planStore(table),
    discussion: discussionStore(table),
    cascade: cascadeStore(table),
    planDrafts: draftStore(table),
    planTemplates: templateStore(table),
    realisations: realisationStore(table),
    activities: activityStore(table),
    evidence: evidenceStore(table),
    instruments: instrumentStore(table),
    ratings: ratingStore(table),
    carryovers: carryoverStore(table),
    unitAssessments: unitAssessmentStore(table),
    raterSecrets: raterSecretStore(table),
    peers: peerStore(table),
    periods,
    policies: policyStore(table),
    results: resultStore(table, periods),
    rankings: rankingStore(table),
    closeRuns: closeRunStore(table),
    objections: objectionStore(table),
    receipts: receiptStore(table),
    satisfaction: satisfactionStore(table),
    audit: auditStore(table),
    feedback: feedbackStore(table),
    guidance: guidanceStore(table),
    progress: progressStore(table),
    jointActivities: jointActivityStore(table),
    forum: forumStore(table),
    announcements: announcementStore(table),
    notices: noticeStore(table),
    jobs: jobStore(table),
    mails: mailStore(table),
    commit: (intent, writes) => commit(table, intent, writes),
    findReplay: async (actorId, key) => {
      const item = await getItem(table, idempotencyKey(actorId, key));
      if (item === undefined) return null;
      const pattern = 'IDEM# / IDEM';
      return { inputHash: readText(pattern, item, 'inputHash'), ref: readText(pattern, item, 'ref') };
    },
  };
}
