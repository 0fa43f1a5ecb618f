import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { canonicalJson } from '../../functions/domain/canonical-json.ts';
import {
  type MergedRankings,
  mergeRankings,
  type RankingScope,
} from '../../functions/domain/evaluation/ranking.ts';
import { discrepancies } from '../../functions/domain/evaluation/recompute.ts';
import type { Evaluation, UnitAchievement } from '../../functions/domain/evaluation/result.ts';
import type { Correction } from '../../functions/domain/objection/verdict.ts';
import { reopen } from '../../functions/domain/period/period.ts';
import type { ExpectationRating } from '../../functions/domain/rating/rating.ts';
import { createStore } from '../../functions/store/create-store.ts';
import type { ShardScore, ShardScores, Store } from '../../functions/store/store.ts';
import { correctResults } from '../../functions/usecases/close/correct-results.ts';
import { correctionRun } from '../../functions/usecases/close/correction-run.ts';
import { shardScoreOf } from '../../functions/usecases/close/evaluate-shard.ts';
import { scoredStaffOf, unitResultsOf } from '../../functions/usecases/close/merge-scores.ts';
import { rankedResults } from '../../functions/usecases/result/ranked-results.ts';
import * as an from '../store/examples.ts';
import {
  countRequests,
  createTestClient,
  createTestTable,
  cutAtCall,
  type TestTable,
} from '../support/dynamodb.ts';
import { correctionOf, decide, figure } from './decisions.ts';
import { choicesOf, pauseAtCall, takeTurns } from './interleave.ts';
import { KECAMATAN } from './kecamatan.ts';
import { execute } from './machine.ts';
import { PUSKESMAS } from './puskesmas.ts';
import { changePeriodOf, type RegionSpec, seedRegion } from './region.ts';
import { linesOf, readTable, restoreTable, type TableState } from './table-state.ts';

const PERIOD = '2026-Q1';
const closedAt = () => '2026-04-05T17:00:03.000Z';
const correctedAt = () => '2026-04-20T04:00:00.000Z';
const tables: TestTable[] = [];

afterAll(async () => {
  for (const table of tables) await table.drop();
});

async function closed(spec: RegionSpec): Promise<{ readonly table: TestTable; readonly store: Store }> {
  const table = await createTestTable();
  tables.push(table);
  const store = createStore({ client: table.client, tableName: table.tableName });
  await seedRegion(store, spec);
  await execute({ store, now: closedAt }, { periodId: PERIOD, attempt: 1 });
  return { table, store };
}

async function closeAgain(store: Store): Promise<void> {
  await changePeriodOf(store, PERIOD, (period) =>
    reopen(period, '2026-04-22T17:00:00.000Z', '2026-04-21T00:00:00.000Z', period.policy),
  );
  await execute({ store, now: () => '2026-04-22T17:00:01.000Z' }, { periodId: PERIOD, attempt: 2 });
}

/** All that readers see of a run, but for its name. */
async function seen(store: Store, spec: RegionSpec, run: string) {
  const people = spec.people.map(({ id }) => id);
  const scopes: RankingScope[] = [
    { kind: 'REGION' },
    ...spec.units.map(({ id }) => ({ kind: 'UNIT' as const, unitId: id })),
    ...[...new Set(spec.people.map(({ jobGroup }) => jobGroup))].map((jobGroup) => ({
      kind: 'JOB_GROUP' as const,
      jobGroup,
    })),
  ];
  const results = await rankedResults(
    store,
    people.map((staffId) => ({ periodId: PERIOD, run, staffId })),
  );
  const units = await store.results.units(
    spec.units.map(({ id }) => ({ periodId: PERIOD, run, unitId: id })),
  );
  const pages = await Promise.all(scopes.map((scope) => store.rankings.page(PERIOD, run, scope, 0)));
  const indicatorIds = Array.from({ length: 8 }, (_, at) => `indicator-${at + 1}`);
  const figures = await store.indicatorReviews.figures(
    indicatorIds.map((indicatorId) => ({ indicatorId, periodId: PERIOD, run })),
  );
  const reviews = await store.indicatorReviews.reviews(PERIOD, run, { first: 100, after: null });
  return {
    results: results.map((result) => result && { ...result, run: '' }),
    units: units.map((unit) => unit && { ...unit, run: '' }),
    pages,
    figures,
    reviews: reviews.items.map(({ value }) => ({ ...value, run: '' })),
  };
}

