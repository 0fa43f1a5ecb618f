import { readFile } from 'node:fs/promises';
import { buildSchema, parse, validate } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { exampleQueries } from '../../infra/local/example-queries.ts';
import { titleOf } from '../../infra/local/example-query.ts';
import { createExplorer } from '../../infra/local/explorer.ts';
import { startHttpServer } from '../../infra/local/http-server.ts';
import type { LoopbackServer } from '../../infra/local/loopback-server.ts';
import { createTokenIssuer } from '../../infra/local/tokens.ts';

const sessionSchema = z.object({
  identities: z.array(
    z.object({ label: z.object({ id: z.string(), en: z.string() }), path: z.string(), token: z.string() }),
  ),
  examples: z.array(z.object({ query: z.string(), variables: z.optional(z.string()) })),
});

let server: LoopbackServer;

beforeAll(async () => {
  const tokens = await createTokenIssuer();
  server = await startHttpServer({
    port: 0,
    tokens,
    invokeGraphql: async () => ({ statusCode: 200, body: '{}' }),
    findFile: createExplorer({
      identities: async () => [
        {
          label: { id: 'Pegawai', en: 'Staff' },
          path: '/graphql',
          token: await tokens.mint({ username: 's-1' }),
        },
      ],
      examples: exampleQueries,
    }),
  });
});
afterAll(() => server.close());

describe('the explorer page', () => {
  test('loads everything from this machine', async () => {
    const page = await (await fetch(server.url)).text();
    const addresses = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address ?? '');

    expect(addresses.filter((address) => !address.startsWith('data:'))).toEqual([
      '/explorer/page.css',
      '/explorer/page.js',
    ]);
    const workers = ['editor', 'json', 'graphql'].map((name) => `/explorer/${name}.worker.js`);
    const types: Record<string, string | null> = {};
    for (const path of ['/explorer/page.css', '/explorer/page.js', ...workers]) {
      const response = await fetch(`${server.url}${path}`);
      expect(response.status).toBe(200);
      expect((await response.text()).length).toBeGreaterThan(10_000);
      types[path] = response.headers.get('content-type');
    }
    expect(types['/explorer/page.css']).toContain('text/css');
    expect(types['/explorer/page.js']).toContain('text/javascript');
  });

  test('brings no editor from a foreign host with it', async () => {
    const script = await (await fetch(`${server.url}/explorer/page.js`)).text();
    const style = await (await fetch(`${server.url}/explorer/page.css`)).text();

    expect(script).not.toMatch(/(import|fetch|importScripts)\(["'`]https?:/);
    expect(style).not.toMatch(/url\(["']?https?:/);
  });

  test('is told who can ask, with a token for each, and what to ask', async () => {
    const response = await fetch(`${server.url}/explorer/session.json`);
    const session = sessionSchema.parse(await response.json());

    expect(session.identities).toMatchObject([{ label: { id: 'Pegawai' }, path: '/graphql' }]);
    expect(session.identities[0]?.token.split('.')).toHaveLength(3);
    expect(session.examples).toEqual(exampleQueries.map(({ query, variables }) => ({ query, variables })));
  });

  test.each([
    '/explorer/../../package.json',
    '/explorer/%2e%2e%2fpackage.json',
    '/explorer/none.js',
    '/explorer/',
  ])('shows nothing at %s', async (path) => {
    expect((await fetch(`${server.url}${path}`)).status).toBe(404);
  });
});

describe('the ready queries', () => {
  test.each(exampleQueries.map((example) => ({ ...example, name: titleOf(example) })))(
    '$name fits the schema',
    async ({ query, variables, name }) => {
      const schema = buildSchema(
        await readFile(new URL('../../schema/schema.graphql', import.meta.url), 'utf8'),
      );

      expect(exampleQueries.filter((other) => titleOf(other) === name)).toHaveLength(1);
      expect(validate(schema, parse(query))).toEqual([]);
      expect(() => JSON.parse(variables ?? '{}')).not.toThrow();
    },
  );
});
