/** `npm start`: the whole system on this machine, with a demo region whose due quarter closes by itself. */

import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { createGraphqlClient } from '../import/graphql-client.ts';
import { DUE_QUARTER } from './demo/demo-year.ts';

import { demoPersonas, loadDemo } from './demo/load-demo.ts';
import { exampleQueries } from './example-queries.ts';
import { titleOf } from './example-query.ts';
import { printRanking, printUnitResults } from './result-tables.ts';
import { type Runtime, startRuntime } from './runtime.ts';
import { describeStartFailure } from './start-failure.ts';
import { languageOf, OptionError, type Options, readOptions } from './start-options.ts';
import { type Language, TEXTS, type Texts } from './texts.ts';

/** In the cloud an hour; here nobody wants to wait for one. */
const SCHEDULE_SECONDS = 30;
const RANKED_JOB_GROUP = 'perawat';
const FIRST_QUERY = '{ units { name mission subtree { name } } }';
const STOPPED = 'stopped by a signal';

process.exitCode = await run(process.argv.slice(2));

/** @returns exit code: 0 stopped by the user, 1 it broke or could not start, 2 wrong options */
async function run(commandLine: readonly string[]): Promise<number> {
  const begin = performance.now();
  let options: Options;
  try {
    options = readOptions(commandLine);
  } catch (error) {
    if (!(error instanceof OptionError)) throw error;
    process.stderr.write(`${error.message}\n\n${TEXTS[languageOf(commandLine)].usage}\n`);
    return 2;
  }
  const texts = TEXTS[options.language];
  if (options.help) {
    print(texts.usage);
    return 0;
  }
  const stop = waitForSignal();
  printBanner(texts);
  print(texts.starting);

  let runtime: Runtime;
  try {
    runtime = await startRuntime({ port: options.port, dataDir: options.dataDir });
  } catch (error) {
    return tellFailure(error, texts);
  }
  try {
    print(texts.systemReady(secondsSince(begin)));
    const served = serve(runtime, options, texts, begin);
    // A failure is seen below at once; a signal may come first, and then what was under way may fail as it likes.
    served.catch(() => undefined);
    const outcome = await Promise.race([stop, runtime.broken, served.then(() => undefined)]);
    const end = outcome ?? (await Promise.race([stop, runtime.broken]));
    if (end !== STOPPED) {
      process.stderr.write(`${texts.databaseFailed(end)}\n`);
      return 1;
    }
    print(`\n${texts.stopping}`);
    return 0;
  } catch (error) {
    return tellFailure(error, texts);
  } finally {
    await runtime.close();
    print(texts.stopped);
  }
}

/** Demo data, the due close, what came out of it, and then the schedule and how to reach everything. */
async function serve(runtime: Runtime, options: Options, texts: Texts, begin: number): Promise<void> {
  if (!options.empty && (await prepareDemo(runtime, options, texts))) {
    const closing = performance.now();
    const closes = await runtime.runScheduleOnce();
    if (closes.length > 0) print(texts.closesDone(secondsSince(closing)));
    for (const { input, status } of closes) {
      const { periodId } = JSON.parse(input);
      print(status === 'SUCCEEDED' ? texts.closing(periodId) : texts.closeFailed(periodId));
    }
    await printResults(runtime, options.language, texts);
    printWhatToSee(texts, options.language);
  }
  runtime.startSchedule(SCHEDULE_SECONDS, () => process.stderr.write(`${texts.scheduleFailed}\n`));
  await printAccess(runtime, texts, options.language);
  print(texts.allReady(secondsSince(begin)));
  print(texts.stopHint);
}

/**
 * Loads the demo into a new table; a data folder that has it already is left alone.
 *
 * @returns whether the region is that of the demo
 * @throws OptionError for a data folder in which loading was interrupted
 */
