import { PREDICATES } from '../../domain/evaluation/predicate.ts';
import type { RankingScope } from '../../domain/evaluation/ranking.ts';
import type { Rank } from '../../domain/evaluation/result.ts';
import { unitPredicateOf } from '../../domain/evaluation/unit-assessment.ts';
import type { Cell, Row } from '../../domain/export/table.ts';
import { resultWords } from '../../domain/messages.ts';
import { reject } from '../../domain/problem.ts';
import { formatPoints } from '../../domain/rounding.ts';
import type { Deps } from '../deps.ts';
import { shownInRanking } from '../ranking/read-ranking.ts';
import { rankedResults } from '../result/ranked-results.ts';
import { readUnitResult } from '../result/read-unit-result.ts';
import { evaluatedPages, type PublishedPeriod, unitGroups } from './export-scope.ts';
import { personCells, unitCells } from './person-cells.ts';
import { percentOf, targetOf } from './plan-rows.ts';
import type { ExportRequest, RowsOf } from './rows-of.ts';
import { numberOf, pointsOf, wordOf } from './value-cells.ts';

const rankCells = (rank: Rank | undefined): readonly Cell[] => [
  numberOf(rank?.rank ?? null),
  numberOf(rank?.of ?? null),
];

/** @throws Rejection NOT_FOUND at `periodId`, WRONG_STATE before anything was published */
export async function publishedPeriod(
  deps: Deps,
  { periodId }: Pick<ExportRequest, 'periodId'>,
): Promise<PublishedPeriod> {
  const period = periodId === null ? null : await deps.store.periods.get(periodId);
  if (period === null) throw reject('NOT_FOUND', 'periodId', { id: periodId ?? '' });
  const { publishedRun } = period;
  if (publishedRun === null) throw reject('WRONG_STATE', 'periodId', { state: period.state });
  return { ...period, publishedRun };
}

/** The published results of a period, of one person or of those whom it evaluated in the units. */
export const resultRows: RowsOf = async function* (deps, actor, request, limits, locale) {
  const period = await publishedPeriod(deps, request);
  for await (const members of evaluatedPages(deps, actor, 'Query.result', request, { period, limits })) {
    const results = await rankedResults(
      deps.store,
      members.map(({ staff }) => ({ periodId: period.id, run: period.publishedRun, staffId: staff.id })),
    );
    const rows = await Promise.all(
      members.map(async ({ staff, unit }, at): Promise<readonly Row[]> => {
        const result = results[at] ?? null;
        if (result === null) return [];
        return [
          [
            period.id,
            ...(await personCells(deps, actor, staff)),
            result.position,
            result.jobGroup,
            ...unitCells(unit),
            pointsOf(result.workResult.score),
            pointsOf(result.behaviour.score),
            wordOf(resultWords.rating, result.workResultRating, locale),
            wordOf(resultWords.rating, result.behaviourRating, locale),
            wordOf(resultWords.predicate, result.predicate, locale),
            pointsOf(result.score),
            ...rankCells(result.ranks?.unit),
            ...rankCells(result.ranks?.jobGroup),
            ...rankCells(result.ranks?.region),
          ],
        ];
      }),
    );
    yield rows.flat();
  }
};

/** The published results of the units, with the counts that the reader may see. */
export const unitResultRows: RowsOf = async function* (deps, actor, request, limits, locale) {
  const period = await publishedPeriod(deps, request);
  for await (const group of unitGroups(deps, request.unitId, limits)) {
    const rows = await Promise.all(
      group.map(async (unit): Promise<readonly Row[]> => {
        const result = await readUnitResult(deps, actor, { unitId: unit.id, periodId: period.id });
        if (result === null) return [];
        return [
          [
            period.id,
            ...unitCells(unit),
            pointsOf(result.score),
            wordOf(resultWords.unitPredicate, unitPredicateOf(result), locale),
            ...PREDICATES.map((predicate) => numberOf(result.distribution[predicate])),
            numberOf(result.notEvaluated),
          ],
        ];
      }),
    );
    yield rows.flat();
  }
};

/** What the units' indicators reached by their published results, one row a line of the agreement. */
export const unitIndicatorRows: RowsOf = async function* (deps, actor, request, limits, locale) {
  const period = await publishedPeriod(deps, request);
  for await (const group of unitGroups(deps, request.unitId, limits)) {
    const results = await Promise.all(
      group.map(({ id }) => readUnitResult(deps, actor, { unitId: id, periodId: period.id })),
    );
    yield group.flatMap((unit, at) =>
      (results[at]?.lines ?? []).map((line) => [
        period.id,
        ...unitCells(unit),
        line.title,
        wordOf(resultWords.line, line.kind, locale),
        line.indicatorName,
        line.measure.unitOfMeasure,
        line.target && targetOf(line.target),
        line.realisation,
        pointsOf(line.achievement),
        wordOf(resultWords.notMeasured, line.notMeasured, locale),
        percentOf(line.weight),
        percentOf(line.effectiveWeight),
        wordOf(resultWords.rating, line.rating, locale),
      ]),
    );
  }
};

/** A published ranking: of the region, of a job group, or of one unit; for its head without who leads them, as the query. */
export const rankingRows: RowsOf = async function* (deps, actor, request, { walk }) {
  const { unitId, jobGroup } = request;
  const period = await publishedPeriod(deps, request);
  const scope: RankingScope =
    unitId !== null
      ? { kind: 'UNIT', unitId }
      : jobGroup !== null
        ? { kind: 'JOB_GROUP', jobGroup }
        : { kind: 'REGION' };
  const [{ units }, isShown] = await Promise.all([
    deps.store.organisation.load(),
    shownInRanking(deps, actor, scope),
  ]);
  let [number = 0, read = 0] = walk.from?.split(' ').map(Number) ?? [];
  for (;;) {
    const page = await deps.store.rankings.page(period.id, period.publishedRun, scope, number);
    if (page === null) return;
    const { total } = page;
    const entries = page.entries.filter(({ staffId }) => isShown(staffId));
    const people = await deps.store.staff.getMany(entries.map(({ staffId }) => staffId));
    yield Promise.all(
      entries.map(async ({ rank, unitId: of, score }, at) => {
        const staff = people[at] ?? null;
        return [
          period.id,
          String(rank),
          ...(staff === null ? [null, null] : await personCells(deps, actor, staff)),
          ...unitCells(units.get(of)),
          formatPoints(score),
        ];
      }),
    );
    number += 1;
    read += page.entries.length;
    walk.reached(`${number} ${read}`);
    if (read >= total) return;
  }
};
