import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import {
  buildASTSchema,
  buildSchema,
  type GraphQLNamedType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isNonNullType,
  isObjectType,
  isSpecifiedScalarType,
  lexicographicSortSchema,
  parse,
  printSchema,
  validateSchema,
  visit,
} from 'graphql';
import { describe, expect, test } from 'vitest';
import { ruleOf, rules } from '../../functions/domain/access-policy.ts';
import { combine } from '../../functions/graphql/combine.ts';
import { typeDefs } from '../../functions/graphql/generated/type-defs.ts';
import { groups } from '../../functions/graphql/resolvers.ts';
import { scalarResolvers } from '../../functions/graphql/scalars.ts';
import { buildApiSchema, describe as describeSchema } from '../../functions/graphql/schema.ts';

const schema = buildSchema(typeDefs);
const resolvers = combine(await Promise.all(Object.values(groups).map((load) => load())));
const types = Object.values(schema.getTypeMap()).filter(
  (type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type),
);
const rootFields = (['Query', 'Mutation'] as const).flatMap((root) =>
  Object.keys(fieldsOf(schema.getType(root))).map((field) => ({ root, field })),
);

function fieldsOf(type: GraphQLNamedType | undefined): Readonly<Record<string, unknown>> {
  return isObjectType(type) || isInterfaceType(type) || isInputObjectType(type) ? type.getFields() : {};
}

/** `Type`, `Type.field`, `Type.field.argument` of everything that has no description. */
function undescribed(type: GraphQLNamedType): string[] {
  const missing = type.description ? [] : [type.name];
  if (isEnumType(type))
    missing.push(
      ...type.getValues().flatMap(({ name, description }) => (description ? [] : [`${type.name}.${name}`])),
    );
  if (isInputObjectType(type) || isObjectType(type) || isInterfaceType(type))
    for (const field of Object.values(type.getFields())) {
      if (!field.description) missing.push(`${type.name}.${field.name}`);
      if (!('args' in field)) continue;
      for (const argument of field.args)
        if (!argument.description && argument.name !== 'input')
          missing.push(`${type.name}.${field.name}.${argument.name}`);
    }
  return missing;
}

describe('the contract', () => {
  test('describes every type, field, argument and value', () => {
    expect(types.flatMap(undescribed)).toEqual([]);
  });

  test('is what the SDL says, and so are the generated types', async () => {
    const check = promisify(execFile)(process.execPath, ['schema/codegen.ts', '--check']);
    await expect(check).resolves.toMatchObject({ stderr: '' });
  });

  test('gives every field of Query and Mutation a resolver', () => {
    const without = rootFields.filter(({ root, field }) => !Object.hasOwn(resolvers[root] ?? {}, field));
    expect(without).toEqual([]);
  });

  test('has every field that a resolver answers', () => {
    const unknown = Object.entries<object>(resolvers).flatMap(([type, fields]) =>
      Object.keys(fields)
        .filter((field) =>
          field === '__resolveType'
            ? !isInterfaceType(schema.getType(type))
            : !isObjectType(schema.getType(type)) || !Object.hasOwn(fieldsOf(schema.getType(type)), field),
        )
        .map((field) => `${type}.${field}`),
    );
    expect(unknown).toEqual([]);
  });

  test('is what the endpoint serves: in production without descriptions, and elsewhere with them', async () => {
    expect(validateSchema(schema)).toEqual([]);
    const served = buildApiSchema();
    const bare = visit(parse(typeDefs), {
      enter: (node) => ('description' in node ? { ...node, description: undefined } : undefined),
    });
    expect(printSchema(lexicographicSortSchema(served))).toBe(
      printSchema(lexicographicSortSchema(buildASTSchema(bare))),
    );
    await describeSchema(served);
    expect(printSchema(lexicographicSortSchema(served))).toBe(printSchema(lexicographicSortSchema(schema)));
  });

  test('has no default of a scalar of its own, whose text nobody would have read', () => {
    const inputs = types.flatMap((type) => {
      if (isInputObjectType(type)) return Object.values(type.getFields());
      return isObjectType(type) || isInterfaceType(type)
        ? Object.values(type.getFields()).flatMap(({ args }) => args)
        : [];
    });
    const own = inputs.filter(
      ({ type, defaultValue }) =>
        defaultValue !== undefined && Object.hasOwn(scalarResolvers, String(getNamedType(type))),
    );
    expect(own).toEqual([]);
  });

  test('gives every mutation one input, and a payload that tells what is wrong', () => {
    const mutations = schema.getMutationType()?.getFields() ?? {};
    for (const { name, args, type } of Object.values(mutations)) {
      expect([name, args.map((each) => each.name)]).toEqual([name, ['input']]);
      const payload = schema.getType(String(type).replace('!', ''));
      expect([name, Object.keys(fieldsOf(payload))]).toEqual([name, expect.arrayContaining(['userErrors'])]);
    }
  });

  test('pages every connection forwards', () => {
    const fields = types.filter(isObjectType).flatMap((type) =>
      Object.values(type.getFields())
        .filter((field) => /Connection!?$/.test(String(field.type)))
        .map((field) => [`${type.name}.${field.name}`, field.args.map(({ name }) => name)] as const),
    );
    expect(fields.length).toBeGreaterThan(4);
    for (const [name, args] of fields)
      expect([name, args]).toEqual([name, expect.arrayContaining(['after', 'first'])]);
  });
});

describe('the access policy', () => {
  test('names every field of Query and Mutation', () => {
    const without = rootFields
      .map(({ root, field }) => `${root}.${field}`)
      .filter((name) => ruleOf(name) === null);
    expect(without).toEqual([]);
  });

  test('leaves nothing required that it may refuse below a type: who may not see it reads null', () => {
    const required = Object.keys(rules).filter((name) => {
      const [type = '', field = ''] = name.split('.');
      if (type === 'Query' || type === 'Mutation') return false;
      const parent = schema.getType(type);
      return isObjectType(parent) && isNonNullType(parent.getFields()[field]?.type);
    });
    expect(required).toEqual([]);
  });

  test('names no field that does not exist', () => {
    const unknown = Object.keys(rules).filter((name) => {
      const [type = '', field = ''] = name.split('.');
      return !Object.hasOwn(fieldsOf(schema.getType(type)), field);
    });
    expect(unknown).toEqual([]);
  });
});
