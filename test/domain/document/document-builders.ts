import type {
  CertificateForm,
  EvaluationForm,
  FormLine,
  OfficialDocument,
  Party,
  PlanForm,
  Stamp,
} from '../../../functions/domain/document/document.ts';

const party = (name: string, more: Partial<Party> = {}): Party => ({
  name,
  nip: '198001012005011003',
  grade: 'Penata, III/c',
  position: 'Perawat Ahli Muda',
  unit: 'Puskesmas Melati',
  ...more,
});

const nurse = party('Citra Perawat, A.Md.Kep.');
const head = party('dr. Budi Kepala', { nip: '198001012005011002', position: 'Kepala Puskesmas' });
const chief = party('Ani Agensi', { nip: null, position: 'Kepala Dinas', unit: 'Dinas Kesehatan' });

export const formLine = (more: Partial<FormLine> = {}): FormLine => ({
  kind: 'MAIN',
  title: 'Kunjungan rumah ibu hamil terlaksana',
  serves: 'Meningkatnya kualitas pelayanan puskesmas (Kepala Puskesmas)',
  aspect: 'QUANTITY',
  perspective: null,
  indicator: 'Jumlah kunjungan rumah',
  target: '120 kunjungan',
  ...more,
});

export const planForm = (more: Partial<PlanForm> = {}): PlanForm => ({
  layout: 'STAFF',
  institution: 'Dinas Kesehatan',
  year: 2026,
  staff: nurse,
  assessor: head,
  lines: [
    formLine(),
    formLine({ kind: 'ADDITIONAL', title: 'Tim siaga bencana', aspect: 'TIME', serves: null }),
  ],
  general: 'Utamakan wilayah terpencil',
  expectations: { SERVICE: ['Menyapa setiap pasien'], LOYAL: ['Menjaga rahasia pasien'] },
  attachments: {
    resources: [{ kind: 'EQUIPMENT', text: 'Kendaraan operasional' }],
    accountability: [{ kind: 'REPORTING', text: 'Laporan tiap bulan' }],
    consequences: [{ kind: 'POSITIVE', text: 'Prioritas pelatihan' }],
  },
  revision: 1,
  agreedOn: '2026-01-12',
  ...more,
});

export const evaluationForm = (more: Partial<EvaluationForm> = {}): EvaluationForm => ({
  format: 'D.1.1',
  layout: 'STAFF',
  institution: 'Dinas Kesehatan',
  period: { id: '2026-Q1', kind: 'QUARTER', start: '2026-01-01', end: '2026-03-31' },
  staff: nurse,
  assessor: head,
  superior: chief,
  unitPredicate: 'GOOD',
  workResultRating: 'ABOVE',
  behaviourRating: 'MEETS',
  predicate: 'GOOD',
  notes: ['Pertahankan kunjungan rumah'],
  lines: [
    {
      ...formLine(),
      realisation: '123 kunjungan; capaian 102,50%; di atas ekspektasi.',
      feedback: [{ from: 'Pimpinan (dr. Budi Kepala)', text: 'Bagus, lanjutkan' }],
    },
  ],
  expectations: { SERVICE: ['Menyapa setiap pasien'] },
  valueFeedback: { HARMONIOUS: [{ from: 'Pegawai', text: 'Suka membantu' }] },
  comments: [{ from: 'Pegawai', text: 'Rekan yang baik' }],
  dispute: null,
  issuedOn: '2026-04-06',
  receivedOn: '2026-04-08',
  ...more,
});

export const dispute: NonNullable<EvaluationForm['dispute']> = {
  reasons: ['Kunjungan bulan Maret belum dihitung'],
  explanations: ['Laporan masuk setelah tenggat'],
  decision: 'Hasil evaluasi kinerja Pegawai diubah. Laporan terbukti tepat waktu.',
  recommendation: 'Ikut pelatihan pelaporan',
  decidedOn: '2026-04-15',
};

export const certificateForm: CertificateForm = {
  institution: 'Dinas Kesehatan',
  number: '2026-Q1/0123456789AB',
  staff: nurse,
  period: { id: '2026-Q1', kind: 'QUARTER', start: '2026-01-01', end: '2026-03-31' },
  predicate: 'EXCELLENT',
  reason: 'Kunjungan rumah terbanyak di kabupaten',
  grantedOn: '2026-05-20',
};

export const stamp: Stamp = {
  digest: '5'.repeat(64),
  version: '2026-Q1 r1',
  policy: 'national',
  madeOn: '2026-05-21',
};

export const evaluationDocument = (
  evaluation: Partial<EvaluationForm> = {},
  plan: PlanForm | null = planForm(),
): OfficialDocument => ({ kind: 'EVALUATION', stamp, evaluation: evaluationForm(evaluation), plan });
