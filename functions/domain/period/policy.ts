import * as z from 'zod/mini';
import { type AllowanceRules, defaultAllowanceRules } from '../allowance/allowance.ts';
import { fixedHolidays, isDate } from '../calendar.ts';
import { PREDICATES } from '../evaluation/predicate.ts';
import { defaultFollowUpRules, type FollowUpRule, LONGEST_LOOK_BACK, MEASURES } from '../follow-up/rules.ts';
import { once } from '../once.ts';
import { defaultPeerRules, type PeerRules } from '../peers/peer-panel.ts';
import { type Problem, type ProblemParams, problem, Rejection } from '../problem.ts';
import type { RaterGroup } from '../rating/rating.ts';
import { WHOLE } from '../rounding.ts';
import type { Instant, IsoDate } from '../time.ts';
import type { RaterPool, UnitRaterPools } from './unit-pools.ts';
import { allPools, nameOfPool } from './unit-pools.ts';

export type EvaluationScheme = 'QUADRANT_2022' | 'NUMERIC_2019';

/** The behaviour score: the weighted mean of the pools, or the one adjusted for the severity of raters (fairness.ts). */
export type BehaviourScore = 'RAW' | 'ADJUSTED';

/** What a region decides, as data. */
export interface PolicyRules {
  readonly scheme: EvaluationScheme;
  /** Whole percent; 100 ≤ cap. */
  readonly achievementCap: number;
  /** Line and work-result rating from achievement: above `above` percent ABOVE, from `meets` percent MEETS, else BELOW. */
  readonly workResultBands: { readonly above: number; readonly meets: number };
  /**
   * Basis points. `most`: more than this share of all lines is "most of them"; `few`: up to this share of the main lines is
   * "only a few". See work-result.ts for the rule.
   */
  readonly workResultShares: { readonly most: number; readonly few: number };
  /** Points of the piecewise-linear scale from the mean on 1..5 (in hundredths) to 0..120 points. */
  readonly behaviourScale: readonly { readonly mean: number; readonly points: number }[];
  /** From `above` points ABOVE, from `meets` points MEETS, else BELOW. */
  readonly behaviourBands: { readonly above: number; readonly meets: number };
  readonly raterPools: readonly RaterPool[];
  /** At most one a unit: PUBLIC counts where people are served. `poolsIn` says which hold for whom. */
  readonly unitRaterPools: readonly UnitRaterPools[];
  /** Anonymous pools count and show only from this many raters (k). */
  readonly minimumRaters: number;
  /** Who rates a person as a peer. */
  readonly peers: PeerRules;
  /** Which behaviour score counts; both are kept and shown. */
  readonly behaviourScore: BehaviourScore;
  /**
   * When only the work result or only the behaviour could be scored: no numeric score and no rank, or the one that exists
   * counts whole and the result says so.
   */
  readonly oneSidedScore: 'NONE' | 'RENORMALISED';
  /**
   * What a year's work result and behaviour come from: figures and ratings of the whole year, or the results of its quarters (or
   * months). The achievement of units, and so their heads' work result, is always of the year (art. 25 (1) a).
   */
  readonly annual: 'FROM_INPUTS' | 'FROM_PERIODS';
  /** Basis points of a period's days on which a person must have been there to be evaluated; one day is always needed. */
  readonly minimumPresence: number;
  /**
   * Days before the close in which the assessor's superior may rate whom the assessor has not rated, once the period is over (annex,
   * chapter IV A 11).
   */
  readonly superiorDays: number;
  /** Unit predicate from achievement, percent. */
  readonly unitBands: {
    readonly outstanding: number;
    readonly good: number;
    readonly needsImprovement: number;
    readonly poor: number;
  };
  /**
   * Working days: to object after receipt and to decide after filing (annex); until a delivered document counts as received
   * although nobody acknowledged it; for the assessor to explain.
   */
  readonly objection: {
    readonly deemedReceivedAfter: number;
    readonly fileWithin: number;
    readonly explainWithin: number;
    readonly decideWithin: number;
  };
  readonly allowance: AllowanceRules;
  /** What is proposed after a period has become final. */
  readonly followUp: readonly FollowUpRule[];
  /** Public holidays and collective leave of the region, any order. */
  readonly holidays: readonly IsoDate[];
  /** Offset of the region's clock from UTC in minutes (WIB 420, WITA 480, WIT 540). */
  readonly utcOffsetMinutes: number;
}

