/**
 * Stands where the HTTP API of API Gateway stands in the cloud: it turns requests into events of payload format 2.0,
 * checks the token of POST /graphql, and writes what the function answers. Listens on the loopback interface only.
 *
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { FunctionTimeoutError, type invoke } from './lambda-function.ts';
import {
  BodyTooLongError,
  isLoopbackHost,
  type LoopbackServer,
  readBody,
  serveOnLoopback,
} from './loopback-server.ts';
import type { TokenIssuer } from './tokens.ts';

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
const REQUEST_BYTES = 10 * 1024 * 1024;
/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html, for the event and for the answer. */
const FUNCTION_PAYLOAD_BYTES = 6 * 1024 * 1024;

const ALLOWED_HEADERS = 'accept-language,apollo-require-preflight,authorization,content-type';

/** A page or a file of the explorer. */
export interface StaticFile {
  readonly contentType: string;
  readonly body: string | Uint8Array;
}

export interface HttpServerOptions {
  /** 0 takes a free port. */
  readonly port: number;
  readonly tokens: TokenIssuer;
  /** Calls the function of the GraphQL endpoint with an event. */
  readonly invokeGraphql: (event: HttpApiEvent) => ReturnType<typeof invoke>;
  /** What a GET of this path shows; null for a path that has nothing. */
  readonly findFile: (path: string) => Promise<StaticFile | null>;
}

/** The part of an event of payload format 2.0 that an HTTP API always sends. */
export interface HttpApiEvent {
  readonly version: '2.0';
  readonly routeKey: string;
  readonly rawPath: string;
  readonly rawQueryString: string;
  readonly cookies?: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  readonly queryStringParameters?: Readonly<Record<string, string>>;
  readonly requestContext: {
    readonly accountId: string;
    readonly apiId: string;
    readonly authorizer?: { readonly jwt: { readonly claims: Claims; readonly scopes: null } };
    readonly domainName: string;
    readonly domainPrefix: string;
    readonly http: {
      readonly method: string;
      readonly path: string;
      readonly protocol: string;
      readonly sourceIp: string;
      readonly userAgent: string;
    };
    readonly requestId: string;
    readonly routeKey: string;
    readonly stage: '$default';
    readonly time: string;
    readonly timeEpoch: number;
  };
  readonly body?: string;
  readonly isBase64Encoded: boolean;
}
type Claims = Readonly<Record<string, string>>;

interface FunctionAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: readonly string[];
  readonly body: string | Buffer;
}

/** Starts the server. @throws PortUnavailableError */
export function startHttpServer(options: HttpServerOptions): Promise<LoopbackServer> {
  return serveOnLoopback((request, response) => {
    allowLoopbackOrigin(request, response);
    answer(request, response, options).catch(() => {
      if (!response.headersSent) sendMessage(response, 500, 'Internal Server Error');
      else response.destroy();
    });
  }, options.port);
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  options: HttpServerOptions,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const isEndpoint = url.pathname === '/graphql' || url.pathname === '/public';
  if (isEndpoint && request.method === 'OPTIONS') {
    response.writeHead(204).end();
  } else if (isEndpoint && request.method === 'POST') {
    await callFunction(request, response, url, options);
  } else if (request.method === 'GET' || request.method === 'HEAD') {
    const file = await options.findFile(url.pathname);
    if (file === null) sendMessage(response, 404, 'Not Found');
    else
      response
        .writeHead(200, { 'content-type': file.contentType, 'cache-control': 'no-cache' })
        .end(file.body);
  } else {
    sendMessage(response, 404, 'Not Found');
  }
}

async function callFunction(
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  options: HttpServerOptions,
): Promise<void> {
  let body: Buffer;
  try {
    body = await readBody(request, REQUEST_BYTES);
  } catch (error) {
    if (!(error instanceof BodyTooLongError)) throw error;
    refuseLongBody(request, response);
    return;
  }
  let claims: Claims | undefined;
  if (url.pathname === '/graphql') {
    const verified = await options.tokens.verify(bearerToken(request.headers.authorization));
    if (verified === null) {
      response.setHeader('www-authenticate', 'Bearer');
      sendMessage(response, 401, 'Unauthorized');
      return;
    }
    claims = Object.fromEntries(Object.entries(verified).map(([name, value]) => [name, toClaimText(value)]));
  }
  const event = toEvent(request, url, body, claims);
  if (JSON.stringify(event).length > FUNCTION_PAYLOAD_BYTES) {
    sendMessage(response, 413, 'Request Too Long');
    return;
  }
  let answered: FunctionAnswer;
  try {
    answered = parseAnswer(await options.invokeGraphql(event));
  } catch (error) {
    if (error instanceof FunctionTimeoutError) {
      sendMessage(response, 503, 'Service Unavailable');
      return;
    }
    throw error;
  }
  if (answered.cookies.length > 0) response.setHeader('set-cookie', answered.cookies);
  response.writeHead(answered.statusCode, answered.headers).end(answered.body);
}

