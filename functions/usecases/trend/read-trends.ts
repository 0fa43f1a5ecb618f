import type { Actor } from '../../domain/access-policy.ts';
import type { UnitPredicate } from '../../domain/evaluation/predicate.ts';
import { PREDICATES, type Predicate } from '../../domain/evaluation/predicate.ts';
import type { LineExplanation, Result } from '../../domain/evaluation/result.ts';
import { unitPredicateOf } from '../../domain/evaluation/unit-assessment.ts';
import { isActiveOn } from '../../domain/organisation/organisation.ts';
import type { Staff } from '../../domain/organisation/staff.ts';
import type { PeriodKind } from '../../domain/period/span.ts';
import { problem, reject, rejectIf } from '../../domain/problem.ts';
import type { Micro } from '../../domain/rounding.ts';
import { divideHalfUpBig } from '../../domain/rounding.ts';
import { addCounts, MOST_COMPARED, MOST_POINTS, publishedOf, withChanges } from '../../domain/trend/trend.ts';
import type { PageRequest } from '../../store/contract/stored.ts';
import { authorise } from '../authorise.ts';
import type { Deps } from '../deps.ts';
import type { PartialPage } from '../read-through.ts';
import { resultsOfStaff } from '../result/read-result.ts';
import { readUnitResult, type ShownUnitResult } from '../result/read-unit-result.ts';

/** Which periods a trend shows. */
export interface TrendRange {
  readonly kind: PeriodKind;
  /** So many, the latest ones. */
  readonly last: number;
}

export interface UnitTrendPoint {
  readonly periodId: string;
  readonly score: Micro | null;
  readonly change: Micro | null;
  readonly result: ShownUnitResult;
}

export interface StaffTrendPoint {
  readonly periodId: string;
  readonly score: Micro | null;
  readonly change: Micro | null;
  readonly result: Result;
}

export interface IndicatorTrendPoint {
  readonly periodId: string;
  readonly score: Micro | null;
  readonly change: Micro | null;
  readonly line: LineExplanation;
}

function checkRange({ last }: TrendRange): void {
  if (last < 1 || last > MOST_POINTS)
    throw reject('OUT_OF_RANGE', 'last', { minimum: 1, maximum: MOST_POINTS });
}

/** A unit's published achievements, oldest first; the counts in them as `readUnitResult` shows them. */
export async function unitTrend(
  deps: Deps,
  actor: Actor,
  unitId: string,
  range: TrendRange,
): Promise<readonly UnitTrendPoint[]> {
  checkRange(range);
  const periods = publishedOf(await deps.store.periods.list(), range.kind, range.last);
  const results = await Promise.all(
    periods.map(({ id }) => readUnitResult(deps, actor, { unitId, periodId: id })),
  );
  return withChanges(
    results.flatMap((result) =>
      result === null ? [] : [{ periodId: result.periodId, score: result.score, result }],
    ),
  );
}

/** What an indicator of a unit's agreement came to, oldest first. Open to everyone, as the agreement is. */
export async function indicatorTrend(
  deps: Deps,
  actor: Actor,
  { unitId, indicatorId }: { readonly unitId: string; readonly indicatorId: string },
  range: TrendRange,
): Promise<readonly IndicatorTrendPoint[]> {
  const points = await unitTrend(deps, actor, unitId, range);
  return withChanges(
    points.flatMap(({ periodId, result }) => {
      const line = result.lines.find((each) => each.indicatorId === indicatorId);
      return line === undefined ? [] : [{ periodId, score: line.achievement, line }];
    }),
  );
}

/** A person's published results, oldest first; null for those who may not read them. */
export async function staffTrend(
  deps: Deps,
  actor: Actor,
  staff: Staff,
  range: TrendRange,
): Promise<readonly StaffTrendPoint[] | null> {
  checkRange(range);
  const [results, periods] = await Promise.all([
    resultsOfStaff(deps, actor, staff),
    deps.store.periods.list(),
  ]);
  if (results === null) return null;
  const byPeriod = new Map(results.map((result) => [result.periodId, result]));
  const shown = publishedOf(
    periods.filter(({ id }) => byPeriod.has(id)),
    range.kind,
    range.last,
  );
  return withChanges(
    shown.flatMap(({ id }) => {
      const result = byPeriod.get(id);
      return result === undefined ? [] : [{ periodId: id, score: result.score, result }];
    }),
  );
}

