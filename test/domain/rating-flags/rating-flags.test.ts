import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { shownCompletion } from '../../../functions/domain/rating/rating-completion.ts';
import type { FlagKind, SeenRating } from '../../../functions/domain/rating-flags/flag.ts';
import { flatRaters } from '../../../functions/domain/rating-flags/flat-raters.ts';
import { inACrowd } from '../../../functions/domain/rating-flags/in-a-crowd.ts';
import { outlyingSuperiors } from '../../../functions/domain/rating-flags/outlying-superiors.ts';
import { publicBursts } from '../../../functions/domain/rating-flags/public-bursts.ts';
import { shownFigures } from '../../../functions/domain/rating-flags/shown-flag.ts';
import { mutualPairs, tradingPairs } from '../../../functions/domain/rating-flags/trading-pairs.ts';

const rating = (rater: string, ratee: string, value: number, more: Partial<SeenRating> = {}): SeenRating => ({
  rater,
  ratee,
  value,
  anonymous: true,
  flat: Number.isInteger(value) ? value : null,
  day: null,
  ...more,
});
const RATEES = ['a', 'b', 'c', 'd', 'e'];
const others = RATEES.map((ratee, at) => rating('x', ratee, 2 + (at % 3)));

const raterOf = (staffId: string) => staffId.toUpperCase();

describe('a flat rater', () => {
  const flat = RATEES.map((ratee) => rating('flat', ratee, 4));

  test('gives at least five people the same in every item', () => {
    expect(flatRaters([...flat, ...others])).toEqual([
      expect.objectContaining({ raters: ['flat'], ratings: 5, mean: 4, others: 2.8, anonymous: true }),
    ]);
    expect(flatRaters([...flat.slice(1), ...others])).toEqual([]);
    expect(flatRaters([...flat.slice(1), rating('flat', 'a', 5), ...others])).toEqual([]);
    // The same mean from different items is no flat rating.
    expect(flatRaters([...flat.map((one) => ({ ...one, flat: null })), ...others])).toEqual([]);
  });

  test('is none where everybody agrees', () => {
    const same = RATEES.map((ratee) => rating('other', ratee, 4));
    expect(flatRaters([...flat, ...same])).toEqual([]);
  });
});

describe('a trading pair', () => {
  const around = ['p', 'q', 'r'].flatMap((rater) => [rating(rater, 'a', 3), rating(rater, 'b', 3.5)]);
  const trade = [rating('A', 'b', 5), rating('B', 'a', 4.5)];
  const tradesIn = (ratings: readonly SeenRating[]) => tradingPairs(mutualPairs(ratings, raterOf));

  test('gives each other what nobody else gives either', () => {
    expect(tradesIn([...around, ...trade])).toEqual([
      expect.objectContaining({ raters: ['A', 'B'], mean: 4.75, others: 3.25, ratings: 2 }),
    ]);
  });

  test.each([
    ['one side is not top', [rating('A', 'b', 5), rating('B', 'a', 4.4)]],
    ['only one rates the other', [rating('A', 'b', 5)]],
    ['the superior is one of them', [rating('A', 'b', 5, { anonymous: false }), rating('B', 'a', 5)]],
  ])('is none where %s', (_, marks) => {
    expect(tradesIn([...around, ...marks])).toEqual([]);
  });

  test('is none where others think as highly, or are too few', () => {
    const high = around.map((one) => ({ ...one, value: 4 }));
    expect(tradesIn([...high, ...trade])).toEqual([]);
    expect(tradesIn([...around.slice(2), ...trade])).toEqual([]);
  });
});

