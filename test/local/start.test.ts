import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { OptionError, readOptions } from '../../infra/local/start-options.ts';

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
  const env = { PATH: process.env['PATH'], HOME: process.env['HOME'], JAVA_HOME: process.env['JAVA_HOME'] };
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

describe('npm start', () => {
  test('explains its options', async () => {
    const help = start('--help', '--lang', 'en');

    expect(await help.ended).toBe(0);
    for (const option of ['--empty', '--data', '--port', '--lang']) expect(help.output()).toContain(option);
  });

  test('refuses an option that it does not know', async () => {
    const refused = start('--quick');

    expect(await refused.ended).toBe(2);
    expect(refused.errors()).toContain('--quick');
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
    expect(refused.errors()).toContain(`Port ${port} is in use`);
    expect(refused.errors()).not.toContain('    at ');
  });

  test('serves an empty region with a token, until it is interrupted', SLOW, async () => {
    const running = start('--empty', '--port', '0', '--lang', 'en');
    const url = await running.ready();
    expect(running.output()).toContain('NOT PRODUCTION');

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
