import * as z from 'zod/mini';
import type { Ranks, RanksKey } from '../domain/evaluation/result.ts';
import { getItems } from './batch-get.ts';
import { putItems } from './batch-write.ts';
import { fromChunks, toChunks } from './chunks.ts';
import { check, hotShape, readBody, StoredItemError } from './codec.ts';
import { fromColumns, toColumns } from './columns.ts';
import { chunkKey, ranksOf as prefixOf, resultKey, runPartition } from './keys.ts';
import { type Reading, remembered } from './remembered.ts';
import { readUnderRuns } from './run-reads.ts';
import { shape, text } from './schemas/forms.ts';
import * as schemas from './schemas.ts';
import type { RankedShard, RankingStore } from './store.ts';
import { type Item, queryAll, type Table } from './table.ts';

const RANKS = 'RUN# / RANKS#';
const RESULT = 'STAFF# / RESULT#';

const staffOfShard = hotShape<RankedShard['staff']>(
  shape(() => z.array(z.object({ staffId: text, ranks: z.nullable(schemas.ranks()) }))),
);

type RanksOfStaff = ReadonlyMap<string, Ranks | null>;

/** Everybody's places, shard by shard: a shard's lie in one item, column by column. */
export function shardRanks(table: Table): Pick<RankingStore, 'ranksOf' | 'putRanks'> {
  return {
    ranksOf: async (keys) => {
      const shards = new Map(keys.map((key) => [shardOf(key), key]));
      const found = await readUnderRuns(
        table,
        [...shards.values()].map(({ periodId, run, unitId, shard }) => ({
          run,
          keyOf: (of) => chunkKey(runPartition(periodId, of), prefixOf(unitId, shard), 0),
        })),
      );
      const ofShard = new Map<string, RanksOfStaff>();
      const asInBase = new Set<string>();
      for (const [at, name] of [...shards.keys()].entries()) {
        const { own, base } = found[at] ?? {};
        if (own === undefined) asInBase.add(name);
        ofShard.set(name, await readShard(table, own ?? base));
      }
      const moved = await leftWithResults(
        table,
        keys.filter((key) => asInBase.has(shardOf(key))),
      );
      return keys.map((key) => {
        const ranks = moved.has(key) ? moved.get(key) : ofShard.get(shardOf(key))?.get(key.staffId);
        if (ranks === undefined) throw new StoredItemError(RANKS, 'somebody is missing');
        return ranks;
      });
    },
    putRanks: (periodId, run, shards) => putItems(table, itemsOf(runPartition(periodId, run), shards)),
  };
}

const shardOf = ({ periodId, run, unitId, shard }: RanksKey): string =>
  JSON.stringify([periodId, run, unitId, shard]);

/** @param first the item in which the shard's places begin; a region's largest shard has them in one */
async function readShard(table: Table, first: Item | undefined): Promise<RanksOfStaff> {
  if (first === undefined) throw new StoredItemError(RANKS, 'a shard without ranks');
  const staff = await readStaff(table, first);
  return new Map(staff.map(({ staffId, ranks }) => [staffId, ranks]));
}

async function readStaff(table: Table, first: Item): Promise<RankedShard['staff']> {
  const { bytes, count } = first;
  if (count === 1 && bytes instanceof Uint8Array) {
    return remembered(staffOfShard, bytes, () => staffIn([first]));
  }
  const range = { pk: String(first['pk']), prefix: String(first['sk']).replace(/\d+$/, '') };
  return staffIn(await queryAll(table, range)).value;
}

function staffIn(items: readonly Item[]): Reading<RankedShard['staff']> {
  const stored = fromChunks(RANKS, items);
  if (stored === null) throw new StoredItemError(RANKS, 'a chunk is missing');
  const value = check(RANKS, staffOfShard, fromColumns(JSON.parse(stored)));
  return { value, characters: stored.length };
}

/** Of correction runs that say nothing of the shard: what those of release 0.1.0 left with the people whose places had moved. */
async function leftWithResults(
  table: Table,
  keys: readonly RanksKey[],
): Promise<ReadonlyMap<RanksKey, Ranks | null>> {
  const items = await getItems(
    table,
    keys.map(({ staffId, periodId, run }) => resultKey(staffId, periodId, run)),
  );
  return new Map(
    keys.flatMap((key, at) => {
      const item = items[at];
      const ranks = item && readBody(RESULT, schemas.placesLeftWithResult, item['body']).ranks;
      return ranks === undefined ? [] : [[key, ranks] as const];
    }),
  );
}

function* itemsOf(partition: string, shards: Iterable<RankedShard>): Generator<Item> {
  for (const { collection, staff } of shards) {
    const prefix = prefixOf(collection.unitId, collection.shard);
    yield* toChunks(partition, prefix, JSON.stringify(toColumns(staff)));
  }
}
