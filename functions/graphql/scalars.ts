import { GraphQLScalarType, Kind } from 'graphql';
import { isDate, isInstant, isMonth } from '../domain/calendar.ts';
import { type Decimal, parseDecimal } from '../domain/decimal.ts';
import { reject } from '../domain/problem.ts';

/**
 * A scalar that is text on the wire: `read` gives the value, or null when the text is none, which is INVALID_FORMAT whether it
 * was written into the operation or came as a variable.
 * @param expected the form, in no language
 */
function textScalar<T extends string>(
  name: string,
  expected: string,
  read: (text: string) => T | null,
): GraphQLScalarType<T, string> {
  const parse = (value: unknown): T => {
    const parsed = typeof value === 'string' ? read(value) : null;
    if (parsed !== null) return parsed;
    throw reject('INVALID_FORMAT', '', { expected });
  };
  return new GraphQLScalarType<T, string>({
    name,
    serialize: (value) => String(value),
    parseValue: parse,
    parseLiteral: (node) => parse(node.kind === Kind.STRING ? node.value : undefined),
  });
}

/** Takes seconds with or without a fraction and makes the one form that compares as text. */
const readInstant = (text: string): string | null => {
  const match = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.(\d{1,3}))?Z$/.exec(text);
  if (match === null) return null;
  const instant = `${match[1]}.${(match[2] ?? '').padEnd(3, '0')}Z`;
  return isInstant(instant) ? instant : null;
};

export const scalarResolvers = {
  Decimal: textScalar<Decimal>('Decimal', '"61.95"', parseDecimal),
  Date: textScalar('Date', 'YYYY-MM-DD', (text) => (isDate(text) ? text : null)),
  Month: textScalar('Month', 'YYYY-MM', (text) => (isMonth(text) ? text : null)),
  DateTime: textScalar('DateTime', 'YYYY-MM-DDThh:mm:ss.sssZ', readInstant),
};
