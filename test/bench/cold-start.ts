import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { startEmptyTable } from '../trust/hostile/empty-table.ts';
import type { Bundle } from './bundles.ts';
import { functionEnvironment, httpEvent } from './http-event.ts';

export interface ColdStart {
  /** Milliseconds from the start of the process until it has said its answer; a median. */
  readonly milliseconds: number;
  /** Processor time until then, in milliseconds; a median. */
  readonly cpu: number;
  /** What the entry loads of its bundle at once. */
  readonly bytes: number;
}

export interface ColdStarts {
  readonly pairs: number;
  readonly ours: ColdStart;
  /** Apollo Server, an adapter and the DynamoDB client alone. */
  readonly alone: ColdStart;
}

/** Each reads one item, of a table that holds nothing. */
const QUERIES = { ours: '{ staff(id: "s-1") { name } }', alone: '{ item(key: "s-1") }' };

const SCRIPT = `
const [file, event] = process.argv.slice(1);
const { handler } = await import(file);
const { body } = await handler(JSON.parse(event));
const { user, system } = process.cpuUsage();
process.stdout.write(JSON.stringify({ cpu: (user + system) / 1000, body }));`;

/** Starts both bundles in fresh processes, by turns, as a function that was not there yet is started. */
export async function measureColdStarts(
  bundles: Readonly<Record<'ours' | 'alone', Bundle>>,
  pairs: number,
): Promise<ColdStarts> {
  const table = await startEmptyTable();
  const starts = { ours: [] as Start[], alone: [] as Start[] };
  try {
    for (let pair = 0; pair <= pairs; pair += 1)
      for (const name of ['ours', 'alone'] as const) {
        const start = await startOf(bundles[name].file, QUERIES[name], table.url);
        // The first pair finds the files not yet in memory.
        if (pair > 0) starts[name].push(start);
      }
  } finally {
    table.close();
  }
  const of = (name: 'ours' | 'alone'): ColdStart => ({
    milliseconds: median(starts[name].map(({ milliseconds }) => milliseconds)),
    cpu: median(starts[name].map(({ cpu }) => cpu)),
    bytes: bundles[name].bytes,
  });
  return { pairs, ours: of('ours'), alone: of('alone') };
}

interface Start {
  readonly milliseconds: number;
  readonly cpu: number;
}

async function startOf(file: string, query: string, url: string): Promise<Start> {
  const from = performance.now();
  const child = spawn(
    process.execPath,
    ['--input-type=module', '--eval', SCRIPT, file, JSON.stringify(httpEvent(query, {}))],
    {
      env: functionEnvironment(url),
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const ended = once(child, 'close');
  let said = '';
  let milliseconds = 0;
  child.stdout.on('data', (part) => {
    said += part;
    milliseconds = performance.now() - from;
  });
  await ended;
  const { cpu, body }: { cpu: number; body: string } = JSON.parse(said);
  if (body.includes('"errors"')) throw new Error(`a cold start answered ${body}`);
  return { milliseconds, cpu };
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
