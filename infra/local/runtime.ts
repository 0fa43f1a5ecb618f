import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import {
  type MachineDefinition,
  synthesiseCloseDefinition,
  synthesiseJobDefinition,
  synthesiseTable,
} from '../close-definition.ts';
import { setClock } from './clock.ts';
import { takeDataDir } from './data-dir.ts';
import { type DynamoDbLocal, environmentOf, startDynamoDbLocal } from './dynamodb-local.ts';
import { exampleQueries } from './example-queries.ts';
import { createExplorer, type ExplorerIdentity } from './explorer.ts';
import { startHttpServer } from './http-server.ts';
import { functionNameOf, invoke, type LambdaHandler, loadHandler } from './lambda-function.ts';
import { checkPort } from './loopback-server.ts';
import { startMailFolder } from './mail-folder.ts';
import { startObjectStore } from './object-store.ts';
import { createQueue, startSchedule } from './schedule.ts';
import { type Execution, startStepFunctions, type Task, taskNames } from './step-functions.ts';
import { createTable, type DatabaseConnection } from './table.ts';
import { createTokenIssuer, type TokenIssuer } from './tokens.ts';
import { startUserPool, USER_POOL_ID } from './user-pool.ts';

const TABLE_NAME = 'kinerja-local';
const BUCKET_NAME = 'kinerja-local';
const MACHINE_NAME = 'kinerja-local-close';
const JOB_MACHINE_NAME = 'kinerja-local-jobs';
const GRAPHQL_ENTRY = 'functions/graphql/handler.ts';
const MAILER_ENTRY = 'functions/mail/mailer.ts';
/** The HTTP API gives up on its function after this time. */
const API_TIMEOUT_SECONDS = 30;
const STARTER_TIMEOUT_SECONDS = 300;
const MAILER_TIMEOUT_SECONDS = 240;
const STEP_TIMEOUT_SECONDS = 900;

/** Somebody to try the system as: a choice in the explorer, and a token at the start. */
export interface Persona {
  readonly label: { readonly id: string; readonly en: string };
  /** Staff id; for an administrator of an empty region any account name. */
  readonly username: string;
  readonly groups: readonly string[];
}

export interface RuntimeOptions {
  /** Of the endpoint; a free one if left out or 0. */
  readonly port?: number | undefined;
  /** Folder that keeps data, files and token key; without it everything is forgotten at the end. */
  readonly dataDir?: string | undefined;
  /** What time it is for the handlers at the start; it goes on from there. */
  readonly clock?: Date | undefined;
  /** A DynamoDB Local that runs already, as in tests, instead of one of its own. */
  readonly database?: DatabaseConnection | undefined;
  readonly tableName?: string | undefined;
  /** Waits this long before each retry of a step instead of what the state machine says, in milliseconds. */
  readonly retryMilliseconds?: number | undefined;
}

/** The whole system on one machine. */
export interface Runtime {
  /** The explorer page. */
  readonly url: string;
  /** `POST` with a token. */
  readonly graphqlUrl: string;
  /** `POST` without one. */
  readonly publicUrl: string;
  readonly tokens: TokenIssuer;
  readonly tableName: string;
  readonly database: DatabaseConnection;
  /** Whether the table was created by this start: false for a data folder that was used before. */
  readonly isNew: boolean;
  /** Settles with what to show when the database ended by itself. */
  readonly broken: Promise<string>;
  personas(): readonly Persona[];
  setPersonas(personas: readonly Persona[]): void;
  /**
   * What the hourly schedule does in the cloud: calls the starter once, then waits until every close that it started
   * has ended. Never overlaps with another call.
   *
   * @returns the closes that this call started, with how they ended
   */
  runScheduleOnce(): Promise<readonly Execution[]>;
  /** Where mails lie as files instead of being sent. */
  readonly mailFolder: string;
  /** What the mailer's schedule does in the cloud. @returns the names of all mails in the folder */
  sendMailsOnce(): Promise<readonly string[]>;
  /** Calls the starter and the mailer at once and then every so many seconds, until the runtime is closed. */
  startSchedule(everySeconds: number, onError: (error: unknown) => void): void;
  /** Starts the state machine as the starter does, and waits until the execution has ended. */
  startExecutionAndWait(name: string, input: object): Promise<Execution>;
  executions(): readonly Execution[];
  /** Sets the time that the handlers see; it goes on from there. Null: the time it is. */
  setClock(start: Date | null): void;
  /** Ends everything that was started. May be called again. */
  close(): Promise<void>;
}

