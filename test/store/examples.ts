import type { Activity } from '../../functions/domain/activity/activity.ts';
import type { EvidenceFile } from '../../functions/domain/activity/evidence.ts';
import { decimal } from '../../functions/domain/decimal.ts';
import type { Carryover } from '../../functions/domain/evaluation/carryover.ts';
import type { LineExplanation, Ranks, Result, UnitResult } from '../../functions/domain/evaluation/result.ts';
import type { UnitAssessment } from '../../functions/domain/evaluation/unit-assessment.ts';
import type { Goal } from '../../functions/domain/indicator/goal.ts';
import type { Indicator } from '../../functions/domain/indicator/indicator.ts';
import type { Realisation } from '../../functions/domain/indicator/realisation.ts';
import type { Unit } from '../../functions/domain/organisation/organisation.ts';
import type { Assignment, Staff } from '../../functions/domain/organisation/staff.ts';
import { type Period, type PeriodState, planPeriod } from '../../functions/domain/period/period.ts';
import { defaultPolicyRules, type Policy } from '../../functions/domain/period/policy.ts';
import type { PlanLine } from '../../functions/domain/plan/line.ts';
import { contentOf, type Plan, type PlanContent } from '../../functions/domain/plan/plan.ts';
import type { AssessorRating, Instrument, Rating } from '../../functions/domain/rating/rating.ts';
import type { WorkAddress } from '../../functions/store/contract/stored.ts';
import type { Intent } from '../../functions/store/store.ts';
import { pseudonym } from '../support/pseudonym.ts';

/** Small builders: a plausible whole, of which a test names only what it is about. */

export const AT = '2026-04-02T01:00:00.000Z';

export const intent = (changes: Partial<Intent> = {}): Intent => ({
  actor: { id: 's-hr', role: 'HR_ADMIN' },
  at: AT,
  operation: 'test',
  reason: null,
  idempotency: null,
  ...changes,
});

export const unit = (changes: Partial<Unit> = {}): Unit => ({
  id: 'u-dinkes',
  code: changes.id ?? 'DINKES',
  name: 'Dinas Kesehatan',
  kind: 'dinas',
  mission: null,
  parentId: null,
  heads: [],
  shardCount: 1,
  retiredFrom: null,
  version: 0,
  ...changes,
});

export const assignment = (changes: Partial<Assignment> = {}): Assignment => ({
  unitId: 'u-dinkes',
  shard: 0,
  position: 'Perawat Ahli Pertama',
  jobGroup: 'nurse',
  assessorId: null,
  functionalLevel: 'AHLI_PERTAMA',
  positionClass: 8,
  from: '2024-01-01',
  to: null,
  ...changes,
});

let serial = 0;
export const staff = (changes: Partial<Staff> = {}): Staff => {
  serial += 1;
  return {
    id: `s-${String(serial).padStart(4, '0')}`,
    nip: `19850101201001${String(1000 + serial)}`,
    name: 'Siti Nurhaliza',
    employment: 'PNS',
    grade: 'Penata Muda, III/a',
    assignments: [assignment()],
    retiredFrom: null,
    homes: {},
    email: null,
    absences: [],
    version: 0,
    ...changes,
  };
};

export const goal = (changes: Partial<Goal> = {}): Goal => ({
  id: 'g-1',
  code: 'S1',
  title: 'Meningkatnya derajat kesehatan masyarakat',
  level: 'OBJECTIVE',
  unitId: null,
  parentId: null,
  fromYear: 2025,
  toYear: 2029,
  retired: false,
  version: 0,
  ...changes,
});

const measure = {
  unitOfMeasure: 'menit',
  polarity: 'MINIMIZE',
  aboveRange: null,
  buildUp: 'LATEST',
  realisedBy: 'REPORT',
} as const;

export const indicator = (changes: Partial<Indicator> = {}): Indicator => {
  const id = changes.id ?? 'i-1';
  return {
    id,
    code: 'IKU-1',
    unitId: 'u-dinkes',
    goalId: null,
    current: {
      indicatorId: id,
      definition: 1,
      name: 'Waktu tunggu rawat jalan',
      description: 'Rata-rata waktu dari pendaftaran sampai diperiksa dokter',
      formula: 'jumlah menit tunggu / jumlah pasien',
      source: 'SIMRS',
      measure,
      effectiveFrom: '2026-01-01',
    },
    retired: false,
    version: 0,
    ...changes,
  };
};

const MONTHS = ['01', '02', '03', '04', '05', '06', '07', '08', '09', '10', '11', '12'];

export const planLine = (changes: Partial<PlanLine> = {}): PlanLine => ({
  id: 'L1',
  kind: 'MAIN',
  title: 'Terlaksananya pelayanan rawat jalan yang tepat waktu bagi seluruh pasien puskesmas',
  aspect: 'TIME',
  perspective: null,
  goalId: null,
  serves: null,
  indicatorId: 'i-1',
  definition: 1,
  measure,
  indicatorName: 'Waktu tunggu rawat jalan',
  weight: 10_000,
  targets: Object.fromEntries(MONTHS.map((month) => [month, { value: decimal('60') }])),
  ...changes,
});