const RATINGS: readonly ExpectationRating[] = ['ABOVE', 'MEETS', 'BELOW'];

/** Something that a superior might decide about somebody, drawn at random. */
function randomCorrection(
  person: RegionSpec['people'][number],
  heads: boolean,
  choose: (of: number) => number,
): Correction {
  const lines = heads ? [] : (person.lines ?? []);
  const figures = lines.flatMap((line, at) =>
    choose(2) === 0
      ? []
      : [figure(`L${at + 1}`, `2026-0${choose(3) + 1}`, String(Number(line.reached[0] ?? 1) + choose(40)))],
  );
  const rating = () => (choose(3) === 0 ? (RATINGS[choose(3)] ?? null) : null);
  return correctionOf({ workResult: rating(), behaviour: RATINGS[choose(3)] ?? null, figures });
}

const achievementOf = (unitId: string): UnitAchievement => ({
  unitId,
  planRevision: null,
  lines: [],
  score: null,
  notMeasured: 'NO_PLAN',
  proposed: 'GOOD',
  decision: null,
  justification: null,
});

const person = (staffId: string, score: number | null, predicate: ShardScore['predicate']): ShardScore => ({
  staffId,
  jobGroup: 'nurse',
  score,
  predicate,
  assessedInUnitId: null,
});

describe('the difference between two runs', () => {
  const predicates = fc.constantFrom('EXCELLENT' as const, 'GOOD' as const, 'POOR' as const);
  const scores = fc.option(fc.integer({ min: 0, max: 6 }), { nil: null });
  const region = fc.array(
    fc.array(fc.tuple(scores, predicates, scores, predicates, fc.boolean(), fc.boolean()), { maxLength: 9 }),
    { minLength: 1, maxLength: 4 },
  );
  const PAGE = 3;

  test('laid over the first is the second, for any region and any changes', () => {
    fc.assert(
      fc.property(region, (units) => {
        const corrected = new Map<string, Evaluation>();
        const shards = units.map((people, at): ShardScores => {
          const unitId = `u-${at}`;
          return {
            collection: { unitId, shard: 0 },
            achievement: achievementOf(unitId),
            indicators: [],
            scores: people.map(([score, predicate, newScore, newPredicate, isChanged, isDoctor], place) => {
              const line = {
                ...person(`${unitId}-${place}`, score, predicate),
                jobGroup: isDoctor ? 'doctor' : 'nurse',
                assessedInUnitId: unitId,
              };
              if (isChanged) {
                const { jobGroup, assessedInUnitId } = line;
                corrected.set(line.staffId, {
                  ...an.result({ staffId: line.staffId, unitId, jobGroup, assessedInUnitId }),
                  score: newScore,
                  predicate: newPredicate,
                });
              }
              return line;
            }),
          };
        });
        const changed = shards.map((shard) => ({
          ...shard,
          scores: shard.scores.map((line) => {
            const evaluation = corrected.get(line.staffId);
            return evaluation === undefined ? line : shardScoreOf(evaluation);
          }),
        }));
        const run = { periodId: PERIOD, run: 'r1c1' };
        const difference = correctionRun(shards, corrected, run, PAGE);
        const [first, second] = [shards, changed].map((of) => mergeRankings(of.map(scoredStaffOf)));
        if (first === undefined || second === undefined) throw new Error('nothing was merged');

        const pagesOf = (rankings: MergedRankings) =>
          new Map(
            rankings.scopes
              .flatMap((scope) => [...scope.pages(PAGE)])
              .map((page) => [canonicalJson([page.scope, page.number]), page]),
          );
        const read = pagesOf(first);
        for (const page of difference.pages) {
          const key = canonicalJson([page.scope, page.number]);
          if (page.entries.length === 0) read.delete(key);
          else read.set(key, page);
        }
        expect(Object.fromEntries(read)).toEqual(Object.fromEntries(pagesOf(second)));

        const nameOf = ({ collection }: Pick<ShardScores, 'collection'>) => canonicalJson(collection);
        const placesOf = (rankings: MergedRankings, of: readonly ShardScores[]) =>
          new Map(
            of.map(({ collection, scores: lines }) => [
              canonicalJson(collection),
              lines.map(({ staffId, jobGroup, score }) => ({
                staffId,
                ranks:
                  score === null
                    ? null
                    : rankings.ranksOf({ staffId, jobGroup, score, unitId: collection.unitId }),
              })),
            ]),
          );
        const [before, after] = [placesOf(first, shards), placesOf(second, changed)];
        const seenPlaces = new Map([
          ...before,
          ...difference.ranks.map((shard) => [nameOf(shard), shard.staff] as const),
        ]);
        expect(Object.fromEntries(seenPlaces)).toEqual(Object.fromEntries(after));
        for (const shard of difference.ranks) expect(shard.staff).not.toEqual(before.get(nameOf(shard)));
        expect(difference.results.map(({ staffId }) => staffId).sort()).toEqual([...corrected.keys()].sort());
        const units1 = new Map(unitResultsOf(shards, run).map((unit) => [unit.unitId, unit]));
        for (const unit of difference.units) units1.set(unit.unitId, unit);
        expect([...units1.values()]).toEqual(unitResultsOf(changed, run));
      }),
      { numRuns: 150 },
    );
  });
});

