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
    expect(token.err).not.toContain('jalankan');
    expect(await command('people', await files.write(units))).toMatchObject({ code: 2 });
  });

  it('names the role that is missing, and does not advise to repeat', async () => {
    const forbidden = { code: 'FORBIDDEN', message: 'Tidak berhak.', path: [] };
    endpoint = await startFakeEndpoint(() => ({
      body: { data: { importUnits: { imported: 0, unchanged: 0, userErrors: [forbidden] } } },
    }));
    const { code, err } = await command('units', await files.write(units));
    expect(code).toBe(2);
    expect(err).toBe('Layanan menolak: Tidak berhak. (FORBIDDEN)\nImpor units hanya untuk peran HR_ADMIN.\n');
  });

  it('shows its usage when asked, and refuses a language that it does not speak', async () => {
    const help = await command('--help', '--lang', 'en');
    expect(help).toMatchObject({ code: 0, err: '' });
    expect(help.out).toContain('Usage: npm run import');
    expect(help.out).toContain('--help');
    const french = await command('units', await files.write(units), '--lang', 'fr');
    expect(french).toMatchObject({ code: 2, out: '' });
    expect(french.err).toContain('--lang fr; pilih id atau en');
    expect(french.err).toContain('--lang fr; choose id or en');
  });

  it('says where the text is not UTF-8', async () => {
    const file = await files.write(Buffer.concat([Buffer.from(`${units}B,Caf`), Buffer.from([0xe9])]));
    const { code, err } = await command('units', file);
    expect(code).toBe(2);
    expect(err).toContain('byte pertama yang salah ada di baris 3; di Excel simpan sebagai "CSV UTF-8".');
  });
});
