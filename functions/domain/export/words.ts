import type { ActivityState } from '../activity/activity.ts';
import type { AllowanceGap } from '../allowance/allowance.ts';
import type { FunctionalLevel } from '../allowance/credit.ts';
import type { PeriodCredit } from '../allowance/credit-account.ts';
import type { FeedbackForm, FeedbackSource } from '../feedback/feedback.ts';
import type { FollowUpOutcome, GuidanceMethod } from '../feedback/guidance.ts';
import type { FollowUpState } from '../follow-up/follow-up.ts';
import type { FollowUpMeasure, Outcome } from '../follow-up/rules.ts';
import type { Audience } from '../forum/announcement.ts';
import type { TopicSubject } from '../forum/forum.ts';
import type { GoalLevel } from '../indicator/goal.ts';
import type { BuildUp, Polarity } from '../indicator/indicator.ts';
import type { IndicatorFinding } from '../indicator-review/findings.ts';
import type { ReviewOutcome } from '../indicator-review/review.ts';
import type { JointActivityState, ParticipationState } from '../joint/joint-activity.ts';
import type { Message } from '../messages.ts';
import type { ObjectionState } from '../objection/objection.ts';
import type { AbsenceKind } from '../organisation/absence.ts';
import type { PanelOrigin, PanelState } from '../peers/peer-panel.ts';
import type { LateDecision, PeriodState } from '../period/period.ts';
import type { PersonPace } from '../progress/unit-progress.ts';
import type { CoreValue } from '../rating/core-values.ts';
import type { FlagKind } from '../rating-flags/flag.ts';
import type { CampaignPhase } from '../satisfaction/campaign.ts';
import type { SuggestionState } from '../satisfaction/suggestion.ts';
import type { CareerPlanState, StepState } from '../training/career.ts';
import type { Competence, EnrolmentState, ProgrammeState, TrainingMethod } from '../training/course.ts';

type Words<Key extends string> = Readonly<Record<Key, Message>>;