describe('what was decided on objections', () => {
  test.for([1, 2])('reads as if the whole region had been closed again, drawing %i', async (seed) => {
    const { store } = await closed(PUSKESMAS);
    const choose = choicesOf(seed);
    const heads = new Set(PUSKESMAS.units.map(({ head }) => head));
    const drawn = PUSKESMAS.people.filter(() => choose(2) === 0);
    expect(drawn.length).toBeGreaterThan(2);
    const half = Math.ceil(drawn.length / 2);
    for (const group of [drawn.slice(0, half), drawn.slice(half)]) {
      for (const person of group) {
        const correction = randomCorrection(person, heads.has(person.id), choose);
        await decide(store, PERIOD, person.id, correction);
      }
      expect(await correctResults({ store, now: correctedAt }, PERIOD)).toBe(true);
    }
    const period = await store.periods.get(PERIOD);
    expect(period).toMatchObject({ state: 'PUBLISHED', publishedRun: 'r1c2', correcting: null });
    expect(period?.publications.map(({ run }) => run)).toEqual(['r1', 'r1c1', 'r1c2']);
    const corrected = await seen(store, PUSKESMAS, 'r1c2');
    expect(corrected).not.toEqual(await seen(store, PUSKESMAS, 'r1'));
    for (const result of corrected.results) {
      if (result !== null && period?.policy) expect(discrepancies(result, period.policy.rules)).toEqual([]);
    }

    await closeAgain(store);

    expect(corrected).toEqual(await seen(store, PUSKESMAS, 'r2'));
  });

  test('leaves earlier runs as they were, and reads any page or person in one request', async () => {
    const { table, store } = await closed(PUSKESMAS);
    const before = await seen(store, PUSKESMAS, 'r1');
    await decide(store, PERIOD, 'perawat-1', correctionOf({ behaviour: 'BELOW' }));
    await correctResults({ store, now: correctedAt }, PERIOD);

    const client = createTestClient();
    const counted = countRequests(client);
    const reader = createStore({ client, tableName: table.tableName });
    const result = await reader.results.get(PERIOD, 'r1c1', 'perawat-1');
    const other = await reader.results.get(PERIOD, 'r1c1', 'perawat-2');
    if (other === null) throw new Error('no result');
    const [ranks] = await reader.rankings.ranksOf([other]);
    await reader.rankings.page(PERIOD, 'r1c1', { kind: 'REGION' }, 0);
    client.destroy();

    expect(result).toMatchObject({ run: 'r1c1', behaviourRating: 'BELOW' });
    // Nobody's rank moves by a rating, so that of the others nothing is written.
    expect(other).toEqual(await store.results.get(PERIOD, 'r1', 'perawat-2'));
    expect(await store.rankings.ranksOf([{ ...other, run: 'r1c1' }])).toEqual([ranks]);
    expect(counted.requests.map(({ operation }) => operation)).toEqual([
      'BatchGetItem',
      'BatchGetItem',
      'BatchGetItem',
      'BatchGetItem',
    ]);
    expect(await seen(store, PUSKESMAS, 'r1')).toEqual(before);
    expect((await store.results.ofStaff('perawat-1')).map(({ run }) => run)).toEqual(['r1c1']);
    expect((await store.results.ofStaff('perawat-2')).map(({ run }) => run)).toEqual(['r1']);
  });
});

