/**
 * A process of its own that plays a region's half year against the whole local system, goes where the demo does not (failures,
 * escalation, every export, files), and writes down what was called and what was said. What it prints is what the functions log.
 * Arguments: the file for the report. LOG_LEVEL says how much is logged.
 */
import { writeFile } from 'node:fs/promises';
import { type Calls, recordCalls } from './recorder.ts';

/** Before the functions and their clients are loaded. */
const BUCKET = 'kinerja-local';
const calls: Calls = recordCalls(BUCKET);
const sent = new Set<string>();
keepWhatIsSent();

const { DynamoDBClient } = await import('@aws-sdk/client-dynamodb');
const { DynamoDBDocumentClient, PutCommand, ScanCommand } = await import('@aws-sdk/lib-dynamodb');
const { createFiles } = await import('../../../functions/store/s3-files.ts');
const { runningFunction } = await import('../../../infra/local/lambda-function.ts');
const { startRuntime } = await import('../../../infra/local/runtime.ts');
const { loadDemo } = await import('../../../infra/local/demo/load-demo.ts');
const { emailOf } = await import('../../../infra/local/demo/notice.ts');
const { people } = await import('../../../infra/local/demo/people.ts');
const { createOutages } = await import('./outages.ts');
const { exampleQueries } = await import('../../../infra/local/example-queries.ts');
const { CLOSED_QUARTER, DEMO_YEAR, DUE_QUARTER } = await import('../../../infra/local/demo/demo-year.ts');

/** What the play leaves behind. */
export interface PlayReport {
  /** `function action resource` → how often. */
  readonly calls: Readonly<Record<string, number>>;
  /** NIPs, names and addresses of the people. */
  readonly people: readonly string[];
  /** Every text of two words or more that anybody sent. */
  readonly texts: readonly string[];
  /** Exact scores of the results that are no whole numbers. */
  readonly scores: readonly string[];
  /** Requests to DynamoDB and SES that failed on purpose. */
  readonly outages: number;
}

/** Stands in everything of a request that is refused; no line of the log may have it. */
const MARK = 'RAHASIA';

const outages = createOutages();
const runtime = await startRuntime({ retryMilliseconds: 10 });
const { database, tableName } = runtime;
const table = DynamoDBDocumentClient.from(
  new DynamoDBClient({
    endpoint: database.endpoint,
    region: database.region,
    credentials: { accessKeyId: database.accessKeyId, secretAccessKey: database.secretAccessKey },
  }),
);

interface Answer {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly unknown[];
}
type Who = { readonly username: string; readonly groups?: readonly string[] } | null;
const office: Who = { username: 'demo-admin', groups: ['hr_admin', 'planner', 'auditor'] };

async function post(who: Who, body: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
  const response = await fetch(who === null ? runtime.publicUrl : runtime.graphqlUrl, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...headers,
      ...(who !== null && { authorization: `Bearer ${await runtime.tokens.mint(who)}` }),
    },
    body,
  });
  return JSON.parse(await response.text());
}
const ask = (who: Who, query: string, variables: object = {}): Promise<Answer> =>
  post(who, JSON.stringify({ query, variables }));
const change = async (who: Who, name: string, type: string, input: object): Promise<void> => {
  const { data, errors } = await ask(
    who,
    `mutation M($i: ${type}!) { o: ${name}(input: $i) { userErrors { code path } } }`,
    {
      i: input,
    },
  );
  const outcome: { userErrors?: readonly unknown[] } = Object(data?.['o']);
  if (errors !== undefined || outcome.userErrors?.length !== 0)
    throw new Error(`${name}: ${JSON.stringify({ data, errors })}`);
};

/** Waits until no job is under way. */
async function jobsDone(): Promise<void> {
  for (;;) {
    if (runtime.executions().every(({ status }) => status !== 'RUNNING')) return;
    await new Promise((settle) => setTimeout(settle, 50));
  }
}

type Item = Record<string, unknown>;
async function itemsOf(match: (item: Item) => boolean): Promise<readonly Item[]> {
  const found: Item[] = [];
  let start: Item | undefined;
  do {
    const page = await table.send(
      new ScanCommand({ TableName: tableName, ...(start && { ExclusiveStartKey: start }) }),
    );
    found.push(...(page.Items ?? []).filter(match));
    start = page.LastEvaluatedKey;
  } while (start !== undefined);
  return found;
}
const put = (item: Item) => table.send(new PutCommand({ TableName: tableName, Item: item }));

