import type { Decimal } from '../decimal.ts';
import type { ExplainedTakeover } from '../feedback/takeover.ts';
import type { Measure, Target } from '../indicator/indicator.ts';
import type { RealisationState } from '../indicator/realisation.ts';
import type { VerdictRatings } from '../objection/verdict.ts';
import type { BehaviourScore } from '../period/policy.ts';
import type { CoreValue } from '../rating/core-values.ts';
import type { ExpectationRating, RaterGroup } from '../rating/rating.ts';
import type { Micro } from '../rounding.ts';
import type { Month } from '../time.ts';
import type { DistributionWarning } from './distribution.ts';
import type { NumericClass, Predicate, UnitPredicate } from './predicate.ts';
import type { Presence } from './presence.ts';
import type { Justification, UnitDecision } from './unit-assessment.ts';

/** Why a figure does not exist. Missing is never zero. */
export const NOT_MEASURED = [
  'NO_REALISATION',
  'WAITING_RELEASE',
  'NO_TARGET',
  'ZERO_TARGET',
  'NO_PLAN',
  'NO_LINES_MEASURED',
  'NO_RATINGS',
  'TOO_FEW_RATERS',
  'TAKEN_OVER',
  'NO_PERIODS',
  'ABSENT',
] as const;
export type NotMeasured = (typeof NOT_MEASURED)[number];

/**
 * As what somebody set a person's ratings: the assessor of record; the assessor's superior because the assessor let the time pass
 * (annex, chapter IV A 11) or has left the service (A 2); the head of the region, of whoever heads a unit at the top (A 12).
 */
export const ASSESSOR_CAPACITIES = [
  'ASSESSOR',
  'ASSESSORS_SUPERIOR',
  'FOR_FORMER_ASSESSOR',
  'REGIONAL_HEAD',
] as const;
export type AssessorCapacity = (typeof ASSESSOR_CAPACITIES)[number];

/** Why a behaviour score is not adjusted for the severity of raters. */
export type NotAdjusted =
  | 'TOO_FEW_RATINGS'
  | 'TOO_FEW_RATERS'
  | 'TOO_FEW_RATEES'
  | 'TOO_FEW_COMPARISONS'
  | 'NOT_CONNECTED'
  | 'NO_DIFFERENCES'
  | 'UNIT_TOO_LARGE';

/** One month of a line: what was expected and what was reported. */
export interface MonthFigure {
  readonly month: Month;
  readonly target: Target | null;
  readonly realisation: Decimal | null;
  readonly state: RealisationState | null;
}

/** All that is needed to recompute a line by hand. */
export interface LineExplanation {
  readonly lineId: string;
  readonly kind: 'MAIN' | 'ADDITIONAL';
  readonly title: string;
  readonly indicatorId: string;
  readonly indicatorName: string;
  readonly definition: number;
  readonly measure: Measure;
  readonly months: readonly MonthFigure[];
  /** The built-up target and realisation that were compared. */
  readonly target: Target | null;
  readonly realisation: Decimal | null;
  /** Micro-percent, clamped to 0..cap. */
  readonly achievement: Micro | null;
  readonly notMeasured: NotMeasured | null;
  /** Agreed weight, basis points. */
  readonly weight: number;
  /** Share after the weights of lines that could not be measured were given to the others, basis points. */
  readonly effectiveWeight: number;
  readonly rating: ExpectationRating | null;
  /** The leader's takeover that took targets out of these months, with its note (art. 20, 8); left out: none. */
  readonly takenOver?: ExplainedTakeover | undefined;
}

/** What one period's result gives to an evaluation that builds on it: score and final rating. */
export interface PeriodPart {
  readonly periodId: string;
  readonly run: string;
  readonly score: Micro | null;
  readonly rating: ExpectationRating | null;
}
export interface BehaviourPart extends PeriodPart {
  /** Whether opinions of peers or subordinates were counted in it. */
  readonly colleagues: boolean;
}

