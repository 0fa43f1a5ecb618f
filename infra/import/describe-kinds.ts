/** Prints docs/import/README.md from kinds.ts: `node infra/import/describe-kinds.ts > docs/import/README.md`. A test keeps the two equal. */
import { type CellType, type Column, KIND_NAMES, KINDS, type Kind, rolesOf } from './kinds.ts';

const FORMS: Readonly<Record<Exclude<CellType, object>, string>> = {
  text: 'teks / text',
  words: 'teks dipisah spasi / texts separated by spaces',
  integer: 'bilangan bulat / whole number',
  integers: 'bilangan bulat dipisah spasi / whole numbers separated by spaces',
  decimal: '61.95',
  target: '61.95 atau/or 80..90',
  month: 'YYYY-MM',
  date: 'YYYY-MM-DD',
};

const INTRODUCTION = `# Impor data / Importing data

\`\`\`sh
npm run import -- KIND FILE.csv --endpoint https://…/graphql --token TOKEN
\`\`\`

Token boleh juga di KINERJA_TOKEN, alamat di KINERJA_ENDPOINT. \`--lang en\` memberi pesan dalam bahasa Inggris, \`--errors KESALAHAN.csv\` menulis semua kesalahan
ke berkas, \`--dry-run\` memeriksa berkas tanpa mengirim.
The token may also be in KINERJA_TOKEN, the address in KINERJA_ENDPOINT. \`--lang en\` gives messages in English, \`--errors FILE.csv\` writes all errors to a file,
\`--dry-run\` checks the file without sending.

- Berkas: CSV dengan baris judul, UTF-8; pemisah koma, titik koma, atau tab. Urutan kolom bebas. Contoh tiap jenis ada di folder ini.
  The file: CSV with a header, UTF-8, separated by comma, semicolon or tab; columns in any order. This folder has an example of each kind.
- Berkas dibaca dulu sampai habis: judul yang salah, teks yang bukan UTF-8, atau CSV yang rusak tidak mengubah apa pun.
  The file is read to its end first: a wrong header, text that is not UTF-8, or a broken CSV changes nothing.
- Baris yang benar masuk, baris yang salah dilaporkan dengan nomor baris dan kolom. Aman diulang: baris yang sama tidak masuk dua kali.
  Rows that fit are written, the others are reported with line and column. Safe to repeat: the same row is not written twice.
- Kode keluar: 0 semua masuk, 1 ada baris ditolak, 2 impor tidak dapat berjalan atau berhenti di tengah (jalankan lagi untuk melanjutkan).
  Exit code: 0 everything is in, 1 some rows were rejected, 2 the import could not run or stopped half-way (run it again to go on).

Urutan / order: ${KIND_NAMES.join(', ')}. Kepala unit diisi dengan mengimpor units sekali lagi sesudah staff.
Heads of units come in by importing units once more after staff.
Pegawai yang masih mengepalai unit tidak dapat dipindahkan darinya (IN_USE): isi dulu kepala yang baru, lalu impor baris itu lagi.
Whoever still heads a unit is not moved away from it (IN_USE): name the next head first, then import that row again.

Siapa boleh mengimpor apa tertulis pada tiap jenis: peran (grup \`hr_admin\`, \`planner\`) pemilik token. Akun dengan peran AUDITOR tidak boleh mengimpor.
Who may import what stands with each kind: the role (group \`hr_admin\`, \`planner\`) of the token's owner. An account with the role AUDITOR may not import.

Realisasi dan penilaian memerlukan periode yang sudah direncanakan dan terbuka. Rencanakan dulu sebagai HR_ADMIN atau PLANNER, dengan \`closesAt\` di masa depan
(paling lambat setahun sesudah akhir periode, atau setahun dari sekarang bila periode sudah lewat); tanpa itu periode yang sudah lewat segera
ditutup. Periode terbuka sendiri pada hari pertamanya; yang sudah mulai terbuka dalam satu jam, atau segera dengan \`openPeriod\`.
Realisations and ratings need a period that is planned and open. Plan it first as HR_ADMIN or PLANNER, with \`closesAt\` in the future (at most a year after the
period's end, or a year from now when that is past); without it, a period that is over closes at once. A period opens by
itself on its first day; one that has begun opens within an hour, or at once with \`openPeriod\`.

\`\`\`graphql
mutation { planPeriod(input: {id: "2026-Q1", closesAt: "2027-03-01T00:00:00Z"}) { period { state version } userErrors { message } } }
mutation { openPeriod(input: {id: "2026-Q1", version: 1}) { period { state } userErrors { message } } }
\`\`\`
`;

