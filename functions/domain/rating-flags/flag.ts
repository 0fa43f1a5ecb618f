import type { IsoDate } from '../time.ts';

export type FlagKind = 'FLAT_RATER' | 'TRADING_PAIR' | 'OUTLYING_SUPERIOR' | 'PUBLIC_BURST';

/** A rating as the rules on patterns see it. */
export interface SeenRating {
  /** A staff id, or a pseudonym. */
  readonly rater: string;
  readonly ratee: string;
  readonly anonymous: boolean;
  /** Mean of its items on 1..5. */
  readonly value: number;
  /** The one score that all its items have; null where they differ. */
  readonly flat: number | null;
  /** Of an answer by somebody served. */
  readonly day: IsoDate | null;
}

/** A pattern that deserves a human look; it changes no score. */
export interface Flag {
  readonly kind: FlagKind;
  /** Raters whom it is about: staff ids, or pseudonyms; empty where it is about the person rated. */
  readonly raters: readonly string[];
  /** The person rated, where the pattern is about one; null otherwise. */
  readonly ratee: string | null;
  readonly anonymous: boolean;
  /** How many ratings make it. */
  readonly ratings: number;
  /** Mean of those on 1..5. */
  readonly mean: number;
  /** Mean of what they are compared with; null where there is nothing. */
  readonly others: number | null;
  readonly day: IsoDate | null;
}

/** From when on a pattern is one [D]. Points of the 1..5 scale. */
export const FLAG_LIMITS = {
  /** People rated alike in every item. */
  flatRatings: 5,
  /** Marks of a pair for each other, and how far above what others gave both. */
  tradeMark: 4.5,
  tradeAbove: 1,
  tradeOthers: 3,
  /** How far a superior lies from everybody else on average, over so many people. */
  outlyingBy: 1,
  outlyingRatees: 3,
  /** Answers on one day, which are more than half of all. */
  burstAnswers: 10,
} as const;

export const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
