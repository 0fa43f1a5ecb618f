import {
  buildASTSchema,
  type GraphQLNamedType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  parse,
} from 'graphql';
import { guarded } from './access-gate.ts';
import { outline } from './generated/outline.ts';
import { schemaOf } from './outline.ts';
import { resolverOf, typeResolverOf } from './resolvers.ts';
import { scalarResolvers } from './scalars.ts';

/** The executable schema with the access policy in front, without descriptions. */
export const buildApiSchema = (): GraphQLSchema =>
  schemaOf(outline, {
    scalars: scalarResolvers,
    resolverOf: (field) => guarded(field, resolverOf(field.type, field.field, field.group)),
    typeResolverOf,
  });

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
