import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import type { Runtime } from '../../../infra/local/runtime.ts';
import { ask, type Who } from '../endpoint.ts';

/**
 * The guide's chapters as they can be run. In a chapter
 *
 * - `> Tuesday, 7 April 2026, 09:00` sets the clock (of Jakarta), and `> The schedule runs.` does what the schedule does
 *   every hour, and `> The job is done.` waits for what was asked for to be made;
 * - `**Siti:**` before a block of GraphQL says who asks, `**Siti and Dewi:**` that both do, one after the other; after it `with` and a block of JSON are the variables, `answers` and a block
 *   the data of the answer;
 * - `{name}` in JSON stands for a value that an earlier answer held at that place or that the region knows by that name, `{me}` for
 *   the id of who asks; the first answer with a new name gives it its value; `"…"` stands for anything, and at the end of a list for the rest of it.
 *
 * An operation without `answers` is one that succeeds; one without `userErrors` in its answer has none.
 */
export type Step =
  | { readonly kind: 'clock'; readonly instant: Date }
  | { readonly kind: 'schedule' }
  | { readonly kind: 'jobs' }
  | {
      readonly kind: 'ask';
      readonly who: string;
      readonly query: string;
      /** Undefined: the chapter gives none. */
      readonly variables: Json | undefined;
      readonly answer: Json | undefined;
    };

type Json = null | boolean | number | string | readonly Json[] | { readonly [field: string]: Json };

const GUIDE = readFileSync(new URL('../../../docs/guide.md', import.meta.url), 'utf8');

