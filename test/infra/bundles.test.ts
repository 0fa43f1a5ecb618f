import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { shippedPackages } from '../../infra/sbom/sbom.ts';
import { loadedAtOnce } from '../bench/bundles.ts';
import { licenceFinding } from '../trust/dependencies/licences.ts';
import { synthesiseBundles } from './synthesis.ts';

const outdir = mkdtempSync(join(tmpdir(), 'kinerja-bundles-'));
let bundles: readonly string[] = [];
/** What a function has. */
const ENVIRONMENT = {
  AWS_REGION: 'ap-southeast-3',
  BUCKET_NAME: 'test',
  JOB_MACHINE_ARN: 'arn:aws:states:ap-southeast-3:000000000000:stateMachine:jobs',
  LOG_LEVEL: 'INFO',
  MAIL_FROM: 'kinerja@daerah.go.id',
  NODE_ENV: 'production',
  POWERTOOLS_SERVICE_NAME: 'test',
  STAGE: 'test',
  STATE_MACHINE_ARN: 'arn:aws:states:ap-southeast-3:000000000000:stateMachine:close',
  TABLE_NAME: 'test',
  USER_POOL_ID: 'test',
};

/** Every file of a bundle, chunks that are loaded late included. */
const filesOf = (bundle: string): readonly string[] => globSync(join(dirname(bundle), '*.mjs'));
const isOf = (file: string) => (bundle: string) =>
  filesOf(bundle).some((each) => readFileSync(`${each}.map`, 'utf8').includes(file));

const sourcesOf = (file: string): readonly string[] =>
  z.object({ sources: z.array(z.string()) }).parse(JSON.parse(readFileSync(`${file}.map`, 'utf8'))).sources;

beforeAll(() => {
  synthesiseBundles(outdir);
  bundles = globSync(join(outdir, 'asset.*', 'index.mjs'));
});

afterAll(() => rmSync(outdir, { recursive: true, force: true }));

