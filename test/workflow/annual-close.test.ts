/** A year that builds on its quarters, as the policy may say. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { discrepancies } from '../../functions/domain/evaluation/recompute.ts';
import { openPeriod, planPeriod } from '../../functions/domain/period/period.ts';
import { createStore } from '../../functions/store/create-store.ts';
import type { Store } from '../../functions/store/store.ts';
import { beginClose } from '../../functions/usecases/close/begin-close.ts';
import { correctResults } from '../../functions/usecases/close/correct-results.ts';
import { runSchedule } from '../../functions/usecases/close/run-schedule.ts';
import { evaluateNow } from '../../functions/usecases/result/evaluate-now.ts';
import { createTestTable, type TestTable } from '../support/dynamodb.ts';
import { correctionOf, decide, filed } from './decisions.ts';
import { execute } from './machine.ts';
import { type RegionSpec, ratingOf, seedRegion, write } from './region.ts';

const line = (...reached: readonly (string | null)[]) => ({ weight: 10_000, target: '10', reached });
const SPEC: RegionSpec = {
  periodId: '2026-Q1',
  rules: { annual: 'FROM_PERIODS' },
  units: [{ id: 'office', head: 'head', lines: [line('9', '9', '9')] }],
  people: [
    { id: 'head', unit: 'office', jobGroup: 'leader' },
    {
      id: 'steady',
      unit: 'office',
      jobGroup: 'clerk',
      lines: [line('10', '10', '10')],
      rated: [['SUPERIOR', 'head', 4]],
      set: { by: 'head', workResult: 'ABOVE', behaviour: 'ABOVE' },
    },
    // Rated in the second quarter only, and without a plan.
    { id: 'late', unit: 'office', jobGroup: 'clerk' },
  ],
};

let table: TestTable;
let store: Store;
let instant = '2026-04-06T02:00:00.000Z';
const deps = () => ({ store, now: () => instant });
beforeAll(async () => {
  table = await createTestTable();
  store = createStore({ client: table.client, tableName: table.tableName });
  await seedRegion(store, SPEC);
  await execute(deps(), { periodId: '2026-Q1', attempt: 1 });
  // Keeps the quarter from becoming final.
  await write(store, [store.objections.save(null, filed('2026-Q1', 'late'))]);
  const address = { collection: { unitId: 'office', shard: 0 }, year: 2026 };
  for (const [id, closesAt] of [
    ['2026-Q2', '2026-07-05T17:00:00.000Z'],
    ['2026', '2027-01-05T17:00:00.000Z'],
  ] as const) {
    await write(store, [store.periods.save(null, planPeriod(id, closesAt, 420))]);
    const planned = await store.periods.get(id);
    if (planned === null) throw new Error('not planned');
    await write(store, [store.periods.save(planned, openPeriod(planned))]);
  }
  await write(store, [
    store.ratings.save(address, null, ratingOf('2026-Q2', 'steady', 'SUPERIOR', 'head', 3)),
    store.ratings.save(address, null, ratingOf('2026-Q2', 'late', 'SUPERIOR', 'head', 5)),
    // What is rated for the year itself does not count.
    store.ratings.save(address, null, ratingOf('2026', 'steady', 'SUPERIOR', 'head', 1)),
  ]);
});
afterAll(() => table.drop());

test('waits until its quarters are closed', async () => {
  instant = '2027-01-06T02:00:00.000Z';
  const started: string[] = [];
  const schedule = () =>
    runSchedule({ ...deps(), startClose: async ({ periodId }) => void started.push(periodId) });
  expect(await schedule()).toMatchObject({ failed: [], started: ['2026-Q2'] });
  await expect(execute(deps(), { periodId: '2026', attempt: 1 })).rejects.toMatchObject({
    name: 'PeriodsOpen',
  });

  await execute(deps(), { periodId: '2026-Q2', attempt: 1 });
  expect((await schedule()).started).toEqual(['2026']);
});

test('begins with a correction that is published while it begins', async () => {
  let corrected = false;
  const meanwhile: Store = {
    ...store,
    closeRuns: {
      ...store.closeRuns,
      // The periods have been read, the transaction is still to come.
      putSnapshot: async (...args) => {
        if (!corrected) {
          await decide(store, '2026-Q1', 'late', correctionOf({ workResult: 'BELOW' }));
          expect(await correctResults(deps(), '2026-Q1')).toBe(true);
        }
        corrected = true;
        return store.closeRuns.putSnapshot(...args);
      },
    },
  };
  const { run } = await beginClose({ ...deps(), store: meanwhile }, { periodId: '2026', attempt: 1 });
  expect(await store.closeRuns.builtOn('2026', run)).toEqual([
    { periodId: '2026-Q1', run: 'r1c1' },
    { periodId: '2026-Q2', run: 'r1' },
  ]);
});

test('proposes before its close what the quarters come to', async () => {
  const [period, staff] = await Promise.all([store.periods.get('2026'), store.staff.get('steady')]);
  if (period === null || staff === null) throw new Error('not there');
  const proposal = await evaluateNow(deps(), period, staff);
  expect(proposal.workResult).toMatchObject({ source: 'PERIODS', score: 100_000_000 });
});

test('is the mean of their results, and a unit is measured over the whole year', async () => {
  await execute(deps(), { periodId: '2026', attempt: 1 });
  const of = (staffId: string) => store.results.get('2026', 'r1', staffId);
  const [steady, late, head] = await Promise.all([of('steady'), of('late'), of('head')]);

  // The first quarter was decided ABOVE and ABOVE; in the second nothing was reported, and 3 of 5 is 90 points: MEETS.
  expect(steady).toMatchObject({
    workResult: {
      periods: [
        { periodId: '2026-Q1', run: 'r1', score: 100_000_000, rating: 'ABOVE' },
        { periodId: '2026-Q2', run: 'r1', score: null, rating: null },
      ],
      score: 100_000_000,
      proposed: 'ABOVE',
    },
    // 4 of 5 is 105 points.
    behaviour: { score: 97_500_000, proposed: 'ABOVE', pools: [] },
    predicate: 'EXCELLENT',
    score: 99_250_000,
  });
  expect(late).toMatchObject({
    workResult: {
      periods: [
        { periodId: '2026-Q1', run: 'r1c1', rating: 'BELOW' },
        { periodId: '2026-Q2', run: 'r1' },
      ],
      score: null,
      notMeasured: 'NO_PERIODS',
      proposed: 'BELOW',
    },
    behaviour: { score: 120_000_000, proposed: 'ABOVE' },
    predicate: 'NEEDS_IMPROVEMENT',
  });
  expect(head?.workResult).toMatchObject({
    source: 'UNIT_ACHIEVEMENT',
    score: 90_000_000,
    proposed: 'MEETS',
  });
  expect((await store.results.unit('2026', 'r1', 'office'))?.score).toBe(90_000_000);

  const period = await store.periods.get('2026');
  for (const result of [steady, late, head]) {
    if (result === null || period?.policy == null) throw new Error('no result');
    expect(discrepancies(result, period.policy.rules)).toEqual([]);
  }
});
