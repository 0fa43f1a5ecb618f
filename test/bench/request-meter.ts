import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/** One request as DynamoDB took it. */
export interface MeteredRequest {
  readonly operation: string;
  /** As given to the document client. */
  readonly input: object;
  /** Milliseconds on the clock of `performance`. */
  readonly from: number;
  readonly to: number;
  readonly capacityUnits: number;
}

export interface RequestMeter {
  /** In the order in which they were sent. */
  readonly requests: readonly MeteredRequest[];
  reset(): void;
}

interface Consumed {
  readonly CapacityUnits?: number;
}

/** Counts a client's requests and asks DynamoDB what each consumed. */
export function meterRequests(client: DynamoDBDocumentClient): RequestMeter {
  const requests: MeteredRequest[] = [];
  client.middlewareStack.add(
    (next) => (args) => next({ ...args, input: { ...args.input, ReturnConsumedCapacity: 'TOTAL' } }),
    { step: 'initialize', priority: 'high', name: 'ask-for-capacity' },
  );
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const from = performance.now();
      const position = requests.length;
      const operation = (context.commandName ?? '').replace(/Command$/, '');
      requests.push({ operation, input: args.input, from, to: from, capacityUnits: 0 });
      const answer = await next(args);
      const output = answer.output as { readonly ConsumedCapacity?: Consumed | readonly Consumed[] };
      const consumed: readonly Consumed[] = [output.ConsumedCapacity ?? []].flat();
      const capacityUnits = consumed.reduce((sum, { CapacityUnits = 0 }) => sum + CapacityUnits, 0);
      requests[position] = { operation, input: args.input, from, to: performance.now(), capacityUnits };
      return answer;
    },
    { step: 'serialize', priority: 'high', name: 'meter' },
  );
  return {
    requests,
    reset: () => {
      requests.length = 0;
    },
  };
}
