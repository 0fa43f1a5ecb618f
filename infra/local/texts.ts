export type Language = 'id' | 'en';

/** What `npm start` says. */
export interface Texts {
  readonly usage: string;
  readonly badOption: (option: string) => string;
  readonly unknownOption: (option: string) => string;
  readonly unexpectedArgument: (text: string) => string;
  /** A value is missing, or stands where none belongs. */
  readonly badValue: (option: string) => string;
  readonly badPort: (text: string) => string;
  readonly banner: readonly string[];
  readonly starting: string;
  readonly javaMissing: (command: string, oldest: number) => string;
  readonly javaTooOld: (command: string, release: number, oldest: number) => string;
  readonly portInUse: (port: number) => string;
  readonly portUnusable: (port: number, code: string) => string;
  readonly dataDirInUse: (folder: string, processId: number) => string;
  /** What the database itself says follows as it is. */
  readonly databaseFailed: (said: string) => string;
  /** Each takes seconds. */
  readonly systemReady: (seconds: number) => string;
  readonly demoLoaded: (seconds: number) => string;
  readonly closesDone: (seconds: number) => string;
  readonly allReady: (seconds: number) => string;
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
  readonly mailFolder: string;
  readonly endpoint: string;
  readonly publicEndpoint: string;
  readonly tokens: string;
  readonly firstQuery: string;
  /** Above the tabs of the explorer that a newcomer should open. */
  readonly whatToSee: string;
  readonly stopHint: string;
  readonly stopping: string;
  readonly stopped: string;
  readonly predicates: Readonly<Record<string, string>>;
}

