import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants } from 'node:fs';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** A running PostgreSQL 15: what a client of the package `pg` connects with. */
export interface Postgres {
  /** The folder of its socket; there is no other way in. */
  readonly host: string;
  readonly user: string;
  readonly database: string;
  /** Ends the server and removes its data; its clients must have ended. */
  close(): Promise<void>;
}

/** There is no PostgreSQL 15 on this machine; the message says how to install it. */
export class PostgresMissingError extends Error {
  override readonly name = 'PostgresMissingError';
}

const MAJOR = '15';
const USER = 'kinerja';
/** PostgreSQL refuses to run as root; this is `nobody` on Linux. */
const UNPRIVILEGED = 65_534;
const MILLISECONDS_TO_START = 60_000;
const GUARD = fileURLToPath(new URL('../../infra/local/end-with-parent.ts', import.meta.url));

/**
 * Starts PostgreSQL 15 with its data in a temporary folder, reached by a Unix socket only, and ends it when this process ends.
 * @param settings given on the command line; what is left out is as PostgreSQL ships it
 * @throws PostgresMissingError
 */
export async function startPostgres(settings: Readonly<Record<string, string>> = {}): Promise<Postgres> {
  const initdb = await findProgram('initdb');
  const server = await findProgram('postgres');
  const folder = await mkdtemp(join(tmpdir(), 'kinerja-postgres-'));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    const isRoot = process.getuid?.() === 0;
    if (isRoot) await chown(folder, UNPRIVILEGED, UNPRIVILEGED);
    const data = join(folder, 'data');
    const identity = isRoot ? { uid: UNPRIVILEGED, gid: UNPRIVILEGED } : {};
    await promisify(execFile)(
      initdb,
      ['--pgdata', data, '--username', USER, '--auth', 'trust', '--encoding', 'UTF8', '--locale', 'C'],
      { cwd: folder, ...identity },
    );
    const command = [
      ...(isRoot ? asUnprivileged : []),
      server,
      ...['-D', data, '-k', folder, '-c', 'listen_addresses='],
      ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ];
    const guard = spawn(process.execPath, [GUARD, ...command], {
      cwd: folder,
      stdio: ['pipe', 'ignore', 'pipe'],
    });
    const ended = once(guard, 'close');
    const close = async (): Promise<void> => {
      guard.stdin.destroy();
      await ended;
      await remove();
    };
    await untilReady(guard.stderr, ended).catch(async (error: unknown) => {
      await close();
      throw error;
    });
    return { host: folder, user: USER, database: 'postgres', close };
  } catch (error) {
    await remove();
    throw error;
  }
}

const asUnprivileged = [
  'setpriv',
  `--reuid=${UNPRIVILEGED}`,
  `--regid=${UNPRIVILEGED}`,
  '--clear-groups',
  '--',
];

/** On PATH, or where Debian puts it. */
async function findProgram(name: string): Promise<string> {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), `/usr/lib/postgresql/${MAJOR}/bin`];
  for (const folder of folders) {
    const path = join(folder, name);
    if (!isExecutable(path)) continue;
    const { stdout } = await promisify(execFile)(path, ['--version']);
    if (stdout.includes(`(PostgreSQL) ${MAJOR}.`)) return path;
  }
  throw new PostgresMissingError(
    `PostgreSQL ${MAJOR} is not installed (Debian and Ubuntu: apt-get install postgresql-${MAJOR})`,
  );
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Reads the server's log until it says that it takes connections, and on, so that the pipe never fills. */
function untilReady(log: NodeJS.ReadableStream, ended: Promise<unknown>): Promise<void> {
  return new Promise((settle, reject) => {
    let said = '';
    const fail = (what: string): void => reject(new Error(`PostgreSQL ${what}\n${said}`));
    const timer = setTimeout(() => fail('did not start in time'), MILLISECONDS_TO_START);
    timer.unref();
    log.on('data', (chunk: Buffer) => {
      said = `${said}${chunk}`.slice(-10_000);
      if (!said.includes('ready to accept connections')) return;
      clearTimeout(timer);
      settle();
    });
    ended.then(() => fail('ended'));
  });
}
