import type { CrossedRating } from '../fairness/crossed-design.ts';
import type { Adjustment } from '../fairness/fairness.ts';
import type { Realisation } from '../indicator/realisation.ts';
import type { VerdictRatings } from '../objection/verdict.ts';
import type { AssessorOfRecord, Membership } from '../organisation/staff.ts';
import type { PolicyRules } from '../period/policy.ts';
import type { PoolsInForce } from '../period/unit-pools.ts';
import type { Plan } from '../plan/plan.ts';
import { colleaguesCounted, countedRatings, scoreBehaviour } from '../rating/behaviour.ts';
import type { AssessorRating, ExpectationRating, Rating } from '../rating/rating.ts';
import type { Micro } from '../rounding.ts';
import { type BasisResult, behaviourOfPeriods, workResultOfPeriods } from './basis.ts';
import { type CarriedResult, carriedOverOf, carries } from './carryover.ts';
import { distributionGuidance, type PredicateCounts } from './distribution.ts';
import type { EvaluationFrame } from './evaluation-frame.ts';
import { capacityOf, ratedFor } from './in-place.ts';
import {
  numericClassOf,
  numericScore,
  predicateOfClass,
  type ScoreShares,
  scoreSharesOf,
} from './numeric-scheme.ts';
import type { NumericClass, Predicate } from './predicate.ts';
import { quadrant } from './predicate.ts';
import type { Presence } from './presence.ts';
import type {
  Behaviour,
  Evaluation,
  UnitAchievement,
  UnitPredicateExplanation,
  UnitResult,
  WorkResult,
} from './result.ts';
import { type UnitAssessment, unitPredicateOf } from './unit-assessment.ts';
import { headRating, proposeUnitPredicate } from './unit-predicate.ts';
import { scoreLines, scoreWorkResult } from './work-result.ts';

/** All that is known of one person in a period. */
export interface EvaluationInput {
  /** Where the person served on the period's last day. */
  readonly membership: Pick<Membership, 'staffId' | 'unitId' | 'shard' | 'jobGroup' | 'position'>;
  /** Of record on the period's last day (`assessorOn`). */
  readonly assessor: AssessorOfRecord;
  /** The achievement of the unit that the person heads (`headedUnitOn`); null: heads none. */
  readonly headedUnit: UnitAchievement | null;
  readonly plan: Plan | null;
  /** May contain those of other plans and months. */
  readonly realisations: readonly Realisation[];
  /** Of this person in this period, of every group. */
  readonly ratings: readonly Rating[];
  readonly assessorRating: AssessorRating | null;
  /**
   * The results that the evaluation builds on, in place of plan, realisations and ratings: those of a year's periods by policy.
   * Null or left out: it has its own inputs.
   */
  readonly basis?: readonly BasisResult[] | null;
  /** The previous result that staff member and assessor have agreed to use; null or left out: none. */
  readonly carried?: CarriedResult | null;
  /** How much of the period the person was there (`presenceIn`); null or left out: all of it. */
  readonly presence?: Presence | null;
  /** What a decision on an objection set; left out: nothing was decided. */
  readonly verdict?: VerdictRatings | null;
  /** From the fit of the unit's `ratingsForFit`; left out before a close. */
  readonly adjustment?: Adjustment | null;
}

/**
 * One person's evaluation (art. 24 and 25), with the explanation from which each figure can be recomputed.
 *
 * Work result and behaviour are scored and rated; the assessor's ratings stand where they are set, else the proposals; the
 * predicate follows from the two ratings (QUADRANT_2022) or from the class of the numeric score (NUMERIC_2019). What could
 * not be measured is null with its reason, never zero. The order of realisations and ratings does not matter.
 *
 * Whoever was not there for long enough is not evaluated at all: figures are shown, but nothing follows from them.
 *
 * After a transfer or a change of head the new assessor evaluates (annex, chapter IV A 13): what an earlier assessor decided
 * or rated as superior does not count, and the evaluation says that it was there. Where the new assessor and the person have agreed on it,
 * the result of the period before counts once more in place of everything else (A 13 a).
 */
