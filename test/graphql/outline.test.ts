import {
  buildSchema,
  defaultFieldResolver,
  GraphQLInterfaceType,
  GraphQLString,
  graphql,
  isInterfaceType,
  isObjectType,
} from 'graphql';
import { describe, expect, test } from 'vitest';
import { outline } from '../../functions/graphql/generated/outline.ts';
import { typeDefs } from '../../functions/graphql/generated/type-defs.ts';
import { type ResolvedField, schemaOf } from '../../functions/graphql/outline.ts';
import { groups, resolverOf } from '../../functions/graphql/resolvers.ts';
import { scalarResolvers } from '../../functions/graphql/scalars.ts';

const build = () => {
  const asked: ResolvedField[] = [];
  const schema = schemaOf(outline, {
    scalars: scalarResolvers,
    resolverOf: (field) => {
      asked.push(field);
      return defaultFieldResolver;
    },
    typeResolverOf: () => () => undefined,
  });
  return { schema, asked };
};
const contract = buildSchema(typeDefs);

describe('a schema of an outline', () => {
  test('makes the fields of a type when they are asked for, and of no other', () => {
    const { schema, asked } = build();
    expect(Object.keys(schema.getTypeMap()).sort()).toEqual(Object.keys(contract.getTypeMap()).sort());
    expect(asked).toEqual([]);

    expect(schema.getType('Staff')).toBeDefined();
    const staff = schema.getType('Staff');
    const fields = isObjectType(staff) ? Object.keys(staff.getFields()) : [];

    expect(fields.length).toBeGreaterThan(5);
    expect(asked.map(({ type, field }) => `${type}.${field}`)).toEqual(fields.map((name) => `Staff.${name}`));
  });

  test('knows what implements an interface', () => {
    const { schema } = build();
    const interfaces = Object.values(contract.getTypeMap()).filter(isInterfaceType);
    expect(interfaces.length).toBeGreaterThan(0);
    for (const known of interfaces) {
      const made = schema.getType(known.name);
      if (!isInterfaceType(made)) throw new TypeError(`${known.name} is no interface`);
      const names = contract.getPossibleTypes(known).map(({ name }) => name);
      expect(schema.getPossibleTypes(made).map(({ name }) => name)).toEqual(names);
      for (const name of names) {
        const object = schema.getType(name);
        expect(isObjectType(object) && schema.isSubType(made, object)).toBe(true);
      }
    }
    const stranger = new GraphQLInterfaceType({ name: 'Stranger', fields: { id: { type: GraphQLString } } });
    expect(schema.getPossibleTypes(stranger)).toEqual([]);
  });

  test('answers from what a parent holds where no group does, also for an introspection', async () => {
    const { schema } = build();
    const answer = await graphql({ schema, source: '{ __schema { queryType { name } } viewer { id } }' });
    expect(answer.errors?.map(({ message }) => message)).toEqual([
      'Cannot return null for non-nullable field Query.viewer.',
    ]);
  });
});

test('a field of a group that is not there fails, and does not answer from its parent', async () => {
  expect(Object.keys(groups)).not.toContain('none');
  const resolve = resolverOf('Query', 'viewer', 'none');
  const answer = async () => Reflect.apply(resolve, undefined, [{ viewer: 1 }, {}, {}, {}]);
  await expect(answer()).rejects.toThrow('no group of resolvers is called none');
});
