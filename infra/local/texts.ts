export type Language = 'id' | 'en';

/** What `npm start` says. */
export interface Texts {
  readonly usage: string;
  readonly badOption: (reason: string) => string;
  readonly badPort: (text: string) => string;
  readonly banner: readonly string[];
  readonly starting: string;
  readonly ready: (what: string, seconds: string) => string;
  readonly system: string;
  readonly demo: string;
  readonly closing: (periodId: string) => string;
  readonly closeFailed: (periodId: string) => string;
  readonly halfLoaded: (folder: string) => string;
  readonly scheduleFailed: string;
  readonly units: (periodId: string) => string;
  readonly unitColumns: readonly string[];
  readonly ranking: (scope: string, periodId: string, shown: number, of: number) => string;
  readonly rankingColumns: readonly string[];
  readonly region: string;
  readonly notMeasured: string;
  readonly hidden: string;
  readonly warnings: string;
  readonly explorer: string;
  readonly endpoint: string;
  readonly publicEndpoint: string;
  readonly tokens: string;
  readonly firstQuery: string;
  readonly stopHint: string;
  readonly stopping: string;
  readonly stopped: string;
  readonly predicates: Readonly<Record<string, string>>;
}

export const TEXTS: Readonly<Record<Language, Texts>> = {
  id: {
    usage: `Pemakaian: npm start -- [pilihan]

Menjalankan seluruh Kinerja di komputer ini, dengan wilayah contoh, lalu menutup triwulan yang jatuh tempo.

  --empty        wilayah kosong, tanpa data contoh
  --data FOLDER  simpan data di FOLDER; tanpa ini semuanya hilang saat berhenti
  --port PORT    port alamat GraphQL (bawaan: 4000; 0 berarti port bebas mana pun)
  --lang id|en   bahasa keluaran (bawaan: id)
  --help         tampilkan ini

Memerlukan Java 17 atau lebih baru.`,
    badOption: (reason) => `Pilihan tidak dapat dipakai: ${reason}`,
    badPort: (text) => `--port harus bilangan bulat 0 sampai 65535, bukan "${text}"`,
    banner: [
      'KINERJA – DEMO LOKAL, BUKAN PRODUKSI',
      'Hanya dapat dibuka dari komputer ini. Siapa pun di komputer ini dapat menjadi siapa pun.',
      'Jangan isi dengan data pegawai yang sebenarnya.',
    ],
    starting: 'Menyalakan basis data, fungsi, dan jadwal …',
    ready: (what, seconds) => `${what}: siap dalam ${seconds} detik`,
    system: 'Sistem',
    demo: 'Data contoh',
    closing: (periodId) => `Periode ${periodId} ditutup oleh jadwal`,
    closeFailed: (periodId) => `Penutupan ${periodId} gagal; jadwal akan mencoba lagi.`,
    halfLoaded: (folder) =>
      `Data contoh di "${folder}" terputus sebelum selesai dimuat. Hapus folder itu, atau pilih folder lain.`,
    scheduleFailed: 'Jadwal gagal dijalankan; akan dicoba lagi.',
    units: (periodId) => `Capaian unit, ${periodId}`,
    unitColumns: ['Kode', 'Unit', 'Capaian', 'Usulan predikat', 'Predikat pegawai', 'Catatan'],
    ranking: (scope, periodId, shown, of) => `Peringkat ${scope}, ${periodId} (${shown} teratas dari ${of})`,
    rankingColumns: ['Peringkat', 'Nilai', 'Pegawai', 'Unit'],
    region: 'seluruh wilayah',
    notMeasured: 'tidak terukur',
    hidden: 'dirahasiakan (terlalu sedikit)',
    warnings: 'peringatan sebaran',
    explorer: 'Penjelajah (buka di peramban)',
    endpoint: 'GraphQL, dengan token',
    publicEndpoint: 'GraphQL, tanpa masuk',
    tokens: 'Token untuk setiap peran (berlaku 12 jam)',
    firstQuery: 'Kueri pertama',
    stopHint: 'Ctrl-C menghentikan semuanya.',
    stopping: 'Menghentikan …',
    stopped: 'Berhenti.',
    predicates: {
      OUTSTANDING: 'istimewa',
      EXCELLENT: 'sangat baik',
      GOOD: 'baik',
      NEEDS_IMPROVEMENT: 'butuh perbaikan',
      POOR: 'kurang',
      VERY_POOR: 'sangat kurang',
    },
  },
  en: {
    usage: `Usage: npm start -- [options]

Runs the whole of Kinerja on this computer with a demo region, then closes the quarter that is due.

  --empty        an empty region, without demo data
  --data FOLDER  keep the data in FOLDER; without it everything is gone at the end
  --port PORT    port of the GraphQL endpoint (4000; 0 takes any free one)
  --lang id|en   language of the output (id)
  --help         show this

Needs Java 17 or later.`,
    badOption: (reason) => `An option cannot be used: ${reason}`,
    badPort: (text) => `--port must be a whole number from 0 to 65535, not "${text}"`,
    banner: [
      'KINERJA – A LOCAL DEMO, NOT PRODUCTION',
      'It can be opened from this computer only. Anybody on this computer can be anybody in it.',
      'Do not fill it with the data of real staff.',
    ],
    starting: 'Starting the database, the functions and the schedule …',
    ready: (what, seconds) => `${what}: ready in ${seconds} s`,
    system: 'System',
    demo: 'Demo data',
    closing: (periodId) => `Period ${periodId} was closed by the schedule`,
    closeFailed: (periodId) => `The close of ${periodId} failed; the schedule will try again.`,
    halfLoaded: (folder) =>
      `Loading the demo data into "${folder}" was interrupted. Delete that folder, or choose another one.`,
    scheduleFailed: 'The schedule failed; it will try again.',
    units: (periodId) => `Achievement of units, ${periodId}`,
    unitColumns: ['Code', 'Unit', 'Achievement', 'Proposed predicate', 'Predicates of staff', 'Notes'],
    ranking: (scope, periodId, shown, of) => `Ranking of ${scope}, ${periodId} (top ${shown} of ${of})`,
    rankingColumns: ['Rank', 'Score', 'Staff member', 'Unit'],
    region: 'the region',
    notMeasured: 'not measured',
    hidden: 'hidden (too few)',
    warnings: 'distribution warnings',
    explorer: 'Explorer (open in a browser)',
    endpoint: 'GraphQL, with a token',
    publicEndpoint: 'GraphQL, not signed in',
    tokens: 'A token for each role (good for 12 hours)',
    firstQuery: 'A first query',
    stopHint: 'Ctrl-C stops everything.',
    stopping: 'Stopping …',
    stopped: 'Stopped.',
    predicates: {
      OUTSTANDING: 'outstanding',
      EXCELLENT: 'excellent',
      GOOD: 'good',
      NEEDS_IMPROVEMENT: 'needs improvement',
      POOR: 'poor',
      VERY_POOR: 'very poor',
    },
  },
};
