import { periodOf } from '../domain/period.ts';
import type { Result, UnitResult } from '../domain/result.ts';
import { getItems } from './batch-get.ts';
import { putItems } from './batch-write.ts';
import { pack, readBody } from './codec.ts';
import { resultKey, resultPrefix, unitResultKey } from './keys.ts';
import * as schemas from './schemas.ts';
import type { PeriodStore, ResultStore } from './store.ts';
import { getItem, type Item, queryAll, type Table } from './table.ts';

const readResult = (item: Item): Result => readBody('STAFF# / RESULT#', schemas.result, item['body']);
const readUnitResult = (item: Item): UnitResult =>
  readBody('UNITRESULT# / period#run', schemas.unitResult, item['body']);

/** The item of a result. Nothing is checked or sorted here: a close writes one for every person of the region. */
export const resultItem = (result: Result): Item => ({
  ...resultKey(result.staffId, result.periodId, result.run),
  body: pack(JSON.stringify(result)),
});

export function resultStore(table: Table, periods: PeriodStore): ResultStore {
  return {
    get: async (periodId, run, staffId) => {
      const item = await getItem(table, resultKey(staffId, periodId, run));
      return item === undefined ? null : readResult(item);
    },
    getMany: async (keys) =>
      (
        await getItems(
          table,
          keys.map(({ periodId, run, staffId }) => resultKey(staffId, periodId, run)),
        )
      ).map((item) => (item === undefined ? null : readResult(item))),
    ofStaff: async (staffId) => {
      const [items, known] = await Promise.all([
        queryAll(table, { pk: resultKey(staffId, '', '').pk, prefix: resultPrefix }),
        periods.list(),
      ]);
      const publishedRun = new Map(known.map(({ id, publishedRun: run }) => [id, run]));
      return items
        .map(readResult)
        .filter(({ periodId, run }) => publishedRun.get(periodId) === run)
        .sort(compareTimes);
    },
    unit: async (periodId, run, unitId) => {
      const item = await getItem(table, unitResultKey(unitId, periodId, run));
      return item === undefined ? null : readUnitResult(item);
    },
    units: async (keys) =>
      (
        await getItems(
          table,
          keys.map(({ periodId, run, unitId }) => unitResultKey(unitId, periodId, run)),
        )
      ).map((item) => (item === undefined ? null : readUnitResult(item))),
    putMany: (results) => putItems(table, itemsOf(results, resultItem)),
    putUnits: (results) =>
      putItems(
        table,
        itemsOf(results, (result) => ({
          ...unitResultKey(result.unitId, result.periodId, result.run),
          body: pack(JSON.stringify(result)),
        })),
      ),
  };
}

function* itemsOf<T>(values: Iterable<T>, toItem: (value: T) => Item): Generator<Item> {
  for (const value of values) yield toItem(value);
}

/** By the end of the period, shorter periods first. */
function compareTimes(a: Result, b: Result): number {
  const [left, right] = [periodOf(a.periodId), periodOf(b.periodId)];
  const byEnd = (left?.end ?? '').localeCompare(right?.end ?? '');
  const byLength = (right?.start ?? '').localeCompare(left?.start ?? '');
  return byEnd || byLength;
}