await loadDemo(runtime);
const nurse = { username: runtime.personas()[0]?.username ?? '' };

// Every question of the explorer, by everybody whom it offers.
for (const { query, variables = '{}' } of exampleQueries)
  for (const who of [...runtime.personas(), null]) await ask(who, query, JSON.parse(variables));
await ask(nurse, '{ myTasks(first: 5) { totalCount } }');

// A file: read through its link, asked for where there is none, and taken away.
const { data: listed } = await ask(
  nurse,
  `{ activities(filter: { staffId: "${nurse.username}", from: "${DEMO_YEAR}-01-01" }, first: 50) { nodes { id state evidence { id } } } }`,
);
const activities: { nodes: readonly { id: string; state: string; evidence: readonly { id: string }[] }[] } =
  Object(listed?.['activities']);
const evidenced = activities.nodes.find(({ evidence }) => evidence.length > 0);
const target = { activityId: evidenced?.id };
const { data: linked } = await ask(
  nurse,
  'query L($t: EvidenceTargetInput!, $e: ID!) { evidenceLink(target: $t, evidenceId: $e) { url } }',
  { t: target, e: evidenced?.evidence[0]?.id },
);
const evidenceLink: { url: string } = Object(linked?.['evidenceLink']);
await (await fetch(evidenceLink.url)).arrayBuffer();
const open = {
  activityId: activities.nodes.find(({ state }) => state === 'REPORTED' || state === 'RETURNED')?.id,
};
const upload = async (content: string | null): Promise<string> => {
  const bytes = new TextEncoder().encode('%PDF-1.7 a');
  const sha256 = Buffer.from(await crypto.subtle.digest('SHA-256', bytes)).toString('hex');
  const { data } = await ask(
    nurse,
    'mutation U($i: RequestEvidenceUploadInput!) { o: requestEvidenceUpload(input: $i) { upload { evidenceId url fields { name value } } userErrors { code path } } }',
    { i: { target: open, fileName: 'berkas.pdf', type: 'PDF', size: bytes.length, sha256 } },
  );
  const {
    upload: ticket,
  }: { upload: { evidenceId: string; url: string; fields: { name: string; value: string }[] } } = Object(
    data?.['o'],
  );
  if (content !== null) {
    const form = new FormData();
    for (const { name, value } of ticket.fields) form.set(name, value);
    form.set('file', new Blob([bytes]));
    await fetch(ticket.url, { method: 'POST', body: form });
  }
  return ticket.evidenceId;
};
const kept = await upload('sent');
await change(nurse, 'confirmEvidence', 'ConfirmEvidenceInput', { target: open, evidenceId: kept });
await change(nurse, 'removeEvidence', 'RemoveEvidenceInput', { target: open, evidenceId: kept });
const never = await upload(null);
await ask(
  nurse,
  'mutation C($i: ConfirmEvidenceInput!) { confirmEvidence(input: $i) { userErrors { code } } }',
  {
    i: { target: open, evidenceId: never },
  },
);

