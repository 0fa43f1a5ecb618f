/** What `npm start` prints of a closed period: asked of the GraphQL endpoint like any client would. */
import Table from 'cli-table3';
import * as z from 'zod/mini';
import type { GraphqlClient } from '../import/graphql-client.ts';
import type { Texts } from './texts.ts';

/** Lines of a printed ranking. */
const TOP = 10;

const figure = z.nullable(z.object({ shown: z.string() }));
const named = z.nullable(z.object({ name: z.string() }));

const unitData = z.object({
  code: z.string(),
  name: z.string(),
  result: z.nullable(
    z.object({
      score: figure,
      predicate: z.nullable(z.string()),
      distribution: z.array(z.object({ predicate: z.string(), count: z.nullable(z.int()) })),
      warnings: z.nullable(z.array(z.object({ message: z.string() }))),
    }),
  ),
});
const unitsData = z.object({ units: z.array(z.extend(unitData, { subtree: z.array(unitData) })) });

const rankingData = z.object({
  ranking: z.nullable(
    z.object({
      totalCount: z.int(),
      nodes: z.array(
        z.object({ rank: z.int(), score: z.object({ shown: z.string() }), staff: named, unit: named }),
      ),
    }),
  ),
});

/** The results of all units in a period as a table. */
export async function printUnitResults(
  client: GraphqlClient,
  periodId: string,
  texts: Texts,
): Promise<string> {
  const { units } = await client.execute(
    `query CapaianUnit($periodId: ID!) {
      units {
        ...Capaian
        subtree { ...Capaian }
      }
    }
    fragment Capaian on Unit {
      code
      name
      result(periodId: $periodId) {
        score { shown }
        predicate
        distribution { predicate count }
        warnings { message }
      }
    }`,
    { periodId },
    unitsData,
  );
  const all = units.flatMap(({ subtree, ...root }) => [root, ...subtree]);
  const rows = all.flatMap(({ code, name, result }) => {
    if (result === null) return [];
    const warnings = result.warnings?.length ?? 0;
    return [
      [
        code,
        name,
        result.score?.shown ?? texts.notMeasured,
        wordOf(result.predicate, texts),
        describeDistribution(result.distribution, texts),
        warnings === 0 ? '' : `${warnings} ${texts.warnings}`,
      ],
    ];
  });
  return `${texts.units(periodId)}\n${drawTable(texts.unitColumns, rows, [2])}`;
}

/** The top of a ranking of the region, or of a job group in it; empty text when there is none. */
export async function printRanking(
  client: GraphqlClient,
  periodId: string,
  jobGroup: string | null,
  texts: Texts,
): Promise<string> {
  const { ranking } = await client.execute(
    `query Peringkat($periodId: ID!, $scope: RankingScopeInput!, $top: Int!) {
      ranking(periodId: $periodId, scope: $scope, top: $top) {
        totalCount
        nodes { rank score { shown } staff { name } unit { name } }
      }
    }`,
    { periodId, scope: jobGroup === null ? { kind: 'REGION' } : { kind: 'JOB_GROUP', jobGroup }, top: TOP },
    rankingData,
  );
  if (ranking === null || ranking.totalCount === 0) return '';
  const rows = ranking.nodes.map(({ rank, score, staff, unit }) => [
    String(rank),
    score.shown,
    staff?.name ?? '',
    unit?.name ?? '',
  ]);
  const title = texts.ranking(jobGroup ?? texts.region, periodId, ranking.nodes.length, ranking.totalCount);
  return `${title}\n${drawTable(texts.rankingColumns, rows, [0, 1])}`;
}

function wordOf(predicate: string | null, texts: Texts): string {
  return predicate === null ? '' : (texts.predicates[predicate] ?? predicate);
}

function describeDistribution(
  distribution: readonly { readonly predicate: string; readonly count: number | null }[],
  texts: Texts,
): string {
  if (distribution.some(({ count }) => count === null)) return texts.hidden;
  return distribution
    .filter(({ count }) => count !== 0)
    .map(({ predicate, count }) => `${count} ${wordOf(predicate, texts)}`)
    .join(', ');
}

function drawTable(
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  numeric: readonly number[],
): string {
  const table = new Table({
    head: [...columns],
    colAligns: columns.map((_, position) => (numeric.includes(position) ? 'right' : 'left')),
    style: { head: [], border: [], compact: true },
  });
  table.push(...rows.map((row) => [...row]));
  return table.toString();
}
