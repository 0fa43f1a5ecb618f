/** The importer against the whole system: the examples of docs/import, and bad input. */

import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { createGraphqlClient, TokenError } from '../../infra/import/graphql-client.ts';
import { importFile } from '../../infra/import/import-file.ts';
import { KIND_NAMES, KINDS, type KindName } from '../../infra/import/kinds.ts';
import { type Runtime, startRuntime } from '../../infra/local/runtime.ts';
import { activateDefaultPolicy } from '../../infra/real/region-client.ts';
import { testDatabase } from '../support/database.ts';
import { createFolder, type Folder } from './files.ts';

const example = (kind: KindName) => new URL(`../../docs/import/${kind}.csv`, import.meta.url).pathname;

let files: Folder;
let runtime: Runtime;
let token: string;

beforeAll(async () => {
  files = await createFolder();
  runtime = await startRuntime({
    database: testDatabase(),
    tableName: `import-${randomUUID()}`,
    clock: new Date('2026-02-10T03:00:00Z'),
  });
  token = await runtime.tokens.mint({ username: 'import-admin', groups: ['hr_admin', 'planner'] });
  await prepareRegion();
}, 60_000);
afterAll(async () => {
  await runtime.close();
  await files.remove();
});

const clientWith = (bearer: string, language: 'id' | 'en' = 'en') =>
  createGraphqlClient({ endpoint: runtime.graphqlUrl, token: bearer, language, attempts: 2 });

const mutate = (document: string, input: Readonly<Record<string, unknown>>) =>
  clientWith(token).execute(document, { input }, z.record(z.string(), z.unknown()));

/** A policy, an instrument and an open quarter: what the examples need beside each other. */
const prepareRegion = async () => {
  await activateDefaultPolicy(clientWith(token), '2025-01-01');
  const values = ['SERVICE', 'ACCOUNTABLE', 'COMPETENT', 'HARMONIOUS', 'LOYAL', 'ADAPTIVE', 'COLLABORATIVE'];
  const name = { id: 'BerAKHLAK', en: 'BerAKHLAK' };
  const items = values.map((id) => ({ id, text: { id, en: id } }));
  await mutate(
    'mutation A($input: AddInstrumentInput!) { addInstrument(input: $input) { userErrors { code } } }',
    {
      id: 'berakhlak',
      name,
      items,
    },
  );
  const plan = 'mutation P($input: PlanPeriodInput!) { planPeriod(input: $input) { userErrors { code } } }';
  await mutate(plan, { id: '2026-Q1' });
  const open = 'mutation O($input: OpenPeriodInput!) { openPeriod(input: $input) { userErrors { code } } }';
  await mutate(open, { id: '2026-Q1', version: 1 });
};

const run = (kind: KindName, file: string, language: 'id' | 'en' = 'en') =>
  importFile({
    kind: KINDS[kind],
    file,
    client: clientWith(token, language),
    describe: ({ problem }) => problem.code,
  });

const runText = async (kind: KindName, content: string, language: 'id' | 'en' = 'en') =>
  run(kind, await files.write(content), language);

describe('the examples of docs/import', () => {
  it('go in, in the order of the README', async () => {
    for (const kind of KIND_NAMES) {
      const report = await run(kind, example(kind));
      expect([kind, report.errors]).toEqual([kind, []]);
      expect([kind, report.imported]).toEqual([kind, report.rows]);
    }
  });

  it('go in only once', async () => {
    for (const kind of KIND_NAMES) {
      const report = await run(kind, example(kind));
      expect([kind, report.unchanged, report.imported, report.errors]).toEqual([kind, report.rows, 0, []]);
    }
  });

  it('take heads of units afterwards', async () => {
    const content = await readFile(example('units'), 'utf8');
    const withHead = content.replace('kesehatan,,,1', 'kesehatan,197505122000031001,2024-01-01,1');
    expect(withHead).not.toBe(content);
    expect(await runText('units', withHead)).toMatchObject({ imported: 1, unchanged: 1, errors: [] });
  });
});

