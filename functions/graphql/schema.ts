import {
  buildASTSchema,
  type GraphQLNamedType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isScalarType,
  parse,
} from 'graphql';
import { guardFields } from './access-gate.ts';
import { outline } from './generated/outline.ts';
import { schemaOf } from './outline.ts';
import { resolvers } from './resolvers.ts';
import { scalarResolvers } from './scalars.ts';

/**
 * The executable schema with the access policy in front, without descriptions. Throws on a resolver that the contract does not
 * know.
 */
export const buildApiSchema = (): GraphQLSchema =>
  guardFields(withResolvers(schemaOf(outline, scalarResolvers)));

/** Sets the resolvers in the schema itself: a library would copy every type of it several times. */
function withResolvers(schema: GraphQLSchema): GraphQLSchema {
  for (const [name, fields] of Object.entries<object>(resolvers)) {
    const type = schema.getType(name);
    if (isScalarType(type)) continue;
    for (const [field, resolve] of Object.entries(fields)) {
      const known = isObjectType(type) ? type.getFields()[field] : undefined;
      if (typeof resolve !== 'function') throw new TypeError(`${name}.${field} is no function`);
      if (known !== undefined) known.resolve = resolve;
      else if (isInterfaceType(type) && field === '__resolveType') type.resolveType = resolve;
      else throw new TypeError(`a resolver of ${name}.${field}, which the contract does not know`);
    }
  }
  return schema;
}

/** Gives the schema the descriptions of the SDL, for stages that answer with the schema itself: they take time to load. */
export async function describe(schema: GraphQLSchema): Promise<void> {
  const { typeDefs } = await import('./generated/type-defs.ts');
  const described = buildASTSchema(parse(typeDefs, { noLocation: true }), {
    assumeValid: true,
    assumeValidSDL: true,
  });
  for (const from of Object.values(described.getTypeMap())) {
    const to = schema.getType(from.name);
    if (to === undefined || from.name.startsWith('__')) continue;
    to.description = from.description;
    copyDescriptions(membersOf(from), membersOf(to));
  }
}

interface Member {
  readonly name: string;
  description?: string | null | undefined;
  readonly args?: readonly Member[];
}

const membersOf = (type: GraphQLNamedType): readonly Member[] =>
  isEnumType(type)
    ? type.getValues()
    : isObjectType(type) || isInterfaceType(type) || isInputObjectType(type)
      ? Object.values<Member>(type.getFields())
      : [];

function copyDescriptions(from: readonly Member[], to: readonly Member[]): void {
  const byName = new Map(to.map((member) => [member.name, member]));
  for (const { name, description, args } of from) {
    const member = byName.get(name);
    if (member === undefined) continue;
    member.description = description;
    if (args !== undefined && member.args !== undefined) copyDescriptions(args, member.args);
  }
}
