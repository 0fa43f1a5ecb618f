import type { DistributionWarning } from './evaluation/distribution.ts';
import type { NipFault } from './organisation/nip.ts';
import type { PolicyFault } from './period/policy.ts';
import type { CascadeWarning } from './plan/cascade.ts';
import type { Problem, ProblemCode, ProblemParams } from './problem.ts';
import { stateWords } from './state-words.ts';

/** Languages of the service: Indonesian and English. */
export type Locale = 'id' | 'en';

/** One text in both languages; `{name}` stands for a parameter of the problem. */
export type Message = Readonly<Record<Locale, string>>;

/**
 * What each code says. A part in square brackets is left out when a parameter in it is not given:
 * `Di luar rentang[: paling sedikit {minimum}]`.
 */
export const messages: Readonly<Record<ProblemCode, Message>> = {
  REQUIRED: { id: 'Wajib diisi', en: 'Required' },
  INVALID_FORMAT: {
    id: 'Bentuknya tidak sesuai[: {value}][; yang diharapkan: {expected}]',
    en: 'Not in the right form[: {value}][; expected: {expected}]',
  },
  OUT_OF_RANGE: {
    id: 'Di luar rentang[; dari {minimum}][; sampai {maximum}]',
    en: 'Out of range[; from {minimum}][; to {maximum}]',
  },
  TOO_LONG: {
    id: 'Terlalu panjang[; paling banyak {maximum} karakter]',
    en: 'Too long[; at most {maximum} characters]',
  },
  TOO_MANY: {
    id: 'Terlalu banyak[ {counted}][; paling banyak {maximum}]',
    en: 'Too many[ {counted}][; at most {maximum}]',
  },
  DUPLICATE: {
    id: 'Tercantum lebih dari sekali[: {value}][ (pertama pada baris {line})]',
    en: 'Listed more than once[: {value}][ (first on line {line})]',
  },
  ONE_OF: { id: 'Isi salah satu saja[ dari {options}]', en: 'Give only one[ of {options}]' },
  NOT_APPLICABLE: { id: 'Tidak berlaku[ untuk {to}]', en: 'Does not apply[ to {to}]' },
  INVALID_NIP: { id: 'NIP tidak sah[ ({reason})]', en: 'Invalid NIP[ ({reason})]' },
  INVALID_CURSOR: {
    id: 'Kursor tidak berlaku untuk daftar ini',
    en: 'The cursor does not belong to this list',
  },
  NOT_FOUND: {
    id: 'Tidak ditemukan[: {id}][ (tanggal {date})]',
    en: 'Not found[: {id}][ (on {date})]',
  },
  ALREADY_EXISTS: { id: 'Sudah ada[: {id}]', en: 'Already exists[: {id}]' },
  IN_USE: { id: 'Masih dipakai[: {id}]', en: 'Still in use[: {id}]' },
  RETIRED: { id: 'Sudah tidak berlaku[: {id}]', en: 'Already retired[: {id}]' },
  UNAUTHENTICATED: { id: 'Masuklah terlebih dahulu', en: 'Sign in first' },
  FORBIDDEN: { id: 'Anda tidak berhak melakukan ini', en: 'You have no right to do this' },
  CONFLICT: {
    id: 'Data sudah diubah pihak lain; muat ulang lalu ulangi[ (versi sekarang {version})]',
    en: 'Somebody else changed this meanwhile; load it again and repeat[ (now at version {version})]',
  },
  IDEMPOTENCY_KEY_REUSED: {
    id: 'Kunci idempotensi sudah dipakai untuk masukan lain',
    en: 'The idempotency key was used with another input',
  },
  BUSY: { id: 'Sistem sedang sibuk; ulangi sebentar lagi', en: 'Busy; repeat in a moment' },
  UNIT_CYCLE: {
    id: 'Unit tidak dapat berada di bawah dirinya sendiri',
    en: 'A unit cannot lie below itself',
  },
  UNIT_NOT_EMPTY: {
    id: 'Unit masih mempunyai unit bawahan atau pegawai[ (unit: {units})][ (pegawai: {staff})]',
    en: 'The unit still has units below it or staff[ (units: {units})][ (staff: {staff})]',
  },
  NOT_MEMBER: { id: 'Bukan pegawai unit ini[: {id}]', en: 'Does not serve in this unit[: {id}]' },
  WEIGHTS_DO_NOT_SUM: {
    id: 'Bobot harus berjumlah[ {expected}][; sekarang {actual}]',
    en: 'The weights must sum[ to {expected}][; now {actual}]',
  },
  TARGET_SIGN: { id: 'Tanda target tidak sesuai', en: 'The target has the wrong sign' },
  TARGET_MISSING: { id: 'Target belum ada', en: 'The target is missing' },
  TARGET_SHAPE: {
    id: 'Bentuk target tidak sesuai dengan polaritas atau cara penghitungan indikator',
    en: "The target does not fit the indicator's polarity or build-up",
  },
  WRONG_STATE: {
    id: 'Tidak dapat dilakukan pada keadaan sekarang[: {state}]',
    en: 'Not possible in the present state[: {state}]',
  },
  NO_CHANGE: { id: 'Tidak ada yang berubah', en: 'Nothing changes' },
  REASON_REQUIRED: { id: 'Alasan wajib diisi', en: 'A reason is required' },
  GOAL_LEVEL: {
    id: 'Tingkat tujuan tidak sesuai: misi hanya di bawah visi, visi tidak di bawah apa pun',
    en: 'The level does not fit: a mission serves only a vision, and a vision nothing',
  },
  NOT_IN_AGREEMENT: {
    id: 'Hanya SKP pegawai yang memuat ekspektasi dan lampiran, bukan perjanjian kinerja unit',
    en: "Only a staff member's plan has expectations and attachments, not a unit's agreement",
  },
  OUTSIDE_PERIOD: {
    id: 'Di luar periode[ {period}][ ({month})][: belum ada periode terbuka untuk {needed}]',
    en: 'Outside of the period[ {period}][ ({month})][: no period is open for {needed}]',
  },
  EVIDENCE_REQUIRED: { id: 'Bukti dukung wajib dilampirkan', en: 'Evidence is required' },
  REALISED_BY_ACTIVITY: {
    id: 'Angka rencana ini disusun dari aktivitas yang terverifikasi; laporkan, verifikasi atau kembalikan aktivitasnya',
    en: 'The figures of this work result are built from verified activities: report, verify or return those',
  },
  FILE_MISSING: {
    id: 'Berkas belum diunggah, atau tiket unggahnya sudah kedaluwarsa',
    en: 'The file has not been uploaded, or its upload ticket has expired',
  },
  NOT_A_RATER: {
    id: 'Anda tidak ditetapkan sebagai penilai orang ini[ ({group})]',
    en: 'You are not a rater of this person[ ({group})]',
  },
  SELF_AS_OTHER: {
    id: 'Diri sendiri hanya dapat dinilai sebagai diri sendiri',
    en: 'Oneself can only be rated as oneself',
  },
  ITEMS_INCOMPLETE: {
    id: 'Setiap butir instrumen harus dinilai tepat sekali',
    en: 'Every item of the instrument must be scored exactly once',
  },
  ONE_UNIT_ONLY: {
    id: 'Kegiatan lintas unit memerlukan pegawai dari sedikitnya dua unit',
    en: 'Work across units needs people from at least two units',
  },
  RESULT_FIRST: {
    id: 'Laporkan dahulu hasil kegiatannya[ ({operation})]',
    en: 'Report first what came of it[ ({operation})]',
  },
  FOLLOW_UP_FIRST: {
    id: 'Sesuaikan ekspektasi, bimbing, atau beri konseling terlebih dahulu (Pasal 20 ayat (6))',
    en: 'Adjust expectations, guide or counsel first (article 20, paragraph 6)',
  },
  NOT_A_PEER: {
    id: 'Bukan rekan kerja setingkat dari orang yang dinilai',
    en: 'Not a peer of the person who is rated',
  },
  TOO_FEW_PEERS: {
    id: 'Rekan terlalu sedikit[ (paling sedikit {minimum})]',
    en: 'Too few peers[ (at least {minimum})]',
  },
  PEERS_NOT_CHOSEN: {
    id: 'Menurut kebijakan, rekan penilai periode ini tidak ditentukan dengan cara ini[: {period}]',
    en: 'By the policy the peers of this period are not chosen in this way[: {period}]',
  },
  ALREADY_RATED: {
    id: 'Penilaian sudah diberikan dan tidak dapat ditolak lagi',
    en: 'The rating has been given and cannot be declined any more',
  },
  YEAR_FROM_PERIODS: {
    id: 'Hasil tahun ini disusun dari hasil triwulan atau bulannya, sehingga penilaian hanya diberikan dalam periode itu[: {period}]',
    en: 'The results of this year are built from those of its quarters or months: rate in these[: {period}]',
  },
  TOO_FEW_COLLEAGUES: {
    id: 'Tanpa nama hanya jika cukup banyak rekan dapat menulisnya[ (sedikitnya {minimum})]; bubuhkan nama Anda',
    en: 'Unsigned only where enough colleagues could have written it[ (at least {minimum})]; sign it',
  },
  PERIOD_CLOSED: { id: 'Periode sudah ditutup[: {period}]', en: 'The period is closed[: {period}]' },
  PERIOD_NOT_OPEN: {
    id: 'Periode tidak terbuka[: {period}][ ({state})]',
    en: 'The period is not open[: {period}][ ({state})]',
  },
  PERIOD_NOT_FINAL: {
    id: 'Hasil periode ini masih dapat berubah; tunggu sampai final[: {period}]',
    en: 'The results of this period can still change; wait until it is final[: {period}]',
  },
  PERIOD_FINAL: { id: 'Periode sudah final[: {period}]', en: 'The period is final[: {period}]' },
  PERIOD_NOT_OVER: {
    id: 'Periode belum berakhir[; hari terakhirnya {date}]',
    en: 'The period is not over[; its last day is {date}]',
  },
  NOT_YET: {
    id: 'Belum waktunya[; dapat dilakukan mulai {date}]',
    en: 'It is too early[; possible from {date} on]',
  },
  POLICY_INVALID: {
    id: 'Kebijakan tidak sah[: {rule}][; paling sedikit {minimum}][; paling banyak {maximum}][; yang boleh: {allowed}]',
    en: 'Invalid policy[: {rule}][; at least {minimum}][; at most {maximum}][; allowed: {allowed}]',
  },
  // Objections
  OBJECTION_TOO_LATE: {
    id: 'Keberatan tidak dapat diajukan lagi[; hari terakhir {date}]',
    en: 'An objection can be filed no more[; the last day was {date}]',
  },
  NO_PREVIOUS_RESULT: {
    id: 'Yang dapat digunakan hanya hasil periode sebelumnya dari pejabat penilai lain, dalam periode bulanan atau triwulanan, dan bukan untuk pimpinan unit kerja',
    en: 'Only the result of the period before that another assessor made can be used, in a month or quarter, and not for heads of units',
  },
  CARRIED_OVER: {
    id: 'Pejabat penilai dan pegawai sudah sepakat menggunakan hasil periode sebelumnya[: {period}]',
    en: 'Assessor and staff member have agreed to use the previous result[: {period}]',
  },
  RESULT_FINAL: {
    id: 'Hasil evaluasi bersifat final, karena ditetapkan oleh atasan pejabat penilai atau kepala daerah',
    en: "The evaluation is final: it was made by the assessor's superior or the head of the region",
  },
  NOT_HEARD: {
    id: 'Pejabat penilai belum memberi penjelasan[; waktunya sampai {date}]',
    en: 'The assessor has not explained yet[; there is time until {date}]',
  },
  INVALID_CODE: {
    id: 'Kode tidak berlaku atau sudah dipakai',
    en: 'The code is not valid or was used already',
  },
  CODE_REQUIRED: {
    id: 'Survei ini hanya dapat dijawab dengan kode dari petugas layanan',
    en: 'This survey takes answers only with a code from the service desk',
  },
  CAMPAIGN_NOT_OPEN: {
    id: 'Survei belum dibuka[; dibuka {date}]',
    en: 'The survey has not opened yet[; it opens on {date}]',
  },
  CAMPAIGN_CLOSED: { id: 'Survei sudah ditutup', en: 'The survey is closed' },
  RATE_LIMITED: {
    id: 'Terlalu banyak jawaban tanpa kode dalam satu jam ini; ulangi nanti',
    en: 'Too many answers without a code in this hour; try again later',
  },
  WRONG_COLUMNS: {
    id: 'Kolom berkas tidak sesuai[; tidak ada: {missing}][; tidak dikenal: {unknown}][; yang boleh: {allowed}][; seharusnya {expected}, ada {actual}]',
    en: 'Wrong columns[; missing: {missing}][; unknown: {unknown}][; allowed: {allowed}][; expected {expected}, found {actual}]',
  },
  INVALID_ENCODING: {
    id: 'Teks bukan UTF-8 yang sah[; byte pertama yang salah ada di baris {line}; di Excel simpan sebagai "CSV UTF-8"]',
    en: 'The text is not valid UTF-8[; the first wrong byte is in line {line}; in Excel save it as "CSV UTF-8"]',
  },
};

