import { decimal } from '../../../functions/domain/decimal.ts';
import type { EvaluationInput } from '../../../functions/domain/evaluation/evaluation.ts';
import {
  type EvaluationFrame,
  evaluationFrame,
} from '../../../functions/domain/evaluation/evaluation-frame.ts';
import type { Measure, Target } from '../../../functions/domain/indicator/indicator.ts';
import type { Realisation } from '../../../functions/domain/indicator/realisation.ts';
import type { Organisation } from '../../../functions/domain/organisation/organisation.ts';
import {
  defaultPolicyRules,
  type Policy,
  type PolicyRules,
} from '../../../functions/domain/period/policy.ts';
import { periodOf } from '../../../functions/domain/period/span.ts';
import type { PlanLine } from '../../../functions/domain/plan/line.ts';
import { contentOf, type Plan } from '../../../functions/domain/plan/plan.ts';
import { berakhlak, overall } from '../../../functions/domain/rating/instrument.ts';
import type { AssessorRating, RaterGroup, Rating } from '../../../functions/domain/rating/rating.ts';

export const countOf = (unitOfMeasure = 'dokumen'): Measure => ({
  unitOfMeasure,
  polarity: 'MAXIMIZE',
  aboveRange: null,
  realisedBy: 'REPORT',
  buildUp: 'SUM',
});

export const value = (text: string | number): Target => ({ value: decimal(text) });
export const range = (low: string | number, high: string | number): Target => ({
  low: decimal(low),
  high: decimal(high),
});

export const line = (id: string, given: Partial<PlanLine> = {}): PlanLine => ({
  id,
  kind: 'MAIN',
  title: `Work result ${id}`,
  aspect: 'QUANTITY',
  perspective: null,
  goalId: null,
  serves: null,
  indicatorId: `i-${id}`,
  definition: 1,
  measure: countOf(),
  indicatorName: `Indicator ${id}`,
  weight: 10_000,
  targets: { '01': value(10), '02': value(10), '03': value(10) },
  ...given,
});

export const agreedPlan = (lines: readonly PlanLine[], id = 's-1:2026'): Plan => ({
  id,
  owner: { kind: 'STAFF', staffId: 's-1' },
  year: 2026,
  agreed: contentOf(lines),
  agreedAt: '2026-01-02T03:00:00.000Z',
  proposal: null,
  proposalState: null,
  proposedBy: null,
  proposedById: null,
  version: 2,
});

export const realisation = (
  lineId: string,
  month: string,
  reached: string | number,
  given: Partial<Realisation> = {},
): Realisation => ({
  planId: 's-1:2026',
  lineId,
  month,
  value: decimal(reached),
  evidence: [],
  note: null,
  state: 'REPORTED',
  rejection: null,
  activities: null,
  files: [],
  reportedBy: null,
  reportedAt: '2026-02-01T00:00:00.000Z',
  version: 1,
  ...given,
});

export const rating = (
  group: RaterGroup,
  raterId: string,
  scores: readonly number[],
  given: Partial<Rating> = {},
): Rating => ({
  periodId: '2026-Q1',
  rateeId: 's-1',
  group,
  raterId,
  instrumentId: scores.length === 1 ? overall.id : berakhlak.id,
  instrumentVersion: 1,
  scores,
  comment: null,
  source: 'RATER',
  ratedAt: '2026-03-20T00:00:00.000Z',
  afterRun: 0,
  earlier: [],
  version: 1,
  ...given,
});

/** Seven equal scores. */
export const seven = (score: number): number[] => new Array(7).fill(score);

export const assessorRating = (given: Partial<AssessorRating> = {}): AssessorRating => ({
  periodId: '2026-Q1',
  staffId: 's-1',
  assessorId: 's-9',
  inPlaceOf: null,
  assessorLeft: false,
  workResult: 'MEETS',
  behaviour: 'MEETS',
  proposed: { workResult: null, behaviour: null },
  reason: 'Heard in the dialogue',
  innovation: false,
  ratedAt: '2026-03-30T00:00:00.000Z',
  version: 1,
  ...given,
});

export const policyWith = (given: Partial<PolicyRules> = {}): Policy => ({
  id: 'policy-1',
  number: 1,
  state: 'ACTIVE',
  effectiveFrom: '2026-01-01',
  rules: { ...defaultPolicyRules, ...given },
  writtenBy: [],
  activatedAt: '2026-01-01T00:00:00.000Z',
  version: 1,
});

/** Nobody's unit: the region's pools hold. */
export const noUnits: Organisation = { version: 1, units: new Map() };

export const frameOf = (given: Partial<PolicyRules> = {}, periodId = '2026-Q1'): EvaluationFrame => {
  const span = periodOf(periodId);
  if (span === null) throw new Error(`no period ${periodId}`);
  return evaluationFrame(policyWith(given), span, [berakhlak, overall], noUnits);
};

export const person = (given: Partial<EvaluationInput> = {}): EvaluationInput => ({
  membership: { staffId: 's-1', unitId: 'u-1', shard: 0, jobGroup: 'nurse', position: 'Perawat' },
  assessor: { assessorId: 's-9', assessedInUnitId: 'u-1' },
  headedUnit: null,
  plan: agreedPlan([line('L1')]),
  realisations: [realisation('L1', '2026-01', 10)],
  ratings: [rating('SUPERIOR', 's-9', seven(4))],
  assessorRating: null,
  ...given,
});