describe('bad rows', () => {
  it("are refused with line, column and a message in the reader's language, and hold back no other", async () => {
    const header = 'nip,name,employment,unitCode,position,jobGroup,from\n';
    const content = `${header}12345,Budi,PNS,1.02,Perawat,nurse,2024-01-01\n199001012015011004,Ani,PNS,1.02,Perawat,nurse,2024-01-01\n199001012015011005,Citra,PNS,9.99,Perawat,nurse,2024-01-01\n`;
    const english = await runText('staff', content);
    expect(english).toMatchObject({ lines: 3, imported: 1, rejected: 2 });
    expect(english.errors.map(({ line, column, code }) => [line, column, code])).toContainEqual([
      2,
      'nip',
      'INVALID_NIP',
    ]);
    expect(english.errors.map(({ line, column, code }) => [line, column, code])).toContainEqual([
      4,
      'unitCode',
      'NOT_FOUND',
    ]);
    const indonesian = await runText('staff', content, 'id');
    expect(indonesian).toMatchObject({ imported: 0, unchanged: 1, rejected: 2 });
    expect(indonesian.errors[0]?.message).toContain('NIP tidak sah');
  });

  it('of plans name the line of the file: weights, unknown indicators', async () => {
    const header = 'unitCode,year,lineId,indicatorCode,weight,target\n';
    const content = `${header}1.02.01,2026,L1,IKU-1,5000,30\n1.02.01,2026,L2,IKU-9,5000,1\n1.02.01,2027,L1,IKU-1,9000,30\n`;
    const { errors, imported } = await runText('agreements', content);
    expect(imported).toBe(0);
    expect(errors.map(({ line, column, code }) => [line, column, code])).toEqual(
      expect.arrayContaining([
        [3, 'indicatorCode', 'NOT_FOUND'],
        [4, null, 'WEIGHTS_DO_NOT_SUM'],
      ]),
    );
  });

  it('of realisations and ratings outside of an open period, of strangers and of unknown lines change nothing', async () => {
    const realisations =
      'ownerKind,owner,lineId,month,value\nUNIT,1.02,L1,2026-07,1\nUNIT,1.02,L9,2026-01,1\nUNIT,7.77,L1,2026-01,1\n';
    const refused = await runText('realisations', realisations);
    expect(refused).toMatchObject({ imported: 0, rejected: 3 });
    expect(refused.errors.map(({ line, code }) => [line, code])).toEqual(
      expect.arrayContaining([
        [2, 'OUTSIDE_PERIOD'],
        [3, 'NOT_FOUND'],
        [4, 'NOT_FOUND'],
      ]),
    );
    const header = 'periodId,rateeNip,group,rater,instrumentId,scores\n';
    const nurse = '198803042012012003';
    const ratings = await runText(
      'ratings',
      `${header}2026-Q1,${nurse},SUPERIOR,${nurse},berakhlak,4 4 4 4 4 4 4\n2026-Q2,${nurse},PUBLIC,p-1,berakhlak,4 4 4 4 4 4 4\n2026-Q1,${nurse},PUBLIC,p-1,berakhlak,4 4 9\n`,
    );
    expect(ratings).toMatchObject({ imported: 0, rejected: 3 });
    expect(ratings.errors.map(({ line }) => line)).toEqual(expect.arrayContaining([2, 3, 4]));
  });
});

describe('a token', () => {
  it('that is forged, expired or without the role imports nothing', async () => {
    const importWith = (bearer: string) =>
      importFile({
        kind: KINDS.units,
        file: example('units'),
        client: clientWith(bearer),
        describe: () => '',
      });
    const expired = await runtime.tokens.mint({
      username: 'import-admin',
      groups: ['hr_admin'],
      lifetimeSeconds: -60,
    });
    await expect(importWith(expired)).rejects.toBeInstanceOf(TokenError);
    await expect(importWith(`${token.slice(0, -6)}AAAAAA`)).rejects.toBeInstanceOf(TokenError);
    const nobody = await runtime.tokens.mint({ username: 'somebody' });
    await expect(importWith(nobody)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('lets the command import', async () => {
    const script = new URL('../../infra/import/import.ts', import.meta.url).pathname;
    const env = { ...process.env, KINERJA_TOKEN: token };
    const out = await new Promise<string>((settle, fail) => {
      const args = [script, 'goals', example('goals'), '--endpoint', runtime.graphqlUrl, '--lang', 'en'];
      execFile(process.execPath, args, { env }, (error, text) =>
        error === null ? settle(text) : fail(error),
      );
    });
    expect(out).toBe('Goals: 2 lines read; 0 imported, 2 skipped as unchanged, 0 rejected.\n');
  });
});