const OPTIONAL = /\[([^\]]*)\]/g;
const PARAMETER = /\{(\w+)\}/g;

/** Names of the parameters in a text. */
export const paramsOf = (text: string): string[] =>
  [...text.matchAll(PARAMETER)].map(([, name = '']) => name).sort();

/** Fills a text; a bracketed part without its parameters is left out. */
export const fill = (text: string, params: ProblemParams): string =>
  `${text
    .replace(OPTIONAL, (_, part: string) => (paramsOf(part).every((name) => name in params) ? part : ''))
    .replace(PARAMETER, (_, name: string) => String(params[name] ?? ''))}.`;

/** What a problem says in the reader's language. */
export const messageOf = ({ code, params }: Problem, locale: Locale): string =>
  fill(messages[code][locale], wordsOf(params, locale));

/** What a code says, if it is that of a problem; null for any other, as the name of an error. */
export const messageOfCode = (code: string, params: ProblemParams, locale: Locale): string | null =>
  Object.hasOwn(messages, code) ? messageOf({ code: code as ProblemCode, path: [], params }, locale) : null;

/** The parameters of a problem, in words where they are stable names. */
const wordsOf = (params: ProblemParams, locale: Locale): ProblemParams =>
  Object.fromEntries(
    Object.entries(params).map(([name, value]) => {
      const words: Readonly<Record<string, Message>> = Object.hasOwn(paramWords, name)
        ? paramWords[name as keyof typeof paramWords]
        : {};
      return [name, Object.hasOwn(words, value) ? (words[value]?.[locale] ?? value) : value];
    }),
  );

