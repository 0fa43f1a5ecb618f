import type { PlanLine } from '../../domain/plan/line.ts';
import type { Plan, PlanContent } from '../../domain/plan/plan.ts';
import { agreeAgreement, agreePlan } from '../../usecases/plan/agree-plan.ts';
import { amendPlan } from '../../usecases/plan/amend-plan.ts';
import { importAgreements, importPlans } from '../../usecases/plan/import-plans.ts';
import { findPlan } from '../../usecases/plan/plan-place.ts';
import { proposeAgreement } from '../../usecases/plan/propose-agreement.ts';
import { type PlanOutcome, proposePlan } from '../../usecases/plan/propose-plan.ts';
import { planOfStaff, readAgreement, readPlan, readPlanById } from '../../usecases/plan/read-plan.ts';
import { requestPlanChanges } from '../../usecases/plan/request-plan-changes.ts';
import { readRealisations } from '../../usecases/realisation/read-realisations.ts';
import type { GraphQLContext } from '../context.ts';
import type { Resolvers } from '../generated/resolvers.ts';
import { importPayload } from '../import-payload.ts';
import { mutate } from '../mutate.ts';
import { staffOf, unitOf } from '../people-and-units.ts';
import { warningOf } from '../warning.ts';
import type { AgreedLineModel, PlanContentModel, PlanLineModel } from '../work-models.ts';
import { changedValue, servedLine } from './public-lines.ts';

/** A plan as it is now, for the answer to a CONFLICT. */
export const planNow =
  ({ deps }: GraphQLContext, planId: string) =>
  async (): Promise<PlanOutcome> => {
    const { plan } = await findPlan(deps, planId);
    return { plan, warnings: [] };
  };

const warningsOf = (outcome: PlanOutcome | null, context: GraphQLContext) =>
  (outcome?.warnings ?? []).map((placed) => warningOf(placed, context));

export const asPlan = (context: GraphQLContext) => (outcome: PlanOutcome | null) => ({
  plan: outcome?.plan ?? null,
  warnings: warningsOf(outcome, context),
});

const asAgreement = (context: GraphQLContext) => (outcome: PlanOutcome | null) => ({
  agreement: outcome?.plan ?? null,
  warnings: warningsOf(outcome, context),
});

const withYear = ({ year }: Plan, content: PlanContent | null): PlanContentModel | null =>
  content && { ...content, year };

export const lineWithYear =
  (year: number) =>
  (line: PlanLine): PlanLineModel => ({ ...line, year });

export const planResolvers: Resolvers = {
  Query: {
    plan: (_, args, { deps, actor }) => readPlan(deps, actor, args),
    agreement: (_, args, { deps, actor }) => readAgreement(deps, actor, args),
    planById: (_, { id }, { deps, actor }) => readPlanById(deps, actor, id),
  },
  Mutation: {
    proposePlan: (_, { input }, context) =>
      mutate(
        context,
        () => proposePlan(context.deps, context.actor, input),
        asPlan(context),
        planNow(context, `${input.staffId}:${input.year}`),
      ),
    proposeAgreement: (_, { input }, context) =>
      mutate(
        context,
        () => proposeAgreement(context.deps, context.actor, input),
        asAgreement(context),
        planNow(context, `unit:${input.unitId}:${input.year}`),
      ),
    requestPlanChanges: (_, { input }, context) =>
      mutate(
        context,
        () => requestPlanChanges(context.deps, context.actor, input),
        asPlan(context),
        planNow(context, input.planId),
      ),
    agreePlan: (_, { input }, context) =>
      mutate(
        context,
        () => agreePlan(context.deps, context.actor, input),
        asPlan(context),
        planNow(context, input.planId),
      ),
    agreeAgreement: (_, { input }, context) =>
      mutate(
        context,
        () => agreeAgreement(context.deps, context.actor, input),
        asAgreement(context),
        planNow(context, input.planId),
      ),
    amendPlan: (_, { input }, context) =>
      mutate(
        context,
        () => amendPlan(context.deps, context.actor, input),
        asPlan(context),
        planNow(context, input.planId),
      ),
    importAgreements: (_, { input }, context) =>
      importPayload(context, () => importAgreements(context.deps, context.actor, input.rows)),
    importPlans: (_, { input }, context) =>
      importPayload(context, () => importPlans(context.deps, context.actor, input.rows)),
  },
  Staff: {
    plan: (staff, { year }, { deps, actor }) => planOfStaff(deps, actor, staff, year),
  },
  Unit: {
    agreement: ({ id }, { year }, { deps, actor }) => readAgreement(deps, actor, { unitId: id, year }),
  },
  Plan: {
    staff: ({ owner }, _, context) => staffOf(context, owner.kind === 'STAFF' ? owner.staffId : null),
    unit: ({ owner }, _, context) => unitOf(context, owner.kind === 'UNIT' ? owner.unitId : null),
    agreed: (plan) => withYear(plan, plan.agreed),
    proposal: (plan) => withYear(plan, plan.proposal),
    lines: (plan) => (plan.agreed?.lines ?? []).map((line): AgreedLineModel => ({ plan, line })),
    revisions: async ({ id, year }, _, { deps }) =>
      (await deps.store.plans.revisions(id)).map((content) => ({ ...content, year })),
  },
  PlanContent: {
    lines: ({ lines, year }) => lines.map(lineWithYear(year)),
  },
  PlanLine: {
    goal: ({ goalId }, _, { deps }) => (goalId === null ? null : deps.store.goals.get(goalId)),
    serves: (line, _, { actor }) => servedLine(actor, line),
    targets: ({ targets, year }) =>
      Object.keys(targets)
        .sort()
        .flatMap((month) => {
          const target = targets[month];
          return target === undefined ? [] : [{ month: `${year}-${month}`, target }];
        }),
  },
  FieldChange: {
    before: ({ field, before }, _, { actor }) => changedValue(actor, field, before ?? null),
    after: ({ field, after }, _, { actor }) => changedValue(actor, field, after ?? null),
  },
  AgreedLine: {
    line: ({ plan, line }) => lineWithYear(plan.year)(line),
    realisations: ({ plan, line }, range, { deps }) => readRealisations(deps, plan, line.id, range),
  },
  Target: {
    value: (target) => ('value' in target ? target.value : null),
    low: (target) => ('low' in target ? target.low : null),
    high: (target) => ('high' in target ? target.high : null),
  },
};
