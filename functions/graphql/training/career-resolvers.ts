import { agreeCareerPlan } from '../../usecases/training/agree-career-plan.ts';
import { proposeCareerPlan } from '../../usecases/training/propose-career-plan.ts';
import { careerOfStaff } from '../../usecases/training/read-enrolments.ts';
import { recordCareerStep } from '../../usecases/training/record-career-step.ts';
import type { GraphQLContext } from '../context.ts';
import type { Resolvers } from '../generated/resolvers.ts';
import { mutate } from '../mutate.ts';
import { staffOf } from '../people-and-units.ts';

const asPlan = <T>(plan: T) => ({ plan });

/** For whoever may see it. */
const planNow =
  ({ deps, actor }: GraphQLContext, staffId: string) =>
  async () => {
    const staff = await deps.store.staff.get(staffId);
    return staff && careerOfStaff(deps, actor, staff);
  };

export const careerResolvers: Resolvers = {
  Mutation: {
    proposeCareerPlan: (_, { input }, context) =>
      mutate(
        context,
        () => proposeCareerPlan(context.deps, context.actor, input),
        asPlan,
        planNow(context, input.staffId),
      ),
    agreeCareerPlan: (_, { input }, context) =>
      mutate(
        context,
        () => agreeCareerPlan(context.deps, context.actor, input),
        asPlan,
        planNow(context, input.staffId),
      ),
    recordCareerStep: (_, { input }, context) =>
      mutate(
        context,
        () => recordCareerStep(context.deps, context.actor, input),
        asPlan,
        planNow(context, input.staffId),
      ),
  },
  Staff: {
    careerPlan: (staff, _, { deps, actor }) => careerOfStaff(deps, actor, staff),
  },
  CareerPlan: {
    mentor: ({ mentorId }, _, context) => staffOf(context, mentorId),
  },
  CareerStep: {
    course: ({ courseId }, _, { deps }) => (courseId === null ? null : deps.store.training.course(courseId)),
  },
};
