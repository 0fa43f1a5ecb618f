import { PREDICATES, type Predicate } from '../evaluation/predicate.ts';
import type { Ranks, Result } from '../evaluation/result.ts';
import type { PeriodKind } from '../period/period.ts';
import type { CoreValue } from '../rating/core-values.ts';

/**
 * What may follow from a result. Rewards (art. 31): CERTIFICATE (piagam), ALLOWANCE, SUCCESSION_POOL, PROMOTION,
 * PRIORITY_TRAINING. Help and consequences (art. 33, PP 30/2019 art. 56 to 58): GUIDANCE, IMPROVEMENT_PLAN of about six months,
 * COMPETENCE_TEST, REASSIGNMENT to another post, SANCTION.
 */
export const MEASURES = [
  'CERTIFICATE',
  'ALLOWANCE',
  'SUCCESSION_POOL',
  'PROMOTION',
  'PRIORITY_TRAINING',
  'GUIDANCE',
  'IMPROVEMENT_PLAN',
  'COMPETENCE_TEST',
  'REASSIGNMENT',
  'SANCTION',
] as const;
export type FollowUpMeasure = (typeof MEASURES)[number];

/** What became of a measure that was granted. */
export type Outcome = 'ACHIEVED' | 'NOT_ACHIEVED';

/** The ranking that a rule looks at. */
export type RankScope = 'UNIT' | 'JOB_GROUP' | 'REGION';
const RANK_OF: Readonly<Record<RankScope, keyof Ranks>> = {
  UNIT: 'unit',
  JOB_GROUP: 'jobGroup',
  REGION: 'region',
};

/** One rule of the region: every condition that is given must hold. */
export interface FollowUpRule {
  /** Letters, digits and dashes; unique in the policy. */
  readonly id: string;
  readonly measure: FollowUpMeasure;
  /** Periods after which the rule is asked. */
  readonly periods: readonly PeriodKind[];
  /** Any of these; empty: whatever it is, but there must be one. */
  readonly predicates: readonly Predicate[];
  /** In so many periods of the kind in a row, this one included. */
  readonly inARow: number;
  /** At this rank or a better one; null: whatever it is. */
  readonly rank: { readonly scope: RankScope; readonly atMost: number } | null;
  /** The score rose (or fell) in each of the periods of the kind before, so many times; null: whatever it did. */
  readonly trend: { readonly direction: 'RISING' | 'FALLING'; readonly times: number } | null;
  /** Some core value lies below this mean, in hundredths of 1..5; null: whatever they are. */
  readonly valueBelow: number | null;
  /** Only after an earlier measure ended so; null: whatever came before. */
  readonly after: { readonly measure: FollowUpMeasure; readonly outcome: Outcome } | null;
}

/** What rules can look back on. */
export const LONGEST_LOOK_BACK = 8;

type Measured = Pick<Result, 'predicate' | 'score' | 'ranks' | 'behaviour'>;

/** What a rule is asked of. */
export interface RuleInputs {
  readonly kind: PeriodKind;
  readonly result: Measured;
  /** Of the periods of the kind just before, the latest first; null: there is none. */
  readonly before: readonly (Measured | null)[];
  /** What ended before, of the person. */
  readonly ended: readonly { readonly measure: FollowUpMeasure; readonly outcome: Outcome }[];
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
  if (after !== null && !ended.some((one) => one.measure === after.measure && one.outcome === after.outcome))
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

/** How far rules look back: periods of the kind before this one. */
export const lookBackOf = (rules: readonly FollowUpRule[]): number =>
  Math.max(0, ...rules.map(({ inARow, trend }) => Math.max(inARow - 1, trend?.times ?? 0)));

const WEAK: readonly Predicate[] = PREDICATES.slice(3);
const any: Omit<FollowUpRule, 'id' | 'measure'> = {
  periods: ['YEAR'],
  predicates: [],
  inARow: 1,
  rank: null,
  trend: null,
  valueBelow: null,
  after: null,
};

/** What the regulation asks for, and practice: a region that has decided nothing proposes by these. */
export const defaultFollowUpRules: readonly FollowUpRule[] = [
  {
    ...any,
    id: 'certificate',
    measure: 'CERTIFICATE',
    predicates: ['EXCELLENT'],
    rank: { scope: 'UNIT', atMost: 3 },
  },
  { ...any, id: 'succession', measure: 'SUCCESSION_POOL', predicates: ['EXCELLENT'], inARow: 2 },
  { ...any, id: 'value-training', measure: 'PRIORITY_TRAINING', valueBelow: 300 },
  {
    ...any,
    id: 'guidance',
    measure: 'GUIDANCE',
    periods: ['MONTH', 'QUARTER', 'YEAR'],
    predicates: ['NEEDS_IMPROVEMENT', ...WEAK],
  },
  { ...any, id: 'improvement', measure: 'IMPROVEMENT_PLAN', predicates: WEAK },
  {
    ...any,
    id: 'test-after-improvement',
    measure: 'COMPETENCE_TEST',
    predicates: ['NEEDS_IMPROVEMENT', ...WEAK],
    after: { measure: 'IMPROVEMENT_PLAN', outcome: 'NOT_ACHIEVED' },
  },
  {
    ...any,
    id: 'post-after-test',
    measure: 'REASSIGNMENT',
    predicates: ['NEEDS_IMPROVEMENT', ...WEAK],
    after: { measure: 'COMPETENCE_TEST', outcome: 'NOT_ACHIEVED' },
  },
];
