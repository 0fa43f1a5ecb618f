import {
  CreateTableCommand,
  DynamoDBClient,
  ResourceInUseException,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import type { TableDefinition } from '../close-definition.ts';

/** How to reach a DynamoDB Local. */
export interface DatabaseConnection {
  readonly endpoint: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/**
 * Creates the table of the synthesised stack, with its expiry; one that exists is kept.
 *
 * @returns whether it was created
 */
export async function createTable(connection: DatabaseConnection, table: TableDefinition): Promise<boolean> {
  const { endpoint, region, accessKeyId, secretAccessKey } = connection;
  const client = new DynamoDBClient({ endpoint, region, credentials: { accessKeyId, secretAccessKey } });
  try {
    await client.send(new CreateTableCommand(table.createTable));
    await client.send(
      new UpdateTimeToLiveCommand({
        TableName: table.createTable.TableName,
        TimeToLiveSpecification: { AttributeName: table.timeToLiveAttribute, Enabled: true },
      }),
    );
    return true;
  } catch (error) {
    if (error instanceof ResourceInUseException) return false;
    throw error;
  } finally {
    client.destroy();
  }
}
