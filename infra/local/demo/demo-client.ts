import * as z from 'zod/mini';
import { createGraphqlClient, type GraphqlClient } from '../../import/graphql-client.ts';
import type { Runtime } from '../runtime.ts';
import type { DemoPerson } from './people.ts';

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

/** An account of personnel office and planners in one. Its token is good from now on, by the runtime's clock. */
export const administrator = (runtime: Runtime): Promise<GraphqlClient> =>
  clientOf(runtime, 'demo-admin', ['hr_admin', 'planner']);

/** @throws Error when the demo's own data lack it */
export const found = <T>(value: T | undefined): T => {
  if (value === undefined) throw new Error('The demo region lacks somebody that the demo needs');
  return value;
};

/** Ids of people by their NIP, in order. */
export const staffIds = (admin: GraphqlClient, wanted: readonly DemoPerson[]): Promise<readonly string[]> =>
  Promise.all(
    wanted.map(async ({ nip }) => {
      const { staff } = await admin.execute(
        'query StaffId($nip: String!) { staff(nip: $nip) { id } }',
        { nip },
        z.object({ staff: z.object({ id: z.string() }) }),
      );
      return staff.id;
    }),
  );

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
/** Requests under way at the same time: the functions and the database work side by side. */
const AT_ONCE = 4;

/** Imports rows that do not rest on each other, some fifty a request. @throws Error with the first user errors when one is refused */
export const importRows = async (
  client: GraphqlClient,
  name: string,
  inputType: string,
  rows: readonly Readonly<Record<string, unknown>>[],
): Promise<void> => {
  const document = `mutation Import($input: ${inputType}!) { outcome: ${name}(input: $input) { imported unchanged userErrors { code message path } } }`;
  const batches = Array.from({ length: Math.ceil(rows.length / BATCH) }, (_, at) =>
    rows.slice(at * BATCH, (at + 1) * BATCH),
  );
  await atOnce(batches, async (batch) => {
    const answer = await client.execute(
      document,
      { input: { rows: batch } },
      z.object({ outcome: z.object({ imported: z.int(), unchanged: z.int(), userErrors }) }),
    );
    refuse(name, answer.outcome.userErrors);
  });
};

/** Does something for each of many, a few at the same time. @throws what the first one throws that fails */
export const atOnce = async <T>(many: readonly T[], act: (one: T) => Promise<unknown>): Promise<void> => {
  const left = many.values();
  const work = async (): Promise<void> => {
    for (const one of left) await act(one);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
};

const refuse = (name: string, errors: z.infer<typeof userErrors>): void => {
  if (errors.length === 0) return;
  const shown = errors.slice(0, 5).map(({ code, message, path }) => `${code} ${path.join('.')}: ${message}`);
  throw new Error(`The demo data was refused by ${name}: ${shown.join('; ')}`);
};
