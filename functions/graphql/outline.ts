import {
  type GraphQLArgumentConfig,
  GraphQLEnumType,
  type GraphQLFieldConfig,
  GraphQLInputObjectType,
  GraphQLInterfaceType,
  GraphQLList,
  type GraphQLNamedType,
  GraphQLNonNull,
  GraphQLObjectType,
  type GraphQLScalarType,
  GraphQLSchema,
  type GraphQLType,
  isInputType,
  isInterfaceType,
  isObjectType,
  isOutputType,
  specifiedScalarTypes,
} from 'graphql';

/** An argument or a field of an input: its name, its type as the SDL writes it, and its default if it has one. */
export type InputOutline = readonly [name: string, type: string, defaultValue?: unknown];
export type FieldOutline = readonly [name: string, type: string, args: readonly InputOutline[]];
/** A type without its descriptions. */
export type TypeOutline =
  | readonly [kind: 'scalar', name: string]
  | readonly [kind: 'enum', name: string, values: readonly string[]]
  | readonly [kind: 'input', name: string, fields: readonly InputOutline[]]
  | readonly [
      kind: 'object' | 'interface',
      name: string,
      fields: readonly FieldOutline[],
      interfaces: readonly string[],
    ];

/**
 * The schema that an outline describes, without resolvers. The contract was checked when the outline was made of it; here it is
 * not checked again, which would take every process that starts as long as all the rest.
 */
export function schemaOf(
  outline: readonly TypeOutline[],
  scalars: Readonly<Record<string, GraphQLScalarType>>,
): GraphQLSchema {
  const types = new Map<string, GraphQLType>(specifiedScalarTypes.map((type) => [type.name, type]));
  const typeOf = (written: string): GraphQLType => {
    const known = types.get(written);
    if (known !== undefined) return known;
    const made = written.endsWith('!')
      ? new GraphQLNonNull(typeOf(written.slice(0, -1)))
      : written.startsWith('[')
        ? new GraphQLList(typeOf(written.slice(1, -1)))
        : unknownType(written);
    types.set(written, made);
    return made;
  };
  const inputs = (of: readonly InputOutline[]): Record<string, GraphQLArgumentConfig> => {
    const configs: Record<string, GraphQLArgumentConfig> = {};
    for (const [name, written, defaultValue] of of) {
      const type = typeOf(written);
      configs[name] = isInputType(type) ? { type, defaultValue } : unknownType(written);
    }
    return configs;
  };
  const outputs = (of: readonly FieldOutline[]): Record<string, GraphQLFieldConfig<unknown, unknown>> => {
    const configs: Record<string, GraphQLFieldConfig<unknown, unknown>> = {};
    for (const [name, written, args] of of) {
      const type = typeOf(written);
      configs[name] = isOutputType(type) ? { type, args: inputs(args) } : unknownType(written);
    }
    return configs;
  };
  const interfaceOf = (name: string): GraphQLInterfaceType => {
    const type = typeOf(name);
    return isInterfaceType(type) ? type : unknownType(name);
  };
  const make = (type: TypeOutline): GraphQLNamedType => {
    const [kind, name] = type;
    if (kind === 'scalar') return scalars[name] ?? unknownType(name);
    if (kind === 'enum')
      return new GraphQLEnumType({ name, values: Object.fromEntries(type[2].map((value) => [value, {}])) });
    if (kind === 'input') return new GraphQLInputObjectType({ name, fields: () => inputs(type[2]) });
    const config = {
      name,
      fields: () => outputs(type[2]),
      interfaces: type[3].length === 0 ? [] : () => type[3].map(interfaceOf),
    };
    return kind === 'object' ? new GraphQLObjectType(config) : new GraphQLInterfaceType(config);
  };
  const named = outline.map(make);
  for (const type of named) types.set(type.name, type);
  const rootOf = (name: string): GraphQLObjectType => {
    const type = typeOf(name);
    return isObjectType(type) ? type : unknownType(name);
  };
  return new GraphQLSchema({
    query: rootOf('Query'),
    mutation: rootOf('Mutation'),
    types: named,
    assumeValid: true,
  });
}

function unknownType(name: string): never {
  throw new TypeError(`the contract's outline has no such type: ${name}`);
}
