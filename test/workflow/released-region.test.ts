/** Upgrade and rollback, rehearsed on what each release has written: its region before and after a close, as whole tables. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { discrepancies } from '../../functions/domain/evaluation/recompute.ts';
import { reopen } from '../../functions/domain/period/period.ts';
import { createStore } from '../../functions/store/create-store.ts';
import { rankedResults } from '../../functions/usecases/result/ranked-results.ts';
import { verifyTable } from '../../infra/audit/verify-table.ts';
import { type Item, releases } from '../release/stored-items.ts';
import { createTestTable, type TestTable } from '../support/dynamodb.ts';
import { KECAMATAN } from './kecamatan.ts';
import { execute } from './machine.ts';
import { changePeriodOf } from './region.ts';
import { restoreTable, type TableState } from './table-state.ts';

const { periodId, people } = KECAMATAN;
const now = () => '2026-04-06T01:00:00.000Z';

let table: TestTable;
beforeAll(async () => {
  table = await createTestTable();
});
afterAll(() => table.drop());

const stateOf = (items: readonly Item[]): TableState =>
  new Map(items.map((item) => [`${item['pk']} | ${item['sk']}`, { text: '', item }]));

/** A process of this version on a table as it was. */
async function startOn(items: readonly Item[]) {
  await restoreTable(table, stateOf(items));
  return { store: createStore({ client: table.client, tableName: table.tableName }), now };
}
type Process = Awaited<ReturnType<typeof startOn>>;

const resultsOf = async ({ store }: Process, run: string) => {
  const found = await rankedResults(
    store,
    people.map(({ id }) => ({ periodId, run, staffId: id })),
  );
  return found.map((result) => {
    if (result === null) throw new Error(`no result in ${run}`);
    return result;
  });
};

/** Of everybody: what it came to, and what its own explanation does not lead to. */
const standing = async (process: Process, run: string) => {
  const rules = (await process.store.periods.get(periodId))?.policy?.rules;
  if (rules === undefined) throw new Error('the period has no policy');
  return (await resultsOf(process, run)).map((result) => ({
    staffId: result.staffId,
    workResult: result.workResult,
    behaviour: result.behaviour,
    predicate: result.predicate,
    ranks: result.ranks,
    wrong: discrepancies(result, rules),
  }));
};

const broken = async () => (await verifyTable(table.client, table.tableName)).broken;

describe.each(releases)('on what $version wrote', ({ open, published }) => {
  test('this version closes the period that was open, to what the release came to', async () => {
    const theirs = await standing(await startOn(published), 'r1');
    const process = await startOn(open);
    await execute(process, { periodId, attempt: 1 });
    const ours = await standing(process, 'r1');
    expect(ours.flatMap(({ wrong }) => wrong)).toEqual([]);
    expect(ours).toEqual(theirs);
    expect(await broken()).toEqual([]);
  });

  test('this version opens again what was published and closes it anew; the old results stay', async () => {
    const process = await startOn(published);
    const before = await resultsOf(process, 'r1');
    const standingBefore = await standing(process, 'r1');
    await changePeriodOf(process.store, periodId, (period) =>
      reopen(period, '2026-04-20T17:00:00.000Z', now(), period.policy),
    );
    await execute({ ...process, now: () => '2026-04-20T17:00:03.000Z' }, { periodId, attempt: 2 });
    expect(await standing(process, 'r2')).toEqual(standingBefore);
    expect(await resultsOf(process, 'r1')).toEqual(before);
    expect(await broken()).toEqual([]);
  });
});
