import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { type Locale, messageOf } from '../domain/messages.ts';
import { Rejection } from '../domain/problem.ts';
import { limits } from './limits.ts';

/** What an answer needs of its request to be worded. */
export interface ErrorContext {
  readonly locale: Locale;
  readonly correlationId: string;
}

/** Codes that clients and the service's own limits cause; everything else is unexpected. */
const EXPECTED: ReadonlySet<string> = new Set([
  'BAD_REQUEST',
  'BAD_USER_INPUT',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_SUPPORTED',
  'QUERY_TOO_COSTLY',
  'QUERY_TOO_DEEP',
  'QUERY_TOO_LARGE',
  'QUERY_TOO_MANY_ALIASES',
]);

/** What a resolver or a scalar rejected; GraphQL and Apollo wrap it, once or more. */
function rejectionIn(error: unknown): Rejection | null {
  let cause = error;
  while (cause instanceof GraphQLError) cause = cause.originalError;
  return cause instanceof Rejection ? cause : null;
}

/** Where in a variable a value lies that a scalar rejected, from the outside in; GraphQL says it in its message alone. */
function placeInVariable(message: string): readonly string[] {
  const place = /^Variable "\$\w+" got invalid value .* at "\w+((?:\.\w+|\[\d+\])+)"; /s.exec(message)?.[1];
  return place?.match(/\w+/g) ?? [];
}

/** Whether an error is a defect or an outage rather than an answer. */
export const isUnexpected = (error: unknown): boolean => {
  if (rejectionIn(error) !== null) return false;
  const code = error instanceof GraphQLError ? error.extensions['code'] : undefined;
  return typeof code !== 'string' || !EXPECTED.has(code);
};

/**
 * Makes the error that a client sees. A Rejection becomes its first problem in the reader's language, with all of them in the
 * extensions; what the service did not expect is masked: only the correlation id leads to it in the log.
 */
export function formatError(
  formatted: GraphQLFormattedError,
  error: unknown,
  { locale, correlationId }: ErrorContext,
): GraphQLFormattedError {
  const where = {
    ...(formatted.locations !== undefined && { locations: formatted.locations }),
    ...(formatted.path !== undefined && { path: formatted.path }),
  };
  const rejection = rejectionIn(error);
  if (rejection !== null) {
    const place = placeInVariable(formatted.message);
    const problems = rejection.problems.map((found) => ({
      code: found.code,
      message: messageOf(found, locale),
      path: [...place, ...found.path.map(String)],
    }));
    return {
      message: problems.map(({ message }) => message).join(' '),
      ...where,
      extensions: { code: problems[0]?.code ?? 'BAD_USER_INPUT', problems, correlationId },
    };
  }
  const code = String(formatted.extensions?.['code'] ?? '');
  if (isUnexpected(error))
    return {
      message: MASKED[locale],
      ...where,
      extensions: { code: 'INTERNAL_SERVER_ERROR', correlationId },
    };
  const tooLarge = code === 'GRAPHQL_PARSE_FAILED' && formatted.message.includes('tokens');
  const message =
    tooLarge || code.startsWith('QUERY_TOO_')
      ? `${TOO_MUCH[locale]}: ${tooLarge ? TOKENS[locale] : describeExcess(formatted, locale)}`
      : `${NOT_THE_CONTRACT[locale]}: ${shortened(formatted.message)}`;
  return {
    message,
    ...where,
    extensions: { code: tooLarge ? 'QUERY_TOO_LARGE' : code, correlationId },
  };
}

/** GraphQL quotes what was sent, however long it was. */
const shortened = (message: string): string =>
  message.length > limits.message ? `${message.slice(0, limits.message).toWellFormed()}…` : message;

/** What follows is GraphQL's own, in English: it speaks to the developer of the client, not to its user. */
const NOT_THE_CONTRACT: Readonly<Record<Locale, string>> = {
  id: 'Permintaan tidak sesuai dengan kontrak API',
  en: 'The request does not fit the contract of the API',
};

/** The numbers of a limit that was passed, which limits.ts sends along. */
function describeExcess({ extensions }: GraphQLFormattedError, locale: Locale): string {
  const { actual, most } = extensions ?? {};
  return typeof actual === 'number'
    ? `${actual} (${AT_MOST[locale]} ${most})`
    : `${MORE_THAN[locale]} ${most}`;
}

const AT_MOST: Readonly<Record<Locale, string>> = { id: 'paling banyak', en: 'at most' };
const MORE_THAN: Readonly<Record<Locale, string>> = { id: 'lebih dari', en: 'more than' };
const TOKENS: Readonly<Record<Locale, string>> = {
  id: `dokumen berisi lebih dari ${limits.tokens} token`,
  en: `the document has more than ${limits.tokens} tokens`,
};
const TOO_MUCH: Readonly<Record<Locale, string>> = {
  id: 'Permintaan meminta terlalu banyak sekaligus',
  en: 'The request asks for too much at once',
};

const MASKED: Readonly<Record<Locale, string>> = {
  id: 'Terjadi kesalahan di sistem; sebutkan nomor rujukan ini kepada pengelola.',
  en: 'Something went wrong in the system; give this reference to the operator.',
};
