import type { Decimal } from '../decimal.ts';
import type { ExpectationRating } from '../rating/rating.ts';
import type { Month } from '../time.ts';

/** Ratings that a decision on an objection sets in place of the assessor's (annex, objections, 5); null: left as they are. */
export interface VerdictRatings {
  readonly workResult: ExpectationRating | null;
  readonly behaviour: ExpectationRating | null;
  /** NUMERIC_2019: an innovation that helps the organisation. */
  readonly innovation: boolean | null;
}

/** A figure that was wrong in a published result: what was really reached on a line in a month. */
export interface FigureCorrection {
  readonly lineId: string;
  readonly month: Month;
  readonly value: Decimal;
}

/** All that a decision may change. Predicate, score and ranks follow from it by the rules; nobody sets them. */
export interface Correction extends VerdictRatings {
  readonly figures: readonly FigureCorrection[];
}

/** The ratings of a decision as the close reads them, so that a period that is closed again keeps to what was decided. */
export interface Verdict extends VerdictRatings {
  readonly periodId: string;
  readonly staffId: string;
  readonly objectionId: string;
  readonly version: number;
}
