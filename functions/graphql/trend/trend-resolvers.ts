import { PREDICATES } from '../../domain/evaluation/predicate.ts';
import {
  compareUnits,
  indicatorTrend,
  readRegionResults,
  regionOverview,
  staffTrend,
  unitTrend,
} from '../../usecases/trend/read-trends.ts';
import type { Resolvers } from '../generated/resolvers.ts';
import { connectPartial } from '../pagination.ts';

export const trendResolvers: Resolvers = {
  Query: {
    compareUnits: (_, args, { deps, actor }) => compareUnits(deps, actor, args),
    unitResults: (_, { periodId, ...args }, { deps, actor }) =>
      connectPartial({ query: 'Query.unitResults', scope: periodId }, args, (page) =>
        readRegionResults(deps, actor, periodId, page),
      ),
    regionOverview: (_, { periodId }, { deps, actor }) => regionOverview(deps, actor, periodId),
  },
  Unit: {
    trend: ({ id }, range, { deps, actor }) => unitTrend(deps, actor, id, range),
    indicatorTrend: ({ id }, { indicatorId, ...range }, { deps, actor }) =>
      indicatorTrend(deps, actor, { unitId: id, indicatorId }, range),
  },
  Staff: {
    trend: (staff, range, { deps, actor }) => staffTrend(deps, actor, staff, range),
  },
  RegionOverview: {
    unitPredicates: ({ unitPredicates }) =>
      [...unitPredicates].map(([predicate, count]) => ({ predicate, count })),
    distribution: ({ distribution }) =>
      PREDICATES.map((predicate) => ({ predicate, count: distribution[predicate] })),
  },
};