/** The claims reach the function as text, a list as `[a b]`. */
function toClaimText(value: unknown): string {
  return Array.isArray(value) ? `[${value.join(' ')}]` : String(value);
}

function bearerToken(header: string | undefined): string {
  return (header ?? '').replace(/^Bearer\s+/i, '').trim();
}

function toEvent(request: IncomingMessage, url: URL, body: Buffer, claims: Claims | undefined): HttpApiEvent {
  const { cookie, ...headers } = request.headers;
  const method = request.method ?? 'POST';
  const routeKey = `${method} ${url.pathname}`;
  const now = new Date();
  const text = decodeText(headers['content-type'], body);
  return {
    version: '2.0',
    routeKey,
    rawPath: url.pathname,
    rawQueryString: url.search.slice(1),
    ...(cookie !== undefined && { cookies: cookie.split(';').map((part) => part.trim()) }),
    headers: joinHeaders(headers),
    ...(url.search.length > 1 && { queryStringParameters: joinParameters(url.searchParams) }),
    requestContext: {
      accountId: '000000000000',
      apiId: 'local',
      ...(claims && { authorizer: { jwt: { claims, scopes: null } } }),
      domainName: 'localhost',
      domainPrefix: 'localhost',
      http: {
        method,
        path: url.pathname,
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp: request.socket.remoteAddress ?? '127.0.0.1',
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: randomUUID(),
      routeKey,
      stage: '$default',
      time: now.toISOString(),
      timeEpoch: now.getTime(),
    },
    ...(body.length > 0 && { body: text ?? body.toString('base64') }),
    isBase64Encoded: body.length > 0 && text === null,
  };
}

/** The body as text where its type says that it is, and its bytes are; else null, and it travels in base64. */
function decodeText(contentType: string | undefined, body: Buffer): string | null {
  if (!/^(text\/|application\/([\w.+-]+\+)?(json|xml|javascript))/i.test(contentType ?? '')) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    return null;
  }
}

function joinHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  const joined: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) joined[name] = Array.isArray(value) ? value.join(',') : value;
  }
  return joined;
}

function joinParameters(parameters: URLSearchParams): Record<string, string> {
  const joined: Record<string, string> = {};
  for (const [name, value] of parameters) joined[name] = name in joined ? `${joined[name]},${value}` : value;
  return joined;
}

/** @throws Error for an answer that API Gateway would turn into a 500 */
function parseAnswer(value: unknown): FunctionAnswer {
  if (JSON.stringify(value).length > FUNCTION_PAYLOAD_BYTES)
    throw new Error('the answer of the function is too long');
  if (typeof value !== 'object' || value === null || !('statusCode' in value)) {
    // Without a status code the answer itself is the body.
    return {
      statusCode: 200,
      headers: { 'content-type': 'application/json' },
      cookies: [],
      body: typeof value === 'string' ? value : JSON.stringify(value),
    };
  }
  const headers = 'headers' in value && typeof value.headers === 'object' ? value.headers : {};
  const cookies = 'cookies' in value && Array.isArray(value.cookies) ? value.cookies : [];
  const body = 'body' in value && typeof value.body === 'string' ? value.body : '';
  const isBase64 = 'isBase64Encoded' in value && value.isBase64Encoded === true;
  return {
    statusCode: Number(value.statusCode),
    headers: Object.fromEntries(Object.entries(headers ?? {}).map(([name, text]) => [name, String(text)])),
    cookies: cookies.map(String),
    body: isBase64 ? Buffer.from(body, 'base64') : body,
  };
}

/** Reads on for a while, since a client that is still sending would otherwise see a broken connection, not a 413. */
function refuseLongBody(request: IncomingMessage, response: ServerResponse): void {
  response.setHeader('connection', 'close');
  sendMessage(response, 413, 'Request Too Long');
  request.resume();
  const timer = setTimeout(() => request.destroy(), 10_000);
  request.once('close', () => clearTimeout(timer));
}

function allowLoopbackOrigin(request: IncomingMessage, response: ServerResponse): void {
  const { origin } = request.headers;
  if (origin === undefined || !URL.canParse(origin) || !isLoopbackHost(new URL(origin).host)) return;
  response.setHeader('access-control-allow-origin', origin);
  response.setHeader('vary', 'origin');
  response.setHeader('access-control-allow-methods', 'POST');
  response.setHeader('access-control-allow-headers', ALLOWED_HEADERS);
  response.setHeader('access-control-max-age', '600');
}

function sendMessage(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ message }));
}
