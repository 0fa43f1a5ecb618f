import type { Predicate } from '../evaluation/predicate.ts';
import type { RankedResult, Ranks, Result } from '../evaluation/result.ts';
import type { PeriodKind } from '../period/span.ts';
import type { CoreValue } from '../rating/core-values.ts';
import type { Instant } from '../time.ts';
import type { FollowUpMeasure, FollowUpRule, Outcome, RankScope } from './rules.ts';

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
  /** What ended last of the measures that the rule's follow on one another with (`lastOfChain`); null: none. */
  readonly ended: Ended | null;
}

/** A measure that ended. */
export interface Ended {
  readonly measure: FollowUpMeasure;
  readonly outcome: Outcome;
  readonly at: Instant;
}

/**
 * What ended last in the chain that a rule belongs to: measures of which one comes after another, as the plan to improve, the test of
 * competence and another post (PP 30/2019 art. 56 to 58). What ended earlier has had its consequence: a plan that succeeded
 * begins the chain anew, and a test that was passed ends it.
 */
export const lastOfChain = (
  rule: FollowUpRule,
  rules: readonly FollowUpRule[],
  ended: readonly Ended[],
): Ended | null => {
  const chain = new Set([rule.measure]);
  const links = rules.flatMap(({ measure, after }) =>
    after === null ? [] : [[measure, after.measure] as const],
  );
  for (let size = 0; size < chain.size; ) {
    size = chain.size;
    for (const [one, other] of links)
      if (chain.has(one) || chain.has(other)) {
        chain.add(one);
        chain.add(other);
      }
  }
  return ended
    .filter(({ measure }) => chain.has(measure))
    .reduce<Ended | null>((last, one) => (last === null || one.at > last.at ? one : last), null);
};

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
  if (after !== null && (ended?.measure !== after.measure || ended.outcome !== after.outcome)) return null;
  return {
    predicate,
    inARow: rule.inARow,
    rank: rule.rank && rank ? { scope: rule.rank.scope, rank: rank.rank, of: rank.of } : null,
    trend: rule.trend,
    values,
    after,
  };
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
