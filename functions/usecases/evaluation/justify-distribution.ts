import type { Actor } from '../../domain/access-policy.ts';
import { newUnitAssessment } from '../../domain/evaluation/unit-assessment.ts';
import { headOn } from '../../domain/organisation/organisation.ts';
import { reject, rejectIf } from '../../domain/problem.ts';
import { checkText, tidy } from '../../domain/text.ts';
import { authorise } from '../authorise.ts';
import type { Deps } from '../deps.ts';
import { expectVersion } from '../expect-version.ts';
import { perform } from '../perform.ts';
import { checkTakesDecisions, ratingDay } from '../rating/rating-day.ts';
import { regionToday } from '../region-clock.ts';
import { LONGEST_REASON } from './set-unit-predicate.ts';
import {
  answerUnitEvaluation,
  refOfUnit,
  requireUnitAndPeriod,
  type UnitEvaluation,
} from './unit-subject.ts';

export interface JustifyDistribution {
  readonly unitId: string;
  readonly periodId: string;
  /** Null takes it back. */
  readonly justification?: string | null | undefined;
  readonly version?: number | null | undefined;
  readonly idempotencyKey?: string | null | undefined;
}

/**
 * The head of a unit says why its staff are distributed otherwise than the guidance asks (SE MenPANRB 3/2023), while the period
 * is open. It goes into the unit's result and changes no figure.
 * @throws Rejection FORBIDDEN for everybody but the unit's head on the day of rating; PERIOD_NOT_OPEN, PERIOD_CLOSED, TOO_LONG,
 * NOT_FOUND, CONFLICT, NO_CHANGE
 */
export const justifyDistribution = (
  deps: Deps,
  actor: Actor,
  input: JustifyDistribution,
): Promise<UnitEvaluation> => {
  const text = tidy(input.justification ?? '');
  return perform(
    deps,
    { actor, operation: 'justifyDistribution', input, reason: text },
    async () => {
      const { period, organisation } = await requireUnitAndPeriod(deps, input);
      const { unitId } = input;
      const on = ratingDay(period, await regionToday(deps));
      const as = await authorise(deps, actor, 'Mutation.justifyDistribution', { unitId, on });
      const unit = organisation.units.get(unitId);
      const authorId = unit === undefined ? null : headOn(unit, on);
      if (authorId === null || authorId !== actor.staffId) throw reject('FORBIDDEN');
      return { period, as, authorId };
    },
    async ({ period, as, authorId }) => {
      const before = await deps.store.unitAssessments.get(input.periodId, input.unitId);
      expectVersion(before, input.version);
      rejectIf([
        ...checkTakesDecisions(period, input.periodId),
        ...checkText(text, 'justification', LONGEST_REASON, 'TEXT', null),
      ]);
      if (text === (before?.justification?.text ?? '')) throw reject('NO_CHANGE');
      const justification = text === '' ? null : { text, authorId, writtenAt: deps.now() };
      const after = { ...(before ?? newUnitAssessment(input.periodId, input.unitId)), justification };
      return { as, ref: refOfUnit(input), writes: [deps.store.unitAssessments.save(before, after)] };
    },
    answerUnitEvaluation(deps),
  );
};