describe('the bundles that are deployed', () => {
  it('are one a function, with a source map', () => {
    expect(bundles).toHaveLength(12);
    for (const file of bundles.flatMap(filesOf)) expect(existsSync(`${file}.map`)).toBe(true);
  });

  it('are billed with what they load late, each package under a licence that is allowed', () => {
    const shipped = shippedPackages(outdir);
    const names = shipped.map(({ name }) => name);
    for (const late of ['csv-stringify', 'echarts', 'fflate', 'pdfmake', 'qrcode'])
      expect(names).toContain(late);
    expect(licenceFinding(shipped, () => null).examples).toEqual([]);
  });

  it('load on their own and export a handler', () => {
    // A process of its own, in a folder without packages, with the environment of a function.
    const script = `for (const path of process.argv.slice(1)) {
      const { handler } = await import(path);
      console.log(typeof handler);
    }`;
    const output = execFileSync(process.execPath, ['--input-type=module', '--eval', script, ...bundles], {
      cwd: outdir,
      encoding: 'utf8',
      env: ENVIRONMENT,
    });

    expect(output.trim().split('\n')).toEqual(bundles.map(() => 'function'));
  });

  it('find every file that they load late', () => {
    const script = `for (const path of process.argv.slice(1)) await import(path);`;
    const late = bundles.flatMap(filesOf);
    expect(late.length).toBeGreaterThan(100);
    execFileSync(process.execPath, ['--input-type=module', '--eval', script, ...late], {
      cwd: outdir,
      env: ENVIRONMENT,
    });
  });

  it('hold nothing of what Apollo reports to its own cloud, and the endpoint answers without it', () => {
    expect(bundles.filter(isOf('@apollo/usage-reporting-protobuf'))).toEqual([]);
    const [endpoint = ''] = bundles.filter(isOf('functions/graphql/handler.ts'));
    const event = {
      version: '2.0',
      headers: { 'content-type': 'application/json' },
      isBase64Encoded: false,
      body: JSON.stringify({ query: '{ viewer { id roles } }' }),
      requestContext: { requestId: 'r-1', http: { method: 'POST', path: '/public' } },
    };
    const script = `const [path, event] = process.argv.slice(1);
      const { handler } = await import(path);
      console.log((await handler(JSON.parse(event))).body);`;
    const output = execFileSync(
      process.execPath,
      ['--input-type=module', '--eval', script, endpoint, JSON.stringify(event)],
      { cwd: outdir, encoding: 'utf8', env: ENVIRONMENT },
    );

    expect(output).toContain('{"data":{"viewer":{"id":"public","roles":["PUBLIC"]}}}');
  });

  it('log an unexpected error with its place in the source', () => {
    const [endpoint = ''] = bundles.filter(isOf('functions/graphql/handler.ts'));
    const event = {
      version: '2.0',
      headers: { 'content-type': 'application/json' },
      isBase64Encoded: false,
      body: JSON.stringify({ query: '{ periods { id } }' }),
      requestContext: { requestId: 'r-1', http: { method: 'POST', path: '/public' } },
    };
    // A table whose periods cannot be read.
    const script = `import { createServer } from 'node:http';
      const [path, event] = process.argv.slice(1);
      const table = createServer((_, response) => response.end('{"Items":[{"body":{"S":"{}"}}],"Count":1}'));
      await new Promise((listening) => table.listen(0, '127.0.0.1', listening));
      process.env.AWS_ENDPOINT_URL = 'http://127.0.0.1:' + table.address().port;
      const { handler } = await import(path);
      await handler(JSON.parse(event));
      table.close();`;
    const { stderr } = spawnSync(
      process.execPath,
      ['--input-type=module', '--eval', script, endpoint, JSON.stringify(event)],
      {
        cwd: outdir,
        encoding: 'utf8',
        env: { ...ENVIRONMENT, STAGE: 'prod', AWS_ACCESS_KEY_ID: 'none', AWS_SECRET_ACCESS_KEY: 'none' },
      },
    );

    const line = stderr.split('\n').find((each) => each.includes('unexpected error')) ?? '';
    expect(line).toMatch(/"name":"StoredItemError","frames":\["at \w+ \(functions\/store\/codec\.ts:\d+\)/);
    expect(line).toMatch(/functions\/store\/period-store\.ts:\d+/);
  });

  it('hold what prints documents in the worker of jobs alone', () => {
    const [worker] = bundles.filter(isOf('functions/jobs/worker.ts'));

    expect(bundles.filter(isOf('node_modules/pdfmake/'))).toEqual([worker]);
    expect(bundles.filter(isOf('functions/documents/'))).toEqual([worker]);
  });

  it('of the endpoint load at once only what every request needs', () => {
    const [endpoint = ''] = bundles.filter(isOf('functions/graphql/handler.ts'));
    const whole = filesOf(endpoint).flatMap(sourcesOf);
    const first = [...loadedAtOnce(endpoint)].flatMap(sourcesOf);
    // What draws, zips, signs links, starts jobs, or describes the schema; resolvers and the use cases behind them.
    const late = [
      'node_modules/echarts/',
      'node_modules/zrender/',
      'node_modules/qrcode/',
      'node_modules/fflate/',
      'node_modules/csv-stringify/',
      'node_modules/@aws-sdk/client-s3/',
      'node_modules/@aws-sdk/client-sfn/',
      'node_modules/@aws-sdk/lib-storage/',
      'functions/graphql/generated/type-defs.ts',
      'functions/graphql/groups/',
      'functions/graphql/viewer/',
      'functions/usecases/export/',
      'functions/usecases/rating/submit-rating.ts',
    ];
    const among = (sources: readonly string[]) =>
      late.filter((part) => sources.some((source) => source.includes(part)));

    expect(among(whole)).toEqual(late);
    expect(among(first)).toEqual([]);
    expect(
      first.filter((source) =>
        /node_modules\/(pdfmake|@aws-sdk\/client-(?:sesv2|cognito-identity-provider))\//.test(source),
      ),
    ).toEqual([]);
  });

  it('hold Apollo Server and graphql once', () => {
    const sources = bundles.flatMap(filesOf).flatMap(sourcesOf);
    const entries = (file: RegExp): readonly string[] => sources.filter((source) => file.test(source));

    expect(entries(/@apollo\/server\/.*\/ApolloServer\.(ts|js)$/)).toHaveLength(1);
    expect(entries(/node_modules\/graphql\/type\/schema\.m?js$/)).toHaveLength(1);
  });
});
