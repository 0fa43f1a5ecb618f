import { hash } from 'node:crypto';
import { constants, inflateRawSync, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { StoredItemError } from './codec.ts';
import { chunkKey } from './keys.ts';
import type { Item } from './table.ts';

/** An item holds at most 400 kB, its key and names included. */
const CHUNK_BYTES = 350_000;
const MAX_TEXT = 512 * 1024 * 1024;

/** Measured on columns of a hundred people: half of what the first level makes of them, and within a tenth of the ninth. */
const LEVEL = { [constants.ZSTD_c_compressionLevel]: 6 };
/** How what zstd made begins; what deflate made, of which older chunks are, cannot begin so. */
const ZSTD_MAGIC = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);

/** A text of any length as numbered items under one prefix; the same text makes the same items. */
export function toChunks(pk: string, prefix: string, text: string): Item[] {
  const bytes = zstdCompressSync(text, { params: LEVEL });
  const digest = hash('sha256', bytes);
  const count = Math.max(1, Math.ceil(bytes.length / CHUNK_BYTES));
  return Array.from({ length: count }, (_, chunk) => ({
    ...chunkKey(pk, prefix, chunk),
    chunk,
    count,
    digest,
    bytes: bytes.subarray(chunk * CHUNK_BYTES, (chunk + 1) * CHUNK_BYTES),
  }));
}

/**
 * The text in the items of one prefix, in key order; null while not all of them are written. Chunks that an interrupted
 * earlier writing of another text left behind are passed over.
 */
export function fromChunks(pattern: string, items: readonly Item[]): string | null {
  const first = items[0];
  if (first === undefined || first['chunk'] !== 0) return null;
  const { count, digest } = first;
  const parts = items
    .filter((item) => item['digest'] === digest)
    .map(({ bytes }) => {
      if (!(bytes instanceof Uint8Array)) throw new StoredItemError(pattern, 'bytes');
      return bytes;
    });
  if (parts.length !== count) return null;
  const bytes = Buffer.concat(parts);
  if (hash('sha256', bytes) !== digest) throw new StoredItemError(pattern, 'digest');
  const decompress = bytes.subarray(0, 4).equals(ZSTD_MAGIC) ? zstdDecompressSync : inflateRawSync;
  return decompress(bytes, { maxOutputLength: MAX_TEXT }).toString();
}
