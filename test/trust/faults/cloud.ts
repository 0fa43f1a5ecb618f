/**
 * What runs the product in the cloud, on one machine: functions in processes of their own that are called again when they fail,
 * executions, a clock, DynamoDB Local, files, mails. All calls of AWS go over a wire on which faults strike.
 */
import { hash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import {
  type BatchGetItemCommandInput,
  type BatchWriteItemCommandInput,
  DeleteTableCommand,
  DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SESv2Client, type SendEmailCommandInput } from '@aws-sdk/client-sesv2';
import { SFNClient } from '@aws-sdk/client-sfn';
import { BatchGetCommand, BatchWriteCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createStore } from '../../../functions/store/create-store.ts';
import { createFiles } from '../../../functions/store/s3-files.ts';
import type { Deps } from '../../../functions/usecases/deps.ts';
import type { TableDefinition } from '../../../infra/close-definition.ts';
import { PARTS } from '../../../infra/local/object-folder.ts';
import { startObjectStore } from '../../../infra/local/object-store.ts';
import { createTable, type DatabaseConnection } from '../../../infra/local/table.ts';
import { splitKeys, splitWrites } from '../../support/dynamodb-refusals.ts';
import { linesOf, readTable, restoreTable, type TableState } from '../../workflow/table-state.ts';
import { type Execution, executionsOf } from './executions.ts';
import { keepMail } from './mailbox.ts';
import { BUCKET, MACHINES, type Machine, type ProcessDeps, processDeps } from './process-deps.ts';
import { createWire, type Proceed, type Process, type Request, type Strike, type Wire } from './wire.ts';

/** What sets a workflow's functions off. */
export interface Services {
  /**
   * Calls a function in a process of its own, again in a new one while it fails, as Step Functions, Lambda's retries or the
   * person at the client do.
   */
  invoke<T>(name: string, work: (deps: ProcessDeps) => Promise<T>): Promise<T>;
  /** Calls a function that nobody calls again when it fails. */
  invokeOnce(name: string, work: (deps: ProcessDeps) => Promise<unknown>): Promise<void>;
  /** Runs what was started of a state machine and has not ended. @param run may throw ExecutionFailed */
  executions(machine: Machine, run: (input: unknown) => Promise<void>): Promise<void>;
  pass(minutes: number): void;
  /** An alarm goes off. */
  alarm(about: string): void;
}

/** An execution has come to the end that its definition has for failures. */
export class ExecutionFailed extends Error {
  override readonly name = 'ExecutionFailed';
}

/** The table itself, for what the product would not write. */
export interface RawTable {
  readonly client: DynamoDBDocumentClient;
  readonly tableName: string;
}

export interface Workflow {
  readonly name: string;
  /** The time at which it is set off. */
  readonly at: string;
  /** Brings an empty table to where the workflow begins. */
  readonly prepare: (deps: Deps, table: RawTable) => Promise<void>;
  /** What time, queues and people do. */
  readonly drive: (services: Services) => Promise<void>;
  /** Whom the user pool names when it is asked who has a role. */
  readonly roleHolders?: readonly string[];
  /** What comes an hour late when a process has died: the step again, or, as the schedule does, everything from its beginning. */
  readonly late: 'THE_STEP' | 'FROM_THE_BEGINNING';
  /**
   * Transactions are under way at the same time, so that a jump of the clock may come between any of them: then each item is compared
   * by itself with what undisturbed runs come to whose clock jumped.
   */
  readonly writesAtOnce?: true;
  /** Key of an item that only counts how often a function ran: it is not compared. */
  readonly leftOut?: string;
}

/** Everything that a workflow leaves behind. */
export interface State {
  readonly table: TableState;
  /** Content by name. */
  readonly files: ReadonlyMap<string, Buffer>;
  /** By the id by which a mail that was sent twice is told. */
  readonly mails: ReadonlyMap<string, string>;
  /** What alarms went off about, in order. */
  readonly alarms: readonly string[];
}

export interface Ran {
  readonly state: State;
  readonly calls: readonly Request[];
  readonly struck: readonly Strike[];
  readonly effects: number;
  /** Functions that were called. */
  readonly steps: number;
}

/** The state in which a step was called again is one from which it has been before. */
export class KnownState extends Error {
  override readonly name = 'KnownState';
  readonly key: string;
  /** What the table and the files are now. */
  readonly state: State;

  constructor(key: string, state: State) {
    super('tried before');
    this.key = key;
    this.state = state;
  }
}

export interface RunOptions {
  readonly strikes?: readonly Strike[];
  /** From the write on that takes effect as the nth, the clock goes so many milliseconds before or behind. */
  readonly jump?: { readonly after: number; readonly milliseconds: number };
  /** Which step is executed a second time, counted from 1: right after it has ended, or when all is over. */
  readonly twice?: { readonly step: number; readonly when: 'AT_ONCE' | 'AT_THE_END' };
  /** Told of the state in which a step is called again once every strike has happened; @throws KnownState to stop there */
  readonly onRestart?: (key: string, state: State) => void;
  /** Told before each call what a process that dies there leaves behind. */
  readonly beforeCall?: (key: string) => void;
}

export interface Cloud {
  /** Where it is for a process of its own. */
  readonly connection: {
    readonly dynamoDb: string;
    readonly s3: string;
    readonly tableName: string;
    readonly region: string;
    readonly credentials: Pick<DatabaseConnection, 'accessKeyId' | 'secretAccessKey'>;
  };
  /** What is there now, with what was kept elsewhere. */
  read(mails: ReadonlyMap<string, string>, alarms: ReadonlySet<string>): Promise<State>;
  /** Runs a workflow on the state that the cloud is in. */
  run(workflow: Workflow, options?: RunOptions): Promise<Ran>;
  /** Puts the table and the files back. @param from what they are, when it is known */
  reset(to: State, from?: State): Promise<void>;
  prepare(workflow: Workflow): Promise<State>;
  close(): Promise<void>;
}

export const LATE_MILLISECONDS = 3_600_000;
export const BEHIND_MILLISECONDS = -300_000;
const ATTEMPTS = 4;

/** The execution, or whoever should have called again, is gone: only the next hour, or the person, begins anew. */
class Abandoned extends Error {
  override readonly name = 'Abandoned';
}

export async function startCloud(
  database: DatabaseConnection,
  definition: TableDefinition,
  tableName: string,
): Promise<Cloud> {
  const { endpoint, region, accessKeyId, secretAccessKey } = database;
  const credentials = { accessKeyId, secretAccessKey };
  await createTable(database, {
    ...definition,
    createTable: { ...definition.createTable, TableName: tableName },
  });
  const folder = await mkdtemp(join(tmpdir(), 'kinerja-faults-'));
  const objects = await startObjectStore({ ...credentials, region, bucket: BUCKET, folder });
  const bare = new DynamoDBClient({ endpoint, region, credentials });
  const bareS3 = new S3Client({ endpoint: objects.endpoint, region, credentials });
  const translate = { marshallOptions: { removeUndefinedValues: true } };
  const document = DynamoDBDocumentClient.from(bare, translate);
  const table = { client: document, tableName };
  const clientOf = (wire: Wire): DynamoDBDocumentClient => {
    // A new one for each run, for the SDK allows a client only so many retries; the connections are shared.
    const client = DynamoDBDocumentClient.from(
      new DynamoDBClient({
        endpoint,
        region,
        credentials,
        maxAttempts: 4,
        requestHandler: bare.config.requestHandler,
      }),
      translate,
    );
    putOnWire(client, document, wire);
    return client;
  };

  const run: Cloud['run'] = async (workflow, options = {}) => {
    const { strikes = [], jump, twice, onRestart, beforeCall } = options;
    let offset = 0;
    let passed = 0;
    const wire = createWire({
      strikes,
      onEffect: (effects) => {
        if (effects === jump?.after) offset = jump.milliseconds;
      },
      onCall: beforeCall && (async () => beforeCall(left(await readState(mails, alarms), false))),
    });
    if (jump?.after === 0) offset = jump.milliseconds;
    const mails = new Map<string, string>();
    const alarms = new Set<string>();
    const executions = executionsOf();
    const now = () => new Date(Date.parse(workflow.at) + passed + offset).toISOString();
    const dynamo = clientOf(wire);
    const s3 = new S3Client({
      endpoint: objects.endpoint,
      region,
      credentials,
      maxAttempts: 4,
      requestHandler: bareS3.config.requestHandler,
    });
    const ses = new SESv2Client({ region, credentials, maxAttempts: 4 });
    const cognito = new CognitoIdentityProviderClient({ region, credentials, maxAttempts: 4 });
    const sfn = new SFNClient({ region, credentials, maxAttempts: 4 });
    putFilesOnWire(s3, wire);
    ses.middlewareStack.add(
      (_, context) => (args) => {
        const send = async () => {
          const id = keepMail(mails, args.input as SendEmailCommandInput);
          return { output: { MessageId: id, $metadata: {} }, response: {} };
        };
        return wire.pass(requestOf('SES', context, args), whole(send));
      },
      { step: 'deserialize', priority: 'high', name: 'wire' },
    );
    cognito.middlewareStack.add(
      (_, context) => (args) => {
        const Users = workflow.roleHolders?.map((Username) => ({ Username })) ?? [];
        const send = async () => ({ output: { Users, $metadata: {} }, response: {} });
        return wire.pass(requestOf('Cognito', context, args), whole(send));
      },
      { step: 'deserialize', priority: 'high', name: 'wire' },
    );
    sfn.middlewareStack.add(
      (_, context) => (args) => {
        const request = requestOf('StepFunctions', context, args);
        const send = async () => ({
          output: { $metadata: {}, ...executions.answer(request.operation, args.input, now()) },
          response: {},
        });
        return wire.pass(request, whole(send));
      },
      { step: 'deserialize', priority: 'high', name: 'wire' },
    );

    const depsOf = (name: string): ProcessDeps =>
      processDeps({ dynamo, s3, ses, sfn, cognito }, { tableName, now }, name);

    let steps = 0;
    /** All that decides what a restart comes to. */
    const left = (state: State, late: boolean): string =>
      digestOf(state, [steps, passed, offset, late, executions.all()]);
    const atTheEnd: (() => Promise<unknown>)[] = [];
    const attempt = async <T>(name: string, work: (deps: ProcessDeps) => Promise<T>): Promise<T> => {
      const again = () => {
        const bystander: Process = { dead: false, bystander: true, again: async () => undefined };
        return wire.as(bystander, () => work(depsOf(name)));
      };
      const process: Process = { dead: false, bystander: false, again };
      try {
        const answer = await wire.as(process, () => work(depsOf(name)));
        if (twice?.step === steps && twice.when === 'AT_ONCE') await again();
        if (twice?.step === steps && twice.when === 'AT_THE_END') atTheEnd.push(again);
        return answer;
      } finally {
        // What it still had under way reaches nobody.
        process.dead = true;
      }
    };
    /** After a step has failed; @throws what there is no more to do about */
    const recover = async (error: unknown): Promise<void> => {
      const [latest] = wire.struck.slice(-1);
      if (latest === undefined) throw error;
      if (latest.kind === 'killed, clock behind') offset = BEHIND_MILLISECONDS;
      const late = latest.kind === 'killed, an hour late' && offset === 0;
      if (late) offset = LATE_MILLISECONDS;
      if (onRestart !== undefined && wire.struck.length === strikes.length) {
        await wire.idle();
        const state = await readState(mails, alarms);
        onRestart(left(state, late), state);
      }
      if (late && workflow.late === 'FROM_THE_BEGINNING')
        throw new Abandoned('nobody calls it again', { cause: error });
    };
    const services: Services = {
      invoke: async (name, work) => {
        steps += 1;
        for (let tried = 1; ; tried += 1) {
          try {
            return await attempt(name, work);
          } catch (error) {
            await recover(error);
            if (tried === ATTEMPTS) throw error;
          }
        }
      },
      invokeOnce: async (name, work) => {
        steps += 1;
        try {
          await attempt(name, work);
        } catch (error) {
          await recover(error);
        }
      },
      executions: async (machine, runOne) => {
        for (;;) {
          const next: Execution | undefined = executions.next(MACHINES[machine]);
          if (next === undefined) return;
          try {
            await runOne(JSON.parse(next.input));
            next.status = 'SUCCEEDED';
          } catch (error) {
            next.status = 'FAILED';
            if (!(error instanceof ExecutionFailed)) throw error;
          }
        }
      },
      pass: (minutes) => {
        passed += minutes * 60_000;
      },
      alarm: (about) => {
        alarms.add(about);
      },
    };
    try {
      await workflow.drive(services).catch(async (error: unknown) => {
        if (!(error instanceof Abandoned)) throw error;
        await workflow.drive(services);
      });
      for (const again of atTheEnd) await again();
    } finally {
      await wire.idle();
      ses.destroy();
      cognito.destroy();
      sfn.destroy();
    }
    const state = await readState(mails, alarms);
    return { state, calls: wire.calls, struck: wire.struck, effects: wire.effects, steps };
  };

  const readState = async (
    mails: ReadonlyMap<string, string>,
    alarms: ReadonlySet<string>,
  ): Promise<State> => ({
    table: await readTable(table),
    files: await readFiles(folder),
    mails: new Map([...mails].sort(([a], [b]) => (a < b ? -1 : 1))),
    alarms: [...alarms].toSorted(),
  });
  const reset: Cloud['reset'] = async (to, from) => {
    await restoreTable(table, to.table, from?.table);
    const found = await readFiles(folder);
    for (const name of found.keys()) if (!to.files.has(name)) await rm(join(folder, name));
    for (const [name, bytes] of to.files) {
      if (found.get(name)?.equals(bytes)) continue;
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), bytes);
    }
  };
  return {
    run,
    reset,
    connection: { dynamoDb: endpoint, s3: objects.endpoint, tableName, region, credentials },
    read: readState,
    prepare: async ({ prepare, at }) => {
      await reset({ table: new Map(), files: new Map(), mails: new Map(), alarms: [] });
      let ids = 0;
      const deps: Deps = {
        store: createStore(table),
        files: createFiles({ client: bareS3, bucket: BUCKET }),
        jobs: { start: async () => undefined },
        now: () => at,
        newId: (prefix) => {
          ids += 1;
          return `${prefix}-prepared-${ids}`;
        },
      };
      await prepare(deps, table);
      return readState(new Map(), new Set());
    },
    close: async () => {
      await bare.send(new DeleteTableCommand({ TableName: tableName }));
      bare.destroy();
      bareS3.destroy();
      await objects.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A state as lines `place → content`, to compare two byte for byte. */
export const linesOfState = ({ table, files, mails, alarms }: State): Readonly<Record<string, string>> => ({
  ...linesOf(table),
  ...Object.fromEntries(
    [...files].map(([name, bytes]) => [`file ${name}`, `${bytes.length} bytes ${hash('sha256', bytes)}`]),
  ),
  ...Object.fromEntries([...mails].map(([id, text]) => [`mail ${id}`, text])),
  ...Object.fromEntries(alarms.map((about) => [`alarm ${about}`, 'rung'])),
});

/** What of a state is compared. */
export function comparedState(state: State, { leftOut }: Pick<Workflow, 'leftOut'>): State {
  if (leftOut === undefined) return state;
  const table = new Map(state.table);
  table.delete(leftOut);
  return { ...state, table };
}

const digests = new WeakMap<State, string>();

/** The same for the same state. @param more what else shall be the same */
export function digestOf(state: State, more: unknown = null): string {
  const digest = digests.get(state) ?? hash('sha256', JSON.stringify(linesOfState(state)));
  digests.set(state, digest);
  return hash('sha256', JSON.stringify([digest, more]));
}

/** Objects; what an upload in parts has left that came to no end is cleared away by the bucket's lifecycle. */
async function readFiles(folder: string): Promise<ReadonlyMap<string, Buffer>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((name) => !relative(folder, name).startsWith(PARTS));
  const contents = await Promise.all(
    names.toSorted().map(async (name) => [relative(folder, name), await readFile(name)] as const),
  );
  return new Map(contents);
}

/** A client of DynamoDB; `document` is one without faults, for the part of a batch that is treated. */
function putOnWire(client: DynamoDBDocumentClient, document: DynamoDBDocumentClient, wire: Wire): void {
  /** A batch as the store gave it, by the context of its command. */
  const given = new WeakMap<object, object>();
  client.middlewareStack.add(
    (next, context) => (args) => {
      given.set(context, args.input);
      return next(args);
    },
    { step: 'initialize', priority: 'high', name: 'given' },
  );
  client.middlewareStack.add(
    (next, context) => (args) => {
      const request = requestOf('DynamoDB', context, args);
      const send = () => next(args);
      const inPart = async (): ReturnType<typeof send> => {
        const input = given.get(context) as BatchWriteItemCommandInput & BatchGetItemCommandInput;
        if (request.operation === 'BatchWriteItem') {
          const half = Math.floor(Object.values(input.RequestItems ?? {}).flat().length / 2);
          const { part, unprocessed } = splitWrites(input, half);
          if (half > 0) await document.send(new BatchWriteCommand(part));
          return { output: { $metadata: {}, ...unprocessed }, response: {} };
        }
        const half = Math.floor(keysIn(input) / 2);
        const { part, unprocessed } = splitKeys(input, half);
        const answer = half > 0 ? await document.send(new BatchGetCommand(part)) : { $metadata: {} };
        return { output: { ...answer, ...unprocessed }, response: {} };
      };
      return wire.pass(request, Object.assign(send, { inPart }));
    },
    { step: 'deserialize', priority: 'high', name: 'wire' },
  );
}

const keysIn = ({ RequestItems = {} }: BatchGetItemCommandInput): number =>
  Object.values(RequestItems).reduce((sum, { Keys = [] }) => sum + Keys.length, 0);

function putFilesOnWire(client: S3Client, wire: Wire): void {
  client.middlewareStack.add(
    (next, context) => (args) =>
      wire.pass(
        requestOf('S3', context, args),
        whole(() => next(args)),
      ),
    { step: 'deserialize', priority: 'high', name: 'wire' },
  );
}

const whole = <T>(send: () => Promise<T>): Proceed<T> => Object.assign(send, { inPart: send });

const operationOf = ({ commandName = 'Unknown' }: { readonly commandName?: string }): string =>
  commandName.replace(/Command$/, '');

const requestOf = (
  service: Request['service'],
  context: { readonly commandName?: string },
  { input }: { readonly input: object },
): Request => ({ service, operation: operationOf(context), input });
