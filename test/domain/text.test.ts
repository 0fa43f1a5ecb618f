import { describe, expect, test } from 'vitest';
import { checkText, tidy } from '../../functions/domain/text.ts';

const codesOf = (text: string, shape: 'LINE' | 'TEXT') =>
  checkText(text, 'text', 20, shape).map(({ code }) => code);

describe('a text that somebody wrote', () => {
  test.each([
    ['plain', 'Puskesmas Melati', [], []],
    ['letters of other languages and signs', 'Éka 王 ❤️ 5 %', [], []],
    ['of several lines', 'satu\n\tdua\r\ntiga', ['INVALID_FORMAT'], []],
    ['with a line break only at its end', 'satu\n', [], []],
    ['empty', ' \n', ['REQUIRED'], ['REQUIRED']],
    ['long', 'x'.repeat(21), ['TOO_LONG'], ['TOO_LONG']],
  ])('%s', (_, text, ofLine, ofText) => {
    expect(codesOf(text, 'LINE')).toEqual(ofLine);
    expect(codesOf(text, 'TEXT')).toEqual(ofText);
  });

  test.each(
    [
      0x00, 0x1b, 0x7f, 0x85, 0xad, 0x61c, 0x200b, 0x200c, 0x200d, 0x200e, 0x2028, 0x202e, 0x2060, 0x2066,
      0xfeff,
    ].map((code) => [code.toString(16), String.fromCodePoint(code)]),
  )('with U+%s is refused', (_, character) => {
    const text = `a${character}b`;
    expect(codesOf(text, 'LINE')).toEqual(['INVALID_FORMAT']);
    expect(codesOf(text, 'TEXT')).toEqual(['INVALID_FORMAT']);
  });

  test('may be empty where nothing is asked for, and else says what is missing', () => {
    expect(checkText('  ', 'note', 5, 'TEXT', null)).toEqual([]);
    expect(checkText('', 'reason', 5, 'TEXT', 'REASON_REQUIRED')).toMatchObject([
      { code: 'REASON_REQUIRED' },
    ]);
  });

  test('is stored composed and without spaces around it', () => {
    expect(tidy(' E\u0301ka ')).toBe('\u00C9ka');
  });
});
