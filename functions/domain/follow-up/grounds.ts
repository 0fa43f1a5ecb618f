import type { Predicate } from '../evaluation/predicate.ts';
import type { RankedResult, Ranks, Result } from '../evaluation/result.ts';
import type { PeriodKind } from '../period/span.ts';
import type { CoreValue } from '../rating/core-values.ts';
import type { Instant } from '../time.ts';
import {
  CONSEQUENCES,
  type FollowUpMeasure,
  type FollowUpRule,
  type Outcome,
  type RankScope,
} from './rules.ts';

const RANK_OF: Readonly<Record<RankScope, keyof Ranks>> = {
  UNIT: 'unit',
  JOB_GROUP: 'jobGroup',
  REGION: 'region',
};

type Measured = Pick<Result, 'predicate' | 'score' | 'behaviour'>;

/** What a rule is asked of. */
export interface RuleInputs {
  readonly kind: PeriodKind;
  readonly result: Measured & Pick<RankedResult, 'ranks'>;
  /** Of the periods of the kind just before, the latest first; null: there is none. */
  readonly before: readonly (Measured | null)[];
  /** What ended before, of the person, in whatever order. */
  readonly ended: readonly EndedMeasure[];
}

/** A measure that is over. */
export interface EndedMeasure {
  readonly measure: FollowUpMeasure;
  /** Null: it does not last, and was done with the decision. */
  readonly outcome: Outcome | null;
  readonly at: Instant;
}

/** The figures that a proposal rests on, as they were. */
export interface Grounds {
  readonly predicate: Predicate;
  readonly inARow: number;
  readonly rank: { readonly scope: RankScope; readonly rank: number; readonly of: number } | null;
  readonly trend: { readonly direction: 'RISING' | 'FALLING'; readonly times: number } | null;
  /** Values below the bound, mean in micro-points. */
  readonly values: readonly { readonly value: CoreValue; readonly mean: number }[];
  readonly after: { readonly measure: FollowUpMeasure; readonly outcome: Outcome } | null;
}

const HUNDREDTH = 10_000;

/** The grounds on which a rule proposes its measure; null: it does not. Nobody without a predicate is proposed for anything. */
export const groundsOf = (
  rule: FollowUpRule,
  { kind, result, before, ended }: RuleInputs,
): Grounds | null => {
  const { predicate, ranks, behaviour } = result;
  if (predicate === null || !rule.periods.includes(kind)) return null;
  const fits = (one: Measured | null | undefined): boolean =>
    one?.predicate != null && (rule.predicates.length === 0 || rule.predicates.includes(one.predicate));
  if (![result, ...before.slice(0, rule.inARow - 1)].every(fits) || before.length < rule.inARow - 1)
    return null;
  const rank = rule.rank === null ? null : (ranks?.[RANK_OF[rule.rank.scope]] ?? undefined);
  if (rank === undefined || (rule.rank !== null && rank !== null && rank.rank > rule.rank.atMost))
    return null;
  if (rule.trend !== null && !moved([result, ...before], rule.trend)) return null;
  const { valueBelow } = rule;
  const values =
    valueBelow === null ? [] : behaviour.values.filter(({ mean }) => mean < valueBelow * HUNDREDTH);
  if (valueBelow !== null && values.length === 0) return null;
  const { after } = rule;
  if (
    after !== null &&
    !lastEnds(ended).some((one) => one.measure === after.measure && one.outcome === after.outcome)
  )
    return null;
  return {
    predicate,
    inARow: rule.inARow,
    rank: rule.rank && rank ? { scope: rule.rank.scope, rank: rank.rank, of: rank.of } : null,
    trend: rule.trend,
    values,
    after,
  };
};

/**
 * What ended and still counts: of each measure its latest end. A step of the chain of consequences is also over when any step
 * succeeded after it, or one further on was taken: whoever has improved since, or has another post, begins anew
 * (PP 30/2019 art. 56 to 58).
 */
export const lastEnds = (ended: readonly EndedMeasure[]): readonly EndedMeasure[] =>
  ended.filter((one) => !ended.some((later) => later.at > one.at && overtakes(later, one)));

const overtakes = (later: EndedMeasure, one: EndedMeasure): boolean => {
  if (later.measure === one.measure) return true;
  const [from, to] = [one, later].map(({ measure }) => CONSEQUENCES.indexOf(measure)) as [number, number];
  return from >= 0 && to >= 0 && (to > from || later.outcome === 'ACHIEVED');
};

/** Whether the score moved so many times in a row; a missing score is no movement. */
const moved = (
  latestFirst: readonly (Measured | null)[],
  { direction, times }: NonNullable<FollowUpRule['trend']>,
): boolean => {
  const scores = latestFirst.slice(0, times + 1).map((one) => one?.score ?? null);
  return (
    scores.length === times + 1 &&
    scores.every((score, at) => {
      const earlier = scores[at + 1];
      if (at === times) return score !== null;
      if (score === null || earlier === null || earlier === undefined) return false;
      return direction === 'RISING' ? score > earlier : score < earlier;
    })
  );
};
