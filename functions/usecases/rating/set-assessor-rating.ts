import type { Actor } from '../../domain/access-policy.ts';
import { carries } from '../../domain/evaluation/carryover.ts';
import { capacityOf, checkRatedInPlace, superiorRatesFrom } from '../../domain/evaluation/in-place.ts';
import { assessorOfStaffOn } from '../../domain/organisation/staff.ts';
import { type Problem, problem, Rejection, reject, rejectIf } from '../../domain/problem.ts';
import {
  type AssessorRating,
  checkAssessorRating,
  type ExpectationRating,
} from '../../domain/rating/rating.ts';
import { checkText, tidy } from '../../domain/text.ts';
import type { Stored } from '../../store/contract/stored.ts';
import { authorise } from '../authorise.ts';
import type { Deps } from '../deps.ts';
import { expectVersion } from '../expect-version.ts';
import { serves } from '../objection/deciders.ts';
import { perform } from '../perform.ts';
import { regionToday } from '../region-clock.ts';
import { evaluateNow } from '../result/evaluate-now.ts';
import { policyNow } from '../result/policy-now.ts';
import { staffAddress } from '../work-address.ts';
import { checkTakesDecisions, ratingDay } from './rating-day.ts';

export interface SetAssessorRatingInput {
  readonly periodId: string;
  readonly staffId: string;
  readonly workResult: ExpectationRating;
  readonly behaviour: ExpectationRating;
  readonly reason?: string | null | undefined;
  readonly innovation?: boolean | null | undefined;
  readonly version?: number | null | undefined;
  readonly idempotencyKey?: string | null | undefined;
}

const LONGEST_REASON = 2_000;

/**
 * The assessor of record sets a person's ratings in an open period; the reason is required where one differs from what the
 * system proposes now (without anonymous ratings, see evaluateNow), and that proposal is kept beside it (art. 24). Whom the
 * assessor has not rated when the time for it is over, the assessor's superior rates, and that is final (annex, chapter IV A 11); where
 * the assessor has left the service the superior rates from the period's end on (A 2). Of whoever heads a unit with nobody above but
 * the head of the region the personnel office enters that official's ratings (A 12), but nobody whom the person leads.
 * @throws Rejection with all of REASON_REQUIRED, TOO_LONG; PERIOD_NOT_OPEN, PERIOD_CLOSED, NOT_FOUND, NOT_MEMBER, CONFLICT, FORBIDDEN;
 * for the superior NOT_YET, ALREADY_EXISTS where the assessor has rated; for the assessor RESULT_FINAL where the superior has; CARRIED_OVER where a previous
 * result was agreed on
 */
export const setAssessorRating = (
  deps: Deps,
  actor: Actor,
  input: SetAssessorRatingInput,
): Promise<Stored<AssessorRating>> => {
  const reason = tidy(input.reason ?? '') || null;
  return perform(
    deps,
    { actor, operation: 'setAssessorRating', input, reason },
    async () => {
      const { periodId, staffId } = input;
      const [period, staff, organisation, today] = await Promise.all([
        deps.store.periods.get(periodId),
        deps.store.staff.get(staffId),
        deps.store.organisation.load(),
        regionToday(deps),
      ]);
      const missing: Problem[] = [];
      if (period === null) missing.push(problem('NOT_FOUND', 'periodId', { id: periodId }));
      if (staff === null) missing.push(problem('NOT_FOUND', 'staffId', { id: staffId }));
      if (period === null || staff === null) throw new Rejection(missing);

      // Of record is who is the superior on that day; being it today or on the period's last day may differ from that.
      const day = ratingDay(period, today);
      const as = await authorise(deps, actor, 'Mutation.setAssessorRating', { staff, on: day });
      const { assessorId } = assessorOfStaffOn(organisation, staff, day);
      const inPlaceOf = as === 'ASSESSORS_SUPERIOR' ? assessorId : null;
      const set = {
        assessorId: as === 'REGIONAL_HEAD' ? null : actor.staffId,
        inPlaceOf,
        assessorLeft: inPlaceOf !== null && !(await serves(deps.store, inPlaceOf, today)),
      };
      return { period, staff, as, assessorId, set, today } as const;
    },
    async ({ period, staff, as, assessorId, set, today }) => {
      const { periodId, staffId } = input;
      const address = staffAddress(staff, period.year);
      if (address === null) throw reject('NOT_MEMBER', 'staffId');
      const [before, carryover] = await Promise.all([
        deps.store.ratings.assessorRating(address, periodId, staffId),
        deps.store.carryovers.get(address, periodId, staffId),
      ]);
      rejectIf(checkTakesDecisions(period, periodId));
      const { rules } = await policyNow(deps, period);
      const from = superiorRatesFrom(period, rules, set.assessorLeft);
      rejectIf(checkRatedInPlace(before, assessorId, capacityOf(set), today, from));

      if (carries(carryover, assessorId))
        throw reject('CARRIED_OVER', '', { period: carryover.sourcePeriodId });
      expectVersion(before, input.version);

      const { workResult, behaviour } = await evaluateNow(deps, period, staff);
      const after: AssessorRating = {
        periodId,
        staffId,
        ...set,
        workResult: input.workResult,
        behaviour: input.behaviour,
        proposed: { workResult: workResult.proposed, behaviour: behaviour.proposed },
        reason,
        innovation: input.innovation ?? false,
        ratedAt: deps.now(),
        version: before?.version ?? 0,
      };
      rejectIf([
        ...checkAssessorRating(after),
        ...checkText(reason ?? '', 'reason', LONGEST_REASON, 'TEXT', null),
      ]);
      return {
        as,
        ref: `${periodId}\n${staffId}`,
        writes: [deps.store.ratings.saveAssessorRating(address, before, after, carryover)],
      };
    },
    async (ref) => {
      const [periodId = '', staffId = ''] = ref.split('\n');
      const found = await findAssessorRating(deps, { periodId, staffId });
      if (found === null) throw reject('NOT_FOUND', 'staffId', { id: staffId });
      return found;
    },
  );
};

interface AssessorRatingKey {
  readonly periodId: string;
  readonly staffId: string;
}

/** What the assessor set; null when nothing was. Who may read it follows from the day of rating. @throws Rejection FORBIDDEN, NOT_FOUND for an unknown person */
export async function readAssessorRating(
  deps: Deps,
  actor: Actor,
  key: AssessorRatingKey,
): Promise<Stored<AssessorRating> | null> {
  const [staff, period, today] = await Promise.all([
    deps.store.staff.get(key.staffId),
    deps.store.periods.get(key.periodId),
    regionToday(deps),
  ]);
  if (staff === null) throw reject('NOT_FOUND', 'staffId', { id: key.staffId });
  const on = period === null ? today : ratingDay(period, today);
  await authorise(deps, actor, 'Query.assessorRating', { staff, on });
  return findAssessorRating(deps, key);
}

async function findAssessorRating(
  deps: Deps,
  { periodId, staffId }: AssessorRatingKey,
): Promise<Stored<AssessorRating> | null> {
  const [period, staff] = await Promise.all([
    deps.store.periods.get(periodId),
    deps.store.staff.get(staffId),
  ]);
  const address = period && staff && staffAddress(staff, period.year);
  return address && deps.store.ratings.assessorRating(address, periodId, staffId);
}
