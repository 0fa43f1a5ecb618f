/** The table calls that an operation needs, byte for byte, and nothing else. */
import type { TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { dynamoDbClient } from '../../../functions/store/dynamodb-client.ts';
import { replay } from '../replay.ts';
import type { MeteredRequest } from '../request-meter.ts';
import { contend } from './contender.ts';

type Transaction = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

const client = dynamoDbClient();

/** Of an operation: the calls that it takes in each of the units. */
export type Recorded = readonly (readonly MeteredRequest[])[];

contend<readonly Recorded[]>(async (recorded) => async (operation, time) => {
  const units = recorded[operation] ?? [];
  const requests = units[time % units.length] ?? [];
  await replay(client, requests);
  for (const { operation: name, input } of requests) {
    if (!name.startsWith('TransactWrite')) continue;
    const { TransactItems = [] } = input as TransactWriteCommandInput;
    await client.send(new TransactWriteCommand({ TransactItems: TransactItems.map(beside) }));
  }
  return '';
});

/** The same write beside what is stored, where it can be repeated. What it checks stays as it is. */
function beside({ Put, Update, Delete, ConditionCheck }: Transaction): Transaction {
  if (Put !== undefined)
    return { Put: { TableName: Put.TableName, Item: { ...Put.Item, pk: `BARE#${Put.Item?.['pk']}` } } };
  if (Update !== undefined) {
    const { ConditionExpression: _, ...update } = Update;
    return { Update: { ...update, Key: { ...update.Key, pk: `BARE#${update.Key?.['pk']}` } } };
  }
  if (Delete !== undefined)
    return {
      Delete: { TableName: Delete.TableName, Key: { ...Delete.Key, pk: `BARE#${Delete.Key?.['pk']}` } },
    };
  return ConditionCheck === undefined ? {} : { ConditionCheck };
}
