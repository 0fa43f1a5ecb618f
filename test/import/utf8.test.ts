import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createUtf8Check, type InvalidCharacter } from '../../infra/import/utf8.ts';

const firstInvalid = (bytes: Uint8Array, cuts: readonly number[] = []): InvalidCharacter | null => {
  const check = createUtf8Check();
  const bounds = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  for (let at = 1; at < bounds.length; at++) {
    const invalid = check.add(bytes.subarray(bounds[at - 1], bounds[at]));
    if (invalid !== null) return invalid;
  }
  return check.end();
};

const isUtf8 = (bytes: Uint8Array): boolean => {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
};

const character = fc
  .integer({ min: 0, max: 0x10_ffff })
  .filter((code) => code < 0xd800 || code > 0xdfff)
  .map((code) => String.fromCodePoint(code));

describe('the check for UTF-8', () => {
  it('takes every text, wherever the chunks are cut', () => {
    fc.assert(
      fc.property(fc.string({ unit: character }), fc.array(fc.nat()), (text, cuts) => {
        expect(firstInvalid(new TextEncoder().encode(text), cuts)).toBeNull();
      }),
    );
  });

  it('agrees with the platform on arbitrary bytes, and points at the end of the longest valid beginning', () => {
    const bytes = fc.array(
      fc.constantFrom(
        0x41,
        0xc3,
        0xa9,
        0xe2,
        0x82,
        0xac,
        0xed,
        0xa0,
        0xf0,
        0x9f,
        0x98,
        0x80,
        0xf4,
        0x90,
        0xc0,
        0xff,
      ),
    );
    fc.assert(
      fc.property(bytes, fc.array(fc.nat()), (list, cuts) => {
        const chunk = Uint8Array.from(list);
        const invalid = firstInvalid(chunk, cuts);
        expect(invalid === null).toBe(isUtf8(chunk));
        if (invalid !== null) expect(isUtf8(chunk.subarray(0, invalid.byte))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['latin-1', [0x41, 0xe9, 0x42], 1],
    ['an overlong slash', [0x41, 0x42, 0xc0, 0xaf], 2],
    ['a surrogate', [0xed, 0xa0, 0x80], 0],
    ['a character that is cut off', [0x41, 0xe2, 0x82], 1],
  ])('says where %s is', (_, bytes, byte) => {
    expect(firstInvalid(Uint8Array.from(bytes))).toEqual({ byte, line: 1 });
  });

  it.each([
    ['LF', 'a\nb\n'],
    ['CR LF', 'a\r\nb\r\n'],
    ['CR', 'a\rb\r'],
  ])('counts lines that end with %s, wherever the chunks are cut', (_, text) => {
    const bytes = Buffer.concat([Buffer.from(text), Buffer.from([0x43, 0xe9, 0x0a])]);
    fc.assert(
      fc.property(fc.array(fc.nat()), (cuts) => {
        expect(firstInvalid(bytes, cuts)).toEqual({ byte: text.length + 1, line: 3 });
      }),
    );
  });
});