/** What a unit's predicate came to, as far as it may be told with a result. */
export interface UnitPredicateExplanation {
  readonly unitId: string;
  /** From the achievement, by the policy's bands. */
  readonly proposed: UnitPredicate | null;
  /** What the leader one level up set in its place; null: the proposal counts. */
  readonly decision: Pick<UnitDecision, 'predicate' | 'reason' | 'as'> | null;
}

export interface WorkResult {
  readonly source: 'PLAN' | 'UNIT_ACHIEVEMENT' | 'PERIODS';
  /** The results whose mean it is; null: it is from figures of its own period. */
  readonly periods: readonly PeriodPart[] | null;
  /** Of the unit that the person heads: its predicate gives the rating. Null: heads none, or one without achievement and decision. */
  readonly unit: UnitPredicateExplanation | null;
  readonly planRevision: number | null;
  readonly lines: readonly LineExplanation[];
  /** 0..cap micro-points. */
  readonly score: Micro | null;
  readonly notMeasured: NotMeasured | null;
  readonly proposed: ExpectationRating | null;
}

/** An exact quotient of whole numbers; one that is no safe integer is its decimal text. */
export interface Fraction {
  readonly numerator: number | string;
  readonly denominator: number | string;
}

/** One pool of raters. Counts and figures are of the pool only; who rated is nowhere in a result. */
export interface PoolExplanation {
  readonly groups: readonly RaterGroup[];
  /** 0 also where the pool is too small to be shown: then not even the number is. */
  readonly raters: number;
  /** The mean on 1..5 as an exact fraction; with one instrument on 1..5 it is the sum of all item scores over their number. */
  readonly mean: Fraction | null;
  readonly points: Micro | null;
  readonly notMeasured: NotMeasured | null;
  readonly weight: number;
  readonly effectiveWeight: number;
}

/**
 * The behaviour with the severity of raters allowed for, from the ratings of the pools that have points and no others: what is
 * hidden in a pool cannot be found here either.
 */
export interface AdjustedBehaviour {
  /** The raters of those pools. */
  readonly ratings: number;
  /** The unit's mean + the person's effect on 1..5, micro-points; null with `notAdjusted`. */
  readonly mean: Micro | null;
  /** Of the mean, in whole hundredths. */
  readonly standardError: Micro | null;
  /** The mean on the policy's scale of 0..120. */
  readonly score: Micro | null;
  readonly notAdjusted: NotAdjusted | null;
}

export interface Behaviour {
  /** The results whose mean it is; then there are no pools. Null: it is from ratings of its own period. */
  readonly periods: readonly BehaviourPart[] | null;
  /** The unit whose own weights the pools have (policy `unitRaterPools`); null: the region's. */
  readonly poolsOfUnitId: string | null;
  readonly pools: readonly PoolExplanation[];
  /** Shown, never counted. */
  readonly self: PoolExplanation | null;
  /** The weighted mean of the pools. */
  readonly rawScore: Micro | null;
  /** Null: no rating counts, or the period has not been closed. */
  readonly adjusted: AdjustedBehaviour | null;
  /** How the person lives the core values; those that nobody counted rated are not in it. */
  readonly values: readonly ValueScore[];
  /** Which of the two `score` is: what policy says, but RAW where nothing could be adjusted. */
  readonly counts: BehaviourScore;
  readonly score: Micro | null;
  readonly notMeasured: NotMeasured | null;
  readonly proposed: ExpectationRating | null;
}

/** Place in one ranking. */
export interface Rank {
  /** 1, 2, 2, 4: standard competition ranking. */
  readonly rank: number;
  readonly of: number;
  /** Share of the others that are strictly lower, micro-percent; 100 when alone. */
  readonly percentile: Micro;
}

export interface Ranks {
  readonly unit: Rank;
  readonly jobGroup: Rank;
  readonly region: Rank;
}

/** What a former assessor left with a person who was transferred, or whose unit has a new head. */
export interface LeftOut {
  /** Whose decision does not count; null: there is none. */
  readonly decisionBy: string | null;
  /** How many ratings as SUPERIOR do not count. */
  readonly superiorRatings: number;
}

