/** What the command says, in both languages. */
export const TEXTS = {
  id: {
    usage: `Pemeriksaan jejak audit

  npm run audit -- verify [--table NAMA] [--entity JENIS#ID] [--lang id|en]

Menghitung ulang rantai hash setiap jejak di tabel (atau satu jejak) dan membandingkannya dengan entitasnya.
Tabel: --table, atau TABLE_NAME. Kredensial dan wilayah: seperti AWS CLI; DynamoDB Local lewat AWS_ENDPOINT_URL_DYNAMODB.
Keluar dengan 0: utuh; 1: ada yang rusak; 2: tidak dapat diperiksa.`,
    progress: (entries: number) => `${entries} catatan dibaca…`,
    whole: (trails: number, entries: number) => `Utuh: ${trails} jejak, ${entries} catatan.`,
    broken: (count: number, trails: number) => `RUSAK: ${count} dari ${trails} jejak.`,
    line: (entity: string, brokenAt: number | null) =>
      brokenAt === null ? `${entity}: tidak mempunyai jejak` : `${entity}: rusak sejak catatan ${brokenAt}`,
    failed: (reason: string) => `Tidak dapat diperiksa: ${reason}`,
  },
  en: {
    usage: `Verification of the audit trail

  npm run audit -- verify [--table NAME] [--entity KIND#ID] [--lang id|en]

Recomputes the hash chain of every trail of a table (or of one) and compares it with its entity.
Table: --table, or TABLE_NAME. Credentials and region: as for the AWS CLI; DynamoDB Local by AWS_ENDPOINT_URL_DYNAMODB.
Exit code 0: whole; 1: something is broken; 2: it could not be verified.`,
    progress: (entries: number) => `${entries} entries read…`,
    whole: (trails: number, entries: number) => `Whole: ${trails} trails, ${entries} entries.`,
    broken: (count: number, trails: number) => `BROKEN: ${count} of ${trails} trails.`,
    line: (entity: string, brokenAt: number | null) =>
      brokenAt === null ? `${entity}: has no trail` : `${entity}: broken from entry ${brokenAt} on`,
    failed: (reason: string) => `Could not be verified: ${reason}`,
  },
} as const;
