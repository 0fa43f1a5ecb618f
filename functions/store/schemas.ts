import * as z from 'zod/mini';
import { defaultAllowanceRules } from '../domain/allowance/allowance.ts';
import { functionalLevels } from '../domain/allowance/credit.ts';
import type { Predicate } from '../domain/evaluation/predicate.ts';
import type { RankingEntry } from '../domain/evaluation/ranking.ts';
import type {
  Behaviour,
  LineExplanation,
  PoolExplanation,
  Rank,
  Ranks,
  Result,
  UnitAchievement,
  UnitResult,
  WorkResult,
} from '../domain/evaluation/result.ts';
import { ASSESSOR_CAPACITIES, NOT_MEASURED } from '../domain/evaluation/result.ts';
import { defaultFollowUpRules } from '../domain/follow-up/rules.ts';
import { GOAL_LEVELS, type Goal } from '../domain/indicator/goal.ts';
import type { Indicator, IndicatorDefinition, Measure } from '../domain/indicator/indicator.ts';
import type { Realisation } from '../domain/indicator/realisation.ts';
import type { Unit } from '../domain/organisation/organisation.ts';
import type { Membership, Staff } from '../domain/organisation/staff.ts';
import { defaultPeerRules } from '../domain/peers/peer-panel.ts';
import type { Period } from '../domain/period/period.ts';
import type { Policy, PolicyRules } from '../domain/period/policy.ts';
import type { Plan, PlanContent } from '../domain/plan/plan.ts';
import { CORE_VALUES } from '../domain/rating/core-values.ts';
import type {
  AssessorRating,
  ExpectationRating,
  Instrument,
  RaterGroup,
  Rating,
  RatingSource,
} from '../domain/rating/rating.ts';
import { evidenceFile } from './schemas/activity.ts';
import { followUpRule } from './schemas/follow-up.ts';
import {
  date,
  dateOrNull,
  decimal,
  instant,
  instantOrNull,
  month,
  type Shape,
  shape,
  text,
  textOrNull,
  whole,
  wholeOrNull,
} from './schemas/forms.ts';
import { lineTerms, planAttachments, planExpectations, target } from './schemas/plan-terms.ts';
import { unitDecider, unitPredicate } from './schemas/unit-assessment.ts';

// The shapes of stored bodies. They check form, not rules: a rule that becomes stricter must not make old items unreadable.

export const raterGroup: Shape<RaterGroup> = shape(() =>
  z.enum(['SUPERIOR', 'PEER', 'SUBORDINATE', 'SELF', 'PUBLIC']),
);
const ratingSource: Shape<RatingSource> = shape(() => z.enum(['RATER', 'IMPORT']));
const expectation: Shape<ExpectationRating> = shape(() => z.enum(['ABOVE', 'MEETS', 'BELOW']));
const expectationOrNull = shape(() => z.nullable(expectation()));

const measure: Shape<Measure> = shape(() =>
  z.object({
    unitOfMeasure: text,
    polarity: z.enum(['MAXIMIZE', 'MINIMIZE', 'RANGE', 'STABILIZE']),
    aboveRange: z.nullable(z.enum(['INSIDE_IS_BEST', 'MORE_IS_BETTER'])),
    buildUp: z.enum(['SUM', 'LATEST', 'RELEASED']),
    // Older definitions say nothing: their figures are reported.
    realisedBy: z._default(z.enum(['REPORT', 'ACTIVITY']), 'REPORT'),
  }),
);
export const unit: Shape<Unit> = shape(() =>
  z.object({
    id: text,
    code: text,
    name: text,
    kind: text,
    mission: textOrNull,
    parentId: textOrNull,
    heads: z.array(z.object({ staffId: text, from: date, to: dateOrNull })),
    shardCount: whole,
    retiredFrom: dateOrNull,
    version: whole,
  }),
);

const absences: Shape<Staff['absences']> = shape(() =>
  z._default(
    z.array(
      z.object({
        kind: z.enum(['LEAVE', 'UNPAID_LEAVE', 'SUSPENDED', 'STATE_OFFICE', 'PRE_RETIREMENT', 'STUDY']),
        from: date,
        to: dateOrNull,
      }),
    ),
    [],
  ),
);
/** Items that are older than the field have none. */
const homes = shape(() => z._default(z.record(text, z.object({ unitId: text, shard: whole })), {}));

