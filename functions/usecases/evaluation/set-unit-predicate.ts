import type { Actor } from '../../domain/access-policy.ts';
import type { UnitPredicate } from '../../domain/evaluation/predicate.ts';
import {
  checkPeriodOver,
  checkUnitDecision,
  newUnitAssessment,
  type UnitDecision,
  unitDeciderOn,
} from '../../domain/evaluation/unit-assessment.ts';
import { reject, rejectIf } from '../../domain/problem.ts';
import { checkText, tidy } from '../../domain/text.ts';
import { authorise } from '../authorise.ts';
import type { Deps } from '../deps.ts';
import { expectVersion } from '../expect-version.ts';
import { decidesOnOwnUnit } from '../interest.ts';
import { perform } from '../perform.ts';
import { checkTakesDecisions } from '../rating/rating-day.ts';
import { regionToday } from '../region-clock.ts';
import { evaluateUnitNow } from './evaluate-unit-now.ts';
import {
  answerUnitEvaluation,
  refOfUnit,
  requireUnitAndPeriod,
  type UnitEvaluation,
} from './unit-subject.ts';

export interface SetUnitPredicate {
  readonly unitId: string;
  readonly periodId: string;
  /** Null takes an earlier decision back: the proposal counts again. */
  readonly predicate?: UnitPredicate | null | undefined;
  readonly reason?: string | null | undefined;
  readonly version?: number | null | undefined;
  readonly idempotencyKey?: string | null | undefined;
}

export const LONGEST_REASON = 2_000;

/**
 * The leader one level up sets a unit's predicate on the system's proposal, between the end of the period and its close (art. 24
 * (1) a, 25 (1) a). The reason is required where the two differ, and the proposal is kept beside it. Nobody decides about a unit
 * that they head, and no planner about one in which they serve.
 * @throws Rejection with all of PERIOD_NOT_OPEN, PERIOD_CLOSED, PERIOD_NOT_OVER, REASON_REQUIRED, TOO_LONG; NOT_FOUND, FORBIDDEN,
 * CONFLICT, NO_CHANGE when there is nothing to take back
 */
export const setUnitPredicate = (
  deps: Deps,
  actor: Actor,
  input: SetUnitPredicate,
): Promise<UnitEvaluation> => {
  const reason = tidy(input.reason ?? '') || null;
  return perform(
    deps,
    { actor, operation: 'setUnitPredicate', input, reason },
    async () => {
      const [{ period, organisation }, today] = await Promise.all([
        requireUnitAndPeriod(deps, input),
        regionToday(deps),
      ]);
      const as = await authorise(deps, actor, 'Mutation.setUnitPredicate', {
        unitId: input.unitId,
        on: period.end,
      });
      const decider = unitDeciderOn(organisation, input.unitId, period.end);
      const may =
        decider === null
          ? actor.roles.has('PLANNER') && !(await decidesOnOwnUnit(deps, actor, input.unitId, period.end))
          : decider === actor.staffId;
      if (!may) throw reject('FORBIDDEN');
      return {
        period,
        as,
        today,
        decidesAs: decider === null ? ('PLANNER' as const) : ('LEADER_ABOVE' as const),
      };
    },
    async ({ period, as, today, decidesAs }) => {
      const [before, { proposed }] = await Promise.all([
        deps.store.unitAssessments.get(input.periodId, input.unitId),
        evaluateUnitNow(deps, period, input.unitId),
      ]);
      expectVersion(before, input.version);
      const predicate = input.predicate ?? null;
      const decision: UnitDecision | null = predicate && {
        predicate,
        proposed,
        reason,
        as: decidesAs,
        decidedBy: actor.id,
        deciderId: actor.staffId,
        decidedAt: deps.now(),
      };
      const closed = checkTakesDecisions(period, input.periodId);
      rejectIf([
        ...closed,
        ...(closed.length === 0 ? checkPeriodOver(period, today) : []),
        ...(decision === null ? [] : checkUnitDecision(decision)),
        ...checkText(reason ?? '', 'reason', LONGEST_REASON, 'TEXT', null),
      ]);
      if (decision === null && (before?.decision ?? null) === null) throw reject('NO_CHANGE');
      const after = { ...(before ?? newUnitAssessment(input.periodId, input.unitId)), decision };
      return { as, ref: refOfUnit(input), writes: [deps.store.unitAssessments.save(before, after)] };
    },
    answerUnitEvaluation(deps),
  );
};
