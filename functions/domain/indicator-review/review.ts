import type { Instant } from '../time.ts';
import type { IndicatorFigures } from './figures.ts';
import type { IndicatorFinding } from './findings.ts';

/** An indicator that a close found fault with: what waits for a planner. */
export interface IndicatorReview {
  readonly periodId: string;
  /** The run that found it: of the close, or a correction that changed the figures. */
  readonly run: string;
  readonly indicatorId: string;
  readonly figures: IndicatorFigures;
  readonly findings: readonly IndicatorFinding[];
}

/** KEEP: it is right as it is; REVISE: it gets a new definition; RETIRE: new plans cannot use it any more. */
export type ReviewOutcome = 'KEEP' | 'REVISE' | 'RETIRE';

/** What a planner decided on an indicator after a period; decided once. */
export interface ReviewDecision {
  readonly indicatorId: string;
  readonly periodId: string;
  readonly outcome: ReviewOutcome;
  readonly reason: string;
  /** The new definition with REVISE; null otherwise. */
  readonly definition: number | null;
  readonly decidedAt: Instant;
  readonly version: number;
}
