import { setTimeout as wait } from 'node:timers/promises';
import * as z from 'zod/mini';

export interface GraphqlClientOptions {
  readonly endpoint: string;
  /** Access token; null asks as PUBLIC. */
  readonly token: string | null;
  readonly language: 'id' | 'en';
  /** Attempts at one request in all (7: about half a minute). */
  readonly attempts?: number;
  /** Longest first pause in milliseconds; doubles with each attempt up to `longestPause`. */
  readonly firstPause?: number;
  readonly longestPause?: number;
  /** Milliseconds until an attempt is given up; the HTTP API itself does so after 30 s. */
  readonly timeout?: number;
  /** Hears of each attempt that failed and will be repeated. */
  readonly onRetry?: (reason: string) => void;
}

export interface GraphqlClient {
  /**
   * Runs one operation and returns its data. Repeats what may pass (429, 5xx, no connection, timeout, masked errors) with
   * growing, jittered pauses: the operation must be safe to repeat.
   * @throws TokenError, GraphqlRefusal, EndpointError
   */
  execute<T>(
    document: string,
    variables: Readonly<Record<string, unknown>>,
    data: z.ZodMiniType<T>,
  ): Promise<T>;
}

/** The token is missing, expired, forged, or for another service. */
export class TokenError extends Error {
  override readonly name = 'TokenError';
  /** When the token ended, if it says so and that is past. */
  readonly expiredAt: Date | null;

  constructor(expiredAt: Date | null) {
    super(expiredAt === null ? 'the token was refused' : `the token expired at ${expiredAt.toISOString()}`);
    this.expiredAt = expiredAt;
  }
}

/** The endpoint understood the request and will not do it: not a matter of repeating. */
export class GraphqlRefusal extends Error {
  override readonly name = 'GraphqlRefusal';
  readonly code: string;
  readonly messages: readonly string[];

  constructor(code: string, messages: readonly string[]) {
    super(`${code}: ${messages.join('; ')}`);
    this.code = code;
    this.messages = messages;
  }
}

/** No usable answer, after every attempt. */
export class EndpointError extends Error {
  override readonly name: string = 'EndpointError';
}

/** Every attempt failed in a way that might have passed. */
export class ExhaustedError extends EndpointError {
  override readonly name = 'ExhaustedError';
  readonly endpoint: string;
  /** What the last attempt failed of: a status, a code of the network, or the masked message. */
  readonly reason: string;
  readonly attempts: number;
  /** Whether the last attempt got no connection at all, or had it cut. */
  readonly unreachable: boolean;

  constructor(endpoint: string, reason: string, attempts: number, unreachable: boolean) {
    super(`${endpoint}: ${reason} (${attempts} attempts)`);
    this.endpoint = endpoint;
    this.reason = reason;
    this.attempts = attempts;
    this.unreachable = unreachable;
  }
}

const answerSchema = z.object({
  data: z.optional(z.unknown()),
  errors: z.optional(
    z.array(
      z.object({
        message: z.string(),
        extensions: z.optional(z.object({ code: z.optional(z.string()) })),
      }),
    ),
  ),
});

type Answer = z.infer<typeof answerSchema>;

type Attempt =
  | { readonly kind: 'answer'; readonly answer: Answer }
  /** Worth another try; `pause` when the endpoint said how long, in milliseconds. */
  | {
      readonly kind: 'passing';
      readonly reason: string;
      readonly pause: number | null;
      /** Whether there was an HTTP answer. */
      readonly answered: boolean;
    };

