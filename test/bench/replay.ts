import {
  BatchGetCommand,
  type BatchGetCommandInput,
  BatchWriteCommand,
  type BatchWriteCommandInput,
  type DynamoDBDocumentClient,
  GetCommand,
  type GetCommandInput,
  QueryCommand,
  type QueryCommandInput,
} from '@aws-sdk/lib-dynamodb';
import type { MeteredRequest } from './request-meter.ts';

/**
 * The floor: the same reads and the same bulk writes, byte for byte, with as many of them at once, by the SDK's document client.
 * Transactions are left out, for they cannot take effect twice.
 * @returns seconds
 */
export async function replay(
  client: DynamoDBDocumentClient,
  requests: readonly MeteredRequest[],
): Promise<number> {
  const waves: MeteredRequest[][] = [];
  let firstEnd = -1;
  for (const request of requests.filter(({ operation }) => !operation.startsWith('Transact'))) {
    const wave = waves.at(-1);
    if (wave === undefined || request.from >= firstEnd) {
      waves.push([request]);
      firstEnd = request.to;
    } else {
      wave.push(request);
      firstEnd = Math.min(firstEnd, request.to);
    }
  }
  const from = performance.now();
  for (const wave of waves) await Promise.all(wave.map((request) => send(client, request)));
  return (performance.now() - from) / 1000;
}

async function send(client: DynamoDBDocumentClient, { operation, input }: MeteredRequest): Promise<void> {
  if (operation === 'Query') await client.send(new QueryCommand(input as QueryCommandInput));
  else if (operation === 'GetItem') await client.send(new GetCommand(input as GetCommandInput));
  else if (operation === 'BatchWriteItem') {
    await client.send(new BatchWriteCommand(input as BatchWriteCommandInput));
  } else if (operation === 'BatchGetItem')
    await client.send(new BatchGetCommand(input as BatchGetCommandInput));
  else throw new Error(`the floor does not know ${operation}`);
}
