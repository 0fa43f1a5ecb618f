import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type FakeEndpoint, startFakeEndpoint, written } from './fake-endpoint.ts';
import { createFolder, type Folder } from './files.ts';

const script = new URL('../../infra/import/import.ts', import.meta.url).pathname;
const units = 'code,name,kind\nA,Dinas,DINAS\n';

let files: Folder;
let endpoint: FakeEndpoint | null = null;
beforeAll(async () => {
  files = await createFolder();
});
afterEach(async () => {
  await endpoint?.close();
  endpoint = null;
});
afterAll(() => files.remove());

/** Runs the command as npm does, with the token in the environment. */
const command = (...args: readonly string[]) =>
  new Promise<{ readonly code: number; readonly out: string; readonly err: string }>((settle) => {
    const env = {
      ...process.env,
      KINERJA_TOKEN: 'a-token',
      KINERJA_ENDPOINT: endpoint?.url ?? 'http://127.0.0.1:1/graphql',
    };
    execFile(process.execPath, [script, ...args], { env }, (error, out, err) => {
      settle({ code: typeof error?.code === 'number' ? error.code : 0, out, err });
    });
  });

describe('npm run import', () => {
  it('ends with 0 and a summary when everything is in', async () => {
    endpoint = await startFakeEndpoint(({ rows }) => written('importUnits', 0, rows.length));
    const { code, out } = await command('units', await files.write(units));
    expect(out).toBe(
      'Unit kerja: 1 baris dibaca; 0 diimpor, 1 dilewati karena sudah ada dan sama, 0 ditolak.\n',
    );
    expect(code).toBe(0);
  });

  it('ends with 1 and every error with line and column, also as CSV', async () => {
    endpoint = await startFakeEndpoint(({ rows }) => written('importUnits', rows.length));
    const errors = `${files.folder}/errors.csv`;
    const file = await files.write(`${units}B,,DINAS\n`);
    const { code, out } = await command('units', file, '--lang', 'en', '--errors', errors);
    expect(code).toBe(1);
    expect(out).toContain('line 3, name: Required. (REQUIRED)');
    expect(await readFile(errors, 'utf8')).toBe('line,column,code,message\n3,name,REQUIRED,Required.\n');
  });

  it('ends with 2 when it cannot run: wrong columns, a refused token, no such kind', async () => {
    endpoint = await startFakeEndpoint(() => ({ status: 401 }));
    const columns = await command('units', await files.write('kode,nama\n'), '--lang', 'en');
    expect(columns).toMatchObject({ code: 2, out: '' });
    expect(columns.err).toContain('missing: code, name, kind; unknown: "kode", "nama"; allowed: code, name');
    expect(columns.err).toContain('Nothing was sent.');
    expect(endpoint.requests).toHaveLength(0);
    const token = await command('units', await files.write(units));
    expect(token).toMatchObject({ code: 2 });
    expect(token.err).toContain('Token ditolak');
    expect(await command('people', await files.write(units))).toMatchObject({ code: 2 });
  });
});
