import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { keptOf, ratingsShown } from '../../../functions/domain/anonymity/ratings-shown.ts';
import type { Rating } from '../../../functions/domain/rating/rating.ts';
import { pseudonym } from '../../support/pseudonym.ts';

const K = 3;

const given = (rater: number, score: number, afterRun = 0, before: Rating | null = null): Rating => ({
  periodId: '2026-Q1',
  rateeId: 'n1',
  group: 'PEER',
  raterId: pseudonym(String(rater)),
  instrumentId: 'overall',
  instrumentVersion: 1,
  scores: [score],
  comment: null,
  source: 'RATER',
  ratedAt: null,
  afterRun,
  earlier: keptOf(before, afterRun),
  version: 1,
});
/** The same rater's, as whose subordinate they came to be. */
const below = (rating: Rating, score: number, more: Partial<Rating> = {}): Rating => ({
  ...rating,
  group: 'SUBORDINATE',
  scores: [score],
  ...more,
});
const scores = (ratings: readonly Rating[]) => ratings.map((rating) => rating.scores[0]);
const pool = [1, 2, 3, 4].map((rater) => given(rater, 3));
const [first, second, third, fourth] = pool as [Rating, Rating, Rating, Rating];

describe('who rated as a peer and as a subordinate', () => {
  test('is one rater, whichever rating comes first', () => {
    const twice = [first, below(first, 5)];
    expect(scores(ratingsShown([...twice, second], K))).toEqual([5, 3]);
    expect(scores(ratingsShown([...twice.toReversed(), second], K))).toEqual([5, 3]);
  });

  test('after a reopening is one change, and what was published of them stays until k are changed', () => {
    const twice = [below(first, 5, { afterRun: 1 }), below(second, 5, { afterRun: 1 })];
    expect(scores(ratingsShown([...pool, ...twice], K))).toEqual([3, 3, 3, 3]);
    const changed = [...twice, below(third, 5, { afterRun: 1 })];
    expect(scores(ratingsShown([...pool, ...changed], K))).toEqual([5, 5, 5, 3]);
  });

  test('as a peer again after the reopening counts as that', () => {
    const peers = [1, 2, 3, 4].map((rater) => given(rater, 1, 1));
    const before = pool.map((rating) => below(rating, 5));
    expect(scores(ratingsShown([...before, ...peers], K))).toEqual([1, 1, 1, 1]);
  });
});

describe('after a reopening', () => {
  test('a pool of which fewer than k ratings changed is shown as it was published', () => {
    const again = [given(1, 5, 1, first), given(2, 5, 1, second), third, fourth];
    expect(scores(ratingsShown(again, K))).toEqual([3, 3, 3, 3]);
    expect(scores(ratingsShown([...pool, given(5, 1, 1)], K))).toEqual([3, 3, 3, 3]);
  });

  test('from k on it is shown as it is', () => {
    const again = [given(1, 5, 1, first), given(2, 5, 1, second), third, fourth, given(5, 1, 1)];
    expect(scores(ratingsShown(again, K))).toEqual([5, 5, 3, 3, 1]);
  });

  test('changes of several reopenings count together, and what was shown last is what counts', () => {
    const one = given(1, 5, 1, first);
    const two = given(2, 5, 2, second);
    expect(scores(ratingsShown([one, two, third, fourth], K))).toEqual([3, 3, 3, 3]);
    const three = given(3, 5, 3, third);
    expect(scores(ratingsShown([one, two, three, fourth], K))).toEqual([5, 5, 5, 3]);
    // Back to what it said before the third publication: two changes since, so the third one's figures stay.
    const back = given(1, 3, 4, one);
    expect(scores(ratingsShown([back, two, three, fourth], K))).toEqual([5, 5, 5, 3]);
  });

  test('the same rating given again is no change', () => {
    const again = [1, 2, 3, 4].map((rater, at) => given(rater, 3, 1, pool[at] ?? null));
    expect(scores(ratingsShown([...again, given(5, 1, 1), given(6, 1, 1)], K))).toEqual([3, 3, 3, 3]);
  });

  test('a pool that was hidden has nothing to be compared with', () => {
    expect(scores(ratingsShown([first, second, given(5, 1, 1)], K))).toEqual([3, 3, 1]);
  });

  test('what is said several times before one publication leaves one content', () => {
    const twice = given(1, 4, 1, given(1, 5, 1, first));
    expect(twice.earlier.map((content) => content.scores)).toEqual([[3]]);
  });
});

test('no two publications differ by the ratings of fewer than k raters, whatever happened in between', () => {
  const step = fc.record({
    run: fc.integer({ min: 0, max: 4 }),
    rater: fc.integer({ min: 0, max: 6 }),
    isBelow: fc.boolean(),
    score: fc.integer({ min: 1, max: 5 }),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const ordered = [...steps].sort((a, b) => a.run - b.run);
      const ratings = new Map<string, Rating>();
      let shown: readonly Rating[] = [];
      for (let run = 0; run <= 4; run += 1) {
        for (const { rater, isBelow, score } of ordered.filter((one) => one.run === run)) {
          const key = `${rater} ${isBelow}`;
          const rating = given(rater, score, run, ratings.get(key) ?? null);
          ratings.set(key, isBelow ? below(rating, score) : rating);
        }
        const now = ratingsShown([...ratings.values()], K);
        expect(new Set(now.map(({ raterId }) => raterId)).size).toBe(now.length);
        const before = new Map(shown.map((rating) => [rating.raterId, rating.scores[0]]));
        const changed = now.filter(({ raterId, scores: [score] }) => before.get(raterId) !== score).length;
        if (shown.length >= K) expect(changed === 0 || changed >= K).toBe(true);
        shown = now;
      }
    }),
    { numRuns: 300 },
  );
});
