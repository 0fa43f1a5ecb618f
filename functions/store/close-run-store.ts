import { hash } from 'node:crypto';
import * as z from 'zod/mini';
import { canonicalJson } from '../domain/canonical-json.ts';
import type { PeriodRun } from '../domain/evaluation/basis.ts';
import type { Evaluation } from '../domain/evaluation/result.ts';
import type { Unit } from '../domain/organisation/organisation.ts';
import { baseRunOf } from '../domain/period/run.ts';
import { putItems } from './batch-write.ts';
import { fromChunks, toChunks } from './chunks.ts';
import { check, readBody, readText, StoredItemError } from './codec.ts';
import { type Columns, fromColumns, toColumns } from './columns.ts';
import {
  decisionsKey,
  evaluationsPartition,
  evaluationsPrefix,
  frozenKey,
  ranksOf,
  runPartition,
  scoresOf,
  scoresPrefix,
  snapshotOf,
} from './keys.ts';
import { type Shape, shape, text, textOrNull, whole, wholeOrNull } from './schemas/forms.ts';
import { indicatorFigures } from './schemas/indicator-review.ts';
import * as schemas from './schemas.ts';
import type { CloseRunStore, RankedScore, ShardScores } from './store.ts';
import { getItem, type Item, queryAll, queryPages, type Table } from './table.ts';

const FROZEN = 'RUN# / FROZEN';
const SNAPSHOT = 'RUN# / ORG#';
const SCORES = 'RUN# / SCORES#';
const EVALUATIONS = 'RUNSHARD# / EVALUATIONS#';
const RANKS = 'RUN# / RANKS#';
const DECISIONS = 'RUN# / DECISIONS';

const snapshotBody: Shape<{ readonly version: number; readonly units: readonly Unit[] }> = shape(() =>
  z.object({ version: whole, units: z.array(schemas.unit()) }),
);
const builtOnRuns: Shape<readonly PeriodRun[]> = shape(() =>
  z.array(z.object({ periodId: text, run: text })),
);
const correctionContent = shape(() =>
  z.object({
    staff: z.array(text),
    follows: z._default(z.array(z.object({ periodId: text, run: text, staffIds: z.array(text) })), []),
  }),
);
const score = shape(() => ({
  staffId: text,
  jobGroup: text,
  score: wholeOrNull,
  predicate: z.nullable(schemas.predicate()),
  assessedInUnitId: textOrNull,
}));
const scoresBody: Shape<ShardScores> = shape(() =>
  z.object({
    collection: z.object({ unitId: text, shard: whole }),
    scores: z.array(z.object(score())),
    achievement: z.nullable(schemas.unitAchievement()),
    indicators: z._default(z.array(indicatorFigures()), []),
  }),
);
const ranksBody: Shape<readonly RankedScore[]> = shape(() =>
  z.array(z.object({ ...score(), ranks: z.nullable(schemas.ranks()) })),
);

/** As read, before it is checked; a list where an earlier release wrote it. */
interface StoredScores {
  readonly scores: Columns | readonly unknown[];
  readonly indicators?: Columns | readonly unknown[];
}

export function closeRunStore(table: Table): CloseRunStore {
  const put = (periodId: string, run: string, prefix: string, text: string) =>
    putItems(table, toChunks(runPartition(periodId, run), prefix, text));

  return {
    putSnapshot: async (periodId, run, { version, units }) => {
      const text = canonicalJson({
        version,
        units: [...units.values()].map((unit) => check(SNAPSHOT, schemas.unit, unit)),
      });
      const digest = hash('sha256', text);
      await put(periodId, run, snapshotOf(digest), text);
      return { organisationVersion: version, snapshot: digest };
    },
    snapshot: async (periodId, run) => {
      const base = baseRunOf(run);
      const frozen = await getItem(table, frozenKey(periodId, base));
      if (frozen === undefined) return null;
      const prefix = snapshotOf(readText(FROZEN, frozen, 'snapshot'));
      const text = fromChunks(SNAPSHOT, await queryAll(table, { pk: runPartition(periodId, base), prefix }));
      if (text === null) return null;
      const { version, units } = check(SNAPSHOT, snapshotBody, JSON.parse(text));
      return { version, units: new Map(units.map((unit) => [unit.id, unit])) };
    },
    builtOn: async (periodId, run) => {
      const frozen = await getItem(table, frozenKey(periodId, run));
      return check(FROZEN, builtOnRuns, frozen?.['builtOn'] ?? []);
    },
    policy: async (periodId, run) => {
      const frozen = await getItem(table, frozenKey(periodId, baseRunOf(run)));
      return frozen === undefined ? null : readBody(FROZEN, schemas.policy, frozen['policy']);
    },
    correction: async (periodId, run) => {
      const item = await getItem(table, decisionsKey(periodId, run));
      if (item === undefined) return null;
      const { staff: decisions, follows } = check(DECISIONS, correctionContent, item);
      return { decisions, follows };
    },
    putScores: (periodId, run, scores, evaluations) => {
      const { unitId, shard } = scores.collection;
      const columns = {
        ...scores,
        scores: toColumns(scores.scores),
        indicators: toColumns(scores.indicators),
      };
      return putItems(table, [
        ...toChunks(runPartition(periodId, run), scoresOf(unitId, shard), JSON.stringify(columns)),
        ...toChunks(
          evaluationsPartition(periodId, run, unitId, shard),
          evaluationsPrefix,
          JSON.stringify(toColumns(evaluations)),
        ),
      ]);
    },
    evaluations: async (periodId, run, { unitId, shard }) => {
      const pk = evaluationsPartition(periodId, run, unitId, shard);
      const text = fromChunks(EVALUATIONS, await queryAll(table, { pk, prefix: evaluationsPrefix }));
      if (text === null) return null;
      // Their digest says that they are what the score step of this run wrote, and nobody else writes them.
      const stored: Columns | readonly Evaluation[] = JSON.parse(text);
      return fromColumns(stored);
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
    putRanks: (periodId, run, { unitId, shard }, ranked) =>
      put(periodId, run, ranksOf(unitId, shard), JSON.stringify(toColumns(ranked))),
    ranks: async (periodId, run, { unitId, shard }) => {
      const items = await queryAll(table, {
        pk: runPartition(periodId, run),
        prefix: ranksOf(unitId, shard),
      });
      const text = fromChunks(RANKS, items);
      return text === null ? null : check(RANKS, ranksBody, fromColumns(JSON.parse(text)));
    },
  };
}

function readScores(items: readonly Item[]): ShardScores {
  const text = fromChunks(SCORES, items);
  if (text === null) throw new StoredItemError(SCORES, 'a chunk is missing');
  const stored: StoredScores = JSON.parse(text);
  const { scores, indicators = [] } = stored;
  return check(SCORES, scoresBody, {
    ...stored,
    scores: fromColumns(scores),
    indicators: fromColumns(indicators),
  });
}

/** The sort key less the number of the chunk. */
const prefixOf = (item: Item): string => String(item['sk']).replace(/\d+$/, '');
