import type { ImportReport } from './import-file.ts';
import { type Kind, rolesOf } from './kinds.ts';

export type Language = 'id' | 'en';

/** What the command itself says. Problems of rows are worded by the service. */
export interface Texts {
  readonly usage: (kinds: string, endpoint: string) => string;
  readonly unknownKind: (kind: string) => string;
  readonly unknownLanguage: (language: string) => string;
  readonly noToken: string;
  readonly noFile: (file: string) => string;
  readonly tokenExpired: (at: string) => string;
  readonly tokenRefused: string;
  readonly endpointFailed: (reason: string) => string;
  readonly exhausted: (endpoint: string, reason: string, attempts: number) => string;
  readonly unreachable: (endpoint: string, reason: string, attempts: number) => string;
  readonly refused: (messages: string) => string;
  readonly rolesNeeded: (kind: Kind) => string;
  readonly brokenCsv: (line: number) => string;
  readonly nothingSent: string;
  readonly runAgain: string;
  readonly retrying: (reason: string) => string;
  readonly checking: (rows: number) => string;
  readonly sending: (done: number, total: number) => string;
  readonly summary: (kind: Kind, report: ImportReport, dryRun: boolean) => string;
  readonly errorsWritten: (count: number, file: string) => string;
  readonly errorColumns: readonly [line: string, column: string, code: string, message: string];
}

const number = (language: Language) => new Intl.NumberFormat(language === 'id' ? 'id-ID' : 'en-GB');
const inIndonesian = number('id');
const inEnglish = number('en');

