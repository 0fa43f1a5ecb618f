import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DataDirInUseError } from '../../infra/local/data-dir.ts';
import { DynamoDbLocalError } from '../../infra/local/dynamodb-local.ts';
import { JavaUnavailableError } from '../../infra/local/java.ts';
import { PortUnavailableError } from '../../infra/local/loopback-server.ts';
import { describeStartFailure } from '../../infra/local/start-failure.ts';
import { OptionError, readOptions } from '../../infra/local/start-options.ts';
import { TEXTS } from '../../infra/local/texts.ts';

const START = fileURLToPath(new URL('../../infra/local/start.ts', import.meta.url));

/** Starts two JVMs in a row at most, on a machine that runs other tests beside it. */
const SLOW = { timeout: 60_000 };

let folder: string;
const started: ChildProcessByStdio<null, Readable, Readable>[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kinerja-'));
});
afterEach(async () => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

/** Runs the command of `npm start`. */
function start(...options: readonly string[]) {
  // Not this process's own AWS variables: the command brings its own database.
  const env = {
    PATH: process.env['PATH'],
    HOME: process.env['HOME'],
    JAVA_HOME: process.env['JAVA_HOME'],
    TMPDIR: process.env['TMPDIR'],
    // A Java that lives for seconds does not pay back what it compiles in earnest.
    JAVA_TOOL_OPTIONS: '-XX:TieredStopAtLevel=1',
  };
  const child = spawn(process.execPath, [START, ...options], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  started.push(child);
  let output = '';
  let errors = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
  });
  const ended = new Promise<number | null>((settle) => child.once('close', settle));
  return {
    child,
    ended,
    output: () => output,
    errors: () => errors,
    /** Waits until it serves. @returns the address of the explorer */
    ready: async () => {
      const serves = expect.poll(() => output + errors, { timeout: 45_000, interval: 100 });
      await serves.toContain('Ctrl-C');
      return /http:\/\/127\.0\.0\.1:\d+\/(?=\n)/.exec(output)?.[0] ?? '';
    },
    stop: () => {
      child.kill('SIGINT');
      return ended;
    },
  };
}

describe('the options', () => {
  test.each([
    [['--quick'], '--quick'],
    [['--port', 'ninety'], '"ninety"'],
    [['--port', '70000'], '"70000"'],
    [['--lang', 'fr'], '--lang fr'],
    [['--data'], '--data'],
    [['--data='], '--data'],
    [['region.csv'], 'region.csv'],
  ])('%j are refused by name', (options, named) => {
    expect(() => readOptions(options)).toThrow(OptionError);
    expect(() => readOptions(options)).toThrow(named);
  });

  test('have defaults', () => {
    expect(readOptions([])).toEqual({
      empty: false,
      dataDir: undefined,
      port: 4000,
      language: 'id',
      help: false,
    });
    expect(readOptions(['--empty', '--data', 'x', '--port=0', '--lang=en'])).toEqual({
      empty: true,
      dataDir: 'x',
      port: 0,
      language: 'en',
      help: false,
    });
  });
});

describe('what is told', () => {
  const id = TEXTS.id;

  test.each([
    [
      'no Java',
      new JavaUnavailableError('java', null),
      /^Diperlukan Java 17 .*"java" tidak dapat dijalankan\. Pasang Java .*apt-get install/,
      /^Java 17 or later .*"java" cannot be started\. Install a Java .*apt-get install/,
    ],
    [
      'an old Java',
      new JavaUnavailableError('/jdk/bin/java', 11),
      /^Diperlukan Java 17 .*"\/jdk\/bin\/java" adalah Java 11\. Pasang/,
      /^Java 17 or later .*"\/jdk\/bin\/java" is Java 11\. Install/,
    ],
    [
      'a port of somebody else',
      new PortUnavailableError(80, 'EACCES'),
      /^Port 80 tidak dapat dipakai \(EACCES\)/,
      /^Port 80 cannot be used \(EACCES\)/,
    ],
    [
      'a data folder in use',
      new DataDirInUseError('data', 12),
      /^"data" sedang dipakai proses 12\. Hentikan/,
      /^"data" is in use by process 12\. Stop/,
    ],
    [
      'the database',
      new DynamoDbLocalError('code 1'),
      /^Basis data .*terhenti: code 1$/,
      /^The database .*ended: code 1$/,
    ],
  ])('about %s is in the language asked for', (_, error, indonesian, english) => {
    expect(describeStartFailure(error, id)).toMatch(indonesian);
    expect(describeStartFailure(error, TEXTS.en)).toMatch(english);
  });

  test('about a defect is nothing: it is thrown on', () => {
    expect(describeStartFailure(new TypeError('x'), id)).toBeNull();
  });

  test.each([
    [['--quick'], 'Pilihan tidak dikenal: --quick'],
    [['region.csv'], 'Argumen tidak dikenal: region.csv'],
    [['--data'], 'Nilai pilihan --data tidak ada, atau pilihan itu tidak memakai nilai.'],
    [['--empty=yes'], 'Nilai pilihan --empty tidak ada, atau pilihan itu tidak memakai nilai.'],
    [['--quick', '--lang', 'en'], 'Unknown option: --quick'],
  ])('about the options %j has no other language in it', (options, message) => {
    expect(() => readOptions(options)).toThrow(expect.objectContaining({ name: 'OptionError', message }));
  });

  test('has the numbers of its language, and of a whole ranking only its length', () => {
    expect(id.systemReady(2.41)).toBe('Sistem: siap dalam 2,4 detik');
    expect(id.demoLoaded(13.94)).toBe('Data contoh: dimuat dalam 13,9 detik');
    expect(TEXTS.en.systemReady(2)).toBe('System: ready in 2.0 s');
    expect(id.ranking('perawat', '2026-Q1', 10, 10)).toBe('Peringkat perawat, 2026-Q1 (10)');
    expect(id.ranking('perawat', '2026-Q1', 10, 43)).toBe('Peringkat perawat, 2026-Q1 (10 teratas dari 43)');
  });
});

