import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allowanceOf } from '../../../functions/domain/allowance/allowance.ts';
import { creditMonths, creditOf } from '../../../functions/domain/allowance/credit.ts';
import {
  distributionBounds,
  distributionGuidance,
  noCounts,
} from '../../../functions/domain/evaluation/distribution.ts';
import {
  numericClassOf,
  numericScore,
  predicateOfClass,
  scoreSharesOf,
} from '../../../functions/domain/evaluation/numeric-scheme.ts';
import { PREDICATES, quadrant, type UnitPredicate } from '../../../functions/domain/evaluation/predicate.ts';
import { headRating, proposeUnitPredicate } from '../../../functions/domain/evaluation/unit-predicate.ts';
import { defaultPolicyRules } from '../../../functions/domain/period/policy.ts';
import { formatPoints } from '../../../functions/domain/rounding.ts';

const points = (n: number): number => Math.round(n * 1_000_000);

test.each([
  ['ABOVE', 'BELOW', 'POOR'],
  ['ABOVE', 'MEETS', 'GOOD'],
  ['ABOVE', 'ABOVE', 'EXCELLENT'],
  ['MEETS', 'BELOW', 'POOR'],
  ['MEETS', 'MEETS', 'GOOD'],
  ['MEETS', 'ABOVE', 'GOOD'],
  ['BELOW', 'BELOW', 'VERY_POOR'],
  ['BELOW', 'MEETS', 'NEEDS_IMPROVEMENT'],
  ['BELOW', 'ABOVE', 'NEEDS_IMPROVEMENT'],
] as const)('work result %s, behaviour %s: %s', (workResult, behaviour, predicate) => {
  expect(quadrant(workResult, behaviour)).toBe(predicate);
});

test.each([
  [120, 'OUTSTANDING', 'ABOVE'],
  [110, 'OUTSTANDING', 'ABOVE'],
  [109.999999, 'GOOD', 'MEETS'],
  [90, 'GOOD', 'MEETS'],
  [89.999999, 'NEEDS_IMPROVEMENT', 'BELOW'],
  [70, 'NEEDS_IMPROVEMENT', 'BELOW'],
  [69.999999, 'POOR', 'BELOW'],
  [50, 'POOR', 'BELOW'],
  [49.999999, 'VERY_POOR', 'BELOW'],
  [0, 'VERY_POOR', 'BELOW'],
] as const)('a unit at %d percent is %s, its head %s', (percent, predicate, rating) => {
  expect(proposeUnitPredicate(points(percent), defaultPolicyRules)).toBe(predicate);
  expect(headRating(predicate)).toBe(rating);
});

describe('the numeric scheme of 2019', () => {
  test('result 112, behaviour 100', () => {
    expect(formatPoints(numericScore(points(112), points(100), scoreSharesOf(false)))).toBe('108.40');
    expect(formatPoints(numericScore(points(112), points(100), scoreSharesOf(true)))).toBe('107.20');
  });
  test.each([
    [115, false, 'GOOD'],
    [115, true, 'VERY_GOOD'],
    [110, true, 'VERY_GOOD'],
    [109.999999, true, 'GOOD'],
    [90, false, 'GOOD'],
    [89.999999, true, 'FAIR'],
    [70, false, 'FAIR'],
    [69.999999, false, 'POOR'],
    [50, false, 'POOR'],
    [49.999999, false, 'VERY_POOR'],
  ] as const)('%d, innovation %s: %s', (score, innovation, expected) => {
    expect(numericClassOf(points(score), innovation)).toBe(expected);
  });
  test('each class stands in the place of one predicate', () => {
    const classes = ['VERY_GOOD', 'GOOD', 'FAIR', 'POOR', 'VERY_POOR'] as const;
    expect(classes.map(predicateOfClass)).toEqual(PREDICATES);
  });
});