export const planContent = (revision = 1, lines: readonly PlanLine[] = [planLine()]): PlanContent =>
  contentOf(lines, revision);

export const plan = (changes: Partial<Plan> = {}): Plan => ({
  id: 's-0001:2026',
  owner: { kind: 'STAFF', staffId: 's-0001' },
  year: 2026,
  agreed: null,
  agreedAt: null,
  proposal: planContent(),
  proposalState: 'DRAFT',
  proposedBy: null,
  proposedById: null,
  version: 0,
  ...changes,
});

export const realisation = (changes: Partial<Realisation> = {}): Realisation => ({
  planId: 's-0001:2026',
  lineId: 'L1',
  month: '2026-01',
  value: decimal('55.5'),
  evidence: ['https://bukti.example.go.id/rawat-jalan/2026-01.pdf'],
  files: [],
  note: null,
  state: 'REPORTED',
  rejection: null,
  activities: null,
  reportedBy: null,
  reportedAt: AT,
  version: 0,
  ...changes,
});

export const evidenceFile = (changes: Partial<EvidenceFile> = {}): EvidenceFile => ({
  id: 'e-1',
  fileName: 'daftar hadir.pdf',
  type: 'PDF',
  size: 1234,
  sha256: 'ab'.repeat(32),
  uploadedBy: 's-0001',
  uploadedAt: AT,
  ...changes,
});

export const activity = (changes: Partial<Activity> = {}): Activity => ({
  id: 's-0001:2026:0114:a-1',
  planId: 's-0001:2026',
  staffId: 's-0001',
  lineId: 'L1',
  day: '2026-01-14',
  title: 'Kunjungan rumah',
  amount: decimal('3'),
  note: null,
  state: 'REPORTED',
  returnReason: null,
  evidence: [],
  reportedBy: 's-0001',
  reportedAt: AT,
  decidedAt: null,
  version: 0,
  ...changes,
});

export const instrument = (changes: Partial<Instrument> = {}): Instrument => ({
  id: 'berakhlak',
  version: 1,
  name: { id: 'Perilaku BerAKHLAK', en: 'BerAKHLAK conduct' },
  items: ['SERVICE', 'ACCOUNTABLE'].map((id) => ({ id, text: { id: `Butir ${id}`, en: `Item ${id}` } })),
  scale: { low: 1, high: 5 },
  ...changes,
});

export const rating = (changes: Partial<Rating> = {}): Rating => ({
  periodId: '2026-Q1',
  rateeId: 's-0001',
  group: 'PEER',
  raterId: pseudonym('s-0002'),
  instrumentId: 'berakhlak',
  instrumentVersion: 1,
  scores: [5, 4, 4, 5, 3, 4, 5],
  comment: null,
  source: 'RATER',
  ratedAt: AT,
  afterRun: 0,
  earlier: [],
  version: 0,
  ...changes,
});

export const assessorRating = (changes: Partial<AssessorRating> = {}): AssessorRating => ({
  periodId: '2026-Q1',
  staffId: 's-0001',
  assessorId: 's-0009',
  inPlaceOf: null,
  assessorLeft: false,
  workResult: 'ABOVE',
  behaviour: 'MEETS',
  proposed: { workResult: 'MEETS', behaviour: 'MEETS' },
  reason: 'Memimpin penanganan wabah',
  innovation: false,
  ratedAt: AT,
  version: 0,
  ...changes,
});

export const policy = (changes: Partial<Policy> = {}): Policy => ({
  id: 'p-1',
  number: 1,
  state: 'ACTIVE',
  effectiveFrom: '2026-01-01',
  rules: defaultPolicyRules,
  writtenBy: [],
  activatedAt: AT,
  version: 0,
  ...changes,
});

/** A period as the domain plans it, in a state of one's choice. */
export const period = (
  id = '2026-Q1',
  state: PeriodState = 'OPEN',
  changes: Partial<Period> = {},
): Period => ({
  ...planPeriod(id, `${Number(id.slice(0, 4)) + 1}-01-05T00:00:00.000Z`, 420),
  state,
  run: state === 'CLOSING' ? 'r1' : null,
  publishedRun: state === 'PUBLISHED' || state === 'FINAL' ? 'r1' : null,
  ...changes,
});

export const address = (changes: Partial<WorkAddress['collection']> = {}, year = 2026): WorkAddress => ({
  collection: { unitId: 'u-dinkes', shard: 0, ...changes },
  year,
});

