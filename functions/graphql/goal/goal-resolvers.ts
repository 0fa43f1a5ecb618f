import { createGoal } from '../../usecases/goal/create-goal.ts';
import { editGoal } from '../../usecases/goal/edit-goal.ts';
import { importGoals } from '../../usecases/goal/import-goals.ts';
import { retireGoal } from '../../usecases/goal/retire-goal.ts';
import type { Resolvers } from '../generated/resolvers.ts';
import { importPayload } from '../import-payload.ts';
import { mutate } from '../mutate.ts';
import { connect } from '../pagination.ts';
import { unitOf } from '../people-and-units.ts';

const asGoal = <T>(goal: T) => ({ goal });

export const goalResolvers: Resolvers = {
  Query: {
    goal: (_, { id }, { deps }) => deps.store.goals.get(id),
    goals: (_, args, { deps }) =>
      connect({ query: 'Query.goals', scope: null }, args, (page) => deps.store.goals.list(page)),
  },
  Mutation: {
    createGoal: (_, { input }, context) =>
      mutate(context, () => createGoal(context.deps, context.actor, input), asGoal),
    editGoal: (_, { input }, context) =>
      mutate(
        context,
        () => editGoal(context.deps, context.actor, input),
        asGoal,
        () => context.deps.store.goals.get(input.id),
      ),
    retireGoal: (_, { input }, context) =>
      mutate(
        context,
        () => retireGoal(context.deps, context.actor, input),
        asGoal,
        () => context.deps.store.goals.get(input.id),
      ),
    importGoals: (_, { input }, context) =>
      importPayload(context, () => importGoals(context.deps, context.actor, input.rows)),
  },
  Goal: {
    unit: ({ unitId }, _, context) => unitOf(context, unitId),
    parent: ({ parentId }, _, { deps }) => (parentId === null ? null : deps.store.goals.get(parentId)),
  },
};
