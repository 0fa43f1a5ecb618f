import {
  buildSchema,
  type GraphQLField,
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Role, rules } from '../../functions/domain/access-policy.ts';
import { typeDefs } from '../../functions/graphql/generated/type-defs.ts';
import { countRequests } from '../support/dynamodb.ts';
import { auditor, type Caller, employee, hrAdmin, nobody, planner, send } from './endpoint-client.ts';
import { type EndpointUnderTest, endpointUnderTest } from './endpoint-under-test.ts';

const schema = buildSchema(typeDefs);

let api: EndpointUnderTest;
beforeAll(async () => {
  api = await endpointUnderTest();
});
afterAll(() => api.drop());

/** A value that the schema takes, with whatever is required and nothing else. */
function anyValue(type: GraphQLInputType): unknown {
  if (!isNonNullType(type)) return null;
  const inner = type.ofType;
  if (isListType(inner)) return [];
  // Who may export depends on the table: the catalogue is for everybody.
  if (inner.name === 'ExportTable') return 'INDICATORS';
  if (isEnumType(inner)) return inner.getValues()[0]?.name;
  if (isInputObjectType(inner))
    return Object.fromEntries(
      Object.values(inner.getFields())
        .filter((field) => isNonNullType(field.type) && field.defaultValue === undefined)
        .map((field) => [field.name, anyValue(field.type)]),
    );
  const scalars: Readonly<Record<string, unknown>> = {
    Int: 1,
    Boolean: true,
    Date: '2026-01-01',
    Month: '2026-01',
    DateTime: '2026-01-01T00:00:00.000Z',
    Decimal: '1',
  };
  return scalars[String(inner)] ?? 'x';
}

/** The shortest operation that asks for a field. */
function operationOf(root: 'Query' | 'Mutation', field: GraphQLField<unknown, unknown>) {
  const required = field.args.filter((each) => isNonNullType(each.type) && each.defaultValue === undefined);
  const declared = required.map((each) => `$${each.name}: ${String(each.type)}`).join(', ');
  const passed = required.map((each) => `${each.name}: $${each.name}`).join(', ');
  const named = schema.getType(String(field.type).replace(/[[\]!]/g, ''));
  const leaf = isObjectType(named)
    ? root === 'Mutation'
      ? ' { userErrors { code } }'
      : ' { __typename }'
    : '';
  const open = declared === '' ? '' : `(${declared})`;
  return {
    query: `${root.toLowerCase()} ${open} { ${field.name}${passed === '' ? '' : `(${passed})`}${leaf} }`,
    variables: Object.fromEntries(required.map((each) => [each.name, anyValue(each.type)])),
  };
}

const CALLERS: readonly (readonly [role: Role, who: Caller | null])[] = [
  ['PUBLIC', nobody],
  ['STAFF', employee],
  ['HR_ADMIN', hrAdmin],
  ['PLANNER', planner],
  ['AUDITOR', auditor],
];

const fields = (['Query', 'Mutation'] as const).flatMap((root) => {
  const type = schema.getType(root);
  return isObjectType(type) ? Object.values(type.getFields()).map((field) => ({ root, field })) : [];
});

describe('whoever has no role for a field, and no relation could help,', () => {
  const refusals = fields.flatMap(({ root, field }) => {
    const rule = rules[`${root}.${field.name}` as keyof typeof rules];
    return CALLERS.filter(([role]) => {
      const roles: readonly Role[] = role === 'PUBLIC' ? ['PUBLIC'] : ['STAFF', role];
      const byRole =
        rule.roles.some((each) => roles.includes(each)) &&
        ('own' in rule || !(root === 'Mutation' && role === 'AUDITOR'));
      return !byRole && (rule.relations.length === 0 || role === 'PUBLIC');
    }).map(([role, who]) => ({ name: `${root}.${field.name}`, role, who, root, field }));
  });

  test('is refused by the endpoint, before anything is read or written', async () => {
    expect(refusals.length).toBeGreaterThan(60);
    const count = countRequests(api.table.client);
    for (const { name, role, who, root, field } of refusals) {
      const { query, variables } = operationOf(root, field);
      const { data, codes } = await send<Record<string, { userErrors: readonly { code: string }[] }>>(
        api.handler,
        who,
        query,
        variables,
      );
      const found = root === 'Query' ? codes : data[field.name]?.userErrors.map(({ code }) => code);
      expect([name, role, found]).toEqual([
        name,
        role,
        [role === 'PUBLIC' ? 'UNAUTHENTICATED' : 'FORBIDDEN'],
      ]);
    }
    expect(count.total).toBe(0);
    count.remove();
  });
});

