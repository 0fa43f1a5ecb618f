import type { UnitAchievement } from '../../domain/evaluation/result.ts';
import type { Organisation } from '../../domain/organisation/organisation.ts';
import type { Period } from '../../domain/period/period.ts';
import { type Problem, problem, Rejection, reject } from '../../domain/problem.ts';
import type { Deps } from '../deps.ts';
import { evaluateUnitNow } from './evaluate-unit-now.ts';

/** Which unit in which period. */
export interface UnitKey {
  readonly unitId: string;
  readonly periodId: string;
}

/** A unit's evaluation as it stands: achievement and proposal now, and what was decided. */
export interface UnitEvaluation extends UnitAchievement {
  readonly periodId: string;
  /** Of what was decided; null while nothing was. */
  readonly version: number | null;
}

/** @throws Rejection NOT_FOUND for both at once */
export async function requireUnitAndPeriod(
  { store }: Deps,
  { unitId, periodId }: UnitKey,
): Promise<{ readonly period: Period; readonly organisation: Organisation }> {
  const [organisation, period] = await Promise.all([store.organisation.load(), store.periods.get(periodId)]);
  const missing: Problem[] = [];
  if (!organisation.units.has(unitId)) missing.push(problem('NOT_FOUND', 'unitId', { id: unitId }));
  if (period === null) missing.push(problem('NOT_FOUND', 'periodId', { id: periodId }));
  if (period === null || missing.length > 0) throw new Rejection(missing);
  return { period, organisation };
}

const SEPARATOR = '\n';
export const refOfUnit = ({ unitId, periodId }: UnitKey): string => [periodId, unitId].join(SEPARATOR);

/** What a mutation of a unit's evaluation answers with. */
export const answerUnitEvaluation =
  (deps: Deps) =>
  async (ref: string): Promise<UnitEvaluation> => {
    const [periodId = '', unitId = ''] = ref.split(SEPARATOR);
    const period = await deps.store.periods.get(periodId);
    if (period === null) throw reject('NOT_FOUND', 'periodId', { id: periodId });
    return unitEvaluationNow(deps, period, unitId);
  };

export async function unitEvaluationNow(deps: Deps, period: Period, unitId: string): Promise<UnitEvaluation> {
  const [achievement, assessment] = await Promise.all([
    evaluateUnitNow(deps, period, unitId),
    deps.store.unitAssessments.get(period.id, unitId),
  ]);
  return { ...achievement, periodId: period.id, version: assessment?.version ?? null };
}
