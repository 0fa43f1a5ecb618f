/**
 * What can be imported: for each kind its columns and the mutation that takes its rows.
 * Names are those of the GraphQL inputs; a test holds them against the schema, and docs/import is printed from here.
 */

import { type RequestRole, ruleOf } from '../../functions/domain/access-policy.ts';
import { functionalLevels } from '../../functions/domain/allowance/credit.ts';

export const KIND_NAMES = [
  'units',
  'staff',
  'goals',
  'indicators',
  'agreements',
  'plans',
  'realisations',
  'ratings',
  'attendance',
  'absences',
] as const;
export type KindName = (typeof KIND_NAMES)[number];

/** How a cell is read. `words` are space-separated texts, `integers` space-separated numbers. */
export type CellType =
  | 'text'
  | 'words'
  | 'integer'
  | 'integers'
  | 'decimal'
  | 'target'
  | 'month'
  | 'date'
  | OneOf;
export interface OneOf {
  readonly oneOf: readonly string[];
}

export interface Column {
  readonly name: string;
  readonly type: CellType;
  readonly required: boolean;
  /** What it means, in Indonesian and English, for docs/import. */
  readonly id: string;
  readonly en: string;
}

export interface Kind {
  readonly name: KindName;
  readonly title: { readonly id: string; readonly en: string };
  /** Field of Mutation, and the type of its `input`. */
  readonly mutation: string;
  readonly inputType: string;
  readonly columns: readonly Column[];
  /** Columns that are the same on all lines of one plan: consecutive lines make one row of the mutation. Null: a line is a row. */
  readonly planOf: readonly string[] | null;
  /** Rows of one request: the service takes 50; 45 ratings, or 40 realisations of six months, fit one transaction. */
  readonly batchRows: number;
  /** Requests at the same time; 1 where a row may refer to one before it. */
  readonly concurrency: number;
  /** Rows that are equal in these columns are sent in the order of the file; of none, at the same time as any others. */
  readonly orderBy: readonly string[];
  /** Rows that are equal in these columns each go in a request of their own: the service takes one of them at a time. */
  readonly apart: readonly string[];
  /** What names the thing that a row is about, once in a file; empty for plans, whose lines are rows of one thing. */
  readonly namedBy: readonly string[];
}

type Words = readonly [id: string, en: string];
const column =
  (required: boolean) =>
  (name: string, type: CellType, [id, en]: Words): Column => ({
    name,
    type,
    required,
    id,
    en,
  });
const needed = column(true);
const optional = column(false);

const MONTHS = ['01', '02', '03', '04', '05', '06', '07', '08', '09', '10', '11', '12'] as const;

/** The columns of a plan's line, the same for staff and units. */
const lineColumns: readonly Column[] = [
  needed('lineId', 'text', [
    'nomor baris dalam rencana, mis. L1; tetap sama bila diimpor lagi',
    "the line's id in the plan, for example L1; keeps its meaning when imported again",
  ]),
  optional('kind', { oneOf: ['MAIN', 'ADDITIONAL'] }, [
    'RHK utama (MAIN, bawaan) atau tambahan (ADDITIONAL)',
    'main (default) or additional work result',
  ]),
  optional('title', 'text', [
    'rencana hasil kerja (RHK); bawaan: nama indikator',
    "the work result in words; default: the indicator's name",
  ]),
  optional('aspect', { oneOf: ['QUANTITY', 'QUALITY', 'TIME', 'COST'] }, [
    'aspek: kuantitas (bawaan), kualitas, waktu, biaya',
    'aspect; default QUANTITY',
  ]),
  optional(
    'perspective',
    { oneOf: ['SERVICE_RECIPIENTS', 'BUSINESS_PROCESS', 'INTERNAL_STRENGTHENING', 'BUDGET'] },
    ['perspektif, untuk rencana pimpinan', "perspective, in leaders' plans"],
  ),
  optional('goalCode', 'text', ['kode sasaran strategis', 'code of the goal']),
  needed('indicatorCode', 'text', ['kode indikator kinerja', 'code of the indicator']),
  optional('servesPlanId', 'text', [
    'rencana atasan yang diintervensi (id dari sistem)',
    "id of the superior's plan that the line serves",
  ]),
  optional('servesLineId', 'text', ['baris rencana atasan yang diintervensi', 'line of that plan']),
  optional('servesRole', { oneOf: ['CARRIES', 'SUPPORTS'] }, [
    'membawa bagian angka atasan (CARRIES) atau mendukung (SUPPORTS)',
    "carries a share of the superior's figure, or supports it",
  ]),
  optional('weight', 'integer', [
    'bobot dalam basis poin; RHK utama berjumlah 10000; kosong di semua baris: sama rata',
    'weight in basis points, main lines sum to 10000; empty on every line: equal weights',
  ]),
  optional('target', 'target', [
    'target setahun; rentang ditulis 80..90',
    'target of the year; a range is written 80..90',
  ]),
  ...MONTHS.map((month) =>
    optional(`target${month}`, 'target', [
      `target bulan ${month}, sebagai ganti target setahun`,
      `target of month ${month}, in place of the year's`,
    ]),
  ),
];

