import { carryoverResolvers } from '../carryover/carryover-resolvers.ts';
import { chartResolvers } from '../chart/chart-resolvers.ts';
import { combine } from '../combine.ts';
import { evaluationResolvers } from '../evaluation/evaluation-resolvers.ts';
import { feedbackResolvers } from '../feedback/feedback-resolvers.ts';
import { followUpResolvers } from '../follow-up/follow-up-resolvers.ts';
import { indicatorReviewResolvers } from '../indicator-review/indicator-review-resolvers.ts';
import { objectionResolvers } from '../objection/objection-resolvers.ts';
import { peerResolvers } from '../peers/peer-resolvers.ts';
import { rankingResolvers } from '../ranking/ranking-resolvers.ts';
import { ratingPracticeResolvers } from '../rating/practice-resolvers.ts';
import { ratingResolvers } from '../rating/rating-resolvers.ts';
import { resultResolvers } from '../result/result-resolvers.ts';
import { trendResolvers } from '../trend/trend-resolvers.ts';

/** Ratings, results and what follows from them. */
export const resolvers = combine([
  ratingResolvers,
  ratingPracticeResolvers,
  peerResolvers,
  feedbackResolvers,
  evaluationResolvers,
  carryoverResolvers,
  resultResolvers,
  rankingResolvers,
  trendResolvers,
  chartResolvers,
  objectionResolvers,
  followUpResolvers,
  indicatorReviewResolvers,
]);
