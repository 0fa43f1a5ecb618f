import { inject } from 'vitest';
import type { DatabaseConnection } from '../../infra/local/table.ts';

/**
 * The run's DynamoDB Local as this process reaches it. There each access key is an account with a database of its own, and a
 * database answers one request after the other: with a key of its own no test process waits for another's requests.
 */
export function testDatabase(): DatabaseConnection {
  const shared = inject('dynamoDb');
  return { ...shared, accessKeyId: `${shared.accessKeyId}${process.pid}` };
}
