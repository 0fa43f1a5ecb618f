import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import type { GraphQLSchema } from 'graphql';
import type { GraphQLContext } from './context.ts';
import { formatError, isUnexpected } from './errors.ts';
import { limits, limitsPlugin } from './limits.ts';
import { logUnexpected } from './log.ts';

/** Apollo Server as this service wants it, on a schema that is already built. @param stage 'prod' hides the schema */
export function createServer(schema: GraphQLSchema, stage: string): ApolloServer<GraphQLContext> {
  return new ApolloServer<GraphQLContext>({
    schema,
    introspection: stage !== 'prod',
    hideSchemaDetailsFromClientErrors: stage === 'prod',
    includeStacktraceInErrorResponses: false,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    maxRecursiveSelections: true,
    parseOptions: { maxTokens: limits.tokens },
    stopOnTerminationSignals: false,
    // The service logs for itself, without what a client sent.
    logger: SILENT,
    plugins: [limitsPlugin, answerErrors],
  });
}

const ignore = (): void => undefined;
const SILENT = { debug: ignore, info: ignore, warn: ignore, error: ignore };

/** Words and masks the errors of an answer; here, where the reader's language and the correlation id are known. */
const answerErrors: ApolloServerPlugin<GraphQLContext> = {
  requestDidStart: async () => ({
    didEncounterErrors: async ({ errors, contextValue }) => {
      for (const error of errors)
        if (isUnexpected(error)) logUnexpected(contextValue.correlationId, error.originalError ?? error);
    },
    willSendResponse: async ({ response, errors, contextValue }) => {
      if (response.body.kind !== 'single') return;
      const { singleResult } = response.body;
      if (singleResult.errors === undefined) return;
      const formatted = singleResult.errors;
      singleResult.errors = formatted.map((each, at) => formatError(each, errors?.[at], contextValue));
    },
  }),
};
