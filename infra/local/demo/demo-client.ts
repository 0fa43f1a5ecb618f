import * as z from 'zod/mini';
import { createGraphqlClient, type GraphqlClient } from '../../import/graphql-client.ts';
import type { Runtime } from '../runtime.ts';
import type { DemoPerson } from './people.ts';

/** The year of the demo; its first quarter is closed while loading, the second one is left due, the third runs. */
export const DEMO_YEAR = 2026;
export const CLOSED_QUARTER = '2026-Q1';
export const DUE_QUARTER = '2026-Q2';
export const RUNNING_QUARTER = '2026-Q3';

const userErrors = z.array(z.object({ code: z.string(), message: z.string(), path: z.array(z.string()) }));

/** A client with a token of somebody. @param username staff id, or any account name of an administrator */
export const clientOf = async (
  runtime: Runtime,
  username: string,
  groups: readonly string[],
): Promise<GraphqlClient> =>
  createGraphqlClient({
    endpoint: runtime.graphqlUrl,
    token: await runtime.tokens.mint({ username, groups }),
    language: 'id',
  });

/** @throws Error when the demo's own data lack it */
export const found = <T>(value: T | undefined): T => {
  if (value === undefined) throw new Error('The demo region lacks somebody that the demo needs');
  return value;
};

/** Ids of people by their NIP, in order. */
export const staffIds = async (
  admin: GraphqlClient,
  wanted: readonly DemoPerson[],
): Promise<readonly string[]> => {
  const ids: string[] = [];
  for (const { nip } of wanted) {
    const { staff } = await admin.execute(
      'query StaffId($nip: String!) { staff(nip: $nip) { id } }',
      { nip },
      z.object({ staff: z.object({ id: z.string() }) }),
    );
    ids.push(staff.id);
  }
  return ids;
};

/** Runs one mutation. @throws Error with its user errors when it is refused */
export const change = async (
  client: GraphqlClient,
  name: string,
  inputType: string,
  input: Readonly<Record<string, unknown>>,
): Promise<void> => {
  const answer = await client.execute(
    `mutation Change($input: ${inputType}!) { outcome: ${name}(input: $input) { userErrors { code message path } } }`,
    { input },
    z.object({ outcome: z.object({ userErrors }) }),
  );
  refuse(name, answer.outcome.userErrors);
};

const BATCH = 45;

/** Imports rows, some fifty a request. @throws Error with the first user errors when one is refused */
export const importRows = async (
  client: GraphqlClient,
  name: string,
  inputType: string,
  rows: readonly Readonly<Record<string, unknown>>[],
): Promise<void> => {
  const document = `mutation Import($input: ${inputType}!) { outcome: ${name}(input: $input) { imported unchanged userErrors { code message path } } }`;
  for (let at = 0; at < rows.length; at += BATCH) {
    const answer = await client.execute(
      document,
      { input: { rows: rows.slice(at, at + BATCH) } },
      z.object({ outcome: z.object({ imported: z.int(), unchanged: z.int(), userErrors }) }),
    );
    refuse(name, answer.outcome.userErrors);
  }
};

const refuse = (name: string, errors: z.infer<typeof userErrors>): void => {
  if (errors.length === 0) return;
  const shown = errors.slice(0, 5).map(({ code, message, path }) => `${code} ${path.join('.')}: ${message}`);
  throw new Error(`The demo data was refused by ${name}: ${shown.join('; ')}`);
};
