import { BatchWriteCommand, type BatchWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import { inParallel } from '../domain/in-parallel.ts';
import { backOff } from './backoff.ts';
import { BatchIncompleteError } from './batch.ts';
import type { Item, Table } from './table.ts';

/** Limit of BatchWriteItem, and how many requests run side by side. */
const ITEMS = 25;
const CONCURRENCY = 8;
const ATTEMPTS = 10;

/**
 * Puts items without condition, for writes that may be repeated. No two of them may have the same key. The items are made as
 * they are sent, so that a long list never lies in memory whole.
 * @throws BatchIncompleteError when some are still unprocessed after many attempts
 */
export async function putItems(table: Table, items: Iterable<Item>): Promise<void> {
  await inParallel(requests(items), CONCURRENCY, async (slice) => {
    let left = slice;
    for (let attempt = 0; left.length > 0; attempt += 1) {
      if (attempt === ATTEMPTS) throw new BatchIncompleteError('BatchWriteItem', left.length);
      if (attempt > 0) await backOff(attempt);
      const answer = await table.client.send(new BatchWriteCommand({ RequestItems: { [table.name]: left } }));
      const unprocessed = answer.UnprocessedItems?.[table.name] ?? [];
      // Only an answer without progress counts as a failed attempt.
      if (unprocessed.length < left.length) attempt = 0;
      left = unprocessed;
    }
  });
}

type WriteRequest = NonNullable<BatchWriteCommandInput['RequestItems']>[string][number];

function* requests(items: Iterable<Item>): Generator<WriteRequest[]> {
  let slice: WriteRequest[] = [];
  for (const item of items) {
    slice.push({ PutRequest: { Item: item } });
    if (slice.length === ITEMS) {
      yield slice;
      slice = [];
    }
  }
  if (slice.length > 0) yield slice;
}
