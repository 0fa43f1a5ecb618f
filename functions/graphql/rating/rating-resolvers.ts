import { capacityOf } from '../../domain/evaluation/in-place.ts';
import type { AssessorRating, Rating } from '../../domain/rating/rating.ts';
import { importRatings } from '../../usecases/rating/import-ratings.ts';
import { readAssessorRating, setAssessorRating } from '../../usecases/rating/set-assessor-rating.ts';
import { readMyRating, submitRating } from '../../usecases/rating/submit-rating.ts';
import type { GraphQLContext } from '../context.ts';
import type { Resolvers } from '../generated/resolvers.ts';
import { importPayload } from '../import-payload.ts';
import { mutate } from '../mutate.ts';
import { staffOf } from '../people-and-units.ts';
import type { RatingModel } from '../work-models.ts';

const withInstrument = async ({ deps }: GraphQLContext, rating: Rating): Promise<RatingModel> => ({
  ...rating,
  instrument: await deps.store.instruments.get(rating.instrumentId, rating.instrumentVersion),
});

const myRating = async (
  context: GraphQLContext,
  key: Parameters<typeof readMyRating>[2],
): Promise<RatingModel | null> => {
  const rating = await readMyRating(context.deps, context.actor, key);
  return rating && withInstrument(context, rating);
};

export const ratingResolvers: Resolvers = {
  Query: {
    myRating: (_, args, context) => myRating(context, args),
    assessorRating: (_, args, { deps, actor }) => readAssessorRating(deps, actor, args),
  },
  Mutation: {
    submitRating: (_, { input }, context) =>
      mutate(
        context,
        async () => withInstrument(context, await submitRating(context.deps, context.actor, input)),
        (rating: RatingModel | null) => ({ rating }),
        () => myRating(context, input),
      ),
    setAssessorRating: (_, { input }, context) =>
      mutate(
        context,
        () => setAssessorRating(context.deps, context.actor, input),
        (assessorRating: AssessorRating | null) => ({ assessorRating }),
        () => readAssessorRating(context.deps, context.actor, input),
      ),
    importRatings: (_, { input }, context) =>
      importPayload(context, () => importRatings(context.deps, context.actor, input.rows)),
  },
  Rating: {
    ratee: ({ rateeId }, _, context) => staffOf(context, rateeId),
    scores: ({ scores, instrument }) =>
      scores.map((score, at) => ({ itemId: instrument?.items[at]?.id ?? String(at + 1), score })),
  },
  AssessorRating: {
    staff: ({ staffId }, _, context) => staffOf(context, staffId),
    by: ({ assessorId }, _, context) => staffOf(context, assessorId),
    as: capacityOf,
    proposedWorkResult: ({ proposed }) => proposed.workResult,
    proposedBehaviour: ({ proposed }) => proposed.behaviour,
  },
};
