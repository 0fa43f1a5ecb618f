import { describeChart } from '../../domain/chart/chart.ts';
import { readChart } from '../../usecases/chart/read-chart.ts';
import type { Resolvers } from '../generated/resolvers.ts';

export const chartResolvers: Resolvers = {
  Query: {
    chart: (_, { input }, { deps, actor, locale }) => readChart(deps, actor, input, locale),
  },
  Chart: {
    description: (chart) => describeChart(chart),
    // The library is loaded with the first chart: most requests draw none.
    svg: async (chart) => (await import('../../chart/render-chart.ts')).renderChart(chart),
  },
};