describe('whoever has a role for a field', () => {
  test('is not refused for want of a right', async () => {
    for (const { root, field } of fields) {
      const rule = rules[`${root}.${field.name}` as keyof typeof rules];
      const [role, who] = CALLERS.find(([each]) => rule.roles.some((allowed) => allowed === each)) ?? [];
      if (role === undefined || who === undefined) continue;
      const { query, variables } = operationOf(root, field);
      const { data, codes } = await send<Record<string, { userErrors?: readonly { code: string }[] } | null>>(
        api.handler,
        who,
        query,
        variables,
      );
      const found = [...codes, ...(data[field.name]?.userErrors?.map(({ code }) => code) ?? [])];
      const where = `${root}.${field.name} as ${role}`;
      expect([where, found.filter((code) => /FORBIDDEN|UNAUTHENTICATED|INTERNAL/.test(code))]).toEqual([
        where,
        [],
      ]);
    }
  });
});

describe('an id that is none', () => {
  interface IdArgument {
    readonly at: string;
    readonly query: (id: string) => { readonly query: string; readonly variables: object };
  }

  /** Every ID argument of Query, and of the fields of a unit and of a person, asked for with everything else that is required. */
  const idArguments = fields
    .filter(({ root }) => root === 'Query')
    .flatMap(({ field }): IdArgument[] =>
      field.args
        .filter(({ type }) => String(type).replace('!', '') === 'ID')
        .map((argument) => ({
          at: `${field.name}.${argument.name}`,
          query: (id) => withId(field, argument.name, id),
        })),
    );

  function withId(field: GraphQLField<unknown, unknown>, name: string, id: string) {
    const others = field.args.filter(
      (each) => each.name !== name && isNonNullType(each.type) && each.defaultValue === undefined,
    );
    const declared = ['$id: ID!', ...others.map((each) => `$${each.name}_: ${String(each.type)}`)].join(', ');
    const passed = [`${name}: $id`, ...others.map((each) => `${each.name}: $${each.name}_`)].join(', ');
    return {
      query: `query (${declared}) { ${field.name}(${passed}) { __typename } }`,
      variables: { id, ...Object.fromEntries(others.map((each) => [`${each.name}_`, anyValue(each.type)])) },
    };
  }

  const OF_UNIT = `query ($id: ID!) { unit(code: "U") { result(periodId: $id) { __typename } staff { nodes {
    result(periodId: $id) { __typename } } } } }`;

  const IN_FILTER =
    'query ($id: ID!) { staffMembers(filter: { unitId: $id, subtree: true }) { __typename } }';
  const IN_SCOPE =
    'query ($id: ID!) { ranking(periodId: "2026-Q1", scope: { kind: UNIT, unitId: $id }) { __typename } }';

  test.each([
    ['empty', ''],
    ['of 3,000 characters', 'x'.repeat(3_000)],
    ['with what keys are put together of', '#%'],
    ['with a control character', 'a\u0000'],
  ])('%s finds nothing, and is no failure of the service', async (_, id) => {
    expect(idArguments.length).toBeGreaterThan(10);
    await send(
      api.handler,
      hrAdmin,
      'mutation { createUnit(input: { code: "U", name: "U", kind: "U" }) { userErrors { code } } }',
    );
    const more = [OF_UNIT, IN_FILTER, IN_SCOPE].map((query) => ({
      at: query,
      query: () => ({ query, variables: { id } }),
    }));
    const asked = [...idArguments, ...more];
    for (const { at, query } of asked)
      for (const who of [nobody, auditor]) {
        const { query: text, variables } = query(id);
        const { data, codes } = await send<Record<string, unknown>>(api.handler, who, text, variables);
        expect([at, codes.filter((code) => code === 'INTERNAL_SERVER_ERROR')]).toEqual([at, []]);
        if (at === 'period.id' || at === 'policy.id') expect([at, Object.values(data)]).toEqual([at, [null]]);
      }
  });
});