const year = needed('year', 'integer', ['tahun', 'the year']);

export const KINDS: Readonly<Record<KindName, Kind>> = {
  units: {
    name: 'units',
    title: { id: 'Unit kerja', en: 'Organisation units' },
    mutation: 'importUnits',
    inputType: 'ImportUnitsInput',
    columns: [
      needed('code', 'text', ['kode unit kerja, unik', 'code of the unit, unique']),
      needed('name', 'text', ['nama unit kerja', 'name of the unit']),
      needed('kind', 'text', ['jenis unit, mis. DINAS, PUSKESMAS', "kind of unit, the region's own word"]),
      optional('parentCode', 'text', [
        'kode unit atasan; kosong untuk unit teratas; tulis induk sebelum anak',
        'code of the unit above; empty for a root; parents before children',
      ]),
      optional('mission', 'text', ['tugas dan fungsi', 'what the unit is there for']),
      optional('headNip', 'text', [
        'NIP kepala unit; pegawainya harus sudah diimpor',
        'NIP of the head, who must have been imported already',
      ]),
      optional('headFrom', 'date', [
        'tanggal mulai menjabat; wajib bila headNip diisi',
        'first day of that head; needed with headNip',
      ]),
      optional('shardCount', 'integer', [
        'jumlah pecahan data kerja: satu untuk tiap 1.000 pegawai (bawaan 1)',
        'shards of the work data: one for each 1,000 staff (default 1)',
      ]),
    ],
    planOf: null,
    batchRows: 50,
    concurrency: 1,
    orderBy: [],
    apart: [],
    namedBy: ['code'],
  },
  staff: {
    name: 'staff',
    title: { id: 'Pegawai', en: 'Staff' },
    mutation: 'importStaff',
    inputType: 'ImportStaffInput',
    columns: [
      needed('nip', 'text', ['NIP, 18 angka', 'employee number, 18 digits']),
      needed('name', 'text', ['nama dengan gelar', 'name with titles']),
      needed('employment', { oneOf: ['PNS', 'PPPK'] }, ['PNS atau PPPK', 'permanent or on contract']),
      optional('grade', 'text', ['pangkat, golongan ruang', 'rank and class']),
      optional('email', 'text', ['alamat surel untuk pemberitahuan', 'address for mails']),
      needed('unitCode', 'text', ['kode unit kerja', 'code of the unit']),
      needed('position', 'text', ['jabatan', 'position']),
      needed('jobGroup', 'text', ['rumpun jabatan untuk pemeringkatan', 'job group of the ranking']),
      optional('assessorNip', 'text', [
        'NIP pejabat penilai bila bukan kepala unit; tulis lebih dahulu dalam berkas',
        'NIP of an assessor other than the head of the unit; earlier in the file',
      ]),
      optional('functionalLevel', { oneOf: functionalLevels }, [
        'jenjang jabatan fungsional, untuk angka kredit',
        'level of a functional position, for credits',
      ]),
      optional('positionClass', 'integer', [
        'kelas jabatan 1–17, untuk TPP',
        'position class, for the allowance',
      ]),
      needed('from', 'date', [
        'tanggal mulai di unit dan jabatan itu',
        'first day in that unit and position',
      ]),
    ],
    planOf: null,
    batchRows: 50,
    concurrency: 1,
    orderBy: [],
    apart: ['nip'],
    namedBy: ['nip', 'from'],
  },
  goals: {
    name: 'goals',
    title: { id: 'Sasaran strategis', en: 'Goals' },
    mutation: 'importGoals',
    inputType: 'ImportGoalsInput',
    columns: [
      needed('code', 'text', ['kode sasaran, unik', 'code of the goal, unique']),
      needed('title', 'text', ['sasaran strategis', 'the goal in words']),
      optional('level', { oneOf: ['VISION', 'MISSION', 'OBJECTIVE'] }, [
        'visi (VISION), misi (MISSION) atau sasaran (OBJECTIVE); kosong: sasaran',
        'vision, mission or objective; empty: objective',
      ]),
      optional('unitCode', 'text', [
        'kode unit penanggung jawab; kosong: daerah',
        'code of the unit that answers for it; empty: the region',
      ]),
      optional('parentCode', 'text', [
        'kode sasaran di atasnya; tulis induk sebelum anak',
        'code of the goal above; parents before children',
      ]),
      needed('fromYear', 'integer', ['tahun awal', 'first year']),
      needed('toYear', 'integer', ['tahun akhir', 'last year']),
    ],
    planOf: null,
    batchRows: 50,
    concurrency: 1,
    orderBy: [],
    apart: [],
    namedBy: ['code', 'unitCode'],
  },
  indicators: {
    name: 'indicators',
    title: { id: 'Indikator kinerja', en: 'Indicators' },
    mutation: 'importIndicators',
    inputType: 'ImportIndicatorsInput',
    columns: [
      needed('code', 'text', ['kode indikator, unik', 'code of the indicator, unique']),
      needed('name', 'text', ['nama indikator', 'name']),
      optional('description', 'text', ['definisi; bawaan: nama', 'what it says; default: its name']),
      optional('formula', 'text', ['cara menghitung; bawaan: nama', 'how it is computed; default: its name']),
      needed('source', 'text', ['sumber data', 'where the figures come from']),
      needed('unitOfMeasure', 'text', ['satuan', 'unit of measure']),
      needed('polarity', { oneOf: ['MAXIMIZE', 'MINIMIZE', 'RANGE', 'STABILIZE'] }, [
        'arah: makin besar makin baik, makin kecil makin baik, rentang, stabil',
        'which way is better',
      ]),
      optional('aboveRange', { oneOf: ['INSIDE_IS_BEST', 'MORE_IS_BETTER'] }, [
        'hanya untuk RANGE: arti angka di atas rentang',
        'only for RANGE: how figures above it are read',
      ]),
      needed('buildUp', { oneOf: ['SUM', 'LATEST', 'RELEASED'] }, [
        'akumulasi bulan: jumlah, angka terakhir, angka rilis',
        'how months build up to a longer period',
      ]),
      optional('realisedBy', { oneOf: ['REPORT', 'ACTIVITY'] }, [
        'angka bulanan pegawai: dilaporkan, atau disusun dari aktivitas terverifikasi; bawaan: REPORT',
        'monthly figures of staff: reported, or built from verified activities; default: REPORT',
      ]),
      optional('unitCode', 'text', [
        'kode unit penanggung jawab; kosong: daerah',
        'code of the unit that owns it; empty: the region',
      ]),
      optional('goalCode', 'text', ['kode sasaran strategis', 'code of the goal']),
      needed('effectiveFrom', 'date', ['tanggal mulai berlaku', 'first day of the definition']),
    ],
    planOf: null,
    batchRows: 50,
    concurrency: 2,
    orderBy: ['code', 'unitCode'],
    apart: ['code', 'unitCode'],
    namedBy: ['code', 'unitCode', 'effectiveFrom'],
  },
  agreements: {
    name: 'agreements',
    title: { id: 'Perjanjian kinerja', en: 'Performance agreements' },
    mutation: 'importAgreements',
    inputType: 'ImportAgreementsInput',
    columns: [needed('unitCode', 'text', ['kode unit kerja', 'code of the unit']), year, ...lineColumns],
    planOf: ['unitCode', 'year'],
    batchRows: 50,
    concurrency: 3,
    orderBy: [],
    apart: [],
    namedBy: [],
  },
  plans: {
    name: 'plans',
    title: { id: 'SKP (sasaran kinerja pegawai)', en: 'Plans' },
    mutation: 'importPlans',
    inputType: 'ImportPlansInput',
    columns: [needed('nip', 'text', ['NIP pegawai', 'NIP of the staff member']), year, ...lineColumns],
    planOf: ['nip', 'year'],
    batchRows: 50,
    concurrency: 3,
    orderBy: [],
    apart: [],
    namedBy: [],
  },
  realisations: {
    name: 'realisations',
    title: { id: 'Realisasi', en: 'Realisations' },
    mutation: 'importRealisations',
    inputType: 'ImportRealisationsInput',
    columns: [
      needed('ownerKind', { oneOf: ['STAFF', 'UNIT'] }, [
        'STAFF untuk SKP, UNIT untuk perjanjian kinerja',
        'whose plan it is',
      ]),
      needed('owner', 'text', [
        'NIP pegawai, atau kode unit',
        'NIP of the staff member, or code of the unit',
      ]),
      needed('lineId', 'text', ['nomor baris dalam rencana tahun itu', "line of that year's plan"]),
      needed('month', 'month', ['bulan, YYYY-MM', 'the month, YYYY-MM']),
      needed('value', 'decimal', [
        'realisasi; titik sebagai tanda desimal',
        'what was reached; with a decimal point',
      ]),
      optional('evidence', 'words', [
        'tautan https bukti dukung, dipisah spasi',
        'https links to evidence, separated by spaces',
      ]),
      optional('note', 'text', ['catatan', 'a note']),
    ],
    planOf: null,
    batchRows: 40,
    concurrency: 3,
    orderBy: [],
    apart: [],
    namedBy: ['owner', 'ownerKind', 'lineId', 'month'],
  },
  ratings: {
    name: 'ratings',
    title: { id: 'Penilaian perilaku', en: 'Ratings' },
    mutation: 'importRatings',
    inputType: 'ImportRatingsInput',
    columns: [
      needed('periodId', 'text', [
        'periode yang sedang terbuka, mis. 2026-Q1',
        'an open period, for example 2026-Q1',
      ]),
      needed('rateeNip', 'text', ['NIP pegawai yang dinilai', 'NIP of the rated person']),
      needed('group', { oneOf: ['SUPERIOR', 'PEER', 'SUBORDINATE', 'SELF', 'PUBLIC'] }, [
        'penilai sebagai: atasan, rekan, bawahan, diri sendiri, masyarakat',
        'as what the rater rates',
      ]),
      needed('rater', 'text', [
        'NIP penilai; untuk PUBLIC acuan anonim',
        'NIP of the rater; for PUBLIC an opaque reference',
      ]),
      needed('instrumentId', 'text', ['instrumen penilaian', 'the instrument']),
      optional('instrumentVersion', 'integer', [
        'versi instrumen; kosong: terbaru',
        'its version; empty: the newest',
      ]),
      needed('scores', 'integers', [
        'nilai tiap butir sesuai urutan instrumen, dipisah spasi, mis. 4 5 3 4 4 4 5',
        "one score an item in the instrument's order, separated by spaces",
      ]),
      optional('comment', 'text', ['komentar', 'a comment']),
    ],
    planOf: null,
    batchRows: 45,
    concurrency: 3,
    orderBy: [],
    apart: [],
    namedBy: ['rater', 'periodId', 'rateeNip', 'group'],
  },
  attendance: {
    name: 'attendance',
    title: { id: 'Presensi', en: 'Attendance' },
    mutation: 'importAttendance',
    inputType: 'ImportAttendanceInput',
    columns: [
      needed('nip', 'text', ['NIP pegawai', 'NIP of the staff member']),
      needed('month', 'month', ['bulan, YYYY-MM', 'the month, YYYY-MM']),
      needed('workingDays', 'integer', [
        'hari wajib masuk; cuti dan tugas luar bukan ketidakhadiran',
        'days on which the person had to work; leave and duty elsewhere are no absence',
      ]),
      needed('absentDays', 'integer', ['hari tidak masuk tanpa keterangan', 'days of absence without leave']),
      needed('lostMinutes', 'integer', [
        'menit terlambat dan pulang cepat pada hari lain',
        'minutes lost on the other days by coming late or leaving early',
      ]),
    ],
    planOf: null,
    batchRows: 45,
    concurrency: 3,
    orderBy: [],
    apart: [],
    namedBy: ['nip', 'month'],
  },
  absences: {
    name: 'absences',
    title: { id: 'Cuti dan masa tidak menjalankan tugas', en: 'Absences' },
    mutation: 'importAbsences',
    inputType: 'ImportAbsencesInput',
    columns: [
      needed('nip', 'text', ['NIP pegawai', 'NIP of the staff member']),
      needed(
        'kind',
        { oneOf: ['LEAVE', 'UNPAID_LEAVE', 'SUSPENDED', 'STATE_OFFICE', 'PRE_RETIREMENT', 'STUDY'] },
        [
          'cuti, cuti di luar tanggungan negara, diberhentikan sementara, pejabat negara, masa persiapan pensiun, tugas belajar',
          'why the person does not serve',
        ],
      ),
      needed('from', 'date', ['hari pertama', 'first day']),
      optional('to', 'date', ['hari terakhir; kosong: masih berlangsung', 'last day; empty: still']),
    ],
    planOf: null,
    batchRows: 45,
    concurrency: 3,
    orderBy: ['nip'],
    apart: [],
    namedBy: ['nip', 'from'],
  },
};

/** The operation that takes rows of a kind. */
export const documentOf = ({ mutation, inputType }: Kind): string =>
  `mutation Import($input: ${inputType}!) { ${mutation}(input: $input) { imported unchanged userErrors { code message path } } }`;

/** Whose token a kind can be imported with: any one of the roles. */
export const rolesOf = (kind: Kind): readonly RequestRole[] =>
  ruleOf(`Mutation.${kind.mutation}`)?.roles ?? [];
