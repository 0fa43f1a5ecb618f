/**
 * `npm run cost`: what the system costs a year for 1,000 staff, from what its operations are measured to take and how often people are
 * taken to do each. The demo region runs behind a meter that counts DynamoDB's capacity units, and each operation is sent to the endpoint; the close is that
 * of a region written in bulk. Prices are in cost-prices.ts.
 */

import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { CORE_VALUES } from '../../functions/domain/rating/core-values.ts';
import { synthesiseTable } from '../../infra/close-definition.ts';
import { clientOf, found, staffIds } from '../../infra/local/demo/demo-client.ts';
import { CLOSED_QUARTER, DEMO_YEAR, DUE_QUARTER, RUNNING_QUARTER } from '../../infra/local/demo/demo-year.ts';
import { loadDemo } from '../../infra/local/demo/load-demo.ts';
import { headOf, subordinatesOf } from '../../infra/local/demo/people.ts';
import { startDynamoDbLocal } from '../../infra/local/dynamodb-local.ts';
import { exampleQueries } from '../../infra/local/example-queries.ts';
import { startRuntime } from '../../infra/local/runtime.ts';
import { createTable } from '../../infra/local/table.ts';
import { startCapacityMeter } from '../../infra/real/capacity-meter.ts';
import { seedBulk } from './bulk-region.ts';
import { measureClose } from './close-throughput.ts';
import { MEMORY, PRICES } from './cost-prices.ts';

/**
 * Metrics of a region's own that occur in every hour of a month: `Operations` and `Duration` of the requests by outcome, of the
 * starter and of the mailer, and what alarms watch of them. What occurs in some hours only (jobs, steps of a close, failures by
 * operation) is paid for by the hour, and counted as four more.
 */
const OWN_METRICS = 2 * (2 + 1 + 1) + 4 + 4;

process.env['LOG_LEVEL'] = 'SILENT';

/** Times that each operation is measured; the mean counts. */
const TIMES = 5;
/** DynamoDB's own time for a request in the cloud, in milliseconds, as if none ran beside another. */
const TABLE_MILLISECONDS = 5;
/** Log lines of a request, in bytes. */
const LOG_BYTES = 1_500;
const CLOSE_STAFF = 1_000;

const answered = z.looseObject({
  data: z.optional(
    z.nullable(z.looseObject({ outcome: z.optional(z.looseObject({ userErrors: z.array(z.unknown()) })) })),
  ),
  errors: z._default(z.array(z.unknown()), []),
});

interface Operation {
  readonly name: string;
  /** How often a staff member does it in a year. */
  readonly aYear: number;
  /** Sends it once; each time something else where it writes. */
  readonly send: (time: number) => Promise<unknown>;
}

interface Measured {
  readonly name: string;
  readonly aYear: number;
  readonly requests: number;
  readonly readUnits: number;
  readonly writeUnits: number;
  readonly milliseconds: number;
}

const database = await startDynamoDbLocal();
const meter = await startCapacityMeter(database);
const runtime = await startRuntime({ database: meter.database });
try {
  await loadDemo(runtime);
  await runtime.runScheduleOnce();
  const measured: Measured[] = [];
  for (const operation of await operations()) measured.push(await measure(operation));
  const client = DynamoDBDocumentClient.from(
    new DynamoDBClient({ endpoint: database.endpoint, region: database.region, credentials: database }),
  );
  const tableName = 'cost';
  await createTable(database, synthesiseTable(tableName));
  await seedBulk(client, tableName, CLOSE_STAFF);
  const close = await measureClose(database, tableName);
  const { Table } = await client.send(new DescribeTableCommand({ TableName: tableName }));
  client.destroy();
  print(measured, {
    readUnits: close.capacityUnits.read / CLOSE_STAFF,
    writeUnits: close.capacityUnits.write / CLOSE_STAFF,
    milliseconds: (close.cold.ours.cpuSeconds * 1000) / CLOSE_STAFF,
    bytes: (Table?.TableSizeBytes ?? 0) / CLOSE_STAFF,
  });
} finally {
  await runtime.close();
  await meter.close();
  await database.close();
}

async function measure({ name, aYear, send }: Operation): Promise<Measured> {
  // Once beforehand: what a function keeps between requests is there.
  await send(0);
  const before = meter.spent();
  const from = performance.now();
  for (let time = 1; time <= TIMES; time += 1) await send(time);
  const milliseconds = (performance.now() - from) / TIMES;
  const after = meter.spent();
  return {
    name,
    aYear,
    requests: (after.requests - before.requests) / TIMES,
    readUnits: (after.readUnits - before.readUnits) / TIMES,
    writeUnits: (after.writeUnits - before.writeUnits) / TIMES,
    milliseconds,
  };
}

