/** A bare program: reads what the close read of some units and writes their results, and does nothing in between. */
import { BatchWriteCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { inParallel } from '../../functions/domain/in-parallel.ts';
import { slices } from '../../functions/store/batch.ts';
import { documentClient } from '../../functions/store/dynamodb-client.ts';
import type { FloorOrder, FloorReport, FloorSetup } from './floor.ts';
import { cpuSecondsSince, serve } from './program.ts';

/** Of the close: shards a task at once, batches a shard at once, items a batch. */
const SHARDS_AT_ONCE = 4;
const BATCHES_AT_ONCE = 8;
const ITEMS_A_BATCH = 25;

serve<FloorSetup, FloorOrder, FloorReport>(async ({ tableName, tasks, last, ...options }) => {
  const client = documentClient(options);
  const write = (items: FloorSetup['last']): Promise<void> =>
    inParallel(slices(items, ITEMS_A_BATCH), BATCHES_AT_ONCE, async (slice) => {
      const put = slice.map((item) => ({ PutRequest: { Item: item } }));
      await client.send(new BatchWriteCommand({ RequestItems: { [tableName]: put } }));
    });
  return async ({ part }) => {
    const cpu = process.cpuUsage();
    if (part === 'LAST') await write(last);
    else {
      await Promise.all(
        tasks.map((task) =>
          inParallel(task, SHARDS_AT_ONCE, async ({ reads, results }) => {
            await Promise.all(reads.map((query) => client.send(new QueryCommand(query))));
            await write(results);
          }),
        ),
      );
    }
    return { cpuSeconds: cpuSecondsSince(cpu) };
  };
});
