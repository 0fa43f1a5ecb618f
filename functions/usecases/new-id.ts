import { createHash, randomBytes } from 'node:crypto';

/** Crockford's base 32: no I, L, O, U. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const TIME_DIGITS = 10;
const RANDOM_BYTES = 16;

/** A new opaque id, sortable by time: prefix, 48 bits of milliseconds, 80 random bits (a ULID). */
export function newId(prefix: string): string {
  let time = Date.now();
  let digits = '';
  for (let at = 0; at < TIME_DIGITS; at += 1) {
    digits = `${ALPHABET[time % 32]}${digits}`;
    time = Math.floor(time / 32);
  }
  return `${prefix}-${digits}${randomDigits(RANDOM_BYTES)}`;
}

/** Digits of chance alone, five bits each: they tell nothing, not even when they were drawn. */
export function randomDigits(count: number): string {
  // Five bits of each byte; 256 is a multiple of 32, so every digit is as likely as another.
  return [...randomBytes(count)].map((byte) => ALPHABET[byte % 32]).join('');
}

/**
 * The id of what a file calls `code` (a unit's code, a NIP): the same in every import, so that a repeated row finds what the
 * first one made. One cannot read the code from it, only check a guess.
 */
export function importedId(prefix: string, code: string): string {
  const hash = createHash('sha256').update(`${prefix}\n${code}`).digest();
  return `${prefix}-${[...hash.subarray(0, 24)].map((byte) => ALPHABET[byte % 32]).join('')}`;
}
