import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import type { DocumentNode, GraphQLSchema, SelectionSetNode } from 'graphql';
import { logUnexpected } from '../telemetry.ts';
import type { GraphQLContext } from './context.ts';
import { formatError, isUnexpected } from './errors.ts';
import { limits, limitsPlugin } from './limits.ts';

/** Stages without anybody's data: the system on one machine, and the one to develop against. */
const OPEN_STAGES: readonly string[] = ['demo', 'dev'];

/** Whether a stage answers with the schema itself. */
export const tellsSchema = (stage: string): boolean => OPEN_STAGES.includes(stage);

/** Apollo Server as this service wants it, on a schema that is already built. @param stage only 'demo' and 'dev' tell the schema */
export function createServer(schema: GraphQLSchema, stage: string): ApolloServer<GraphQLContext> {
  return new ApolloServer<GraphQLContext>({
    schema,
    introspection: tellsSchema(stage),
    hideSchemaDetailsFromClientErrors: !tellsSchema(stage),
    includeStacktraceInErrorResponses: false,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    maxRecursiveSelections: true,
    parseOptions: { maxTokens: limits.tokens },
    stopOnTerminationSignals: false,
    // The service logs for itself, without what a client sent.
    logger: SILENT,
    plugins: [limitsPlugin, noteRequest, answerErrors, ...WITHOUT],
  });
}

/** What Apollo would add by itself: the first wraps every field, for hints about caches that no type of ours has. */
const WITHOUT = [
  ApolloServerPluginCacheControlDisabled(),
  ApolloServerPluginInlineTraceDisabled(),
  ApolloServerPluginLandingPageDisabled(),
];

const ignore = (): void => undefined;
const SILENT = { debug: ignore, info: ignore, warn: ignore, error: ignore };

/** Notes for the log which field was asked for, and whether the caller was told why not. */
const noteRequest: ApolloServerPlugin<GraphQLContext> = {
  requestDidStart: async () => ({
    didResolveOperation: async ({ operation, document, contextValue }) => {
      if (operation === undefined) return;
      const [first, ...others] = new Set(rootFields(document, operation.selectionSet));
      if (first !== undefined) contextValue.notes.field = others.length === 0 ? first : 'several';
    },
    willSendResponse: async ({ response, contextValue }) => {
      if (response.body.kind !== 'single') return;
      const { data, errors } = response.body.singleResult;
      contextValue.notes.refused = errors !== undefined || Object.values(data ?? {}).some(holdsUserErrors);
    },
  }),
};

/** Names of the fields of a validated operation. `__typename` tells nothing. */
function rootFields(document: DocumentNode, { selections }: SelectionSetNode): readonly string[] {
  return selections.flatMap((selection) => {
    if (selection.kind === 'Field')
      return selection.name.value === '__typename' ? [] : [selection.name.value];
    if (selection.kind === 'InlineFragment') return rootFields(document, selection.selectionSet);
    const fragment = document.definitions.find(
      (each) => each.kind === 'FragmentDefinition' && each.name.value === selection.name.value,
    );
    return fragment?.kind === 'FragmentDefinition' ? rootFields(document, fragment.selectionSet) : [];
  });
}

/** Whether a mutation answered with something that is wrong with its input, as far as the client asked for it. */
const holdsUserErrors = (payload: unknown): boolean =>
  typeof payload === 'object' &&
  payload !== null &&
  'userErrors' in payload &&
  Array.isArray(payload.userErrors) &&
  payload.userErrors.length > 0;

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
