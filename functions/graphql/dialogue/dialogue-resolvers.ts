import { reject } from '../../domain/problem.ts';
import { CORE_VALUES } from '../../domain/rating/core-values.ts';
import { commentPlan, resolvePlanComment } from '../../usecases/plan/comment-plan.ts';
import { readDiscussion } from '../../usecases/plan/discussion.ts';
import { planDifference } from '../../usecases/plan/plan-difference.ts';
import { withdrawPlanProposal } from '../../usecases/plan/request-plan-changes.ts';
import type { Resolvers } from '../generated/resolvers.ts';
import { mutate } from '../mutate.ts';
import { pageRequest, toConnection } from '../pagination.ts';
import { staffOf } from '../people-and-units.ts';
import { asPlan, lineWithYear, planNow } from '../plan/plan-resolvers.ts';

const asComment = <T>(comment: T) => ({ comment });

export const dialogueResolvers: Resolvers = {
  Mutation: {
    commentPlan: (_, { input }, context) =>
      mutate(context, () => commentPlan(context.deps, context.actor, input), asComment),
    resolvePlanComment: (_, { input }, context) =>
      mutate(
        context,
        () => resolvePlanComment(context.deps, context.actor, input),
        asComment,
        () => context.deps.store.discussion.get(input.planId, input.commentId),
      ),
    withdrawPlanProposal: (_, { input }, context) =>
      mutate(
        context,
        () => withdrawPlanProposal(context.deps, context.actor, input),
        asPlan(context),
        planNow(context, input.planId),
      ),
  },
  Plan: {
    comments: async (plan, { thread, lineId, ...args }, { deps, actor }) => {
      if (thread === 'LINE' && lineId == null) throw reject('REQUIRED', 'lineId');
      const line = thread === 'ALL' ? undefined : thread === 'LINE' ? lineId : null;
      const list = { query: 'Plan.comments', scope: [plan.id, thread, line ?? null] };
      const page = await readDiscussion(deps, actor, plan, line, () => pageRequest(list, args));
      return page && toConnection(list, page);
    },
    difference: async (plan, range, { deps }) => {
      const found = await planDifference(deps, plan, range);
      return (
        found && {
          ...found,
          lines: found.lines.map((difference) => ({ year: plan.year, difference })),
        }
      );
    },
  },
  PlanExpectations: {
    values: ({ values }) =>
      CORE_VALUES.flatMap((value) => {
        const texts = values[value];
        return texts === undefined ? [] : [{ value, texts }];
      }),
  },
  PlanComment: {
    author: ({ authorId }, _, context) => staffOf(context, authorId),
    resolvedAt: ({ resolved }) => resolved?.at ?? null,
    resolvedBy: ({ resolved }, _, context) => staffOf(context, resolved?.by),
  },
  LineDifference: {
    kind: ({ difference }) => difference.kind,
    before: ({ year, difference }) => difference.before && lineWithYear(year)(difference.before),
    after: ({ year, difference }) => difference.after && lineWithYear(year)(difference.after),
    changes: ({ difference }) => (difference.kind === 'CHANGED' ? difference.changes : []),
  },
};
