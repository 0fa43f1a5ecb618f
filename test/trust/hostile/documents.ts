/** GraphQL documents made from the schema: good ones, and those of somebody who wants to break something. */
import fc from 'fast-check';
import {
  buildSchema,
  type GraphQLField,
  type GraphQLInputType,
  getNamedType,
  getNullableType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
} from 'graphql';
import { typeDefs } from '../../../functions/graphql/generated/type-defs.ts';

type Field = GraphQLField<unknown, unknown>;
/** What a request asks: the document and its variables. */
export interface Operation {
  readonly query: string;
  readonly variables?: unknown;
  readonly operationName?: unknown;
  readonly extensions?: unknown;
}

const schema = buildSchema(typeDefs);
const fieldsOf = (name: 'getQueryType' | 'getMutationType'): readonly Field[] =>
  Object.values(schema[name]()?.getFields() ?? {});
const queries = fieldsOf('getQueryType');
const mutations = fieldsOf('getMutationType');
const typeNames = Object.keys(schema.getTypeMap());

/** Texts that are more than letters. */
export const nastyText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '__proto__',
    'constructor',
    'toString',
    '#',
    '%',
    'STAFF#1',
    '../../etc/passwd',
    '\u0000',
    '\u202e',
    '\ufeff',
    '😀',
    'e\u0301',
    "' OR 1=1 --",
    '{"$gt":""}',
    '=1+1',
    '<script>alert(1)</script>',
    '9'.repeat(400),
    'İ',
    'ﬀ',
  ),
  fc.string({ unit: 'grapheme', maxLength: 30 }),
  fc.string({ unit: 'binary', maxLength: 30 }),
);
const hugeText = fc
  .tuple(
    fc.constantFrom('x', '1', '😀', 'é', '"', '\\', '\n', '\u0000'),
    fc.integer({ min: 1_000, max: 120_000 }),
  )
  .map(([unit, times]) => unit.repeat(times));

const numbers = fc.oneof(
  fc.integer({ min: -5, max: 200 }),
  fc.constantFrom(2 ** 31, -(2 ** 31) - 1, 2 ** 53, 1e308, -0, 0.1, 5e-324),
);

/** What `jsonOf` made before: to make it takes longer than to use it. */
const values = new Map<string, fc.Arbitrary<unknown>>();

/** Values of an input type as JSON: mostly of its shape, now and then something else. */
function jsonOf(type: GraphQLInputType, depth: number): fc.Arbitrary<unknown> {
  const name = `${type} ${depth}`;
  const made = values.get(name) ?? makeJsonOf(type, depth);
  values.set(name, made);
  return made;
}

function makeJsonOf(type: GraphQLInputType, depth: number): fc.Arbitrary<unknown> {
  const nullable = getNullableType(type);
  if (depth > 4) return fc.constant(null);
  if (isListType(nullable)) return fc.array(jsonOf(nullable.ofType, depth + 1), { maxLength: 3 });
  if (isEnumType(nullable))
    return fc.constantFrom(...nullable.getValues().map(({ name }) => name), 'NO_SUCH');
  if (isInputObjectType(nullable)) {
    const fields = Object.values(nullable.getFields());
    return fc.record(Object.fromEntries(fields.map((field) => [field.name, jsonOf(field.type, depth + 1)])), {
      requiredKeys: fields.filter(isRequiredInputField).map(({ name }) => name),
    });
  }
  switch (nullable.toString()) {
    case 'Int':
    case 'Float':
      return numbers;
    case 'Boolean':
      return fc.boolean();
    case 'Date':
      return fc.constantFrom('2026-03-31', '2026-02-30', '0000-00-00', '9999-12-31', '');
    case 'Month':
      return fc.constantFrom('2026-03', '2026-13', '');
    case 'DateTime':
      return fc.constantFrom('2026-03-31T00:00:00.000Z', '2026-03-31T25:00:00Z', 'now');
    case 'Decimal':
      return fc.constantFrom('1', '-1', '1e9', '0.0000001', '9'.repeat(60), '');
    default:
      return fc.oneof(
        { weight: 4, arbitrary: fc.constantFrom('none', 'a', '2026', '198001012005011001') },
        { weight: 2, arbitrary: nastyText },
      );
  }
}
const anyJson = fc.jsonValue();

/** Draws numbers from 0 up to, and without, a bound; from a number that fast-check has drawn, and much faster than it. */
export type Draw = (bound: number) => number;
export const drawFrom = (seed: number): Draw => {
  let state = seed | 0;
  return (bound) => {
    // Mulberry32
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % bound;
  };
};
export const draws = fc.integer().map(drawFrom);

