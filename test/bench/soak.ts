/**
 * `npm run soak`: people work with the local system for half an hour, each on their own: they read what the explorer's queries read,
 * report activities, give feedback and read their inbox, with pauses in between, while the schedule runs. Says how long answers took, what failed, and how memory went.
 * `--minutes 30 --users 50`. Exit code 1 when anything failed.
 */

import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { DEMO_YEAR } from '../../infra/local/demo/demo-year.ts';

import { repeatableNumbers } from '../../infra/local/demo/people.ts';
import { exampleQueries } from '../../infra/local/example-queries.ts';
import type { Memory, Ready } from './soak-system.ts';

const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '30' }, users: { type: 'string', default: '50' } },
});
const minutes = Number(values.minutes);
const userCount = Number(values.users);
/** Milliseconds between two things that a user does. */
const PAUSE = { least: 500, most: 3_500 };
/** One in so many things that a user does writes. */
const WRITES_ONE_IN = 5;
const SAMPLE_SECONDS = 30;

interface Operation {
  readonly name: string;
  readonly query: string;
  readonly variables: object;
}

interface User {
  readonly staffId: string;
  readonly token: string;
  readonly reads: readonly Operation[];
  readonly writes: readonly (() => Operation)[];
}

const system = fork(fileURLToPath(new URL('./soak-system.ts', import.meta.url)), {
  execArgv: ['--expose-gc'],
  env: { ...process.env, LOG_LEVEL: 'SILENT' },
});
const failures = new Map<string, number>();
const fail = (what: string): void => {
  failures.set(what, (failures.get(what) ?? 0) + 1);
};
type Message = { readonly ready?: Ready; readonly memory?: Memory; readonly failure?: string };
/** Who waits for word of the system: it may end instead. */
const waiting = new Set<(error: Error) => void>();
system.once('exit', () => {
  for (const refuse of waiting) refuse(new Error('the system ended'));
});
const heard = <Key extends 'ready' | 'memory'>(key: Key): Promise<NonNullable<Message[Key]>> =>
  new Promise((settle, refuse) => {
    waiting.add(refuse);
    const listen = (message: Message): void => {
      const value = message[key];
      if (value === undefined) return;
      system.off('message', listen);
      waiting.delete(refuse);
      settle(value);
    };
    system.on('message', listen);
  });
system.on('message', ({ failure }: Message) => {
  if (failure !== undefined) fail(`schedule: ${failure}`);
});

const { graphqlUrl, publicUrl, users: everybody } = await heard('ready');
const latencies = new Map<string, number[]>();

