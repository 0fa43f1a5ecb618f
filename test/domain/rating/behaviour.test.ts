import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Adjustment } from '../../../functions/domain/fairness/fairness.ts';
import { type PolicyRules, defaultPolicyRules as rules } from '../../../functions/domain/period/policy.ts';
import {
  countedRatings,
  pointsOfMean,
  rateBehaviour,
  scoreBehaviour,
} from '../../../functions/domain/rating/behaviour.ts';
import {
  berakhlak,
  checkInstrument,
  defaultInstruments,
  newestVersion,
  overall,
} from '../../../functions/domain/rating/instrument.ts';
import type { Instrument, Rating } from '../../../functions/domain/rating/rating.ts';
import { formatPoints } from '../../../functions/domain/rounding.ts';
import { rating, seven } from '../evaluation/evaluation-builders.ts';

const score = (
  ratings: readonly Rating[],
  given: Partial<PolicyRules> = {},
  instruments = defaultInstruments,
) => scoreBehaviour(ratings, instruments, { ...rules, ...given });
const peers = (n: number, of = 4): Rating[] =>
  Array.from({ length: n }, (_, at) => rating('PEER', `p-${at}`, seven(of)));

describe('the scale', () => {
  test.each([
    [1, 1, '50.00'],
    [2, 1, '70.00'],
    [3, 1, '90.00'],
    [4, 1, '105.00'],
    [5, 1, '120.00'],
    [30, 7, '109.29'],
    [10, 3, '95.00'],
  ])('a mean of %d/%d is %s points', (numerator, denominator, points) => {
    expect(formatPoints(pointsOfMean({ numerator, denominator }, rules.behaviourScale))).toBe(points);
  });
  test('rises with the mean and stays within its ends', () => {
    const mean = fc
      .integer({ min: 1, max: 500 })
      .chain((d) => fc.tuple(fc.integer({ min: d, max: 5 * d }), fc.constant(d)));
    fc.assert(
      fc.property(mean, mean, ([n1, d1], [n2, d2]) => {
        const [a, b] = [
          pointsOfMean({ numerator: n1, denominator: d1 }, rules.behaviourScale),
          pointsOfMean({ numerator: n2, denominator: d2 }, rules.behaviourScale),
        ];
        expect(a).toBeGreaterThanOrEqual(50_000_000);
        expect(a).toBeLessThanOrEqual(120_000_000);
        if (n1 * d2 < n2 * d1) expect(a).toBeLessThanOrEqual(b);
      }),
    );
  });
  test('a very large pool is exact too', () => {
    expect(pointsOfMean({ numerator: 4 * 10 ** 12 + 1, denominator: 10 ** 12 }, rules.behaviourScale)).toBe(
      105_000_000,
    );
    expect(pointsOfMean({ numerator: 4 * 10 ** 12 - 1, denominator: 10 ** 12 }, rules.behaviourScale)).toBe(
      105_000_000,
    );
  });
});

test.each([
  [110_000_000, 'ABOVE'],
  [109_999_999, 'MEETS'],
  [90_000_000, 'MEETS'],
  [89_999_999, 'BELOW'],
])('%d micro-points are %s', (points, expected) => {
  expect(rateBehaviour(points, rules)).toBe(expected);
});

describe('pools of raters', () => {
  test('60 for the superior, 40 for peers and subordinates together', () => {
    const ratings = [
      rating('SUPERIOR', 's-9', seven(5)),
      ...peers(2, 3),
      rating('SUBORDINATE', 'b-1', seven(3)),
    ];
    const behaviour = score(ratings);
    expect(behaviour.score).toBe(108_000_000);
    expect(behaviour.pools).toMatchObject([
      { groups: ['SUPERIOR'], raters: 1, mean: { numerator: 35, denominator: 7 }, effectiveWeight: 6_000 },
      {
        groups: ['PEER', 'SUBORDINATE'],
        raters: 3,
        mean: { numerator: 63, denominator: 21 },
        effectiveWeight: 4_000,
      },
    ]);
    expect(behaviour.proposed).toBe('MEETS');
  });

  test('a group that is absent is left out, and the result says so', () => {
    const behaviour = score([rating('SUPERIOR', 's-9', seven(4))]);
    expect(behaviour.score).toBe(105_000_000);
    expect(behaviour.pools.map(({ effectiveWeight }) => effectiveWeight)).toEqual([10_000, 0]);
    expect(score(peers(3)).pools[0]).toMatchObject({ notMeasured: 'NO_RATINGS', effectiveWeight: 0 });
  });

  test('oneself is shown and never counted', () => {
    const ratings = [rating('SUPERIOR', 's-9', seven(3)), rating('SELF', 's-1', seven(5))];
    const behaviour = score(ratings);
    expect(behaviour.score).toBe(90_000_000);
    expect(behaviour.self).toMatchObject({ points: 120_000_000, weight: 0, effectiveWeight: 0 });
    expect(score([rating('SELF', 's-1', seven(5))])).toMatchObject({ score: null, proposed: null });
  });

  test('the public counts only where the policy gives it a weight', () => {
    const patients = ['a', 'b', 'c'].map((id) => rating('PUBLIC', id, [5]));
    expect(score(patients)).toMatchObject({ score: null, notMeasured: 'TOO_FEW_RATERS' });
    expect(score(patients, { raterPools: [{ groups: ['PUBLIC'], weight: 10_000 }] }).score).toBe(120_000_000);
  });

  test('nobody rated', () => {
    expect(score([], { raterPools: [{ groups: ['SUPERIOR'], weight: 10_000 }] })).toMatchObject({
      score: null,
      notMeasured: 'NO_RATINGS',
      self: null,
    });
  });
});

