import { addDays, daysBetween, localDateOf } from '../calendar.ts';
import type { Period } from '../period/period.ts';
import type { PolicyRules } from '../period/policy.ts';
import { type Problem, problem } from '../problem.ts';
import type { AssessorRating } from '../rating/rating.ts';
import type { IsoDate } from '../time.ts';
import type { AssessorCapacity, Result } from './result.ts';

/*
 * Where the assessor lets the time for the evaluation pass, the assessor's superior evaluates, and that is final (annex, chapter IV
 * A 11). Where the assessor has left the service the superior evaluates as well (A 2), and that is not.
 */

/**
 * From when on the assessor's superior may rate: so many days before the close is due as the policy says, for an assessor who
 * has left at once; and never while the period goes on.
 */
export const superiorRatesFrom = (
  { end, closesAt }: Pick<Period, 'end' | 'closesAt'>,
  { superiorDays, utcOffsetMinutes }: Pick<PolicyRules, 'superiorDays' | 'utcOffsetMinutes'>,
  assessorLeft: boolean,
): IsoDate => {
  const over = addDays(end, 1);
  if (assessorLeft) return over;
  const late = addDays(localDateOf(closesAt, utcOffsetMinutes), -superiorDays);
  return daysBetween(over, late) > 0 ? late : over;
};

/** In whose place ratings stand: they count where that is the assessor of record. */
export const ratedFor = ({
  assessorId,
  inPlaceOf,
}: Pick<AssessorRating, 'assessorId' | 'inPlaceOf'>): string | null => inPlaceOf ?? assessorId;

/** As what somebody set ratings. */
export const capacityOf = ({
  assessorId,
  inPlaceOf,
  assessorLeft,
}: Pick<AssessorRating, 'assessorId' | 'inPlaceOf' | 'assessorLeft'>): AssessorCapacity => {
  if (inPlaceOf !== null) return assessorLeft ? 'FOR_FORMER_ASSESSOR' : 'ASSESSORS_SUPERIOR';
  return assessorId === null ? 'REGIONAL_HEAD' : 'ASSESSOR';
};

/**
 * Whether ratings may be set over those that are there. The superior waits until the assessor's time is over, and sets none where
 * the assessor of record has; what the superior set in that assessor's place is final for the assessor.
 * @param assessorId of record on the day of rating; null: the head of the region
 * @returns NOT_YET at `periodId`, ALREADY_EXISTS, RESULT_FINAL, or nothing
 */
export const checkRatedInPlace = (
  before: AssessorRating | null,
  assessorId: string | null,
  as: AssessorCapacity,
  today: IsoDate,
  from: IsoDate,
): Problem[] => {
  const standing = before !== null && ratedFor(before) === assessorId ? before : null;
  if (as === 'ASSESSOR' || as === 'REGIONAL_HEAD')
    return standing?.inPlaceOf == null ? [] : [problem('RESULT_FINAL')];
  if (today < from) return [problem('NOT_YET', 'periodId', { date: from })];
  return standing !== null && standing.inPlaceOf === null ? [problem('ALREADY_EXISTS', 'staffId')] : [];
};

/**
 * Whether a result is final from the start, so that nobody can object to it (annex, chapter IV A 11 and 12): the assessor's
 * superior evaluated because the assessor let the time pass, or the head of the region did. Where neither evaluated the proposal
 * counts, which is nobody's decision and can be objected to.
 */
export const isFinalResult = ({ assessor }: Pick<Result, 'assessor'>): boolean =>
  assessor?.as === 'ASSESSORS_SUPERIOR' || assessor?.as === 'REGIONAL_HEAD';