export const evaluate = (input: EvaluationInput, frame: EvaluationFrame): Evaluation => {
  const { membership, assessor } = input;
  const { ratings, assessorRating, leftOut } = ofAssessorOfRecord(input);
  const presence = input.presence ?? null;
  const isEvaluated = presence?.evaluated ?? true;
  const carried = carriedIn(input);
  const builtOn = carried === null ? (input.basis ?? null) : [carried.result];
  const workResult = withoutAbsent(workResultOf({ ...input, basis: builtOn }, frame), isEvaluated);
  const behaviour = withoutAbsent(
    builtOn === null
      ? scoreBehaviour(ratings, frame.instruments, rulesIn(frame, membership), input.adjustment)
      : behaviourOfPeriods(builtOn),
    isEvaluated,
  );
  const decision = isEvaluated && carried === null ? assessorRating : null;
  const basis: EvaluationBasis = {
    staffId: membership.staffId,
    unitId: membership.unitId,
    shard: membership.shard,
    jobGroup: membership.jobGroup,
    position: membership.position,
    assessorId: assessor.assessorId,
    assessedInUnitId: assessor.assessedInUnitId,
    policyId: frame.policyId,
    presence,
    workResult,
    behaviour,
    assessor:
      decision === null
        ? null
        : {
            workResult: decision.workResult,
            behaviour: decision.behaviour,
            reason: decision.reason,
            innovation: decision.innovation,
            as: capacityOf(decision),
          },
    carriedOver: carried && carriedOverOf(carried),
    leftOut,
    verdict: verdictOf(input.verdict),
  };
  return conclude(basis, frame);
};

/** The agreed previous result, if it counts: with the assessor who agreed, and not of the head of a unit, whom the unit's achievement rates. */
const carriedIn = ({
  carried = null,
  assessor,
  headedUnit,
}: Pick<EvaluationInput, 'carried' | 'assessor' | 'headedUnit'>): CarriedResult | null =>
  carried !== null && headedUnit === null && carries(carried.carryover, assessor.assessorId) ? carried : null;

/** The ratings of a decision, and of what carries them nothing else; null where it sets none. */
const verdictOf = (verdict: VerdictRatings | null | undefined): VerdictRatings | null => {
  if (verdict == null) return null;
  const { workResult, behaviour, innovation } = verdict;
  return workResult === null && behaviour === null && innovation === null
    ? null
    : { workResult, behaviour, innovation };
};

/** What an evaluation is concluded from. */
export type EvaluationBasis = Omit<
  Evaluation,
  'workResultRating' | 'behaviourRating' | 'predicate' | 'score' | 'scoreShares' | 'numericClass'
>;

/**
 * Ratings, predicate and score from what was measured and decided: a decision on an objection stands over the assessor's
 * ratings, and these over the proposals.
 */
export const conclude = (basis: EvaluationBasis, frame: Pick<EvaluationFrame, 'rules'>): Evaluation => {
  const { presence, workResult, behaviour, assessor, carriedOver, verdict } = basis;
  const innovation = verdict?.innovation ?? assessor?.innovation ?? carriedOver?.innovation ?? false;
  const workResultRating = verdict?.workResult ?? assessor?.workResult ?? workResult.proposed;
  const behaviourRating = verdict?.behaviour ?? assessor?.behaviour ?? behaviour.proposed;
  const scored = (presence?.evaluated ?? true) ? scoreOf(workResult, behaviour, frame) : null;
  const numericClass =
    frame.rules.scheme === 'NUMERIC_2019' && scored !== null && isTwoSided(scored.shares)
      ? numericClassOf(scored.score, innovation)
      : null;
  return {
    ...basis,
    workResultRating,
    behaviourRating,
    predicate: predicateOf(frame, workResultRating, behaviourRating, numericClass),
    score: scored?.score ?? null,
    scoreShares: scored?.shares ?? null,
    numericClass,
  };
};

