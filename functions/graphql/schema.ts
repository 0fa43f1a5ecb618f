import { makeExecutableSchema } from '@graphql-tools/schema';
import type { GraphQLSchema } from 'graphql';
import { guardFields } from './access-gate.ts';
import { typeDefs } from './generated/type-defs.ts';
import { resolvers } from './resolvers.ts';

/** The executable schema with the access policy in front. Throws on a resolver that the contract does not know. */
export const buildApiSchema = (): GraphQLSchema =>
  guardFields(
    makeExecutableSchema({
      typeDefs,
      resolvers,
      resolverValidationOptions: { requireResolversToMatchSchema: 'error' },
    }),
  );
