import { expect } from 'vitest';
import { type Caller, type Failure, problemsOf, send } from './endpoint-client.ts';
import type { EndpointUnderTest } from './endpoint-under-test.ts';

/** What a mutation answered: its entity, whatever the payload calls it, and `CODE path` of every problem. */
export interface Outcome<Entity> {
  readonly entity: Entity | null;
  readonly problems: readonly string[];
}

/** Runs a mutation with one input. @param selection the payload's entity with its fields, for example `feedback { id }` */
export async function change<Entity>(
  { handler }: EndpointUnderTest,
  who: Caller | null,
  name: string,
  input: object,
  selection: string,
  inputType = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`,
): Promise<Outcome<Entity>> {
  const query = `mutation Run($input: ${inputType}!) { answer: ${name}(input: $input) { ${selection} userErrors { code message path } } }`;
  const { data, errors } = await send<{
    answer: { readonly userErrors: readonly Failure[] } & Record<string, unknown>;
  }>(handler, who, query, { input }, { language: 'en' });
  expect(errors).toEqual([]);
  const field = /^\w+/.exec(selection)?.[0] ?? '';
  return { entity: (data.answer[field] ?? null) as Entity | null, problems: problemsOf(data.answer) };
}

/** As `change`, of a change that must be made. */
export async function made<Entity>(...args: Parameters<typeof change>): Promise<Entity> {
  const { entity, problems } = await change<Entity>(...args);
  expect(problems).toEqual([]);
  if (entity === null) throw new Error(`${args[2]} made nothing`);
  return entity;
}

/** The answer to a query that must be answered. */
export async function ask<Data>(
  { handler }: EndpointUnderTest,
  who: Caller | null,
  query: string,
  variables: object = {},
): Promise<Data> {
  const { data, errors } = await send<Data>(handler, who, query, variables, { language: 'en' });
  expect(errors).toEqual([]);
  return data;
}

/** The codes with which a query is refused. */
export async function refused(
  { handler }: EndpointUnderTest,
  who: Caller | null,
  query: string,
  variables: object = {},
): Promise<readonly string[]> {
  return (await send(handler, who, query, variables)).codes;
}
