import { buildsOnPeriods } from '../../domain/evaluation/basis.ts';
import { headIdsOver, type Organisation } from '../../domain/organisation/organisation.ts';
import { assessorOn, placeOn, type Staff } from '../../domain/organisation/staff.ts';
import type { Period } from '../../domain/period/period.ts';
import { type Problem, problem } from '../../domain/problem.ts';
import type { RatingParty } from '../../domain/rating/rating.ts';
import type { IsoDate } from '../../domain/time.ts';
import type { Deps } from '../deps.ts';
import { policyNow } from '../result/policy-now.ts';

/** The day whose hierarchy says who rates whom: today, within the period. The close takes the last day (annex, IV A 13). */
export const ratingDay = ({ start, end }: Pick<Period, 'start' | 'end'>, today: IsoDate): IsoDate => {
  if (today > end) return end;
  return today < start ? start : today;
};

/** A person as the rules on raters see one; null: serves nowhere on that day. */
export function partyOn(organisation: Organisation, staff: Staff, day: IsoDate): RatingParty | null {
  const place = placeOn(staff, day);
  return (
    place && {
      staffId: staff.id,
      unitId: place.unitId,
      assessorId: assessorOn(organisation, place, day).assessorId,
      headIds: headIdsOver(organisation, place.unitId, day),
    }
  );
}

/**
 * Whether a period takes what is decided of it, as the assessor's ratings: PERIOD_NOT_OPEN before, PERIOD_CLOSED after, NOT_FOUND when
 * it is not planned.
 */
export function checkTakesDecisions(period: Period | null, periodId: string, path = 'periodId'): Problem[] {
  if (period === null) return [problem('NOT_FOUND', path, { id: periodId })];
  if (period.state === 'OPEN') return [];
  const { id, state } = period;
  return state === 'PLANNED'
    ? [problem('PERIOD_NOT_OPEN', path, { period: id, state })]
    : [problem('PERIOD_CLOSED', path, { period: id })];
}

/**
 * Whether somebody may be rated in a period, or raters be chosen for it: as `checkTakesDecisions`, and never in a year that builds on
 * its periods (YEAR_FROM_PERIODS), whose behaviour is that of the periods, so that no rating of it counts. The policy is read of a
 * year alone.
 */
export async function checkTakesRatings(
  deps: Pick<Deps, 'store'>,
  period: Period | null,
  periodId: string,
  path = 'periodId',
): Promise<Problem[]> {
  const problems = checkTakesDecisions(period, periodId, path);
  if (problems.length > 0 || period?.kind !== 'YEAR') return problems;
  const { rules } = await policyNow(deps, period);
  return buildsOnPeriods(period, rules) ? [problem('YEAR_FROM_PERIODS', path, { period: period.id })] : [];
}