async function prepareDemo(runtime: Runtime, options: Options, texts: Texts): Promise<boolean> {
  const { dataDir } = options;
  if (!runtime.isNew) {
    const note = dataDir === undefined ? null : await readNote(noteFile(dataDir));
    if (note === null) return false;
    if (!note.complete) throw new OptionError(texts.halfLoaded(String(dataDir)));
    runtime.setPersonas(await demoPersonas(runtime));
    return true;
  }
  if (dataDir !== undefined) await writeNote(noteFile(dataDir), { complete: false });
  const loading = performance.now();
  await loadDemo(runtime);
  print(texts.demoLoaded(secondsSince(loading)));
  if (dataDir !== undefined) await writeNote(noteFile(dataDir), { complete: true });
  return true;
}

/** Kept in the data folder of a demo. */
interface DemoNote {
  /** False while the demo data is being loaded. */
  readonly complete: boolean;
}

function noteFile(dataDir: string): string {
  return join(resolve(dataDir), 'demo.json');
}

function writeNote(file: string, note: DemoNote): Promise<void> {
  return writeFile(file, JSON.stringify(note));
}

async function readNote(file: string): Promise<DemoNote | null> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

async function printResults(runtime: Runtime, language: Language, texts: Texts): Promise<void> {
  const client = createGraphqlClient({
    endpoint: runtime.graphqlUrl,
    // Inspectors read everything.
    token: await runtime.tokens.mint({ username: 'local-start', groups: ['auditor'] }),
    language,
  });
  print('');
  print(await printUnitResults(client, DUE_QUARTER, texts));
  print('');
  print(await printRanking(client, DUE_QUARTER, null, texts));
  print('');
  print(await printRanking(client, DUE_QUARTER, RANKED_JOB_GROUP, texts));
}

function printWhatToSee(texts: Texts, language: Language): void {
  const tabs = exampleQueries.flatMap((example) =>
    example.shows === undefined ? [] : [{ title: titleOf(example), text: example.shows[language] }],
  );
  const width = Math.max(...tabs.map(({ title }) => title.length));
  print(`\n${texts.whatToSee}:`);
  for (const { title, text } of tabs) print(`  ${title.padEnd(width)}  ${text}`);
}

async function printAccess(runtime: Runtime, texts: Texts, language: Language): Promise<void> {
  print(`\n${texts.tokens}:`);
  for (const { label, username, groups } of runtime.personas()) {
    print(`\n  ${label[language]}\n  ${await runtime.tokens.mint({ username, groups })}`);
  }
  print('');
  print(`${texts.firstQuery}:`);
  print(`  curl -H 'content-type: application/json' -d '{"query":"${FIRST_QUERY}"}' ${runtime.publicUrl}`);
  print('');
  print(`${texts.explorer}: ${runtime.url}`);
  print(`${texts.endpoint}: POST ${runtime.graphqlUrl}`);
  print(`${texts.publicEndpoint}: POST ${runtime.publicUrl}`);
  print(`${texts.mailFolder}: ${runtime.mailFolder}`);
}

function waitForSignal(): Promise<typeof STOPPED> {
  return new Promise((settle) => {
    let asked = false;
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        // The second one is from somebody who will not wait; the database ends with this process all the same.
        if (asked) process.exit(130);
        asked = true;
        settle(STOPPED);
      });
    }
  });
}

/** @returns the exit code; throws what is a defect on */
function tellFailure(error: unknown, texts: Texts): number {
  const told = describeStartFailure(error, texts);
  if (told === null) throw error;
  process.stderr.write(`${told}\n`);
  return 1;
}

function printBanner(texts: Texts): void {
  const width = Math.max(...texts.banner.map((line) => line.length));
  print(`╔═${'═'.repeat(width)}═╗`);
  for (const line of texts.banner) print(`║ ${line.padEnd(width)} ║`);
  print(`╚═${'═'.repeat(width)}═╝`);
}

function secondsSince(begin: number): number {
  return (performance.now() - begin) / 1000;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
