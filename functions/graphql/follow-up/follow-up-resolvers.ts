import { decideFollowUp } from '../../usecases/follow-up/decide-follow-up.ts';
import { endFollowUp } from '../../usecases/follow-up/end-follow-up.ts';
import { proposeFollowUp } from '../../usecases/follow-up/propose-follow-up.ts';
import { followUpsOfPeriod, followUpsOfStaff } from '../../usecases/follow-up/read-follow-ups.ts';
import type { Resolvers } from '../generated/resolvers.ts';
import { mutate } from '../mutate.ts';
import { connectPartial, pageRequest, toConnection } from '../pagination.ts';
import { staffOf, unitOf } from '../people-and-units.ts';

const asFollowUp = <T>(followUp: T) => ({ followUp });

export const followUpResolvers: Resolvers = {
  Query: {
    followUps: (_, { periodId, unitId = null, state = null, ...args }, { deps, actor }) =>
      connectPartial({ query: 'Query.followUps', scope: [periodId, unitId, state] }, args, (page) =>
        followUpsOfPeriod(deps, actor, { periodId, unitId, state }, page),
      ),
  },
  Mutation: {
    proposeFollowUp: (_, { input }, context) =>
      mutate(context, () => proposeFollowUp(context.deps, context.actor, input), asFollowUp),
    decideFollowUp: (_, { input }, context) =>
      mutate(
        context,
        () => decideFollowUp(context.deps, context.actor, input),
        asFollowUp,
        () => context.deps.store.followUps.get(input),
      ),
    endFollowUp: (_, { input }, context) =>
      mutate(
        context,
        () => endFollowUp(context.deps, context.actor, input),
        asFollowUp,
        () => context.deps.store.followUps.get(input),
      ),
  },
  Staff: {
    followUps: async (staff, args, { deps, actor }) => {
      const list = { query: 'Staff.followUps', scope: staff.id };
      const page = await followUpsOfStaff(deps, actor, staff, pageRequest(list, args));
      return page && toConnection(list, page);
    },
  },
  FollowUpProposal: {
    mine: ({ by }, _, { actor }) => by === (actor.staffId ?? actor.id),
  },
  FollowUp: {
    staff: ({ staffId }, _, context) => staffOf(context, staffId),
    unit: ({ unitId }, _, context) => unitOf(context, unitId),
  },
};