let startedInThisProcess = false;

/**
 * Starts the functions of `functions/` behind local stand-ins of the services that they run on in the cloud: DynamoDB
 * Local with the table as synthesised, S3 and SES over folders, the HTTP API with its authorizer, Step Functions with the state machine as
 * synthesised, and the schedule. Everything listens on the loopback interface.
 *
 * Once a process: handlers read their environment when they are loaded.
 *
 * @throws JavaUnavailableError, DynamoDbLocalError, DataDirInUseError, PortUnavailableError
 */
export async function startRuntime(options: RuntimeOptions = {}): Promise<Runtime> {
  if (startedInThisProcess) throw new Error('only one local runtime can be started in a process');
  startedInThisProcess = true;
  const endings: (() => unknown)[] = [];
  const close = async (): Promise<void> => {
    // The last started is the first to end: the database goes when nothing can write to it any more.
    for (let end = endings.pop(); end !== undefined; end = endings.pop()) await end();
  };
  try {
    return await start(options, endings, close);
  } catch (error) {
    await close();
    throw error;
  }
}

async function start(
  options: RuntimeOptions,
  endings: (() => unknown)[],
  close: () => Promise<void>,
): Promise<Runtime> {
  const { dataDir: givenDataDir, tableName = TABLE_NAME } = options;
  const dataDir = givenDataDir === undefined ? undefined : resolve(givenDataDir);
  if (dataDir !== undefined) endings.push(await takeDataDir(dataDir));
  if (options.port !== undefined) await checkPort(options.port);

  let resetClock = (): void => undefined;
  const changeClock = (start: Date | null): void => {
    resetClock();
    resetClock = start === null ? () => undefined : setClock(start);
  };
  endings.push(() => resetClock());
  if (options.clock !== undefined) changeClock(options.clock);

  const [started, tokens] = await Promise.all([startDatabase(options, dataDir), createTokenIssuer(dataDir)]);
  if (started !== null) endings.push(() => started.close());
  const database = started ?? options.database;
  if (database === undefined) throw new Error('there is no database');
  const isNew = await createTable(database, synthesiseTable(tableName));

  const files = await startObjectStore({
    ...database,
    bucket: BUCKET_NAME,
    folder: dataDir === undefined ? undefined : join(dataDir, 'files'),
  });
  endings.push(() => files.close());

  const mails = await startMailFolder(
    dataDir === undefined ? await mkdtemp(join(tmpdir(), 'kinerja-mail-')) : join(dataDir, 'mail'),
  );
  endings.push(async () => {
    await mails.close();
    if (dataDir === undefined) await rm(mails.folder, { recursive: true, force: true });
  });

  let personas: readonly Persona[] = EMPTY_REGION;
  const userPool = await startUserPool(() => personas);
  endings.push(() => userPool.close());

  const machine = synthesiseCloseDefinition();
  Object.assign(process.env, {
    ...environmentOf(database),
    TABLE_NAME: tableName,
    AWS_ENDPOINT_URL_S3: files.endpoint,
    AWS_ENDPOINT_URL_SESV2: mails.endpoint,
    AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: userPool.url,
    USER_POOL_ID,
    MAIL_FROM: 'Kinerja <kinerja@localhost.localdomain>',
    BUCKET_NAME,
    STAGE: 'demo',
    POWERTOOLS_SERVICE_NAME: 'kinerja',
    POWERTOOLS_METRICS_DISABLED: 'true',
  });
  process.env['LOG_LEVEL'] ??= 'WARN';
  process.env['NODE_ENV'] ??= 'production';

  const toMachine = async (name: string, { definition, entries }: MachineDefinition) => ({
    name,
    definition,
    tasks: await toTasks(definition, entries),
    retryMilliseconds: options.retryMilliseconds,
  });
  const stepFunctions = await startStepFunctions([
    await toMachine(MACHINE_NAME, machine),
    await toMachine(JOB_MACHINE_NAME, synthesiseJobDefinition()),
  ]);
  endings.push(() => stepFunctions.close());
  const stateMachineArn = stepFunctions.stateMachineArn(MACHINE_NAME);
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_SFN: stepFunctions.endpoint,
    STATE_MACHINE_ARN: stateMachineArn,
    JOB_MACHINE_ARN: stepFunctions.stateMachineArn(JOB_MACHINE_NAME),
  });

  const starter = await loadHandler(machine.starterEntry);
  const mailer = await loadHandler(MAILER_ENTRY);
  const graphql = await loadHandler(GRAPHQL_ENTRY);

  const server = await startHttpServer({
    port: options.port ?? 0,
    tokens,
    invokeGraphql: (event) => invoke(graphql, event, functionNameOf(GRAPHQL_ENTRY), API_TIMEOUT_SECONDS),
    findFile: createExplorer({ identities: () => toIdentities(personas, tokens), examples: exampleQueries }),
  });
  endings.push(() => server.close());

  const callStarter = async (): Promise<readonly Execution[]> => {
    const before = new Set(stepFunctions.executions().map(({ executionArn }) => executionArn));
    await invoke(starter, {}, functionNameOf(machine.starterEntry), STARTER_TIMEOUT_SECONDS);
    await stepFunctions.waitForAll();
    return stepFunctions
      .executions()
      .filter((each) => each.stateMachineArn === stateMachineArn && !before.has(each.executionArn));
  };
  const schedule = createQueue(callStarter);
  endings.push(() => schedule.idle());
  const mailing = createQueue(async () => {
    await invoke(mailer, {}, functionNameOf(MAILER_ENTRY), MAILER_TIMEOUT_SECONDS);
    return mails.list();
  });
  endings.push(() => mailing.idle());

  const sfn = new SFNClient({
    endpoint: stepFunctions.endpoint,
    region: database.region,
    credentials: { accessKeyId: database.accessKeyId, secretAccessKey: database.secretAccessKey },
  });
  endings.push(() => sfn.destroy());

  return {
    url: `${server.url}/`,
    graphqlUrl: `${server.url}/graphql`,
    publicUrl: `${server.url}/public`,
    tokens,
    tableName,
    database,
    isNew,
    broken: new Promise((settle) => {
      started?.ended.then((message) => {
        if (message !== undefined) settle(message);
      });
    }),
    personas: () => personas,
    setPersonas: (chosen) => {
      personas = chosen;
    },
    runScheduleOnce: () => schedule.run(),
    mailFolder: mails.folder,
    sendMailsOnce: () => mailing.run(),
    startSchedule: (everySeconds, onError) => {
      const act = async () => {
        await schedule.run();
        await mailing.run();
      };
      const running = startSchedule({ everySeconds, act, onError });
      endings.push(() => running.stop());
    },
    startExecutionAndWait: async (name, input) => {
      const { executionArn = '' } = await sfn.send(
        new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) }),
      );
      return stepFunctions.waitFor(executionArn);
    },
    executions: () => stepFunctions.executions(),
    setClock: changeClock,
    close,
  };
}

