import { availableParallelism } from 'node:os';
import { createStore } from '../../functions/store/create-store.ts';
import { documentClient } from '../../functions/store/dynamodb-client.ts';
import { beginClose } from '../../functions/usecases/close/begin-close.ts';
import { mergeScores } from '../../functions/usecases/close/merge-scores.ts';
import { planShards } from '../../functions/usecases/close/plan-shards.ts';
import { publishResults } from '../../functions/usecases/close/publish-results.ts';
import type { ShardTask } from '../../functions/usecases/close/shard-task.ts';
import type { DynamoDbLocal } from '../../infra/local/dynamodb-local.ts';
import { CLOSES_AT, PERIOD_ID } from './bulk-region.ts';
import { type Floor, measureFloor } from './floor.ts';
import { cpuSecondsSince, dealt, type Program, startProgram, type Timing } from './program.ts';
import { type MeteredRequest, meterRequests } from './request-meter.ts';

export interface CloseThroughput {
  /** In processes, and of a table, that have done nothing like it before; up to publication. */
  readonly first: Timing;
  /** In processes that have done nothing like it before, of a table that has, as DynamoDB always has; up to publication. */
  readonly cold: Timing;
  /** Once more in the same processes: the whole close. */
  readonly warm: Timing;
  /** Seconds of each step of the warm close. */
  readonly steps: Readonly<Record<string, number>>;
  readonly requests: Readonly<Record<string, number>>;
  readonly capacityUnits: { readonly read: number; readonly write: number };
  readonly processes: number;
  readonly floor: Floor;
}

type Worker = Program<CloseOrder, CloseReport>;

/** What a worker is asked: to score its tasks, or for what it has sent. */
export type CloseOrder =
  | { readonly kind: 'SCORE'; readonly tasks: readonly ShardTask[] }
  | { readonly kind: 'REQUESTS' };
export interface CloseReport {
  readonly cpuSeconds: number;
  readonly requests: readonly MeteredRequest[];
}

/**
 * Closes the region as the cloud does, the tasks of the map in processes of their own as far as there are cores, then lets as many
 * bare programs read and write the same. A step of a close can be repeated, so each close does all of it again: the first warms the
 * table up, the second is done by new processes, the third by the same.
 */
export async function measureClose(database: DynamoDbLocal, tableName: string): Promise<CloseThroughput> {
  const { endpoint, region, accessKeyId, secretAccessKey } = database;
  const options = { endpoint, region, credentials: { accessKeyId, secretAccessKey } };
  const client = documentClient(options);
  const meter = meterRequests(client);
  const deps = { store: createStore({ client, tableName }), now: () => CLOSES_AT };
  const startWorkers = (): Promise<readonly Worker[]> =>
    Promise.all(
      Array.from({ length: availableParallelism() }, () =>
        startProgram<CloseOrder, CloseReport>(new URL('close-worker.ts', import.meta.url), {
          ...options,
          tableName,
        }),
      ),
    );
  const round = async (
    workers: readonly Worker[],
    last: boolean,
  ): Promise<Timing & { readonly steps: Record<string, number> }> => {
    const steps: Record<string, number> = {};
    const timed = async <T>(step: string, act: () => Promise<T>): Promise<T> => {
      const from = performance.now();
      const outcome = await act();
      steps[step] = (performance.now() - from) / 1000;
      return outcome;
    };
    meter.reset();
    const from = performance.now();
    const cpu = process.cpuUsage();
    const begun = await timed('begin', () => beginClose(deps, { periodId: PERIOD_ID, attempt: 1 }));
    const { tasks } = await timed('plan', () => planShards(deps, begun));
    const reports = await timed('score', () =>
      Promise.all(
        workers.map(({ ask }, member) => ask({ kind: 'SCORE', tasks: dealt(tasks, member, workers.length) })),
      ),
    );
    await timed('merge', () => mergeScores(deps, begun));
    if (last) await timed('publish', () => publishResults(deps, begun));
    const seconds = (performance.now() - from) / 1000;
    const cpuSeconds = reports.reduce((sum, report) => sum + report.cpuSeconds, cpuSecondsSince(cpu));
    return { seconds, cpuSeconds, steps };
  };
  const before = await startWorkers();
  const first = await round(before, false);
  for (const worker of before) await worker.close();
  const workers = await startWorkers();
  const cold = await round(workers, false);
  const warm = await round(workers, true);

  const requests = [...meter.requests];
  for (const worker of workers) {
    requests.push(...(await worker.ask({ kind: 'REQUESTS' })).requests);
    await worker.close();
  }
  client.destroy();
  return {
    first,
    cold,
    warm,
    steps: warm.steps,
    requests: countOf(requests),
    capacityUnits: unitsOf(requests),
    processes: workers.length,
    floor: await measureFloor({ ...options, tableName }, requests, workers.length),
  };
}

function countOf(requests: readonly MeteredRequest[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { operation } of requests) counts[operation] = (counts[operation] ?? 0) + 1;
  return counts;
}

function unitsOf(requests: readonly MeteredRequest[]): { read: number; write: number } {
  const units = { read: 0, write: 0 };
  for (const { operation, capacityUnits } of requests) {
    units[operation.includes('Write') ? 'write' : 'read'] += capacityUnits;
  }
  return units;
}
