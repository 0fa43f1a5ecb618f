import { createEndpoint, type HttpHandler } from '../../functions/graphql/endpoint.ts';
import { workers } from '../../functions/jobs/workers.ts';
import { correlatedStore } from '../../functions/store/correlated-store.ts';
import { createStore } from '../../functions/store/create-store.ts';
import type { Store } from '../../functions/store/store.ts';
import type { Deps } from '../../functions/usecases/deps.ts';
import { type JobCall, runJob } from '../../functions/usecases/job/run-job.ts';
import { newId } from '../../functions/usecases/new-id.ts';
import { createTestTable, type TestTable } from '../support/dynamodb.ts';
import { startTestFiles } from '../support/files.ts';

/** The endpoint on a table of its own, with a clock that a test sets. */
export interface EndpointUnderTest {
  readonly handler: HttpHandler;
  readonly deps: Deps;
  readonly table: TestTable;
  /** Sets the clock. */
  at(instant: string): void;
  drop(): Promise<void>;
}

export interface EndpointOptions {
  readonly stage?: string;
  /** Puts faults into the store. */
  readonly around?: (store: Store) => Store;
  /** A table of one's own; one on Vitest's DynamoDB Local if left out. */
  readonly table?: TestTable;
}

export async function endpointUnderTest({
  stage = 'dev',
  around = (store) => store,
  table: given,
}: EndpointOptions = {}): Promise<EndpointUnderTest> {
  const [table, files] = await Promise.all([given ?? createTestTable(), startTestFiles()]);
  let instant = '2026-03-10T02:00:00.000Z';
  const now = () => instant;
  const store = around(createStore({ client: table.client, tableName: table.tableName, gathersReads: true }));
  const deps: Deps = { store, files: files.store, jobs: { start: (...job) => runWhole(...job) }, now, newId };
  /** As the state machine does, but at once. */
  const runWhole = async (jobId: string, correlationId: string | null): Promise<void> => {
    const own = { ...deps, store: correlatedStore(store, correlationId ?? jobId) };
    let call: JobCall & { readonly done?: boolean } = { jobId };
    while (call.done !== true) call = { jobId, ...(await runJob(own, call, workers, () => true)) };
  };
  return {
    handler: createEndpoint(deps, stage),
    deps,
    table,
    at: (next) => {
      instant = next;
    },
    drop: async () => {
      await Promise.all([table.drop(), files.close()]);
    },
  };
}
