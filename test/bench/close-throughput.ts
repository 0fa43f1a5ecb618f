import { createStore } from '../../functions/store/create-store.ts';
import { documentClient } from '../../functions/store/dynamodb-client.ts';
import { beginClose } from '../../functions/usecases/close/begin-close.ts';
import { mergeScores } from '../../functions/usecases/close/merge-scores.ts';
import { planShards } from '../../functions/usecases/close/plan-shards.ts';
import { publishResults } from '../../functions/usecases/close/publish-results.ts';
import { rankShards } from '../../functions/usecases/close/rank-shards.ts';
import { scoreShards } from '../../functions/usecases/close/score-shards.ts';
import type { DynamoDbLocal } from '../../infra/local/dynamodb-local.ts';
import { CLOSES_AT, PERIOD_ID } from './bulk-region.ts';
import { type Floor, measureFloor } from './floor.ts';
import { type MeteredRequest, meterRequests } from './request-meter.ts';

export interface CloseThroughput {
  readonly seconds: number;
  /** Seconds of each step. */
  readonly steps: Readonly<Record<string, number>>;
  readonly requests: Readonly<Record<string, number>>;
  readonly capacityUnits: { readonly read: number; readonly write: number };
  /** Processor seconds of this process, which say more than the clock on a machine that others use. */
  readonly cpuSeconds: number;
  readonly floor: Floor;
}

/** Closes the region in one process, then reads and writes the same from a program that does nothing else. */
export async function measureClose(database: DynamoDbLocal, tableName: string): Promise<CloseThroughput> {
  const options = { endpoint: database.endpoint, region: database.region, credentials: database };
  const client = documentClient(options);
  const meter = meterRequests(client);
  const deps = { store: createStore({ client, tableName }), now: () => CLOSES_AT };
  const steps: Record<string, number> = {};
  const timed = async <T>(step: string, act: () => Promise<T>): Promise<T> => {
    const from = performance.now();
    const outcome = await act();
    steps[step] = (performance.now() - from) / 1000;
    return outcome;
  };

  const from = performance.now();
  const cpu = process.cpuUsage();
  const begun = await timed('begin', () => beginClose(deps, { periodId: PERIOD_ID, attempt: 1 }));
  const { tasks } = await timed('plan', () => planShards(deps, begun));
  await timed('score', () => Promise.all(tasks.map((task) => scoreShards(deps, task, () => true))));
  await timed('merge', () => mergeScores(deps, begun));
  await timed('rank', () => Promise.all(tasks.map((task) => rankShards(deps, task, () => true))));
  await timed('publish', () => publishResults(deps, begun));
  const seconds = (performance.now() - from) / 1000;
  const cpuSeconds = cpuSecondsSince(cpu);

  const requests = [...meter.requests];
  const bare = documentClient(options);
  const floor = await measureFloor(bare, requests);
  client.destroy();
  bare.destroy();
  return {
    seconds,
    steps,
    requests: countOf(requests),
    capacityUnits: unitsOf(requests),
    cpuSeconds,
    floor,
  };
}

const cpuSecondsSince = (before: NodeJS.CpuUsage): number => {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
};

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
