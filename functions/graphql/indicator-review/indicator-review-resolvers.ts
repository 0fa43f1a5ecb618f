import type { NotMeasured } from '../../domain/evaluation/result.ts';
import { type IndicatorFigures, meanAchievement } from '../../domain/indicator-review/figures.ts';
import { decideIndicatorReview } from '../../usecases/indicator-review/decide-review.ts';
import { historyOfIndicator } from '../../usecases/indicator-review/read-history.ts';
import { readReview, readReviews } from '../../usecases/indicator-review/read-reviews.ts';
import type { Resolvers } from '../generated/resolvers.ts';
import { mutate } from '../mutate.ts';
import { connect } from '../pagination.ts';

const reasonsOf = ({ notMeasured }: IndicatorFigures) =>
  (Object.entries(notMeasured) as [NotMeasured, number][]).map(([reason, count]) => ({ reason, count }));

export const indicatorReviewResolvers: Resolvers = {
  Query: {
    indicatorReviews: (_, { periodId, ...args }, { deps, actor }) =>
      connect({ query: 'Query.indicatorReviews', scope: periodId }, args, (page) =>
        readReviews(deps, actor, periodId, page),
      ),
  },
  Mutation: {
    decideIndicatorReview: (_, { input }, context) =>
      mutate(
        context,
        () => decideIndicatorReview(context.deps, context.actor, input),
        (review) => ({ review }),
        () => readReview(context.deps, input.indicatorId, input.periodId),
      ),
  },
  Indicator: {
    history: ({ id }, _, { deps, actor }) => historyOfIndicator(deps, actor, id),
  },
  IndicatorFigures: {
    mean: (figures) => meanAchievement(figures),
    notMeasured: reasonsOf,
  },
  IndicatorReview: {
    indicator: ({ indicatorId }, _, { deps }) => deps.store.indicators.get(indicatorId),
  },
};
