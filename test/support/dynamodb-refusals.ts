/** What DynamoDB answers under load and contention, and DynamoDB Local never: conflicts, throttling, batches treated in part. */
import {
  type BatchGetItemCommandInput,
  type BatchWriteItemCommandInput,
  ProvisionedThroughputExceededException,
  TransactionCanceledException,
  TransactionConflictException,
  type TransactWriteItemsCommandInput,
} from '@aws-sdk/client-dynamodb';

/** Another transaction holds the item of a write, or the first one of a transaction. */
export function conflictError(request: { readonly operation: string; readonly input: object }): Error {
  const $metadata = { httpStatusCode: 400 };
  if (request.operation !== 'TransactWriteItems') {
    return new TransactionConflictException({ message: 'Transaction is ongoing for the item', $metadata });
  }
  const items = (request.input as TransactWriteItemsCommandInput).TransactItems ?? [];
  return new TransactionCanceledException({
    message: `Transaction cancelled, please refer cancellation reasons for specific reasons [${items
      .map((_, position) => (position === 0 ? 'TransactionConflict' : 'None'))
      .join(', ')}]`,
    CancellationReasons: items.map((_, position) =>
      position === 0
        ? { Code: 'TransactionConflict', Message: 'Transaction is ongoing for the item' }
        : { Code: 'None' },
    ),
    $metadata,
  });
}

export const throttlingError = (): Error =>
  new ProvisionedThroughputExceededException({
    message: 'The level of configured provisioned throughput for the table was exceeded',
    $metadata: { httpStatusCode: 400 },
  });

/** The first requests of a batch that writes, and an answer with the rest. */
export function splitWrites(input: BatchWriteItemCommandInput, processed: number) {
  const requests = Object.entries(input.RequestItems ?? {}).flatMap(([table, items]) =>
    items.map((item) => ({ table, item })),
  );
  const collect = (entries: typeof requests) => {
    const byTable: NonNullable<BatchWriteItemCommandInput['RequestItems']> = {};
    for (const { table, item } of entries) {
      byTable[table] ??= [];
      byTable[table].push(item);
    }
    return byTable;
  };
  return {
    part: { ...input, RequestItems: collect(requests.slice(0, processed)) },
    unprocessed: { UnprocessedItems: collect(requests.slice(processed)) },
  };
}

/** The first keys of a batch that reads, and an answer with the rest. */
export function splitKeys(input: BatchGetItemCommandInput, processed: number) {
  const keys = Object.entries(input.RequestItems ?? {}).flatMap(([table, request]) =>
    (request.Keys ?? []).map((key) => ({ table, key })),
  );
  const collect = (entries: typeof keys) => {
    const byTable: NonNullable<BatchGetItemCommandInput['RequestItems']> = {};
    for (const { table, key } of entries) {
      byTable[table] ??= { ...input.RequestItems?.[table], Keys: [] };
      byTable[table].Keys?.push(key);
    }
    return byTable;
  };
  return {
    part: { ...input, RequestItems: collect(keys.slice(0, processed)) },
    unprocessed: { UnprocessedKeys: collect(keys.slice(processed)) },
  };
}
