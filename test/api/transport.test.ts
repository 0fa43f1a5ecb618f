import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { claimsOf, employee, hrAdmin, nobody, post, type Sending, send } from './endpoint-client.ts';
import { type EndpointUnderTest, endpointUnderTest } from './endpoint-under-test.ts';

let api: EndpointUnderTest;
beforeAll(async () => {
  api = await endpointUnderTest();
});
afterAll(() => api.drop());

const VIEWER = '{ viewer { id roles } }';
const viewerBody = JSON.stringify({ query: VIEWER });

describe('requests that never reach GraphQL', () => {
  test.each<[what: string, body: string, sending: Sending, status: number, code: string]>([
    ['malformed JSON', '{"query":', {}, 400, 'MALFORMED_JSON'],
    ['no body', '', {}, 400, 'MALFORMED_JSON'],
    ['a list of operations', `[${viewerBody}]`, {}, 400, 'BATCHING_NOT_SUPPORTED'],
    ['a text', '"query"', {}, 400, 'BAD_REQUEST'],
    ['no query', '{"variables":{}}', {}, 400, 'BAD_REQUEST'],
    ['a query that is no text', '{"query":1}', {}, 400, 'BAD_REQUEST'],
    ['a form', viewerBody, { headers: { 'content-type': 'text/plain' } }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['10 MB', JSON.stringify({ query: VIEWER, x: 'x'.repeat(10_000_000) }), {}, 413, 'PAYLOAD_TOO_LARGE'],
    [
      'invalid UTF-8',
      Buffer.from([0x7b, 0xc3, 0x28, 0x7d]).toString('base64'),
      { base64: true },
      400,
      'INVALID_ENCODING',
    ],
    ['text that was invalid UTF-8', '{"query":"\uFFFD"}', {}, 400, 'INVALID_ENCODING'],
    [
      'half a character',
      String.raw`{"query":"{ viewer { id } }","variables":{"x":"\ud800"}}`,
      {},
      400,
      'INVALID_ENCODING',
    ],
    ['GET', '', { method: 'GET' }, 405, 'METHOD_NOT_ALLOWED'],
    ['another address', viewerBody, { path: '/admin' }, 404, 'NOT_FOUND'],
    ['no claims', viewerBody, { path: '/graphql', claims: {} }, 401, 'UNAUTHENTICATED'],
    [
      'an id token',
      viewerBody,
      { claims: { ...claimsOf(hrAdmin), token_use: 'id' } },
      401,
      'UNAUTHENTICATED',
    ],
    [
      'an expired token',
      viewerBody,
      { claims: { ...claimsOf(hrAdmin), exp: '1700000000' } },
      401,
      'UNAUTHENTICATED',
    ],
    ['a token of nobody', viewerBody, { claims: { token_use: 'access' } }, 401, 'UNAUTHENTICATED'],
  ])('%s', async (_, body, sending, status, code) => {
    const answer = await post(api.handler, body, employee, sending);

    expect([answer.status, answer.codes]).toEqual([status, [code]]);
    expect(answer.headers['content-type']).toMatch(/^application\/json/);
    expect(answer.headers['x-correlation-id']).toMatch(/^[\w-]+$/);
    const english = await post(api.handler, body, employee, { ...sending, language: 'en' });
    expect(english.errors[0]?.message).not.toBe(answer.errors[0]?.message);
  });
});

describe('requests as clients send them', () => {
  test.each([
    ['application/json; charset=utf-8', false],
    ['Application/JSON', false],
    ['application/json', true],
  ])('content type %s, base 64 %s', async (contentType, base64) => {
    const body = JSON.stringify({ query: '{ unit(code: "é😀") { id } }' });
    const sent = base64 ? Buffer.from(body).toString('base64') : body;
    const answer = await post(api.handler, sent, employee, {
      base64,
      headers: { 'content-type': contentType },
    });
    expect(answer).toMatchObject({ status: 200, data: { unit: null }, errors: [] });
  });

  test('nothing that is answered is kept by a cache', async () => {
    expect((await send(api.handler, employee, VIEWER)).headers['cache-control']).toBe('no-store');
  });
});

describe('who asks', () => {
  const viewer = async (sending: Sending, who: Parameters<typeof send>[1] = employee) =>
    (await send<{ viewer: { id: string; roles: readonly string[] } }>(api.handler, who, VIEWER, {}, sending))
      .data.viewer;

  test('without a login: the public, even with claims', async () => {
    expect(await viewer({}, nobody)).toEqual({ id: 'public', roles: ['PUBLIC'] });
    expect(await viewer({ path: '/public', claims: claimsOf(hrAdmin) })).toEqual({
      id: 'public',
      roles: ['PUBLIC'],
    });
  });

  test('the groups of the token, in the form in which API Gateway hands them on', async () => {
    const claims = claimsOf(employee);
    expect((await viewer({ claims })).roles).toEqual(['STAFF']);
    expect((await viewer({ claims: { ...claims, 'cognito:groups': '[hr_admin planner]' } })).roles).toEqual([
      'STAFF',
      'HR_ADMIN',
      'PLANNER',
    ]);
    expect((await viewer({ claims: { ...claims, 'cognito:groups': '[auditor]' } })).roles).toEqual([
      'STAFF',
      'AUDITOR',
    ]);
  });

  test('no token makes anybody SYSTEM, and unknown groups give nothing', async () => {
    const claims = { ...claimsOf(employee), 'cognito:groups': '[system SYSTEM public HR_ADMIN admin]' };
    expect((await viewer({ claims })).roles).toEqual(['STAFF']);
  });
});

describe('languages', () => {
  const messageIn = async (language?: string) => {
    const { errors } = await send(
      api.handler,
      employee,
      '{ auditTrail(entity: "UNIT#u") { nodes { hash } } }',
      {},
      {
        ...(language !== undefined && { language }),
      },
    );
    return errors[0]?.message;
  };

  test.each([
    [undefined, 'Anda tidak berhak melakukan ini.'],
    ['id', 'Anda tidak berhak melakukan ini.'],
    ['en', 'You have no right to do this.'],
    ['en-GB,en;q=0.9,id;q=0.8', 'You have no right to do this.'],
    ['en;q=0.1, id-ID;q=0.9', 'Anda tidak berhak melakukan ini.'],
    ['fr, de;q=0.5', 'Anda tidak berhak melakukan ini.'],
    ['fr, en;q=0.5', 'You have no right to do this.'],
  ])('Accept-Language: %s', async (language, message) => {
    expect(await messageIn(language)).toBe(message);
  });
});

describe('input that no mutation takes', () => {
  const RETIRE = 'mutation ($input: RetireUnitInput!) { retireUnit(input: $input) { userErrors { code } } }';

  test.each([
    ['a field too many', { id: 'u', version: 1, from: '2026-01-30', x: 1 }],
    ['a field too few', { id: 'u', version: 1 }],
    ['a number with a fraction', { id: 'u', version: 1.5, from: '2026-01-30' }],
  ])('%s', async (_, input) => {
    const indonesian = await send(api.handler, hrAdmin, RETIRE, { input });
    expect([indonesian.status, indonesian.codes]).toEqual([400, ['BAD_USER_INPUT']]);
    expect(indonesian.errors[0]?.message).toMatch(/^Permintaan tidak sesuai/);
    const english = await send(api.handler, hrAdmin, RETIRE, { input }, { language: 'en' });
    expect(english.errors[0]?.message).toMatch(/^The request does not fit/);
  });
});

describe('the Lambda entry', () => {
  test('serves the table of its environment', async () => {
    vi.stubEnv('TABLE_NAME', api.table.tableName);
    vi.stubEnv('BUCKET_NAME', 'test');
    vi.stubEnv('JOB_MACHINE_ARN', 'arn:aws:states:ap-southeast-3:000000000000:stateMachine:jobs');
    const { handler } = await import('../../functions/graphql/handler.ts');
    vi.unstubAllEnvs();
    const answer = await send(handler, employee, '{ viewer { id } units { id } }');
    expect(answer).toMatchObject({ status: 200, data: { viewer: { id: employee.staffId }, units: [] } });
  });
});
