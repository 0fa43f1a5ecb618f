import { unwrapResolverError } from '@apollo/server/errors';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { type Locale, messageOf } from '../domain/messages.ts';
import { Rejection } from '../domain/problem.ts';

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
  'INVALID_FORMAT',
  'OPERATION_RESOLUTION_FAILURE',
  'QUERY_TOO_COSTLY',
  'QUERY_TOO_DEEP',
  'QUERY_TOO_LARGE',
  'QUERY_TOO_MANY_ALIASES',
]);

/** Whether an error is a defect or an outage rather than an answer. */
export const isUnexpected = (error: unknown): boolean => {
  const cause = unwrapResolverError(error);
  if (cause instanceof Rejection) return false;
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
  const place = {
    ...(formatted.locations !== undefined && { locations: formatted.locations }),
    ...(formatted.path !== undefined && { path: formatted.path }),
  };
  const cause = unwrapResolverError(error);
  if (cause instanceof Rejection) {
    const problems = cause.problems.map((found) => ({
      code: found.code,
      message: messageOf(found, locale),
      path: found.path.map(String),
    }));
    return {
      message: problems.map(({ message }) => message).join(' '),
      ...place,
      extensions: { code: problems[0]?.code ?? 'BAD_USER_INPUT', problems, correlationId },
    };
  }
  const code = String(formatted.extensions?.['code'] ?? '');
  if (isUnexpected(error))
    return {
      message: MASKED[locale],
      ...place,
      extensions: { code: 'INTERNAL_SERVER_ERROR', correlationId },
    };
  const tooLarge = code === 'GRAPHQL_PARSE_FAILED' && formatted.message.includes('tokens');
  const words = tooLarge || code.startsWith('QUERY_TOO_') ? TOO_MUCH : NOT_THE_CONTRACT;
  return {
    message: `${words[locale]}: ${formatted.message}`,
    ...place,
    extensions: { code: tooLarge ? 'QUERY_TOO_LARGE' : code, correlationId },
  };
}

/** What follows is GraphQL's own, in English: it speaks to the developer of the client, not to its user. */
const NOT_THE_CONTRACT: Readonly<Record<Locale, string>> = {
  id: 'Permintaan tidak sesuai dengan kontrak API',
  en: 'The request does not fit the contract of the API',
};
const TOO_MUCH: Readonly<Record<Locale, string>> = {
  id: 'Permintaan meminta terlalu banyak sekaligus',
  en: 'The request asks for too much at once',
};

const MASKED: Readonly<Record<Locale, string>> = {
  id: 'Terjadi kesalahan di sistem; sebutkan nomor rujukan ini kepada pengelola.',
  en: 'Something went wrong in the system; give this reference to the operator.',
};