/** What people do, by a year of 230 working days; the frequencies are assumptions. */
async function operations(): Promise<readonly Operation[]> {
  const head = headOf('1.02.12');
  const nurses = subordinatesOf(head).filter(({ jobGroup }) => jobGroup === 'perawat');
  const admin = await clientOf(runtime, 'cost', ['hr_admin']);
  const [headId, nurseId, ...others] = await staffIds(admin, [head, ...nurses]);
  const asNurse = await sender(found(nurseId));
  const asHead = await sender(found(headId));
  const asOffice = await sender('cost', ['hr_admin']);
  const planId = `${nurseId}:${DEMO_YEAR}`;
  const example = (title: string, periode: string): readonly [string, object] => {
    const { query, variables = '{}' } = found(
      exampleQueries.find((one) => one.query.includes(`query ${title}`)),
    );
    return [query, { ...JSON.parse(variables), ...(query.includes('$periode') && { periode }) }];
  };
  const mutation = (name: string, input: object): readonly [string, object] => [
    `mutation ($input: ${name.charAt(0).toUpperCase()}${name.slice(1)}Input!) { outcome: ${name}(input: $input) { userErrors { code path } } }`,
    { input },
  ];
  const lineId = 'L1';
  const reported: { id: string; version: number }[] = [];
  return [
    {
      name: 'sign in: who am I, tasks, inbox',
      aYear: 230,
      send: () =>
        asNurse(
          '{ viewer { id roles staff { name } } myTasks { nodes { kind deadline } } notices(first: 20) { nodes { id } } unreadNotices { __typename } }',
          {},
        ),
    },
    {
      name: 'plan and progress',
      aYear: 60,
      send: () =>
        asNurse(
          `query ($id: ID!) { plan(staffId: $id, year: ${DEMO_YEAR}) { version agreed { lines { id title weight } } lines { line { id } realisations { month value } } } }`,
          { id: nurseId },
        ),
    },
    {
      name: 'result with its explanation',
      aYear: 20,
      send: () => asNurse(...example('MengapaNilaiSaya', DUE_QUARTER)),
    },
    {
      name: 'report an activity',
      aYear: 220,
      send: async (time) => {
        const data = await asNurse(
          'mutation ($input: ReportActivityInput!) { outcome: reportActivity(input: $input) { activity { id version } userErrors { code path } } }',
          { input: { planId, lineId, day: `${DEMO_YEAR}-08-0${time + 1}`, title: `Kegiatan ${time}` } },
        );
        const { activity } = data['outcome'] as { activity: { id: string; version: number } };
        reported.push(activity);
      },
    },
    {
      name: 'verify an activity',
      aYear: 220,
      send: () => asHead(...mutation('verifyActivity', found(reported.pop()))),
    },
    {
      name: 'report a realisation',
      aYear: 60,
      send: (time) =>
        asNurse(
          ...mutation('reportRealisation', {
            planId,
            lineId: 'L2',
            month: `${DEMO_YEAR}-07`,
            value: String(100 + time),
            ...(time > 0 && { version: time }),
          }),
        ),
    },
    {
      name: 'rate somebody',
      aYear: 48,
      send: (time) =>
        asHead(
          ...mutation('submitRating', {
            periodId: RUNNING_QUARTER,
            rateeId: others[0],
            group: 'SUPERIOR',
            instrumentId: 'berakhlak',
            scores: CORE_VALUES.map((itemId) => ({ itemId, score: 3 + (time % 3) })),
            ...(time > 0 && { version: time }),
          }),
        ),
    },
    {
      name: 'give feedback',
      aYear: 6,
      send: (time) =>
        asHead(
          ...mutation('giveFeedback', {
            staffId: nurseId,
            value: 'SERVICE',
            text: `Terima kasih atas kunjungan ke-${time}`,
          }),
        ),
    },
    {
      name: 'unit page with results (heads)',
      aYear: 12,
      send: () => asHead(...example('SatuUnit', DUE_QUARTER)),
    },
    {
      name: 'ranking page (offices)',
      aYear: 1,
      send: () =>
        asOffice(
          `{ ranking(periodId: "${CLOSED_QUARTER}", scope: { kind: REGION }, first: 20) { nodes { rank } } }`,
          {},
        ),
    },
    {
      name: 'the public’s look at units',
      aYear: 10,
      send: () => asHead(...example('CapaianUnit', DUE_QUARTER)),
    },
  ];
}

