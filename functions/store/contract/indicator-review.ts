import type { IndicatorFigures } from '../../domain/indicator-review/figures.ts';
import type { IndicatorReview, ReviewDecision } from '../../domain/indicator-review/review.ts';
import type { Page, PageRequest, Stored, Write } from './stored.ts';

/** An indicator's figures in a period, as a run of its close left them. */
export interface FiguresOfRun {
  readonly periodId: string;
  readonly run: string;
  readonly figures: IndicatorFigures;
}

export interface FiguresKey {
  readonly indicatorId: string;
  readonly periodId: string;
  readonly run: string;
}

export interface ReviewKey {
  readonly indicatorId: string;
  readonly periodId: string;
}

export interface IndicatorReviewStore {
  /** Bulk and repeatable: the same figures under the same run are the same items. */
  putFigures(periodId: string, run: string, figures: readonly IndicatorFigures[]): Promise<void>;
  /** In order, of a correction run with what it leaves of its base; null where the run has none. One request a 100, or a 50 of corrections. */
  figures(keys: readonly FiguresKey[]): Promise<readonly (IndicatorFigures | null)[]>;
  /** Of every run, by period. */
  figuresOfIndicator(indicatorId: string): Promise<readonly FiguresOfRun[]>;
  /** Bulk and repeatable. In a correction run a review without findings takes one of its base away. */
  putReviews(reviews: readonly IndicatorReview[]): Promise<void>;
  /** What a run found fault with, by indicator id; of a correction run with what it leaves of its base. */
  reviews(periodId: string, run: string, page: PageRequest): Promise<Page<IndicatorReview>>;
  /** The indicators that a run itself says something of: of a correction run those that it changes. */
  indicatorsOf(periodId: string, run: string): Promise<readonly string[]>;
  /** In order, as `figures`; null where nothing is found fault with. */
  reviewsOf(keys: readonly FiguresKey[]): Promise<readonly (IndicatorReview | null)[]>;
  /** In order; null where nothing has been decided. One request a 100. */
  decisions(keys: readonly ReviewKey[]): Promise<readonly (Stored<ReviewDecision> | null)[]>;
  /** A decision is written once. ALREADY_EXISTS */
  decide(decision: ReviewDecision): Write;
}
