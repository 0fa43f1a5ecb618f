import type { Result, UnitResult } from '../domain/evaluation/result.ts';
import { baseRunOf, isCorrection } from '../domain/period/run.ts';
import { periodOf } from '../domain/period/span.ts';
import { putItems } from './batch-write.ts';
import { hotShape, packWith, readBody } from './codec.ts';
import { RESULT_DICTIONARY } from './dictionary.ts';
import { resultKey, resultPrefix, unitResultKey } from './keys.ts';
import { readUnderRuns, type UnderRun } from './run-reads.ts';
import * as schemas from './schemas.ts';
import type { PeriodStore, ResultStore } from './store.ts';
import { getItem, type Item, queryAll, type Table } from './table.ts';

const RESULT = 'STAFF# / RESULT#';

const result = hotShape(schemas.result);
const unitResult = hotShape(schemas.unitResult);
const readUnitResult = (item: Item): UnitResult =>
  readBody('UNITRESULT# / period#run', unitResult, item['body']);

/** The item of a result. Nothing is checked or sorted here: a close writes one for every person of the region. */
export const resultItem = (result: Result): Item => ({
  ...resultKey(result.staffId, result.periodId, result.run),
  body: packWith(RESULT_DICTIONARY, JSON.stringify(result)),
});

/** What a run comes to for one person: its own item, or that of its base. Release 0.1.0 left items of places alone (`shift`). */
function resultIn({ own, base }: UnderRun): Result | null {
  const item = own?.['shift'] === true ? base : (own ?? base);
  return item === undefined ? null : readBody(RESULT, result, item['body']);
}

export function resultStore(table: Table, periods: PeriodStore): ResultStore {
  const ofPeople: ResultStore['getMany'] = async (keys) => {
    const asked = keys.map(({ periodId, run, staffId }) => ({
      run,
      keyOf: (of: string) => resultKey(staffId, periodId, of),
    }));
    return (await readUnderRuns(table, asked)).map(resultIn);
  };
  const ofUnits: ResultStore['units'] = async (keys) => {
    const asked = keys.map(({ periodId, run, unitId }) => ({
      run,
      keyOf: (of: string) => unitResultKey(unitId, periodId, of),
    }));
    return (await readUnderRuns(table, asked)).map(({ own, base }) => {
      const item = own ?? base;
      return item === undefined ? null : readUnitResult(item);
    });
  };

  return {
    get: async (periodId, run, staffId) => {
      if (isCorrection(run)) return (await ofPeople([{ periodId, run, staffId }]))[0] ?? null;
      const own = await getItem(table, resultKey(staffId, periodId, run));
      return resultIn({ own, base: own });
    },
    getMany: ofPeople,
    ofStaff: async (staffId) => {
      const [items, known] = await Promise.all([
        queryAll(table, { pk: resultKey(staffId, '', '').pk, prefix: resultPrefix }),
        periods.list(),
      ]);
      const itemAt = new Map(items.map((item) => [String(item['sk']), item]));
      return known
        .flatMap(({ id, publishedRun: run }) => {
          if (run === null) return [];
          const at = (of: string) => itemAt.get(resultKey(staffId, id, of).sk);
          return resultIn({ own: at(run), base: at(baseRunOf(run)) }) ?? [];
        })
        .sort(compareTimes);
    },
    unit: async (periodId, run, unitId) => {
      if (isCorrection(run)) return (await ofUnits([{ periodId, run, unitId }]))[0] ?? null;
      const item = await getItem(table, unitResultKey(unitId, periodId, run));
      return item === undefined ? null : readUnitResult(item);
    },
    units: ofUnits,
    putMany: (results) => putItems(table, itemsOf(results, resultItem)),
    putUnits: (results) =>
      putItems(
        table,
        itemsOf(results, (result) => ({
          ...unitResultKey(result.unitId, result.periodId, result.run),
          body: packWith(RESULT_DICTIONARY, JSON.stringify(result)),
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