/** What cells say in place of codes. */
export const exportWords: {
  readonly activity: Words<ActivityState>;
  readonly gap: Words<AllowanceGap>;
  readonly creditGap: Words<NonNullable<PeriodCredit['notEarned']>>;
  readonly functionalLevel: Words<FunctionalLevel>;
  readonly absence: Words<AbsenceKind>;
  readonly enrolment: Words<EnrolmentState>;
  readonly measure: Words<FollowUpMeasure>;
  readonly followUp: Words<FollowUpState>;
  readonly outcome: Words<Outcome>;
  readonly proposer: Words<'RULE' | 'PERSON'>;
  readonly objection: Words<ObjectionState>;
  readonly finding: Words<IndicatorFinding>;
  readonly review: Words<ReviewOutcome>;
  readonly channel: Words<'withCode' | 'withoutCode'>;
  readonly surveyPhase: Words<CampaignPhase>;
  readonly suggestion: Words<SuggestionState>;
  readonly level: Words<GoalLevel>;
  readonly polarity: Words<Polarity>;
  readonly buildUp: Words<BuildUp>;
  readonly value: Words<CoreValue>;
  readonly competence: Words<Competence>;
  readonly trainingMethod: Words<TrainingMethod>;
  readonly programme: Words<ProgrammeState>;
  readonly careerPlan: Words<CareerPlanState>;
  readonly careerStep: Words<StepState>;
  readonly flag: Words<FlagKind>;
  readonly pace: Words<PersonPace>;
  readonly period: Words<PeriodState>;
  readonly late: Words<LateDecision['outcome']>;
  readonly feedbackSource: Words<FeedbackSource>;
  readonly feedbackForm: Words<FeedbackForm>;
  readonly guidanceMethod: Words<GuidanceMethod>;
  readonly guidanceOutcome: Words<FollowUpOutcome>;
  readonly audience: Words<Audience>;
  readonly topic: Words<TopicSubject['kind']>;
  readonly joint: Words<JointActivityState>;
  readonly participation: Words<ParticipationState>;
  readonly panel: Words<PanelState>;
  readonly panelOrigin: Words<PanelOrigin>;
  readonly yesNo: Words<'yes' | 'no'>;
} = {
  activity: {
    REPORTED: { id: 'dilaporkan', en: 'reported' },
    VERIFIED: { id: 'diverifikasi', en: 'verified' },
    RETURNED: { id: 'dikembalikan', en: 'returned' },
    WITHDRAWN: { id: 'ditarik', en: 'withdrawn' },
  },
  gap: {
    NOT_IN_SERVICE: { id: 'tidak bertugas pada akhir bulan', en: "not in service on the month's last day" },
    NO_POSITION_CLASS: { id: 'jabatan belum mempunyai kelas', en: 'the position has no class' },
    NO_BASE: { id: 'besaran kelas jabatan belum ditetapkan', en: 'no amount is set for the class' },
    NO_RESULT: { id: 'belum ada hasil yang diumumkan', en: 'no result is published' },
    NO_WORK_RESULT: { id: 'hasil kerja tidak terukur', en: 'the work result was not measured' },
    NO_ATTENDANCE: { id: 'presensi belum diimpor', en: 'attendance is not imported' },
    NO_WORKING_DAY: { id: 'tidak ada hari kerja', en: 'there was no working day' },
  },
  creditGap: {
    NO_PREDICATE: { id: 'tidak ada predikat', en: 'there is no predicate' },
    NO_FUNCTIONAL_LEVEL: { id: 'tidak memangku jabatan fungsional', en: 'no functional position was held' },
  },
  functionalLevel: {
    PEMULA: { id: 'Pemula', en: 'Beginner' },
    TERAMPIL: { id: 'Terampil', en: 'Skilled' },
    MAHIR: { id: 'Mahir', en: 'Proficient' },
    PENYELIA: { id: 'Penyelia', en: 'Supervisor' },
    AHLI_PERTAMA: { id: 'Ahli Pertama', en: 'First expert' },
    AHLI_MUDA: { id: 'Ahli Muda', en: 'Junior expert' },
    AHLI_MADYA: { id: 'Ahli Madya', en: 'Middle expert' },
    AHLI_UTAMA: { id: 'Ahli Utama', en: 'Principal expert' },
  },
  absence: {
    LEAVE: { id: 'cuti', en: 'leave' },
    UNPAID_LEAVE: { id: 'cuti di luar tanggungan negara', en: 'unpaid leave' },
    SUSPENDED: { id: 'diberhentikan sementara', en: 'suspended' },
    STATE_OFFICE: { id: 'pejabat negara', en: 'state office' },
    PRE_RETIREMENT: { id: 'masa persiapan pensiun', en: 'preparation for retirement' },
    STUDY: { id: 'tugas belajar', en: 'study' },
  },
  enrolment: {
    ENROLLED: { id: 'terdaftar', en: 'enrolled' },
    WAITING: { id: 'menunggu tempat', en: 'waits for a place' },
    WITHDRAWN: { id: 'mengundurkan diri', en: 'withdrawn' },
    COMPLETED: { id: 'selesai', en: 'completed' },
    NOT_COMPLETED: { id: 'tidak selesai', en: 'not completed' },
  },
  measure: {
    CERTIFICATE: { id: 'piagam penghargaan', en: 'certificate' },
    ALLOWANCE: { id: 'tunjangan kinerja', en: 'allowance' },
    SUCCESSION_POOL: { id: 'kelompok rencana suksesi', en: 'succession pool' },
    PROMOTION: { id: 'usulan promosi', en: 'promotion' },
    PRIORITY_TRAINING: { id: 'prioritas pelatihan', en: 'priority training' },
    GUIDANCE: { id: 'bimbingan kinerja', en: 'guidance' },
    IMPROVEMENT_PLAN: { id: 'rencana perbaikan kinerja', en: 'improvement plan' },
    COMPETENCE_TEST: { id: 'uji kompetensi', en: 'competence test' },
    REASSIGNMENT: { id: 'penempatan kembali', en: 'reassignment' },
    SANCTION: { id: 'sanksi', en: 'sanction' },
  },
  followUp: {
    PROPOSED: { id: 'diusulkan', en: 'proposed' },
    GRANTED: { id: 'ditetapkan', en: 'granted' },
    DECLINED: { id: 'tidak disetujui', en: 'declined' },
    ENDED: { id: 'berakhir', en: 'ended' },
  },
  outcome: {
    ACHIEVED: { id: 'tercapai', en: 'achieved' },
    NOT_ACHIEVED: { id: 'tidak tercapai', en: 'not achieved' },
  },
  proposer: {
    RULE: { id: 'aturan kebijakan', en: 'a rule of the policy' },
    PERSON: { id: 'usulan seseorang', en: 'a person' },
  },
  objection: {
    FILED: { id: 'diajukan', en: 'filed' },
    EXPLAINED: { id: 'sudah dijelaskan', en: 'explained' },
    UPHELD: { id: 'hasil dikuatkan', en: 'result upheld' },
    CHANGED: { id: 'hasil diubah', en: 'result changed' },
    WITHDRAWN: { id: 'dicabut', en: 'withdrawn' },
    SUPERSEDED: { id: 'gugur karena periode dibuka kembali', en: 'superseded: the period was opened again' },
  },
  finding: {
    NOBODY_MEASURED: { id: 'tidak ada yang terukur', en: 'nothing was measured' },
    ALL_AT_CAP: { id: 'semua mencapai batas atas', en: 'all at the highest achievement' },
    ALL_AT_ZERO: { id: 'semua nol', en: 'all at zero' },
    NO_SPREAD: { id: 'semua sama', en: 'all alike' },
    TARGET_TOO_EASY: { id: 'target terlalu mudah', en: 'target too easy' },
    ZERO_TARGET: { id: 'target nol', en: 'target of zero' },
    DEFINITION_CHANGED: { id: 'definisi berubah', en: 'definition changed' },
  },
  review: {
    KEEP: { id: 'dipertahankan', en: 'kept' },
    REVISE: { id: 'diperbarui', en: 'revised' },
    RETIRE: { id: 'dihentikan', en: 'retired' },
  },
  channel: {
    withCode: { id: 'dengan kode', en: 'with code' },
    withoutCode: { id: 'tanpa kode', en: 'without code' },
  },
  surveyPhase: {
    PLANNED: { id: 'direncanakan', en: 'planned' },
    OPEN: { id: 'terbuka', en: 'open' },
    ENDED: { id: 'berakhir, sedang dihitung', en: 'ended, being counted' },
    CLOSED: { id: 'ditutup', en: 'closed' },
  },
  suggestion: {
    SUBMITTED: { id: 'menunggu', en: 'waits' },
    PUBLISHED: { id: 'dipublikasikan', en: 'published' },
    WITHHELD: { id: 'tidak dipublikasikan', en: 'withheld' },
  },
  level: {
    VISION: { id: 'visi', en: 'vision' },
    MISSION: { id: 'misi', en: 'mission' },
    OBJECTIVE: { id: 'sasaran strategis', en: 'objective' },
  },
  polarity: {
    MAXIMIZE: { id: 'makin tinggi makin baik', en: 'more is better' },
    MINIMIZE: { id: 'makin rendah makin baik', en: 'less is better' },
    RANGE: { id: 'dalam rentang', en: 'within a range' },
    STABILIZE: { id: 'tetap pada target', en: 'close to the target' },
  },
  buildUp: {
    SUM: { id: 'dijumlahkan', en: 'summed' },
    LATEST: { id: 'angka terakhir', en: 'the latest figure' },
    RELEASED: { id: 'angka resmi', en: 'the published figure' },
  },
  value: {
    SERVICE: { id: 'berorientasi pelayanan', en: 'service-oriented' },
    ACCOUNTABLE: { id: 'akuntabel', en: 'accountable' },
    COMPETENT: { id: 'kompeten', en: 'competent' },
    HARMONIOUS: { id: 'harmonis', en: 'harmonious' },
    LOYAL: { id: 'loyal', en: 'loyal' },
    ADAPTIVE: { id: 'adaptif', en: 'adaptive' },
    COLLABORATIVE: { id: 'kolaboratif', en: 'collaborative' },
  },
  competence: {
    TECHNICAL: { id: 'teknis', en: 'technical' },
    MANAGERIAL: { id: 'manajerial', en: 'managerial' },
    SOCIO_CULTURAL: { id: 'sosial kultural', en: 'socio-cultural' },
  },
  trainingMethod: {
    CLASS: { id: 'kelas', en: 'class' },
    WORKSHOP: { id: 'lokakarya', en: 'workshop' },
    SIMULATION: { id: 'simulasi', en: 'simulation' },
    CASE_STUDY: { id: 'studi kasus', en: 'case study' },
    COACHING: { id: 'pembimbingan', en: 'coaching' },
  },
  programme: {
    OPEN: { id: 'dibuka', en: 'open' },
    COMPLETED: { id: 'selesai', en: 'completed' },
    CANCELLED: { id: 'dibatalkan', en: 'cancelled' },
  },
  careerPlan: {
    PROPOSED: { id: 'diusulkan', en: 'proposed' },
    AGREED: { id: 'disepakati', en: 'agreed' },
  },
  careerStep: {
    PLANNED: { id: 'direncanakan', en: 'planned' },
    DONE: { id: 'selesai', en: 'done' },
    DROPPED: { id: 'dihentikan', en: 'dropped' },
  },
  flag: {
    FLAT_RATER: { id: 'nilai yang sama untuk semua', en: 'the same score for everybody' },
    TRADING_PAIR: { id: 'saling memberi nilai tinggi', en: 'high marks for each other' },
    OUTLYING_SUPERIOR: { id: 'atasan menyimpang dari penilai lain', en: 'superior far from other raters' },
    PUBLIC_BURST: { id: 'banyak jawaban dalam satu hari', en: 'many answers on one day' },
  },
  pace: {
    NO_PLAN: { id: 'belum ada rencana', en: 'no plan' },
    NOT_REPORTED: { id: 'belum dilaporkan', en: 'not reported' },
    BEHIND: { id: 'tertinggal', en: 'behind' },
    ON_PACE: { id: 'sesuai', en: 'on pace' },
    AHEAD: { id: 'melampaui', en: 'ahead' },
    NOT_COMPARABLE: { id: 'tidak terbandingkan', en: 'not comparable' },
    NOT_DUE: { id: 'belum waktunya', en: 'not due' },
    TAKEN_OVER: { id: 'diambil alih', en: 'taken over' },
  },
  period: {
    PLANNED: { id: 'direncanakan', en: 'planned' },
    CANCELLED: { id: 'dibatalkan', en: 'cancelled' },
    OPEN: { id: 'terbuka', en: 'open' },
    CLOSING: { id: 'sedang ditutup', en: 'closing' },
    PUBLISHED: { id: 'diumumkan', en: 'published' },
    FINAL: { id: 'final', en: 'final' },
  },
  late: {
    APPLY: { id: 'hasil tahun mengikuti', en: "the year's result follows" },
    KEEP: { id: 'hasil tahun tetap', en: "the year's result stays" },
  },
  feedbackSource: {
    LEADER: { id: 'pimpinan', en: 'leader' },
    COLLEAGUE: { id: 'rekan', en: 'colleague' },
    SERVED: { id: 'masyarakat', en: 'people served' },
  },
  feedbackForm: {
    SCHEDULED: { id: 'berkala', en: 'scheduled' },
    INCIDENTAL: { id: 'insidentil', en: 'incidental' },
  },
  guidanceMethod: {
    COACHING: { id: 'coaching', en: 'coaching' },
    MENTORING: { id: 'mentoring', en: 'mentoring' },
    FORMAL_TRAINING: { id: 'pelatihan formal', en: 'formal training' },
    INFORMAL_TRAINING: { id: 'pelatihan informal', en: 'informal training' },
  },
  guidanceOutcome: {
    IMPROVED: { id: 'membaik', en: 'improved' },
    PARTLY_IMPROVED: { id: 'membaik sebagian', en: 'partly improved' },
    NOT_IMPROVED: { id: 'tidak membaik', en: 'not improved' },
  },
  audience: {
    UNIT: { id: 'unit', en: 'unit' },
    UNIT_AND_BELOW: { id: 'unit dan semua di bawahnya', en: 'unit and all below' },
    REGION: { id: 'seluruh daerah', en: 'region' },
  },
  topic: {
    INDICATOR: { id: 'indikator', en: 'indicator' },
    POLICY: { id: 'kebijakan', en: 'policy' },
    GENERAL: { id: 'umum', en: 'general' },
  },
  joint: {
    OPEN: { id: 'berjalan', en: 'open' },
    FINISHED: { id: 'selesai', en: 'finished' },
    CANCELLED: { id: 'dibatalkan', en: 'cancelled' },
  },
  participation: {
    PROPOSED: { id: 'diusulkan', en: 'proposed' },
    APPROVED: { id: 'disetujui', en: 'approved' },
    DECLINED: { id: 'ditolak', en: 'declined' },
  },
  panel: {
    NOMINATED: { id: 'diusulkan', en: 'nominated' },
    APPROVED: { id: 'disetujui', en: 'approved' },
    REFUSED: { id: 'ditolak', en: 'refused' },
    DECLINED: { id: 'mengundurkan diri', en: 'declined' },
  },
  panelOrigin: {
    RATEE: { id: 'pegawai yang dinilai', en: 'the person rated' },
    ASSESSOR: { id: 'pejabat penilai', en: 'the assessor' },
    LOT: { id: 'undian', en: 'by lot' },
  },
  yesNo: { yes: { id: 'ya', en: 'yes' }, no: { id: 'tidak', en: 'no' } },
};
