import { createIndicator } from '../../usecases/indicator/create-indicator.ts';
import { importIndicators } from '../../usecases/indicator/import-indicators.ts';
import { retireIndicator } from '../../usecases/indicator/retire-indicator.ts';
import { reviseIndicator } from '../../usecases/indicator/revise-indicator.ts';
import type { Resolvers } from '../generated/resolvers.ts';
import { importPayload } from '../import-payload.ts';
import { mutate } from '../mutate.ts';
import { connect } from '../pagination.ts';
import { unitOf } from '../people-and-units.ts';

const asIndicator = <T>(indicator: T) => ({ indicator });

export const indicatorResolvers: Resolvers = {
  Query: {
    indicator: (_, { id }, { deps }) => deps.store.indicators.get(id),
    indicators: (_, { unitId = null, ...args }, { deps }) =>
      connect({ query: 'Query.indicators', scope: unitId }, args, (page) =>
        deps.store.indicators.list(unitId, page),
      ),
  },
  Mutation: {
    createIndicator: (_, { input }, context) =>
      mutate(context, () => createIndicator(context.deps, context.actor, input), asIndicator),
    reviseIndicator: (_, { input }, context) =>
      mutate(
        context,
        () => reviseIndicator(context.deps, context.actor, input),
        asIndicator,
        () => context.deps.store.indicators.get(input.id),
      ),
    retireIndicator: (_, { input }, context) =>
      mutate(
        context,
        () => retireIndicator(context.deps, context.actor, input),
        asIndicator,
        () => context.deps.store.indicators.get(input.id),
      ),
    importIndicators: (_, { input }, context) =>
      importPayload(context, () => importIndicators(context.deps, context.actor, input.rows)),
  },
  Indicator: {
    unit: ({ unitId }, _, context) => unitOf(context, unitId),
    goal: ({ goalId }, _, { deps }) => (goalId === null ? null : deps.store.goals.get(goalId)),
    definitions: ({ id }, _, { deps }) => deps.store.indicators.definitions(id),
  },
};
