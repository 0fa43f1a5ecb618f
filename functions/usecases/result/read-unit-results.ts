import type { Actor } from '../../domain/access-policy.ts';
import type { PeriodKind } from '../../domain/period/span.ts';
import { reject } from '../../domain/problem.ts';
import type { Deps } from '../deps.ts';
import { type ShownUnitResult, showUnitResult } from './read-unit-result.ts';

/** Two years of months, six of quarters. */
const MOST_PERIODS = 24;

/**
 * The published results of a unit in the last periods of one kind, oldest first, as the reader may see them; periods without
 * one are left out. @throws Rejection OUT_OF_RANGE at `last`
 */
export async function readUnitResults(
  deps: Deps,
  actor: Actor,
  unitId: string,
  { kind, last }: { readonly kind: PeriodKind; readonly last: number },
): Promise<readonly ShownUnitResult[]> {
  if (last < 1 || last > MOST_PERIODS)
    throw reject('OUT_OF_RANGE', 'last', { minimum: 1, maximum: MOST_PERIODS });
  const periods = (await deps.store.periods.list())
    .filter((period) => period.kind === kind && period.publishedRun !== null)
    .sort((a, b) => (a.start < b.start ? -1 : 1))
    .slice(-last);
  const shown = await Promise.all(
    periods.map(async (period) => {
      const result =
        period.publishedRun === null
          ? null
          : await deps.store.results.unit(period.id, period.publishedRun, unitId);
      return result && showUnitResult(deps, actor, period, result);
    }),
  );
  return shown.filter((result) => result !== null);
}