function startDatabase(options: RuntimeOptions, dataDir: string | undefined): Promise<DynamoDbLocal | null> {
  return options.database === undefined ? startDynamoDbLocal({ dataDir }) : Promise.resolve(null);
}

async function toTasks(
  definition: MachineDefinition['definition'],
  entries: MachineDefinition['entries'],
): Promise<Record<string, Task>> {
  const tasks: Record<string, Task> = {};
  for (const name of taskNames(definition)) {
    const entry = entries[name];
    if (entry === undefined) throw new Error(`no Lambda entry for the state ${name}`);
    tasks[name] = await toTask(entry);
  }
  return tasks;
}

async function toTask(entry: string): Promise<Task> {
  const handler: LambdaHandler = await loadHandler(entry);
  return (input) => invoke(handler, input, functionNameOf(entry), STEP_TIMEOUT_SECONDS);
}

/** With no staff yet, an administrator is an account that belongs to no staff member. */
const EMPTY_REGION: readonly Persona[] = [
  {
    label: { id: 'Admin kepegawaian dan perencana', en: 'HR administrator and planner' },
    username: 'local-admin',
    groups: ['hr_admin', 'planner'],
  },
  { label: { id: 'Inspektorat', en: 'Auditor' }, username: 'local-auditor', groups: ['auditor'] },
];

async function toIdentities(
  personas: readonly Persona[],
  tokens: TokenIssuer,
): Promise<readonly ExplorerIdentity[]> {
  const signedIn = personas.map(async ({ label, username, groups }) => ({
    label,
    path: '/graphql' as const,
    token: await tokens.mint({ username, groups }),
  }));
  return [
    ...(await Promise.all(signedIn)),
    {
      label: { id: 'Masyarakat (tanpa masuk)', en: 'The public (not signed in)' },
      path: '/public',
      token: null,
    },
  ];
}
