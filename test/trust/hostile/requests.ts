/** Requests as API Gateway hands them on, from somebody who wants to break something. */
import fc from 'fast-check';
import { draws, mutate, nastyText, type Operation, operations } from './documents.ts';

/** What of an event a request decides. */
export interface HostileRequest {
  readonly path: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  readonly isBase64Encoded: boolean;
  readonly claims: Readonly<Record<string, unknown>> | undefined;
}

const GOOD_CLAIMS = { token_use: 'access', username: 'account-hr', sub: 'account-hr', exp: '4102444800' };

const claims: fc.Arbitrary<HostileRequest['claims']> = fc.oneof(
  {
    weight: 20,
    arbitrary: fc
      .constantFrom('[hr_admin planner]', '[auditor]', '[]', undefined)
      .map((groups) => ({ ...GOOD_CLAIMS, ...(groups !== undefined && { 'cognito:groups': groups }) })),
  },
  { weight: 1, arbitrary: fc.constant(undefined) },
  {
    weight: 1,
    arbitrary: fc
      .record({
        token_use: fc.jsonValue(),
        username: fc.oneof(nastyText, fc.jsonValue()),
        exp: fc.jsonValue(),
      })
      .map((odd) => ({ ...GOOD_CLAIMS, ...odd })),
  },
);

const contentType = fc.constantFrom(
  ...Array<string>(30).fill('application/json'),
  'APPLICATION/JSON; charset=utf-8',
  'application/json; charset=utf-16',
  'application/graphql+json',
  'application/graphql',
  'application/jsonx',
  'text/plain',
  'multipart/form-data; boundary=x',
  'application/x-www-form-urlencoded',
  '',
);
const oddHeaders: fc.Arbitrary<Readonly<Record<string, string>>> = fc.oneof(
  { weight: 10, arbitrary: fc.constant({}) },
  fc
    .constantFrom(
      'id',
      'en;q=0.5,id;q=',
      'q=1;;;',
      '*',
      ';q=-1',
      'en'.repeat(40_000),
      'id;q=1,'.repeat(10_000),
    )
    .map((value) => ({
      'accept-language': value,
    })),
  fc
    .constantFrom('text/html', 'multipart/mixed', 'application/json;q=0', '*/*', 'x'.repeat(50_000))
    .map((accept) => ({
      accept,
    })),
  nastyText.map((value) => ({
    'accept-language': value,
    'x-forwarded-for': value,
    'content-encoding': 'gzip',
  })),
  fc
    .integer({ min: 1, max: 400 })
    .map((count) =>
      Object.fromEntries(Array.from({ length: count }, (_, at) => [`x-${at}`, 'v'.repeat(200)])),
    ),
  fc
    .constantFrom(
      '__proto__',
      'constructor',
      'toString',
      'X-HTTP-Method-Override',
      'apollo-require-preflight',
    )
    .map((name) => JSON.parse(`{"${name}":"GET"}`)),
);

const textOf = (operation: Operation): string => JSON.stringify(operation);
const PIECES = [
  '',
  '{',
  '}',
  '[',
  ']',
  '"',
  ',',
  ':',
  '\\',
  'null',
  '-',
  '1e999',
  '\\ud800',
  '\\udfff',
  '\\u0000',
  '\\ud83d\\ude00',
  '\ufffd',
  '\ufeff',
];

/** Bodies that are not what they should be. */
const brokenBody: fc.Arbitrary<string | undefined> = fc.oneof(
  fc.tuple(operations, fc.nat(5_000)).map(([operation, at]) => textOf(operation).slice(0, at)),
  fc.tuple(operations, draws).map(([operation, draw]) => mutate(textOf(operation), PIECES, draw)),
  fc.array(operations, { maxLength: 4 }).map((batch) => JSON.stringify(batch)),
  fc.jsonValue().map((value) => JSON.stringify(value)),
  fc
    .record({ query: fc.jsonValue(), variables: fc.jsonValue(), operationName: fc.jsonValue() })
    .map((odd) => JSON.stringify(odd)),
  fc
    .tuple(
      fc.integer({ min: 1, max: 100_000 }),
      fc.constantFrom(['[', ']'], ['{"a":', '}']),
      fc.constantFrom('1', '"\\ud83d\\ude00"'),
    )
    .map(
      ([n, [open = '', close = ''], leaf]) =>
        `{"query":"{viewer{id}}","variables":{"v":${open.repeat(n)}${leaf}${close.repeat(n)}}}`,
    ),
  fc.constantFrom(
    undefined,
    '',
    '{}',
    'null',
    '{"query":"{viewer{id}}","query":"{units{id}}"}',
    '{"__proto__":{"query":"{viewer{id}}"}}',
    '{"query":"{viewer{id}}","__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}',
    '{"query":"{viewer{id}}","variables":"{}"}',
    '{"query":"{viewer{id}}","variables":[]}',
    '{"query":"{viewer{id}}","extensions":[]}',
    'query={viewer{id}}',
    `{"query":"${' '.repeat(1_100_000)}"}`,
  ),
);

const encoded = (body: string | undefined, as: number): Pick<HostileRequest, 'body' | 'isBase64Encoded'> => {
  if (body === undefined || as > 3) return { body, isBase64Encoded: false };
  const bytes = Buffer.from(body, as === 0 ? 'latin1' : as === 1 ? 'utf16le' : 'utf8');
  // The last one is text that says that it is in base 64.
  return as === 3
    ? { body, isBase64Encoded: true }
    : { body: bytes.toString('base64'), isBase64Encoded: true };
};

/** Any request; most are of the right form outside, so that they get far. */
export const requests: fc.Arbitrary<HostileRequest> = fc
  .record({
    path: fc.constantFrom(
      ...Array<string>(40).fill('/graphql'),
      ...Array<string>(15).fill('/public'),
      '/',
      '/graphql/',
      '/x/graphql',
      '/public/../graphql',
    ),
    method: fc.constantFrom(...Array<string>(60).fill('POST'), 'GET', 'PUT', 'OPTIONS', 'post', 'CONNECT'),
    headers: fc.tuple(contentType, oddHeaders).map(([type, odd]) => ({ 'content-type': type, ...odd })),
    text: fc.oneof({ weight: 70, arbitrary: operations.map(textOf) }, { weight: 30, arbitrary: brokenBody }),
    as: fc.nat(40),
    claims,
  })
  .map(({ text, as, ...rest }) => ({ ...rest, ...encoded(text, as) }));
