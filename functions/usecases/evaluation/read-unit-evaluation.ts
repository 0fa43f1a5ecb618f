import type { Actor } from '../../domain/access-policy.ts';
import { authorise } from '../authorise.ts';
import type { Deps } from '../deps.ts';
import { ratingDay } from '../rating/rating-day.ts';
import { regionToday } from '../region-clock.ts';
import {
  requireUnitAndPeriod,
  type UnitEvaluation,
  type UnitKey,
  unitEvaluationNow,
} from './unit-subject.ts';

/**
 * A unit's evaluation as it stands before the close: achievement, proposed predicate and what was decided. For the heads of the
 * unit and above, planners, HR and auditors. @throws Rejection NOT_FOUND, FORBIDDEN
 */
export async function readUnitEvaluation(deps: Deps, actor: Actor, key: UnitKey): Promise<UnitEvaluation> {
  const { period } = await requireUnitAndPeriod(deps, key);
  const on = ratingDay(period, await regionToday(deps));
  await authorise(deps, actor, 'Query.unitEvaluation', { unitId: key.unitId, on });
  return unitEvaluationNow(deps, period, key.unitId);
}
