import { readFileSync } from 'node:fs';
import { getIntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { limits } from '../../functions/graphql/limits.ts';
import { auditor, employee, hrAdmin, nobody, post, send } from './endpoint-client.ts';
import { type EndpointUnderTest, endpointUnderTest } from './endpoint-under-test.ts';

let api: EndpointUnderTest;
let production: EndpointUnderTest;
beforeAll(async () => {
  [api, production] = await Promise.all([endpointUnderTest(), endpointUnderTest({ stage: 'produksi' })]);
});
afterAll(() => Promise.all([api.drop(), production.drop()]));

const nested = (field: string, depth: number, leaf: string): string =>
  `${`${field} { `.repeat(depth)}${leaf}${' }'.repeat(depth)}`;

const codesOf = async (query: string, who: Parameters<typeof send>[1] = employee, variables: object = {}) => {
  const { codes, status } = await send(api.handler, who, query, variables);
  return { codes, status };
};

describe('what one operation may ask for', () => {
  test.each([
    ['tokens', `{ units { ${'id '.repeat(limits.tokens)} } }`, 'QUERY_TOO_LARGE'],
    ['depth', `{ units { ${nested('parent', limits.depth, 'id')} } }`, 'QUERY_TOO_DEEP'],
    [
      'aliases',
      `{ ${Array.from({ length: limits.aliases + 1 }, (_, at) => `a${at}: __typename`).join(' ')} viewer { id } }`,
      'QUERY_TOO_MANY_ALIASES',
    ],
    ['fields of Query', `{ ${'viewer { id } '.repeat(limits.rootFields + 1)} }`, 'QUERY_TOO_COSTLY'],
    ['objects of nested lists', '{ units { subtree { subtree { subtree { id } } } } }', 'QUERY_TOO_COSTLY'],
    [
      '`first` of nested lists',
      '{ units { subtree { staff(first: 100) { nodes { id unit { id } } } } } }',
      'QUERY_TOO_COSTLY',
    ],
  ])('%s', async (_, query, code) => {
    expect(await codesOf(query)).toEqual({ codes: [code], status: 400 });
  });

  test.each([
    [
      'the comments on every result',
      '{ unit(id: "u") { staff(first: 100) { nodes { results { feedback { group } } } } } }',
    ],
    [
      'the revisions of every plan',
      '{ units { subtree { staff(first: 10) { nodes { plan(year: 2026) { revisions { revision } } } } } } }',
    ],
    [
      'the tasks, many times over',
      `{ ${Array.from({ length: 12 }, (_, at) => `t${at}: myTasks(first: 1) { totalCount }`).join(' ')} }`,
    ],
  ])('a read of its own for each of many objects: %s', async (_, query) => {
    expect(await codesOf(query)).toEqual({ codes: ['QUERY_TOO_COSTLY'], status: 400 });
  });

  test('depth and cost are the same through fragments and variables', async () => {
    const fragments = Array.from(
      { length: limits.depth },
      (_, at) => `fragment F${at} on Unit { parent { ${at === 0 ? 'id' : `...F${at - 1}`} } }`,
    );
    const deep = `{ units { ...F${limits.depth - 1} } } ${fragments.join(' ')}`;
    expect((await codesOf(deep)).codes).toEqual(['QUERY_TOO_DEEP']);

    const costly = 'query ($n: Int!) { units { subtree { staff(first: $n) { nodes { unit { id } } } } } }';
    expect((await codesOf(costly, employee, { n: 100 })).codes).toEqual(['QUERY_TOO_COSTLY']);
    expect((await codesOf(costly, employee, { n: 1 })).codes).toEqual(['QUERY_TOO_COSTLY']);
    const small = 'query ($n: Int!) { units { staff(first: $n) { nodes { unit { id } } } } }';
    expect((await codesOf(small, employee, { n: 20 })).codes).toEqual([]);
  });

  test.each([
    [
      '{ units { subtree { subtree { subtree { id } } } } }',
      /: \d+ \(paling banyak 50000\)$/,
      /: \d+ \(at most 50000\)$/,
    ],
    [
      `{ units { ${'id '.repeat(limits.tokens)} } }`,
      /: dokumen berisi lebih dari 3000 token$/,
      /: the document has more than 3000 tokens$/,
    ],
  ])('is said in one language: %#', async (query, indonesian, english) => {
    const wordsIn = async (language: string) =>
      (await send(api.handler, employee, query, {}, { language })).errors.map(({ message }) => message);
    expect(await wordsIn('id')).toEqual([expect.stringMatching(indonesian)]);
    expect(await wordsIn('en')).toEqual([expect.stringMatching(english)]);
  });

  test('fragments that multiply are refused before they are spread', async () => {
    const doubling = Array.from(
      { length: 40 },
      (_, at) =>
        `fragment D${at} on Unit { ${at === 0 ? 'id' : `a${at}: parent { ...D${at - 1} } b${at}: parent { ...D${at - 1} }`} }`,
    );
    const started = performance.now();
    const { codes } = await codesOf(`{ units { ...D39 } } ${doubling.join(' ')}`);
    expect(codes).toHaveLength(1);
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  const importUnits = 'mutation ($i: ImportUnitsInput!) { importUnits(input: $i) { imported } }';
  const manyKeys = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, at) => [`k${at}`, 1]));

  test.each([
    ['keys that no input has', { i: manyKeys(5_000) }, 'BAD_REQUEST'],
    ['mistakes in every row', { i: { rows: Array(50_000).fill(1) } }, 'BAD_USER_INPUT'],
    [
      'a long text that every error would quote',
      { i: { ...manyKeys(9), text: 'x'.repeat(900_000) } },
      'BAD_USER_INPUT',
    ],
    [
      'the same in more errors than are told',
      { i: { ...manyKeys(90), text: 'x'.repeat(900_000) } },
      'BAD_USER_INPUT',
    ],
  ])('variables with %s cost little and are answered shortly', async (_, variables, code) => {
    const before = process.cpuUsage();
    const { status, text, codes } = await send(api.handler, hrAdmin, importUnits, variables);
    const { user, system } = process.cpuUsage(before);

    expect({ status, codes: new Set(codes) }).toEqual({ status: 400, codes: new Set([code]) });
    expect(text.length).toBeLessThan(50_000);
    expect((user + system) / 1_000).toBeLessThan(1_000);
  });

  test('a body that no recursion survives is refused, and one of fifty levels is read', async () => {
    const nestedBody = (depth: number) =>
      `{"query":"{ viewer { id } }","variables":{"v":${'['.repeat(depth)}"\\ud83d\\ude00"${']'.repeat(depth)}}}`;
    expect(await post(api.handler, nestedBody(100_000), employee)).toMatchObject({
      status: 400,
      codes: ['BAD_REQUEST'],
    });
    expect(await post(api.handler, nestedBody(limits.nesting - 3), employee)).toMatchObject({
      status: 200,
      codes: [],
    });
  });

  test('what no client of this contract sends is no failure of the service', async () => {
    expect(await codesOf('subscription { viewer { id } }')).toEqual({
      codes: ['OPERATION_RESOLUTION_FAILURE'],
      status: 400,
    });
    const persisted = {
      query: '{ viewer { id } }',
      extensions: { persistedQuery: { version: 1, sha256Hash: 'ab' } },
    };
    const { codes } = await post(api.handler, JSON.stringify(persisted), employee);
    expect(codes).toEqual(['PERSISTED_QUERY_NOT_SUPPORTED']);
  });

  test('an argument that cannot be counted lets nothing else through', async () => {
    const query =
      'query ($n: Int) { a: goals(first: $n) { nodes { id } } units { subtree { subtree { subtree { id } } } } }';
    expect((await codesOf(query, employee, {})).codes).toEqual(['QUERY_TOO_COSTLY']);
    expect((await codesOf(query, employee, { n: null })).codes).toEqual(['BAD_USER_INPUT']);
  });

  test('a document that is sent again is counted by what it is sent with, and for whom', async () => {
    const query =
      'query ($first: Int!, $with: Boolean!) { units { staff(first: $first) { nodes { id plan(year: 2026) @include(if: $with) { revisions { revision } } } } } }';
    const small = { first: 1, with: true };
    const refused = { codes: ['QUERY_TOO_COSTLY'], status: 400 };
    const done = { codes: [], status: 200 };
    for (let time = 0; time < 2; time += 1) {
      expect(await codesOf(query, employee, small)).toEqual(done);
      expect(await codesOf(query, employee, { first: 100, with: true })).toEqual(refused);
      expect(await codesOf(query, employee, { first: 100, with: false })).toEqual(done);
    }
    // Who may not ask for it costs nothing, and is told that they may not.
    const rows = 'nodes { staff { unit { subtree { id } } } }';
    const ofOffice = `query ($first: Int!) { ${Array.from({ length: 20 }, (_, at) => `l${at}: lateCorrections(periodId: "2026", first: $first) { ${rows} }`).join(' ')} }`;
    for (let time = 0; time < 2; time += 1) {
      expect(await codesOf(ofOffice, hrAdmin, { first: 100 })).toEqual(refused);
      expect((await codesOf(ofOffice, employee, { first: 100 })).codes).toContain('FORBIDDEN');
    }
  });

  test('without a login it is a tenth', async () => {
    const query = '{ units { children { children { subtree { id } } } } }';
    expect((await codesOf('{ units { children { children { id } } } }', nobody)).codes).toEqual([
      'QUERY_TOO_COSTLY',
    ]);
    expect((await codesOf('{ units { children { id } } }', nobody)).codes).toEqual([]);
    expect((await codesOf(query)).codes).toEqual(['QUERY_TOO_COSTLY']);
  });
});

describe('the schema', () => {
  test('can be asked for in development, and not in production', async () => {
    const introspection = getIntrospectionQuery();
    expect((await send(api.handler, employee, introspection)).codes).toEqual([]);
    const refused = await send(production.handler, auditor, introspection);
    expect(refused.codes).toContain('GRAPHQL_VALIDATION_FAILED');
  });

  test.each([
    '{ unti { id } }',
    '{ unit(cod: "P") { id } }',
    '{ units { nme } }',
    'mutation { creteGoal(input: {}) { goal { id } } }',
    'query ($i: ImportUnitsInpt!) { viewer { id } }',
    'mutation { importUnits(input: { row: [] }) { imported } }',
    '{ exportTable(input: { table: STAF, format: CSV }) { csv } }',
    '{ viewer { ... on Viewr { id } } }',
    '{ viewer @inclde(if: true) { id } }',
  ])('names only what the contract has, and nothing in production: %s', async (query) => {
    const contract = new Set(readFileSync('schema/schema.graphql', 'utf8').match(/\w+/g));
    const told = async ({ handler }: typeof api, who: Parameters<typeof send>[1]) => {
      const { errors } = await send(handler, who, query);
      expect(errors.length).toBeGreaterThan(0);
      return errors.flatMap(({ message }) =>
        [...(/Did you mean (.*)$/s.exec(message)?.[1] ?? '').matchAll(/"@?(\w+)"/g)].map(
          ([, name = '']) => name,
        ),
      );
    };
    for (const who of [employee, nobody]) {
      for (const name of await told(api, who)) expect(contract).toContain(name);
      expect(await told(production, who)).toEqual([]);
    }
  });

  test('in production a misspelt field is not answered with the right one', async () => {
    const { errors } = await send(production.handler, employee, '{ unti { id } }');
    expect(errors[0]?.message).not.toContain('"unit"');
    expect((await send(api.handler, employee, '{ unti { id } }')).errors[0]?.message).toContain('"unit"');
  });
});
