/** One of the functions that the close's map calls: scores the shards of its tasks. */
import { createStore } from '../../functions/store/create-store.ts';
import { documentClient } from '../../functions/store/dynamodb-client.ts';
import { scoreShards } from '../../functions/usecases/close/score-shards.ts';
import type { CloseOrder, CloseReport } from './close-throughput.ts';
import { cpuSecondsSince, serve, type TableOf } from './program.ts';
import { meterRequests } from './request-meter.ts';

serve<TableOf, CloseOrder, CloseReport>(async ({ tableName, ...options }) => {
  const client = documentClient(options);
  const meter = meterRequests(client);
  const store = createStore({ client, tableName });
  return async (order) => {
    if (order.kind === 'REQUESTS') return { cpuSeconds: 0, requests: meter.requests };
    meter.reset();
    const cpu = process.cpuUsage();
    await Promise.all(order.tasks.map((task) => scoreShards({ store }, task, () => true)));
    return { cpuSeconds: cpuSecondsSince(cpu), requests: [] };
  };
});
