import type { Predicate, UnitPredicate } from '../evaluation/predicate.ts';
import type { Aspect, Perspective } from '../indicator/indicator.ts';
import type { Period } from '../period/period.ts';
import type { CoreValue } from '../rating/core-values.ts';
import type { ExpectationRating, RaterGroup } from '../rating/rating.ts';
import type { IsoDate } from '../time.ts';

/*
 * The words of the official forms, as the annex of PermenPANRB 6/2022 prints them. Documents are in Indonesian, whatever
 * language the reader chose.
 */

/** The seven values with their guides to conduct (panduan perilaku), in the words of the forms. */
export const valueWords: Readonly<
  Record<CoreValue, { readonly name: string; readonly conduct: readonly string[] }>
> = {
  SERVICE: {
    name: 'Berorientasi pelayanan',
    conduct: [
      'Memahami dan memenuhi kebutuhan masyarakat',
      'Ramah, cekatan, solutif, dan dapat diandalkan',
      'Melakukan perbaikan tiada henti',
    ],
  },
  ACCOUNTABLE: {
    name: 'Akuntabel',
    conduct: [
      'Melaksanakan tugas dengan jujur, bertanggung jawab, cermat, disiplin, dan berintegritas tinggi',
      'Menggunakan kekayaan dan barang milik negara secara bertanggung jawab, efektif, dan efisien',
      'Tidak menyalahgunakan kewenangan jabatan',
    ],
  },
  COMPETENT: {
    name: 'Kompeten',
    conduct: [
      'Meningkatkan kompetensi diri untuk menjawab tantangan yang selalu berubah',
      'Membantu orang lain belajar',
      'Melaksanakan tugas dengan kualitas terbaik',
    ],
  },
  HARMONIOUS: {
    name: 'Harmonis',
    conduct: [
      'Menghargai setiap orang apapun latar belakangnya',
      'Suka menolong orang lain',
      'Membangun lingkungan kerja yang kondusif',
    ],
  },
  LOYAL: {
    name: 'Loyal',
    conduct: [
      'Memegang teguh ideologi Pancasila, Undang-Undang Dasar Negara Republik Indonesia Tahun 1945, setia pada Negara Kesatuan Republik Indonesia serta pemerintahan yang sah',
      'Menjaga nama baik sesama ASN, Pimpinan, Instansi, dan Negara',
      'Menjaga rahasia jabatan dan negara',
    ],
  },
  ADAPTIVE: {
    name: 'Adaptif',
    conduct: [
      'Cepat menyesuaikan diri menghadapi perubahan',
      'Terus berinovasi dan mengembangkan kreativitas',
      'Bertindak proaktif',
    ],
  },
  COLLABORATIVE: {
    name: 'Kolaboratif',
    conduct: [
      'Memberi kesempatan kepada berbagai pihak untuk berkontribusi',
      'Terbuka dalam bekerja sama untuk menghasilkan nilai tambah',
      'Menggerakkan pemanfaatan berbagai sumber daya untuk tujuan bersama',
    ],
  },
};

export const aspectWords: Readonly<Record<Aspect, string>> = {
  QUANTITY: 'Kuantitas',
  QUALITY: 'Kualitas',
  TIME: 'Waktu',
  COST: 'Biaya',
};

export const perspectiveWords: Readonly<Record<Perspective, string>> = {
  SERVICE_RECIPIENTS: 'Penerima Layanan',
  BUSINESS_PROCESS: 'Proses Bisnis',
  INTERNAL_STRENGTHENING: 'Penguatan Internal',
  BUDGET: 'Anggaran',
};

export const ratingWords: Readonly<Record<ExpectationRating, string>> = {
  ABOVE: 'DIATAS EKSPEKTASI',
  MEETS: 'SESUAI EKSPEKTASI',
  BELOW: 'DIBAWAH EKSPEKTASI',
};

export const predicateWords: Readonly<Record<Predicate, string>> = {
  EXCELLENT: 'SANGAT BAIK',
  GOOD: 'BAIK',
  NEEDS_IMPROVEMENT: 'BUTUH PERBAIKAN',
  POOR: 'KURANG (MISCONDUCT)',
  VERY_POOR: 'SANGAT KURANG',
};

export const unitPredicateWords: Readonly<Record<UnitPredicate, string>> = {
  OUTSTANDING: 'ISTIMEWA',
  GOOD: 'BAIK',
  NEEDS_IMPROVEMENT: 'BUTUH PERBAIKAN',
  POOR: 'KURANG',
  VERY_POOR: 'SANGAT KURANG',
};

/** The predicate that most staff of a unit ideally have, by the unit's own (annex, chapter IV, second step). */
export const usualPredicate: Readonly<Record<UnitPredicate, Predicate>> = {
  OUTSTANDING: 'EXCELLENT',
  GOOD: 'GOOD',
  NEEDS_IMPROVEMENT: 'NEEDS_IMPROVEMENT',
  POOR: 'POOR',
  VERY_POOR: 'VERY_POOR',
};

/** Who wrote a comment with a rating, as the column of feedback names them; peers and subordinates are `Pegawai` there. */
export const raterWords: Readonly<Record<RaterGroup, string>> = {
  SUPERIOR: 'Pimpinan',
  PEER: 'Pegawai',
  SUBORDINATE: 'Pegawai',
  PUBLIC: 'Penerima layanan',
  SELF: 'Pegawai yang dinilai',
};

const MONTHS = [
  'Januari',
  'Februari',
  'Maret',
  'April',
  'Mei',
  'Juni',
  'Juli',
  'Agustus',
  'September',
  'Oktober',
  'November',
  'Desember',
] as const;

const monthWord = (date: IsoDate): string => MONTHS[Number(date.slice(5, 7)) - 1] ?? '';

/** `2026-03-09` → `9 Maret 2026`. */
export const dateWords = (date: IsoDate): string =>
  `${Number(date.slice(8))} ${monthWord(date)} ${date.slice(0, 4)}`;

/** `1 JANUARI SD 31 MARET TAHUN 2026`, as in the head of the forms. */
export const spanWords = (start: IsoDate, end: IsoDate): string =>
  `${Number(start.slice(8))} ${monthWord(start)} SD ${Number(end.slice(8))} ${monthWord(end)} TAHUN ${end.slice(0, 4)}`.toUpperCase();

const QUARTERS = ['I', 'II', 'III', 'IV'] as const;

const quarterWord = (start: IsoDate): string =>
  `${QUARTERS[Math.floor((Number(start.slice(5, 7)) - 1) / 3)] ?? ''}`;

/** Which period it is: `TRIWULAN I`, `AKHIR` for a year, `BULAN JANUARI`. */
export const periodWords = ({ kind, start }: Pick<Period, 'kind' | 'start'>): string => {
  if (kind === 'YEAR') return 'AKHIR';
  return kind === 'MONTH' ? `BULAN ${monthWord(start).toUpperCase()}` : `TRIWULAN ${quarterWord(start)}`;
};

/** The same in a sentence: `Triwulan I Tahun 2026`, `Tahun 2026`, `Bulan Januari Tahun 2026`. */
export const periodTitle = ({ kind, start }: Pick<Period, 'kind' | 'start'>): string => {
  const year = `Tahun ${start.slice(0, 4)}`;
  if (kind === 'YEAR') return year;
  return kind === 'MONTH' ? `Bulan ${monthWord(start)} ${year}` : `Triwulan ${quarterWord(start)} ${year}`;
};
