import { isCorrection } from '../domain/period/run.ts';
import { putItems } from './batch-write.ts';
import { hotShape, pack, readBody, StoredItemError } from './codec.ts';
import { rankingPageKey } from './keys.ts';
import { readUnderRuns } from './run-reads.ts';
import * as schemas from './schemas.ts';
import { shardRanks } from './shard-ranks.ts';
import type { RankingPage, RankingStore } from './store.ts';
import { getItem, type Item, type Table } from './table.ts';

const PATTERN = 'RANK# / PAGE#';
const rankingEntries = hotShape(schemas.rankingEntries);

/** Entries a page: about 6 kB an item, so that a page of a ranking costs two read units. */
const PAGE_SIZE = 300;

export function rankingStore(table: Table): RankingStore {
  return {
    pageSize: PAGE_SIZE,
    page: async (periodId, run, scope, number) => {
      const key = (of: string) => rankingPageKey(periodId, of, scope, number);
      const [found] = isCorrection(run) ? await readUnderRuns(table, [{ run, keyOf: key }]) : [];
      const item = found === undefined ? await getItem(table, key(run)) : (found.own ?? found.base);
      if (item === undefined) return null;
      const { total } = item;
      if (typeof total !== 'number') throw new StoredItemError(PATTERN, 'total');
      const entries = readBody(PATTERN, rankingEntries, item['body']);
      // A correction that shortens a ranking covers what its base has behind the new end.
      return entries.length === 0 ? null : { total, entries };
    },
    putPages: (periodId, run, pages) => putItems(table, pageItems(periodId, run, pages)),
    ...shardRanks(table),
  };
}

function* pageItems(periodId: string, run: string, pages: Iterable<RankingPage>): Generator<Item> {
  for (const { scope, number, total, entries } of pages) {
    yield {
      ...rankingPageKey(periodId, run, scope, number),
      total,
      body: pack(JSON.stringify(entries)),
    };
  }
}