export const staff: Shape<Staff> = shape(() =>
  z.object({
    id: text,
    nip: text,
    name: text,
    employment: z.enum(['PNS', 'PPPK']),
    grade: textOrNull,
    email: z._default(textOrNull, null),
    assignments: z.array(
      z.object({
        unitId: text,
        shard: whole,
        position: text,
        jobGroup: text,
        assessorId: textOrNull,
        functionalLevel: z._default(z.nullable(z.enum(functionalLevels)), null),
        positionClass: z._default(wholeOrNull, null),
        from: date,
        to: dateOrNull,
      }),
    ),
    retiredFrom: dateOrNull,
    homes: homes(),
    absences: absences(),
    version: whole,
  }),
);

export const membership: Shape<Membership> = shape(() =>
  z.object({
    staffId: text,
    unitId: text,
    shard: whole,
    position: text,
    jobGroup: text,
    assessorId: textOrNull,
    from: date,
    to: dateOrNull,
    homes: homes(),
    servesFrom: z._default(dateOrNull, null),
    absences: absences(),
  }),
);

export const goal: Shape<Goal> = shape(() =>
  z.object({
    id: text,
    code: text,
    title: text,
    level: z._default(z.enum(GOAL_LEVELS), 'OBJECTIVE'),
    unitId: textOrNull,
    parentId: textOrNull,
    fromYear: whole,
    toYear: whole,
    retired: z.boolean(),
    version: whole,
  }),
);

export const indicatorDefinition: Shape<IndicatorDefinition> = shape(() =>
  z.object({
    indicatorId: text,
    definition: whole,
    name: text,
    description: text,
    formula: text,
    source: text,
    measure: measure(),
    effectiveFrom: date,
  }),
);

export const indicator: Shape<Indicator> = shape(() =>
  z.object({
    id: text,
    code: text,
    unitId: textOrNull,
    goalId: textOrNull,
    current: indicatorDefinition(),
    retired: z.boolean(),
    version: whole,
  }),
);

const planLine = shape(() =>
  z.object({
    id: text,
    ...lineTerms(),
    definition: whole,
    measure: measure(),
    indicatorName: text,
    weight: whole,
    targets: z.record(z.string().check(z.regex(/^\d{2}$/)), target()),
  }),
);

export const planContent: Shape<PlanContent> = shape(() =>
  z.object({
    revision: whole,
    lines: z.array(planLine()),
    reason: textOrNull,
    expectations: planExpectations(),
    attachments: planAttachments(),
    agreedAt: z._default(instantOrNull, null),
  }),
);

export const plan: Shape<Plan> = shape(() =>
  z.object({
    id: text,
    owner: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('STAFF'), staffId: text }),
      z.object({ kind: z.literal('UNIT'), unitId: text }),
    ]),
    year: whole,
    agreed: z.nullable(planContent()),
    agreedAt: instantOrNull,
    proposal: z.nullable(planContent()),
    proposalState: z.nullable(z.enum(['DRAFT', 'PROPOSED', 'CHANGES_REQUESTED'])),
    proposedBy: z.nullable(z.enum(['OWNER', 'SUPERIOR'])),
    proposedById: z._default(textOrNull, null),
    takeovers: z.optional(
      z.array(
        z.object({
          lineId: text,
          from: month,
          backFrom: z.nullable(month),
          note: text,
          byId: text,
          at: instant,
        }),
      ),
    ),
    version: whole,
  }),
);

export const realisation: Shape<Realisation> = shape(() =>
  z.object({
    planId: text,
    lineId: text,
    month,
    value: decimal,
    evidence: z.array(text),
    files: z._default(z.array(evidenceFile()), []),
    note: textOrNull,
    state: z.enum(['REPORTED', 'VERIFIED', 'REJECTED']),
    rejection: textOrNull,
    activities: z._default(wholeOrNull, null),
    setRightBy: z.optional(text),
    reportedBy: z._default(textOrNull, null),
    reportedAt: instant,
    version: whole,
  }),
);

const bilingual = shape(() => z.object({ id: text, en: text }));

export const instrument: Shape<Instrument> = shape(() =>
  z.object({
    id: text,
    version: whole,
    name: bilingual(),
    items: z.array(z.object({ id: text, text: bilingual() })),
    scale: z.object({ low: whole, high: whole }),
  }),
);

