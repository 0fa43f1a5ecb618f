import { type ApolloServer, HeaderMap } from '@apollo/server';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Actor } from '../domain/access-policy.ts';
import type { Locale } from '../domain/messages.ts';
import { logUnexpected } from '../telemetry.ts';
import type { Deps } from '../usecases/deps.ts';
import { actorFromClaims, type Claims, PUBLIC_ACTOR } from './actor.ts';
import { createContext, type GraphQLContext, type RequestNotes } from './context.ts';
import { limits } from './limits.ts';
import { localeFrom } from './locale.ts';
import { logRequest, type RequestLine } from './log.ts';
import { buildApiSchema, describe } from './schema.ts';
import { createServer, tellsSchema } from './server.ts';

/** An event of an HTTP API (payload format 2.0) whose route may have a JWT authorizer. */
export type HttpEvent = Omit<APIGatewayProxyEventV2, 'requestContext'> & {
  readonly requestContext: APIGatewayProxyEventV2['requestContext'] & {
    readonly authorizer?: { readonly jwt?: { readonly claims?: Claims } };
  };
};

export type HttpHandler = (event: HttpEvent) => Promise<APIGatewayProxyStructuredResultV2>;

/**
 * The GraphQL endpoint as a Lambda handler: `POST /graphql` for those who are signed in, `POST /public` for everybody.
 * Builds the schema at once, so that a bad one fails the deployment and not each request.
 *
 * Apollo's own Lambda adapter is not used: it answers malformed JSON with plain text, matches the content type by its case,
 * and turns broken UTF-8 into question marks that would be stored.
 */
export function createEndpoint(deps: Deps, stage: string): HttpHandler {
  const schema = buildApiSchema();
  const server = createServer(schema, stage);
  const started = tellsSchema(stage) ? describe(schema).then(() => server.start()) : server.start();
  // Awaited by every request; without this a failure before the first one would end the process unexplained.
  started.catch(() => undefined);

  return async (event) => {
    const begun = performance.now();
    const correlationId = event.requestContext.requestId;
    const locale = localeFrom(event.headers['accept-language']);
    const notes: RequestNotes = { field: 'none', refused: false };
    let line: Pick<RequestLine, 'operation' | 'outcome'> = { operation: null, outcome: 'FAILED' };
    try {
      await started;
      const request = readRequest(event, Date.parse(deps.now()) / 1_000);
      const answer =
        'refusal' in request
          ? refusalResponse(request.refusal, locale)
          : await execute(server, event, request.body, () =>
              createContext(deps, { actor: request.actor, locale, correlationId, notes }),
            );
      line = { operation: request.operation, outcome: outcomeOf(answer, notes) };
      return withHeaders(answer, correlationId);
    } catch (error) {
      logUnexpected(correlationId, error);
      return withHeaders(refusalResponse(INTERNAL, locale, correlationId), correlationId);
    } finally {
      logRequest({
        ...line,
        field: notes.field,
        correlationId,
        duration: Math.round(performance.now() - begun),
      });
    }
  };
}

/** Why a request never reached GraphQL. */
interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly message: Readonly<Record<Locale, string>>;
}

const refusal = (status: number, code: string, id: string, en: string): Refusal => ({
  status,
  code,
  message: { id, en },
});

const INTERNAL = refusal(
  500,
  'INTERNAL_SERVER_ERROR',
  'Terjadi kesalahan di sistem.',
  'Something went wrong.',
);
const NO_SUCH_ROUTE = refusal(404, 'NOT_FOUND', 'Alamat tidak dikenal.', 'No such address.');
const ONLY_POST = refusal(405, 'METHOD_NOT_ALLOWED', 'Gunakan POST.', 'Use POST.');
const UNAUTHENTICATED = refusal(401, 'UNAUTHENTICATED', 'Masuklah terlebih dahulu.', 'Sign in first.');
const NOT_JSON = refusal(
  415,
  'UNSUPPORTED_MEDIA_TYPE',
  'Kirim isi dengan Content-Type application/json.',
  'Send the body with Content-Type application/json.',
);
const TOO_LARGE = refusal(
  413,
  'PAYLOAD_TOO_LARGE',
  `Isi permintaan paling besar ${limits.bodyBytes} byte.`,
  `The body of a request may have ${limits.bodyBytes} bytes at most.`,
);
const NOT_UTF8 = refusal(
  400,
  'INVALID_ENCODING',
  'Isi bukan UTF-8 yang sah.',
  'The body is not valid UTF-8.',
);
const MALFORMED = refusal(400, 'MALFORMED_JSON', 'Isi bukan JSON yang sah.', 'The body is not valid JSON.');
const NO_BATCHES = refusal(
  400,
  'BATCHING_NOT_SUPPORTED',
  'Kirim satu operasi dalam setiap permintaan.',
  'Send one operation in each request.',
);
const NOT_A_REQUEST = refusal(
  400,
  'BAD_REQUEST',
  'Isi harus objek JSON dengan "query" berupa teks.',
  'The body must be a JSON object with "query" as text.',
);

const TOO_INTRICATE = refusal(
  400,
  'BAD_REQUEST',
  `Isi paling dalam ${limits.nesting} tingkat, dan setiap objek paling banyak ${limits.keys} kunci.`,
  `The body may be nested ${limits.nesting} deep at most, and an object may have ${limits.keys} keys at most.`,
);