/** Sends as somebody. @throws Error when it was refused */
async function sender(
  staffId: string,
  groups: readonly string[] = [],
): Promise<(query: string, variables: object) => Promise<Record<string, unknown>>> {
  const token = await runtime.tokens.mint({ username: staffId, groups });
  return async (query, variables) => {
    const response = await fetch(runtime.graphqlUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = answered.parse(await response.json());
    const refused = data?.outcome?.userErrors ?? [];
    if (errors.length > 0 || refused.length > 0) throw new Error(JSON.stringify([...errors, ...refused]));
    return data ?? {};
  };
}

interface CloseOfOne {
  readonly readUnits: number;
  readonly writeUnits: number;
  readonly milliseconds: number;
  /** What a person's year of plan, realisations, ratings and result takes in the table. */
  readonly bytes: number;
}

/** Dollars a year of something that is done so often by 1,000 staff. */
function print(measured: readonly Measured[], close: CloseOfOne): void {
  const figure = (value: number, digits = 2): string =>
    value.toLocaleString('en', { maximumFractionDigits: digits, minimumFractionDigits: digits });
  const dollarsOf = ({ requests, readUnits, writeUnits, milliseconds }: Measured): number =>
    readUnits * PRICES.readUnit +
    writeUnits * PRICES.writeUnit +
    PRICES.httpRequest +
    PRICES.lambdaRequest +
    ((milliseconds + requests * TABLE_MILLISECONDS) / 1000) * MEMORY.graphql * PRICES.lambdaGigabyteSecond +
    (LOG_BYTES / 1e9) * PRICES.logGigabyte;
  const closes = 5;
  const closeDollars =
    close.readUnits * PRICES.readUnit +
    close.writeUnits * PRICES.writeUnit +
    (close.milliseconds / 1000) * MEMORY.close * PRICES.lambdaGigabyteSecond;
  console.log(`What an operation takes, the mean of ${TIMES}, and what 1,000 staff spend on it in a year`);
  console.log(
    `  ${'operation'.padEnd(36)} ${'a year'.padStart(7)} ${'calls'.padStart(6)} ${'read'.padStart(7)} ${'written'.padStart(8)} ${'ms'.padStart(6)} ${'US$'.padStart(8)}`,
  );
  let sum = 0;
  const row = (name: string, cells: readonly string[]): void => {
    const widths = [7, 6, 7, 8, 6, 8];
    console.log(`  ${name.padEnd(36)} ${cells.map((cell, at) => cell.padStart(widths[at] ?? 8)).join(' ')}`);
  };
  for (const one of measured) {
    const dollars = dollarsOf(one) * one.aYear * 1000;
    sum += dollars;
    row(one.name, [
      String(one.aYear),
      figure(one.requests, 1),
      figure(one.readUnits, 1),
      figure(one.writeUnits, 1),
      figure(one.milliseconds, 0),
      figure(dollars),
    ]);
  }
  const ofCloses = closeDollars * closes * 1000;
  sum += ofCloses;
  row('closes: four quarters and a year', [
    String(closes),
    '',
    figure(close.readUnits, 1),
    figure(close.writeUnits, 1),
    figure(close.milliseconds, 1),
    figure(ofCloses),
  ]);
  const activityBytes = 220 * 2_000;
  const storage = ((close.bytes * 4 + activityBytes) / 1e9) * PRICES.storage * 12 * 1000;
  sum += storage;
  row('storage of the year, kept a year', ['', '', '', '', '', figure(storage)]);
  console.log(
    `  ${'sum a year for 1,000 staff, without what a region costs by itself'.padEnd(78)} ${figure(sum)}`,
  );

  const requestsAYear = measured.reduce((total, { aYear }) => total + aYear, 0);
  const fixed = 12 * (PRICES.alarms + OWN_METRICS * PRICES.metric);
  console.log('\nA year for a region, and for 1,000 of its staff');
  for (const [staff, regions] of [
    [5_000, 1],
    [20_000, 1],
    [4_700_000, 540],
  ] as const) {
    const users = Math.max(0, staff / regions - PRICES.freeUsers) * PRICES.activeUser * 12 * regions;
    const total = (sum * staff) / 1000 + fixed * regions + users;
    console.log(
      `  ${figure(staff, 0).padStart(9)} staff in ${String(regions).padStart(3)} region${regions > 1 ? 's' : ' '}: US$ ${figure(total, 0).padStart(9)} a year, ${figure((total / staff) * 1000)} for 1,000 (${figure(((fixed * regions) / total) * 100, 0)} % of it metrics, alarms and dashboards); ${figure((requestsAYear * staff) / (230 * 8 * 3600), 1)} requests a second in working hours`,
    );
  }
}