const ratingContent = shape(() => ({
  instrumentId: text,
  instrumentVersion: whole,
  scores: z.array(z.number()),
  comment: textOrNull,
}));
export const rating: Shape<Rating> = shape(() =>
  z.object({
    periodId: text,
    rateeId: text,
    group: raterGroup(),
    raterId: text,
    ...ratingContent(),
    // An item without it is taken for the rater's own, which is the safe side.
    source: z._default(ratingSource(), 'RATER'),
    ratedAt: instantOrNull,
    afterRun: z._default(whole, 0),
    earlier: z._default(z.array(z.object({ afterRun: whole, ...ratingContent() })), []),
    version: whole,
  }),
);

export const assessorRating: Shape<AssessorRating> = shape(() =>
  z.object({
    periodId: text,
    staffId: text,
    assessorId: textOrNull,
    inPlaceOf: z._default(textOrNull, null),
    assessorLeft: z._default(z.boolean(), false),
    workResult: expectation(),
    behaviour: expectation(),
    proposed: z.object({ workResult: expectationOrNull(), behaviour: expectationOrNull() }),
    reason: textOrNull,
    innovation: z.boolean(),
    ratedAt: instant,
    version: whole,
  }),
);

const behaviourScore = shape(() => z.enum(['RAW', 'ADJUSTED']));

const raterPools = shape(() => z.array(z.object({ groups: z.array(raterGroup()), weight: whole })));

const policyRules: Shape<PolicyRules> = shape(() =>
  z.object({
    scheme: z.enum(['QUADRANT_2022', 'NUMERIC_2019']),
    achievementCap: whole,
    workResultBands: z.object({ above: whole, meets: whole }),
    workResultShares: z.object({ most: whole, few: whole }),
    behaviourScale: z.array(z.object({ mean: whole, points: whole })),
    behaviourBands: z.object({ above: whole, meets: whole }),
    raterPools: raterPools(),
    unitRaterPools: z._default(
      z.array(z.object({ unitId: text, withSubunits: z.boolean(), raterPools: raterPools() })),
      [],
    ),
    minimumRaters: whole,
    peers: z._default(
      z.object({
        choice: z.enum(['OPEN', 'NOMINATED', 'DRAWN']),
        minimum: whole,
        maximum: whole,
        drawAfterDays: z._default(whole, 0),
      }),
      defaultPeerRules,
    ),
    behaviourScore: behaviourScore(),
    oneSidedScore: z.enum(['NONE', 'RENORMALISED']),
    annual: z._default(z.enum(['FROM_INPUTS', 'FROM_PERIODS']), 'FROM_INPUTS'),
    minimumPresence: z._default(whole, 0),
    superiorDays: z._default(whole, 5),
    unitBands: z.object({ outstanding: whole, good: whole, needsImprovement: whole, poor: whole }),
    // A policy that is older than a term holds by what was done then: received when published.
    objection: z.object({
      deemedReceivedAfter: z._default(whole, 0),
      fileWithin: whole,
      explainWithin: z._default(whole, 3),
      decideWithin: whole,
    }),
    allowance: z._default(
      z.object({
        weights: z.object({ productivity: whole, discipline: whole }),
        minutesADay: whole,
        bases: z.array(z.object({ positionClass: whole, amount: whole })),
      }),
      { ...defaultAllowanceRules, bases: [] },
    ),
    followUp: z._default(z.array(followUpRule()), [...defaultFollowUpRules]),
    holidays: z.array(date),
    utcOffsetMinutes: whole,
  }),
);

export const policy: Shape<Policy> = shape(() =>
  z.object({
    id: text,
    number: whole,
    state: z.enum(['DRAFT', 'ACTIVE']),
    effectiveFrom: date,
    rules: policyRules(),
    writtenBy: z._default(z.array(text), []),
    activatedAt: instantOrNull,
    version: whole,
  }),
);

