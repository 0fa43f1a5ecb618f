import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { discrepancies } from '../../functions/domain/evaluation/recompute.ts';
import type { Result } from '../../functions/domain/evaluation/result.ts';
import { adjustRatings } from '../../functions/domain/fairness/fairness.ts';
import { defaultPolicyRules, type PolicyRules } from '../../functions/domain/period/policy.ts';
import { pointsOfMean } from '../../functions/domain/rating/behaviour.ts';
import { createStore } from '../../functions/store/create-store.ts';
import { summarise } from '../../functions/usecases/result/summarise.ts';
import { createTestTable, type TestTable } from '../support/dynamodb.ts';
import { execute } from './machine.ts';
import { type PersonSpec, type RegionSpec, seedRegion } from './region.ts';

/*
 * A health centre in two shards: the severe superior's nurses and the mild one's, rated by colleagues of both teams, and a
 * village office too small to tell a severe rater from a weak colleague.
 */
const nurse = (id: string, shard: number, superior: number, peers: readonly number[]): PersonSpec => ({
  id,
  unit: 'puskesmas',
  shard,
  jobGroup: 'nurse',
  assessor: shard === 0 ? 'severe' : 'mild',
  rated: [
    ['SUPERIOR', shard === 0 ? 'severe' : 'mild', superior],
    ...peers.map((mark, at) => ['PEER', `colleague-${at + 1}`, mark] as const),
    ['SELF', id, 5],
  ],
});

const NURSES = [
  nurse('n-1', 0, 3, [4, 5, 5, 4]),
  nurse('n-2', 0, 2, [4, 4, 4, 3]),
  nurse('n-3', 0, 1, [2, 3, 3, 2]),
  nurse('n-4', 1, 5, [3, 4, 4, 3]),
  nurse('n-5', 1, 5, [4, 4, 5, 4]),
  nurse('n-6', 1, 4, [2, 2, 3, 2]),
  // Two colleagues are too few to be shown: what they gave must be nowhere.
  nurse('n-7', 1, 4, [1, 1]),
];

const clerk = (id: string): PersonSpec => ({
  id,
  unit: 'kelurahan',
  jobGroup: 'clerk',
  assessor: 'lurah',
  rated: [['SUPERIOR', 'lurah', 4]],
});

const region = (rules: Partial<PolicyRules>, nurses: readonly PersonSpec[]): RegionSpec => ({
  periodId: '2026-Q1',
  units: [{ id: 'puskesmas', shards: 2 }, { id: 'kelurahan' }],
  people: [...nurses, clerk('c-1'), clerk('c-2')],
  rules,
});

const tables: TestTable[] = [];
afterAll(async () => {
  for (const table of tables) await table.drop();
});

async function closed(
  rules: Partial<PolicyRules>,
  nurses = NURSES,
): Promise<(id: string) => Promise<Result>> {
  const table = await createTestTable();
  tables.push(table);
  const store = createStore({ client: table.client, tableName: table.tableName });
  await seedRegion(store, region(rules, nurses));
  await execute({ store, now: () => '2026-04-05T17:00:03.000Z' }, { periodId: '2026-Q1', attempt: 1 });
  return async (id) => {
    const result = await store.results.get('2026-Q1', 'r1', id);
    if (result === null) throw new Error(`no result of ${id}`);
    return result;
  };
}

/** The fit of the unit's ratings that count, whoever lies in which shard. */
const expected = adjustRatings(
  NURSES.flatMap(({ id, rated = [] }) =>
    rated
      .filter(([group]) => group === 'SUPERIOR' || (group === 'PEER' && id !== 'n-7'))
      .map(([, rater, value]) => ({ rater, ratee: id, value })),
  ),
);

describe('a region whose policy counts adjusted behaviour scores', () => {
  let resultOf: (id: string) => Promise<Result>;
  beforeAll(async () => {
    resultOf = await closed({ behaviourScore: 'ADJUSTED' });
  });

  test.each(NURSES.map(({ id }) => id))('adjusts %s by a fit to the whole unit, both shards', async (id) => {
    const { behaviour } = await resultOf(id);
    const { ratings, mean, standardError } = expected.adjustments.get(id) ?? {};
    expect(expected.model).not.toBeNull();
    const score = pointsOfMean(
      { numerator: mean ?? 0, denominator: 1_000_000 },
      defaultPolicyRules.behaviourScale,
    );
    expect(behaviour).toMatchObject({
      adjusted: { ratings, mean, standardError, score, notAdjusted: null },
      counts: 'ADJUSTED',
      score,
    });
    expect(behaviour.rawScore).not.toBe(score);
  });

  test('a severe superior costs less than before, and a mild one brings less', async () => {
    const gain = async (id: string) => {
      const { rawScore, score } = (await resultOf(id)).behaviour;
      return (score ?? 0) - (rawScore ?? 0);
    };
    expect(await gain('n-2')).toBeGreaterThan(0);
    expect(await gain('n-4')).toBeLessThan(0);
  });

  test('takes nothing of a pool that is too small to be shown', async () => {
    const { behaviour } = await resultOf('n-7');
    expect(behaviour.pools[1]).toMatchObject({ raters: 0, notMeasured: 'TOO_FEW_RATERS' });
    expect(behaviour.adjusted?.ratings).toBe(1);
  });

  test('which other marks in it would change in nobody’s result', async () => {
    const others = await closed({ behaviourScore: 'ADJUSTED' }, [
      ...NURSES.slice(0, -1),
      nurse('n-7', 1, 4, [5, 3]),
    ]);
    for (const { id } of NURSES) expect(await others(id)).toEqual(await resultOf(id));
  });

  test('says both scores, the error and the number of ratings in words', async () => {
    const result = await resultOf('n-2');
    const english = summarise(result, null, 'en').join('\n');
    expect(english).toMatch(
      /Behaviour [\d.]+: the score that allows for strict and mild raters; without that [\d.]+/,
    );
    expect(english).toMatch(/is [\d.]+ of 5 \(standard error 0\.\d\d, from 5 ratings\).*this score counts/);
    const indonesian = summarise(result, null, 'id').join('\n');
    expect(indonesian).toMatch(/galat baku 0,\d\d, dari 5 penilaian.*nilai inilah yang berlaku/);
  });

  test('leaves the raw score of a unit with too few ratings, and says so', async () => {
    const result = await resultOf('c-1');
    expect(result.behaviour).toMatchObject({
      adjusted: { ratings: 1, mean: null, standardError: null, score: null, notAdjusted: 'TOO_FEW_RATINGS' },
      counts: 'RAW',
      score: 105_000_000,
      rawScore: 105_000_000,
    });
    expect(summarise(result, null, 'en').join('\n')).toContain(
      'could not be allowed for because the unit has too few ratings',
    );
  });

  test('can be recomputed from the adjusted mean', async () => {
    const rules = { ...defaultPolicyRules, behaviourScore: 'ADJUSTED' } as const;
    for (const { id } of NURSES) expect(discrepancies(await resultOf(id), rules)).toEqual([]);
    const { behaviour, ...result } = await resultOf('n-1');
    const wrong = { ...result, behaviour: { ...behaviour, score: behaviour.rawScore } };
    expect(discrepancies(wrong, rules)).toHaveLength(1);
  });
});

test('by default both are kept and the raw score counts', async () => {
  const resultOf = await closed({});
  const { behaviour } = await resultOf('n-2');
  expect(behaviour).toMatchObject({
    counts: 'RAW',
    adjusted: { mean: expected.adjustments.get('n-2')?.mean },
  });
  expect(behaviour.score).toBe(behaviour.rawScore);
});
