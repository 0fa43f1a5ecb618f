import { readRegion } from '../../usecases/region/read-region.ts';
import { readUnitResults } from '../../usecases/result/read-unit-results.ts';
import type { Resolvers } from '../generated/resolvers.ts';

export const regionResolvers: Resolvers = {
  Query: {
    region: (_, __, { deps }) => readRegion(deps),
  },
  Unit: {
    results: ({ id }, args, { deps, actor }) => readUnitResults(deps, actor, id, args),
  },
};
