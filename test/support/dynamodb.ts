/**
 * A table of one's own on the shared DynamoDB Local, and the faults that DynamoDB Local never shows by itself:
 * it reports no transaction conflict, no throttling and no unprocessed item.
 */
import { randomUUID } from 'node:crypto';
import {
  type BatchGetItemCommandInput,
  type BatchWriteItemCommandInput,
  DeleteTableCommand,
  DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { inject } from 'vitest';
import { createTable } from '../../infra/local/table.ts';
import { testDatabase } from './database.ts';
import { conflictError, splitKeys, splitWrites, throttlingError } from './dynamodb-refusals.ts';

export interface TestTable {
  readonly tableName: string;
  readonly client: DynamoDBDocumentClient;
  /** Deletes the table and closes the client. */
  drop(): Promise<void>;
}

/** A new document client on the shared DynamoDB Local; make one for each fault that must not leak elsewhere. */
export function createTestClient(): DynamoDBDocumentClient {
  const { endpoint, region, accessKeyId, secretAccessKey } = testDatabase();
  return DynamoDBDocumentClient.from(
    new DynamoDBClient({ endpoint, region, credentials: { accessKeyId, secretAccessKey } }),
    { marshallOptions: { removeUndefinedValues: true } },
  );
}

/** An empty table as synthesised, under a name of its own, so that test files may run at the same time. */
export async function createTestTable(): Promise<TestTable> {
  const tableName = `test-${randomUUID()}`;
  const client = createTestClient();
  const table = inject('table');
  await createTable(testDatabase(), {
    ...table,
    createTable: { ...table.createTable, TableName: tableName },
  });
  return {
    tableName,
    client,
    drop: async () => {
      await client.send(new DeleteTableCommand({ TableName: tableName }));
      client.destroy();
    },
  };
}

/** One request as it went to DynamoDB: every page, every attempt of the SDK's own retries. */
export interface RecordedRequest {
  /** For example `TransactWriteItems`. */
  readonly operation: string;
  /** As sent, in DynamoDB's own JSON. */
  readonly input: object;
}

export interface RequestCount {
  readonly requests: readonly RecordedRequest[];
  readonly total: number;
  /** Requests by operation, for example `{ Query: 2 }`. */
  readonly byOperation: Readonly<Record<string, number>>;
  reset(): void;
  /** Stops counting. */
  remove(): void;
}

/** Counts the requests that a client makes from now on. */
export function countRequests(client: DynamoDBDocumentClient): RequestCount {
  const requests: RecordedRequest[] = [];
  const name = `count-${randomUUID()}`;
  // Inside of the SDK's retries, and outside of every injected fault: what a fault stops has been asked for too.
  client.middlewareStack.add(
    (next, context) => (args) => {
      requests.push({ operation: operationOf(context), input: args.input });
      return next(args);
    },
    { step: 'finalizeRequest', priority: 'low', name },
  );
  return {
    requests,
    get total() {
      return requests.length;
    },
    get byOperation() {
      const counts: Record<string, number> = {};
      for (const { operation } of requests) counts[operation] = (counts[operation] ?? 0) + 1;
      return counts;
    },
    reset: () => {
      requests.length = 0;
    },
    remove: () => void client.middlewareStack.remove(name),
  };
}

/** The process was killed: what a cut client throws at the nth call and at every later one. */
export class CutError extends Error {
  override readonly name = 'CutError';
}

export interface Cut {
  /** Requests seen so far, including the one cut. */
  readonly calls: number;
  /** False as long as the nth call has not come: then the whole run went through. */
  readonly happened: boolean;
  /** Lets requests through again. */
  remove(): void;
}

/**
 * Plays a process killed at its nth request (from 1): `before` it reached DynamoDB, or `after` it took effect there
 * but before the answer came back. Every later request of the client fails too, for a dead process sends none.
 */
export function cutAtCall(
  client: DynamoDBDocumentClient,
  n: number,
  moment: 'before' | 'after' = 'before',
): Cut {
  let calls = 0;
  let happened = false;
  const remove = aroundRequest(client, async (request, proceed) => {
    if (happened) throw new CutError(`the process is dead: ${request.operation}`);
    calls += 1;
    if (calls < n) return proceed();
    happened = true;
    if (moment === 'after') await proceed();
    throw new CutError(`killed ${moment} request ${calls}: ${request.operation}`);
  });
  return {
    get calls() {
      return calls;
    },
    get happened() {
      return happened;
    },
    remove,
  };
}

export interface FaultOptions {
  /** How many requests fail (1). */
  readonly times?: number;
  /** Which requests may fail; all that the fault can befall if left out. */
  readonly when?: (request: RecordedRequest) => boolean;
}

export interface Fault {
  /** How often it has struck. */
  readonly struck: number;
  remove(): void;
}

/**
 * Fails writes because another transaction holds one of their items, as DynamoDB does under contention:
 * a transaction is cancelled with the reason `TransactionConflict` (which the SDK does not retry), a single write
 * throws TransactionConflictException. The write does not reach the table.
 */
export function injectConflict(client: DynamoDBDocumentClient, options: FaultOptions = {}): Fault {
  const single = ['PutItem', 'UpdateItem', 'DeleteItem'];
  return strike(client, options, [...single, 'TransactWriteItems'], (request) => {
    throw conflictError(request);
  });
}

/** Throttles requests, each attempt of the SDK's own retries being one. The request does not reach the table. */
export function injectThrottling(client: DynamoDBDocumentClient, options: FaultOptions = {}): Fault {
  return strike(client, options, undefined, () => {
    throw throttlingError();
  });
}

/** Answers batches without having treated all of them: of each only the first `processed` items or keys (0). */
export function injectUnprocessed(
  client: DynamoDBDocumentClient,
  options: FaultOptions & { readonly processed?: number } = {},
): Fault {
  const processed = options.processed ?? 0;
  let left = options.times ?? 1;
  let struck = 0;
  const name = `unprocessed-${randomUUID()}`;
  // Before serialisation, because the request itself must become smaller.
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const operation = operationOf(context);
      const input = args.input as BatchWriteItemCommandInput & BatchGetItemCommandInput;
      if (left === 0 || !operation.startsWith('Batch')) return next(args);
      if (options.when && !options.when({ operation, input })) return next(args);
      left -= 1;
      struck += 1;
      const { part, unprocessed } =
        operation === 'BatchWriteItem' ? splitWrites(input, processed) : splitKeys(input, processed);
      if (processed === 0) return { output: { $metadata: {}, Responses: {}, ...unprocessed }, response: {} };
      const answer = await next({ ...args, input: part });
      return { ...answer, output: { ...answer.output, ...unprocessed } };
    },
    { step: 'serialize', priority: 'high', name },
  );
  return {
    get struck() {
      return struck;
    },
    remove: () => void client.middlewareStack.remove(name),
  };
}

