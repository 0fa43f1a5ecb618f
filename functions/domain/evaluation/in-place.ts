import { addDays, daysBetween, localDateOf } from '../calendar.ts';
import type { Period } from '../period/period.ts';
import type { PolicyRules } from '../period/policy.ts';
import { type Problem, problem } from '../problem.ts';
import type { AssessorRating } from '../rating/rating.ts';
import type { IsoDate } from '../time.ts';
import type { Result } from './result.ts';

/*
 * Where the assessor lets the time for the evaluation pass, the assessor's superior evaluates, and that is final (annex, chapter IV
 * A 11).
 */

/**
 * From when on the assessor's superior may rate: so many days before the close is due as the policy says, and never while the
 * period goes on.
 */
export const superiorRatesFrom = (
  { end, closesAt }: Pick<Period, 'end' | 'closesAt'>,
  { superiorDays, utcOffsetMinutes }: Pick<PolicyRules, 'superiorDays' | 'utcOffsetMinutes'>,
): IsoDate => {
  const over = addDays(end, 1);
  const late = addDays(localDateOf(closesAt, utcOffsetMinutes), -superiorDays);
  return daysBetween(over, late) > 0 ? late : over;
};

/** In whose place ratings stand: they count where that is the assessor of record. */
export const ratedFor = ({
  assessorId,
  inPlaceOf,
}: Pick<AssessorRating, 'assessorId' | 'inPlaceOf'>): string => inPlaceOf ?? assessorId;

/**
 * Whether ratings may be set over those that are there. The superior waits until the assessor's time is over, and sets none where
 * the assessor of record has; what the superior set in that assessor's place is final for the assessor.
 * @param assessorId of record on the day of rating
 * @returns NOT_YET at `periodId`, ALREADY_EXISTS, RESULT_FINAL, or nothing
 */
export const checkRatedInPlace = (
  before: AssessorRating | null,
  assessorId: string,
  as: 'ASSESSOR' | 'ASSESSORS_SUPERIOR',
  today: IsoDate,
  from: IsoDate,
): Problem[] => {
  const standing = before !== null && ratedFor(before) === assessorId ? before : null;
  if (as === 'ASSESSOR') return standing?.inPlaceOf == null ? [] : [problem('RESULT_FINAL')];
  if (today < from) return [problem('NOT_YET', 'periodId', { date: from })];
  return standing !== null && standing.inPlaceOf === null ? [problem('ALREADY_EXISTS', 'staffId')] : [];
};

/**
 * Whether a result is final from the start, so that nobody can object to it (annex, chapter IV A 11 and 12): the assessor's
 * superior evaluated, or it is that of a unit's head above whom there is only the head of the region.
 * @param headsUnit whether the person headed a unit on the day of rating (`headedUnitOn`), with an agreement or without
 */
export const isFinalResult = (
  { assessor, assessorId }: Pick<Result, 'assessor' | 'assessorId'>,
  headsUnit: boolean,
): boolean => assessor?.as === 'ASSESSORS_SUPERIOR' || (assessorId === null && headsUnit);