export const TEXTS: Readonly<Record<Language, Texts>> = {
  id: {
    usage: (kinds, endpoint) => `Pemakaian: npm run import -- JENIS BERKAS.csv [pilihan]

JENIS: ${kinds}
  --endpoint URL   alamat GraphQL (bawaan: KINERJA_ENDPOINT atau ${endpoint})
  --token TOKEN    token akses (bawaan: KINERJA_TOKEN)
  --lang id|en     bahasa pesan (bawaan: id)
  --errors CSV     tulis semua kesalahan ke berkas ini
  --dry-run        periksa berkas saja, tidak mengirim apa pun
  --help           tampilkan bantuan ini

Contoh berkas dan penjelasan kolom: docs/import. Boleh diulang: baris yang sudah ada tidak diimpor dua kali.`,
    unknownKind: (kind) => `JENIS tidak dikenal: ${kind}`,
    unknownLanguage: (language) => `Bahasa tidak dikenal: --lang ${language}; pilih id atau en.`,
    noToken: 'Token tidak ada: isi --token atau variabel KINERJA_TOKEN.',
    noFile: (file) => `Berkas tidak dapat dibaca: ${file}`,
    tokenExpired: (at) => `Token kedaluwarsa sejak ${at}. Ambil token baru, lalu jalankan lagi.`,
    tokenRefused: 'Token ditolak: tidak sah, atau bukan untuk layanan ini.',
    endpointFailed: (reason) => `Layanan tidak menjawab dengan benar: ${reason}`,
    exhausted: (endpoint, reason, attempts) =>
      `Layanan tidak menjawab dengan benar: ${endpoint}: ${reason} (${attempts} kali dicoba)`,
    unreachable: (endpoint, reason, attempts) =>
      `Layanan tidak dapat dihubungi: ${endpoint}: ${reason} (${attempts} kali dicoba). Periksa alamatnya, dan apakah layanan berjalan (di komputer ini: npm start).`,
    refused: (messages) => `Layanan menolak: ${messages}`,
    rolesNeeded: (kind) => `Impor ${kind.name} hanya untuk peran ${rolesOf(kind).join(' atau ')}.`,
    brokenCsv: (line) =>
      `CSV rusak mulai baris ${line}: tanda kutip tidak ditutup atau baris terlalu panjang.`,
    nothingSent: 'Tidak ada yang dikirim.',
    runAgain: 'Yang sudah masuk tetap tersimpan; jalankan perintah yang sama untuk melanjutkan.',
    retrying: (reason) => `mencoba lagi: ${reason}`,
    checking: (rows) => `memeriksa berkas: ${inIndonesian.format(rows)} baris`,
    sending: (done, total) => `mengirim: ${inIndonesian.format(done)} dari ${inIndonesian.format(total)}`,
    summary: (kind, report, dryRun) => {
      const plans = kind.planOf === null ? '' : ` (${inIndonesian.format(report.rows)} rencana)`;
      const read = `${kind.title.id}: ${inIndonesian.format(report.lines)} baris dibaca${plans}`;
      const rejected = `${inIndonesian.format(report.rejected)} ditolak`;
      if (dryRun) return `${read}, ${rejected}. Tidak ada yang dikirim.`;
      return `${read}; ${inIndonesian.format(report.imported)} diimpor, ${inIndonesian.format(report.unchanged)} dilewati karena sudah ada dan sama, ${rejected}.`;
    },
    errorsWritten: (count, file) => `${inIndonesian.format(count)} kesalahan ditulis ke ${file}`,
    errorColumns: ['baris', 'kolom', 'kode', 'pesan'],
  },
  en: {
    usage: (kinds, endpoint) => `Usage: npm run import -- KIND FILE.csv [options]

KIND: ${kinds}
  --endpoint URL   GraphQL address (default: KINERJA_ENDPOINT or ${endpoint})
  --token TOKEN    access token (default: KINERJA_TOKEN)
  --lang id|en     language of messages (default: id)
  --errors CSV     write all errors to this file
  --dry-run        only check the file, send nothing
  --help           show this help

Example files and columns: docs/import. Safe to repeat: a row that is there already is not imported twice.`,
    unknownKind: (kind) => `Unknown KIND: ${kind}`,
    unknownLanguage: (language) => `Unknown language: --lang ${language}; choose id or en.`,
    noToken: 'No token: give --token or the variable KINERJA_TOKEN.',
    noFile: (file) => `Cannot read the file: ${file}`,
    tokenExpired: (at) => `The token expired at ${at}. Get a new one, then run this again.`,
    tokenRefused: 'The token was refused: not valid, or not for this service.',
    endpointFailed: (reason) => `The service does not answer properly: ${reason}`,
    exhausted: (endpoint, reason, attempts) =>
      `The service does not answer properly: ${endpoint}: ${reason} (${attempts} attempts)`,
    unreachable: (endpoint, reason, attempts) =>
      `The service cannot be reached: ${endpoint}: ${reason} (${attempts} attempts). Check the address, and whether the service is running (on this machine: npm start).`,
    refused: (messages) => `The service refused: ${messages}`,
    rolesNeeded: (kind) => `Only the role ${rolesOf(kind).join(' or ')} may import ${kind.name}.`,
    brokenCsv: (line) =>
      `The CSV is broken from line ${line} on: a quote is not closed, or a record is too long.`,
    nothingSent: 'Nothing was sent.',
    runAgain: 'What is in stays in; run the same command to go on.',
    retrying: (reason) => `trying again: ${reason}`,
    checking: (rows) => `checking the file: ${inEnglish.format(rows)} rows`,
    sending: (done, total) => `sending: ${inEnglish.format(done)} of ${inEnglish.format(total)}`,
    summary: (kind, report, dryRun) => {
      const plans = kind.planOf === null ? '' : ` (${inEnglish.format(report.rows)} plans)`;
      const read = `${kind.title.en}: ${inEnglish.format(report.lines)} lines read${plans}`;
      const rejected = `${inEnglish.format(report.rejected)} rejected`;
      if (dryRun) return `${read}, ${rejected}. Nothing was sent.`;
      return `${read}; ${inEnglish.format(report.imported)} imported, ${inEnglish.format(report.unchanged)} skipped as unchanged, ${rejected}.`;
    },
    errorsWritten: (count, file) => `${inEnglish.format(count)} errors written to ${file}`,
    errorColumns: ['line', 'column', 'code', 'message'],
  },
};