describe('an outlying superior', () => {
  const colleagues = ['a', 'b', 'c'].flatMap((ratee) => ['p', 'q'].map((rater) => rating(rater, ratee, 4)));
  const superior = (value: number, ratees = ['a', 'b', 'c']) =>
    ratees.map((ratee) => rating('kapus', ratee, value, { anonymous: false }));

  test('lies a point from all others over three people, below or above', () => {
    expect(outlyingSuperiors([...colleagues, ...superior(3)])).toEqual([
      expect.objectContaining({ raters: ['kapus'], ratings: 3, mean: 3, others: 4, anonymous: false }),
    ]);
    expect(outlyingSuperiors([...colleagues, ...superior(5)])).toHaveLength(1);
    expect(outlyingSuperiors([...colleagues, ...superior(3.1)])).toEqual([]);
    expect(outlyingSuperiors([...colleagues, ...superior(1, ['a', 'b'])])).toEqual([]);
    // Nobody else has rated these: there is nothing to be far from.
    expect(outlyingSuperiors([...colleagues, ...superior(1, ['x', 'y', 'z'])])).toEqual([]);
  });
});

test('a burst is ten answers on a day, and more than half of all', () => {
  const answers = (count: number, day: string) =>
    Array.from({ length: count }, (_, at) => rating(`${day} ${at}`, 'n1', 5, { day }));
  expect(publicBursts([...answers(10, '2026-03-02'), ...answers(9, '2026-03-03')], 3)).toEqual([
    expect.objectContaining({ ratee: 'n1', day: '2026-03-02', ratings: 10, mean: 5, others: 5 }),
  ]);
  expect(publicBursts([...answers(10, '2026-03-02'), ...answers(10, '2026-03-03')], 3)).toEqual([]);
  expect(publicBursts(answers(9, '2026-03-02'), 3)).toEqual([]);
});

test('a burst tells nothing of the few who answered on other days', () => {
  const day = '2026-03-02';
  const burst = Array.from({ length: 12 }, (_, at) => rating(`b${at}`, 'n1', 4 + (at % 2) / 7, { day }));
  const apart = (count: number) =>
    Array.from({ length: count }, (_, at) => rating(`o${at}`, 'n1', 1 + at / 7, { day: '2026-03-05' }));
  const [few] = publicBursts([...burst, ...apart(2)], 3);
  expect(few?.others).toBeNull();
  const [flag] = publicBursts([...burst, ...apart(3)], 3);
  if (flag === undefined) throw new Error('no burst');
  // Exact figures of a day, taken from those of the pool, would leave theirs.
  expect(shownFigures(flag)).toEqual({ ratings: 10, mean: 4, others: 1 });
});

test('of anonymous raters figures are shown to half a point and to fives', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 60 }),
      fc.double({ min: 1, max: 5, noNaN: true }),
      (ratings, mean) => {
        const flag = { kind: 'FLAT_RATER', raters: [], ratee: null, anonymous: true, day: null } as const;
        const shown = shownFigures({ ...flag, ratings, mean, others: mean });
        expect(shown.mean * 2).toBe(Math.round(shown.mean * 2));
        expect(Math.abs(shown.mean - mean)).toBeLessThanOrEqual(0.25);
        if (ratings >= 5) expect(shown.ratings % 5).toBe(0);
      },
    ),
  );
});

