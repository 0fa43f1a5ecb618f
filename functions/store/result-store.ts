import type { RankShift, Result, UnitResult } from '../domain/evaluation/result.ts';
import { baseRunOf, isCorrection } from '../domain/period/run.ts';
import { periodOf } from '../domain/period/span.ts';
import { getItems } from './batch-get.ts';
import { putItems } from './batch-write.ts';
import { hotShape, pack, packWith, readBody, StoredItemError } from './codec.ts';
import { RESULT_DICTIONARY } from './dictionary.ts';
import { type Key, resultKey, resultPrefix, unitResultKey } from './keys.ts';
import * as schemas from './schemas.ts';
import type { PeriodStore, ResultStore } from './store.ts';
import { getItem, type Item, queryAll, type Table } from './table.ts';

const RESULT = 'STAFF# / RESULT#';

const isWhole = (found: Result | RankShift): found is Result => 'workResult' in found;
const result = hotShape(schemas.result);
const rankShift = hotShape(schemas.rankShift);
const unitResult = hotShape(schemas.unitResult);
const readStored = (item: Item): Result | RankShift =>
  item['shift'] === true ? readBody(RESULT, rankShift, item['body']) : readBody(RESULT, result, item['body']);
const readUnitResult = (item: Item): UnitResult =>
  readBody('UNITRESULT# / period#run', unitResult, item['body']);

/** The item of a result. Nothing is checked or sorted here: a close writes one for every person of the region. */
export const resultItem = (result: Result): Item => ({
  ...resultKey(result.staffId, result.periodId, result.run),
  body: packWith(RESULT_DICTIONARY, JSON.stringify(result)),
});

const shiftItem = (shift: RankShift): Item => ({
  ...resultKey(shift.staffId, shift.periodId, shift.run),
  shift: true,
  body: pack(JSON.stringify(shift)),
});

/**
 * What a correction run comes to for one person: its own item stands whole, or is the new places of the base's; without one
 * the base stands as it is.
 */
function combine(correction: Item | undefined, base: Item | undefined): Result | null {
  const corrected = correction === undefined ? null : readStored(correction);
  if (corrected !== null && isWhole(corrected)) return corrected;
  const whole = base === undefined ? null : readStored(base);
  if (whole === null) return null;
  if (!isWhole(whole)) throw new StoredItemError(RESULT, 'a shift in the run of a close');
  return corrected === null ? whole : { ...whole, run: corrected.run, ranks: corrected.ranks };
}

export function resultStore(table: Table, periods: PeriodStore): ResultStore {
  /** The items of a run and of its base, which is asked for only where there is one, in one batch. */
  const readBoth = async (
    keys: readonly { readonly run: string; readonly keyOf: (run: string) => Key }[],
  ): Promise<readonly { readonly own: Item | undefined; readonly base: Item | undefined }[]> => {
    const wanted = keys.flatMap(({ run, keyOf }) =>
      isCorrection(run) ? [keyOf(run), keyOf(baseRunOf(run))] : [keyOf(run)],
    );
    const found = (await getItems(table, wanted)).values();
    return keys.map(({ run }) => {
      const first = found.next().value;
      return isCorrection(run) ? { own: first, base: found.next().value } : { own: undefined, base: first };
    });
  };
  const ofPeople: ResultStore['getMany'] = async (keys) =>
    (
      await readBoth(
        keys.map(({ periodId, run, staffId }) => ({
          run,
          keyOf: (of) => resultKey(staffId, periodId, of),
        })),
      )
    ).map(({ own, base }) => combine(own, base));
  const ofUnits: ResultStore['units'] = async (keys) =>
    (
      await readBoth(
        keys.map(({ periodId, run, unitId }) => ({
          run,
          keyOf: (of) => unitResultKey(unitId, periodId, of),
        })),
      )
    ).map(({ own, base }) => {
      const item = own ?? base;
      return item === undefined ? null : readUnitResult(item);
    });

  return {
    get: async (periodId, run, staffId) => {
      if (isCorrection(run)) return (await ofPeople([{ periodId, run, staffId }]))[0] ?? null;
      return combine(undefined, await getItem(table, resultKey(staffId, periodId, run)));
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
          return combine(isCorrection(run) ? at(run) : undefined, at(baseRunOf(run))) ?? [];
        })
        .sort(compareTimes);
    },
    runsOfStaff: async (staffId, periodId) => {
      const { pk, sk } = resultKey(staffId, periodId, '');
      return (await queryAll(table, { pk, prefix: sk })).map(readStored);
    },
    unit: async (periodId, run, unitId) => {
      if (isCorrection(run)) return (await ofUnits([{ periodId, run, unitId }]))[0] ?? null;
      const item = await getItem(table, unitResultKey(unitId, periodId, run));
      return item === undefined ? null : readUnitResult(item);
    },
    units: ofUnits,
    putMany: (results) => putItems(table, itemsOf(results, resultItem)),
    putShifts: (shifts) => putItems(table, itemsOf(shifts, shiftItem)),
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
