/** What came of one round of a scenario. */
export interface Played {
  /** Operations that clients sent. */
  readonly operations: number;
  /** Of these, how many were asked to try again because too many came at once. */
  readonly again: number;
  /** Histories that no order explains, and sums that do not agree. */
  readonly wrong: readonly string[];
}