/** Titles of the chapters that hold operations, in order. */
export const chapters = (): readonly string[] =>
  [...GUIDE.matchAll(/^## (.+)$/gm)]
    .map(([, title = '']) => title)
    .filter((title) => textOf(title).includes('```graphql'));

const json = (label: string) => `(?:\\n\\n${label}\\n\\n\`\`\`json\\n([\\s\\S]*?)\`\`\`)?`;
const STEP = new RegExp(
  `^> (.+)$|^\\*\\*(.+):\\*\\*\\n\\n\`\`\`graphql\\n([\\s\\S]*?)\`\`\`${json('with')}${json('answers')}`,
  'gm',
);

/** @throws Error for a chapter that the guide does not have, or a part of it that cannot be run */
export const stepsOf = (title: string): readonly Step[] => toSteps(textOf(title));

/** @throws Error for a block that belongs to no operation, or a direction that says no time */
export function toSteps(chapter: string): readonly Step[] {
  const steps = [...chapter.matchAll(STEP)].map(([, direction, who, query, variables, answer]): Step => {
    if (direction !== undefined) return toDirection(direction);
    return {
      kind: 'ask',
      who: who ?? '',
      query: query ?? '',
      variables: parse(variables),
      answer: parse(answer),
    };
  });
  const parts = steps.flatMap((step) =>
    step.kind === 'ask' ? [step.query, step.variables, step.answer].filter((part) => part !== undefined) : [],
  );
  if (chapter.split('```').length - 1 !== 2 * parts.length)
    throw new Error('a block belongs to no operation');
  return steps;
}

const parse = (block: string | undefined): Json | undefined =>
  block === undefined ? undefined : JSON.parse(block);

function textOf(title: string): string {
  const [, text] = GUIDE.split(`\n## ${title}\n`);
  if (text === undefined) throw new Error(`the guide has no chapter ${title}`);
  return text.split('\n## ')[0] ?? '';
}

const DAY = /^(\w+), (\d{1,2} \w+ \d{4}), (\d\d:\d\d)$/;

function toDirection(text: string): Step {
  if (text === 'The schedule runs.') return { kind: 'schedule' };
  if (text === 'The job is done.') return { kind: 'jobs' };
  const [, weekday, day, time] = DAY.exec(text) ?? [];
  const instant = new Date(`${day} ${time} GMT+0700`);
  const known = new Intl.DateTimeFormat('en', { weekday: 'long', timeZone: 'Asia/Jakarta' });
  if (Number.isNaN(instant.getTime()) || known.format(instant) !== weekday)
    throw new Error(`no time and nothing that happens: ${text}`);
  return { kind: 'clock', instant };
}

/** What the story knows by a name; grows while it is told. */
export type Known = Map<string, Json>;

export interface Region {
  readonly runtime: Runtime;
  /** Who speaks under a name; null: somebody who is not signed in. */
  who(name: string): Who | null;
  readonly known: Known;
}

/** Runs a chapter of the guide and checks every answer. */
export async function tell(region: Region, title: string): Promise<void> {
  for (const step of stepsOf(title)) await tellStep(region, step);
}

type Asked = Extract<Step, { kind: 'ask' }>;

async function tellStep(region: Region, step: Step): Promise<void> {
  const { runtime } = region;
  if (step.kind === 'clock') return runtime.setClock(step.instant);
  if (step.kind === 'schedule') return runSchedule(runtime);
  if (step.kind === 'jobs') return waitForJobs(runtime);
  for (const name of step.who.split(/, | and /)) await askAs(name, region, step);
}

async function askAs(name: string, { runtime, who, known }: Region, step: Asked): Promise<void> {
  const { query, variables = {}, answer } = step;
  const speaker = who(name);
  if (speaker !== null) known.set('me', speaker.username);
  const filled = fill(variables, known) as Readonly<Record<string, Json>>;
  const { data, errors } = await ask<Json>(runtime, speaker, query, filled, 'en');
  const operation = `${name}: ${/\w+ \w+/.exec(query)?.[0]}`;
  expect({ operation, errors }).toEqual({ operation, errors: [] });
  if (answer !== undefined)
    expect({ operation, data }).toEqual({ operation, data: meet(answer, data, known) });
  if (answer === undefined || !JSON.stringify(answer).includes('"userErrors"'))
    expect({ operation, refused: userErrorsOf(data) }).toEqual({ operation, refused: [] });
}

async function runSchedule(runtime: Runtime): Promise<void> {
  for (const { status } of await runtime.runScheduleOnce()) expect(status).toBe('SUCCEEDED');
}

/** Jobs run by themselves as soon as they are asked for. */
const waitForJobs = (runtime: Runtime): Promise<void> =>
  expect
    .poll(() => runtime.executions().filter(({ status }) => status !== 'SUCCEEDED'), { timeout: 20_000 })
    .toEqual([]);

/** Every userErrors of a mutation's payloads. */
const userErrorsOf = (data: Json): readonly Json[] =>
  data === null || typeof data !== 'object'
    ? []
    : Object.values(data).flatMap((payload: Json) =>
        payload !== null && typeof payload === 'object' && 'userErrors' in payload
          ? ((payload as { userErrors: readonly Json[] }).userErrors ?? [])
          : [],
      );

const NAME = /\{([^{}]+)\}/g;
const WHOLE_NAME = /^\{([^{}]+)\}$/;

/** @throws Error for a name that nothing has given a value */
function fill(value: Json, known: Known): Json {
  if (typeof value === 'string') {
    const whole = WHOLE_NAME.exec(value)?.[1];
    if (whole !== undefined) return knownAs(whole, known);
    return value.replace(NAME, (_, name: string) => String(knownAs(name, known)));
  }
  if (Array.isArray(value)) return value.map((each) => fill(each, known));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([field, each]) => [field, fill(each, known)]));
}

function knownAs(name: string, known: Known): Json {
  const value = known.get(name);
  if (value === undefined) throw new Error(`nothing is known as ${name}`);
  return value;
}

/** What the answer must be: as stated, with the names that it gives a value and what may be anything taken from `actual`. */
export function meet(stated: Json, actual: Json | undefined, known: Known): Json {
  if (stated === '…') return actual ?? null;
  if (typeof stated === 'string') {
    const name = WHOLE_NAME.exec(stated)?.[1];
    if (name !== undefined && !known.has(name) && actual != null) known.set(name, actual);
    return fill(stated, known);
  }
  if (Array.isArray(stated)) {
    const others = Array.isArray(actual) ? actual : [];
    const rest = stated.at(-1) === '…';
    const said = (rest ? stated.slice(0, -1) : stated).map((each, at) => meet(each, others[at], known));
    return rest ? [...said, ...others.slice(said.length)] : said;
  }
  if (stated === null || typeof stated !== 'object') return stated;
  const fields = (actual ?? {}) as Readonly<Record<string, Json>>;
  return Object.fromEntries(
    Object.entries(stated).map(([field, each]) => [field, meet(each, fields[field], known)]),
  );
}