describe('what is told of anonymous raters', () => {
  const K = 3;
  const kindsOf = (ratings: readonly SeenRating[]): readonly FlagKind[] => {
    const pairs = mutualPairs(ratings, raterOf);
    const flags = [...flatRaters(ratings), ...tradingPairs(pairs), ...outlyingSuperiors(ratings)];
    return inACrowd(flags, ratings, pairs, K).map(({ kind }) => kind);
  };
  const people = Array.from({ length: 12 }, (_, at) => `p${at}`);
  const gives = (rater: string, count: number, mark: (at: number) => number) =>
    people.slice(0, count).map((ratee, at) => rating(rater, ratee, mark(at)));
  const varied = (rater: string, count: number) => gives(rater, count, (at) => 2 + (at % 3));
  const flat = (rater: string, count = 5) => gives(rater, count, () => 4);

  test('a flat rater is a case among at least k who have rated as many', () => {
    expect(kindsOf([...flat('f'), ...varied('x', 5), ...varied('y', 9)])).toEqual(['FLAT_RATER']);
    expect(kindsOf([...flat('f'), ...varied('x', 5), ...varied('y', 4)])).toEqual([]);
  });

  test('the number that is told leads to nobody: too few are told to have rated as many', () => {
    const many = ['x', 'y'].flatMap((rater) => varied(rater, 12));
    expect(kindsOf([...flat('f', 10), ...many])).toEqual(['FLAT_RATER']);
    expect(kindsOf([...flat('f', 10), ...varied('x', 9), ...varied('y', 9)])).toEqual([]);
    // Who sees from the completion that the others have rated all their twelve knows whose five these are.
    expect(kindsOf([...flat('f', 5), ...many])).toEqual([]);
  });

  test('people served and superiors are no crowd, and a superior needs none', () => {
    const served = ['x', 'y'].flatMap((rater) =>
      varied(rater, 5).map((one) => ({ ...one, day: '2026-03-02' })),
    );
    expect(kindsOf([...flat('f'), ...served])).toEqual([]);
    const superiors = ['x', 'y'].flatMap((rater) =>
      varied(rater, 5).map((one) => ({ ...one, anonymous: false })),
    );
    expect(kindsOf([...flat('f'), ...superiors])).not.toContain('FLAT_RATER');
    const head = flat('kapus').map((one) => ({ ...one, anonymous: false }));
    expect(kindsOf([...head, ...varied('x', 5)])).toContain('FLAT_RATER');
  });

  test('no case is told where everybody who could be it is one', () => {
    const all = ['f', 'g', 'h'].flatMap((rater) => flat(rater));
    expect(kindsOf([...all, ...varied('x', 4)])).toEqual([]);
    expect(kindsOf([...all, ...varied('x', 5)])).toEqual(['FLAT_RATER', 'FLAT_RATER', 'FLAT_RATER']);
  });

  /** Three others rate everybody 3; those named rate each other, with these marks. */
  const mutual = (pairs: Readonly<Record<string, number>>) => [
    ...['q', 'r', 's'].flatMap((rater) => ['a', 'b', 'c', 'd'].map((ratee) => rating(rater, ratee, 3))),
    ...Object.entries(pairs).flatMap(([[one = '', other = ''], mark]) => [
      rating(raterOf(one), other, mark),
      rating(raterOf(other), one, mark),
    ]),
  ];

  test.each([
    ['two only have rated each other', { ab: 5 }, 0],
    ['one person is in every pair', { ab: 5, ac: 3, ad: 3 }, 0],
    ['three have rated each other', { ab: 5, ac: 3, bc: 3 }, 1],
    ['another pair has', { ab: 5, cd: 3 }, 1],
    ['all who have are trading', { ab: 5, cd: 5 }, 0],
    ['the cases are more than pairs without somebody', { ab: 5, bc: 5, cd: 3 }, 0],
  ])('a pair, where %s', (_, pairs, told) => {
    expect(kindsOf(mutual(pairs))).toEqual(Array.from({ length: told }, () => 'TRADING_PAIR'));
  });
});

describe('completion', () => {
  const counts = (due: number | null, done: number, group: 'PEER' | 'SELF' = 'PEER') =>
    shownCompletion({ group, due, done }, 3).done;

  test('of an anonymous group hides few ratings, few that are missing, and tells a complete one', () => {
    expect([0, 1, 2, 3, 7, 8, 9, 10].map((done) => counts(10, done))).toEqual([
      null,
      null,
      null,
      3,
      7,
      null,
      null,
      10,
    ]);
    expect([counts(null, 2), counts(null, 3)]).toEqual([null, 3]);
  });

  test('of superiors and of oneself is what it is', () => {
    expect([counts(10, 0, 'SELF'), counts(10, 9, 'SELF')]).toEqual([0, 9]);
  });
});
