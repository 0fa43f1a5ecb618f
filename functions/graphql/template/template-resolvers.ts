import { copyText } from '../../domain/plan/copy-text.ts';
import { problem, Rejection } from '../../domain/problem.ts';
import {
  discardPlanDraft,
  problemsOfDraft,
  readPlanDraft,
  savePlanDraft,
} from '../../usecases/plan/plan-draft.ts';
import { type PreparedPlan, preparePlan } from '../../usecases/plan/prepare-plan.ts';
import { MOST_PEOPLE, proposeUnitPlans } from '../../usecases/plan/propose-unit-plans.ts';
import { createPlanTemplate } from '../../usecases/template/create-template.ts';
import { editPlanTemplate } from '../../usecases/template/edit-template.ts';
import { retirePlanTemplate } from '../../usecases/template/retire-template.ts';
import type { GraphQLContext } from '../context.ts';
import type { Resolvers } from '../generated/resolvers.ts';
import { mutate, userErrorOf } from '../mutate.ts';
import { connect, encodeCursor, pageRequest } from '../pagination.ts';
import { planNow } from '../plan/plan-resolvers.ts';
import { warningOf } from '../warning.ts';

const asTemplate = <T>(template: T) => ({ template });
const asDraft = <T>(draft: T) => ({ draft });

const warningsOf = (prepared: PreparedPlan | null, context: GraphQLContext) => [
  ...(prepared?.copied ?? []).map(({ index, warning }) => ({
    code: warning.code,
    message: copyText(warning, context.locale),
    path: ['lines', String(index)],
  })),
  ...(prepared?.outcome?.warnings ?? []).map((placed) => warningOf(placed, context)),
];

export const templateResolvers: Resolvers = {
  Query: {
    planTemplate: (_, { id }, { deps }) => deps.store.planTemplates.get(id),
    planTemplates: (_, { jobGroup, ...args }, { deps }) =>
      connect({ query: 'Query.planTemplates', scope: jobGroup ?? null }, args, (page) =>
        deps.store.planTemplates.list(jobGroup ?? null, page),
      ),
    planDraft: (_, { planId }, { deps, actor }) => readPlanDraft(deps, actor, planId),
  },
  Mutation: {
    createPlanTemplate: (_, { input }, context) =>
      mutate(context, () => createPlanTemplate(context.deps, context.actor, input), asTemplate),
    editPlanTemplate: (_, { input }, context) =>
      mutate(
        context,
        () => editPlanTemplate(context.deps, context.actor, input),
        asTemplate,
        () => context.deps.store.planTemplates.get(input.id),
      ),
    retirePlanTemplate: (_, { input }, context) =>
      mutate(
        context,
        () => retirePlanTemplate(context.deps, context.actor, input),
        asTemplate,
        () => context.deps.store.planTemplates.get(input.id),
      ),
    preparePlan: (_, { input }, context) =>
      mutate(
        context,
        () => preparePlan(context.deps, context.actor, input),
        (prepared) => ({
          plan: prepared?.outcome?.plan ?? null,
          draft: prepared?.draft ?? null,
          warnings: warningsOf(prepared, context),
        }),
        async () => {
          const planId = `${input.staffId}:${input.year}`;
          if (input.asDraft === true)
            return {
              outcome: null,
              draft: await readPlanDraft(context.deps, context.actor, planId),
              copied: [],
            };
          return { outcome: await planNow(context, planId)(), draft: null, copied: [] };
        },
      ),
    savePlanDraft: (_, { input }, context) =>
      mutate(
        context,
        () => savePlanDraft(context.deps, context.actor, input),
        asDraft,
        () => readPlanDraft(context.deps, context.actor, input.planId),
      ),
    discardPlanDraft: (_, { input }, context) =>
      mutate(
        context,
        () => discardPlanDraft(context.deps, context.actor, input),
        asDraft,
        () => readPlanDraft(context.deps, context.actor, input.planId),
      ),
    proposeUnitPlans: (_, { input }, context) => {
      const { first, after, ...asked } = input;
      const list = { query: 'Mutation.proposeUnitPlans', scope: input.unitId };
      const page = () => {
        const people = first ?? MOST_PEOPLE;
        if (people > MOST_PEOPLE)
          throw new Rejection([problem('OUT_OF_RANGE', 'first', { minimum: 1, maximum: MOST_PEOPLE })]);
        return pageRequest(list, { first: people, after });
      };
      return mutate(
        context,
        () => proposeUnitPlans(context.deps, context.actor, asked, page),
        (outcome) => ({
          rows: (outcome?.rows ?? []).map(({ staff, result, prepared, problems }) => ({
            staff,
            result,
            plan: prepared?.outcome?.plan ?? null,
            warnings: warningsOf(prepared, context),
            userErrors: problems.map((found) => userErrorOf(found, context)),
          })),
          pageInfo: {
            hasNextPage: outcome?.hasMore ?? false,
            endCursor: outcome?.end == null ? null : encodeCursor(list, outcome.end),
          },
        }),
      );
    },
  },
  PlanDraft: {
    problems: async (draft, _, context) =>
      (await problemsOfDraft(context.deps, context.actor, draft)).map((found) => userErrorOf(found, context)),
  },
  MonthOfYearTarget: {
    month: ({ month }) => Number(month),
  },
};
