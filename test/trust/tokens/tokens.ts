/**
 * Tokens that were not issued for this service, and events whose claims nobody verified. In the cloud API Gateway's JWT authorizer
 * verifies (test/infra/stacks.test.ts says what it asks for); on one machine infra/local/tokens.ts does, and both hand claims to
 * the endpoint, which looks at them once more.
 */
import { createHmac, randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import {
  exportJWK,
  exportSPKI,
  generateKeyPair,
  importJWK,
  type JWK,
  type JWTHeaderParameters,
  SignJWT,
} from 'jose';
import { createEndpoint, type HttpHandler } from '../../../functions/graphql/endpoint.ts';
import { createStore } from '../../../functions/store/create-store.ts';
import { createFiles } from '../../../functions/store/s3-files.ts';
import { newId } from '../../../functions/usecases/new-id.ts';
import { startHttpServer } from '../../../infra/local/http-server.ts';
import { createTokenIssuer, type TokenIssuer } from '../../../infra/local/tokens.ts';
import { eventOf } from '../../api/endpoint-client.ts';
import { type Finding, finding } from '../finding.ts';

const QUERY = JSON.stringify({ query: '{ viewer { id roles } }' });
const ALG = 'RS256';
type Claims = Readonly<Record<string, unknown>>;

/** A case: what is wrong with a token, and the token. */
type Forged = readonly [what: string, token: string];

export async function check(): Promise<readonly Finding[]> {
  const folder = await mkdtemp(join(tmpdir(), 'kinerja-tokens-'));
  const handler = endpoint();
  try {
    const issuer = await createTokenIssuer(folder);
    const { privateKey } = JSON.parse(await readFile(join(folder, 'token-key.json'), 'utf8'));
    return [await forgedTokens(handler, issuer, privateKey), await unverifiedClaims(handler)];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Sends every forged token, and good ones between, through the door of the local system. */
async function forgedTokens(handler: HttpHandler, tokens: TokenIssuer, key: JWK): Promise<Finding> {
  const invokeGraphql = (event: unknown) => handler(JSON.parse(JSON.stringify(event)));
  const server = await startHttpServer({ port: 0, tokens, invokeGraphql, findFile: async () => null });
  const call = async (authorization: string) => {
    const headers = { 'content-type': 'application/json', authorization };
    const response = await fetch(`${server.url}/graphql`, { method: 'POST', headers, body: QUERY });
    return { status: response.status, text: await response.text() };
  };
  try {
    const wrong: string[] = [];
    const cases = await forge(tokens, key);
    for (const [what, token] of cases) {
      const { status, text } = await call(`Bearer ${token}`).catch(() => ({ status: 431, text: '' }));
      // 431: Node itself refuses a header of that size.
      if (status !== 401 && status !== 431) wrong.push(`${what}: ${status} ${text}`);
    }
    // What refuses everything would pass above.
    const good = await call(
      `Bearer ${await tokens.mint({ username: 's-1', groups: ['hr_admin', 'unknown'] })}`,
    );
    if (!good.text.includes('"id":"s-1"') || !/"roles":\[[^\]]*"HR_ADMIN"/.test(good.text))
      wrong.push(`a good token: ${good.status} ${good.text}`);
    return finding(
      'tokens that this service did not issue',
      { count: cases.length, of: 'tokens' },
      'let in',
      wrong,
    );
  } finally {
    await server.close();
  }
}

async function forge(tokens: TokenIssuer, key: JWK): Promise<readonly Forged[]> {
  const good = await tokens.mint({ username: 's-1' });
  const [head = '', body = '', signature = ''] = good.split('.');
  const header: JWTHeaderParameters = JSON.parse(Buffer.from(head, 'base64url').toString());
  const claims: Claims = JSON.parse(Buffer.from(body, 'base64url').toString());
  const own = await importJWK(key, ALG);
  const other = await generateKeyPair(ALG, { extractable: true });
  const otherJwk = await exportJWK(other.publicKey);
  const publicKey = await importJWK({ kty: 'RSA', n: key.n ?? '', e: key.e ?? '' }, ALG, {
    extractable: true,
  });
  if (publicKey instanceof Uint8Array) throw new TypeError('the key is no public key');
  const pem = await exportSPKI(publicKey);
  const now = Math.floor(Date.now() / 1_000);

  const sign = (changes: Claims, by = own, head: object = {}): Promise<string> =>
    new SignJWT({ ...claims, ...changes }).setProtectedHeader({ ...header, ...head }).sign(by);
  const text = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const hmac = (secret: string | Buffer, alg = 'HS256', head: object = {}): string => {
    const content = `${text({ ...header, alg, ...head })}.${body}`;
    return `${content}.${createHmac(`sha${alg.slice(2)}`, secret)
      .update(content)
      .digest('base64url')}`;
  };
  const unsigned = (alg: unknown): string => `${text({ ...header, alg })}.${body}.`;
  const tampered = (changes: Claims): string => `${head}.${text({ ...claims, ...changes })}.${signature}`;

  const signed: readonly (readonly [string, Claims])[] = [
    ['of another issuer', { iss: 'https://cognito-idp.ap-southeast-3.amazonaws.com/ap-southeast-3_other' }],
    ['of an issuer that begins alike', { iss: `${tokens.issuer}.evil.example` }],
    ['for another client', { client_id: 'another' }],
    ['for several clients', { client_id: [tokens.clientId] }],
    ['without a client', { client_id: undefined }],
    ['for this audience alone', { client_id: undefined, aud: tokens.clientId }],
    ['an id token', { token_use: 'id', aud: tokens.clientId }],
    ['a refresh token', { token_use: 'refresh' }],
    ['without a use', { token_use: undefined }],
    ['expired', { exp: now - 1 }],
    ['expired long ago', { exp: 1 }],
    ['without an end', { exp: undefined }],
    ['with a text for an end', { exp: '9999999999' }],
    ['not valid yet', { nbf: now + 600 }],
    ['without a subject', { sub: undefined }],
    ['without a user name', { username: undefined }],
    ['with an empty user name', { username: '' }],
    ['with a user name that is a list', { username: ['s-1'] }],
    ['for the account of nobody', { username: 'public' }],
  ];
  return [
    ...(await Promise.all(signed.map(async ([what, changes]) => [what, await sign(changes)] as const))),
    ['of another pool’s key', await sign({}, other.privateKey)],
    ['with its own key in the header', await sign({}, other.privateKey, { jwk: otherJwk })],
    [
      'with the address of its key',
      await sign({}, other.privateKey, { jku: 'https://evil.example/jwks.json' }),
    ],
    ['with a certificate’s address', await sign({}, other.privateKey, { x5u: 'https://evil.example/x.pem' })],
    ['with a kid that is a path', await sign({}, other.privateKey, { kid: '../../../../dev/null' })],
    ['with a kid that is a query', await sign({}, other.privateKey, { kid: "x' UNION SELECT 'k" })],
    ['without a kid', await sign({}, other.privateKey, { kid: undefined })],
    ['with a header that it calls critical', `${text({ ...header, crit: ['exp'] })}.${body}.${signature}`],
    ...['none', 'None', 'NONE', 'nOnE', '', null, undefined, ['none']].map(
      (alg): Forged => [`alg ${JSON.stringify(alg)}`, unsigned(alg)],
    ),
    ['alg none with the signature', `${text({ ...header, alg: 'none' })}.${body}.${signature}`],
    ['HS256 with the public key', hmac(pem)],
    ['HS256 with the public key, trimmed', hmac(pem.trim())],
    ['HS384 with the public key', hmac(pem, 'HS384')],
    ['HS512 with the public key as JWK', hmac(JSON.stringify({ kty: 'RSA', n: key.n, e: key.e }), 'HS512')],
    ['HS256 with the modulus', hmac(Buffer.from(key.n ?? '', 'base64url'))],
    ['HS256 with no key', hmac('')],
    ['HS256 with the key of /dev/null', hmac('', 'HS256', { kid: '/dev/null' })],
    ['with groups put in', tampered({ 'cognito:groups': ['hr_admin'] })],
    ['with another user', tampered({ username: 's-2', sub: 's-2' })],
    ['with a later end', tampered({ exp: now + 10 ** 6 })],
    ['without its signature', `${head}.${body}.`],
    ['without its last part', `${head}.${body}`],
    ['with half its signature', good.slice(0, -100)],
    ['with a changed signature', `${head}.${body}.${randomBytes(256).toString('base64url')}`],
    ['with a part too many', `${good}.${body}`],
    ['twice', `${good}, Bearer ${good}`],
    ['with a header that is no JSON', `e30x.${body}.${signature}`],
    ['in base 64 with padding', `${head}=.${body}=.${signature}=`],
    ['nothing', ''],
    ['a word', 'null'],
    ['a very long word', 'a'.repeat(100_000)],
  ];
}

/** Events whose claims are not those of an access token, as if the authorizer were missing or lenient. */
async function unverifiedClaims(handler: HttpHandler): Promise<Finding> {
  const good = {
    token_use: 'access',
    username: 's-1',
    sub: 's-1',
    exp: '4102444800',
    'cognito:groups': '[hr_admin]',
  };
  const cases: readonly (readonly [what: string, claims: Claims | null])[] = [
    ['no authorizer', null],
    ['no claims', {}],
    ['an id token', { ...good, token_use: 'id' }],
    ['no use', { ...good, token_use: undefined }],
    ['a use that is a list', { ...good, token_use: ['access'] }],
    ['no user name', { ...good, username: undefined }],
    ['an empty user name', { ...good, username: '' }],
    ['a user name that is no text', { ...good, username: { id: 's-1' } }],
    ['nobody’s account', { ...good, username: 'public' }],
    ['expired', { ...good, exp: '1' }],
    ['an end that is no number', { ...good, exp: 'never' }],
    ['an end that is nothing', { ...good, exp: null }],
  ];
  const wrong: string[] = [];
  for (const [what, claims] of cases) {
    const event = eventOf(QUERY, null, { path: '/graphql', ...(claims !== null && { claims }) });
    // What the caller sends along is no proof.
    const answer = await handler({
      ...event,
      headers: { ...event.headers, authorization: 'Bearer x', 'x-amzn-claims': JSON.stringify(good) },
    });
    if (answer.statusCode !== 401) wrong.push(`${what}: ${answer.statusCode} ${answer.body}`);
  }
  const rolesOf = async (groups: unknown): Promise<string> =>
    (await handler(eventOf(QUERY, null, { path: '/graphql', claims: { ...good, 'cognito:groups': groups } })))
      .body ?? '';
  const odd = [
    '[HR_ADMIN]',
    '[hr_admin_x xhr_admin]',
    'HR_ADMIN',
    '[system]',
    '[public]',
    { hr_admin: true },
    7,
    ['hr_admin '],
  ];
  for (const groups of odd) {
    const roles = await rolesOf(groups);
    if (!roles.includes('"roles":["STAFF"]')) wrong.push(`groups ${JSON.stringify(groups)}: ${roles}`);
  }
  if (!(await rolesOf('[hr_admin auditor]')).includes('AUDITOR')) wrong.push('good groups: no role');
  return finding(
    'claims that nobody verified',
    { count: cases.length + odd.length, of: 'events' },
    'let in',
    wrong,
  );
}

/** The endpoint with no table and no bucket: who asks is settled before anything is read. */
function endpoint(): HttpHandler {
  const aws = {
    region: 'ap-southeast-3',
    credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
    endpoint: 'http://127.0.0.1:1',
  };
  const client = DynamoDBDocumentClient.from(new DynamoDBClient(aws));
  return createEndpoint(
    {
      store: createStore({ client, tableName: 'none' }),
      files: createFiles({ client: new S3Client(aws), bucket: 'none' }),
      jobs: { start: async () => undefined },
      now: () => new Date().toISOString(),
      newId,
    },
    'prod',
  );
}
