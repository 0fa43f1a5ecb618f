import { defaultFieldResolver } from 'graphql';
import { activityResolvers } from './activity/activity-resolvers.ts';
import { allowanceResolvers } from './allowance/allowance-resolvers.ts';
import { announcementResolvers } from './announcement/announcement-resolvers.ts';
import { auditResolvers } from './audit/audit-resolvers.ts';
import { carryoverResolvers } from './carryover/carryover-resolvers.ts';
import { cascadeResolvers } from './cascade/cascade-resolvers.ts';
import { chartResolvers } from './chart/chart-resolvers.ts';
import { dialogueResolvers } from './dialogue/dialogue-resolvers.ts';
import { documentResolvers } from './document/document-resolvers.ts';
import { evaluationResolvers } from './evaluation/evaluation-resolvers.ts';
import { evidenceResolvers } from './evidence/evidence-resolvers.ts';
import { exportResolvers } from './export/export-resolvers.ts';
import { feedbackResolvers } from './feedback/feedback-resolvers.ts';
import { followUpResolvers } from './follow-up/follow-up-resolvers.ts';
import { forumResolvers } from './forum/forum-resolvers.ts';
import type { Resolvers } from './generated/resolvers.ts';
import { goalResolvers } from './goal/goal-resolvers.ts';
import { indicatorResolvers } from './indicator/indicator-resolvers.ts';
import { indicatorReviewResolvers } from './indicator-review/indicator-review-resolvers.ts';
import { instrumentResolvers } from './instrument/instrument-resolvers.ts';
import { jobResolvers } from './job/job-resolvers.ts';
import { jointActivityResolvers } from './joint/joint-activity-resolvers.ts';
import { noticeResolvers } from './notice/notice-resolvers.ts';
import { objectionResolvers } from './objection/objection-resolvers.ts';
import type { FieldResolver, TypeResolver } from './outline.ts';
import { peerResolvers } from './peers/peer-resolvers.ts';
import { periodResolvers } from './period/period-resolvers.ts';
import { planResolvers } from './plan/plan-resolvers.ts';
import { policyResolvers } from './policy/policy-resolvers.ts';
import { progressResolvers } from './progress/progress-resolvers.ts';
import { rankingResolvers } from './ranking/ranking-resolvers.ts';
import { ratingPracticeResolvers } from './rating/practice-resolvers.ts';
import { ratingResolvers } from './rating/rating-resolvers.ts';
import { realisationResolvers } from './realisation/realisation-resolvers.ts';
import { regionResolvers } from './region/region-resolvers.ts';
import { resultResolvers } from './result/result-resolvers.ts';
import { satisfactionResolvers } from './satisfaction/satisfaction-resolvers.ts';
import { staffResolvers } from './staff/staff-resolvers.ts';
import { taskResolvers } from './task/task-resolvers.ts';
import { templateResolvers } from './template/template-resolvers.ts';
import { careerResolvers } from './training/career-resolvers.ts';
import { trainingResolvers } from './training/training-resolvers.ts';
import { trendResolvers } from './trend/trend-resolvers.ts';
import { unitResolvers } from './unit/unit-resolvers.ts';
import { viewerResolvers } from './viewer/viewer-resolvers.ts';

/** Resolvers by area, one line an area; several may add fields to the same type, none the same field twice. */
export const resolvers: Resolvers = combine([
  viewerResolvers,
  unitResolvers,
  staffResolvers,
  goalResolvers,
  indicatorResolvers,
  instrumentResolvers,
  periodResolvers,
  policyResolvers,
  auditResolvers,
  planResolvers,
  realisationResolvers,
  activityResolvers,
  evidenceResolvers,
  ratingResolvers,
  ratingPracticeResolvers,
  peerResolvers,
  resultResolvers,
  rankingResolvers,
  objectionResolvers,
  taskResolvers,
  followUpResolvers,
  trainingResolvers,
  careerResolvers,
  indicatorReviewResolvers,
  satisfactionResolvers,
  regionResolvers,
  // Dialogue on plans and the cascade
  dialogueResolvers,
  carryoverResolvers,
  cascadeResolvers,
  templateResolvers,
  feedbackResolvers,
  progressResolvers,
  jointActivityResolvers,
  forumResolvers,
  announcementResolvers,
  evaluationResolvers,
  allowanceResolvers,
  noticeResolvers,
  jobResolvers,
  exportResolvers,
  documentResolvers,
  trendResolvers,
  chartResolvers,
]);

/** What answers a field: where no area says, the parent's property of that name. */
export const resolverOf = (type: string, field: string): FieldResolver =>
  memberOf(type, field) ?? defaultFieldResolver;

/** What tells the type of an object of which an interface alone is known. */
export const typeResolverOf = (type: string): TypeResolver | undefined => memberOf(type, '__resolveType');

function memberOf(type: string, name: string) {
  const fields: object | undefined = Reflect.get(resolvers, type);
  return fields !== undefined && Object.hasOwn(fields, name) ? Reflect.get(fields, name) : undefined;
}

function combine(areas: readonly Resolvers[]): Resolvers {
  const combined: Record<string, Record<string, unknown>> = {};
  for (const area of areas)
    for (const [type, fields] of Object.entries<object>(area)) {
      combined[type] ??= {};
      for (const [field, resolve] of Object.entries(fields)) {
        if (Object.hasOwn(combined[type], field)) throw new TypeError(`two resolvers of ${type}.${field}`);
        combined[type][field] = resolve;
      }
    }
  return combined;
}
