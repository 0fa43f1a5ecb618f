import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/**
 * The client of a Lambda entry: made once a process, connections kept alive (the SDK's default), four attempts with jitter.
 * A request that hangs is given up and sent again while the function still has time; every write of the store may be
 * repeated. Where DynamoDB is comes from the environment alone.
 */
export const dynamoDbClient = (): DynamoDBDocumentClient =>
  DynamoDBDocumentClient.from(
    new DynamoDBClient({
      maxAttempts: 4,
      requestHandler: { connectionTimeout: 2_000, requestTimeout: 8_000, throwOnRequestTimeout: true },
    }),
    { marshallOptions: { removeUndefinedValues: true } },
  );
