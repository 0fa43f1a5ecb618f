import { request as httpRequest } from 'node:http';
import { decodeJwt, generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type HttpApiEvent, startHttpServer } from '../../infra/local/http-server.ts';
import { FunctionTimeoutError } from '../../infra/local/lambda-function.ts';
import type { LoopbackServer } from '../../infra/local/loopback-server.ts';
import { createTokenIssuer, type TokenIssuer } from '../../infra/local/tokens.ts';

let tokens: TokenIssuer;
let server: LoopbackServer;
let events: HttpApiEvent[] = [];
let respond: (event: HttpApiEvent) => Promise<unknown>;

beforeAll(async () => {
  tokens = await createTokenIssuer();
  server = await startHttpServer({
    port: 0,
    tokens,
    invokeGraphql: (event) => {
      events.push(event);
      return respond(event);
    },
    findFile: async (path) => (path === '/' ? { contentType: 'text/html', body: '<p>page</p>' } : null),
  });
});
afterAll(() => server.close());
beforeEach(() => {
  events = [];
  respond = async () => ({
    statusCode: 200,
    headers: { 'content-type': 'application/json' },
    body: '{"data":{}}',
  });
});

const post = (path: string, init: RequestInit = {}) =>
  fetch(`${server.url}${path}`, {
    method: 'POST',
    body: '{"query":"{ viewer { id } }"}',
    ...init,
    headers: { 'content-type': 'application/json', ...init.headers },
  });
const signedIn = async (token: Promise<string> | string) =>
  post('/graphql', { headers: { authorization: `Bearer ${await token}` } });

describe('POST /graphql', () => {
  test('passes the claims of a good token on, the groups as text', async () => {
    const response = await signedIn(tokens.mint({ username: 's-1', groups: ['hr_admin', 'auditor'] }));

    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ data: {} });
    const claims = events[0]?.requestContext.authorizer?.jwt.claims;
    expect(claims).toMatchObject({
      username: 's-1',
      token_use: 'access',
      client_id: 'kinerja-local',
      'cognito:groups': '[hr_admin auditor]',
    });
    expect(claims?.['exp']).toMatch(/^\d+$/);
  });

  test('a staff member without groups has no claim of groups', async () => {
    await signedIn(tokens.mint({ username: 's-2' }));

    expect(events[0]?.requestContext.authorizer?.jwt.claims).not.toHaveProperty('cognito:groups');
  });

  test.each([
    ['none', async () => ''],
    ['not a token', async () => 'abc'],
    ['an expired one', () => tokens.mint({ username: 's-1', lifetimeSeconds: -1 })],
    ['one with changed claims', async () => tamper(await tokens.mint({ username: 's-1' }))],
    ['one without signature', async () => unsign(await tokens.mint({ username: 's-1' }))],
    [
      'one of another issuer with the same name',
      async () => (await createTokenIssuer()).mint({ username: 's-1' }),
    ],
    ['one signed with a strange key', () => forge({})],
  ])('refuses the token: %s', async (_case, token) => {
    const response = await signedIn(token());

    expect(response.status).toBe(401);
    expect(await response.json()).toEqual({ message: 'Unauthorized' });
    expect(response.headers.get('www-authenticate')).toBe('Bearer');
    expect(events).toEqual([]);
  });
});

