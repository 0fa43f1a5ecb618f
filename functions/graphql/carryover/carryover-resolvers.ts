import type { Carryover } from '../../domain/evaluation/carryover.ts';
import { answerCarryover, withdrawCarryover } from '../../usecases/carryover/answer-carryover.ts';
import type { CarryoverKey } from '../../usecases/carryover/carryover-subject.ts';
import { proposeCarryover } from '../../usecases/carryover/propose-carryover.ts';
import { readCarryover } from '../../usecases/carryover/read-carryover.ts';
import type { GraphQLContext } from '../context.ts';
import type { Resolvers } from '../generated/resolvers.ts';
import { mutate } from '../mutate.ts';
import { staffOf } from '../people-and-units.ts';

const change = (context: GraphQLContext, key: CarryoverKey, run: () => Promise<Carryover>) =>
  mutate(
    context,
    run,
    (carryover: Carryover | null) => ({ carryover }),
    () => readCarryover(context.deps, context.actor, key),
  );

export const carryoverResolvers: Resolvers = {
  Query: {
    carryover: (_, args, { deps, actor }) => readCarryover(deps, actor, args),
  },
  Mutation: {
    proposeCarryover: (_, { input }, context) =>
      change(context, input, () => proposeCarryover(context.deps, context.actor, input)),
    answerCarryover: (_, { input }, context) =>
      change(context, input, () => answerCarryover(context.deps, context.actor, input)),
    withdrawCarryover: (_, { input }, context) =>
      change(context, input, () => withdrawCarryover(context.deps, context.actor, input)),
  },
  Carryover: {
    staff: ({ staffId }, _, context) => staffOf(context, staffId),
    assessor: ({ assessorId }, _, context) => staffOf(context, assessorId),
  },
};
