import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decimal, decimalOfMicro } from '../../../functions/domain/decimal.ts';
import { achievement } from '../../../functions/domain/indicator/achievement.ts';
import type { AboveRange, Polarity, Target } from '../../../functions/domain/indicator/indicator.ts';
import { formatPoints } from '../../../functions/domain/rounding.ts';
import { range, value } from '../evaluation/evaluation-builders.ts';

const measure = (polarity: Polarity, aboveRange: AboveRange | null = null) => ({ polarity, aboveRange });
const inside = measure('RANGE', 'INSIDE_IS_BEST');
const more = measure('RANGE', 'MORE_IS_BETTER');
const maximize = measure('MAXIMIZE');
const minimize = measure('MINIMIZE');
const stabilize = measure('STABILIZE');

const shown = (
  of: ReturnType<typeof measure>,
  target: Target,
  reached: string | number,
  cap = 120,
): string => {
  const result = achievement(of, target, decimal(reached), cap);
  return result.ok ? formatPoints(result.micro) : result.reason;
};

describe('cases with known answers', () => {
  test.each([
    ['RANGE 80..90, inside is best, R = 70', inside, range(80, 90), 70, '87.50'],
    ['MINIMIZE T = 7, R = 6.5', minimize, value(7), 6.5, '107.14'],
    ['MINIMIZE T = 8, R = 9', minimize, value(8), 9, '87.50'],
    ['MAXIMIZE 93 of 95', maximize, value(95), 93, '97.89'],
  ] as const)('%s', (_, of, target, reached, expected) => {
    expect(shown(of, target, reached)).toBe(expected);
  });
});

/** Ten thousand million times as much: only bigints hold its millionths. */
const huge = (figure: number | string) => decimal(figure === 0 ? 0 : `${figure}0000000000`);
const hugeTarget = (target: Target): Target =>
  'value' in target ? { value: huge(target.value) } : { low: huge(target.low), high: huge(target.high) };

describe('each polarity at its edges', () => {
  const edges = [
    [maximize, value(10), 10, '100.00'],
    [maximize, value(10), 0, '0.00'],
    [maximize, value(10), -1, '0.00'],
    [maximize, value(10), 12, '120.00'],
    [maximize, value(10), 13, '120.00'],
    [maximize, value(3), 1, '33.33'],
    [minimize, value(10), 10, '100.00'],
    [minimize, value(10), 20, '0.00'],
    [minimize, value(10), 21, '0.00'],
    [minimize, value(10), 0, '120.00'],
    [minimize, value(10), 8, '120.00'],
    [inside, range(80, 90), 80, '100.00'],
    [inside, range(80, 90), 90, '100.00'],
    [inside, range(80, 90), 85, '100.00'],
    [inside, range(80, 90), 99, '90.00'],
    [inside, range(80, 90), 180, '0.00'],
    [inside, range(80, 90), 500, '0.00'],
    [inside, range(80, 90), 0, '0.00'],
    [more, range(80, 90), 99, '110.00'],
    [more, range(80, 90), 200, '120.00'],
    [more, range(80, 90), 40, '50.00'],
    [stabilize, value(50), 50, '100.00'],
    [stabilize, value(50), 45, '90.00'],
    [stabilize, value(50), 55, '90.00'],
    [stabilize, value(50), 101, '0.00'],
    [stabilize, value(-4), -3, '75.00'],
    [stabilize, value(-4), 4, '0.00'],
  ] as const;
  test.each(edges)('%o against %o with %d is %s', (of, target, reached, expected) => {
    expect(shown(of, target, reached)).toBe(expected);
  });

  test.each(edges)(
    '%o against %o with %d, both ten thousand million times as much, is %s',
    (of, target, reached, expected) => {
      expect(shown(of, hugeTarget(target), huge(reached))).toBe(expected);
    },
  );
});

describe('a target of zero never divides', () => {
  const zeros = [
    [maximize, value(0), 5, 'ZERO_TARGET'],
    [maximize, value(0), 0, 'ZERO_TARGET'],
    [minimize, value(0), 0, '100.00'],
    [minimize, value(0), 1, '0.00'],
    [minimize, value(0), -1, '100.00'],
    [stabilize, value(0), 0, 'ZERO_TARGET'],
    [inside, range(0, 5), 0, '100.00'],
    [inside, range(0, 5), -1, '0.00'],
    [inside, range(0, 0), 0, '100.00'],
    [inside, range(0, 0), 1, '0.00'],
    [more, range(0, 0), 0, 'ZERO_TARGET'],
    [more, range(0, 0), 7, 'ZERO_TARGET'],
    [more, range(0, 5), 6, '120.00'],
  ] as const;
  test.each(zeros)('%o against %o with %d is %s', (of, target, reached, expected) => {
    expect(shown(of, target, reached)).toBe(expected);
  });

  test.each(zeros)(
    '%o against %o with %d, both ten thousand million times as much, is %s',
    (of, target, reached, expected) => {
      expect(shown(of, hugeTarget(target), huge(reached))).toBe(expected);
    },
  );

  test('a range from zero to far over 53 bits of millionths is met by nothing at all', () => {
    expect(shown(inside, range('0', '999999999999999'), 0)).toBe('100.00');
    expect(shown(more, range('0', '999999999999999'), 0)).toBe('100.00');
  });

  test.each([
    [maximize, value(-5), 'ZERO_TARGET'],
    [minimize, value(-5), 'ZERO_TARGET'],
    [inside, range(-5, 5), 'ZERO_TARGET'],
    [inside, range(5, 4), 'ZERO_TARGET'],
    [inside, value(5), 'NO_TARGET'],
    [maximize, range(1, 2), 'NO_TARGET'],
  ] as const)('%o against %o, which no plan may hold, is %s', (of, target, expected) => {
    expect(shown(of, target, 3)).toBe(expected);
    expect(shown(of, hugeTarget(target), huge(3))).toBe(expected);
    expect(shown(of, target, huge(-3))).toBe(expected);
  });
});

