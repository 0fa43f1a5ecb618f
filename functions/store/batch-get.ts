import { BatchGetCommand } from '@aws-sdk/lib-dynamodb';
import { inParallel } from '../domain/in-parallel.ts';
import { backOff } from './backoff.ts';
import { BatchIncompleteError, slices } from './batch.ts';
import type { Key } from './keys.ts';
import type { Item, Table } from './table.ts';

/** Limits of BatchGetItem: keys a request, and how many requests run side by side. */
const KEYS = 100;
const CONCURRENCY = 8;
const ATTEMPTS = 10;

/**
 * Items in the order of `keys`, strongly consistent, undefined where there is none; a key may occur twice.
 * Keys that come back unprocessed are asked for again.
 * @throws BatchIncompleteError when some still are after many attempts
 */
export async function getItems(table: Table, keys: readonly Key[]): Promise<(Item | undefined)[]> {
  if (table.gather !== undefined) return table.gather(keys);
  const unique = new Map(keys.map((key) => [nameOf(key), key]));
  const found = new Map<string, Item>();
  await inParallel(slices([...unique.values()], KEYS), CONCURRENCY, async (slice) => {
    let left: readonly Key[] = slice;
    for (let attempt = 0; left.length > 0; attempt += 1) {
      if (attempt === ATTEMPTS) throw new BatchIncompleteError('BatchGetItem', left.length);
      if (attempt > 0) await backOff(attempt);
      const answer = await table.client.send(
        new BatchGetCommand({ RequestItems: { [table.name]: { Keys: [...left], ConsistentRead: true } } }),
      );
      for (const item of answer.Responses?.[table.name] ?? []) {
        found.set(nameOf({ pk: String(item['pk']), sk: String(item['sk']) }), item);
      }
      const unprocessed = (answer.UnprocessedKeys?.[table.name]?.Keys ?? []).map((key) => ({
        pk: String(key['pk']),
        sk: String(key['sk']),
      }));
      // An answer of 16 MB is cut and goes on at once; only an answer without progress counts as a failed attempt.
      if (unprocessed.length < left.length) attempt = -1;
      left = unprocessed;
    }
  });
  return keys.map((key) => found.get(nameOf(key)));
}

/** A key as one text, of no other key: where the partition's name ends is said first. */
export const nameOf = ({ pk, sk }: Key): string => `${pk.length} ${pk}${sk}`;
