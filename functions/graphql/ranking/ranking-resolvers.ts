import { reject } from '../../domain/problem.ts';
import { rankingScope, readRanking } from '../../usecases/ranking/read-ranking.ts';
import type { Resolvers } from '../generated/resolvers.ts';
import { pageRequest, toConnection } from '../pagination.ts';
import { staffOf, unitOf } from '../people-and-units.ts';

export const rankingResolvers: Resolvers = {
  Query: {
    ranking: async (_, { periodId, scope: input, first, after, around, fromRank, top }, { deps, actor }) => {
      const scope = rankingScope(input);
      const list = { query: 'ranking', scope: { periodId, scope } };
      if (top != null && (after != null || around != null || fromRank != null))
        throw reject('ONE_OF', 'top', { options: 'top, after, around, fromRank' });
      const page = pageRequest(list, { first: top ?? first, after });
      const position = page.after === null ? null : Number(page.after);
      if (position !== null && !Number.isSafeInteger(position)) throw reject('INVALID_CURSOR', 'after');
      const part = await readRanking(deps, actor, periodId, scope, page, {
        after: position,
        around: around ?? null,
        fromRank: fromRank ?? null,
      });
      return part && Object.assign(toConnection(list, part), { totalCount: part.total });
    },
  },
  RankingEntry: {
    staff: ({ staffId }, _, context) => staffOf(context, staffId),
    unit: ({ unitId }, _, context) => unitOf(context, unitId),
  },
};
