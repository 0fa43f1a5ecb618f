import { headOn, isActiveOn, subtreeOf } from '../../domain/organisation/organisation.ts';
import { regionToday } from '../../usecases/region-clock.ts';
import { createUnit } from '../../usecases/unit/create-unit.ts';
import { editUnit } from '../../usecases/unit/edit-unit.ts';
import { findUnit } from '../../usecases/unit/find-unit.ts';
import { importUnits } from '../../usecases/unit/import-units.ts';
import { moveUnit } from '../../usecases/unit/move-unit.ts';
import { activeChildrenOf } from '../../usecases/unit/organisation-change.ts';
import { retireUnit } from '../../usecases/unit/retire-unit.ts';
import type { GraphQLContext } from '../context.ts';
import type { Resolvers } from '../generated/resolvers.ts';
import { importPayload } from '../import-payload.ts';
import { mutate } from '../mutate.ts';
import { connect } from '../pagination.ts';
import { staffOf, unitOf } from '../people-and-units.ts';

const unitsBelow = async ({ deps }: GraphQLContext, id: string | null) => {
  const [organisation, today] = await Promise.all([deps.store.organisation.load(), regionToday(deps)]);
  return activeChildrenOf(organisation, id, today);
};

const asUnit = <T>(unit: T) => ({ unit });

export const unitResolvers: Resolvers = {
  Query: {
    unit: (_, args, { deps, actor }) => findUnit(deps, actor, args),
    units: (_, __, context) => unitsBelow(context, null),
  },
  Mutation: {
    createUnit: (_, { input }, context) =>
      mutate(context, () => createUnit(context.deps, context.actor, input), asUnit),
    editUnit: (_, { input }, context) =>
      mutate(
        context,
        () => editUnit(context.deps, context.actor, input),
        asUnit,
        async () => unitOf(context, input.id),
      ),
    moveUnit: (_, { input }, context) =>
      mutate(
        context,
        () => moveUnit(context.deps, context.actor, input),
        asUnit,
        async () => unitOf(context, input.id),
      ),
    retireUnit: (_, { input }, context) =>
      mutate(
        context,
        () => retireUnit(context.deps, context.actor, input),
        asUnit,
        async () => unitOf(context, input.id),
      ),
    importUnits: (_, { input }, context) =>
      importPayload(context, () => importUnits(context.deps, context.actor, input.rows)),
  },
  Unit: {
    parent: ({ parentId }, _, context) => unitOf(context, parentId),
    children: ({ id }, _, context) => unitsBelow(context, id),
    subtree: async ({ id }, _, { deps }) => {
      const [organisation, today] = await Promise.all([deps.store.organisation.load(), regionToday(deps)]);
      return subtreeOf(organisation, id).filter((unit) => unit.id !== id && isActiveOn(unit, today));
    },
    head: async (unit, _, context) => staffOf(context, headOn(unit, await regionToday(context.deps))),
    staff: async ({ id }, args, { deps }) => {
      const today = await regionToday(deps);
      return connect({ query: 'Unit.staff', scope: id }, args, (page) =>
        deps.store.staff.ofUnit(id, page, today),
      );
    },
  },
  Headship: {
    staff: ({ staffId }, _, context) => staffOf(context, staffId),
  },
};