describe('distribution guidance (SE MenPANRB 3/2023)', () => {
  const bounds = (unitPredicate: UnitPredicate, total: number) =>
    distributionBounds(unitPredicate, total).map(
      ({ predicates, bound, allowed }) =>
        `${predicates.join('+')} ${bound === 'AT_MOST' ? '≤' : '≥'} ${allowed}`,
    );
  test.each([
    ['OUTSTANDING', 10, ['EXCELLENT ≤ 7']],
    ['OUTSTANDING', 9, ['EXCELLENT ≤ 6']],
    ['GOOD', 10, ['GOOD ≤ 7', 'NEEDS_IMPROVEMENT+POOR ≥ 1']],
    ['NEEDS_IMPROVEMENT', 20, ['NEEDS_IMPROVEMENT ≥ 12', 'EXCELLENT ≤ 2']],
    ['NEEDS_IMPROVEMENT', 9, ['NEEDS_IMPROVEMENT ≥ 6', 'EXCELLENT ≤ 0']],
    ['POOR', 11, ['POOR ≥ 7', 'NEEDS_IMPROVEMENT ≥ 2', 'EXCELLENT ≤ 1']],
    ['VERY_POOR', 10, ['VERY_POOR ≥ 6', 'POOR+NEEDS_IMPROVEMENT ≥ 1', 'EXCELLENT ≤ 0']],
    ['VERY_POOR', 1, ['VERY_POOR ≥ 1', 'POOR+NEEDS_IMPROVEMENT ≥ 1', 'EXCELLENT ≤ 0']],
    ['POOR', 0, []],
  ] as const)('%s, %d staff', (unitPredicate, total, expected) => {
    expect(bounds(unitPredicate, total)).toEqual(expected);
  });

  test('says only what is not kept, with both numbers', () => {
    const counts = { ...noCounts, EXCELLENT: 8, GOOD: 2 };
    expect(distributionGuidance('OUTSTANDING', counts)).toEqual([
      { predicates: ['EXCELLENT'], bound: 'AT_MOST', allowed: 7, actual: 8 },
    ]);
    expect(distributionGuidance('OUTSTANDING', { ...counts, EXCELLENT: 7, GOOD: 3 })).toEqual([]);
    expect(distributionGuidance('GOOD', { ...noCounts, GOOD: 7, EXCELLENT: 2, POOR: 1 })).toEqual([]);
    expect(distributionGuidance('GOOD', { ...noCounts, GOOD: 7, EXCELLENT: 3 })).toHaveLength(1);
    expect(distributionGuidance('VERY_POOR', { ...noCounts, EXCELLENT: 1, VERY_POOR: 9 })).toHaveLength(2);
    expect(distributionGuidance(null, counts)).toEqual([]);
    expect(distributionGuidance('VERY_POOR', noCounts)).toEqual([]);
  });

  test('warns of no distribution that keeps every bound', () => {
    fc.assert(
      fc.property(
        fc.constantFrom<UnitPredicate>('OUTSTANDING', 'GOOD', 'NEEDS_IMPROVEMENT', 'POOR', 'VERY_POOR'),
        fc.array(fc.constantFrom(...PREDICATES), { minLength: 1, maxLength: 60 }),
        (unitPredicate, staff) => {
          const counts = { ...noCounts };
          for (const predicate of staff) counts[predicate] += 1;
          const kept = distributionBounds(unitPredicate, staff.length).every(
            ({ predicates, bound, allowed }) => {
              const actual = staff.filter((predicate) => predicates.includes(predicate)).length;
              return bound === 'AT_MOST' ? actual <= allowed : actual >= allowed;
            },
          );
          expect(distributionGuidance(unitPredicate, counts).length === 0).toBe(kept);
        },
      ),
    );
  });
});

describe('credits (BKN 3/2023)', () => {
  test.each([
    ['AHLI_PERTAMA', 'EXCELLENT', 12, '18.75'],
    ['AHLI_PERTAMA', 'GOOD', 2, '2.08'],
    ['AHLI_MADYA', 'NEEDS_IMPROVEMENT', 12, '28.13'],
    ['PEMULA', 'EXCELLENT', 12, '5.63'],
    ['AHLI_UTAMA', 'VERY_POOR', 12, '12.50'],
    ['TERAMPIL', 'POOR', 0, '0.00'],
  ] as const)('%s, %s, %d months: %s', (level, predicate, months, credit) => {
    expect(formatPoints(creditOf(level, predicate, months))).toBe(credit);
  });
  test('both months count', () => {
    expect(creditMonths('2026-01', '2026-12')).toBe(12);
    expect(creditMonths('2025-11', '2026-02')).toBe(4);
    expect(creditMonths('2026-03', '2026-03')).toBe(1);
  });
});

test('TPP: base 5,000,000, productivity 92.5, discipline 95', () => {
  expect(allowanceOf(5_000_000, points(92.5), points(95))).toBe(4_675_000);
});
