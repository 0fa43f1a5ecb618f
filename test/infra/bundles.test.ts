import { execFileSync } from 'node:child_process';
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
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
};

beforeAll(() => {
  synthesiseBundles(outdir);
  bundles = globSync(join(outdir, 'asset.*', 'index.mjs'));
});

afterAll(() => rmSync(outdir, { recursive: true, force: true }));

describe('the bundles that are deployed', () => {
  it('are one a function, with a source map', () => {
    expect(bundles).toHaveLength(12);
    for (const bundle of bundles) expect(existsSync(`${bundle}.map`)).toBe(true);
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

  it('hold nothing of what Apollo reports to its own cloud, and the endpoint answers without it', () => {
    const isOf = (file: string) => (bundle: string) => readFileSync(`${bundle}.map`, 'utf8').includes(file);
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

  it('hold what prints documents in the worker of jobs alone', () => {
    const isOf = (file: string) => (bundle: string) => readFileSync(`${bundle}.map`, 'utf8').includes(file);
    const [worker] = bundles.filter(isOf('functions/jobs/worker.ts'));

    expect(bundles.filter(isOf('node_modules/pdfmake/'))).toEqual([worker]);
    expect(bundles.filter(isOf('functions/documents/'))).toEqual([worker]);
  });

  it('hold Apollo Server and graphql once', () => {
    const sources = bundles.flatMap(
      (bundle) =>
        z.object({ sources: z.array(z.string()) }).parse(JSON.parse(readFileSync(`${bundle}.map`, 'utf8')))
          .sources,
    );
    const entries = (file: RegExp): readonly string[] => sources.filter((source) => file.test(source));

    expect(entries(/@apollo\/server\/.*\/ApolloServer\.(ts|js)$/)).toHaveLength(1);
    expect(entries(/node_modules\/graphql\/type\/schema\.m?js$/)).toHaveLength(1);
  });
});
