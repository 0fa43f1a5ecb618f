/** A Lambda entry with Apollo Server, an adapter and the DynamoDB client, and nothing else: what ours is compared with. */
import { ApolloServer, HeaderMap } from '@apollo/server';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { HttpHandler } from '../../functions/graphql/endpoint.ts';
import { dynamoDbClient } from '../../functions/store/dynamodb-client.ts';

const client = dynamoDbClient();
const server = new ApolloServer({
  typeDefs: 'type Query { item(key: ID!): String }',
  resolvers: {
    Query: {
      item: async (_: unknown, { key }: { key: string }): Promise<string | null> => {
        const command = new GetCommand({ TableName: process.env['TABLE_NAME'], Key: { pk: key, sk: key } });
        const { Item: item } = await client.send(command);
        return item === undefined ? null : JSON.stringify(item);
      },
    },
  },
  stopOnTerminationSignals: false,
});
const started = server.start();

export const handler: HttpHandler = async (event) => {
  await started;
  const { status, headers, body } = await server.executeHTTPGraphQLRequest({
    httpGraphQLRequest: {
      method: 'POST',
      headers: new HeaderMap(Object.entries(event.headers).map(([name, value]) => [name, value ?? ''])),
      search: '',
      body: JSON.parse(event.body ?? ''),
    },
    context: async () => ({}),
  });
  if (body.kind !== 'complete') throw new TypeError('an answer in parts');
  return { statusCode: status ?? 200, headers: Object.fromEntries(headers), body: body.string };
};