type Request =
  | { readonly refusal: Refusal; readonly operation: null }
  | { readonly actor: Actor; readonly body: object; readonly operation: string | null };

const refuse = (reason: Refusal): Request => ({ refusal: reason, operation: null });

function readRequest(event: HttpEvent, nowSeconds: number): Request {
  const { http, authorizer } = event.requestContext;
  const open = http.path.endsWith('/public');
  if (!open && !http.path.endsWith('/graphql')) return refuse(NO_SUCH_ROUTE);
  if (http.method !== 'POST') return refuse(ONLY_POST);
  const actor = open ? PUBLIC_ACTOR : actorFromClaims(authorizer?.jwt?.claims, nowSeconds);
  if (actor === null) return refuse(UNAUTHENTICATED);
  const contentType = event.headers['content-type'] ?? '';
  if (!/^application\/(json|graphql\+json)\s*(;|$)/i.test(contentType)) return refuse(NOT_JSON);

  const text = readBody(event);
  if (typeof text !== 'string') return refuse(text);
  const body = parse(text);
  if (body === undefined) return refuse(MALFORMED);
  const odd = oddityOf(body);
  if (odd !== null) return refuse(odd);
  if (Array.isArray(body)) return refuse(NO_BATCHES);
  if (typeof body !== 'object' || body === null || !('query' in body) || typeof body.query !== 'string')
    return refuse(NOT_A_REQUEST);
  return { actor, body, operation: operationOf(body) };
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function readBody({ body = '', isBase64Encoded }: HttpEvent): string | Refusal {
  // Four characters of base 64 are three bytes; a character of text is one byte at least.
  if (body.length > limits.bodyBytes * (isBase64Encoded ? 4 / 3 : 1)) return TOO_LARGE;
  const bytes = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');
  if (bytes.length > limits.bodyBytes) return TOO_LARGE;
  try {
    const text = utf8.decode(bytes);
    // A half surrogate in text that was decoded before us would be stored as a question mark.
    return text.isWellFormed() && body.isWellFormed() && !text.includes('\uFFFD') ? text : NOT_UTF8;
  } catch {
    return NOT_UTF8;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * What in a body no operation needs, and what costs a multiple of its size further on: half of a surrogate pair, which JSON can
 * write as an escape but no UTF-8 can hold; a nesting that no recursion survives; an object of a thousand keys, which GraphQL
 * would quote whole in the error for each of them.
 */
function oddityOf(body: unknown): Refusal | null {
  let level: unknown[] = [body];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > limits.nesting) return TOO_INTRICATE;
    const below: unknown[] = [];
    for (const value of level) {
      if (typeof value === 'string' && !value.isWellFormed()) return NOT_UTF8;
      if (typeof value !== 'object' || value === null) continue;
      if (Array.isArray(value)) {
        for (const each of value) below.push(each);
        continue;
      }
      const entries = Object.entries(value);
      if (entries.length > limits.keys) return TOO_INTRICATE;
      for (const [key, each] of entries) {
        if (!key.isWellFormed()) return NOT_UTF8;
        below.push(each);
      }
    }
    level = below;
  }
  return null;
}

/** The operation's name for the log, where it can be one: what else a client writes there stays out of it. */
function operationOf(body: object): string | null {
  const name = 'operationName' in body ? body.operationName : null;
  return typeof name === 'string' && /^[_A-Za-z][_0-9A-Za-z]{0,79}$/.test(name) ? name : null;
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly failed: boolean;
}

async function execute(
  server: ApolloServer<GraphQLContext>,
  event: HttpEvent,
  body: object,
  context: () => GraphQLContext,
): Promise<Answer> {
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(event.headers))
    if (value !== undefined) headers.set(name, value);
  const {
    status,
    headers: answered,
    body: answer,
  } = await server.executeHTTPGraphQLRequest({
    httpGraphQLRequest: { method: 'POST', headers, search: '', body },
    context: async () => context(),
  });
  if (answer.kind !== 'complete') throw new TypeError('an answer in parts');
  return {
    status: status ?? 200,
    headers: Object.fromEntries(answered),
    body: answer.string,
    failed: answer.string.includes('"INTERNAL_SERVER_ERROR"'),
  };
}

function refusalResponse({ status, code, message }: Refusal, locale: Locale, correlationId?: string): Answer {
  const extensions = { code, ...(correlationId !== undefined && { correlationId }) };
  return {
    status,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      ...(status === 405 && { allow: 'POST' }),
      ...(status === 401 && { 'www-authenticate': 'Bearer' }),
    },
    body: JSON.stringify({ errors: [{ message: message[locale], extensions }] }),
    failed: status >= 500,
  };
}

const outcomeOf = ({ status, failed }: Answer, { refused }: RequestNotes): RequestLine['outcome'] =>
  failed ? 'FAILED' : refused || status >= 400 ? 'REFUSED' : 'OK';

const withHeaders = (answer: Answer, correlationId: string): APIGatewayProxyStructuredResultV2 => ({
  statusCode: answer.status,
  headers: { ...answer.headers, 'cache-control': 'no-store', 'x-correlation-id': correlationId },
  body: answer.body,
});