/** A previous result that counts in place of an evaluation of the period's own (annex, chapter IV A 13 a). */
export interface CarriedOver {
  readonly periodId: string;
  readonly run: string;
  readonly proposedBy: CarryoverSide;
  /** Of that result (NUMERIC_2019). */
  readonly innovation: boolean;
}

/** What a person's evaluation came to: everything the close computes from one person's inputs. */
export interface Evaluation {
  readonly staffId: string;
  readonly unitId: string;
  readonly shard: number;
  readonly jobGroup: string;
  readonly position: string;
  /** Assessor of record on the last day of the period; null: nobody (head of a root unit). */
  readonly assessorId: string | null;
  /** The unit that the assessor heads: whose distribution the person counts in. */
  readonly assessedInUnitId: string | null;
  readonly policyId: string;
  /** How much of the period the person was there; null: all of it. */
  readonly presence: Presence | null;
  readonly workResult: WorkResult;
  readonly behaviour: Behaviour;
  readonly assessor: {
    readonly workResult: ExpectationRating;
    readonly behaviour: ExpectationRating;
    readonly reason: string | null;
    readonly innovation: boolean;
    readonly as: AssessorCapacity;
  } | null;
  /** The previous result that counts by agreement, in place of plan, ratings and decision; null: none. */
  readonly carriedOver: CarriedOver | null;
  /** What does not count because somebody else than the assessor of record gave it; null: nothing of the kind. */
  readonly leftOut: LeftOut | null;
  /** What a decision on an objection set in place of the assessor's ratings; null: nothing. */
  readonly verdict: VerdictRatings | null;
  /** Final ratings: a decision's where it sets them, else the assessor's where set, else the proposals. */
  readonly workResultRating: ExpectationRating | null;
  readonly behaviourRating: ExpectationRating | null;
  readonly predicate: Predicate | null;
  /** Numeric score of the ranking, 0..120 micro-points. */
  readonly score: Micro | null;
  /** Percent: 60 and 40 where colleagues' opinions counted, 70 and 30 where not; 100 and 0 where only one side was scored (policy). */
  readonly scoreShares: { readonly workResult: number; readonly behaviour: number } | null;
  readonly numericClass: NumericClass | null;
}

/** A published result of one person in one period. Its places are kept apart, for those of others move them (`RankedResult`). */
export interface Result extends Evaluation {
  readonly periodId: string;
  /** The run of the close or of the correction that made it. */
  readonly run: string;
}

/** A result with its places as of a run. */
export interface RankedResult extends Result {
  /** Null: no score, therefore not ranked. */
  readonly ranks: Ranks | null;
}

/** Whose places in which run, and in which shard they were evaluated. */
export type RanksKey = Pick<Result, 'periodId' | 'run' | 'unitId' | 'shard' | 'staffId'>;

/** Achievement of a unit from its agreement, before the distribution of its staff is known. */
export interface UnitAchievement {
  readonly unitId: string;
  readonly planRevision: number | null;
  readonly lines: readonly LineExplanation[];
  readonly score: Micro | null;
  readonly notMeasured: NotMeasured | null;
  readonly proposed: UnitPredicate | null;
  /** What the leader one level up decided; null: the proposal counts. */
  readonly decision: Pick<UnitDecision, 'predicate' | 'proposed' | 'reason' | 'as' | 'deciderId'> | null;
  /** Why the distribution of the unit's staff departs from the guidance, in its head's words. */
  readonly justification: Pick<Justification, 'text' | 'authorId'> | null;
}

/** A published result of a unit. */
export interface UnitResult extends UnitAchievement {
  readonly periodId: string;
  readonly run: string;
  /** Staff by predicate whose assessor heads this unit, and those without one. */
  readonly distribution: Readonly<Record<Predicate, number>>;
  readonly notEvaluated: number;
  readonly warnings: readonly DistributionWarning[];
}

/** How a person lives a value, as those see it who count. */
export interface ValueScore {
  readonly value: CoreValue;
  /** On 1..5, micro-points. */
  readonly mean: Micro;
}

export type CarryoverSide = 'STAFF' | 'ASSESSOR';
