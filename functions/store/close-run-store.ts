import * as z from 'zod/mini';
import type { Unit } from '../domain/organisation.ts';
import type { Ranks } from '../domain/result.ts';
import { putItems } from './batch-write.ts';
import { canonicalJson } from './canonical-json.ts';
import { fromChunks, toChunks } from './chunks.ts';
import { check, StoredItemError } from './codec.ts';
import {
  frozenVersionKey,
  ranksOf,
  runPartition,
  scoresOf,
  scoresPrefix,
  snapshotOf,
  snapshotPrefix,
} from './keys.ts';
import * as schemas from './schemas.ts';
import type { CloseRunStore, ShardScores } from './store.ts';
import { getItem, type Item, queryAll, queryPages, type Table } from './table.ts';

const SNAPSHOT = 'RUN# / ORG#';
const SCORES = 'RUN# / SCORES#';
const RANKS = 'RUN# / RANKS#';

const snapshotBody: z.ZodMiniType<{ readonly version: number; readonly units: readonly Unit[] }> = z.object({
  version: z.int(),
  units: z.array(schemas.unit),
});
const textOrNull = z.nullable(z.string());
const scoresBody: z.ZodMiniType<ShardScores> = z.object({
  collection: z.object({ unitId: z.string(), shard: z.int() }),
  scores: z.array(
    z.object({
      staffId: z.string(),
      jobGroup: z.string(),
      score: z.nullable(z.int()),
      predicate: z.nullable(schemas.predicate),
      assessedInUnitId: textOrNull,
    }),
  ),
  achievement: z.nullable(schemas.unitAchievement),
});
const ranksBody: z.ZodMiniType<readonly (readonly [string, Ranks])[]> = z.array(
  z.tuple([z.string(), schemas.ranks]),
);

export function closeRunStore(table: Table): CloseRunStore {
  const put = (periodId: string, run: string, prefix: string, text: string) =>
    putItems(table, toChunks(runPartition(periodId, run), prefix, text));

  return {
    // Under its version: a snapshot that a slower starter takes of a newer organisation never replaces the frozen one.
    putSnapshot: (periodId, run, { version, units }) =>
      put(
        periodId,
        run,
        snapshotOf(version),
        canonicalJson({
          version,
          units: [...units.values()].map((unit) => check(SNAPSHOT, schemas.unit, unit)),
        }),
      ),
    snapshot: async (periodId, run) => {
      const pk = runPartition(periodId, run);
      const frozen = (await getItem(table, frozenVersionKey(periodId, run)))?.['organisationVersion'];
      const items = await queryAll(table, {
        pk,
        prefix: typeof frozen === 'number' ? snapshotOf(frozen) : snapshotPrefix,
      });
      // Not yet begun: the newest snapshot that is whole.
      for (const [, chunks] of [...byPrefix(items)].reverse()) {
        const text = fromChunks(SNAPSHOT, chunks);
        if (text === null) continue;
        const { version, units } = check(SNAPSHOT, snapshotBody, JSON.parse(text));
        return { version, units: new Map(units.map((unit) => [unit.id, unit])) };
      }
      return null;
    },
    putScores: (periodId, run, scores) => {
      const { unitId, shard } = scores.collection;
      return put(periodId, run, scoresOf(unitId, shard), JSON.stringify(scores));
    },
    scores: async function* (periodId, run) {
      let open: { readonly prefix: string; readonly items: Item[] } | undefined;
      const range = { pk: runPartition(periodId, run), prefix: scoresPrefix };
      for await (const page of queryPages(table, range)) {
        for (const item of page) {
          const prefix = prefixOf(item);
          if (open?.prefix === prefix) open.items.push(item);
          else {
            if (open) yield readScores(open.items);
            open = { prefix, items: [item] };
          }
        }
      }
      if (open) yield readScores(open.items);
    },
    putRanks: (periodId, run, { unitId, shard }, ranks) =>
      put(periodId, run, ranksOf(unitId, shard), JSON.stringify([...ranks])),
    ranks: async (periodId, run, { unitId, shard }) => {
      const items = await queryAll(table, {
        pk: runPartition(periodId, run),
        prefix: ranksOf(unitId, shard),
      });
      const text = fromChunks(RANKS, items);
      return text === null ? null : new Map(check(RANKS, ranksBody, JSON.parse(text)));
    },
  };
}

function readScores(items: readonly Item[]): ShardScores {
  const text = fromChunks(SCORES, items);
  if (text === null) throw new StoredItemError(SCORES, 'a chunk is missing');
  return check(SCORES, scoresBody, JSON.parse(text));
}

/** The sort key less the number of the chunk. */
const prefixOf = (item: Item): string => String(item['sk']).replace(/\d+$/, '');

const byPrefix = (items: readonly Item[]): Map<string, Item[]> => Map.groupBy(items, prefixOf);