const RULES = `## Aturan / Rules

- Kolom yang tidak ada dalam berkas tidak mengubah apa pun; sel yang kosong mengosongkan (kepala unit tetap: menggantinya perlu headNip dan headFrom). Dalam rencana, sel kosong berarti bawaan.
  A column that the file has not changes nothing; an empty cell clears (but no head of a unit: the next one takes headNip and headFrom). In plans an empty cell means the default.
- Dari dua baris tentang hal yang sama dalam satu berkas, yang kedua ditolak (DUPLICATE, dengan nomor baris yang pertama).
  Of two lines about the same thing in one file the second is refused (DUPLICATE, with the line of the first).
- Simpan NIP sebagai teks. Lembar kerja yang menganggapnya bilangan membulatkannya: 18 angka dengan akhiran 000 ditolak (INVALID_NIP), dan bentuk 1,98E+17 juga.
  Keep a NIP as text. A spreadsheet that takes it for a number rounds it: 18 digits that end in 000 are refused (INVALID_NIP), and so is the form 1.98E+17.
- Penilai dengan assessorNip sudah terdaftar atau berada di baris yang lebih awal.
  An assessor named by assessorNip is registered already, or stands in an earlier line.
- Impor tidak membatalkan keputusan orang. Rencana yang sudah berlaku, atau yang sudah diubah kedua pihak melalui dialog, dilewati; bila berkas mengganti yang berlaku, kedua pihak diberi tahu. Realisasi yang ditolak, atau yang dilaporkan atau
  diputuskan lain sesudah impor, tidak masuk lagi (WRONG_STATE): kirim angka yang sudah diperbaiki.
  An import undoes nothing that people decided. A plan that is in force, or that both sides amended since, is skipped; when a file replaces what is in force, both sides are told. A figure that was rejected, or that people reported or decided
  otherwise since the import, does not come in again (WRONG_STATE): send the figure that is right.
- Kode sasaran dan indikator dalam rencana dicari di unit pemilik, lalu unit di atasnya, lalu daerah; indikator unit lain hanya bila kodenya satu-satunya di daerah (NOT_FOUND). Yang sudah dihentikan hanya tetap pada baris yang sudah memakainya (RETIRED).
  Codes of goals and indicators in a plan are those of the owner's unit, else of a unit above, else of the region; an indicator of another unit only where the region has no other of that code (NOT_FOUND). One that was retired goes on only where it is (RETIRED).
- Nomor baris yang sudah berakhir tidak dipakai lagi (RETIRED), dan baris yang sudah ada realisasinya tidak berganti indikator (IN_USE): beri nomor baru.
  The id of a line that ended is not used again (RETIRED), and a line with figures changes no indicator (IN_USE): give it a new id.
- Tidak seorang pun mengimpor tentang dirinya atau pimpinannya, atau perjanjian dan realisasi unit tempatnya bertugas dan unit di atasnya (FORBIDDEN): petugas lain yang mengimpor.
  Nobody imports what is about themselves or who leads them, or agreements and figures of the unit where they serve and of those above it (FORBIDDEN): another officer does.
`;

const cell = (text: string): string => text.replaceAll('|', '\\|');

const formOf = (type: CellType): string => (typeof type === 'object' ? type.oneOf.join(', ') : FORMS[type]);

const rowOf = ({ name, type, required, id, en }: Column): string =>
  `| \`${name}\` | ${required ? 'ya' : ''} | ${cell(formOf(type))} | ${cell(id)} | ${cell(en)} |`;

const needsPeriod = ({ name }: Kind): boolean => name === 'realisations' || name === 'ratings';

const sectionOf = (kind: Kind): string => {
  const months = kind.columns.filter(({ name }) => /^target\d\d$/.test(name));
  const shown = kind.columns.filter((column) => !months.includes(column));
  const targets =
    months.length === 0
      ? []
      : [
          "| `target01` … `target12` | | 61.95 atau/or 80..90 | target tiap bulan, sebagai ganti target setahun | targets of the months, in place of the year's |",
        ];
  const lines = [
    `## ${kind.name}: ${kind.title.id} / ${kind.title.en}`,
    '',
    `[${kind.name}.csv](${kind.name}.csv)`,
    '',
    `Peran / role: ${rolesOf(kind).join(' atau / or ')}.${needsPeriod(kind) ? ' Periodenya harus terbuka / its period must be open.' : ''}`,
    '',
    ...(kind.planOf === null
      ? []
      : [
          `Satu baris tiap RHK; baris dengan ${kind.planOf.join(' dan ')} yang sama harus berurutan dan menjadi satu rencana, masuk semua atau tidak sama sekali.`,
          `One line a work result; lines of the same ${kind.planOf.join(' and ')} must follow each other and become one plan, which goes in whole or not at all.`,
          '',
        ]),
    '| kolom / column | wajib / required | isi / form | arti | meaning |',
    '|---|---|---|---|---|',
    ...shown.map(rowOf),
    ...targets,
  ];
  return `${lines.join('\n')}\n`;
};

/** docs/import/README.md. */
export const describeKinds = (): string =>
  [INTRODUCTION, RULES, ...KIND_NAMES.map((name) => sectionOf(KINDS[name]))].join('\n');

if (import.meta.main) process.stdout.write(describeKinds());