/** Some of a list, at least one, in its order. */
function someOf<T>(all: readonly T[], most: number, draw: Draw): readonly T[] {
  const chosen = new Set(Array.from({ length: 1 + draw(most) }, () => draw(all.length)));
  return all.filter((_, at) => chosen.has(at));
}

/** What is selected of a field, in depth. */
function selectionOf(field: Field, depth: number, draw: Draw): string {
  const type = getNamedType(field.type);
  if (!isCompositeType(type)) return '';
  if (!isObjectType(type) || depth === 0) return ' { __typename }';
  const open = Object.values(type.getFields()).filter(
    ({ args, type: of }) =>
      !args.some(isRequiredArgument) && (depth > 1 || !isCompositeType(getNamedType(of))),
  );
  if (open.length === 0) return ' { __typename }';
  return ` { ${someOf(open, 5, draw)
    .map((each) => each.name + selectionOf(each, depth - 1, draw))
    .join(' ')} }`;
}

/** An operation that the schema knows, with its arguments as variables. */
const known: fc.Arbitrary<Operation> = draws.chain((draw) => {
  const isQuery = draw(2) === 0;
  const fields = someOf(isQuery ? queries : mutations, isQuery ? 3 : 2, draw);
  const variables: Record<string, fc.Arbitrary<unknown>> = {};
  const declared: string[] = [];
  const selected = fields.map((field, at) => {
    const given = field.args
      .filter((argument) => isRequiredArgument(argument) || draw(2) === 0)
      .map((argument) => {
        const name = `v${at}${argument.name}`;
        declared.push(`$${name}: ${argument.type}`);
        variables[name] = draw(12) === 0 ? anyJson : jsonOf(argument.type, 0);
        return `${argument.name}: $${name}`;
      });
    return (
      field.name + (given.length > 0 ? `(${given.join(', ')})` : '') + selectionOf(field, 1 + draw(4), draw)
    );
  });
  const head = declared.length > 0 ? `(${declared.join(', ')})` : '';
  const query = `${isQuery ? 'query' : 'mutation'} Q${head} { ${selected.join(' ')} }`;
  return fc.record(variables).map((given) => ({ query, variables: given }));
});

const times = (min: number, max: number) => fc.integer({ min, max });
const list = (count: number, each: (at: number) => string, glue = ' '): string =>
  Array.from({ length: count }, (_, at) => each(at)).join(glue);
const importUnits = 'mutation ($i: ImportUnitsInput!) { importUnits(input: $i) { imported } }';
const ofVariable = (i: unknown): Operation => ({ query: importUnits, variables: { i } });
const only = (query: string): Operation => ({ query });