/**
 * A published evaluation of a year that builds on periods, when other results of these periods count: all that it took from
 * them anew, and what follows by the rules of the same policy. What comes from elsewhere (a head's work result is the unit's,
 * decisions, presence) stays.
 */
export const rebuildOnPeriods = (
  base: Evaluation,
  results: readonly BasisResult[],
  frame: Pick<EvaluationFrame, 'rules'>,
): Evaluation => {
  const isEvaluated = base.presence?.evaluated ?? true;
  const { unit } = base.workResult;
  return conclude(
    {
      ...base,
      workResult:
        base.workResult.source === 'PERIODS'
          ? withoutAbsent(ledByUnit(workResultOfPeriods(results), unit), isEvaluated)
          : base.workResult,
      behaviour:
        base.behaviour.periods === null
          ? base.behaviour
          : withoutAbsent(behaviourOfPeriods(results), isEvaluated),
    },
    frame,
  );
};

/** The figures of somebody who was not there for long enough are shown; no rating follows from them. */
export const withoutAbsent = <Side extends WorkResult | Behaviour>(side: Side, isEvaluated: boolean): Side =>
  isEvaluated ? side : { ...side, proposed: null, notMeasured: 'ABSENT' };

/** The ratings of one person that go into the fit of the fairness model for the unit where the person is evaluated. */
export const ratingsForFit = (
  input: Pick<EvaluationInput, 'assessor' | 'ratings' | 'assessorRating'> & {
    readonly membership: Pick<Membership, 'unitId'>;
  },
  frame: EvaluationFrame,
  pseudonymOf?: (staffId: string) => string,
): CrossedRating[] =>
  countedRatings(
    ofAssessorOfRecord(input).ratings,
    frame.instruments,
    rulesIn(frame, input.membership),
    pseudonymOf,
  );

/** The rules with the pools of the person's unit in place of the region's. */
const rulesIn = (
  { rules, poolsIn }: EvaluationFrame,
  { unitId }: Pick<Membership, 'unitId'>,
): PolicyRules & PoolsInForce => ({ ...rules, ...poolsIn(unitId) });

/** What counts of the ratings as superior and of the decision: that of the assessor of record, and nobody else's. */
const ofAssessorOfRecord = ({
  assessor: { assessorId },
  ratings,
  assessorRating,
}: Pick<EvaluationInput, 'assessor' | 'ratings' | 'assessorRating'>): Pick<
  EvaluationInput,
  'ratings' | 'assessorRating'
> &
  Pick<Evaluation, 'leftOut'> => {
  const isFormer = ({ group, raterId }: Rating): boolean => group === 'SUPERIOR' && raterId !== assessorId;
  const decision = assessorRating && ratedFor(assessorRating) === assessorId ? assessorRating : null;
  if (decision === assessorRating && !ratings.some(isFormer)) {
    return { ratings, assessorRating, leftOut: null };
  }
  const counted = ratings.filter((rating) => !isFormer(rating));
  return {
    ratings: counted,
    assessorRating: decision,
    leftOut: {
      decisionBy: decision === null ? (assessorRating?.assessorId ?? null) : null,
      superiorRatings: ratings.length - counted.length,
    },
  };
};

const predicateOf = (
  { rules }: Pick<EvaluationFrame, 'rules'>,
  workResult: ExpectationRating | null,
  behaviour: ExpectationRating | null,
  numericClass: NumericClass | null,
): Predicate | null => {
  if (rules.scheme === 'NUMERIC_2019') return numericClass && predicateOfClass(numericClass);
  return workResult === null || behaviour === null ? null : quadrant(workResult, behaviour);
};

const unitExplanation = ({ unitId, proposed, decision }: UnitAchievement): UnitPredicateExplanation => ({
  unitId,
  proposed,
  decision: decision && { predicate: decision.predicate, reason: decision.reason, as: decision.as },
});

