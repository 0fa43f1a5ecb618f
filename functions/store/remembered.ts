import { LRUCache } from 'lru-cache';

/** Characters that are kept, of bodies and of what they say unpacked: of values some 100 MB, of the 1,769 MB that the endpoint has. */
const MOST = 50_000_000;

const known = new LRUCache<string, { readonly value: unknown }>({ maxSize: MOST });
const numbers = new WeakMap<object, number>();
let last = 0;

/** What a body says, and how long its text is unpacked. */
export interface Reading<T> {
  readonly value: T;
  readonly characters: number;
}

/**
 * What a body says, read once as long as it is the same, byte for byte: the table is asked every time, and what everybody needs (the
 * period, the policy, a ranking, the units' results) is not unpacked, parsed and checked for each of them again. Kept in this
 * process alone, as much as `MOST` allows; what was asked for longest ago goes first.
 * @param reader whose reading it is: an object of the program's, of which there are few
 * @returns frozen to its leaves, since others are given the same
 * @throws what `read` throws; nothing is kept then
 */
export function remembered<T>(reader: object, body: string | Uint8Array, read: () => Reading<T>): T {
  const text =
    typeof body === 'string'
      ? ` ${body}`
      : `#${Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('latin1')}`;
  const key = `${numberOf(reader)}${text}`;
  const before = known.get(key);
  if (before !== undefined) return before.value as T;
  const { value, characters } = read();
  known.set(key, { value: frozen(value) }, { size: key.length + characters });
  return value;
}

function numberOf(reader: object): number {
  const given = numbers.get(reader);
  if (given !== undefined) return given;
  last += 1;
  numbers.set(reader, last);
  return last;
}

function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  for (const each of Object.values(value)) frozen(each);
  return Object.freeze(value);
}