describe('the indicators of a period', () => {
  const nurse = (id: string, shard: number, ...reached: readonly string[]) => ({
    id,
    unit: 'puskesmas',
    shard,
    jobGroup: 'nurse',
    lines: reached.map((value) => ({ weight: 5_000, target: '10', reached: [value, value, value] })),
  });
  /** At first everybody is at the cap on the first line, and each elsewhere on the second. */
  const SPEC: RegionSpec = {
    periodId: PERIOD,
    units: [{ id: 'puskesmas', head: 'kapus', shards: 2 }],
    people: [
      { id: 'kapus', unit: 'puskesmas', jobGroup: 'leader' },
      nurse('n1', 0, '20', '8'),
      nurse('n2', 0, '20', '9'),
      nurse('n3', 1, '20', '10'),
    ],
  };
  const months = (lineId: string, value: string) =>
    ['01', '02', '03'].map((month) => figure(lineId, `2026-${month}`, value));

  test('are those of the corrected lines: findings come and go, and only what changed is written', async () => {
    const { store } = await closed(SPEC);
    const correct = async (staffId: string, lineId: string, value: string) => {
      await decide(store, PERIOD, staffId, correctionOf({ figures: months(lineId, value) }));
      await correctResults({ store, now: correctedAt }, PERIOD);
    };
    const reviews = async (run: string, first = 50, after: string | null = null) =>
      (await store.indicatorReviews.reviews(PERIOD, run, { first, after })).items.map(
        ({ value }) => `${value.indicatorId} ${value.findings}`,
      );
    const told = async () =>
      (
        await store.notices.page(
          [{ kind: 'ROLE', role: 'PLANNER' }],
          { first: 50, after: null },
          '2026-01-01T00:00:00.000Z',
        )
      ).items.filter(({ value }) => value.kind === 'INDICATOR_REVIEW').length;
    expect(await reviews('r1')).toEqual(['indicator-1 ALL_AT_CAP']);

    await correct('n1', 'L1', '11');
    expect(await reviews('r1c1')).toEqual([]);
    expect(await reviews('r1')).toEqual(['indicator-1 ALL_AT_CAP']);
    const [first, second] = await store.indicatorReviews.figures(
      ['indicator-1', 'indicator-2'].map((indicatorId) => ({ indicatorId, periodId: PERIOD, run: 'r1c1' })),
    );
    expect(first).toMatchObject({ measured: 3, atCap: 2, sum: 350_000_000, lowest: 110_000_000 });
    expect(second).toMatchObject({ measured: 3, sum: 270_000_000 });
    expect(await store.indicatorReviews.indicatorsOf(PERIOD, 'r1c1')).toEqual(['indicator-1']);

    await correct('n2', 'L2', '8');
    await correct('n3', 'L2', '8');
    expect(await reviews('r1c3')).toEqual(['indicator-2 NO_SPREAD']);
    expect(await reviews('r1c3', 1, 'indicator-1')).toEqual(['indicator-2 NO_SPREAD']);
    expect(await told()).toBe(2);

    await closeAgain(store);
    expect(await seen(store, SPEC, 'r1c3')).toEqual(await seen(store, SPEC, 'r2'));
  });
});

