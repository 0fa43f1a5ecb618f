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

/** Where in the whole the first character begins that is no UTF-8. */
export interface InvalidCharacter {
  /** From 0. */
  readonly byte: number;
  /** From 1; lines end with LF, CR LF or CR. */
  readonly line: number;
}

/** Checks bytes that come in chunks. */
export interface Utf8Check {
  /** @returns the first character that cannot be UTF-8, or null. */
  add(chunk: Uint8Array): InvalidCharacter | null;
  /** Call after the last chunk: a character that was cut off, or null. */
  end(): InvalidCharacter | null;
}

const LF = 0x0a;
const CR = 0x0d;

/** A strict check: `TextDecoder` knows that something is wrong, but not where. */
export const createUtf8Check = (): Utf8Check => {
  let expected = AT_START;
  let position = 0;
  let characterStart = 0;
  let line = 1;
  let previous = 0;
  return {
    add: (chunk) => {
      for (const byte of chunk) {
        if (expected.left === 0) {
          if (byte >= 0x80) {
            characterStart = position;
            const next = afterLeadByte(byte);
            if (next === null) return { byte: position, line };
            expected = next;
          } else if (byte === CR || (byte === LF && previous !== CR)) line++;
        } else {
          if (byte < expected.low || byte > expected.high) return { byte: characterStart, line };
          expected = { left: expected.left - 1, low: 0x80, high: 0xbf };
        }
        previous = byte;
        position++;
      }
      return null;
    },
    end: () => (expected.left === 0 ? null : { byte: characterStart, line }),
  };
};
