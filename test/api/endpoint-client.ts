import { randomUUID } from 'node:crypto';
import type { Role } from '../../functions/domain/access-policy.ts';
import type { HttpEvent, HttpHandler } from '../../functions/graphql/endpoint.ts';

/** Who asks: a role's account, or nobody. */
export interface Caller {
  readonly roles: readonly Exclude<Role, 'PUBLIC' | 'SYSTEM'>[];
  readonly staffId: string;
}

export const caller = (staffId: string, ...roles: Caller['roles']): Caller => ({ staffId, roles });
export const hrAdmin = caller('account-hr', 'HR_ADMIN');
export const planner = caller('account-planner', 'PLANNER');
export const auditor = caller('account-auditor', 'AUDITOR');
export const employee = caller('account-employee');
/** Nobody is signed in. */
export const nobody = null;

export interface AnswerError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: { readonly code: string; readonly correlationId?: string };
}

export interface Answer<Data> {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  readonly data: Data;
  readonly errors: readonly AnswerError[];
  /** Codes of the errors, in order. */
  readonly codes: readonly string[];
}

export interface Sending {
  readonly language?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly path?: string;
  readonly method?: string;
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly base64?: boolean;
}

/** An event of the HTTP API as API Gateway sends it. */
export function eventOf(body: string, who: Caller | null, sending: Sending = {}): HttpEvent {
  const path = sending.path ?? (who === null ? '/public' : '/graphql');
  const method = sending.method ?? 'POST';
  const claims = sending.claims ?? (who === null ? undefined : claimsOf(who));
  return {
    version: '2.0',
    routeKey: `${method} ${path}`,
    rawPath: path,
    rawQueryString: '',
    headers: {
      'content-type': 'application/json',
      ...(sending.language !== undefined && { 'accept-language': sending.language }),
      ...sending.headers,
    },
    body,
    isBase64Encoded: sending.base64 ?? false,
    requestContext: {
      accountId: '000000000000',
      apiId: 'test',
      domainName: 'test.local',
      domainPrefix: 'test',
      http: { method, path, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'test' },
      requestId: randomUUID(),
      routeKey: `${method} ${path}`,
      stage: '$default',
      time: '01/Jan/2026:00:00:00 +0000',
      timeEpoch: 1_767_225_600_000,
      ...(claims !== undefined && { authorizer: { jwt: { claims } } }),
    },
  };
}

export const claimsOf = ({ staffId, roles }: Caller): Readonly<Record<string, unknown>> => ({
  token_use: 'access',
  username: staffId,
  sub: staffId,
  exp: '4102444800',
  ...(roles.length > 0 && { 'cognito:groups': `[${roles.map((role) => role.toLowerCase()).join(' ')}]` }),
});

/** Sends a body as it is. */
export async function post<Data = Record<string, unknown>>(
  handler: HttpHandler,
  body: string,
  who: Caller | null,
  sending?: Sending,
): Promise<Answer<Data>> {
  const { statusCode = 200, headers = {}, body: text = '' } = await handler(eventOf(body, who, sending));
  const parsed = JSON.parse(text) as { data?: Data; errors?: AnswerError[] };
  const errors = parsed.errors ?? [];
  return {
    status: statusCode,
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
    text,
    data: (parsed.data ?? {}) as Data,
    errors,
    codes: errors.map(({ extensions }) => extensions.code),
  };
}

/** Sends a GraphQL operation. */
export const send = <Data = Record<string, never>>(
  handler: HttpHandler,
  who: Caller | null,
  query: string,
  variables: object = {},
  sending?: Sending,
): Promise<Answer<Data>> => post<Data>(handler, JSON.stringify({ query, variables }), who, sending);

export interface Failure {
  readonly code: string;
  readonly message: string;
  readonly path: readonly string[];
}

/** What a mutation answers with: its payload. */
export type Payload<Name extends string, Entity> = { readonly [K in Name]: Entity | null } & {
  readonly userErrors: readonly Failure[];
};

/** `code path` of every problem, for example `REQUIRED input.name`. */
export const problemsOf = (payload: { readonly userErrors: readonly Failure[] }): readonly string[] =>
  payload.userErrors.map(({ code, path }) => [code, ...path].join(' '));