/** Published results of some units side by side, in the order asked for. @throws Rejection TOO_MANY, DUPLICATE, NOT_FOUND */
export async function compareUnits(
  deps: Deps,
  actor: Actor,
  { unitIds, periodId }: { readonly unitIds: readonly string[]; readonly periodId: string },
): Promise<readonly ShownUnitResult[]> {
  await authorise(deps, actor, 'Query.compareUnits');
  if (unitIds.length > MOST_COMPARED) throw reject('TOO_MANY', 'unitIds', { maximum: MOST_COMPARED });
  rejectIf(
    unitIds.flatMap((id, at) => (unitIds.indexOf(id) < at ? [problem('DUPLICATE', `unitIds.${at}`)] : [])),
  );
  const { units } = await deps.store.organisation.load();
  rejectIf(
    unitIds.flatMap((id, at) => (units.has(id) ? [] : [problem('NOT_FOUND', `unitIds.${at}`, { id })])),
  );
  const results = await Promise.all(
    unitIds.map((unitId) => readUnitResult(deps, actor, { unitId, periodId })),
  );
  return results.filter((result) => result !== null);
}

/**
 * Published results of the units in force on a period's last day, by their codes; none before publication. Reads those of one page.
 * @throws Rejection NOT_FOUND
 */
export async function readRegionResults(
  deps: Deps,
  actor: Actor,
  periodId: string,
  { first, after }: PageRequest,
): Promise<PartialPage<ShownUnitResult>> {
  await authorise(deps, actor, 'Query.unitResults');
  const [organisation, period] = await Promise.all([
    deps.store.organisation.load(),
    deps.store.periods.get(periodId),
  ]);
  if (period === null) throw reject('NOT_FOUND', 'periodId', { id: periodId });
  if (period.publishedRun === null) return { items: [], hasMore: false, end: null };
  const units = [...organisation.units.values()]
    .filter((unit) => isActiveOn(unit, period.end) && (after === null || unit.code > after))
    .sort((a, b) => (a.code < b.code ? -1 : 1));
  const page = units.slice(0, first);
  const items = await Promise.all(
    page.map(async ({ id, code }) => {
      const value = await readUnitResult(deps, actor, { unitId: id, periodId });
      return value && { value, position: code };
    }),
  );
  return {
    items: items.filter((item) => item !== null),
    hasMore: units.length > first,
    end: page.at(-1)?.code ?? null,
  };
}

/** The region at a glance. */
export interface RegionOverview {
  readonly periodId: string;
  /** Units in force on the period's last day, and those with an achievement. */
  readonly units: number;
  readonly measured: number;
  /** The plain mean of the units' achievements; null: none is measured. */
  readonly meanScore: Micro | null;
  readonly unitPredicates: ReadonlyMap<UnitPredicate, number>;
  /** Staff by predicate, added up over the units as far as their counts are shown; null: none is, and somebody may have it. */
  readonly distribution: Readonly<Record<Predicate, number | null>>;
  /** Units of which counts are hidden, so that the sums are lower than they are. */
  readonly hiddenUnits: number;
}

/**
 * The published results of all units added up; null before publication. It sums what is shown of each unit, so that no
 * difference of sums tells what is hidden. One batch of reads for every hundred units. @throws Rejection NOT_FOUND
 */
export async function regionOverview(
  deps: Deps,
  actor: Actor,
  periodId: string,
): Promise<RegionOverview | null> {
  await authorise(deps, actor, 'Query.regionOverview');
  const [organisation, period] = await Promise.all([
    deps.store.organisation.load(),
    deps.store.periods.get(periodId),
  ]);
  if (period === null) throw reject('NOT_FOUND', 'periodId', { id: periodId });
  if (period.publishedRun === null) return null;
  const units = [...organisation.units.values()].filter((unit) => isActiveOn(unit, period.end));
  const found = await Promise.all(
    units.map(({ id }) => readUnitResult(deps, actor, { unitId: id, periodId })),
  );
  const results = found.filter((result) => result !== null);
  const scores = results.flatMap(({ score }) => (score === null ? [] : [score]));
  const unitPredicates = new Map<UnitPredicate, number>();
  for (const result of results) {
    const predicate = unitPredicateOf(result);
    if (predicate !== null) unitPredicates.set(predicate, (unitPredicates.get(predicate) ?? 0) + 1);
  }
  const { counts, incomplete } = addCounts(
    results.map(({ distribution }) => distribution),
    PREDICATES,
  );
  const sum = scores.reduce((total, score) => total + BigInt(score), 0n);
  return {
    periodId,
    units: units.length,
    measured: scores.length,
    meanScore: scores.length === 0 ? null : Number(divideHalfUpBig(sum, BigInt(scores.length))),
    unitPredicates,
    distribution: counts,
    hiddenUnits: incomplete,
  };
}