export const createGraphqlClient = (options: GraphqlClientOptions): GraphqlClient => {
  const { endpoint, token, language } = options;
  const { attempts = 7, firstPause = 250, longestPause = 20_000, timeout = 60_000 } = options;
  const onRetry = options.onRetry ?? (() => undefined);
  checkEndpoint(endpoint);
  const headers = {
    accept: 'application/json',
    'accept-language': language,
    'content-type': 'application/json',
    ...(token !== null && { authorization: `Bearer ${token}` }),
  };

  const attempt = async (body: string): Promise<Attempt> => {
    let response: Response;
    let text: string;
    try {
      response = await fetch(endpoint, {
        method: 'POST',
        headers,
        body,
        // A redirect would carry the token somewhere else.
        redirect: 'error',
        signal: AbortSignal.timeout(timeout),
      });
      text = await response.text();
    } catch (error) {
      return { kind: 'passing', reason: networkReason(error), pause: null, answered: false };
    }
    if (response.status === 401 || response.status === 403) throw new TokenError(expiryOf(token));
    if (response.status === 429 || response.status >= 500) {
      const pause = secondsOf(response.headers.get('retry-after'));
      return { kind: 'passing', reason: `HTTP ${response.status}`, pause, answered: true };
    }
    const answer = readAnswer(text);
    if (answer === null) {
      throw new EndpointError(
        `${endpoint} answered HTTP ${response.status} without GraphQL: is it the right address?`,
      );
    }
    const codes = (answer.errors ?? []).map(({ extensions }) => extensions?.code ?? 'INTERNAL_SERVER_ERROR');
    if (codes.includes('UNAUTHENTICATED')) throw new TokenError(expiryOf(token));
    if (codes.includes('INTERNAL_SERVER_ERROR')) {
      const reason = answer.errors?.[0]?.message ?? 'INTERNAL_SERVER_ERROR';
      return { kind: 'passing', reason, pause: null, answered: true };
    }
    return { kind: 'answer', answer };
  };

  return {
    execute: async (document, variables, data) => {
      const body = JSON.stringify({ query: document, variables });
      for (let number = 1; ; number++) {
        const result = await attempt(body);
        if (result.kind === 'answer') return dataOf(result.answer, data);
        if (number >= attempts) throw new ExhaustedError(endpoint, result.reason, number, !result.answered);
        onRetry(result.reason);
        const ceiling = Math.min(longestPause, firstPause * 2 ** (number - 1));
        await wait(
          result.pause === null ? ceiling * (0.5 + Math.random() / 2) : Math.min(result.pause, longestPause),
        );
      }
    },
  };
};

const dataOf = <T>(answer: Answer, schema: z.ZodMiniType<T>): T => {
  const errors = answer.errors ?? [];
  if (errors.length > 0) {
    const code = errors[0]?.extensions?.code ?? 'UNKNOWN';
    throw new GraphqlRefusal(
      code,
      errors.map(({ message }) => message),
    );
  }
  const data = schema.safeParse(answer.data);
  if (!data.success) throw new EndpointError(`the answer has another shape: ${z.prettifyError(data.error)}`);
  return data.data;
};

const readAnswer = (text: string): Answer | null => {
  try {
    const answer = answerSchema.safeParse(JSON.parse(text));
    return answer.success && (answer.data.data !== undefined || answer.data.errors !== undefined)
      ? answer.data
      : null;
  } catch {
    return null;
  }
};

/** A token is worth as much as a password: over plain HTTP it goes to this machine only. */
const checkEndpoint = (endpoint: string): void => {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : null;
  const local = url !== null && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  if (url === null || !(url.protocol === 'https:' || (url.protocol === 'http:' && local))) {
    throw new EndpointError(`"${endpoint}" must be an https address (http only on this machine)`);
  }
};

const networkReason = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  return typeof code === 'string' ? code : error.message;
};

const secondsOf = (header: string | null): number | null =>
  header !== null && /^\d{1,5}$/.test(header) ? Number(header) * 1000 : null;

/** When a JWT ended, if that is past; read without checking the signature, only to word the message. */
const expiryOf = (token: string | null): Date | null => {
  const [, payload = ''] = token?.split('.') ?? [];
  try {
    const claims = z
      .object({ exp: z.number() })
      .safeParse(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')));
    const expiry = claims.success ? new Date(claims.data.exp * 1000) : null;
    return expiry !== null && expiry.getTime() <= Date.now() ? expiry : null;
  } catch {
    return null;
  }
};
