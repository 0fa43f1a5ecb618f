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
import { type LeastUnits, startFloor } from './floor.ts';
import { cpuSecondsSince, dealt, type Program, startProgram, type Timing } from './program.ts';
import { type MeteredRequest, meterRequests } from './request-meter.ts';

/** A close and its floor, one right after the other. */
export interface Round {
  readonly ours: Timing;
  readonly bare: Timing;
}

export interface CloseThroughput {
  /** In processes, and of a table, that have done nothing like it before; up to publication. */
  readonly first: Timing;
  /** In processes that have done nothing like it before, of a table that has, as DynamoDB always has; up to publication. */
  readonly cold: Round;
  /** Once more in the same processes, several times; the last is the whole close. */
  readonly warm: readonly Round[];
  /** Seconds of each step of the last close. */
  readonly steps: Readonly<Record<string, number>>;
  readonly requests: Readonly<Record<string, number>>;
  readonly capacityUnits: { readonly read: number; readonly write: number };
  readonly leastUnits: LeastUnits;
  readonly processes: number;
}

const WARM_ROUNDS = 3;

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
 * Closes the region as the cloud does, the tasks of the map in processes of their own as far as there are cores, by turns with as many
 * bare programs that read and write the same. A step of a close can be repeated, so each close does all of it again: the first warms
 * the table up and tells the bare programs what it asked for, the second is done by new processes, the others by the same.
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
  const requestsOf = async (workers: readonly Worker[]): Promise<readonly MeteredRequest[]> => {
    const reports = await Promise.all(workers.map(({ ask }) => ask({ kind: 'REQUESTS' })));
    return [...meter.requests, ...reports.flatMap(({ requests }) => requests)];
  };
  const before = await startWorkers();
  const first = await round(before, false);
  const floor = await startFloor({ ...options, tableName }, await requestsOf(before), before.length);
  for (const worker of before) await worker.close();

  const workers = await startWorkers();
  const cold: Round = { ours: await round(workers, false), bare: await floor.round() };
  const warm: Round[] = [];
  let steps = {};
  while (warm.length < WARM_ROUNDS) {
    const ours = await round(workers, warm.length === WARM_ROUNDS - 1);
    steps = ours.steps;
    warm.push({ ours, bare: await floor.round() });
  }
  const requests = await requestsOf(workers);
  for (const worker of workers) await worker.close();
  await floor.close();
  const leastUnits = await floor.leastUnits();
  client.destroy();
  return {
    first,
    cold,
    warm,
    steps,
    requests: countOf(requests),
    capacityUnits: unitsOf(requests),
    leastUnits,
    processes: workers.length,
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