/** A version of the policy. ACTIVE ones never change; a period freezes the one in force on its last day. */
export interface Policy {
  readonly id: string;
  readonly number: number;
  readonly state: 'DRAFT' | 'ACTIVE';
  readonly effectiveFrom: IsoDate;
  readonly rules: PolicyRules;
  /** Of a draft, everybody who wrote some of it, each once; empty once it is active (the trail keeps them), and in drafts of 0.1.0. */
  readonly writtenBy: readonly string[];
  readonly activatedAt: Instant | null;
  readonly version: number;
}

/**
 * The policy of a region that has decided nothing yet. From the regulation: the objection's terms and the order of the bands;
 * from practice: cap 120, line bands 100 and 90, 60 superior to 40 colleagues; the rest is our own.
 */
export const defaultPolicyRules: PolicyRules = {
  scheme: 'QUADRANT_2022',
  achievementCap: 120,
  workResultBands: { above: 100, meets: 90 },
  workResultShares: { most: 5_000, few: 3_334 },
  behaviourScale: [
    { mean: 100, points: 50 },
    { mean: 300, points: 90 },
    { mean: 500, points: 120 },
  ],
  behaviourBands: { above: 110, meets: 90 },
  raterPools: [
    { groups: ['SUPERIOR'], weight: 6_000 },
    { groups: ['PEER', 'SUBORDINATE'], weight: 4_000 },
  ],
  unitRaterPools: [],
  minimumRaters: 3,
  peers: defaultPeerRules,
  behaviourScore: 'RAW',
  oneSidedScore: 'NONE',
  annual: 'FROM_INPUTS',
  minimumPresence: 0,
  superiorDays: 5,
  unitBands: { outstanding: 110, good: 90, needsImprovement: 70, poor: 50 },
  objection: { deemedReceivedAfter: 5, fileWithin: 14, explainWithin: 3, decideWithin: 7 },
  allowance: defaultAllowanceRules,
  followUp: defaultFollowUpRules,
  holidays: fixedHolidays(2024, 2040),
  utcOffsetMinutes: 420,
};

const whole = (minimum: number, maximum: number) => z.int().check(z.minimum(minimum), z.maximum(maximum));
const percent = () => whole(0, 200);

/** Stable names of the rules that a policy can break, as `rule` of POLICY_INVALID. */
export type PolicyFault =
  | 'SELF_NEVER_COUNTS'
  | 'SUPERIOR_ALONE'
  | 'NOT_A_DATE'
  | 'BANDS_IN_ORDER'
  | 'BAND_OVER_CAP'
  | 'BAND_OVER_SCALE'
  | 'SCALE_INCREASES'
  | 'SCALE_COVERS_1_TO_5'
  | 'POOLS_SUM_TO_WHOLE'
  | 'GROUP_TWICE'
  | 'UNIT_TWICE'
  | 'POOLS_CUT_ALIKE'
  | 'EXPLAIN_BEFORE_DECIDE'
  | 'FOLLOW_UP_TWICE'
  | 'HOLIDAY_TWICE'
  | 'ALLOWANCE_WEIGHTS_SUM_TO_100'
  | 'POSITION_CLASS_TWICE';

/** A rule over several fields: adds an issue under `path`, named by `rule`, when it does not hold. */
const requires = <T>(rule: PolicyFault, path: string[], holds: (value: T) => boolean) =>
  z.refine<T>(holds, { error: rule, path });

const increasing = (values: readonly number[]): boolean =>
  values.every((value, at) => at === 0 || value > (values[at - 1] ?? value));

const distinct = (values: readonly unknown[]): boolean => new Set(values).size === values.length;