describe('adjusted for the severity of raters', () => {
  const ratings = [rating('SUPERIOR', 's-9', seven(3)), ...peers(3, 4)];
  const adjustment = { ratings: 4, mean: 4_000_000, standardError: 120_000, notAdjusted: null };
  const given = (behaviourScore: PolicyRules['behaviourScore'], adjusted: Adjustment | null) =>
    scoreBehaviour(ratings, defaultInstruments, { ...rules, behaviourScore }, adjusted);

  test('both scores are kept, and the policy says which one counts', () => {
    const both = { rawScore: 96_000_000, adjusted: { ...adjustment, score: 105_000_000 } };
    expect(given('RAW', adjustment)).toMatchObject({ ...both, counts: 'RAW', score: 96_000_000 });
    expect(given('ADJUSTED', adjustment)).toMatchObject({ ...both, counts: 'ADJUSTED', score: 105_000_000 });
  });

  test('what could not be adjusted counts as it is, with the reason', () => {
    const left = { ratings: 4, mean: null, standardError: null, notAdjusted: 'NOT_CONNECTED' } as const;
    const kept = { adjusted: { ...left, score: null }, counts: 'RAW', score: 96_000_000 };
    expect(given('ADJUSTED', left)).toMatchObject(kept);
    expect(given('ADJUSTED', null)).toMatchObject({ adjusted: null, counts: 'RAW', score: 96_000_000 });
  });

  test('a mean beyond the scale is worth what its end is', () => {
    expect(given('ADJUSTED', { ...adjustment, mean: 5_100_000 }).score).toBe(120_000_000);
    expect(given('ADJUSTED', { ...adjustment, mean: 900_000 }).score).toBe(50_000_000);
  });

  test('the model takes the ratings of pools that count, on 1 to 5, and no others', () => {
    const self = rating('SELF', 's-1', seven(5));
    const served = [1, 2, 3].map((n) => rating('PUBLIC', `c-${n}`, [4]));
    const taken = countedRatings([...ratings, self, ...served], defaultInstruments, rules);
    expect(taken).toEqual([
      { rater: 's-9', ratee: 's-1', value: 3 },
      ...[0, 1, 2].map((n) => ({ rater: `p-${n}`, ratee: 's-1', value: 4 })),
    ]);
    const hidden = countedRatings([ratings[0] as Rating, ...peers(2, 1), self], defaultInstruments, rules);
    expect(hidden).toEqual([{ rater: 's-9', ratee: 's-1', value: 3 }]);
  });
});

describe('anonymity', () => {
  const superior = rating('SUPERIOR', 's-9', seven(3));
  test('two peers leave no trace: not in the score, not in a figure, not in a number', () => {
    const alone = score([superior]);
    for (const n of [1, 2]) {
      for (const of of [1, 5]) expect(score([superior, ...peers(n, of)])).toEqual(alone);
    }
    expect(alone.pools[1]).toMatchObject({
      raters: 0,
      mean: null,
      points: null,
      notMeasured: 'TOO_FEW_RATERS',
      effectiveWeight: 0,
    });
  });
  test('two people who rated three times, as a peer and as a subordinate too, are two', () => {
    const twice = [...peers(2, 2), rating('SUBORDINATE', 'p-0', seven(5))];
    expect(score([superior, ...twice])).toEqual(score([superior]));
    expect(countedRatings([superior, ...twice], defaultInstruments, rules)).toHaveLength(1);

    const three = [superior, ...twice, rating('PEER', 'p-2', seven(2))];
    // The first counts once, as the subordinate that they came to be.
    expect(score(three).pools[1]).toMatchObject({ raters: 3, mean: { numerator: 63, denominator: 21 } });
    expect(score(three.toReversed())).toEqual(score(three));
    expect(
      countedRatings(three, defaultInstruments, rules)
        .map(({ rater }) => rater)
        .sort(),
    ).toEqual(['p-0', 'p-1', 'p-2', 's-9']);
  });
  test('three are enough, and k is policy', () => {
    expect(score([superior, ...peers(3, 5)]).score).toBe(102_000_000);
    expect(score([superior, ...peers(3, 5)], { minimumRaters: 4 })).toEqual(
      score([superior], { minimumRaters: 4 }),
    );
  });
});

