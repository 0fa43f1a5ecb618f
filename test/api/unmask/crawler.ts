/** Asks everything that the schema can be asked, as somebody. */
import {
  buildSchema,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  getNamedType,
  getNullableType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredArgument,
  isRequiredInputField,
  isUnionType,
} from 'graphql';
import type { HttpHandler } from '../../../functions/graphql/endpoint.ts';
import { typeDefs } from '../../../functions/graphql/generated/type-defs.ts';
import { type Caller, send } from '../endpoint-client.ts';

type Field = GraphQLField<unknown, unknown>;
const schema = buildSchema(typeDefs);

/** GraphQL literals for arguments: by `field.argument`, else by an argument's name, else by its type. */
export type Arguments = Readonly<Record<string, string>>;

/** Objects inside of each other that are asked for: of a person down to the fraction of a mean, else as far as rows and their figures. */
const depthOf = (field: string): number => (field === 'viewer' || isAboutPerson(field) ? 4 : 3);

const literals: Readonly<Record<string, string>> = {
  ID: '"none"',
  String: '"none"',
  Int: '20',
  Float: '1',
  Boolean: 'true',
  Date: '"2026-03-31"',
  Month: '"2026-03"',
  DateTime: '"2026-03-31T00:00:00.000Z"',
  Decimal: '"1"',
};

/** Some value of a type, so that whatever is new in the schema is asked too. */
function literalOf(type: GraphQLInputType, values: Arguments): string {
  const nullable = getNullableType(type);
  if (isListType(nullable)) return `[${literalOf(nullable.ofType, values)}]`;
  if (isEnumType(nullable)) return nullable.getValues()[0]?.name ?? 'null';
  if (!isInputObjectType(nullable)) return literals[nullable.toString()] ?? '"none"';
  const given = Object.values(nullable.getFields())
    .filter((field) => isRequiredInputField(field) || values[field.name] !== undefined)
    .map(({ name, type: inner }) => `${name}: ${literalFor(name, inner, values)}`);
  return `{ ${given.join(', ')} }`;
}

const literalFor = (name: string, type: GraphQLInputType, values: Arguments): string => {
  const named = getNamedType(type);
  const known = isInputObjectType(named) ? undefined : values[name];
  return known ?? literalOf(type, values);
};

const isGiven = (field: Field, argument: GraphQLArgument, values: Arguments): boolean =>
  isRequiredArgument(argument) ||
  values[argument.name] !== undefined ||
  `${field.name}.${argument.name}` in values;

function argumentsOf(field: Field, values: Arguments): string {
  const given = field.args
    .filter((argument) => isGiven(field, argument, values))
    .map(({ name, type }) => `${name}: ${values[`${field.name}.${name}`] ?? literalFor(name, type, values)}`);
  return given.length === 0 ? '' : `(${given.join(', ')})`;
}

/** A field with everything below it, as deep as allowed; null where nothing can be selected. */
function selectionOf(field: Field, values: Arguments, depth: number): string | null {
  const type = getNamedType(field.type);
  const head = field.name + argumentsOf(field, values);
  if (!isCompositeType(type)) return head;
  if (depth === 0) return null;
  if (isUnionType(type)) return `${head} { __typename }`;
  // edges say the same as nodes.
  const below = Object.values(type.getFields()).flatMap((inner) =>
    inner.name === 'edges' ? [] : (selectionOf(inner, values, depth - 1) ?? []),
  );
  return below.length === 0 ? null : `${head} { ${below.join(' ')} }`;
}

/** How deep a field can be asked within the endpoint's limits, once it was found out. */
const depths = new Map<string, number>();

async function read(
  handler: HttpHandler,
  who: Caller | null,
  field: Field,
  values: Arguments,
): Promise<string> {
  const known = `${field.name} ${who === null}`;
  let refusal = 'QUERY_TOO_COSTLY';
  for (let depth = depths.get(known) ?? depthOf(field.name); depth > 0; depth -= 1) {
    const selection = selectionOf(field, values, depth);
    if (selection === null) continue;
    const { text, codes } = await send(handler, who, `{ ${selection} }`);
    if (codes.some((code) => code.startsWith('QUERY_TOO'))) continue;
    if (codes.includes('GRAPHQL_VALIDATION_FAILED')) refusal = text;
    else {
      depths.set(known, depth);
      // Refusals carry a random number for the log, and charts count those that the process has drawn.
      return text.replace(/"correlationId":"[^"]*"/g, '').replace(/zr\d+-c(\w*)-?\d+/g, 'zr');
    }
  }
  // Without a login the limits are narrow: what is refused whole tells nothing.
  if (who === null && refusal === 'QUERY_TOO_COSTLY') return refusal;
  throw new Error(`${field.name} cannot be asked: ${refusal}`);
}

/**
 * Everything that a caller can read, by field of Query.
 * @param wanted fields to ask; all if left out
 */
export async function readEverything(
  handler: HttpHandler,
  who: Caller | null,
  values: Arguments,
  wanted: (field: string) => boolean = () => true,
): Promise<Readonly<Record<string, string>>> {
  const fields = Object.values(schema.getQueryType()?.getFields() ?? {}).filter(({ name }) => wanted(name));
  const answers = await Promise.all(
    fields.map(async (field) => [field.name, await read(handler, who, field, values)] as const),
  );
  return Object.fromEntries(answers);
}

/** Whether a field of Query is asked about a person. */
export const isAboutPerson = (name: string): boolean =>
  schema
    .getQueryType()
    ?.getFields()
    [name]?.args.some(
      (argument) => ['staffId', 'rateeId'].includes(argument.name) && isNonNullType(argument.type),
    ) ?? false;
