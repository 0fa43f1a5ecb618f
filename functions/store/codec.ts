import { constants, deflateRawSync, inflateRawSync, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import * as z from 'zod/mini';
import { canonicalJson } from '../domain/canonical-json.ts';
import type { Stored } from './contract/stored.ts';
import { DICTIONARIES } from './dictionary.ts';
import { remembered } from './remembered.ts';
import type { Shape } from './schemas/forms.ts';
import type { Item } from './table.ts';

/** An item that does not fit its codec: names the key pattern and the places, never a value. */
export class StoredItemError extends Error {
  override readonly name = 'StoredItemError';
  readonly pattern: string;

  constructor(pattern: string, places: string, options?: ErrorOptions) {
    super(`stored item ${pattern} does not fit its codec: ${places}`, options);
    this.pattern = pattern;
  }
}

/** Text as stored: short ones readable, long ones compressed, for a plan shrinks to a sixth and a result to a tenth. */
export type Body = string | Uint8Array;

const COMPRESS_FROM = 1_200;
/** Of deflate. Measured on plans: within a tenth of the smallest, at half the time. */
const LEVEL = 3;
const MAX_TEXT = 64 * 1024 * 1024;
/** Bytes that unpacking reserves at a time: what most plans and results come to; zlib's own 16 kB take twice the time. */
const UNPACKED = 8 * 1024;

/** Before a body with a dictionary: this, the dictionary's number, and a frame of zstd. Nothing that deflate makes begins so. */
const WITH_DICTIONARY = 0xff;
/**
 * Measured on results: as quick as without a dictionary, and within a seventh of the smallest. Most come to less than the bytes that
 * are reserved at a time; zlib's own 16 kB take a sixth longer.
 */
const ZSTD = { params: { [constants.ZSTD_c_compressionLevel]: 3 }, chunkSize: 2 * 1024 };

export const pack = (text: string): Body =>
  text.length < COMPRESS_FROM ? text : deflateRawSync(text, { level: LEVEL });

/** As `pack`, for what is written in bulk: with a dictionary (dictionary.ts) it is half as long. */
export const packWith = (dictionary: number, text: string): Body =>
  text.length < COMPRESS_FROM
    ? text
    : Buffer.concat([
        Buffer.of(WITH_DICTIONARY, dictionary),
        zstdCompressSync(text, { ...ZSTD, dictionary: dictionaryOf(dictionary) }),
      ]);

export const unpack = (body: Body): string => {
  if (typeof body === 'string') return body;
  const bounds = { maxOutputLength: MAX_TEXT, chunkSize: UNPACKED };
  if (body[0] !== WITH_DICTIONARY) return inflateRawSync(body, bounds).toString();
  return zstdDecompressSync(body.subarray(2), { ...bounds, dictionary: dictionaryOf(body[1]) }).toString();
};

function dictionaryOf(number: number | undefined): Buffer {
  const dictionary = number === undefined ? undefined : DICTIONARIES.get(number);
  if (dictionary === undefined) throw new RangeError(`no dictionary ${number}`);
  return dictionary;
}

/** Reads one attribute that holds JSON of a known shape; the same bytes for the same shape are read once (remembered.ts). */
export function readBody<T>(pattern: string, shape: Shape<T>, stored: unknown): T {
  const body = bodyOf(pattern, stored);
  return remembered(shape, body, () => {
    const text = textOf(pattern, body);
    return { value: valueIn(pattern, shape, text), characters: text.length };
  });
}

/** As `readBody`, for what a close or a check reads once: nothing is kept. */
export const readOnce = <T>(pattern: string, shape: Shape<T>, stored: unknown): T =>
  valueIn(pattern, shape, textOf(pattern, bodyOf(pattern, stored)));

function bodyOf(pattern: string, stored: unknown): Body {
  if (typeof stored === 'string' || stored instanceof Uint8Array) return stored;
  throw new StoredItemError(pattern, 'body');
}

function textOf(pattern: string, body: Body): string {
  try {
    return unpack(body);
  } catch {
    throw new StoredItemError(pattern, 'body cannot be unpacked');
  }
}

function valueIn<T>(pattern: string, shape: Shape<T>, text: string): T {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The parser's message quotes the text: it must not travel on as the cause.
    throw new StoredItemError(pattern, 'body is no JSON');
  }
  return check(pattern, shape, value);
}

/** Compiling a shape takes milliseconds and makes its check ten times as fast: worth it where many items are read. */
const CHECKS_BEFORE_COMPILING = 200;

/** A shape to check by, the same one compiled once it has been asked for often in this process. */
export function hotShape<T>(shape: Shape<T>): Shape<T> {
  let asked = 0;
  let current = shape;
  return () => {
    asked += 1;
    if (asked === CHECKS_BEFORE_COMPILING) {
      const compiled = z.compile(shape());
      current = () => compiled;
    }
    return current();
  };
}

/** Checks a value against a shape; unknown members are dropped. */
export function check<T>(pattern: string, shape: Shape<T>, value: unknown): T {
  const outcome = shape().safeParse(value);
  if (outcome.success) return outcome.data;
  const places = outcome.error.issues.map(({ code, path }) => `${path.join('.') || 'body'} (${code})`);
  throw new StoredItemError(pattern, places.slice(0, 5).join(', '));
}

/** Reads a text attribute beside the body. */
export function readText(pattern: string, item: Item, name: string): string {
  const value = item[name];
  if (typeof value !== 'string') throw new StoredItemError(pattern, name);
  return value;
}

/** What is asked of the items of a whole collection: a close reads forty items a person, and keys and trails are a third of each. */
export const bodyAlone = ['body'];

/** How a versioned entity lies in its item: `body` is its canonical JSON, the same text as in its audit entry. */
export interface EntityCodec<T> {
  readonly pattern: string;
  /** Canonical JSON of the value with `version` in place of its own; members that are not of the shape are dropped. */
  toText(value: T, version: number): string;
  read(item: Item): Stored<T>;
  /** Without its trail: of an item of which only `bodyAlone` was asked for. */
  readValue(item: Item): T;
  /** What a save takes from the value as it was read (null: it is new) and as it shall be. */
  change(
    before: { readonly version: number; readonly auditHash: string } | null,
    after: T,
  ): { readonly versionBefore: number; readonly hashBefore: string | null; readonly text: string };
}

export function entityCodec<T extends { readonly version: number }>(
  pattern: string,
  stored: Shape<T>,
): EntityCodec<T> {
  const shape = hotShape(stored);
  const toText: EntityCodec<T>['toText'] = (value, version) =>
    canonicalJson(check(pattern, shape, { ...value, version }));
  return {
    pattern,
    toText,
    change: (before, after) => {
      const versionBefore = before?.version ?? 0;
      return {
        versionBefore,
        hashBefore: before?.auditHash ?? null,
        text: toText(after, versionBefore + 1),
      };
    },
    read: (item) => ({
      ...readBody(pattern, shape, item['body']),
      auditHash: readText(pattern, item, 'auditHash'),
    }),
    readValue: (item) => readOnce(pattern, shape, item['body']),
  };
}