/** Documents and variables that are meant to cost, each family with sizes of its own. */
const costly: readonly fc.Arbitrary<Operation>[] = [
  // Depth
  times(1, 700).map((n) => only(`{ ${'units { '.repeat(n)}id${' }'.repeat(n)} }`)),
  times(1, 700).map((n) => only(`{ units { ${'parent { '.repeat(n)}id${' }'.repeat(n)} } }`)),
  times(1, 700).map((n) => only(`{ ${'... { '.repeat(n)}viewer { id }${' }'.repeat(n)} }`)),
  times(1, 1_200).map((n) =>
    only(`mutation { importUnits(input: { rows: ${'['.repeat(n)}${']'.repeat(n)} }) { imported } }`),
  ),
  times(1, 700).map((n) =>
    only(`mutation { importUnits(input: ${'{ rows: '.repeat(n)}1${' }'.repeat(n)}) { imported } }`),
  ),
  times(1, 900).map((n) => only(`query ($v: ${'['.repeat(n)}Int${']'.repeat(n)}) { viewer { id } }`)),
  // Aliases, the same field again, the same argument again
  times(1, 400).map((n) => only(`{ ${list(n, (at) => `a${at}: viewer { id }`)} }`)),
  times(1, 1_400).map((n) => only(`{ viewer { ${list(n, (at) => `a${at}: id`)} } }`)),
  times(1, 2_900).map((n) => only(`{ viewer { ${'id '.repeat(n)} } }`)),
  times(1, 700).map((n) => only(`{ ${'viewer { id } '.repeat(n)} }`)),
  times(1, 300).map((n) => only(`{ ${list(n, (at) => `x: unit(id: "${at}") { parent { id } }`)} }`)),
  times(1, 700).map((n) => only(`{ unit(${list(n, () => 'id: "a"')}) { id } }`)),
  times(2, 12).chain((n) =>
    times(1_000, 60_000).map((length) =>
      only(
        `{ ${list(n, (at) => `${'a'.repeat(length)}: ${at % 2 === 0 ? 'viewer { id }' : 'units { id }'}`)} }`,
      ),
    ),
  ),
  // Fragments: in a loop, each spread in each, doubling, in a chain, unused, unknown
  times(1, 400).map((n) =>
    only(`{ viewer { ...F0 } } ${list(n, (at) => `fragment F${at} on Viewer { ...F${(at + 1) % n} }`)}`),
  ),
  times(1, 34).map((n) =>
    only(
      `{ units { ...F0 } } ${list(n, (at) => `fragment F${at} on Unit { ${list(n, (to) => `...F${to}`)} }`)}`,
    ),
  ),
  times(1, 120).map((n) =>
    only(
      `{ units { ...D${n} } } fragment D0 on Unit { id } ${list(n, (at) => `fragment D${at + 1} on Unit { a${at}: parent { ...D${at} } b${at}: parent { ...D${at} } }`)}`,
    ),
  ),
  times(1, 120).map((n) =>
    only(
      `{ units { ...D${n} } } fragment D0 on Unit { id } ${list(n, (at) => `fragment D${at + 1} on Unit { parent { ...D${at} } parent { ...D${at} } }`)}`,
    ),
  ),
  times(1, 20).chain((levels) =>
    times(1, 6).map((wide) =>
      only(
        `{ ${'units { ...A0 ...B0 } '.repeat(wide)} } ${list(levels, (at) => `fragment A${at} on Unit { parent { ...A${at + 1} ...B${at + 1} } parent { ...B${at + 1} } } fragment B${at} on Unit { parent { ...A${at + 1} ...B${at + 1} } }`)} fragment A${levels} on Unit { id } fragment B${levels} on Unit { name }`,
      ),
    ),
  ),
  times(1, 200).map((n) =>
    only(
      `{ ${list(n, (at) => `...A${at}`)} } ${list(n, (at) => `fragment A${at} on Query { x: units { parent { id } } }`)}`,
    ),
  ),
  times(1, 400).map((n) => only(`{ viewer { id } } ${list(n, (at) => `fragment U${at} on Viewer { id }`)}`)),
  times(1, 900).map((n) => only(`{ viewer { ${list(n, (at) => `...N${at}`)} } }`)),
  fc
    .constantFrom(...typeNames)
    .map((name) => only(`{ viewer { ...F } } fragment F on ${name} { __typename id }`)),
  // Directives
  times(1, 500).map((n) => only(`{ viewer { id ${'@include(if: true) '.repeat(n)} } }`)),
  times(1, 1_400).map((n) => only(`{ viewer { id ${list(n, (at) => `@d${at % 3}`)} } }`)),
  times(1, 500).map((n) => only(`query ${'@skip(if: false) '.repeat(n)} { viewer { id } }`)),
  // Variables: many, twice, unused, of unknown types
  times(1, 700).map((n) => only(`query (${list(n, (at) => `$v${at}: Int`)}) { viewer { id } }`)),
  times(1, 700).map((n) => only(`query (${'$v: Int '.repeat(n)}) { viewer { id } }`)),
  times(1, 700).map((n) => only(`query (${list(n, (at) => `$v${at}: None${at}`)}) { viewer { id } }`)),
  times(1, 700).map((n) => only(`{ units { ${list(n, (at) => `staff(first: $v${at}) { totalCount }`)} } }`)),
  // Variables: huge, deep, with keys that nobody knows, of prototypes
  times(1, 30_000).map((n) => ofVariable({ rows: Array(n).fill(1) })),
  times(1, 5_000).map((n) => ofVariable({ rows: Array(n).fill({}) })),
  times(1, 3_000).map((n) => ofVariable({ rows: Array(n).fill({ code: 'A', name: 'A', kind: 'A', x: 1 }) })),
  times(1, 9_000).map((n) =>
    ofVariable(Object.fromEntries(Array.from({ length: n }, (_, at) => [`k${at}`, 1]))),
  ),
  fc
    .tuple(times(1, 250), hugeText)
    .map(([n, text]) =>
      ofVariable({ ...Object.fromEntries(Array.from({ length: n }, (_, at) => [`k${at}`, 1])), text }),
    ),
  hugeText.map((text) => ofVariable({ rows: [{ code: text, name: text, kind: 'A' }] })),
  hugeText.map((nip) => ({ query: 'query ($nip: String!) { staff(nip: $nip) { id } }', variables: { nip } })),
  hugeText.map((id) => ({ query: 'query ($id: ID!) { unit(id: $id) { id } }', variables: { id } })),
  hugeText.map((after) => ({
    query: 'query ($after: String) { goals(first: 1, after: $after) { nodes { id } } }',
    variables: { after },
  })),
  fc.constant({
    query: importUnits,
    variables: JSON.parse('{"i":{"__proto__":{"rows":[]},"constructor":{"prototype":{}}}}'),
  }),
  // Literals: long lists, texts, numbers, names, comments, no end of white space
  times(1, 2_900).map((n) =>
    only(`mutation { importUnits(input: { rows: [${'1 '.repeat(n)}] }) { imported } }`),
  ),
  times(1, 120_000).map((n) => only(`{ goals(first: ${'1'.repeat(n)}) { nodes { id } } }`)),
  times(1, 120_000).map((n) => only(`{ staff(nip: "${'1'.repeat(n)}") { id } }`)),
  times(1, 120_000).map((n) => only(`{ goals(first: "${'1'.repeat(n)}") { nodes { id } } }`)),
  times(1, 120_000).map((n) => only(`{ staff(nip: """${'\n a'.repeat(n / 3)}""") { id } }`)),
  times(1, 120_000).map((n) => only(`{ ${'a'.repeat(n)} }`)),
  times(1, 120_000).map((n) => only(`{ viewer { id } } #${'x'.repeat(n)}`)),
  times(1, 60_000).map((n) => only(`${'\n,'.repeat(n)}{ viewer { idx } }`)),
  // Many operations, one name twice, none of that name, of another kind
  times(1, 400).map((n) => only(list(n, (at) => `query Q${at} { viewer { id } }`))),
  times(1, 400).map((n) => ({ query: 'query Q { viewer { id } } '.repeat(n), operationName: 'Q' })),
  fc.oneof(nastyText, anyJson).map((operationName) => ({
    query: 'query A { viewer { id } } query B { viewer { id } }',
    operationName,
  })),
  times(1, 300).map((n) => only(`subscription { ${'viewer { id } '.repeat(n)} }`)),
  fc.constantFrom('type A { a: Int }', 'extend type Query { a: Int }', 'schema { query: A }').map(only),
  // The schema itself, and what is nearly in it
  times(1, 300).map((n) =>
    only(`{ __schema { types { ${'fields { type { fields { name } } } '.repeat(n)} } }`),
  ),
  times(1, 400).map((n) =>
    only(`{ __type(name: "Unit") { ${'ofType { '.repeat(n)}name${' }'.repeat(n)} } }`),
  ),
  times(1, 2_900).map((n) => only(`{ ${list(n, (at) => `unit${at}`)} }`)),
  times(1, 1_400).map((n) => only(`{ units { ${list(n, (at) => `staf${at} { id }`)} } }`)),
  times(1, 500).map((n) => only(`{ units(${list(n, (at) => `kin${at}: 1`)}) { id } }`)),
  // Extensions
  anyJson.map((extensions) => ({ query: '{ viewer { id } }', extensions })),
  fc.constantFrom('{ viewer { id } }', '').map((query) => ({
    query,
    extensions: { persistedQuery: { version: 1, sha256Hash: 'ab'.repeat(32) } },
  })),
];

const PIECES = [
  '',
  '{',
  '}',
  '(',
  ')',
  '...',
  '@',
  '$',
  '"',
  '"""',
  ':',
  '!',
  '[',
  ']',
  '|',
  '\\u{1F600}',
  '\u0000',
  '#',
  '😀',
];

/** A text with a few characters or words changed, doubled, taken out or put in. */
export function mutate(text: string, pieces: readonly string[], draw: Draw): string {
  let changed = text;
  for (let change = 1 + draw(5); change > 0; change -= 1) {
    const from = draw(changed.length + 1);
    const to = Math.min(changed.length, from + draw(20));
    const put = pieces[draw(pieces.length + 1)] ?? changed.slice(from, to).repeat(2);
    changed = changed.slice(0, from) + put + changed.slice(to);
  }
  return changed;
}

const mutated: fc.Arbitrary<Operation> = fc
  .tuple(known, draws)
  .map(([operation, draw]) => ({ ...operation, query: mutate(operation.query, PIECES, draw) }));

/** Everything that may stand in a request's body. */
export const operations: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 40, arbitrary: known },
  { weight: 35, arbitrary: mutated },
  { weight: 25, arbitrary: fc.oneof(...costly) },
);