export const period: Shape<Period> = shape(() =>
  z.object({
    id: text,
    kind: z.enum(['MONTH', 'QUARTER', 'YEAR']),
    year: whole,
    start: date,
    end: date,
    state: z.enum(['PLANNED', 'CANCELLED', 'OPEN', 'CLOSING', 'PUBLISHED', 'FINAL']),
    closesAt: instant,
    attempt: whole,
    run: textOrNull,
    publishedRun: textOrNull,
    correcting: z._default(textOrNull, null),
    publications: z._default(z.array(z.object({ run: text, at: instant })), []),
    publishedAt: instantOrNull,
    finalAt: instantOrNull,
    settled: z._default(z.boolean(), false),
    lateDecisions: z._default(
      z.array(
        z.object({
          sourcePeriodId: text,
          staffIds: z.array(text),
          outcome: z.enum(['APPLY', 'KEEP']),
          reason: text,
          decidedById: text,
          at: instant,
        }),
      ),
      [],
    ),
    policy: z.nullable(policy()),
    failure: textOrNull,
    version: whole,
  }),
);

const notMeasured = shape(() => z.nullable(z.enum(NOT_MEASURED)));
export const predicate: Shape<Predicate> = shape(() =>
  z.enum(['EXCELLENT', 'GOOD', 'NEEDS_IMPROVEMENT', 'POOR', 'VERY_POOR']),
);

const lineExplanation: Shape<LineExplanation> = shape(() =>
  z.object({
    lineId: text,
    kind: z.enum(['MAIN', 'ADDITIONAL']),
    title: text,
    indicatorId: text,
    indicatorName: text,
    definition: whole,
    measure: measure(),
    months: z.array(
      z.object({
        month: text,
        target: z.nullable(target()),
        realisation: z.nullable(decimal),
        state: z.nullable(z.enum(['REPORTED', 'VERIFIED', 'REJECTED'])),
      }),
    ),
    target: z.nullable(target()),
    realisation: z.nullable(decimal),
    achievement: wholeOrNull,
    notMeasured: notMeasured(),
    weight: whole,
    effectiveWeight: whole,
    rating: expectationOrNull(),
    takenOver: z.optional(z.object({ from: month, backFrom: z.nullable(month), note: text })),
  }),
);

const periodPart = shape(() => ({
  periodId: text,
  run: text,
  score: wholeOrNull,
  rating: expectationOrNull(),
}));

const workResult: Shape<WorkResult> = shape(() =>
  z.object({
    source: z.enum(['PLAN', 'UNIT_ACHIEVEMENT', 'PERIODS']),
    periods: z._default(z.nullable(z.array(z.object(periodPart()))), null),
    unit: z._default(
      z.nullable(
        z.object({
          unitId: text,
          proposed: z.nullable(unitPredicate()),
          decision: z.nullable(
            z.object({ predicate: unitPredicate(), reason: textOrNull, as: unitDecider() }),
          ),
        }),
      ),
      null,
    ),
    planRevision: wholeOrNull,
    lines: z.array(lineExplanation()),
    score: wholeOrNull,
    notMeasured: notMeasured(),
    proposed: expectationOrNull(),
  }),
);

const wholeNumber = shape(() => z.union([whole, z.string().check(z.regex(/^\d{1,200}$/))]));

const poolExplanation: Shape<PoolExplanation> = shape(() =>
  z.object({
    groups: z.array(raterGroup()),
    raters: whole,
    mean: z.nullable(z.object({ numerator: wholeNumber(), denominator: wholeNumber() })),
    points: wholeOrNull,
    notMeasured: notMeasured(),
    weight: whole,
    effectiveWeight: whole,
  }),
);

const behaviour: Shape<Behaviour> = shape(() =>
  z.object({
    periods: z._default(z.nullable(z.array(z.object({ ...periodPart(), colleagues: z.boolean() }))), null),
    poolsOfUnitId: z._default(textOrNull, null),
    pools: z.array(poolExplanation()),
    self: z.nullable(poolExplanation()),
    rawScore: wholeOrNull,
    adjusted: z.nullable(
      z.object({
        ratings: whole,
        mean: wholeOrNull,
        standardError: wholeOrNull,
        score: wholeOrNull,
        notAdjusted: z.nullable(
          z.enum([
            'TOO_FEW_RATINGS',
            'TOO_FEW_RATERS',
            'TOO_FEW_RATEES',
            'TOO_FEW_COMPARISONS',
            'NOT_CONNECTED',
            'NO_DIFFERENCES',
            'UNIT_TOO_LARGE',
          ]),
        ),
      }),
    ),
    values: z._default(z.array(z.object({ value: z.enum(CORE_VALUES), mean: whole })), []),
    counts: behaviourScore(),
    score: wholeOrNull,
    notMeasured: notMeasured(),
    proposed: expectationOrNull(),
  }),
);

