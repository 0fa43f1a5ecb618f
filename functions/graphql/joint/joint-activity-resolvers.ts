import type { JointActivity } from '../../domain/joint/joint-activity.ts';
import { planIdOf } from '../../domain/plan/plan.ts';
import { requireOneOf } from '../../domain/problem.ts';
import { permits } from '../../usecases/authorise.ts';
import { lineOf } from '../../usecases/feedback/read-feedback.ts';
import {
  decideJointParticipation,
  endJointActivity,
  inviteToJointActivity,
  reportJointResult,
} from '../../usecases/joint/change-joint-activity.ts';
import { planJointActivity } from '../../usecases/joint/plan-joint-activity.ts';
import { proposeJointActivity } from '../../usecases/joint/propose-joint-activity.ts';
import type { GraphQLContext } from '../context.ts';
import type { Resolvers } from '../generated/resolvers.ts';
import { mutate } from '../mutate.ts';
import { connect } from '../pagination.ts';
import { staffOf, unitOf } from '../people-and-units.ts';

const asActivity = <T>(jointActivity: T) => ({ jointActivity });

/** A change of an activity that exists; on a CONFLICT with the activity as it is now. */
const changed = (
  context: GraphQLContext,
  { id }: { readonly id: string },
  run: () => Promise<JointActivity>,
) => mutate(context, run, asActivity, () => context.deps.store.jointActivities.get(id));

export const jointActivityResolvers: Resolvers = {
  Query: {
    jointActivity: (_, { id }, { deps }) => deps.store.jointActivities.get(id),
    jointActivities: (_, { unitId, staffId, ...args }, { deps }) => {
      requireOneOf({ unitId, staffId });
      const whom = unitId == null ? { staffId: staffId ?? '' } : { unitId };
      return connect({ query: 'Query.jointActivities', scope: whom }, args, (page) =>
        deps.store.jointActivities.of(whom, page),
      );
    },
  },
  Mutation: {
    proposeJointActivity: (_, { input }, context) =>
      mutate(context, () => proposeJointActivity(context.deps, context.actor, input), asActivity),
    inviteToJointActivity: (_, { input }, context) =>
      changed(context, input, () => inviteToJointActivity(context.deps, context.actor, input)),
    decideJointParticipation: (_, { input }, context) =>
      changed(context, input, () => decideJointParticipation(context.deps, context.actor, input)),
    reportJointResult: (_, { input }, context) =>
      changed(context, input, () => reportJointResult(context.deps, context.actor, input)),
    endJointActivity: (_, { input }, context) =>
      changed(context, input, () => endJointActivity(context.deps, context.actor, input)),
    planJointActivity: (_, { input }, context) =>
      mutate(
        context,
        async () => {
          const { plan } = await planJointActivity(context.deps, context.actor, input);
          return { plan, jointActivity: await context.deps.store.jointActivities.get(input.id) };
        },
        (linked) => linked ?? { plan: null, jointActivity: null },
      ),
  },
  JointActivity: {
    leadUnit: ({ leadUnitId }, _, context) => unitOf(context, leadUnitId),
    leader: ({ leaderId }, _, context) => staffOf(context, leaderId),
    participants: ({ participants, from }) =>
      participants.map((participant) => ({ ...participant, year: Number(from.slice(0, 4)) })),
  },
  JointParticipant: {
    staff: ({ staffId }, _, context) => staffOf(context, staffId),
    unit: ({ unitId }, _, context) => unitOf(context, unitId),
    reason: async ({ staffId, reason }, _, { deps, actor }) => {
      const staff = reason === null ? null : await deps.store.staff.get(staffId);
      const permitted = staff !== null && (await permits(deps, actor, 'JointParticipant.reason', { staff }));
      return permitted ? reason : null;
    },
    decidedBy: ({ decidedById }, _, context) => staffOf(context, decidedById),
    line: async ({ staffId, lineId, year }, _, { deps, actor }) => {
      const planId = planIdOf({ kind: 'STAFF', staffId }, year);
      const found = await lineOf(deps, actor, { planId, lineId });
      return found && { ...found.line, year: found.year };
    },
  },
  JointResult: {
    by: ({ byId }, _, context) => staffOf(context, byId),
  },
};
