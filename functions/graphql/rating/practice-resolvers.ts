import { rateStaff } from '../../usecases/rating/rate-staff.ts';
import { readRatingCompletion } from '../../usecases/rating/read-completion.ts';
import { readRatingFlags } from '../../usecases/rating/read-rating-flags.ts';
import type { Resolvers } from '../generated/resolvers.ts';
import { importPayload } from '../import-payload.ts';
import { staffOf, unitOf } from '../people-and-units.ts';

export const ratingPracticeResolvers: Resolvers = {
  Query: {
    ratingCompletion: (_, args, { deps, actor }) => readRatingCompletion(deps, actor, args),
    ratingFlags: (_, args, { deps, actor }) => readRatingFlags(deps, actor, args),
  },
  Mutation: {
    rateStaff: (_, { input }, context) =>
      importPayload(context, () => rateStaff(context.deps, context.actor, input)),
  },
  RatingCompletion: {
    unit: ({ unitId }, _, context) => unitOf(context, unitId),
  },
  RatingFlag: {
    staff: ({ staffId }, _, context) => staffOf(context, staffId),
  },
};
