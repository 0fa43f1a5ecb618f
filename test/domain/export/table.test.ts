import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { asPlainText, isNumber } from '../../../functions/domain/export/table.ts';

describe('a cell', () => {
  test.each(['=1+1', '+62811', '-5', '@SUM(A1)', ' =cmd|x', '＝1', '＋1', '－1', '＠x'])(
    '%j is no formula any more',
    (text) => expect(asPlainText(text)).toBe(`'${text}`),
  );

  test.each(['Siti', '19850101 201001 2 001', "D'Arcy", 'a=b', ''])('%j stays as it is', (text) =>
    expect(asPlainText(text)).toBe(text),
  );

  test.each([
    ['Budi;=1+1', "Budi;'=1+1"],
    ['a\n- b', "a\n'- b"],
    ['=1;@x', "'=1;'@x"],
    ['\t=1', "'\t'=1"],
    ['\n=1', "'\n'=1"],
    ['a; b, -c', 'a; b, -c'],
  ])('%j holds none behind what another separator would end: %j', (text, plain) =>
    expect(asPlainText(text)).toBe(plain),
  );

  test('never begins like a formula', () => {
    fc.assert(fc.property(fc.string(), (text) => !/^\s*[=+\-@]/.test(asPlainText(text))));
  });

  test.each([
    ['97.89', true],
    ['-0.5', true],
    ['1e5', false],
    ['0x10', false],
    ['12345678901234567', false],
    ['', false],
    ['=1', false],
  ])('%j is a number: %s', (text, expected) => expect(isNumber(text)).toBe(expected));
});