const raterPool = () =>
  z
    .strictObject({
      groups: z
        .array(z.enum(['SUPERIOR', 'PEER', 'SUBORDINATE', 'SELF', 'PUBLIC']))
        .check(z.minLength(1), z.maxLength(4)),
      weight: whole(1, WHOLE),
    })
    .check(
      requires('SELF_NEVER_COUNTS', ['groups'], ({ groups }) => !groups.includes('SELF')),
      // The superior's opinion is known, so it could be subtracted from a pool it is mixed into.
      requires(
        'SUPERIOR_ALONE',
        ['groups'],
        ({ groups }) => !groups.includes('SUPERIOR') || groups.length === 1,
      ),
    );

const sumsToWhole = (pools: readonly RaterPool[]): boolean =>
  pools.reduce((sum, { weight }) => sum + weight, 0) === WHOLE;

const noGroupTwice = (pools: readonly RaterPool[]): boolean =>
  distinct(pools.flatMap(({ groups }) => groups));

/** Whether a group is pooled with the same others everywhere. */
const isCutAlike = (pools: readonly RaterPool[]): boolean => {
  const poolOf = new Map<RaterGroup, string>();
  for (const pool of pools) {
    const name = nameOfPool(pool);
    for (const group of pool.groups) {
      if ((poolOf.get(group) ?? name) !== name) return false;
      poolOf.set(group, name);
    }
  }
  return true;
};

const raterPools = () => z.array(raterPool()).check(z.minLength(1), z.maxLength(4));

const unitRaterPools = () =>
  z.strictObject({ unitId: z.string(), withSubunits: z.boolean(), raterPools: raterPools() }).check(
    requires('POOLS_SUM_TO_WHOLE', ['raterPools'], (unit) => sumsToWhole(unit.raterPools)),
    requires('GROUP_TWICE', ['raterPools'], (unit) => noGroupTwice(unit.raterPools)),
  );

