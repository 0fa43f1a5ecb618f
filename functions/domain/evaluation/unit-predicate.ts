import type { PolicyRules } from '../period/policy.ts';
import type { ExpectationRating } from '../rating/rating.ts';
import type { Micro } from '../rounding.ts';
import { MICRO } from '../rounding.ts';
import type { UnitPredicate } from './predicate.ts';

/**
 * The predicate that a unit's weighted achievement proposes: from 110 percent OUTSTANDING, 90 GOOD, 70 NEEDS_IMPROVEMENT,
 * 50 POOR, below VERY_POOR, unless the policy has other bands [D].
 */
export const proposeUnitPredicate = (
  achievement: Micro,
  { unitBands }: Pick<PolicyRules, 'unitBands'>,
): UnitPredicate => {
  if (achievement >= unitBands.outstanding * MICRO) return 'OUTSTANDING';
  if (achievement >= unitBands.good * MICRO) return 'GOOD';
  if (achievement >= unitBands.needsImprovement * MICRO) return 'NEEDS_IMPROVEMENT';
  return achievement >= unitBands.poor * MICRO ? 'POOR' : 'VERY_POOR';
};

/** A unit head's work-result rating is the unit's achievement (art. 24); as a rating: OUTSTANDING ABOVE, GOOD MEETS, else BELOW [D]. */
export const headRating = (predicate: UnitPredicate): ExpectationRating => {
  if (predicate === 'OUTSTANDING') return 'ABOVE';
  return predicate === 'GOOD' ? 'MEETS' : 'BELOW';
};
