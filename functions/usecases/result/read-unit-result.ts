import type { Actor } from '../../domain/access-policy.ts';
import { discloseCounts } from '../../domain/evaluation/disclosure.ts';
import type { DistributionWarning } from '../../domain/evaluation/distribution.ts';
import type { Predicate } from '../../domain/evaluation/predicate.ts';
import type { UnitResult } from '../../domain/evaluation/result.ts';
import type { Period } from '../../domain/period/period.ts';
import { reject } from '../../domain/problem.ts';
import { permits } from '../authorise.ts';
import type { Deps } from '../deps.ts';
import { policyOfRun } from './policy-of-run.ts';

/** A unit's result as a reader may see it: null where a count would show who it is about, or is not for the reader. */
export interface ShownUnitResult extends Omit<UnitResult, 'distribution' | 'notEvaluated' | 'warnings'> {
  readonly distribution: Readonly<Record<Predicate, number | null>>;
  readonly notEvaluated: number | null;
  readonly warnings: readonly DistributionWarning[] | null;
}

/**
 * The published result of a unit: achievements for everybody; exact counts and the guidance for those who lead or inspect
 * the unit, for the others counts from which nobody can be found. @throws Rejection NOT_FOUND for an unknown unit or period
 */
export async function readUnitResult(
  deps: Deps,
  actor: Actor,
  { unitId, periodId }: { readonly unitId: string; readonly periodId: string },
): Promise<ShownUnitResult | null> {
  const [organisation, period] = await Promise.all([
    deps.store.organisation.load(),
    deps.store.periods.get(periodId),
  ]);
  if (!organisation.units.has(unitId)) throw reject('NOT_FOUND', 'unitId', { id: unitId });
  if (period === null) throw reject('NOT_FOUND', 'periodId', { id: periodId });
  if (period.publishedRun === null) return null;
  const result = await deps.store.results.unit(periodId, period.publishedRun, unitId);
  return result && showUnitResult(deps, actor, period, result);
}

/** A published result of a unit as the reader may see it; see `readUnitResult`. */
export async function showUnitResult(
  deps: Deps,
  actor: Actor,
  period: Period,
  result: UnitResult,
): Promise<ShownUnitResult> {
  const { unitId, periodId } = result;
  if (await permits(deps, actor, 'UnitResult.warnings', { unitId })) return result;
  const policy = await policyOfRun(deps.store, period, result.run);
  if (policy === null) throw new Error(`${periodId} ${result.run} has no policy`);
  const { notEvaluated, ...distribution } = discloseCounts(
    { ...result.distribution, notEvaluated: result.notEvaluated },
    policy.rules.minimumRaters,
  );
  // Everybody learns what was decided and in what capacity; why, and by whom, those who lead or inspect the unit.
  const decision = result.decision && { ...result.decision, reason: null, deciderId: null };
  return { ...result, distribution, notEvaluated, warnings: null, decision, justification: null };
}
