import { PREDICATES, type Predicate } from '../evaluation/predicate.ts';
import type { PeriodKind } from '../period/span.ts';

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

/** The steps of the chain of consequences (PP 30/2019 art. 56 to 58), in their order. */
export const CONSEQUENCES: readonly FollowUpMeasure[] = [
  'IMPROVEMENT_PLAN',
  'COMPETENCE_TEST',
  'REASSIGNMENT',
];

/** What became of a measure that was granted. */
export type Outcome = 'ACHIEVED' | 'NOT_ACHIEVED';

/** The ranking that a rule looks at. */
export type RankScope = 'UNIT' | 'JOB_GROUP' | 'REGION';

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
  /** Only after an earlier measure ended so, and nothing has overtaken it since (`lastEnds`); null: whatever came before. */
  readonly after: { readonly measure: FollowUpMeasure; readonly outcome: Outcome } | null;
}

/** What rules can look back on. */
export const LONGEST_LOOK_BACK = 8;

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