const NUMBERS: Readonly<Record<Language, Intl.NumberFormat>> = {
  id: new Intl.NumberFormat('id-ID', { minimumFractionDigits: 1, maximumFractionDigits: 1 }),
  en: new Intl.NumberFormat('en-GB', { minimumFractionDigits: 1, maximumFractionDigits: 1 }),
};

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
    badOption: (option) => `Pilihan tidak dapat dipakai: ${option}`,
    unknownOption: (option) => `Pilihan tidak dikenal: ${option}`,
    unexpectedArgument: (text) => `Argumen tidak dikenal: ${text}`,
    badValue: (option) => `Nilai pilihan ${option} tidak ada, atau pilihan itu tidak memakai nilai.`,
    badPort: (text) => `--port harus bilangan bulat 0 sampai 65535, bukan "${text}"`,
    banner: [
      'KINERJA – DEMO LOKAL, BUKAN PRODUKSI',
      'Hanya dapat dibuka dari komputer ini. Siapa pun di komputer ini dapat menjadi siapa pun.',
      'Jangan isi dengan data pegawai yang sebenarnya.',
    ],
    starting: 'Menyalakan basis data, fungsi, dan jadwal …',
    javaMissing: (command, oldest) =>
      `Diperlukan Java ${oldest} atau lebih baru untuk menjalankan DynamoDB Local, tetapi "${command}" tidak dapat dijalankan. ` +
      'Pasang Java (Debian atau Ubuntu: apt-get install default-jre-headless; macOS: brew install openjdk), ' +
      'atau arahkan JAVA_HOME ke Java yang sudah ada.',
    javaTooOld: (command, release, oldest) =>
      `Diperlukan Java ${oldest} atau lebih baru untuk menjalankan DynamoDB Local, tetapi "${command}" adalah Java ${release}. ` +
      'Pasang yang lebih baru, atau arahkan JAVA_HOME ke sana.',
    portInUse: (port) => `Port ${port} sedang dipakai program lain; pilih port lain dengan --port.`,
    portUnusable: (port, code) =>
      `Port ${port} tidak dapat dipakai (${code}); pilih port lain dengan --port.`,
    dataDirInUse: (folder, processId) =>
      `"${folder}" sedang dipakai proses ${processId}. Hentikan dahulu proses itu, atau pilih folder lain dengan --data.`,
    databaseFailed: (said) => `Basis data tidak dapat dijalankan atau terhenti: ${said}`,
    systemReady: (seconds) => `Sistem: siap dalam ${NUMBERS.id.format(seconds)} detik`,
    demoLoaded: (seconds) => `Data contoh: dimuat dalam ${NUMBERS.id.format(seconds)} detik`,
    closesDone: (seconds) => `Penutupan: selesai dalam ${NUMBERS.id.format(seconds)} detik`,
    allReady: (seconds) => `Kinerja siap; seluruhnya ${NUMBERS.id.format(seconds)} detik`,
    closing: (periodId) => `Periode ${periodId} ditutup oleh jadwal`,
    closeFailed: (periodId) => `Penutupan ${periodId} gagal; jadwal akan mencoba lagi.`,
    halfLoaded: (folder) =>
      `Data contoh di "${folder}" terputus sebelum selesai dimuat. Hapus folder itu, atau pilih folder lain.`,
    scheduleFailed: 'Jadwal gagal dijalankan; akan dicoba lagi.',
    units: (periodId) => `Capaian unit, ${periodId}`,
    unitColumns: ['Kode', 'Unit', 'Capaian', 'Predikat unit', 'Predikat pegawai', 'Catatan'],
    ranking: (scope, periodId, shown, of) =>
      `Peringkat ${scope}, ${periodId} (${shown === of ? of : `${shown} teratas dari ${of}`})`,
    rankingColumns: ['Peringkat', 'Nilai', 'Pegawai', 'Unit'],
    region: 'seluruh wilayah',
    notMeasured: 'tidak terukur',
    hidden: 'dirahasiakan (terlalu sedikit)',
    warnings: 'peringatan sebaran',
    explorer: 'Penjelajah (buka di peramban)',
    mailFolder: 'Surel (sebagai berkas .eml)',
    endpoint: 'GraphQL, dengan token',
    publicEndpoint: 'GraphQL, tanpa masuk',
    tokens: 'Token untuk setiap peran (berlaku 12 jam)',
    firstQuery: 'Kueri pertama',
    whatToSee: 'Yang layak dilihat dahulu: tab di penjelajah, dan sebagai siapa',
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
    badOption: (option) => `An option cannot be used: ${option}`,
    unknownOption: (option) => `Unknown option: ${option}`,
    unexpectedArgument: (text) => `Unknown argument: ${text}`,
    badValue: (option) => `The option ${option} lacks its value, or takes none.`,
    badPort: (text) => `--port must be a whole number from 0 to 65535, not "${text}"`,
    banner: [
      'KINERJA – A LOCAL DEMO, NOT PRODUCTION',
      'It can be opened from this computer only. Anybody on this computer can be anybody in it.',
      'Do not fill it with the data of real staff.',
    ],
    starting: 'Starting the database, the functions and the schedule …',
    javaMissing: (command, oldest) =>
      `Java ${oldest} or later is needed to run DynamoDB Local, and "${command}" cannot be started. ` +
      'Install a Java runtime (Debian or Ubuntu: apt-get install default-jre-headless; macOS: brew install openjdk), ' +
      'or point JAVA_HOME at one.',
    javaTooOld: (command, release, oldest) =>
      `Java ${oldest} or later is needed to run DynamoDB Local, but "${command}" is Java ${release}. ` +
      'Install a newer one, or point JAVA_HOME at one.',
    portInUse: (port) => `Port ${port} is in use by another program; choose another with --port.`,
    portUnusable: (port, code) => `Port ${port} cannot be used (${code}); choose another with --port.`,
    dataDirInUse: (folder, processId) =>
      `"${folder}" is in use by process ${processId}. Stop it first, or choose another folder with --data.`,
    databaseFailed: (said) => `The database could not be started, or has ended: ${said}`,
    systemReady: (seconds) => `System: ready in ${NUMBERS.en.format(seconds)} s`,
    demoLoaded: (seconds) => `Demo data: loaded in ${NUMBERS.en.format(seconds)} s`,
    closesDone: (seconds) => `Close: done in ${NUMBERS.en.format(seconds)} s`,
    allReady: (seconds) => `Kinerja is ready; ${NUMBERS.en.format(seconds)} s in all`,
    closing: (periodId) => `Period ${periodId} was closed by the schedule`,
    closeFailed: (periodId) => `The close of ${periodId} failed; the schedule will try again.`,
    halfLoaded: (folder) =>
      `Loading the demo data into "${folder}" was interrupted. Delete that folder, or choose another one.`,
    scheduleFailed: 'The schedule failed; it will try again.',
    units: (periodId) => `Achievement of units, ${periodId}`,
    unitColumns: ['Code', 'Unit', 'Achievement', 'Unit predicate', 'Predicates of staff', 'Notes'],
    ranking: (scope, periodId, shown, of) =>
      `Ranking of ${scope}, ${periodId} (${shown === of ? of : `top ${shown} of ${of}`})`,
    rankingColumns: ['Rank', 'Score', 'Staff member', 'Unit'],
    region: 'the region',
    notMeasured: 'not measured',
    hidden: 'hidden (too few)',
    warnings: 'distribution warnings',
    explorer: 'Explorer (open in a browser)',
    mailFolder: 'Mails (as .eml files)',
    endpoint: 'GraphQL, with a token',
    publicEndpoint: 'GraphQL, not signed in',
    tokens: 'A token for each role (good for 12 hours)',
    firstQuery: 'A first query',
    whatToSee: 'What to look at first: tabs of the explorer, and as whom',
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
