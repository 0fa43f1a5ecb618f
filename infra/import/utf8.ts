/** What a byte may be after the ones before it, in a UTF-8 sequence (Unicode 16, table 3-7). */
interface Expected {
  /** Bytes that the character still needs. */
  readonly left: number;
  readonly low: number;
  readonly high: number;
}

const AT_START: Expected = { left: 0, low: 0x80, high: 0xbf };

const afterLeadByte = (byte: number): Expected | null => {
  if (byte < 0x80) return AT_START;
  if (byte < 0xc2) return null;
  if (byte < 0xe0) return { left: 1, low: 0x80, high: 0xbf };
  if (byte < 0xf0) {
    // No overlong forms, no surrogates.
    return { left: 2, low: byte === 0xe0 ? 0xa0 : 0x80, high: byte === 0xed ? 0x9f : 0xbf };
  }
  if (byte < 0xf5) return { left: 3, low: byte === 0xf0 ? 0x90 : 0x80, high: byte === 0xf4 ? 0x8f : 0xbf };
  return null;
};

/** Checks bytes that come in chunks. */
export interface Utf8Check {
  /** @returns the position in the whole of the first byte that cannot be UTF-8 (of its character's first byte), or null. */
  add(chunk: Uint8Array): number | null;
  /** Call after the last chunk: the position of a character that was cut off, or null. */
  end(): number | null;
}

/** A strict check: `TextDecoder` knows that something is wrong, but not where. */
export const createUtf8Check = (): Utf8Check => {
  let expected = AT_START;
  let position = 0;
  let characterStart = 0;
  return {
    add: (chunk) => {
      for (const byte of chunk) {
        if (expected.left === 0) {
          if (byte >= 0x80) {
            characterStart = position;
            const next = afterLeadByte(byte);
            if (next === null) return position;
            expected = next;
          }
        } else {
          if (byte < expected.low || byte > expected.high) return characterStart;
          expected = { left: expected.left - 1, low: 0x80, high: 0xbf };
        }
        position++;
      }
      return null;
    },
    end: () => (expected.left === 0 ? null : characterStart),
  };
};