describe('exactness', () => {
  test('a half micro-percent is rounded up', () => {
    // 1 / 16,000,000 is 0.00000625 percent: 6.25 micro-percent; 1 / 8,000,000: 12.5.
    expect(achievement(maximize, value(16_000_000), decimal(1), 120)).toEqual({ ok: true, micro: 6 });
    expect(achievement(maximize, value(8_000_000), decimal(1), 120)).toEqual({ ok: true, micro: 13 });
  });

  test('money in rupiah, far over 53 bits of millionths', () => {
    expect(shown(maximize, value('123456789012345'), '111111111111111.5')).toBe('90.00');
    expect(shown(maximize, value('100000000000'), '97894737000')).toBe('97.89');
  });

  const positive = fc.integer({ min: 1, max: 10 ** 12 }).map((micro) => decimalOfMicro(micro));
  const anything = fc.integer({ min: -(10 ** 12), max: 10 ** 13 }).map((micro) => decimalOfMicro(micro));
  const anyMeasure = fc.constantFrom(maximize, minimize, stabilize, inside, more);
  const targetFor = (of: ReturnType<typeof measure>, a: ReturnType<typeof decimal>, width: number): Target =>
    of.polarity === 'RANGE'
      ? { low: a, high: decimal(decimalOfMicro(BigInt(width) + BigInt(Math.round(Number(a) * 1e6)))) }
      : { value: a };

  test('lies between zero and the cap, and is a safe integer', () => {
    fc.assert(
      fc.property(
        anyMeasure,
        positive,
        fc.nat(10 ** 9),
        anything,
        fc.integer({ min: 100, max: 200 }),
        (of, a, width, reached, cap) => {
          const result = achievement(of, targetFor(of, a, width), reached, cap);
          expect(result.ok).toBe(true);
          if (!result.ok) return;
          expect(Number.isSafeInteger(result.micro)).toBe(true);
          expect(result.micro).toBeGreaterThanOrEqual(0);
          expect(result.micro).toBeLessThanOrEqual(cap * 1_000_000);
        },
      ),
    );
  });

  test('more never lowers MAXIMIZE, less never lowers MINIMIZE', () => {
    fc.assert(
      fc.property(positive, anything, anything, (target, a, b) => {
        const [less, greater] = Number(a) < Number(b) ? [a, b] : [b, a];
        const micro = (of: ReturnType<typeof measure>, reached: typeof a) => {
          const result = achievement(of, { value: target }, reached, 120);
          return result.ok ? result.micro : -1;
        };
        expect(micro(maximize, greater)).toBeGreaterThanOrEqual(micro(maximize, less));
        expect(micro(minimize, less)).toBeGreaterThanOrEqual(micro(minimize, greater));
      }),
    );
  });

  test('nearer to the target never lowers STABILIZE, nearer to the range never lowers RANGE', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10 ** 9 }),
        fc.nat(10 ** 9),
        fc.nat(10 ** 9),
        (t, far, nearer) => {
          const near = Math.min(far, nearer);
          const micro = (of: ReturnType<typeof measure>, target: Target, reached: number) => {
            const result = achievement(of, target, decimalOfMicro(reached), 120);
            return result.ok ? result.micro : -1;
          };
          const single = { value: decimalOfMicro(t) };
          const ends = { low: decimalOfMicro(t), high: decimalOfMicro(t + 5_000) };
          for (const side of [-1, 1]) {
            expect(micro(stabilize, single, t + side * near)).toBeGreaterThanOrEqual(
              micro(stabilize, single, t + side * far),
            );
          }
          expect(micro(inside, ends, t - near)).toBeGreaterThanOrEqual(micro(inside, ends, t - far));
          expect(micro(inside, ends, t + 5_000 + near)).toBeGreaterThanOrEqual(
            micro(inside, ends, t + 5_000 + far),
          );
          expect(micro(more, ends, t + 5_000 + far)).toBeGreaterThanOrEqual(micro(more, ends, t + near));
        },
      ),
    );
  });

  test('figures and targets so many times as large come to the same share', () => {
    fc.assert(
      fc.property(
        anyMeasure,
        fc.integer({ min: -20, max: 40_000 }),
        fc.nat(40_000),
        fc.integer({ min: -99_999, max: 99_999 }),
        fc.integer({ min: 100, max: 200 }),
        (of, start, width, reached, cap) => {
          const target = of.polarity === 'RANGE' ? range(start, start + width) : value(start);
          expect(achievement(of, hugeTarget(target), huge(reached), cap)).toEqual(
            achievement(of, target, decimal(reached), cap),
          );
        },
      ),
      { numRuns: 500 },
    );
  });
});