describe('a correction run', () => {
  let table: TestTable;
  let store: Store;
  let decided: TableState;
  let corrected: TableState;
  let calls: number;

  const process = (client = table.client) => ({
    store: createStore({ client, tableName: table.tableName }),
    now: correctedAt,
  });

  beforeAll(async () => {
    ({ table, store } = await closed(KECAMATAN));
    await decide(store, PERIOD, 'staf', correctionOf({ figures: [figure('L1', '2026-01', '9')] }));
    decided = await readTable(table);
    const client = createTestClient();
    const counted = countRequests(client);
    takeTurns([client], () => 0);
    await correctResults(process(client), PERIOD);
    client.destroy();
    calls = counted.total;
    corrected = await readTable(table);
  });

  /** What is left after a call is what is left before the next one, so `after` stands for both. */
  test('killed after any DynamoDB call and started again, comes to the same table', async () => {
    const client = createTestClient();
    takeTurns([client], () => 0);
    for (let call = 1; call <= calls; call += 1) {
      await restoreTable(table, decided);
      const cut = cutAtCall(client, call, 'after');
      const death = await correctResults(process(client), PERIOD).catch((error: unknown) => error);
      expect(cut.happened, `call ${call} was reached`).toBe(true);
      expect(death).toBeInstanceOf(Error);
      cut.remove();
      await correctResults(process(), PERIOD);
      expect(linesOf(await readTable(table)), `killed after call ${call}`).toEqual(linesOf(corrected));
    }
    client.destroy();
    expect(calls).toBeGreaterThan(10);
  });

  /** `npm run trust -- --only faults` has it overtaken at every call. */
  test('asleep before every second call while another finishes and one more decision is published, changes nothing', async () => {
    for (let call = 1; call <= calls; call += 2) {
      await restoreTable(table, decided);
      const client = createTestClient();
      takeTurns([client], () => 0);
      const pause = pauseAtCall(client, call);
      const sleeper = correctResults(process(client), PERIOD).catch((error: unknown) => error);
      await pause.reached;
      await correctResults(process(), PERIOD);
      await decide(process().store, PERIOD, 'lurah', correctionOf({ workResult: 'BELOW' }));
      await correctResults(process(), PERIOD);
      const meanwhile = linesOf(await readTable(table));
      pause.resume();
      expect(await sleeper).not.toBeInstanceOf(Error);
      client.destroy();
      expect(linesOf(await readTable(table)), `asleep before call ${call}`).toEqual(meanwhile);
    }
  });

  test('is forgotten when the period is opened again while it is written', async () => {
    await restoreTable(table, decided);
    const client = createTestClient();
    const pause = pauseAtCall(client, calls - 1);
    const writing = correctResults(process(client), PERIOD);
    await pause.reached;
    await changePeriodOf(process().store, PERIOD, (period) =>
      reopen(period, '2026-04-22T17:00:00.000Z', '2026-04-21T00:00:00.000Z', period.policy),
    );
    pause.resume();
    expect(await writing).toBe(false);
    client.destroy();
    expect(await process().store.periods.get(PERIOD)).toMatchObject({
      state: 'OPEN',
      publishedRun: 'r1',
      correcting: null,
    });
  });
});
