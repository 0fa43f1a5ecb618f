/** Hostile requests through the deployed bundle of the endpoint: nothing fails, tells internals, takes a second or keeps memory. */
import { spawn } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { synthesiseBundles } from '../../infra/synthesis.ts';
import { type Finding, finding, type TrustOptions } from '../finding.ts';
import type { AttackReport } from './attacker.ts';
import { startEmptyTable } from './empty-table.ts';

const REQUESTS = 100_000;
/** Megabytes that the heap may have grown in the second half of the requests. */
const GROWTH = 25;
const ATTACKER = fileURLToPath(new URL('attacker.ts', import.meta.url));
const REPORT = /^@report (.*)$/m;

export async function check({ seed }: TrustOptions): Promise<readonly Finding[]> {
  const outdir = mkdtempSync(join(tmpdir(), 'kinerja-hostile-'));
  try {
    synthesiseBundles(outdir);
    const [bundle = ''] = globSync(join(outdir, 'asset.*', 'index.mjs')).filter((file) =>
      readFileSync(`${file}.map`, 'utf8').includes('functions/graphql/handler.ts'),
    );
    return findingsOf(await attack(bundle, REQUESTS, seed));
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

export function findingsOf({
  sent,
  statuses,
  wrong,
  cpu,
  heap,
  longestRequest,
}: AttackReport): readonly Finding[] {
  const [, half = 0, end = 0] = heap;
  const kept = end - half > GROWTH ? [`${heap.join(', ')} MB after 10, 50 and 100 %`] : [];
  const answered = Object.entries(statuses)
    .map(([status, times]) => `${status}: ${times}`)
    .join(', ');
  return [
    finding(
      'hostile documents, bodies, headers and claims',
      { count: sent, of: 'requests' },
      'failures, leaks, slow',
      wrong,
      `CPU mean ${cpu.mean.toFixed(2)}, p99 ${cpu.p99.toFixed(1)}, longest ${cpu.longest} ms (${longestRequest.slice(0, 60)}); ${answered}`,
    ),
    finding(
      'memory under them',
      { count: heap.length, of: 'measurements' },
      'growth',
      kept,
      `heap ${heap.join(', ')} MB after 10, 50, 100 %`,
    ),
  ];
}

/** Runs the attacker against a handler in a process of its own, with a table that holds nothing. @param handler its file */
export async function attack(handler: string, requests: number, seed: number): Promise<AttackReport> {
  const table = await startEmptyTable();
  try {
    const args = ['--expose-gc', ATTACKER, handler, String(requests), String(seed)];
    const child = spawn(process.execPath, args, {
      env: environmentOf(table.url),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    let errors = '';
    child.stdout.on('data', (part) => {
      output += part;
    });
    child.stderr.on('data', (part) => {
      errors += part;
    });
    const code = await new Promise((settle) => child.once('close', settle));
    const report = REPORT.exec(output)?.[1];
    if (report === undefined)
      throw new Error(`the attacked process ended with ${code}: ${errors.slice(-2_000)}`);
    return JSON.parse(report);
  } finally {
    table.close();
  }
}

const environmentOf = (url: string): NodeJS.ProcessEnv => ({
  AWS_ACCESS_KEY_ID: 'trust',
  AWS_SECRET_ACCESS_KEY: 'trust',
  AWS_REGION: 'ap-southeast-3',
  AWS_ENDPOINT_URL: url,
  BUCKET_NAME: 'trust',
  JOB_MACHINE_ARN: 'arn:aws:states:ap-southeast-3:000000000000:stateMachine:jobs',
  LOG_LEVEL: 'SILENT',
  NODE_ENV: 'production',
  POWERTOOLS_METRICS_DISABLED: 'true',
  STAGE: 'prod',
  TABLE_NAME: 'trust',
});
