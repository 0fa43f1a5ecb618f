import type { Realisation } from '../../domain/indicator/realisation.ts';
import { findRealisation, type RealisationKey } from '../../usecases/realisation/change-realisation.ts';
import { importRealisations } from '../../usecases/realisation/import-realisations.ts';
import { rejectRealisation } from '../../usecases/realisation/reject-realisation.ts';
import { reportRealisation } from '../../usecases/realisation/report-realisation.ts';
import { verifyRealisation } from '../../usecases/realisation/verify-realisation.ts';
import { verifyRealisations } from '../../usecases/realisation/verify-realisations.ts';
import type { GraphQLContext } from '../context.ts';
import type { Resolvers } from '../generated/resolvers.ts';
import { importPayload } from '../import-payload.ts';
import { mutate } from '../mutate.ts';

const asRealisation = (realisation: Realisation | null) => ({ realisation });

const realisationNow =
  ({ deps }: GraphQLContext, key: RealisationKey) =>
  () =>
    findRealisation(deps, key);

export const realisationResolvers: Resolvers = {
  Mutation: {
    reportRealisation: (_, { input }, context) =>
      mutate(
        context,
        () => reportRealisation(context.deps, context.actor, input),
        asRealisation,
        realisationNow(context, input),
      ),
    verifyRealisation: (_, { input }, context) =>
      mutate(
        context,
        () => verifyRealisation(context.deps, context.actor, input),
        asRealisation,
        realisationNow(context, input),
      ),
    verifyRealisations: (_, { input }, context) =>
      importPayload(context, () => verifyRealisations(context.deps, context.actor, input)),
    rejectRealisation: (_, { input }, context) =>
      mutate(
        context,
        () => rejectRealisation(context.deps, context.actor, input),
        asRealisation,
        realisationNow(context, input),
      ),
    importRealisations: (_, { input }, context) =>
      importPayload(context, () => importRealisations(context.deps, context.actor, input.rows)),
  },
};
