import { readDocumentVersion } from '../../usecases/document/read-document.ts';
import {
  documentOf,
  requestDocument,
  requestUnitDocuments,
} from '../../usecases/document/request-document.ts';
import type { Resolvers } from '../generated/resolvers.ts';
import { mutate } from '../mutate.ts';

export const documentResolvers: Resolvers = {
  Query: {
    document: (_, { input }, { deps, actor }) => readDocumentVersion(deps, actor, documentOf(input)),
  },
  Mutation: {
    requestDocument: (_, { input }, context) =>
      mutate(
        context,
        () => requestDocument(context.deps, context.actor, input, context.locale),
        (job) => ({ job }),
      ),
    requestUnitDocuments: (_, { input }, context) =>
      mutate(
        context,
        () => requestUnitDocuments(context.deps, context.actor, input, context.locale),
        (job) => ({ job }),
      ),
  },
  ResultDelivery: {
    document: ({ periodId, staffId, run }, _, { deps, actor }) =>
      readDocumentVersion(deps, actor, {
        kind: 'EVALUATION',
        staffId,
        periodId,
        year: null,
        followUpId: null,
        run,
      }),
  },
};