const rank: Shape<Rank> = shape(() => z.object({ rank: whole, of: whole, percentile: whole }));
export const ranks: Shape<Ranks> = shape(() => z.object({ unit: rank(), jobGroup: rank(), region: rank() }));

export const result: Shape<Result> = shape(() =>
  z.object({
    staffId: text,
    unitId: text,
    shard: whole,
    jobGroup: text,
    position: text,
    assessorId: textOrNull,
    assessedInUnitId: textOrNull,
    policyId: text,
    presence: z._default(
      z.nullable(
        z.object({ days: whole, served: whole, absent: whole, study: whole, evaluated: z.boolean() }),
      ),
      null,
    ),
    workResult: workResult(),
    behaviour: behaviour(),
    assessor: z.nullable(
      z.object({
        workResult: expectation(),
        behaviour: expectation(),
        reason: textOrNull,
        innovation: z.boolean(),
        as: z._default(z.enum(ASSESSOR_CAPACITIES), 'ASSESSOR'),
      }),
    ),
    carriedOver: z._default(
      z.nullable(
        z.object({
          periodId: text,
          run: text,
          proposedBy: z.enum(['STAFF', 'ASSESSOR']),
          innovation: z.boolean(),
        }),
      ),
      null,
    ),
    leftOut: z.nullable(z.object({ decisionBy: textOrNull, superiorRatings: whole })),
    verdict: z._default(
      z.nullable(
        z.object({
          workResult: expectationOrNull(),
          behaviour: expectationOrNull(),
          innovation: z.nullable(z.boolean()),
        }),
      ),
      null,
    ),
    workResultRating: expectationOrNull(),
    behaviourRating: expectationOrNull(),
    predicate: z.nullable(predicate()),
    score: wholeOrNull,
    scoreShares: z.nullable(z.object({ workResult: whole, behaviour: whole })),
    numericClass: z.nullable(z.enum(['VERY_GOOD', 'GOOD', 'FAIR', 'POOR', 'VERY_POOR'])),
    periodId: text,
    run: text,
  }),
);

const unitAchievementShape = shape(() => ({
  unitId: text,
  planRevision: wholeOrNull,
  lines: z.array(lineExplanation()),
  score: wholeOrNull,
  notMeasured: notMeasured(),
  proposed: z.nullable(unitPredicate()),
  decision: z._default(
    z.nullable(
      z.object({
        predicate: unitPredicate(),
        proposed: z.nullable(unitPredicate()),
        reason: textOrNull,
        as: unitDecider(),
        deciderId: textOrNull,
      }),
    ),
    null,
  ),
  justification: z._default(z.nullable(z.object({ text, authorId: text })), null),
}));
export const unitAchievement: Shape<UnitAchievement> = shape(() => z.object(unitAchievementShape()));

export const unitResult: Shape<UnitResult> = shape(() =>
  z.object({
    ...unitAchievementShape(),
    periodId: text,
    run: text,
    distribution: z.object({
      EXCELLENT: whole,
      GOOD: whole,
      NEEDS_IMPROVEMENT: whole,
      POOR: whole,
      VERY_POOR: whole,
    }),
    notEvaluated: whole,
    warnings: z.array(
      z.object({
        predicates: z.array(predicate()),
        bound: z.enum(['AT_MOST', 'AT_LEAST']),
        allowed: whole,
        actual: whole,
      }),
    ),
  }),
);

/** What release 0.1.0 left of somebody's places in their result, or alone where a correction had changed nothing else. */
export const placesLeftWithResult: Shape<
  Pick<Result, 'staffId' | 'periodId' | 'run'> & { readonly ranks?: Ranks | null | undefined }
> = shape(() =>
  z.object({ staffId: text, periodId: text, run: text, ranks: z.optional(z.nullable(ranks())) }),
);

export const rankingEntries: Shape<readonly RankingEntry[]> = shape(() =>
  z.array(z.object({ staffId: text, unitId: text, score: whole, rank: whole })),
);