/** A work result of one's own whose rating a decision on the unit that one heads gives, where there is one. */
export const ledByUnit = (own: WorkResult, unit: UnitPredicateExplanation | null): WorkResult =>
  unit === null || unit.decision === null
    ? own
    : { ...own, unit, proposed: headRating(unit.decision.predicate) };

/**
 * A unit head's work result is the unit's achievement (art. 24), and its rating follows the predicate that the leader one level
 * up set for the unit, or else the proposed one. Where the unit has no agreement in force there is none to
 * take, and the head is measured by their own plan like everybody else [D].
 */
const workResultOf = (
  { headedUnit, plan, realisations, basis = null }: EvaluationInput,
  frame: EvaluationFrame,
): WorkResult => {
  const unit = headedUnit && unitExplanation(headedUnit);
  if (headedUnit === null || unit === null || headedUnit.notMeasured === 'NO_PLAN') {
    const own = basis === null ? scoreWorkResult(plan, realisations, frame) : workResultOfPeriods(basis);
    return ledByUnit(own, unit);
  }
  const predicate = unitPredicateOf(headedUnit);
  return {
    source: 'UNIT_ACHIEVEMENT',
    periods: null,
    unit,
    planRevision: headedUnit.planRevision,
    lines: headedUnit.lines,
    score: headedUnit.score,
    notMeasured: headedUnit.notMeasured,
    proposed: predicate && headRating(predicate),
  };
};

/**
 * The numeric score of the ranking, with the shares that were used (percent). With only one of the two scores there is none,
 * or, where the policy renormalises, that one counts whole.
 */
const scoreOf = (
  workResult: WorkResult,
  behaviour: Behaviour,
  { rules }: Pick<EvaluationFrame, 'rules'>,
): { readonly score: Micro; readonly shares: ScoreShares } | null => {
  if (workResult.score !== null && behaviour.score !== null) {
    const shares = scoreSharesOf(colleaguesCounted(behaviour));
    return { score: numericScore(workResult.score, behaviour.score, shares), shares };
  }
  if (rules.oneSidedScore === 'NONE') return null;
  if (workResult.score !== null)
    return { score: workResult.score, shares: { workResult: 100, behaviour: 0 } };
  if (behaviour.score !== null) return { score: behaviour.score, shares: { workResult: 0, behaviour: 100 } };
  return null;
};

const isTwoSided = ({ workResult, behaviour }: ScoreShares): boolean => workResult > 0 && behaviour > 0;

/**
 * Achievement of a unit from its performance agreement, the predicate that it proposes, and what was decided about the unit.
 * @param assessment null: nothing was
 */
export const unitAchievement = (
  unitId: string,
  agreement: Plan | null,
  realisations: readonly Realisation[],
  frame: EvaluationFrame,
  assessment: UnitAssessment | null = null,
): UnitAchievement => {
  const { decision = null, justification = null } = assessment ?? {};
  const content = agreement?.agreed ?? null;
  const { lines, score, notMeasured } = scoreLines(agreement?.id ?? '', content, realisations, frame);
  return {
    unitId,
    planRevision: content?.revision ?? null,
    lines,
    score,
    notMeasured,
    proposed: score === null ? null : proposeUnitPredicate(score, frame.rules),
    decision: decision && {
      predicate: decision.predicate,
      proposed: decision.proposed,
      reason: decision.reason,
      as: decision.as,
      deciderId: decision.deciderId,
    },
    justification: justification && { text: justification.text, authorId: justification.authorId },
  };
};

/**
 * A unit's published result: its achievement with the distribution of the staff that its head assesses, and what of the
 * guidance that distribution does not keep.
 * @param notEvaluated staff assessed in the unit who have no predicate
 */
export const unitResult = (
  achievement: UnitAchievement,
  { periodId, run }: { readonly periodId: string; readonly run: string },
  distribution: PredicateCounts,
  notEvaluated: number,
): UnitResult => ({
  ...achievement,
  periodId,
  run,
  distribution,
  notEvaluated,
  warnings: distributionGuidance(unitPredicateOf(achievement), distribution),
});
