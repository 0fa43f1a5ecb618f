import { hash } from 'node:crypto';
import * as z from 'zod/mini';
import { canonicalJson } from '../domain/canonical-json.ts';
import type { PeriodRun } from '../domain/evaluation/basis.ts';
import type { Unit } from '../domain/organisation/organisation.ts';
import { baseRunOf } from '../domain/period/run.ts';
import { putItems } from './batch-write.ts';
import { fromChunks, toChunks } from './chunks.ts';
import { check, readBody, readText, StoredItemError } from './codec.ts';
import { type Columns, fromColumns, toColumns } from './columns.ts';
import { decisionsKey, frozenKey, runPartition, scoresOf, scoresPrefix, snapshotOf } from './keys.ts';
import { type Shape, shape, text, textOrNull, whole, wholeOrNull } from './schemas/forms.ts';
import { indicatorFigures } from './schemas/indicator-review.ts';
import * as schemas from './schemas.ts';
import type { CloseRunStore, ShardScores } from './store.ts';
import { getItem, type Item, queryAll, queryPages, type Table } from './table.ts';

const FROZEN = 'RUN# / FROZEN';
const SNAPSHOT = 'RUN# / ORG#';
const SCORES = 'RUN# / SCORES#';
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
const score = shape(() =>
  z.object({
    staffId: text,
    jobGroup: text,
    score: wholeOrNull,
    predicate: z.nullable(schemas.predicate()),
    assessedInUnitId: textOrNull,
  }),
);
const scoresBody: Shape<ShardScores> = shape(() =>
  z.object({
    collection: z.object({ unitId: text, shard: whole }),
    scores: z.array(score()),
    achievement: z.nullable(schemas.unitAchievement()),
    indicators: z._default(z.array(indicatorFigures()), []),
  }),
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
    putScores: (periodId, run, scores) => {
      const { unitId, shard } = scores.collection;
      const columns = {
        ...scores,
        scores: toColumns(scores.scores),
        indicators: toColumns(scores.indicators),
      };
      return put(periodId, run, scoresOf(unitId, shard), JSON.stringify(columns));
    },
    scoresOf: async (periodId, run, { unitId, shard }) => {
      const range = { pk: runPartition(periodId, run), prefix: scoresOf(unitId, shard) };
      const text = fromChunks(SCORES, await queryAll(table, range));
      return text === null ? null : readScores(text);
    },
    scores: async function* (periodId, run) {
      let open: { readonly prefix: string; readonly items: Item[] } | undefined;
      const range = { pk: runPartition(periodId, run), prefix: scoresPrefix };
      for await (const page of queryPages(table, range)) {
        for (const item of page) {
          const prefix = prefixOf(item);
          if (open?.prefix === prefix) open.items.push(item);
          else {
            if (open) yield readChunks(open.items);
            open = { prefix, items: [item] };
          }
        }
      }
      if (open) yield readChunks(open.items);
    },
  };
}

function readChunks(items: readonly Item[]): ShardScores {
  const text = fromChunks(SCORES, items);
  if (text === null) throw new StoredItemError(SCORES, 'a chunk is missing');
  return readScores(text);
}

function readScores(text: string): ShardScores {
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
