/** A leaf of JSON. */
type Leaf = string | number | boolean | null;

/**
 * A list of values of JSON, member by member instead of value by value: what all of them have in common is said once, and what is
 * alike lies side by side. Of what a shard's people came to this makes, compressed, half of what the list itself makes.
 */
export type Columns =
  | { readonly leaves: readonly Leaf[] }
  /** So many times the same. */
  | { readonly count: number; readonly leaf: Leaf }
  /** Objects of one shape. */
  | { readonly count: number; readonly names: readonly string[]; readonly of: readonly Columns[] }
  /** Lists, one after the other. */
  | { readonly lengths: Columns; readonly of: Columns }
  /** Values of several kinds: of which each is, and each kind by itself. */
  | { readonly kinds: Columns; readonly of: readonly Columns[] };

type Members = Readonly<Record<string, unknown>>;

/** Values that look alike: leaves, lists, or objects with the same members in the same order. */
interface Kind {
  readonly leaves: Leaf[];
  readonly lists: (readonly unknown[])[];
  readonly objects: Members[];
  /** Null: they are no objects. */
  readonly names: readonly string[] | null;
}

/** What `fromColumns` makes the same text of as JSON.stringify makes of `values`. @throws TypeError for what JSON has no word for */
export function toColumns(values: readonly unknown[]): Columns {
  if (values.every(isLeaf)) return leavesOf(values);
  const kinds: Kind[] = [];
  const kindOf: number[] = [];
  for (const value of values) {
    let at = kinds.findIndex((kind) => fits(kind, value));
    if (at === -1) at = kinds.push({ leaves: [], lists: [], objects: [], names: namesOf(value) }) - 1;
    const kind = kinds[at];
    if (isLeaf(value)) kind?.leaves.push(value);
    else if (Array.isArray(value)) kind?.lists.push(value);
    else if (isObject(value)) kind?.objects.push(value);
    else throw new TypeError(`JSON has no word for ${typeof value}`);
    kindOf.push(at);
  }
  const [first = { leaves: [], lists: [], objects: [], names: null }, second] = kinds;
  return second === undefined ? columnsOf(first) : { kinds: leavesOf(kindOf), of: kinds.map(columnsOf) };
}

function columnsOf({ leaves, lists, objects, names }: Kind): Columns {
  if (names !== null) {
    const of = names.map((name) => toColumns(objects.map((object) => object[name])));
    return { count: objects.length, names, of };
  }
  if (lists.length > 0) {
    return { lengths: toColumns(lists.map(({ length }) => length)), of: toColumns(lists.flat()) };
  }
  return leavesOf(leaves);
}

function leavesOf(leaves: readonly Leaf[]): Columns {
  const [leaf] = leaves;
  return leaf !== undefined && leaves.every((one) => one === leaf)
    ? { count: leaves.length, leaf }
    : { leaves };
}

const isLeaf = (value: unknown): value is Leaf =>
  value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
const isObject = (value: unknown): value is Members => typeof value === 'object' && value !== null;

/** Null of what is no object. A member that is undefined is none, as in JSON. */
const namesOf = (value: unknown): readonly string[] | null =>
  isObject(value) && !Array.isArray(value)
    ? Object.keys(value).filter((name) => value[name] !== undefined)
    : null;

function fits({ lists, names, leaves }: Kind, value: unknown): boolean {
  if (!isObject(value)) return leaves.length > 0;
  if (Array.isArray(value)) return lists.length > 0;
  if (names === null) return false;
  let at = 0;
  for (const name in value) {
    if (value[name] === undefined) continue;
    if (name !== names[at]) return false;
    at += 1;
  }
  return at === names.length;
}

/**
 * The values as they were; a list, as earlier releases wrote it, as it is.
 * @template T of the values that `toColumns` was given: nothing is checked
 */
export const fromColumns = <T>(stored: Columns | readonly T[]): readonly T[] =>
  'length' in stored ? stored : (valuesOf(stored) as readonly T[]);

function valuesOf(columns: Columns): readonly unknown[] {
  if ('leaves' in columns) return columns.leaves;
  if ('leaf' in columns) return Array.from({ length: columns.count }, () => columns.leaf);
  if ('names' in columns) return objectsOf(columns);
  if ('lengths' in columns) {
    const values = valuesOf(columns.of);
    let from = 0;
    return valuesOf(columns.lengths).map((length) => {
      const to = from + Number(length);
      const list = values.slice(from, to);
      from = to;
      return list;
    });
  }
  const kinds = columns.of.map((of) => valuesOf(of).values());
  return valuesOf(columns.kinds).map((kind) => kinds[Number(kind)]?.next().value);
}

function objectsOf({ count, names, of }: Extract<Columns, { readonly names: unknown }>): Members[] {
  const objects = Array.from({ length: count }, (): Record<string, unknown> => ({}));
  const members = of.map(valuesOf);
  for (const [at, object] of objects.entries()) {
    for (let member = 0; member < names.length; member += 1) {
      object[String(names[member])] = members[member]?.[at];
    }
  }
  return objects;
}