/** Sends an operation. @returns its data, null when it failed */
async function send(
  token: string | null,
  { name, query, variables }: Operation,
): Promise<Record<string, unknown> | null> {
  const from = performance.now();
  try {
    const response = await fetch(token === null ? publicUrl : graphqlUrl, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(token !== null && { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = JSON.parse(await response.text());
    const took = latencies.get(name) ?? [];
    took.push(performance.now() - from);
    latencies.set(name, took);
    const refused = Object.values<{ readonly userErrors?: readonly { readonly code: string }[] } | null>(
      data ?? {},
    )
      .flatMap((field) => field?.userErrors ?? [])
      .map(({ code }) => code);
    const wrong = [
      ...(errors ?? []).map((error: { extensions?: { code?: string } }) => error.extensions?.code),
      ...refused,
    ];
    if (response.status >= 400) wrong.push(String(response.status));
    if (wrong.length === 0) return data;
    fail(`${name}: ${wrong.join(', ')}`);
  } catch (error) {
    fail(`${name}: ${error instanceof Error ? error.message : error}`);
  }
  return null;
}

const titleOf = (query: string): string => /query (\w+)/.exec(query)?.[1] ?? 'query';
const EXAMPLES: readonly Operation[] = exampleQueries.map(({ query, variables = '{}' }) => ({
  name: titleOf(query),
  query,
  variables: JSON.parse(variables),
}));
/** What every user reads all the time. */
const INBOX: Operation = {
  name: 'Inbox',
  query:
    'query Inbox { viewer { id roles } myTasks { nodes { kind } } notices(first: 20) { nodes { id } } unreadNotices { __typename } }',
  variables: {},
};

/** Tries out what somebody may read, and what there is to write for them. */
async function prepare({ staffId, token }: Ready['users'][number]): Promise<User> {
  const reads: Operation[] = [];
  for (const example of [INBOX, ...EXAMPLES]) {
    const before = new Map(failures);
    if ((await send(token, example)) !== null) reads.push(example);
    // What somebody may not read is no failure.
    failures.clear();
    for (const [what, count] of before) failures.set(what, count);
  }
  const plan = await send(token, {
    name: 'Plan',
    query:
      'query Plan($id: ID!, $year: Int!) { plan(staffId: $id, year: $year) { id agreed { lines { id } } } }',
    variables: { id: staffId, year: DEMO_YEAR },
  });
  const mine = plan?.['plan'] as {
    readonly id: string;
    readonly agreed: { readonly lines: readonly { readonly id: string }[] } | null;
  } | null;
  const line = mine?.agreed?.lines[0];
  let written = 0;
  const writes: (() => Operation)[] = [
    () => ({
      name: 'markAllNoticesRead',
      query:
        'mutation ($input: MarkAllNoticesReadInput!) { outcome: markAllNoticesRead(input: $input) { userErrors { code } } }',
      variables: { input: {} },
    }),
  ];
  if (mine !== null && line !== undefined)
    writes.push(() => {
      written += 1;
      return {
        name: 'reportActivity',
        query:
          'mutation ($input: ReportActivityInput!) { outcome: reportActivity(input: $input) { userErrors { code } } }',
        variables: {
          input: {
            planId: mine.id,
            lineId: line.id,
            day: `${DEMO_YEAR}-08-0${1 + (written % 9)}`,
            title: `Kegiatan ${written}`,
            idempotencyKey: `${staffId}-${written}`,
          },
        },
      };
    });
  return { staffId, token, reads, writes };
}

const chosen: User[] = [];
for (const user of everybody.slice(0, userCount)) chosen.push(await prepare(user));
latencies.clear();
failures.clear();

const end = performance.now() + minutes * 60_000;
const sleep = (milliseconds: number): Promise<void> =>
  new Promise((settle) => setTimeout(settle, milliseconds));
const work = async (user: User, seed: number): Promise<void> => {
  const next = repeatableNumbers(seed);
  const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(next() * list.length)];
  // Not all at once.
  await sleep(next() * PAUSE.most);
  while (performance.now() < end) {
    const operation = next() * WRITES_ONE_IN < 1 ? pick(user.writes)?.() : pick(user.reads);
    if (operation !== undefined) await send(user.token, operation);
    await sleep(PAUSE.least + next() * (PAUSE.most - PAUSE.least));
  }
};
const samples: Memory[] = [];
const watch = async (): Promise<void> => {
  while (performance.now() < end) {
    const memory = heard('memory');
    system.send('memory');
    samples.push(await memory);
    await sleep(SAMPLE_SECONDS * 1000);
  }
};
await Promise.all([...chosen.map((user, at) => work(user, at + 1)), watch()]);
system.send('end');

const percentile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
const all = [...latencies.values()].flat().sort((a, b) => a - b);
const row = (name: string, times: readonly number[]): void => {
  const sorted = [...times].sort((a, b) => a - b);
  console.log(
    `  ${name.padEnd(24)} ${String(sorted.length).padStart(7)} ${[0.5, 0.99, 1].map((share) => `${percentile(sorted, share).toFixed(0).padStart(6)} ms`).join(' ')}`,
  );
};
console.log(
  `Soak: ${userCount} users for ${minutes} minutes, ${(all.length / minutes / 60).toFixed(1)} requests a second`,
);
console.log(
  `  ${'operation'.padEnd(24)} ${'sent'.padStart(7)} ${'p50'.padStart(9)} ${'p99'.padStart(9)} ${'longest'.padStart(9)}`,
);
row('all', all);
for (const [name, times] of [...latencies].sort(([a], [b]) => a.localeCompare(b))) row(name, times);
const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(0)} MB`;
for (const [name, of] of [
  ['heap in use', (memory: Memory) => memory.heapUsed],
  ['resident memory', (memory: Memory) => memory.rss],
] as const) {
  // The first samples are of code that is still being compiled and of copies that are still being filled.
  const fifth = Math.max(1, Math.floor(samples.length / 5));
  const mean = (some: readonly Memory[]): number => some.reduce((sum, one) => sum + of(one), 0) / some.length;
  const early =
    samples.length < 5 ? 'too short a run to compare' : megabytes(mean(samples.slice(fifth, 2 * fifth)));
  console.log(
    `  ${name}: ${early} in the second fifth, ${megabytes(mean(samples.slice(-fifth)))} in the last`,
  );
}
const failed = [...failures.values()].reduce((sum, count) => sum + count, 0);
console.log(`  failed: ${failed}`);
for (const [what, count] of failures) console.log(`    ${count} × ${what}`);
process.exitCode = failed === 0 ? 0 : 1;
