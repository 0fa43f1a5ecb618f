import { cancelPeriod } from '../../usecases/period/cancel-period.ts';
import { decideLateCorrection, readLateCorrections } from '../../usecases/period/decide-late-correction.ts';
import { moveClose } from '../../usecases/period/move-close.ts';
import { openPeriod } from '../../usecases/period/open-period.ts';
import { planPeriod } from '../../usecases/period/plan-period.ts';
import { reopenPeriod } from '../../usecases/period/reopen-period.ts';
import type { Resolvers } from '../generated/resolvers.ts';
import { mutate } from '../mutate.ts';
import { connect } from '../pagination.ts';
import { staffOf } from '../people-and-units.ts';

const asPeriod = <T>(period: T) => ({ period });

export const periodResolvers: Resolvers = {
  Query: {
    period: (_, { id }, { deps }) => deps.store.periods.get(id),
    periods: (_, __, { deps }) => deps.store.periods.list(),
    lateCorrections: (_, { periodId, ...args }, { deps, actor }) =>
      connect({ query: 'Query.lateCorrections', scope: periodId }, args, (page) =>
        readLateCorrections(deps, actor, periodId, page),
      ),
  },
  Mutation: {
    planPeriod: (_, { input }, context) =>
      mutate(context, () => planPeriod(context.deps, context.actor, input), asPeriod),
    openPeriod: (_, { input }, context) =>
      mutate(
        context,
        () => openPeriod(context.deps, context.actor, input),
        asPeriod,
        () => context.deps.store.periods.get(input.id),
      ),
    moveClose: (_, { input }, context) =>
      mutate(
        context,
        () => moveClose(context.deps, context.actor, input),
        asPeriod,
        () => context.deps.store.periods.get(input.id),
      ),
    cancelPeriod: (_, { input }, context) =>
      mutate(
        context,
        () => cancelPeriod(context.deps, context.actor, input),
        asPeriod,
        () => context.deps.store.periods.get(input.id),
      ),
    reopenPeriod: (_, { input }, context) =>
      mutate(
        context,
        () => reopenPeriod(context.deps, context.actor, input),
        asPeriod,
        () => context.deps.store.periods.get(input.id),
      ),
    decideLateCorrection: (_, { input }, context) =>
      mutate(
        context,
        () => decideLateCorrection(context.deps, context.actor, input),
        asPeriod,
        () => context.deps.store.periods.get(input.id),
      ),
  },
  LateCorrection: {
    staff: ({ staffId }, _, context) => staffOf(context, staffId),
  },
};