/** What a policy must be, as a zod/mini schema; each issue's message is a stable name of the rule that is broken. */
const policyRules = once(() =>
  z
    .strictObject({
      scheme: z.enum(['QUADRANT_2022', 'NUMERIC_2019']),
      achievementCap: whole(100, 200),
      workResultBands: z.strictObject({ above: percent(), meets: percent() }),
      workResultShares: z.strictObject({ most: whole(5_000, WHOLE - 1), few: whole(0, 5_000) }),
      behaviourScale: z
        .array(z.strictObject({ mean: whole(100, 500), points: whole(0, 120) }))
        .check(z.minLength(2), z.maxLength(20)),
      behaviourBands: z.strictObject({ above: whole(0, 120), meets: whole(0, 120) }),
      raterPools: raterPools(),
      unitRaterPools: z.array(unitRaterPools()).check(z.maxLength(200)),
      minimumRaters: whole(3, 20),
      peers: z
        .strictObject({
          choice: z.enum(['OPEN', 'NOMINATED', 'DRAWN']),
          minimum: whole(1, 10),
          maximum: whole(1, 10),
          // The shortest month has it.
          drawAfterDays: whole(0, 27),
        })
        .check(requires('BANDS_IN_ORDER', ['maximum'], ({ minimum, maximum }) => minimum <= maximum)),
      behaviourScore: z.enum(['RAW', 'ADJUSTED']),
      oneSidedScore: z.enum(['NONE', 'RENORMALISED']),
      annual: z.enum(['FROM_INPUTS', 'FROM_PERIODS']),
      minimumPresence: whole(0, WHOLE),
      superiorDays: whole(0, 60),
      unitBands: z.strictObject({
        outstanding: percent(),
        good: percent(),
        needsImprovement: percent(),
        poor: percent(),
      }),
      objection: z
        .strictObject({
          deemedReceivedAfter: whole(0, 30),
          fileWithin: whole(1, 90),
          explainWithin: whole(1, 90),
          decideWithin: whole(1, 90),
        })
        // The decision hears the explanation, so that it is due first.
        .check(
          requires(
            'EXPLAIN_BEFORE_DECIDE',
            ['explainWithin'],
            ({ explainWithin, decideWithin }) => explainWithin <= decideWithin,
          ),
        ),
      allowance: z.strictObject({
        weights: z.strictObject({ productivity: whole(0, 100), discipline: whole(0, 100) }),
        minutesADay: whole(1, 1_440),
        bases: z
          .array(z.strictObject({ positionClass: whole(1, 17), amount: whole(0, 1_000_000_000) }))
          .check(z.maxLength(17)),
      }),
      followUp: z
        .array(
          z.strictObject({
            id: z.string().check(z.regex(/^[a-z0-9][a-z0-9-]{0,39}$/)),
            measure: z.enum(MEASURES),
            periods: z.array(z.enum(['MONTH', 'QUARTER', 'YEAR'])).check(z.minLength(1), z.maxLength(3)),
            predicates: z.array(z.enum(PREDICATES)).check(z.maxLength(5)),
            inARow: whole(1, LONGEST_LOOK_BACK),
            rank: z.nullable(
              z.strictObject({ scope: z.enum(['UNIT', 'JOB_GROUP', 'REGION']), atMost: whole(1, 1_000_000) }),
            ),
            trend: z.nullable(
              z.strictObject({
                direction: z.enum(['RISING', 'FALLING']),
                times: whole(1, LONGEST_LOOK_BACK),
              }),
            ),
            valueBelow: z.nullable(whole(100, 500)),
            after: z.nullable(
              z.strictObject({ measure: z.enum(MEASURES), outcome: z.enum(['ACHIEVED', 'NOT_ACHIEVED']) }),
            ),
          }),
        )
        .check(z.maxLength(50)),
      holidays: z
        .array(z.string().check(z.refine(isDate, { error: 'NOT_A_DATE' satisfies PolicyFault })))
        .check(z.maxLength(1_000)),
      utcOffsetMinutes: whole(-720, 840),
    })
    .check(
      requires(
        'BANDS_IN_ORDER',
        ['workResultBands'],
        (rules) => rules.workResultBands.meets <= rules.workResultBands.above,
      ),
      requires(
        'BANDS_IN_ORDER',
        ['behaviourBands'],
        (rules) => rules.behaviourBands.meets <= rules.behaviourBands.above,
      ),
      requires('BANDS_IN_ORDER', ['unitBands'], ({ unitBands: bands }) =>
        increasing([bands.poor, bands.needsImprovement, bands.good, bands.outstanding]),
      ),
      requires(
        'BAND_OVER_CAP',
        ['workResultBands', 'above'],
        // Achievement must exceed it, and is cut at the cap.
        (rules) => rules.workResultBands.above < rules.achievementCap,
      ),
      requires(
        'BAND_OVER_SCALE',
        ['behaviourBands', 'above'],
        (rules) => rules.behaviourBands.above <= (rules.behaviourScale.at(-1)?.points ?? 0),
      ),
      requires(
        'BAND_OVER_CAP',
        ['unitBands', 'outstanding'],
        (rules) => rules.unitBands.outstanding <= rules.achievementCap,
      ),
      requires(
        'SCALE_INCREASES',
        ['behaviourScale'],
        ({ behaviourScale: scale }) =>
          increasing(scale.map(({ mean }) => mean)) && increasing(scale.map(({ points }) => points)),
      ),
      requires(
        'SCALE_COVERS_1_TO_5',
        ['behaviourScale'],
        ({ behaviourScale: scale }) => scale[0]?.mean === 100 && scale.at(-1)?.mean === 500,
      ),
      requires('POOLS_SUM_TO_WHOLE', ['raterPools'], (rules) => sumsToWhole(rules.raterPools)),
      requires('GROUP_TWICE', ['raterPools'], (rules) => noGroupTwice(rules.raterPools)),
      requires('UNIT_TWICE', ['unitRaterPools'], (rules) =>
        distinct(rules.unitRaterPools.map(({ unitId }) => unitId)),
      ),
      // Whoever changes units between two runs would be shown in two cuts, which differ by a group too small to be shown.
      requires('POOLS_CUT_ALIKE', ['unitRaterPools'], (rules) => isCutAlike(allPools(rules))),
      requires(
        'ALLOWANCE_WEIGHTS_SUM_TO_100',
        ['allowance', 'weights'],
        ({ allowance: { weights } }) => weights.productivity + weights.discipline === 100,
      ),
      requires('POSITION_CLASS_TWICE', ['allowance', 'bases'], ({ allowance }) =>
        distinct(allowance.bases.map(({ positionClass }) => positionClass)),
      ),
      requires('FOLLOW_UP_TWICE', ['followUp'], ({ followUp }) => distinct(followUp.map(({ id }) => id))),
      requires('HOLIDAY_TWICE', ['holidays'], ({ holidays }) => distinct(holidays)),
    ),
);

