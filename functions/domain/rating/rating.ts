import { type Problem, problem } from '../problem.ts';
import type { Instant } from '../time.ts';

/** Who rates, seen from the rated person. PUBLIC: people served. */
export type RaterGroup = 'SUPERIOR' | 'PEER' | 'SUBORDINATE' | 'SELF' | 'PUBLIC';

/** An item of an instrument, with its text in both languages. */
export interface InstrumentItem {
  readonly id: string;
  readonly text: { readonly id: string; readonly en: string };
}

/** A named list of items on a scale of whole numbers; a change is a new version. */
export interface Instrument {
  readonly id: string;
  readonly version: number;
  readonly name: { readonly id: string; readonly en: string };
  readonly items: readonly InstrumentItem[];
  readonly scale: { readonly low: number; readonly high: number };
}

/** Who brought a rating: the rater, or an import in the rater's name. */
export type RatingSource = 'RATER' | 'IMPORT';

/** What a rater said: one score an item in the instrument's order, and a comment. */
export interface RatingContent {
  readonly instrumentId: string;
  readonly instrumentVersion: number;
  readonly scores: readonly number[];
  readonly comment: string | null;
}

/** One rater's scores of one person in one period. */
export interface Rating extends RatingContent {
  readonly periodId: string;
  readonly rateeId: string;
  readonly group: RaterGroup;
  /** Of SUPERIOR and SELF a staff id; of the anonymous groups the rater's pseudonym in the period, 64 hex digits. */
  readonly raterId: string;
  /** What a rater gave, an import neither replaces nor compares with: nobody finds a hidden rating by guessing. */
  readonly source: RatingSource;
  /** Null for peers and subordinates, and for PUBLIC the beginning of the day: a time would tell who it was. */
  readonly ratedAt: Instant | null;
  /** The attempt whose run was published when this was given; 0: before any, and always of SUPERIOR and SELF. */
  readonly afterRun: number;
  /** What stood here while earlier runs were published, oldest first. */
  readonly earlier: readonly EarlierContent[];
  readonly version: number;
}

export interface EarlierContent extends RatingContent {
  readonly afterRun: number;
}

/** Groups whose raters nobody may learn. */
export const isAnonymousGroup = (group: RaterGroup): boolean => group !== 'SUPERIOR' && group !== 'SELF';

/** ABOVE, MEETS or BELOW expectation (di atas, sesuai, di bawah ekspektasi). */
export type ExpectationRating = 'ABOVE' | 'MEETS' | 'BELOW';

/**
 * The ratings that the assessor sets for a person in a period, or the assessor's superior where the assessor lets the time pass; the
 * reason is required where they differ from the proposal.
 */
export interface AssessorRating {
  readonly periodId: string;
  readonly staffId: string;
  /** Who set them; null: the head of the region, for whom the personnel office entered them. */
  readonly assessorId: string | null;
  /** The assessor of record in whose place the superior set them; null: the assessor did. */
  readonly inPlaceOf: string | null;
  /** Whether that assessor had left the service when the superior set them. */
  readonly assessorLeft: boolean;
  readonly workResult: ExpectationRating;
  readonly behaviour: ExpectationRating;
  /** What the system proposed when the assessor decided; null: nothing could be proposed. */
  readonly proposed: {
    readonly workResult: ExpectationRating | null;
    readonly behaviour: ExpectationRating | null;
  };
  readonly reason: string | null;
  /** NUMERIC_2019: an innovation that helps the organisation (PP 30/2019 art. 41). */
  readonly innovation: boolean;
  readonly ratedAt: Instant;
  readonly version: number;
}

/** A staff member as the rules on raters see one: place and assessor on the day of the rating. */
export interface RatingParty {
  readonly staffId: string;
  readonly unitId: string;
  /** Assessor of record; null: nobody. */
  readonly assessorId: string | null;
  /** Who heads the unit or one above it. */
  readonly headIds: readonly string[];
}

/**
 * Whether a staff member may rate a person as that group. SUPERIOR is the assessor of record; SELF the person; SUBORDINATE
 * somebody whom the person assesses; PEER anybody else with the same assessor or in the same unit. Whoever is the person's
 * assessor or subordinate is no peer, so that nobody counts twice, nor is who heads the unit of the other or one above it:
 * peers are colleagues of the same level (art. 18 (2)). PUBLIC raters are no staff: they come with a code.
 * @returns SELF_AS_OTHER, NOT_A_RATER, or nothing
 */
export const checkRater = (group: RaterGroup, rater: RatingParty, ratee: RatingParty): Problem[] => {
  const oneself = rater.staffId === ratee.staffId;
  if (oneself && group !== 'SELF') return [problem('SELF_AS_OTHER', 'group')];
  return isRater(group, rater, ratee, oneself) ? [] : [problem('NOT_A_RATER', 'group', { group })];
};

const isRater = (group: RaterGroup, rater: RatingParty, ratee: RatingParty, oneself: boolean): boolean => {
  const isSuperior = ratee.assessorId === rater.staffId;
  const isSubordinate = rater.assessorId === ratee.staffId;
  switch (group) {
    case 'SELF':
      return oneself;
    case 'SUPERIOR':
      return isSuperior;
    case 'SUBORDINATE':
      return isSubordinate;
    case 'PEER': {
      const sameAssessor = rater.assessorId !== null && rater.assessorId === ratee.assessorId;
      const isLed = rater.headIds.includes(ratee.staffId) || ratee.headIds.includes(rater.staffId);
      return !isSuperior && !isSubordinate && !isLed && (sameAssessor || rater.unitId === ratee.unitId);
    }
    case 'PUBLIC':
      return false;
  }
};

/** Every group as which a staff member may rate a person; empty for strangers. */
export const groupsOfRater = (rater: RatingParty, ratee: RatingParty): RaterGroup[] =>
  GROUPS.filter((group) => checkRater(group, rater, ratee).length === 0);

const GROUPS: readonly RaterGroup[] = ['SUPERIOR', 'PEER', 'SUBORDINATE', 'SELF'];

/** A rating has one whole score on the instrument's scale for every item. ITEMS_INCOMPLETE, OUT_OF_RANGE at `scores.<n>`. */
export const checkScores = (instrument: Instrument, scores: readonly number[]): Problem[] => {
  const { low, high } = instrument.scale;
  const problems = scores.flatMap((score, at) =>
    Number.isInteger(score) && score >= low && score <= high
      ? []
      : [problem('OUT_OF_RANGE', `scores.${at}`, { minimum: low, maximum: high })],
  );
  if (scores.length !== instrument.items.length) {
    problems.push(
      problem('ITEMS_INCOMPLETE', 'scores', { expected: instrument.items.length, actual: scores.length }),
    );
  }
  return problems;
};

/**
 * The assessor gives a reason wherever a rating differs from the proposal (art. 24), also where nothing could be proposed.
 * @returns REASON_REQUIRED, or nothing
 */
export const checkAssessorRating = (
  rating: Pick<AssessorRating, 'workResult' | 'behaviour' | 'proposed' | 'reason'>,
): Problem[] => {
  const differs =
    rating.workResult !== rating.proposed.workResult || rating.behaviour !== rating.proposed.behaviour;
  return differs && (rating.reason ?? '').trim() === '' ? [problem('REASON_REQUIRED', 'reason')] : [];
};