describe('instruments', () => {
  const four: Instrument = { ...overall, id: 'four', scale: { low: 0, high: 10 } };
  test('each rater counts the same, whichever instrument they used', () => {
    // Means 4 and, on 0..10, 10 (which is 5 on 1..5): together 4.5.
    const pools = { raterPools: [{ groups: ['SUPERIOR' as const], weight: 10_000 }] };
    const ratings = [
      rating('SUPERIOR', 'a', seven(4)),
      rating('SUPERIOR', 'b', [10], { instrumentId: 'four' }),
    ];
    const behaviour = score(ratings, pools, [...defaultInstruments, four]);
    const { numerator, denominator } = behaviour.pools[0]?.mean ?? { numerator: 0, denominator: 1 };
    expect(Number(numerator) / Number(denominator)).toBe(4.5);
    expect(score(ratings.toReversed(), pools, [...defaultInstruments, four])).toEqual(behaviour);
  });

  test('a mean over many numbers of items is exact however large its fraction', () => {
    const primes = [29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71];
    const many = primes.map(
      (n): Instrument => ({
        ...overall,
        id: `of-${n}`,
        items: Array.from({ length: n }, (_, at) => ({ id: `i-${at}`, text: { id: 'x', en: 'x' } })),
      }),
    );
    const ratings = primes.map((n) =>
      rating('PEER', `p-${n}`, [5, ...new Array<number>(n - 1).fill(4)], { instrumentId: `of-${n}` }),
    );
    const pools = { raterPools: [{ groups: ['PEER' as const], weight: 10_000 }] };
    const behaviour = score(ratings, pools, many);
    const mean = behaviour.pools[0]?.mean;
    // Each rater's mean is 4 + 1/n.
    const product = primes.reduce((all, n) => all * BigInt(n), 1n);
    const sum = primes.reduce((all, n) => all + 4n * product + product / BigInt(n), 0n);
    expect(BigInt(mean?.numerator ?? 0) * product * 11n).toBe(sum * BigInt(mean?.denominator ?? 0));
    // 105 + 15 × the mean beyond 4, half-up.
    expect(behaviour.score).toBe(Math.round(105e6 + 15e6 * (primes.reduce((all, n) => all + 1 / n, 0) / 11)));
    expect(score(ratings.toReversed(), pools, many)).toEqual(behaviour);
  });

  test('a rating whose instrument is not there stops the evaluation', () => {
    expect(() => score([rating('SUPERIOR', 'a', [3], { instrumentVersion: 9 })])).toThrow(
      'overall version 9',
    );
  });

  test('those that a region starts with are valid, and the newest version is found', () => {
    expect(defaultInstruments.flatMap(checkInstrument)).toEqual([]);
    expect(berakhlak.items).toHaveLength(7);
    const second = { ...overall, version: 2 };
    expect(newestVersion([second, ...defaultInstruments], 'overall')).toBe(second);
    expect(newestVersion(defaultInstruments, 'none')).toBeNull();
  });

  test.each<[string, Partial<Instrument>, string[]]>([
    ['no id', { id: '' }, ['INVALID_FORMAT id']],
    ['version zero', { version: 0 }, ['OUT_OF_RANGE version']],
    ['one language', { name: { id: 'Penilaian', en: '' } }, ['REQUIRED name.en']],
    ['no items', { items: [] }, ['REQUIRED items']],
    ['an item twice', { items: [...overall.items, ...overall.items] }, ['DUPLICATE items.1.id']],
    ['a scale of one step', { scale: { low: 3, high: 3 } }, ['OUT_OF_RANGE scale']],
    ['a scale of halves', { scale: { low: 1, high: 4.5 } }, ['OUT_OF_RANGE scale']],
    ['a scale upside down', { scale: { low: 5, high: 1 } }, ['OUT_OF_RANGE scale']],
    ['a scale to a hundred', { scale: { low: 0, high: 100 } }, ['OUT_OF_RANGE scale']],
  ])('refuses %s', (_, given, expected) => {
    const found = checkInstrument({ ...overall, ...given });
    expect(found.map(({ code, path }) => `${code} ${path.join('.')}`)).toEqual(expected);
  });
});