export const lineExplanation = (number: number): LineExplanation => ({
  lineId: `L${number}`,
  kind: 'MAIN',
  title: `Terlaksananya pelayanan rawat jalan yang tepat waktu bagi seluruh pasien poli ${number}`,
  indicatorId: `i-${number}`,
  indicatorName: `Waktu tunggu rawat jalan poli ${number}`,
  definition: 1,
  measure,
  months: ['2026-01', '2026-02', '2026-03'].map((month, position) => ({
    month,
    target: { value: decimal('60') },
    realisation: decimal(`${50 + number * 3 + position}.5`),
    state: 'VERIFIED',
  })),
  target: { value: decimal('60') },
  realisation: decimal(`${52 + number}.5`),
  achievement: 112_500_000 - number * 1_234_567,
  notMeasured: null,
  weight: 1_250,
  effectiveWeight: 1_250,
  rating: 'ABOVE',
});

export const carryover = (changes: Partial<Carryover> = {}): Carryover => ({
  periodId: '2026-Q1',
  staffId: 's-0001',
  sourcePeriodId: '2025-Q4',
  assessorId: 's-0009',
  proposedBy: 'ASSESSOR',
  reason: 'Baru dua pekan di unit ini',
  state: 'PROPOSED',
  proposedAt: AT,
  answeredAt: null,
  version: 0,
  ...changes,
});

export const unitAssessment = (changes: Partial<UnitAssessment> = {}): UnitAssessment => ({
  periodId: '2026-Q1',
  unitId: 'u-dinkes',
  decision: {
    predicate: 'NEEDS_IMPROVEMENT',
    proposed: 'GOOD',
    reason: 'Two of the five targets were met by purchases of last year.',
    as: 'LEADER_ABOVE',
    decidedBy: 'account-1',
    deciderId: 's-0001',
    decidedAt: AT,
  },
  justification: { text: 'A team of three worked through the outbreak.', authorId: 's-0009', writtenAt: AT },
  version: 0,
  ...changes,
});

/** As large as a usual one: eight lines of three months, two pools of raters. */
export const result = (changes: Partial<Result> = {}): Result => ({
  staffId: 's-0001',
  unitId: 'u-dinkes',
  shard: 0,
  jobGroup: 'nurse',
  position: 'Perawat Ahli Pertama',
  assessorId: 's-0009',
  assessedInUnitId: 'u-dinkes',
  policyId: 'p-1',
  presence: null,
  workResult: {
    source: 'PLAN',
    unit: null,
    periods: null,
    planRevision: 1,
    lines: [1, 2, 3, 4, 5, 6, 7, 8].map(lineExplanation),
    score: 107_123_456,
    notMeasured: null,
    proposed: 'ABOVE',
  },
  behaviour: {
    periods: null,
    poolsOfUnitId: null,
    pools: [
      {
        groups: ['SUPERIOR'],
        raters: 1,
        mean: { numerator: 30, denominator: 7 },
        points: 109_285_714,
        notMeasured: null,
        weight: 6_000,
        effectiveWeight: 6_000,
      },
      {
        groups: ['PEER', 'SUBORDINATE'],
        raters: 6,
        mean: { numerator: 181, denominator: 42 },
        points: 109_642_857,
        notMeasured: null,
        weight: 4_000,
        effectiveWeight: 4_000,
      },
    ],
    self: null,
    rawScore: 109_428_571,
    adjusted: {
      ratings: 7,
      mean: 4_287_654,
      standardError: 210_000,
      score: 109_314_810,
      notAdjusted: null,
    },
    values: [
      { value: 'SERVICE', mean: 4_600_000 },
      { value: 'COMPETENT', mean: 3_100_000 },
    ],
    counts: 'RAW',
    score: 109_428_571,
    notMeasured: null,
    proposed: 'MEETS',
  },
  assessor: null,
  carriedOver: null,
  leftOut: null,
  verdict: null,
  workResultRating: 'ABOVE',
  behaviourRating: 'MEETS',
  predicate: 'GOOD',
  score: 108_045_502,
  scoreShares: { workResult: 6_000, behaviour: 4_000 },
  numericClass: 'GOOD',
  periodId: '2026-Q1',
  run: 'r1',
  ...changes,
});

export const ranks = (changes: Partial<Ranks> = {}): Ranks => ({
  unit: { rank: 3, of: 41, percentile: 95_000_000 },
  jobGroup: { rank: 57, of: 812, percentile: 93_094_945 },
  region: { rank: 901, of: 9_876, percentile: 90_886_075 },
  ...changes,
});

export const unitResult = (changes: Partial<UnitResult> = {}): UnitResult => ({
  unitId: 'u-dinkes',
  planRevision: 1,
  lines: [1, 2, 3].map(lineExplanation),
  score: 104_000_000,
  notMeasured: null,
  proposed: 'GOOD',
  decision: null,
  justification: null,
  periodId: '2026-Q1',
  run: 'r1',
  distribution: { EXCELLENT: 3, GOOD: 30, NEEDS_IMPROVEMENT: 2, POOR: 0, VERY_POOR: 0 },
  notEvaluated: 1,
  warnings: [{ predicates: ['GOOD'], bound: 'AT_MOST', allowed: 25, actual: 30 }],
  ...changes,
});
