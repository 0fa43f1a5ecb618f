import { LRUCache } from 'lru-cache';

/** Characters of bodies that are kept, a packed byte counted as eight: some 100 MB of values, of the 1,769 MB that the endpoint has. */
const MOST = 48_000_000;
const PACKED = 8;

const known = new LRUCache<string, { readonly value: unknown }>({ maxSize: MOST });
const numbers = new WeakMap<object, number>();
let last = 0;

/**
 * What a body says, read once as long as it is the same, byte for byte: the table is asked every time, and what everybody needs (the
 * period, the policy, a ranking, the units' results) is not unpacked, parsed and checked for each of them again. Kept in this
 * process alone, as much as `MOST` allows, what was asked for longest ago goes first.
 * @param reader whose reading it is: an object of the program's, of which there are few
 * @returns frozen to its leaves, since others are given the same
 * @throws what `read` throws; nothing is kept then
 */
export function remembered<T>(reader: object, body: string | Uint8Array, read: () => T): T {
  const text =
    typeof body === 'string'
      ? body
      : Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('latin1');
  const key = `${numberOf(reader)}${typeof body === 'string' ? ' ' : '#'}${text}`;
  const before = known.get(key);
  if (before !== undefined) return before.value as T;
  const value = frozen(read());
  known.set(key, { value }, { size: key.length * (typeof body === 'string' ? 1 : PACKED) });
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
