import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/**
 * The client of a Lambda entry: made once a process, connections kept alive (the SDK's default), four attempts with jitter.
 * A request that hangs is given up and sent again while the function still has time; every write of the store may be
 * repeated. Where DynamoDB is comes from the environment alone.
 */
export const dynamoDbClient = (): DynamoDBDocumentClient =>
  documentClient({
    maxAttempts: 4,
    requestHandler: { connectionTimeout: 2_000, requestTimeout: 8_000, throwOnRequestTimeout: true },
  });

/**
 * A client that does not log: the SDK would copy every request and answer for a logger that is not there, which costs a
 * twentieth of a close's processor time, and with one would write personal data.
 */
export function documentClient(config: DynamoDBClientConfig): DynamoDBDocumentClient {
  const client = new DynamoDBClient(config);
  client.middlewareStack.remove('loggerMiddleware');
  return DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
}