// Every table as a file, made in the background; the documents of a unit; one of them fetched.
const { data: programmes } = await ask(
  office,
  '{ programmes(from: "2020-01-01", first: 1) { nodes { id } } unit(code: "5.03") { id } surveyCampaigns(first: 1) { nodes { id } } }',
);
const { nodes: campaigns }: { nodes: readonly { id: string }[] } = Object(programmes?.['surveyCampaigns']);
const { nodes }: { nodes: readonly { id: string }[] } = Object(programmes?.['programmes']);
const unit: { id: string } = Object(programmes?.['unit']);
const periodId = CLOSED_QUARTER;
const year = DEMO_YEAR;
const month = `${DEMO_YEAR}-04`;
const wanted: Readonly<Record<string, object>> = {
  STAFF: {},
  RESULTS: { periodId },
  UNIT_RESULTS: { periodId },
  RANKING: { periodId },
  PLANS: { year },
  REALISATIONS: { year },
  ACTIVITIES: { month },
  ALLOWANCES: { month },
  OBJECTIONS: { periodId },
  FOLLOW_UPS: { periodId },
  ENROLMENTS: { programmeId: nodes[0]?.id },
  INDICATOR_REVIEWS: { periodId },
  COURSES: {},
  PROGRAMMES: {},
  CAREER_PLANS: {},
  RATING_COMPLETION: { periodId },
  RATING_FLAGS: { periodId },
  CALIBRATION: { periodId },
  RATING_CHANGES: { periodId, unitId: unit.id },
  PEER_PANELS: { periodId, unitId: unit.id },
  FEEDBACK: { unitId: unit.id },
  GIVEN_FEEDBACK: {},
  GUIDANCE: { unitId: unit.id },
  COUNSELLING: { unitId: unit.id },
  JOINT_ACTIVITIES: {},
  TOPICS: {},
  ANNOUNCEMENTS: {},
  PROGRESS: { year },
  UNIT_PROGRESS: { year },
  PERIODS: {},
  GOALS_NOT_TAKEN_UP: { year },
  SURVEYS: { year },
  GOALS: {},
  INDICATORS: {},
  UNIT_INDICATORS: { periodId },
  GOAL_SERVICE: { year },
  PLAN_TEMPLATES: {},
  PROGRAMME_EFFECTS: {},
  RUNNING_SURVEYS: {},
  SUGGESTIONS: { campaignId: campaigns[0]?.id },
  PUBLIC_ANNOUNCEMENTS: {},
  STAFF_ENROLMENTS: { unitId: unit.id },
  TRAINING_NEEDS: { unitId: unit.id, periodId },
};
for (const [name, of] of Object.entries(wanted)) {
  await change(office, 'requestExport', 'ExportInput', { table: name, format: 'CSV', ...of });
  await jobsDone();
}
await change(office, 'requestUnitDocuments', 'UnitDocumentsInput', { kind: 'PLAN', unitId: unit.id, year });
await jobsDone();
const { data: mine } = await ask(office, '{ myJobs(first: 60) { nodes { state download { url } } } }');
const jobs: { nodes: readonly { state: string; download: { url: string } | null }[] } = Object(
  mine?.['myJobs'],
);
const unmade = jobs.nodes.filter(({ state }) => state !== 'DONE').length;
if (unmade > 0) throw new Error(`${unmade} files were not made`);
await (await fetch(jobs.nodes[0]?.download?.url ?? '')).arrayBuffer();

// A large file whose making fails half-way, as the worker of jobs would store it.
await runningFunction
  .run('jobs/worker', () => createFiles().write('exports/half', half(), 'text/csv'))
  .catch(() => undefined);

// A plan that cannot be read: a job and a close fail over it; mended, the close is started once more.
const [plan] = await itemsOf(
  ({ pk, sk }) => String(pk).startsWith(`WORK#`) && sk === `PLAN#${nurse.username}:${DEMO_YEAR}`,
);
if (plan === undefined) throw new Error('the nurse has no plan');
await put({ ...plan, body: `{"${MARK}":"${nurse.username}` });
await ask(office, 'mutation E($i: ExportInput!) { requestExport(input: $i) { userErrors { code } } }', {
  i: { table: 'PLANS', format: 'CSV', year },
});
await jobsDone();
await ask(nurse, `{ plan(staffId: "${nurse.username}", year: ${year}) { lines { line { title } } } }`);
// The schedule says that not everything could be done.
await runtime.runScheduleOnce().catch(() => undefined);
await put(plan);
await runtime.runScheduleOnce();
await runtime.sendMailsOnce();