function strike(
  client: DynamoDBDocumentClient,
  options: FaultOptions,
  operations: readonly string[] | undefined,
  fail: (request: RecordedRequest) => never,
): Fault {
  let left = options.times ?? 1;
  let struck = 0;
  const remove = aroundRequest(client, (request, proceed) => {
    const befalls = operations === undefined || operations.includes(request.operation);
    if (left === 0 || !befalls || (options.when && !options.when(request))) return proceed();
    left -= 1;
    struck += 1;
    return fail(request);
  });
  return {
    get struck() {
      return struck;
    },
    remove,
  };
}

/** Inside of the SDK's retries and outside of its parser, so that it sees each attempt and errors already named. */
function aroundRequest(
  client: DynamoDBDocumentClient,
  act: <Answer>(request: RecordedRequest, proceed: () => Promise<Answer>) => Promise<Answer>,
): () => void {
  const name = `around-${randomUUID()}`;
  client.middlewareStack.add(
    (next, context) => (args) =>
      act({ operation: operationOf(context), input: args.input }, () => next(args)),
    { step: 'deserialize', priority: 'high', name },
  );
  return () => void client.middlewareStack.remove(name);
}

function operationOf(context: { readonly commandName?: string }): string {
  return (context.commandName ?? 'Unknown').replace(/Command$/, '');
}
