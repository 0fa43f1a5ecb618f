import { addInstrument } from '../../usecases/instrument/add-instrument.ts';
import { retireInstrument } from '../../usecases/instrument/retire-instrument.ts';
import type { Resolvers } from '../generated/resolvers.ts';
import { mutate } from '../mutate.ts';

const asInstrument = <T>(instrument: T) => ({ instrument });

export const instrumentResolvers: Resolvers = {
  Query: {
    instruments: (_, __, { deps }) => deps.store.instruments.list(),
    retiredInstruments: async (_, __, { deps }) => [...(await deps.store.instruments.retired())].sort(),
  },
  Mutation: {
    addInstrument: (_, { input }, context) =>
      mutate(context, () => addInstrument(context.deps, context.actor, input), asInstrument),
    retireInstrument: (_, { input }, context) =>
      mutate(context, () => retireInstrument(context.deps, context.actor, input), asInstrument),
  },
  Instrument: {
    name: ({ name }, _, { locale }) => name[locale],
    low: ({ scale }) => scale.low,
    high: ({ scale }) => scale.high,
  },
  InstrumentItem: {
    text: ({ text }, _, { locale }) => text[locale],
  },
};