describe('npm start', () => {
  test('explains its options', async () => {
    const help = start('--help', '--lang', 'en');

    expect(await help.ended).toBe(0);
    for (const option of ['--empty', '--data', '--port', '--lang']) expect(help.output()).toContain(option);
  });

  test('refuses an option that it does not know', async () => {
    const refused = start('--quick');

    expect(await refused.ended).toBe(2);
    expect(refused.errors()).toContain('Pilihan tidak dikenal: --quick\n');
    expect(refused.errors()).toContain('Pemakaian');
    expect(refused.output()).toBe('');
  });

  test('says so when its port is taken', SLOW, async () => {
    const other = createServer();
    await new Promise<void>((settle) => other.listen(0, '127.0.0.1', settle));
    const address = other.address();
    const port = typeof address === 'object' ? address?.port : 0;

    const refused = start('--empty', '--port', String(port));
    const code = await refused.ended;

    other.close();
    expect(code).toBe(1);
    expect(refused.errors()).toBe(
      `Port ${port} sedang dipakai program lain; pilih port lain dengan --port.\n`,
    );
  });

  test('serves an empty region with a token, until it is interrupted', SLOW, async () => {
    const running = start('--empty', '--port', '0', '--lang', 'en');
    const url = await running.ready();
    expect(running.output()).toContain('NOT PRODUCTION');
    expect(running.output()).toMatch(
      /System: ready in \d+\.\d s\n(?:.*\n)*Kinerja is ready; \d+\.\d s in all\n/,
    );
    expect(running.output()).not.toContain('Demo data');

    const token = /eyJ[\w.-]+/.exec(running.output())?.[0] ?? '';
    const ask = (path: string, headers: Record<string, string>) =>
      fetch(`${url}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: '{"query":"{ viewer { id } units { id } }"}',
      });
    const signedIn = await ask('graphql', { authorization: `Bearer ${token}` });
    const open = await ask('public', {});

    expect(await signedIn.json()).toEqual({ data: { viewer: { id: 'local-admin' }, units: [] } });
    expect(await open.json()).toEqual({ data: { viewer: { id: 'public' }, units: [] } });
    expect((await ask('graphql', {})).status).toBe(401);
    expect(await running.stop()).toBe(0);
    expect(running.errors()).toBe('');
    await expect(fetch(url)).rejects.toThrow();
  });

  test('keeps data and tokens in a folder, for one process at a time', SLOW, async () => {
    const first = start('--empty', '--port', '0', '--data', folder, '--lang', 'en');
    await first.ready();
    const second = start('--empty', '--port', '0', '--data', folder, '--lang', 'en');
    expect(await second.ended).toBe(1);
    expect(second.errors()).toContain(`in use by process ${first.child.pid}`);
    const token = /eyJ[\w.-]+/.exec(first.output())?.[0] ?? '';
    expect(await first.stop()).toBe(0);

    const again = start('--empty', '--port', '0', '--data', folder, '--lang', 'en');
    const response = await fetch(`${await again.ready()}graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: '{"query":"{ viewer { id } }"}',
    });

    expect(await response.json()).toEqual({ data: { viewer: { id: 'local-admin' } } });
    expect(await again.stop()).toBe(0);
  });
});