// DynamoDB and SES are out of reach, throttled, or refuse in words that quote what they were sent: under requests of each kind, a file
// in the making, the schedule and the mailer.
for (const outage of ['DOWN', 'THROTTLED', 'REFUSED'] as const) {
  await outages.during(outage, async () => {
    await ask(nurse, `{ staff(nip: "${people[0]?.nip}") { name } }`);
    await ask(
      nurse,
      'mutation F($i: FileObjectionInput!) { fileObjection(input: $i) { userErrors { code } } }',
      {
        i: { periodId: DUE_QUARTER, reasons: `${MARK} tidak tersimpan karena gangguan.` },
      },
    );
    await ask(null, 'mutation R($i: RateContactInput!) { rateContact(input: $i) { userErrors { code } } }', {
      i: { code: '0000-0000-0000-0000', scores: [], comment: `${MARK} komentar pasien` },
    });
  });
  await outages.during(outage, () => runtime.runScheduleOnce());
  await outages.during(outage, () => runtime.sendMailsOnce());
  // A mail for the assessor, who wants them at once: what refuses it quotes the address.
  await change(nurse, 'commentPlan', 'CommentPlanInput', {
    planId: `${nurse.username}:${DEMO_YEAR}`,
    lineId: 'L1',
    text: `Catatan saat gangguan ${outage}`,
  });
  await outages.during(outage, () => runtime.sendMailsOnce(), 'MAIL');
  await ask(office, 'mutation E($i: ExportInput!) { requestExport(input: $i) { userErrors { code } } }', {
    i: { table: 'STAFF', format: 'CSV' },
  });
  await outages.during(outage, () => jobsDone());
}

// Somebody objects, nobody decides, and the deadlines pass.
await change(nurse, 'fileObjection', 'FileObjectionInput', {
  periodId: DUE_QUARTER,
  reasons: 'Catatan kehadiran bulan kedua belum dihitung seluruhnya.',
});
runtime.setClock(new Date(Date.now() + 40 * 86_400_000));
await runtime.runScheduleOnce();
runtime.setClock(new Date(Date.now() + 40 * 86_400_000));
await runtime.runScheduleOnce();
await runtime.sendMailsOnce();

// What is refused, and what nothing expected.
const nip = people[0]?.nip ?? '';
for (const query of [
  `{ ${MARK}`,
  `{ ${MARK} }`,
  `query ${MARK} { staff(nip: "${nip}") { ${MARK} } }`,
  `{ staff(nip: "${MARK} ${nip}") { name } }`,
  `mutation { createGoal(input: { title: "${MARK}" }) { goal { id } } }`,
  `{ units { ${'parent { '.repeat(20)} id ${' }'.repeat(20)} } }`,
])
  for (const who of [office, nurse, null]) await ask(who, query);
await ask(office, 'mutation M($i: ImportStaffInput!) { importStaff(input: $i) { userErrors { code } } }', {
  i: { rows: [{ nip: `${MARK}${nip}`, name: MARK, employment: 'PNS', from: MARK }] },
});
await post(office, `{"query":"${MARK}`);
await post(office, `{"operationName":"${MARK} x","query":"{ viewer { id } }"}`, { 'accept-language': MARK });

const { data: ranked } = await ask(
  office,
  `{ ranking(periodId: "${CLOSED_QUARTER}", scope: { kind: REGION }, first: 100) { nodes { score { exact } } } }`,
);
const ranking: { nodes: readonly { score: { exact: string } }[] } = Object(ranked?.['ranking']);
const report: PlayReport = {
  calls: Object.fromEntries(calls),
  people: [
    ...new Set(
      people.flatMap((person) => [person.nip, person.name, emailOf(person)]).filter((text) => text !== null),
    ),
  ],
  texts: [...sent],
  // A whole number is part of many an id and duration.
  scores: [...new Set(ranking.nodes.map(({ score }) => score.exact))].filter((exact) => exact.includes('.')),
  outages: outages.failed(),
};
await writeFile(process.argv[2] ?? '', JSON.stringify(report));
await runtime.close();
process.exit();

/** More than one part of a file, and then an end. */
async function* half(): AsyncGenerator<Uint8Array> {
  for (let part = 0; part < 3; part += 1) yield new Uint8Array(8 * 1024 * 1024);
  throw new Error('no more');
}

/** Keeps every text of two words or more that is sent to the endpoint. */
function keepWhatIsSent(): void {
  const send = globalThis.fetch;
  const collect = (value: unknown): void => {
    if (typeof value === 'string' && value.length >= 8 && /\S\s+\S/.test(value)) sent.add(value);
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(collect);
  };
  globalThis.fetch = (address, init) => {
    if (typeof init?.body === 'string') {
      try {
        const { variables }: { variables?: unknown } = JSON.parse(init.body);
        collect(variables);
      } catch {
        // Some bodies are broken on purpose.
      }
    }
    return send(address, init);
  };
}
