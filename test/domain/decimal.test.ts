import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  bigMicroOf,
  compareDecimals,
  type Decimal,
  decimal,
  decimalOfMicro,
  microOf,
  parseDecimal,
  signOf,
  sumDecimals,
} from '../../functions/domain/decimal.ts';

/** Any decimal that may be entered. */
const anyDecimal: fc.Arbitrary<Decimal> = fc
  .bigInt({ min: -(10n ** 21n) + 1n, max: 10n ** 21n - 1n })
  .map(decimalOfMicro);

describe('parseDecimal', () => {
  test.each([
    ['1.50', '1.5'],
    ['-3', '-3'],
    ['007', '7'],
    ['0', '0'],
    ['-0', '0'],
    ['-0.00', '0'],
    ['0.10', '0.1'],
    ['100', '100'],
    ['100.000', '100'],
    ['10.01', '10.01'],
    ['-0.000001', '-0.000001'],
    ['999999999999999.999999', '999999999999999.999999'],
    ['0000000000000000000001', '1'],
    ['1.1000000000000', '1.1'],
  ])('reads %s as %s', (text, canonical) => {
    expect(parseDecimal(text)).toBe(canonical);
  });

  test.each(
    [
      [
        '',
        '+2',
        '1e3',
        '1E3',
        '1,5',
        '1.000,5',
        '1_000',
        ' 1',
        '1 ',
        '.5',
        '5.',
        '--1',
        '1.2.3',
        'NaN',
        'Infinity',
        '0x1f',
      ],
      ['٣', '１', '−1', '1000000000000000', '0.0000001', '1'.repeat(65), '1\n'],
    ].flat(),
  )('refuses %j', (text) => {
    expect(parseDecimal(text)).toBeNull();
  });

  test('the canonical form reads as itself', () => {
    fc.assert(
      fc.property(anyDecimal, (value) => {
        expect(parseDecimal(value)).toBe(value);
      }),
    );
  });
});

describe('literals', () => {
  test('takes numbers whose text is a decimal', () => {
    expect(decimal(61.95)).toBe('61.95');
  });
  test.each([1e21, 1e-7, Number.NaN, Number.POSITIVE_INFINITY, 'x'])('refuses %s', (value) => {
    expect(() => decimal(value)).toThrow(RangeError);
  });
});

describe('millionths', () => {
  test('both forms agree wherever 53 bits are enough, and only there', () => {
    fc.assert(
      fc.property(anyDecimal, (value) => {
        const exact = bigMicroOf(value);
        const fits = exact <= BigInt(Number.MAX_SAFE_INTEGER) && exact >= BigInt(Number.MIN_SAFE_INTEGER);
        expect(microOf(value)).toBe(fits ? Number(exact) : Number.NaN);
      }),
    );
  });

  test.each([
    ['9007199254.740991', Number.MAX_SAFE_INTEGER],
    ['-9007199254.740991', Number.MIN_SAFE_INTEGER],
    ['9007199254.740992', Number.NaN],
    ['8999999999.000001', 8_999_999_999_000_001],
    ['1234567890.12345', 1_234_567_890_123_450],
  ])('%s has %d millionths', (text, micro) => {
    expect(microOf(decimal(text))).toBe(micro);
  });

  test('numbers of millionths and their text go back and forth', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (micro) => {
        expect(microOf(decimalOfMicro(micro)) + 0).toBe(micro + 0);
        expect(decimalOfMicro(micro)).toBe(decimalOfMicro(BigInt(micro)));
      }),
    );
  });
});

describe('order, sign and sum', () => {
  test('compares as the exact values do', () => {
    fc.assert(
      fc.property(anyDecimal, anyDecimal, (a, b) => {
        const [left, right] = [bigMicroOf(a), bigMicroOf(b)];
        expect(Math.sign(compareDecimals(a, b))).toBe(left < right ? -1 : left > right ? 1 : 0);
        expect(signOf(a)).toBe(left < 0n ? -1 : left > 0n ? 1 : 0);
      }),
    );
  });

  test('adds exactly', () => {
    expect(sumDecimals([decimal('0.1'), decimal('0.2')])).toBe('0.3');
    expect(sumDecimals([])).toBe('0');
    fc.assert(
      fc.property(fc.array(anyDecimal), (values) => {
        const exact = values.reduce((sum, value) => sum + bigMicroOf(value), 0n);
        expect(sumDecimals(values)).toBe(decimalOfMicro(exact));
      }),
    );
  });

  test('a sum that leaves 53 bits on the way and comes back is exact', () => {
    const huge = decimal('9007199254.740991');
    expect(sumDecimals([huge, huge, decimal('-9007199254.740991')])).toBe('9007199254.740991');
  });
});
