import { answerFeedback } from '../../usecases/feedback/answer-feedback.ts';
import { acknowledgeGuidance, followUpGuidance } from '../../usecases/feedback/change-guidance.ts';
import { giveFeedback } from '../../usecases/feedback/give-feedback.ts';
import {
  lineOf,
  readFeedbackOfPeriod,
  readFeedbackOn,
  readGivenFeedback,
  shownFeedback,
} from '../../usecases/feedback/read-feedback.ts';
import { readGuidance } from '../../usecases/feedback/read-guidance.ts';
import { recordFeedback } from '../../usecases/feedback/record-feedback.ts';
import { recordCounselling, recordGuidance } from '../../usecases/feedback/record-guidance.ts';
import { handBackWorkResult, takeOverWorkResult } from '../../usecases/feedback/take-over-work-result.ts';
import { findPlan } from '../../usecases/plan/plan-place.ts';
import type { GraphQLContext } from '../context.ts';
import type { Resolvers } from '../generated/resolvers.ts';
import { mutate } from '../mutate.ts';
import { connect } from '../pagination.ts';
import { staffOf } from '../people-and-units.ts';

const asFeedback = (feedback: Parameters<typeof shownFeedback>[0]) => ({ feedback: shownFeedback(feedback) });
const asGuidance = <T>(guidance: T) => ({ guidance });
const asPlan = <T>(plan: T) => ({ plan });

const planLineOf = async (
  { deps, actor }: GraphQLContext,
  of: { readonly planId: string | null; readonly lineId: string | null },
) => {
  const found = await lineOf(deps, actor, of);
  return found && { ...found.line, year: found.year };
};

export const feedbackResolvers: Resolvers = {
  Query: {
    feedback: (_, { staffId, ...args }, { deps, actor }) =>
      connect({ query: 'Query.feedback', scope: staffId }, args, (page) =>
        readFeedbackOn(deps, actor, staffId, page),
      ),
    givenFeedback: (_, args, { deps, actor }) =>
      connect({ query: 'Query.givenFeedback', scope: actor.id }, args, (page) =>
        readGivenFeedback(deps, actor, page),
      ),
    guidance: (_, { staffId, ...args }, { deps, actor }) =>
      connect({ query: 'Query.guidance', scope: staffId }, args, (page) =>
        readGuidance(deps, actor, { staffId, kind: 'GUIDANCE' }, page),
      ),
    counselling: (_, { staffId, ...args }, { deps, actor }) =>
      connect({ query: 'Query.counselling', scope: staffId }, args, (page) =>
        readGuidance(deps, actor, { staffId, kind: 'COUNSELLING' }, page),
      ),
  },
  Mutation: {
    giveFeedback: (_, { input }, context) =>
      mutate(context, () => giveFeedback(context.deps, context.actor, input), asFeedback),
    recordFeedback: (_, { input }, context) =>
      mutate(context, () => recordFeedback(context.deps, context.actor, input), asFeedback),
    answerFeedback: (_, { input }, context) =>
      mutate(
        context,
        () => answerFeedback(context.deps, context.actor, input),
        asFeedback,
        () => context.deps.store.feedback.get(input.id),
      ),
    recordGuidance: (_, { input }, context) =>
      mutate(context, () => recordGuidance(context.deps, context.actor, input), asGuidance),
    recordCounselling: (_, { input }, context) =>
      mutate(context, () => recordCounselling(context.deps, context.actor, input), asGuidance),
    acknowledgeGuidance: (_, { input }, context) =>
      mutate(
        context,
        () => acknowledgeGuidance(context.deps, context.actor, input),
        asGuidance,
        () => context.deps.store.guidance.get(input.id),
      ),
    takeOverWorkResult: (_, { input }, context) =>
      mutate(
        context,
        () => takeOverWorkResult(context.deps, context.actor, input),
        asPlan,
        async () => (await findPlan(context.deps, input.planId)).plan,
      ),
    handBackWorkResult: (_, { input }, context) =>
      mutate(
        context,
        () => handBackWorkResult(context.deps, context.actor, input),
        asPlan,
        async () => (await findPlan(context.deps, input.planId)).plan,
      ),
    followUpGuidance: (_, { input }, context) =>
      mutate(
        context,
        () => followUpGuidance(context.deps, context.actor, input),
        asGuidance,
        () => context.deps.store.guidance.get(input.id),
      ),
  },
  Proposal: {
    continuousFeedback: ({ staffId, periodId }, args, { deps }) =>
      connect({ query: 'Proposal.continuousFeedback', scope: [staffId, periodId] }, args, (page) =>
        readFeedbackOfPeriod(deps, { staffId, periodId }, page),
      ),
  },
  ContinuousFeedback: {
    staff: ({ staffId }, _, context) => staffOf(context, staffId),
    author: ({ authorId }, _, context) => staffOf(context, authorId),
    value: ({ topic }) => (topic.kind === 'VALUE' ? topic.value : null),
    planId: ({ topic }) => (topic.kind === 'LINE' ? topic.planId : null),
    lineId: ({ topic }) => (topic.kind === 'LINE' ? topic.lineId : null),
    line: ({ topic }, _, context) => (topic.kind === 'LINE' ? planLineOf(context, topic) : null),
    answer: ({ answer }) => answer?.text ?? null,
    answeredAt: ({ answer }) => answer?.at ?? null,
  },
  GuidanceNote: {
    staff: ({ staffId }, _, context) => staffOf(context, staffId),
    givenBy: ({ givenById }, _, context) => staffOf(context, givenById),
    line: (note, _, context) => planLineOf(context, note),
    acknowledgedAt: ({ acknowledged }) => acknowledged?.at ?? null,
    response: ({ acknowledged }) => acknowledged?.response ?? null,
  },
  Plan: {
    takeovers: ({ takeovers }) => takeovers ?? [],
  },
  Takeover: {
    by: ({ byId }, _, context) => staffOf(context, byId),
  },
  GuidanceFollowUp: {
    by: ({ byId }, _, context) => staffOf(context, byId),
  },
};