describe('POST /public', () => {
  test('needs no token and hands none on', async () => {
    const response = await post('/public?b=2&a=1&b=3', {
      headers: { 'Accept-Language': 'en', cookie: 'x=1; y=2' },
    });

    expect(response.status).toBe(200);
    expect(events[0]).toMatchObject({
      version: '2.0',
      routeKey: 'POST /public',
      rawPath: '/public',
      rawQueryString: 'b=2&a=1&b=3',
      queryStringParameters: { a: '1', b: '2,3' },
      cookies: ['x=1', 'y=2'],
      headers: { 'accept-language': 'en', 'content-type': 'application/json' },
      requestContext: { http: { method: 'POST', path: '/public' }, stage: '$default' },
      body: '{"query":"{ viewer { id } }"}',
      isBase64Encoded: false,
    });
    expect(events[0]?.requestContext).not.toHaveProperty('authorizer');
  });

  test('bytes that are no text travel in base64', async () => {
    const bytes = Uint8Array.from([0x7b, 0xff, 0xfe]);

    await post('/public', { body: bytes });

    expect(events[0]).toMatchObject({ isBase64Encoded: true, body: Buffer.from(bytes).toString('base64') });
  });

  test.each([
    ['over the limit of API Gateway', 10 * 1024 * 1024 + 1],
    ['over the limit of Lambda', 7 * 1024 * 1024],
  ])('refuses a body %s', async (_case, length) => {
    const response = await post('/public', { body: 'x'.repeat(length) });

    expect(response.status).toBe(413);
    expect(await response.json()).toEqual({ message: 'Request Too Long' });
    expect(events).toEqual([]);
  });

  test('refuses a body over the limit that does not say its length', async () => {
    const chunk = new Uint8Array(1024 * 1024);
    const body = new ReadableStream({
      start: (controller) => {
        for (let count = 0; count < 11; count += 1) controller.enqueue(chunk);
        controller.close();
      },
    });

    const response = await post('/public', { body, duplex: 'half' } as RequestInit);

    expect(response.status).toBe(413);
  });
});

describe('a function that fails', () => {
  test('by throwing is a 500 that says nothing of it', async () => {
    respond = () => Promise.reject(new Error('secret'));

    const response = await post('/public');

    expect(response.status).toBe(500);
    expect(await response.json()).toEqual({ message: 'Internal Server Error' });
  });

  test('by taking too long is a 503', async () => {
    respond = () => Promise.reject(new FunctionTimeoutError('late'));

    expect((await post('/public')).status).toBe(503);
  });

  test('by answering more than 6 MB is a 500', async () => {
    respond = async () => ({ statusCode: 200, body: 'x'.repeat(6 * 1024 * 1024) });

    expect((await post('/public')).status).toBe(500);
  });
});

describe('the server', () => {
  test('shows the explorer at / and nothing elsewhere', async () => {
    expect(await (await fetch(server.url)).text()).toBe('<p>page</p>');
    expect((await fetch(`${server.url}/admin`)).status).toBe(404);
    expect((await fetch(`${server.url}/graphql`)).status).toBe(404);
    expect((await fetch(`${server.url}/graphql`, { method: 'PUT' })).status).toBe(404);
    expect((await fetch(`${server.url}/`, { method: 'POST' })).status).toBe(404);
  });

  test('answers a preflight of this machine only', async () => {
    const preflight = (origin: string) =>
      fetch(`${server.url}/graphql`, {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': 'POST' },
      });

    const own = await preflight('http://localhost:5173');
    const strange = await preflight('https://example.org');

    expect(own.status).toBe(204);
    expect(own.headers.get('access-control-allow-origin')).toBe('http://localhost:5173');
    expect(strange.headers.get('access-control-allow-origin')).toBeNull();
  });

  test('refuses a request by another name of this machine', async () => {
    const status = await new Promise<number | undefined>((settle, reject) => {
      const request = httpRequest(server.url, { headers: { host: 'kinerja.example.org' } }, (response) => {
        response.resume();
        settle(response.statusCode);
      });
      request.on('error', reject).end();
    });

    expect(status).toBe(421);
  });
});

function tamper(token: string): string {
  const [header, payload, signature] = token.split('.');
  const claims = JSON.parse(Buffer.from(payload ?? '', 'base64url').toString());
  const changed = Buffer.from(JSON.stringify({ ...claims, 'cognito:groups': ['hr_admin'] })).toString(
    'base64url',
  );
  return [header, changed, signature].join('.');
}

function unsign(token: string): string {
  const header = Buffer.from(JSON.stringify({ alg: 'none' })).toString('base64url');
  return `${header}.${token.split('.')[1]}.`;
}

async function forge(claims: Record<string, unknown>): Promise<string> {
  const { privateKey } = await generateKeyPair('RS256');
  const genuine = decodeJwt(await tokens.mint({ username: 's-1' }));
  return new SignJWT({ ...genuine, ...claims })
    .setProtectedHeader({ alg: 'RS256', kid: 'local' })
    .sign(privateKey);
}
