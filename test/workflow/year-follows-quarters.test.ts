/** A quarter that is corrected when the year that builds on it is published already. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { discrepancies } from '../../functions/domain/evaluation/recompute.ts';
import { openPeriod, planPeriod, reopen } from '../../functions/domain/period/period.ts';
import { createStore } from '../../functions/store/create-store.ts';
import type { Store } from '../../functions/store/store.ts';
import { correctResults } from '../../functions/usecases/close/correct-results.ts';
import { runSchedule } from '../../functions/usecases/close/run-schedule.ts';
import type { Deps } from '../../functions/usecases/deps.ts';
import {
  decideLateCorrection,
  readLateCorrections,
} from '../../functions/usecases/period/decide-late-correction.ts';
import { rankedResults } from '../../functions/usecases/result/ranked-results.ts';
import { type EndpointUnderTest, endpointUnderTest } from '../api/endpoint-under-test.ts';
import { countRequests, createTestClient, cutAtCall, type TestTable } from '../support/dynamodb.ts';
import { as, auditor, hr, problemsOf } from '../usecases/work-region.ts';
import { correctionOf, decide, figure, filed } from './decisions.ts';
import { takeTurns } from './interleave.ts';
import { execute } from './machine.ts';
import { changePeriodOf, type PersonSpec, type RegionSpec, seedRegion, write } from './region.ts';
import { linesOf, readTable, restoreTable, type TableState } from './table-state.ts';

const YEAR = '2026';
const QUARTER = '2026-Q1';
const clerk = (id: string, reached: string): PersonSpec => ({
  id,
  unit: 'office',
  jobGroup: 'clerk',
  lines: [{ weight: 10_000, target: '10', reached: [reached, reached, reached] }],
  rated: [['SUPERIOR', 'head', 4]],
});
const SPEC: RegionSpec = {
  periodId: QUARTER,
  rules: { annual: 'FROM_PERIODS' },
  units: [{ id: 'office', head: 'head' }],
  people: [
    { id: 'head', unit: 'office', jobGroup: 'leader' },
    clerk('ani', '10'),
    clerk('budi', '9'),
    clerk('citra', '8'),
  ],
};

let api: EndpointUnderTest;
let table: TestTable;
let store: Store;
let instant = '2026-04-06T02:00:00.000Z';
const deps = (of = store) => ({ store: of, now: () => instant });
const useCase = (): Deps => ({ ...api.deps, now: () => instant });
const hour = () => runSchedule({ ...deps(), startClose: (attempt) => execute(deps(), attempt) });
const published = async (id = YEAR) => (await store.periods.get(id))?.publishedRun;
const yearOf = async (staffId: string) => {
  const run = (await published()) ?? '';
  return (await rankedResults(store, [{ periodId: YEAR, run, staffId }]))[0] ?? null;
};
const told = async (staffId: string) =>
  (
    await store.notices.page(
      [{ kind: 'PERSON', staffId }],
      { first: 50, after: null },
      '2026-01-01T00:00:00.000Z',
    )
  ).items.flatMap(({ value }) => (value.kind === 'RESULT_CHANGED' ? [value.refs.periodId] : []));
const asked = async () =>
  (
    await store.notices.page(
      [{ kind: 'ROLE', role: 'HR_ADMIN' }],
      { first: 50, after: null },
      '2026-01-01T00:00:00.000Z',
    )
  ).items.filter(({ value }) => value.kind === 'CORRECTION_AFTER_FINAL').length;

beforeAll(async () => {
  api = await endpointUnderTest();
  table = api.table;
  store = api.deps.store;
  await seedRegion(store, SPEC);
  await execute(deps(), { periodId: QUARTER, attempt: 1 });
  // Open objections keep the quarter from becoming final.
  for (const id of ['ani', 'budi', 'citra'])
    await write(store, [store.objections.save(null, filed(QUARTER, id))]);
  await write(store, [store.periods.save(null, planPeriod(YEAR, '2027-01-05T17:00:00.000Z', 420))]);
  await changePeriodOf(store, YEAR, openPeriod);
  instant = '2027-01-06T02:00:00.000Z';
  await execute(deps(), { periodId: YEAR, attempt: 1 });
});
afterAll(() => api.drop());

describe('before the year is final', () => {
  let corrected: TableState;

  test('the year follows by the schedule, of exactly the people concerned', async () => {
    const others = await Promise.all(['head', 'citra'].map(yearOf));
    expect(await yearOf('budi')).toMatchObject({ score: 94_500_000, ranks: { unit: { rank: 2 } } });
    await decide(
      store,
      QUARTER,
      'budi',
      correctionOf({ figures: [figure('L1', '2026-01', '15'), figure('L1', '2026-02', '12')] }),
    );
    expect(await correctResults(deps(), QUARTER)).toBe(true);
    corrected = await readTable(table);

    expect(await hour()).toMatchObject({ failed: [], corrected: [YEAR] });

    expect(await published()).toBe('r1c1');
    const [ani, budi] = await Promise.all([yearOf('ani'), yearOf('budi')]);
    // (15 + 12 + 9) of 30 is 120 %; 0.7 × 120 + 0.3 × 105.
    expect(budi).toMatchObject({
      run: 'r1c1',
      workResult: { periods: [{ periodId: QUARTER, run: 'r1c1', score: 120_000_000, rating: 'ABOVE' }] },
      score: 115_500_000,
      ranks: { unit: { rank: 1 } },
    });
    expect(ani).toMatchObject({
      workResult: { periods: [{ run: 'r1' }] },
      score: 101_500_000,
      ranks: { unit: { rank: 2 } },
    });
    expect(await Promise.all(['head', 'citra'].map(yearOf))).toEqual(others);
    const policy = (await store.periods.get(YEAR))?.policy;
    for (const result of [ani, budi])
      if (result && policy) expect(discrepancies(result, policy.rules)).toEqual([]);
    expect((await told('budi')).toSorted()).toEqual([YEAR, QUARTER]);
    expect(await told('ani')).toEqual([]);
    const trail = await store.audit.entries(`PERIOD#${YEAR}`, { first: 50, after: null });
    expect(trail.items.slice(-2).map(({ value }) => [value.operation, value.reason])).toEqual([
      ['beginCorrection', '2026-Q1 r1c1'],
      ['publishCorrection', '2026-Q1 r1c1'],
    ]);
    expect(await hour()).toMatchObject({ failed: [], corrected: [] });
  });

  test('killed before or after every second DynamoDB call and started again, comes to the same table', async () => {
    const client = createTestClient();
    const killable = () => deps(createStore({ client, tableName: table.tableName }));
    takeTurns([client], () => 0);
    await restoreTable(table, corrected);
    const counted = countRequests(client);
    await correctResults(killable(), YEAR);
    const calls = counted.total;
    counted.remove();
    const whole = linesOf(await readTable(table));
    for (let call = 1; call <= calls; call += 2) {
      const moment = call % 4 === 1 ? 'before' : 'after';
      await restoreTable(table, corrected);
      const cut = cutAtCall(client, call, moment);
      await correctResults(killable(), YEAR).catch((error: unknown) => error);
      cut.remove();
      await correctResults(deps(), YEAR);
      expect(linesOf(await readTable(table)), `killed ${moment} call ${call}`).toEqual(whole);
    }
    client.destroy();
    expect(calls).toBeGreaterThan(15);
  }, 60_000);

  test('reads as if the year had been closed again', async () => {
    const before = await readTable(table);
    const people = SPEC.people.map(({ id }) => id);
    // But for names of runs: in the quarter's correction others have moved their places only.
    const seen = async () =>
      JSON.parse(
        JSON.stringify(await Promise.all(people.map(yearOf))).replace(/"run":"r\d(c\d)?"/g, '"run":""'),
      );
    const followed = await seen();
    await changePeriodOf(store, YEAR, (period) =>
      reopen(period, '2027-01-08T17:00:00.000Z', '2027-01-07T00:00:00.000Z', period.policy),
    );
    instant = '2027-01-08T17:00:01.000Z';
    await execute(deps(), { periodId: YEAR, attempt: 2 });
    expect(await seen()).toEqual(followed);
    await restoreTable(table, before);
    instant = '2027-01-06T02:00:00.000Z';
  });

  test('a year is not final as long as it has not followed', async () => {
    const before = await readTable(table);
    await decide(store, QUARTER, 'citra', correctionOf({ workResult: 'MEETS' }));
    await correctResults(deps(), QUARTER);
    instant = '2027-03-15T02:00:00.000Z';
    const report = await hour();
    expect(report).toMatchObject({ failed: [], corrected: [YEAR], finalised: [YEAR] });
    expect(await yearOf('citra')).toMatchObject({ workResultRating: 'MEETS' });
    await restoreTable(table, before);
  });
});

describe('when the year is final', () => {
  beforeAll(async () => {
    instant = '2027-03-15T02:00:00.000Z';
    expect(await hour()).toMatchObject({ failed: [], finalised: [YEAR] });
    for (const staffId of ['ani', 'citra'])
      await decide(
        store,
        QUARTER,
        staffId,
        correctionOf({ workResult: staffId === 'ani' ? 'BELOW' : 'MEETS' }),
      );
    await correctResults(deps(), QUARTER);
  });

  test('nothing changes by itself, and the personnel office is asked once', async () => {
    const before = await Promise.all(['ani', 'citra'].map(yearOf));
    for (let hours = 0; hours < 2; hours += 1)
      expect(await hour()).toMatchObject({ failed: [], corrected: [] });
    expect(await Promise.all(['ani', 'citra'].map(yearOf))).toEqual(before);
    expect(await asked()).toBe(1);
    const page = { first: 1, after: null };
    const first = await readLateCorrections(useCase(), auditor, YEAR, page);
    expect(first).toMatchObject({
      items: [{ value: { sourcePeriodId: QUARTER, staffId: 'ani', decision: null } }],
      hasMore: true,
    });
    const after = first.items[0]?.position ?? null;
    expect((await readLateCorrections(useCase(), hr, YEAR, { first: 1, after })).items).toMatchObject([
      { value: { staffId: 'citra', decision: null } },
    ]);
    expect(await problemsOf(readLateCorrections(useCase(), as('head'), YEAR, page))).toEqual(['FORBIDDEN']);
  });

  const decideOn = async (
    staffIds: readonly string[],
    outcome: 'APPLY' | 'KEEP',
    who = hr,
    reason = 'Angka keliru',
  ) =>
    decideLateCorrection(useCase(), who, {
      id: YEAR,
      version: (await store.periods.get(YEAR))?.version ?? 0,
      sourcePeriodId: QUARTER,
      staffIds,
      outcome,
      reason,
    });

  test('it decides for each person, once, with a reason, and never on itself or its own head', async () => {
    expect(await problemsOf(decideOn(['ani'], 'APPLY', as('head')))).toEqual(['FORBIDDEN']);
    expect(await problemsOf(decideOn(['ani'], 'APPLY', as('ani', 'HR_ADMIN')))).toEqual([
      'FORBIDDEN staffIds',
    ]);
    // Nor on whoever leads them.
    expect(await problemsOf(decideOn(['head'], 'APPLY', as('ani', 'HR_ADMIN')))).toEqual([
      'FORBIDDEN staffIds',
    ]);
    expect(await problemsOf(decideOn(['budi'], 'APPLY'))).toEqual(['NOT_FOUND staffIds']);
    expect(await problemsOf(decideOn(['ani'], 'APPLY', hr, ' '))).toEqual(['REASON_REQUIRED reason']);
    await decideOn(['citra'], 'APPLY');
    await decideOn(['ani'], 'KEEP');
    expect(await problemsOf(decideOn(['ani'], 'APPLY'))).toEqual(['NOT_FOUND staffIds']);

    const ani = await yearOf('ani');
    expect(await hour()).toMatchObject({ failed: [], corrected: [YEAR] });

    expect(await store.periods.get(YEAR)).toMatchObject({
      state: 'FINAL',
      publishedRun: 'r1c2',
      settled: true,
    });
    expect(await yearOf('citra')).toMatchObject({
      workResultRating: 'MEETS',
      workResult: { periods: [{ periodId: QUARTER, run: 'r1c2' }] },
    });
    // Her place moved with the first correction, which the second holds too.
    expect(await yearOf('ani')).toEqual(ani);
    expect((await told('citra')).toSorted()).toEqual([YEAR, QUARTER]);
    expect(await told('ani')).toEqual([QUARTER]);
    expect(await hour()).toMatchObject({ failed: [], corrected: [] });
    const all = await readLateCorrections(useCase(), hr, YEAR, { first: 10, after: null });
    expect(all.items.map(({ value }) => [value.staffId, value.decision?.outcome])).toEqual([
      ['ani', 'KEEP'],
      ['citra', 'APPLY'],
    ]);
  });
});
