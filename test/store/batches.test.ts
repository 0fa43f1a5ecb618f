import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inParallel } from '../../functions/domain/in-parallel.ts';
import { BatchIncompleteError, slices } from '../../functions/store/batch.ts';
import { getItems } from '../../functions/store/batch-get.ts';
import { putItems } from '../../functions/store/batch-write.ts';
import type { Key } from '../../functions/store/keys.ts';
import type { Table } from '../../functions/store/table.ts';
import {
  countRequests,
  createTestClient,
  createTestTable,
  injectUnprocessed,
  type TestTable,
} from '../support/dynamodb.ts';

let table: TestTable;
beforeAll(async () => {
  table = await createTestTable();
});
afterAll(() => table.drop());

const another = (): Table => ({ client: createTestClient(), name: table.tableName });
const keysOf = (pk: string, size: number): Key[] =>
  Array.from({ length: size }, (_, at) => ({ pk, sk: String(at).padStart(4, '0') }));
const itemsOf = (pk: string, size: number) => keysOf(pk, size).map((key, n) => ({ ...key, n }));

describe('items in bulk', () => {
  test('are written 25 and read 100 a request, each key once, in the order asked for', async () => {
    const own = another();
    const count = countRequests(own.client);

    await putItems(own, itemsOf('bulk', 130));
    const written = { ...count.byOperation };
    count.reset();
    const wanted = [
      ...keysOf('bulk', 130).toReversed(),
      { pk: 'bulk', sk: 'none' },
      { pk: 'bulk', sk: '0003' },
    ];
    const items = await getItems(own, wanted);

    expect(written).toEqual({ BatchWriteItem: 6 });
    expect(count.byOperation).toEqual({ BatchGetItem: 2 });
    expect(items.map((item) => item?.['n'] ?? null)).toEqual([
      ...Array.from({ length: 130 }, (_, at) => 129 - at),
      null,
      3,
    ]);
    expect(await getItems(own, [])).toEqual([]);
  });

  test('that come back unprocessed are asked for again until all are done', async () => {
    const own = another();
    const fault = injectUnprocessed(own.client, { times: 4, processed: 7 });

    await putItems(own, itemsOf('again', 60));
    const reading = injectUnprocessed(own.client, { times: 3, processed: 0 });
    const items = await getItems(own, keysOf('again', 60));

    expect(fault.struck).toBe(4);
    expect(reading.struck).toBe(3);
    expect(items.every((item, at) => item?.['n'] === at)).toBe(true);
  });

  test('that never are processed are given up loudly', async () => {
    const own = another();
    injectUnprocessed(own.client, { times: 1_000, processed: 0 });

    await expect(putItems(own, itemsOf('never', 3))).rejects.toBeInstanceOf(BatchIncompleteError);
    await expect(getItems(own, keysOf('never', 3))).rejects.toMatchObject({ left: 3 });
  });
});

describe('work in parallel', () => {
  test('is bounded, complete and ends at the first failure', async () => {
    let running = 0;
    let most = 0;
    const done: number[] = [];
    const work = async (value: number) => {
      running += 1;
      most = Math.max(most, running);
      await new Promise(setImmediate);
      running -= 1;
      if (value === 13) throw new Error('thirteen');
      done.push(value);
    };

    await inParallel([1, 2, 3, 4, 5, 6, 7], 3, work);
    expect(most).toBe(3);
    expect(done.sort()).toEqual([1, 2, 3, 4, 5, 6, 7]);

    await expect(inParallel([13, 14, 15, 16, 17, 18], 2, work)).rejects.toThrow('thirteen');
    expect(done).not.toContain(18);
  });

  test('takes slices', () => {
    expect(slices([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]);
    expect(slices([], 2)).toEqual([]);
  });
});
