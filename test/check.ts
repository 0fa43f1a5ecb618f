/**
 * `npm test`: types, lint, generated files, then every test. Stops before the tests when a check fails, for then they
 * would only say it again. The last line is always `N passed, N failed`.
 */
import { type SpawnOptions, spawn } from 'node:child_process';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const RESULTS = `${ROOT}.build/test-results.json`;

interface Check {
  readonly name: string;
  readonly command: string;
  readonly arguments: readonly string[];
  /** What to run when it fails. */
  readonly remedy: string;
}

const CHECKS: readonly Check[] = [
  { name: 'types', command: bin('tsc'), arguments: ['--noEmit'], remedy: 'npm run typecheck' },
  {
    name: 'lint',
    command: bin('biome'),
    arguments: ['check', '.'],
    remedy: 'npm run format, then npm run lint',
  },
  {
    name: 'generated files',
    command: process.execPath,
    arguments: ['schema/codegen.ts', '--check'],
    remedy: 'npm run codegen',
  },
];

const reportSchema = z.object({
  success: z.boolean(),
  numPassedTests: z.int(),
  numFailedTests: z.int(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      assertionResults: z.array(z.object({ status: z.string() })),
    }),
  ),
});

const begin = performance.now();
await mkdir(`${ROOT}.build`, { recursive: true });
process.exitCode = (await runChecks()) ? await runTests() : 1;

async function runChecks(): Promise<boolean> {
  const outcomes = await Promise.all(
    CHECKS.map(async (check) => {
      const start = performance.now();
      const { code, output } = await run(check.command, check.arguments, {
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      const line = `${code === 0 ? 'ok    ' : 'FAILED'}  ${check.name}  ${seconds(start)}`;
      return { check, failed: code !== 0, text: code === 0 ? line : `${line}\n${output}` };
    }),
  );
  for (const { text } of outcomes) print(text);
  const failed = outcomes.filter((outcome) => outcome.failed);
  if (failed.length === 0) return true;
  print(`\nStopped before the tests: ${failed.map(({ check }) => check.name).join(', ')} failed.`);
  for (const { check } of failed) print(`  ${check.name}: ${check.remedy}`);
  print(`0 passed, ${failed.length} failed`);
  return false;
}

async function runTests(): Promise<number> {
  await rm(RESULTS, { force: true });
  const { code } = await run(
    bin('vitest'),
    ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${RESULTS}`],
    { stdio: 'inherit' },
  );
  const report = await readReport();
  print(`Done in ${seconds(begin)}.`);
  if (report === null) {
    print('Vitest left no results.');
    print('0 passed, 1 failed');
    return 1;
  }
  // A file that cannot be loaded has no test in it that could fail.
  const unloaded = report.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  );
  for (const { name } of unloaded) print(`could not be run: ${name.replace(ROOT, '')}`);
  const failures = report.numFailedTests + unloaded.length;
  // An error outside of every test, for example one that nobody awaited, fails the run too.
  const failed = failures === 0 && code !== 0 ? 1 : failures;
  print(`${report.numPassedTests} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

async function readReport(): Promise<z.infer<typeof reportSchema> | null> {
  try {
    return reportSchema.parse(JSON.parse(await readFile(RESULTS, 'utf8')));
  } catch {
    return null;
  }
}

function run(
  command: string,
  commandArguments: readonly string[],
  options: SpawnOptions,
): Promise<{ readonly code: number; readonly output: string }> {
  return new Promise((settle) => {
    const child = spawn(command, commandArguments, { cwd: ROOT, ...options });
    let output = '';
    const read = (chunk: Buffer): void => {
      output += chunk.toString();
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.on('error', (error) => settle({ code: 127, output: error.message }));
    child.on('close', (code) => settle({ code: code ?? 1, output }));
  });
}

function bin(name: string): string {
  return `${ROOT}node_modules/.bin/${name}`;
}

function seconds(start: number): string {
  return `${((performance.now() - start) / 1000).toFixed(1)} s`;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