/** Words of results, in sentences. */
export const resultWords = {
  weight: { SHARED: { id: 'bobotnya dibagikan kepada yang lain', en: 'the weight went to the others' } },
  predicate: {
    EXCELLENT: { id: 'sangat baik', en: 'excellent' },
    GOOD: { id: 'baik', en: 'good' },
    NEEDS_IMPROVEMENT: { id: 'butuh perbaikan', en: 'needs improvement' },
    POOR: { id: 'kurang', en: 'poor' },
    VERY_POOR: { id: 'sangat kurang', en: 'very poor' },
  },
  carryoverSide: {
    STAFF: { id: 'pegawai', en: 'the staff member' },
    ASSESSOR: { id: 'pejabat penilai', en: 'the assessor' },
  },
  unitDecider: {
    LEADER_ABOVE: { id: 'pimpinan satu tingkat di atas', en: 'the leader one level up' },
    PLANNER: { id: 'perencana daerah', en: "the region's planner" },
  },
  numericClass: {
    VERY_GOOD: { id: 'sangat baik', en: 'very good' },
    GOOD: { id: 'baik', en: 'good' },
    FAIR: { id: 'cukup', en: 'fair' },
    POOR: { id: 'kurang', en: 'poor' },
    VERY_POOR: { id: 'sangat kurang', en: 'very poor' },
  },
  unitPredicate: {
    OUTSTANDING: { id: 'istimewa', en: 'outstanding' },
    GOOD: { id: 'baik', en: 'good' },
    NEEDS_IMPROVEMENT: { id: 'butuh perbaikan', en: 'needs improvement' },
    POOR: { id: 'kurang', en: 'poor' },
    VERY_POOR: { id: 'sangat kurang', en: 'very poor' },
  },
  line: {
    MAIN: { id: 'utama', en: 'main' },
    ADDITIONAL: { id: 'tambahan', en: 'additional' },
  },
  realisation: {
    REPORTED: { id: 'dilaporkan', en: 'reported' },
    VERIFIED: { id: 'diverifikasi', en: 'verified' },
    REJECTED: { id: 'ditolak', en: 'rejected' },
  },
  rating: {
    ABOVE: { id: 'di atas ekspektasi', en: 'above expectation' },
    MEETS: { id: 'sesuai ekspektasi', en: 'meets expectation' },
    BELOW: { id: 'di bawah ekspektasi', en: 'below expectation' },
  },
  group: {
    SUPERIOR: { id: 'atasan', en: 'superior' },
    PEER: { id: 'rekan', en: 'peers' },
    SUBORDINATE: { id: 'bawahan', en: 'subordinates' },
    SELF: { id: 'diri sendiri', en: 'self' },
    PUBLIC: { id: 'masyarakat', en: 'people served' },
  },
  notAdjusted: {
    TOO_FEW_RATINGS: {
      id: 'unit ini mempunyai terlalu sedikit penilaian',
      en: 'the unit has too few ratings',
    },
    TOO_FEW_RATERS: { id: 'unit ini mempunyai terlalu sedikit penilai', en: 'the unit has too few raters' },
    TOO_FEW_RATEES: {
      id: 'terlalu sedikit pegawai yang dinilai di unit ini',
      en: 'too few people of the unit were rated',
    },
    TOO_FEW_COMPARISONS: {
      id: 'hampir tidak ada penilai yang menilai orang yang sama, sehingga tidak dapat dibandingkan',
      en: 'hardly any raters rated the same people, so they cannot be compared',
    },
    NOT_CONNECTED: {
      id: 'para penilai tidak menilai orang lain yang menghubungkan mereka dengan bagian lain unit ini',
      en: 'the raters rated nobody who connects them with the rest of the unit',
    },
    NO_DIFFERENCES: { id: 'semua penilaian di unit ini sama', en: 'all ratings of the unit are the same' },
    UNIT_TOO_LARGE: { id: 'unit ini terlalu besar untuk dihitung', en: 'the unit is too large to compute' },
  },
  counts: {
    RAW: { id: 'nilai tanpa penyesuaian yang berlaku', en: 'the score without adjustment counts' },
    ADJUSTED: { id: 'nilai inilah yang berlaku', en: 'this score counts' },
  },
  notMeasured: {
    NO_REALISATION: { id: 'belum ada realisasi', en: 'nothing was reported' },
    WAITING_RELEASE: { id: 'angka resmi belum terbit', en: 'the published figure is not out yet' },
    NO_TARGET: { id: 'tidak ada target', en: 'there is no target' },
    ZERO_TARGET: { id: 'target nol tidak dapat diukur', en: 'a target of zero cannot be measured' },
    NO_PLAN: { id: 'belum ada rencana yang disepakati', en: 'there is no agreed plan' },
    NO_LINES_MEASURED: {
      id: 'tidak ada rencana hasil kerja yang terukur',
      en: 'no work result could be measured',
    },
    NO_RATINGS: { id: 'belum ada penilaian', en: 'nobody has rated' },
    TOO_FEW_RATERS: {
      id: 'penilai terlalu sedikit untuk menjaga kerahasiaan mereka',
      en: 'too few have rated to keep them anonymous',
    },
    TAKEN_OVER: { id: 'diambil alih oleh pimpinan', en: 'taken over by the leader' },
    NO_PERIODS: {
      id: 'belum ada hasil periode yang menjadi dasarnya',
      en: 'there is no result of a period to build on',
    },
    ABSENT: { id: 'terlalu lama tidak bertugas', en: 'the person was away for too long' },
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, Message>>>>;

const nipFaults = {
  LENGTH: { id: 'harus 18 angka', en: 'it must have 18 digits' },
  DIGITS: { id: 'hanya boleh angka', en: 'only digits are allowed' },
  BIRTH_DATE: { id: 'tanggal lahir tidak mungkin', en: 'impossible date of birth' },
  APPOINTMENT: { id: 'bulan pengangkatan tidak mungkin', en: 'impossible month of appointment' },
  SEX: { id: 'angka jenis kelamin harus 1 atau 2', en: 'the digit of the sex must be 1 or 2' },
  SERIAL: {
    id: 'nomor urut tidak mungkin 000; lembar kerja membulatkan NIP yang tidak disimpan sebagai teks',
    en: 'no serial is 000; a spreadsheet rounds a NIP that is not kept as text',
  },
} as const satisfies Readonly<Record<NipFault, Message>>;

const policyFaults = {
  SELF_NEVER_COUNTS: { id: 'penilaian diri tidak pernah dihitung', en: "one's own rating never counts" },
  SUPERIOR_ALONE: { id: 'atasan harus menjadi kelompok sendiri', en: 'the superior must be a pool alone' },
  NOT_A_DATE: { id: 'bukan tanggal', en: 'not a date' },
  BANDS_IN_ORDER: { id: 'batas-batasnya tidak berurutan', en: 'its bounds are not in order' },
  BAND_OVER_CAP: {
    id: 'batas itu tidak dapat dicapai karena batas tertinggi capaian',
    en: 'the cap on achievement keeps everybody from reaching it',
  },
  BAND_OVER_SCALE: { id: 'batas itu di atas ujung skala', en: 'it lies above the end of the scale' },
  SCALE_INCREASES: { id: 'skala harus selalu naik', en: 'the scale must always rise' },
  SCALE_COVERS_1_TO_5: {
    id: 'skala harus mencakup rata-rata 1 sampai 5',
    en: 'the scale must cover means from 1 to 5',
  },
  POOLS_SUM_TO_WHOLE: {
    id: 'bobot kelompok penilai harus berjumlah 10.000',
    en: 'the weights of the pools must sum to 10,000',
  },
  GROUP_TWICE: { id: 'ada penilai di lebih dari satu kelompok', en: 'a group of raters is in two pools' },
  UNIT_TWICE: {
    id: 'ada unit yang bobotnya tercantum dua kali',
    en: 'a unit has pools of its own twice',
  },
  POOLS_CUT_ALIKE: {
    id: 'kelompok penilai yang sama harus digabungkan dengan cara yang sama di wilayah dan di semua unit',
    en: 'a group of raters must be pooled with the same others in the region and in every unit',
  },
  EXPLAIN_BEFORE_DECIDE: {
    id: 'penjelasan pejabat penilai jatuh tempo paling lambat bersama keputusannya',
    en: 'the explanation is due no later than the decision',
  },
  FOLLOW_UP_TWICE: {
    id: 'ada aturan tindak lanjut yang tercantum dua kali',
    en: 'a follow-up rule is listed twice',
  },
  HOLIDAY_TWICE: { id: 'ada hari libur yang tercantum dua kali', en: 'a holiday is listed twice' },
  ALLOWANCE_WEIGHTS_SUM_TO_100: {
    id: 'bobot produktivitas dan disiplin harus berjumlah 100',
    en: 'the weights of productivity and discipline must sum to 100',
  },
  POSITION_CLASS_TWICE: {
    id: 'ada kelas jabatan yang tercantum dua kali',
    en: 'a position class is listed twice',
  },
  // What the schema of the rules says of single values.
  too_small: { id: 'terlalu kecil atau terlalu sedikit', en: 'too small, or too few' },
  too_big: { id: 'terlalu besar atau terlalu banyak', en: 'too large, or too many' },
  invalid_type: { id: 'jenis nilainya salah', en: 'a value of the wrong kind' },
  invalid_value: { id: 'nilai tidak dikenal', en: 'an unknown value' },
  unrecognized_keys: { id: 'ada isian yang tidak dikenal', en: 'an unknown field' },
} as const satisfies Readonly<Record<PolicyFault, Message>> & Readonly<Record<string, Message>>;

/** Words for parameters that are stable names. */
export const paramWords = {
  state: stateWords,
  reason: nipFaults,
  rule: policyFaults,
  expected: {
    WHOLE_NUMBER: { id: 'bilangan bulat', en: 'a whole number' },
    WHOLE_NUMBERS: { id: 'bilangan bulat dipisah spasi', en: 'whole numbers separated by spaces' },
    DATE: { id: 'tanggal yang ada, YYYY-MM-DD', en: 'a date that exists, YYYY-MM-DD' },
  },
  to: {
    TABLE: { id: 'tabel ini', en: 'this table' },
    KEEP: { id: 'indikator yang dipertahankan', en: 'an indicator that is kept' },
    RETIRE: { id: 'indikator yang dihentikan', en: 'an indicator that is retired' },
  },
  counted: {
    SERVED: { id: 'sasaran dan hasil kerja atasan', en: "goals and superiors' work results" },
  },
  group: resultWords.group,
} as const satisfies Readonly<Record<string, Readonly<Record<string, Message>>>>;

/** Sentences that tell a staff member how their result came about. */
export const summaryTexts = {
  WORK_RESULT: {
    id: 'Hasil kerja {score}: rata-rata tertimbang capaian {measured} dari {lines} rencana hasil kerja utama',
    en: 'Work result {score}: the weighted mean of what was reached on {measured} of {lines} main work results',
  },
  WORK_RESULT_OF_UNIT: {
    id: 'Hasil kerja {score}: capaian unit yang dipimpin',
    en: 'Work result {score}: the achievement of the unit that you head',
  },
  PRESENCE: {
    id: 'Bertugas {served} dari {days} hari periode, {absent} di antaranya cuti atau tidak menjalankan tugas; hadir {present} hari',
    en: 'Served on {served} of the {days} days of the period, {absent} of them on leave or relieved of duty; present on {present}',
  },
  STUDY: {
    id: '{study} hari di antaranya tugas belajar, yang dinilai seperti bertugas',
    en: '{study} of these days were given to study, which is evaluated like service',
  },
  NOT_PRESENT: {
    id: 'Kehadiran itu tidak cukup untuk dievaluasi menurut kebijakan; angka yang ada hanya ditampilkan',
    en: 'By the policy that is not enough to be evaluated; the figures that exist are only shown',
  },
  CARRIED_OVER: {
    id: 'Setelah pindah unit atau berganti pejabat penilai, hasil evaluasi periode {period} digunakan sesuai kesepakatan pejabat penilai dan pegawai, atas usul {by}',
    en: 'After a transfer or with a new assessor, the result of {period} is used by agreement of assessor and staff member, as {by} proposed',
  },
  WORK_RESULT_OF_PERIODS: {
    id: 'Hasil kerja {score}: rata-rata hasil periode {periods}',
    en: 'Work result {score}: the mean of the results of {periods}',
  },
  BEHAVIOUR_OF_PERIODS: {
    id: 'Perilaku kerja {score}: rata-rata hasil periode {periods}',
    en: 'Behaviour {score}: the mean of the results of {periods}',
  },
  UNIT_PREDICATE_SET: {
    id: 'Predikat unit {predicate}, ditetapkan oleh {by}[ (usulan sistem {proposed})][; alasan: {reason}]',
    en: 'The predicate of the unit is {predicate}, set by {by}[ (the system proposed {proposed})][; reason: {reason}]',
  },
  UNIT_PREDICATE_PROPOSED: {
    id: 'Predikat unit {predicate}: usulan sistem dari capaiannya, tidak ada yang menetapkan lain',
    en: 'The predicate of the unit is {predicate}: proposed by the system from its achievement, nobody set another',
  },
  NO_WORK_RESULT: {
    id: 'Hasil kerja tidak terukur: {reason}',
    en: 'The work result could not be measured: {reason}',
  },
  LINE: {
    id: '{title}: target {target}, realisasi {realisation}, capaian {achievement} %, bobot {weight} %[; {rating}]',
    en: '{title}: target {target}, reached {realisation}, achievement {achievement} %, weight {weight} %[; {rating}]',
  },
  ADDITIONAL_LINE: {
    id: 'Tambahan, {title}: target {target}, realisasi {realisation}, capaian {achievement} %[; {rating}]',
    en: 'Additional, {title}: target {target}, reached {realisation}, achievement {achievement} %[; {rating}]',
  },
  LINE_NOT_MEASURED: {
    id: '{title}: tidak dihitung karena {reason}[, realisasi {realisation}][; {weight}]',
    en: '{title}: not counted because {reason}[, reached {realisation}][; {weight}]',
  },
  BEHAVIOUR: {
    id: 'Perilaku kerja {score}: rata-rata tertimbang kelompok penilai',
    en: 'Behaviour {score}: the weighted mean of the groups of raters',
  },
  POOLS_OF_UNIT: {
    id: 'Bobot kelompok penilai ini adalah bobot unit {unit}, bukan bobot wilayah',
    en: 'These weights of the groups of raters are those of the unit {unit}, not of the region',
  },
  BEHAVIOUR_ADJUSTED: {
    id: 'Perilaku kerja {score}: nilai yang sudah memperhitungkan penilai yang ketat dan yang longgar; tanpa itu {raw}, rata-rata tertimbang kelompok penilai',
    en: 'Behaviour {score}: the score that allows for strict and mild raters; without that {raw}, the weighted mean of the groups of raters',
  },
  ADJUSTED: {
    id: 'Sebagian penilai lebih ketat daripada yang lain. Bila itu diperhitungkan, rata-rata penilaian menjadi {mean} dari 5 (galat baku {error}, dari {ratings} penilaian), yaitu {score} poin; menurut kebijakan {counts}',
    en: 'Some raters are stricter than others. With that allowed for, the mean of the ratings is {mean} of 5 (standard error {error}, from {ratings} ratings), which is {score} points; by the policy {counts}',
  },
  NOT_ADJUSTED: {
    id: 'Ketat atau longgarnya penilai tidak dapat diperhitungkan karena {reason}; nilai tanpa penyesuaian yang berlaku',
    en: 'Strict and mild raters could not be allowed for because {reason}; the score without adjustment counts',
  },
  NO_BEHAVIOUR: { id: 'Perilaku kerja tidak dinilai: {reason}', en: 'The behaviour was not rated: {reason}' },
  POOL: {
    id: 'Penilai {groups}: {points} poin, bobot {weight} %',
    en: 'Raters ({groups}): {points} points, weight {weight} %',
  },
  POOL_NOT_COUNTED: {
    id: 'Penilai {groups}: tidak dihitung karena {reason}[; {weight}]',
    en: 'Raters ({groups}): not counted because {reason}[; {weight}]',
  },
  POOL_LATER: {
    id: 'Penilai {groups}: tidak masuk usulan; diperhitungkan dan terlihat dalam hasil yang diumumkan, agar tidak ada penilai yang dikenali',
    en: 'Raters ({groups}): not in the proposal; counted and shown in the published result, so that no rater can be recognised',
  },
  PROPOSED: {
    id: 'Usulan sistem: hasil kerja {workResult}, perilaku {behaviour}',
    en: 'The system proposes: work result {workResult}, behaviour {behaviour}',
  },
  DECIDED: {
    id: 'Pejabat penilai menetapkan: hasil kerja {workResult}, perilaku {behaviour}[; alasan: {reason}]',
    en: 'The assessor decided: work result {workResult}, behaviour {behaviour}[; reason: {reason}]',
  },
  DECIDED_IN_PLACE: {
    id: 'Atasan pejabat penilai menetapkan karena pejabat penilai tidak mengevaluasi pada waktunya: hasil kerja {workResult}, perilaku {behaviour}[; alasan: {reason}]. Hasil ini bersifat final',
    en: "The assessor's superior decided, because the assessor did not evaluate in time: work result {workResult}, behaviour {behaviour}[; reason: {reason}]. This result is final",
  },
  DECIDED_FOR_FORMER: {
    id: 'Atasan pejabat penilai menetapkan karena pejabat penilai tidak lagi bertugas: hasil kerja {workResult}, perilaku {behaviour}[; alasan: {reason}]',
    en: "The assessor's superior decided, because the assessor has left the service: work result {workResult}, behaviour {behaviour}[; reason: {reason}]",
  },
  DECIDED_BY_REGIONAL_HEAD: {
    id: 'Kepala daerah menetapkan: hasil kerja {workResult}, perilaku {behaviour}[; alasan: {reason}]. Hasil ini bersifat final',
    en: 'The head of the region decided: work result {workResult}, behaviour {behaviour}[; reason: {reason}]. This result is final',
  },
  WORK_RESULT_ON_OBJECTION: {
    id: 'Putusan atas keberatan menetapkan hasil kerja: {rating}',
    en: 'The decision on the objection sets the work result: {rating}',
  },
  BEHAVIOUR_ON_OBJECTION: {
    id: 'Putusan atas keberatan menetapkan perilaku: {rating}',
    en: 'The decision on the objection sets the behaviour: {rating}',
  },
  LEFT_OUT: {
    id: 'Tidak diperhitungkan karena pejabat penilainya sudah berganti: {decisions} penetapan, {ratings} penilaian perilaku sebagai atasan',
    en: 'Not counted because the assessor has changed: {decisions} decisions, {ratings} ratings of behaviour as superior',
  },
  PREDICATE: { id: 'Predikat kinerja: {predicate}', en: 'Predicate: {predicate}' },
  NO_PREDICATE: {
    id: 'Predikat belum dapat ditetapkan; yang tidak terukur tidak dianggap nol',
    en: 'There is no predicate yet; what could not be measured does not count as zero',
  },
  SCORE: {
    id: 'Nilai untuk pemeringkatan: {workShare} % hasil kerja + {behaviourShare} % perilaku = {score}',
    en: 'Score for the ranking: {workShare} % work result + {behaviourShare} % behaviour = {score}',
  },
  CLASS: { id: 'Sebutan menurut PP 30/2019: {numericClass}', en: 'Class by PP 30/2019: {numericClass}' },
  RANKS: {
    id: 'Peringkat: {unit} dari {ofUnit} di unit, {jobGroup} dari {ofJobGroup} di rumpun jabatan, {region} dari {ofRegion} di daerah',
    en: 'Rank: {unit} of {ofUnit} in the unit, {jobGroup} of {ofJobGroup} in the job group, {region} of {ofRegion} in the region',
  },
} as const satisfies Readonly<Record<string, Message>>;

export type SummaryKey = keyof typeof summaryTexts;

/** One sentence of a summary. */
export const summaryText = (key: SummaryKey, params: ProblemParams, locale: Locale): string =>
  fill(summaryTexts[key][locale], params);

/** How figures of a result are rounded. */
export const roundingNote: Message = {
  id: 'Setiap tahap (capaian, hasil kerja, perilaku, nilai) dihitung tepat dan dibulatkan setengah ke atas pada enam desimal; dua desimal hanya untuk tampilan. Rata-rata yang memperhitungkan ketatnya penilai berasal dari model statistik satu unit, dibulatkan setengah ke atas pada dua desimal. Persentil ikut aturan yang sama.',
  en: 'Each stage (achievement, work result, behaviour, score) is computed exactly and rounded half-up to six decimals; two decimals are only shown. The mean that allows for strict raters comes from a statistical model of the unit and is rounded half-up to two decimals. Percentiles follow the same rule.',
};

const guidance = {
  AT_MOST: {
    id: 'Pedoman sebaran: predikat {predicates} paling banyak {allowed} orang; sekarang {actual}',
    en: 'Guidance on the distribution: at most {allowed} with {predicates}; now {actual}',
  },
  AT_LEAST: {
    id: 'Pedoman sebaran: predikat {predicates} paling sedikit {allowed} orang; sekarang {actual}',
    en: 'Guidance on the distribution: at least {allowed} with {predicates}; now {actual}',
  },
} as const satisfies Readonly<Record<string, Message>>;

/** What a unit's distribution does not keep of the guidance. */
export const guidanceText = (
  { bound, predicates, allowed, actual }: DistributionWarning,
  locale: Locale,
): string =>
  fill(guidance[bound][locale], {
    predicates: predicates.map((predicate) => resultWords.predicate[predicate][locale]).join(' + '),
    allowed,
    actual,
  });

/** What each warning of the cascade says. */
export const cascadeTexts = {
  SHARES_DO_NOT_ADD_UP: {
    id: 'Bagian-bagian hasil kerja atasan belum genap: {actual} dari {expected}',
    en: "The shares of the superior's figure do not add up: {actual} of {expected}",
  },
  UNIT_OF_MEASURE_DIFFERS: {
    id: 'Satuan berbeda dari hasil kerja atasan: {actual}, seharusnya {expected}',
    en: "Another unit of measure than the superior's: {actual} in place of {expected}",
  },
  BUILD_UP_DIFFERS: {
    id: 'Cara penghitungan setahun berbeda dari hasil kerja atasan, sehingga bagiannya tidak dapat dijumlahkan',
    en: "The year's figure builds up in another way than the superior's, so the shares cannot be added",
  },
  SHARE_NOT_COMPARABLE: {
    id: 'Target berupa rentang tidak dapat dibagi: {actual} sebaiknya mendukung {expected}, bukan memikul bagiannya',
    en: 'A range cannot be shared out: {actual} should support {expected}, not carry a share of it',
  },
  SERVED_LINE_GONE: {
    id: 'Hasil kerja atasan yang diintervensi sudah tidak berlaku: {expected}',
    en: "The superior's work result that is served is no longer in force: {expected}",
  },
  NOT_THE_SUPERIOR: {
    id: 'Hasil kerja yang diintervensi bukan milik atasan sekarang; sesuaikan bila perlu',
    en: "The work result that is served is not the present superior's; adjust it where needed",
  },
  NOBODY_SERVES: {
    id: 'Belum ada bawahan atau unit yang mendukung hasil kerja ini: {expected}',
    en: 'Nobody below serves this work result yet: {expected}',
  },
} as const satisfies Readonly<Record<CascadeWarning['code'], Message>>;

/** What does not fit the superior's lines. */
export const cascadeText = ({ code, expected, actual }: CascadeWarning, locale: Locale): string =>
  fill(cascadeTexts[code][locale], { expected, actual });
