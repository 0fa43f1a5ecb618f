import type { Actor } from '../../domain/access-policy.ts';
import { checkReportedByHand } from '../../domain/activity/activity.ts';
import type { Decimal } from '../../domain/decimal.ts';
import {
  checkReport,
  type Realisation,
  reportRealisation as report,
} from '../../domain/indicator/realisation.ts';
import { reject, rejectIf } from '../../domain/problem.ts';
import { tidy } from '../../domain/text.ts';
import type { Stored } from '../../store/contract/stored.ts';
import type { Deps } from '../deps.ts';
import { expectVersion } from '../expect-version.ts';
import { perform } from '../perform.ts';
import { authoriseOnPlan, findPlan } from '../plan/plan-place.ts';
import {
  answerRealisation,
  checkMonth,
  type RealisationKey,
  refOfRealisation,
} from './change-realisation.ts';

export interface ReportRealisationInput extends RealisationKey {
  readonly value: Decimal;
  readonly evidence?: readonly string[] | null | undefined;
  readonly note?: string | null | undefined;
  readonly version?: number | null | undefined;
  readonly idempotencyKey?: string | null | undefined;
}

/**
 * A staff member reports what was reached in a month on their own plan; a unit's head or a planner on its agreement.
 * Replaces an earlier report of the month, which then waits to be verified again.
 * @throws Rejection with all of NOT_FOUND (line), REALISED_BY_ACTIVITY, OUTSIDE_PERIOD, PERIOD_CLOSED, EVIDENCE_REQUIRED, INVALID_FORMAT, TOO_LONG;
 * WRONG_STATE without a plan in force; CONFLICT, FORBIDDEN
 */
export const reportRealisation = (
  deps: Deps,
  actor: Actor,
  input: ReportRealisationInput,
): Promise<Stored<Realisation>> =>
  perform(
    deps,
    { actor, operation: 'reportRealisation', input },
    async () => {
      const { place, plan } = await findPlan(deps, input.planId);
      const { side, as } = await authoriseOnPlan(deps, actor, 'Mutation.reportRealisation', place);
      if (side === 'SUPERIOR' && as !== 'PLANNER') throw reject('FORBIDDEN');
      return { place, plan, as };
    },
    async ({ place, plan, as }) => {
      if (plan.agreed === null)
        throw reject('WRONG_STATE', 'planId', { state: plan.proposalState ?? 'DRAFT' });
      const reported = {
        lineId: input.lineId,
        month: input.month,
        value: input.value,
        evidence: (input.evidence ?? []).map((link) => link.trim()),
        note: tidy(input.note ?? '') || null,
      };
      const [periods, before] = await Promise.all([
        checkMonth(deps, input.month),
        deps.store.realisations.get(place.address, input),
      ]);
      rejectIf([
        ...checkReport(plan.agreed, plan.year, reported),
        ...checkReportedByHand(plan.owner, plan.agreed, input.lineId),
        ...periods,
      ]);
      expectVersion(before, input.version);
      const after = report(before, plan.id, reported, actor.id, deps.now());
      return {
        as,
        ref: refOfRealisation(input),
        writes: [deps.store.realisations.save(place.address, before, after)],
      };
    },
    (ref) => answerRealisation(deps, ref),
  );
