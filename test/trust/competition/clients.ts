import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createEndpoint, type HttpHandler } from '../../../functions/graphql/endpoint.ts';
import { createStore } from '../../../functions/store/create-store.ts';
import type { Store } from '../../../functions/store/store.ts';
import type { Deps } from '../../../functions/usecases/deps.ts';
import { newId } from '../../../functions/usecases/new-id.ts';
import { repeatableNumbers } from '../../../infra/local/demo/people.ts';
import { createTable, type DatabaseConnection } from '../../../infra/local/table.ts';
import { type Caller, type Failure, send } from '../../api/endpoint-client.ts';
import { type RegionSpec, seedRegion } from '../../workflow/region.ts';

/** Several copies of the endpoint on one table, as the cloud runs several of a function, and what clients need to compete. */
export interface Arena {
  readonly store: Store;
  /** Dependencies of one copy, to run a step of the close with. */
  readonly deps: Deps;
  /** Sends a mutation to one of the copies. */
  mutate<Entity>(
    who: Caller | null,
    name: string,
    inputType: string,
    input: object,
    fields: string,
  ): Promise<Outcome<Entity>>;
  query<Data>(who: Caller, text: string, variables: object): Promise<Data>;
  /** A random whole number from 0 to below `below`. */
  random(below: number): number;
  /** Counts up with each call. */
  tick(): number;
  close(): void;
}

export interface Outcome<Entity> {
  readonly answer: Entity | null;
  /** Codes of the user errors, each once; empty when the change was made. */
  readonly codes: readonly string[];
}

/** Copies of the endpoint: each holds its own organisation and policies, as functions of their own do. */
const COPIES = 4;
const STARTED = Date.UTC(2026, 2, 10, 2);
/** One table serves every run of a scenario; tables of their own would cost a second each. */
let tables = 0;

/** @param spec the region that everything happens in, with its period open */
export async function openArena(
  database: DatabaseConnection,
  table: Parameters<typeof createTable>[1],
  spec: RegionSpec,
  seed: number,
): Promise<Arena> {
  tables += 1;
  const tableName = `competition-${process.pid}-${tables}`;
  await createTable(database, { ...table, createTable: { ...table.createTable, TableName: tableName } });
  const clients = Array.from({ length: COPIES }, () =>
    DynamoDBDocumentClient.from(
      new DynamoDBClient({ endpoint: database.endpoint, region: database.region, credentials: database }),
      { marshallOptions: { removeUndefinedValues: true } },
    ),
  );
  let time = STARTED;
  // No two changes have the same instant, as on clocks that are fine enough.
  const now = (): string => {
    time += 1;
    return new Date(time).toISOString();
  };
  const copies = clients.map((client): { readonly deps: Deps; readonly handler: HttpHandler } => {
    const deps: Deps = {
      store: createStore({ client, tableName }),
      files: NO_FILES,
      jobs: NO_JOBS,
      now,
      newId,
    };
    return { deps, handler: createEndpoint(deps, 'dev') };
  });
  const [first] = copies;
  if (first === undefined) throw new TypeError('there is no copy');
  await seedRegion(first.deps.store, spec);
  const next = repeatableNumbers(seed);
  let ticks = 0;
  let sent = 0;
  const handler = (): HttpHandler => {
    sent += 1;
    return (copies[sent % COPIES] ?? first).handler;
  };
  return {
    store: first.deps.store,
    deps: first.deps,
    mutate: async <Entity>(
      who: Caller | null,
      name: string,
      inputType: string,
      input: object,
      fields: string,
    ) => {
      const { data, errors } = await send<{
        outcome: { readonly answer: Entity | null; readonly userErrors: readonly Failure[] };
      }>(
        handler(),
        who,
        `mutation ($input: ${inputType}!) { outcome: ${name}(input: $input) { answer: ${fields} userErrors { code message path } } }`,
        { input },
      );
      if (errors.length > 0) throw new Error(`${name}: ${errors.map(({ message }) => message).join('; ')}`);
      return {
        answer: data.outcome.answer,
        codes: [...new Set(data.outcome.userErrors.map(({ code }) => code))],
      };
    },
    query: async <Data>(who: Caller, text: string, variables: object) => {
      const { data, errors } = await send<Data>(handler(), who, text, variables);
      if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join('; '));
      return data;
    },
    random: (below) => Math.floor(next() * below),
    tick: () => {
      ticks += 1;
      return ticks;
    },
    close: () => {
      for (const client of clients) client.destroy();
    },
  };
}

/** Nothing that people compete for needs a file or a job. */
const NO_JOBS: Deps['jobs'] = { start: () => Promise.reject(new Error('no job is started here')) };
const NO_FILES = new Proxy({} as Deps['files'], {
  get: () => () => Promise.reject(new Error('no file is used here')),
});
