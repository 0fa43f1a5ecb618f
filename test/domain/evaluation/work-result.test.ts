import { describe, expect, test } from 'vitest';
import {
  proposeWorkResultRating,
  rateAchievement,
  scoreWorkResult,
} from '../../../functions/domain/evaluation/work-result.ts';
import type { Realisation } from '../../../functions/domain/indicator/realisation.ts';
import { defaultPolicyRules as rules } from '../../../functions/domain/period/policy.ts';
import type { PlanLine } from '../../../functions/domain/plan/line.ts';
import type { ExpectationRating } from '../../../functions/domain/rating/rating.ts';
import { formatPoints } from '../../../functions/domain/rounding.ts';
import { agreedPlan, frameOf, line, realisation, value } from './evaluation-builders.ts';

const score = (lines: readonly PlanLine[], realisations: readonly Realisation[]) =>
  scoreWorkResult(agreedPlan(lines), realisations, frameOf());

test.each([
  [100_000_001, 'ABOVE'],
  [100_000_000, 'MEETS'],
  [90_000_000, 'MEETS'],
  [89_999_999, 'BELOW'],
  [0, 'BELOW'],
])('an achievement of %d micro-percent is %s', (micro, expected) => {
  expect(rateAchievement(micro, rules)).toBe(expected);
});

describe('the proposed rating (annex, evaluation, third step)', () => {
  const rated = (text: string) =>
    text.split(' ').map((letter) => ({
      kind: letter === letter.toUpperCase() ? ('MAIN' as const) : ('ADDITIONAL' as const),
      rating: ({ A: 'ABOVE', M: 'MEETS', B: 'BELOW', '-': null } as const)[
        letter.toUpperCase()
      ] as ExpectationRating | null,
    }));
  test.each([
    ['A A A', 'ABOVE', 'all are above'],
    ['A A M', 'ABOVE', 'most are above and none is below'],
    ['A M', 'MEETS', 'half is not most'],
    ['A A B', 'MEETS', 'a main line is below; one of three is a few'],
    ['A A A b', 'ABOVE', 'only an additional line is below'],
    ['M a a', 'ABOVE', 'additional lines are lines'],
    ['M M M', 'MEETS', 'all meet'],
    ['M M B', 'MEETS', 'a third is a few'],
    ['M M M M B B', 'MEETS', 'two of six are a third'],
    ['M M M B B', 'BELOW', 'two of five are more than a few'],
    ['A B', 'BELOW', 'half is not most, and more than a few'],
    ['M b b', 'BELOW', 'most do not meet'],
    ['B B M', 'BELOW', 'most are below'],
    ['B', 'BELOW', 'all are below'],
    ['- A', 'ABOVE', 'what is not measured is no line here'],
    ['- a a', null, 'no main line is measured'],
    ['-', null, 'nothing is measured'],
  ])('%s is %s: %s', (text, expected, _because) => {
    expect(proposeWorkResultRating(rated(text), rules)).toBe(expected);
  });

  test.each([
    ['M M M B', 2_500, 'MEETS', 'exactly a few below is still what was expected'],
    ['M M M B', 2_499, 'BELOW', 'a basis point over a few is not'],
    ['M B a', 5_000, 'MEETS', 'one of two, where half is a few'],
    ['M M B', 0, 'BELOW', 'where none is a few, one is too many'],
    ['M M M', 0, 'MEETS', 'where none is a few, none is a few'],
    ['M M b', 0, 'MEETS', 'additional lines are not counted among the few'],
  ])('%s with a few being %d basis points is %s: %s', (text, few, expected, _because) => {
    const workResultShares = { ...rules.workResultShares, few };
    expect(proposeWorkResultRating(rated(text), { workResultShares })).toBe(expected);
  });

  test.each([
    ['A A A M M', 6_000, 'MEETS', 'exactly that share is not most'],
    ['A A A M M', 5_999, 'ABOVE', 'a basis point over it is'],
    ['M M M b b', 6_000, 'BELOW', 'exactly that share is not most of what meets, either'],
    ['M M M b b', 5_999, 'MEETS', 'a basis point over it is most of what meets'],
  ])('%s with most being over %d basis points is %s: %s', (text, most, expected, _because) => {
    const workResultShares = { ...rules.workResultShares, most };
    expect(proposeWorkResultRating(rated(text), { workResultShares })).toBe(expected);
  });
});

describe('the score of a plan', () => {
  const three = [3_334, 3_333, 3_333].map((weight, at) =>
    line(`L${at + 1}`, { weight, targets: { '01': value(100) } }),
  );

  test('is the weighted mean of the lines', () => {
    const result = score(three, [
      realisation('L1', '2026-01', 120),
      realisation('L2', '2026-01', 90),
      realisation('L3', '2026-01', 60),
    ]);
    expect(formatPoints(result.score ?? -1)).toBe('90.00');
    expect(result.score).toBe(90_003_000);
    expect(result).toMatchObject({ source: 'PLAN', planRevision: 1, notMeasured: null, proposed: 'MEETS' });
  });

  test('leaves out what is not measured and says who carries its weight', () => {
    const result = score(three, [realisation('L1', '2026-01', 120), realisation('L3', '2026-01', 60)]);
    expect(result.score).toBe(90_004_500);
    expect(result.lines.map(({ effectiveWeight }) => effectiveWeight)).toEqual([5_001, 0, 4_999]);
    expect(result.lines[1]).toMatchObject({ achievement: null, notMeasured: 'NO_REALISATION', rating: null });
  });

  test('of two figures for one month takes the later version, whatever their order', () => {
    const figures = [2, 3, 1].map((version) => realisation('L1', '2026-01', version * 10, { version }));
    for (const realisations of [figures, figures.toReversed()]) {
      expect(score([line('L1', { targets: { '01': value(30) } })], realisations).lines[0]?.realisation).toBe(
        '30',
      );
    }
  });

  test('an additional line is rated and weighs nothing', () => {
    const lines = [line('L1'), line('L2', { kind: 'ADDITIONAL', weight: 0 })];
    const result = score(lines, [realisation('L1', '2026-01', 10), realisation('L2', '2026-01', 12)]);
    expect(result.score).toBe(100_000_000);
    expect(result.lines[1]).toMatchObject({ rating: 'ABOVE', effectiveWeight: 0 });
  });

  test('without a plan, without figures, and with an unmeasurable target there is none', () => {
    expect(scoreWorkResult(null, [], frameOf())).toMatchObject({
      score: null,
      notMeasured: 'NO_PLAN',
      lines: [],
    });
    const proposed = { ...agreedPlan([line('L1')]), agreed: null };
    expect(scoreWorkResult(proposed, [], frameOf()).notMeasured).toBe('NO_PLAN');
    expect(score([line('L1')], [])).toMatchObject({
      score: null,
      notMeasured: 'NO_LINES_MEASURED',
      proposed: null,
    });
    const zero = score([line('L1', { targets: { '01': value(0) } })], [realisation('L1', '2026-01', 5)]);
    expect(zero.lines[0]).toMatchObject({ notMeasured: 'ZERO_TARGET', target: value(0), realisation: '5' });
    expect(zero.score).toBeNull();
  });

  test('passes over other plans, other months and lines that were dropped', () => {
    const stray = [
      realisation('L1', '2026-01', 1, { planId: 's-2:2026' }),
      realisation('L1', '2026-04', 1),
      realisation('L7', '2026-01', 1),
    ];
    expect(score([line('L1')], stray).lines[0]?.notMeasured).toBe('NO_REALISATION');
  });
});
