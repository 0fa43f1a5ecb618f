/** PostGraphile, called in the process as a function, on PostgreSQL through its socket. */

import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { contend } from './contender.ts';
import { OPERATIONS } from './operations.ts';

interface Setup {
  /** Where it is installed. */
  readonly folder: string;
  readonly connection: { readonly host: string; readonly user: string; readonly database: string };
}

/** As far as it is used here. */
interface PostGraphile {
  readonly makeSchema: (
    preset: object,
  ) => Promise<{ readonly schema: object; readonly resolvedPreset: object }>;
}
interface Grafast {
  readonly grafast: (args: object) => unknown;
}
interface Amber {
  readonly PostGraphileAmberPreset: object;
}
interface Adaptor {
  readonly makePgService: (options: object) => object;
}

contend<Setup>(async ({ folder, connection }) => {
  const { resolve } = createRequire(join(folder, 'package.json'));
  const load = (name: string): Promise<unknown> => import(pathToFileURL(resolve(name)).href);
  const { makeSchema } = (await load('postgraphile')) as PostGraphile;
  const { PostGraphileAmberPreset } = (await load('postgraphile/presets/amber')) as Amber;
  const { makePgService } = (await load('postgraphile/adaptors/pg')) as Adaptor;
  const { grafast } = (await load('postgraphile/grafast')) as Grafast;
  const { schema, resolvedPreset } = await makeSchema({
    extends: [PostGraphileAmberPreset],
    pgServices: [makePgService({ poolConfig: connection, schemas: ['public'] })],
  });
  return async (operation, time) => {
    const asked = OPERATIONS[operation];
    if (asked === undefined) throw new Error(`no operation ${operation}`);
    const { query: source, variables: variableValues } = asked.postgraphile(time);
    const answer = await grafast({ schema, source, variableValues, resolvedPreset, requestContext: {} });
    const body = JSON.stringify(answer);
    if (body.includes('"errors"')) throw new Error(`${asked.name}: ${body.slice(0, 500)}`);
    return body;
  };
});
