import {
  type GraphQLArgumentConfig,
  GraphQLEnumType,
  type GraphQLFieldConfig,
  type GraphQLFieldResolver,
  GraphQLInputObjectType,
  GraphQLInterfaceType,
  GraphQLList,
  type GraphQLNamedType,
  GraphQLNonNull,
  GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLScalarType,
  GraphQLSchema,
  type GraphQLType,
  type GraphQLTypeResolver,
  isInputType,
  isInterfaceType,
  isObjectType,
  isOutputType,
  specifiedScalarTypes,
} from 'graphql';
import type { GraphQLContext } from './context.ts';

/** An argument or a field of an input: its name, its type as the SDL writes it, and its default if it has one. */
export type InputOutline = readonly [name: string, type: string, defaultValue?: unknown];
/** `group` is that of the resolver, if there is one (resolvers.ts). */
export type FieldOutline = readonly [
  name: string,
  type: string,
  args: readonly InputOutline[],
  group?: string,
];
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
      group?: string,
    ];

export type FieldResolver = GraphQLFieldResolver<unknown, GraphQLContext>;
export type TypeResolver = GraphQLTypeResolver<unknown, GraphQLContext>;

/** A field that may have a resolver. */
export interface ResolvedField {
  readonly type: string;
  readonly field: string;
  readonly returns: GraphQLOutputType;
  readonly group: string | undefined;
}

/** What a schema does beside what its outline says. */
export interface Behaviour {
  readonly scalars: Readonly<Record<string, GraphQLScalarType>>;
  resolverOf(field: ResolvedField): FieldResolver;
  /** What tells the type of an object of which an interface alone is known. */
  typeResolverOf(type: string, group: string): TypeResolver;
}

/**
 * The schema that an outline describes. The contract was checked when the outline was made of it; here it is not checked again,
 * which would take every process that starts as long as all the rest.
 */
export function schemaOf(outline: readonly TypeOutline[], behaviour: Behaviour): GraphQLSchema {
  const scalars: Readonly<Record<string, GraphQLScalarType>> = {
    ...Object.fromEntries(specifiedScalarTypes.map((type) => [type.name, type])),
    ...behaviour.scalars,
  };
  const types = new Map<string, GraphQLType>();
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
  const outputs = (
    parent: string,
    of: readonly FieldOutline[],
  ): Record<string, GraphQLFieldConfig<unknown, GraphQLContext>> => {
    const configs: Record<string, GraphQLFieldConfig<unknown, GraphQLContext>> = {};
    for (const [name, written, args, group] of of) {
      const type = typeOf(written);
      if (!isOutputType(type)) return unknownType(written);
      const resolve = behaviour.resolverOf({ type: parent, field: name, returns: type, group });
      configs[name] = { type, args: inputs(args), resolve };
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
      fields: () => outputs(name, type[2]),
      interfaces: type[3].length === 0 ? [] : () => type[3].map(interfaceOf),
    };
    if (kind === 'object') return new GraphQLObjectType(config);
    const group = type[4];
    return new GraphQLInterfaceType(
      group === undefined ? config : { ...config, resolveType: behaviour.typeResolverOf(name, group) },
    );
  };
  const named = outline.map(make);
  for (const type of named) types.set(type.name, type);
  return new OutlinedSchema(named);
}

/**
 * A schema of types that are all given. graphql-js looks for those that are not, which makes the fields of every type; here a
 * type makes its fields when somebody asks for them, and a request asks for a few of six hundred.
 */
class OutlinedSchema extends GraphQLSchema {
  readonly #types: Record<string, GraphQLNamedType> = Object.create(null);
  readonly #implementations = new Map<string, ReturnType<GraphQLSchema['getImplementations']>>();

  constructor(types: readonly GraphQLNamedType[]) {
    super({ assumeValid: true });
    for (const type of types) this.#types[type.name] = type;
    // Those of introspection.
    Object.assign(this.#types, super.getTypeMap());
  }

  override getTypeMap(): Record<string, GraphQLNamedType> {
    return this.#types;
  }

  override getQueryType(): GraphQLObjectType {
    return this.#root('Query');
  }

  override getMutationType(): GraphQLObjectType {
    return this.#root('Mutation');
  }

  override getImplementations(of: GraphQLInterfaceType): ReturnType<GraphQLSchema['getImplementations']> {
    const known = this.#implementations.get(of.name);
    if (known !== undefined) return known;
    const all = Object.values(this.#types);
    const found = {
      objects: all.filter(isObjectType).filter((type) => type.getInterfaces().includes(of)),
      interfaces: all.filter(isInterfaceType).filter((type) => type.getInterfaces().includes(of)),
    };
    this.#implementations.set(of.name, found);
    return found;
  }

  #root(name: string): GraphQLObjectType {
    const type = this.#types[name];
    return isObjectType(type) ? type : unknownType(name);
  }
}

function unknownType(name: string): never {
  throw new TypeError(`the contract's outline has no such type: ${name}`);
}
