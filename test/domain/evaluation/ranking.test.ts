import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  mergeRankings,
  percentileOf,
  type ScoredStaff,
} from '../../../functions/domain/evaluation/ranking.ts';

const staff = (staffId: string, score: number, unitId = 'u-1', jobGroup = 'nurse'): ScoredStaff => ({
  staffId,
  unitId,
  jobGroup,
  score,
});

/** Distinct people with few distinct scores, so that ties are common. */
const anyStaff = fc
  .array(
    fc.record({
      score: fc.oneof(fc.nat(5), fc.integer({ min: 0, max: 120_000_000 })),
      unitId: fc.constantFrom('u-1', 'u-2', 'u-3'),
      jobGroup: fc.constantFrom('nurse', 'teacher'),
    }),
    { maxLength: 60 },
  )
  .map((rows) => rows.map((row, at) => ({ ...row, staffId: `s-${at}` })));

const rankScores = (scores: readonly number[]) => {
  const people = scores.map((score, at) => staff(`s-${at}`, score));
  const merged = mergeRankings([people]);
  return people.map((person) => merged.ranksOf(person).region);
};

describe('competition ranking', () => {
  test('1, 2, 2, 4', () => {
    expect(rankScores([70, 90, 80, 80]).map(({ rank }) => rank)).toEqual([4, 1, 2, 2]);
    expect(rankScores([5, 5, 5]).map(({ rank }) => rank)).toEqual([1, 1, 1]);
    expect(rankScores([])).toEqual([]);
  });

  test('the percentile is the share of the others that are lower', () => {
    expect(rankScores([70, 90, 80, 80]).map(({ percentile }) => percentile)).toEqual([
      0, 100_000_000, 33_333_333, 33_333_333,
    ]);
    expect(rankScores([42])).toEqual([{ rank: 1, of: 1, percentile: 100_000_000 }]);
    expect(percentileOf(2, 4)).toBe(66_666_667);
  });

  test('is what counting says', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.nat(9), fc.nat(120_000_000)), { maxLength: 80 }), (scores) => {
        const naive = scores.map((score) => ({
          rank: 1 + scores.filter((other) => other > score).length,
          of: scores.length,
          percentile: percentileOf(scores.filter((other) => other < score).length, scores.length),
        }));
        expect(rankScores(scores)).toEqual(naive);
      }),
    );
  });
});

describe('the merge of shards', () => {
  const people = [
    staff('s-3', 80, 'u-1', 'nurse'),
    staff('s-1', 90, 'u-2', 'teacher'),
    staff('s-2', 80, 'u-2', 'nurse'),
    staff('s-4', 70, 'u-1', 'nurse'),
  ];

  test('ranks everybody in unit, job group and region', () => {
    const merged = mergeRankings([people.slice(0, 1), [], people.slice(1)]);
    expect(merged.total).toBe(4);
    expect(merged.ranksOf(staff('s-2', 80, 'u-2', 'nurse'))).toEqual({
      unit: { rank: 2, of: 2, percentile: 0 },
      jobGroup: { rank: 1, of: 3, percentile: 50_000_000 },
      region: { rank: 2, of: 4, percentile: 33_333_333 },
    });
  });

  test('pages hold every scope in order, ties by staff id and with the same rank', () => {
    const { scopes } = mergeRankings([people]);
    expect(scopes.map(({ scope, total }) => [Object.values(scope).join(' '), total])).toEqual([
      ['REGION', 4],
      ['JOB_GROUP nurse', 3],
      ['JOB_GROUP teacher', 1],
      ['UNIT u-1', 2],
      ['UNIT u-2', 2],
    ]);
    const pages = [...(scopes[0]?.pages(3) ?? [])];
    expect(pages.map(({ number, total, entries }) => [number, total, entries.length])).toEqual([
      [0, 4, 3],
      [1, 4, 1],
    ]);
    expect(pages.flatMap(({ entries }) => entries.map(({ staffId, rank }) => `${rank} ${staffId}`))).toEqual([
      '1 s-1',
      '2 s-2',
      '2 s-3',
      '4 s-4',
    ]);
    expect(scopes[0]?.entries(1, 2)).toEqual(pages[0]?.entries.slice(1));
  });

  test('nobody at all is no scope but the region', () => {
    const merged = mergeRankings([]);
    expect(merged.scopes.map(({ scope, total }) => [scope.kind, total])).toEqual([['REGION', 0]]);
    expect([...(merged.scopes[0]?.pages(300) ?? [])]).toEqual([]);
  });

  test('somebody who was not merged has no ranks, and a score that is none stops the merge', () => {
    const merged = mergeRankings([people]);
    expect(() => merged.ranksOf(staff('x', 81))).toThrow(RangeError);
    expect(() => merged.ranksOf(staff('x', 80, 'u-9'))).toThrow(RangeError);
    for (const score of [-1, 1.5, Number.NaN, 2 ** 28]) {
      expect(() => mergeRankings([[staff('x', score)]])).toThrow(RangeError);
    }
  });

  test('equals a naive sort, however the staff are ordered and divided', () => {
    fc.assert(
      fc.property(
        anyStaff,
        fc.infiniteStream(fc.nat()),
        fc.integer({ min: 1, max: 7 }),
        (given, keys, shards) => {
          const shuffled = given
            .map((person) => ({ person, key: keys.next().value }))
            .sort((a, b) => a.key - b.key)
            .map(({ person }) => person);
          const divided = Array.from({ length: shards }, (_, shard) =>
            shuffled.filter((_, at) => at % shards === shard),
          );
          const merged = mergeRankings(divided);
          const written = (scopes: typeof merged.scopes) =>
            scopes.map(({ scope, pages }) => ({ scope, pages: [...pages(4)] }));
          expect(written(merged.scopes)).toEqual(written(mergeRankings([given]).scopes));

          for (const { scope, pages } of merged.scopes) {
            const members = given
              .filter(
                ({ unitId, jobGroup }) =>
                  scope.kind === 'REGION' ||
                  (scope.kind === 'UNIT' ? scope.unitId === unitId : scope.jobGroup === jobGroup),
              )
              .sort((a, b) => b.score - a.score || (a.staffId < b.staffId ? -1 : 1));
            const naive = members.map(({ staffId, unitId, score }) => ({
              staffId,
              unitId,
              score,
              rank: 1 + members.filter((other) => other.score > score).length,
            }));
            expect([...pages(4)].flatMap(({ entries }) => entries)).toEqual(naive);
          }
          for (const person of given) {
            const ranks = merged.ranksOf(person);
            expect(ranks.unit).toEqual(
              rankAmong(
                person,
                given.filter(({ unitId }) => unitId === person.unitId),
              ),
            );
            expect(ranks.jobGroup).toEqual(
              rankAmong(
                person,
                given.filter(({ jobGroup }) => jobGroup === person.jobGroup),
              ),
            );
            expect(ranks.region).toEqual(rankAmong(person, given));
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});

const rankAmong = ({ score }: ScoredStaff, others: readonly ScoredStaff[]) => ({
  rank: 1 + others.filter((other) => other.score > score).length,
  of: others.length,
  percentile: percentileOf(others.filter((other) => other.score < score).length, others.length),
});