/** Every way in which a value is no policy: POLICY_INVALID with the broken `rule`, at its path. Empty: it is one. */
export const checkPolicyRules = (value: unknown): Problem[] => {
  const parsed = policyRules().safeParse(value);
  return parsed.success ? [] : problemsOf(parsed.error);
};

/** The rules in a value from outside. @throws Rejection POLICY_INVALID with every problem */
export const parsePolicyRules = (value: unknown): PolicyRules => {
  const parsed = policyRules().safeParse(value);
  if (!parsed.success) throw new Rejection(problemsOf(parsed.error));
  return parsed.data;
};

const problemsOf = (error: z.core.$ZodError): Problem[] =>
  error.issues.map((issue) => ({
    ...problem('POLICY_INVALID', '', {
      rule: issue.code === 'custom' ? issue.message : issue.code,
      ...allowedBy(issue),
    }),
    path: issue.path.map((step) => (typeof step === 'number' ? step : String(step))),
  }));

/** What a value would have to keep to; of a list, how many it may hold. */
const allowedBy = (issue: z.core.$ZodIssue): ProblemParams => {
  switch (issue.code) {
    case 'too_small':
      return { minimum: Number(issue.minimum) };
    case 'too_big':
      return { maximum: Number(issue.maximum) };
    case 'invalid_value':
      return { allowed: issue.values.map(String).join(', ') };
    default:
      return {};
  }
};

const EARLIEST_POLICY = '2000-01-01';
const LATEST_POLICY_YEARS = 10;

/** A policy begins from 2000 on and at most ten years ahead. OUT_OF_RANGE at `effectiveFrom`. */
export const checkEffectiveFrom = (effectiveFrom: IsoDate, today: IsoDate): Problem[] => {
  const maximum = `${Number(today.slice(0, 4)) + LATEST_POLICY_YEARS}-12-31`;
  return effectiveFrom < EARLIEST_POLICY || effectiveFrom > maximum
    ? [problem('OUT_OF_RANGE', 'effectiveFrom', { minimum: EARLIEST_POLICY, maximum })]
    : [];
};

/** What holds in a region, or at a time, that has no policy of its own in force: a close never lacks one. */
export const nationalPolicy: Policy = {
  id: 'national',
  number: 0,
  state: 'ACTIVE',
  effectiveFrom: '2022-01-01',
  rules: defaultPolicyRules,
  writtenBy: [],
  activatedAt: null,
  version: 0,
};

/**
 * The policy that the close of a period freezes: the one in force on its last day, and for the days after it, on which objections
 * run, the holidays of the policies that are in force then. Terms that have been told do not move, so later ones do not count.
 */
export const policyToFreeze = (policies: readonly Policy[], { end }: { readonly end: IsoDate }): Policy => {
  const policy = policyOn(policies, end);
  const known = new Set([policy, nationalPolicy, ...policies].flatMap(({ rules }) => rules.holidays));
  const holidays = [...known].filter((day) =>
    (day <= end ? policy : policyOn(policies, day)).rules.holidays.includes(day),
  );
  return { ...policy, rules: { ...policy.rules, holidays } };
};

/** A draft in force from its day on. */
export const activate = (draft: Policy, now: Instant): Policy => ({
  ...draft,
  state: 'ACTIVE',
  writtenBy: [],
  activatedAt: now,
});

/** The active policy in force on a day: the latest to take effect by then; the national defaults when there is none. */
export const policyOn = (policies: readonly Policy[], date: IsoDate): Policy => {
  let inForce: Policy | null = null;
  for (const policy of policies) {
    if (policy.state !== 'ACTIVE' || policy.effectiveFrom > date) continue;
    if (
      inForce === null ||
      policy.effectiveFrom > inForce.effectiveFrom ||
      (policy.effectiveFrom === inForce.effectiveFrom && policy.number > inForce.number)
    ) {
      inForce = policy;
    }
  }
  return inForce ?? nationalPolicy;
};
