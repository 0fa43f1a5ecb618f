/**
 * `npm run bench`: how fast a close is on DynamoDB Local, against a bare program that sends the same requests in the same run;
 * how fast it is without a table, the fairness model, and a large export; how long GraphQL takes against the bare table calls
 * behind it and against PostGraphile; and a cold start. `--only graphql,cold` runs some of the parts: pure, peers, fairness,
 * export, close, graphql, cold. Figures to look at, never asserted: they depend on the machine and on who else works on it.
 */
import { parseArgs } from 'node:util';
import { documentClient } from '../../functions/store/dynamodb-client.ts';
import { synthesiseTable } from '../../infra/close-definition.ts';
import { startDynamoDbLocal } from '../../infra/local/dynamodb-local.ts';
import { createTable } from '../../infra/local/table.ts';
import { seedBulk } from './bulk-region.ts';
import { measureClose } from './close-throughput.ts';
import { measureExport } from './export-file.ts';
import { measureFairness } from './fairness.ts';
import type { Figures } from './graphql/measure.ts';
import { PostgresMissingError } from './postgres.ts';
import type { Timing } from './program.ts';
import { runPureClose } from './pure-close.ts';

const { values } = parseArgs({
  options: {
    staff: { type: 'string', default: '1000' },
    pure: { type: 'string', default: '10000,100000' },
    peers: { type: 'string', default: '100000' },
    times: { type: 'string', default: '100' },
    rows: { type: 'string', default: '500000' },
    pairs: { type: 'string', default: '15' },
    only: { type: 'string', default: '' },
  },
});
const staff = Number(values.staff);
const tableName = 'bench';
// The endpoint's logger reads it when it is loaded, which is why the endpoint is imported late.
process.env['LOG_LEVEL'] = 'SILENT';
process.env['POWERTOOLS_METRICS_DISABLED'] = 'true';

const figure = (value: number, digits = 1): string =>
  value.toLocaleString('en', { maximumFractionDigits: digits });
const line = (name: string, value: string): void => console.log(`  ${name.padEnd(34)} ${value}`);

const asked = (part: string): boolean => values.only === '' || values.only.split(',').includes(part);

if (asked('cold')) {
  console.log(
    `The endpoint's cold start, medians of ${values.pairs} fresh processes, a table that holds nothing`,
  );
  const { bundle } = await import('./bundles.ts');
  const { measureColdStarts } = await import('./cold-start.ts');
  using bundles = bundle({ ours: 'functions/graphql/handler.ts', alone: 'test/bench/apollo-alone.ts' });
  const { ours, alone } = await measureColdStarts(
    { ours: bundles.of('ours'), alone: bundles.of('alone') },
    Number(values.pairs),
  );
  for (const [name, { milliseconds, cpu, bytes }] of [
    ['ours', ours],
    ['Apollo Server and DynamoDB alone', alone],
  ] as const)
    line(
      name,
      `${figure(milliseconds, 0)} ms to the first answer, ${figure(cpu, 0)} ms of processor time; ${figure(bytes / 1e3, 0)} kB loaded`,
    );
  line(
    'ratio',
    `${figure(ours.milliseconds / alone.milliseconds, 2)} of the time, ${figure(ours.cpu / alone.cpu, 2)} of the processor time`,
  );
}

if (asked('pure')) {
  console.log(
    'Close without a table (8 lines, 24 realisations, 12 ratings a person; regions of 10,000, units of 100)',
  );
  for (const count of values.pure.split(',').map(Number)) {
    const pure = await runPureClose(count);
    line(
      `${figure(count)} staff`,
      `${figure(pure.evaluate)} µs a person to evaluate, ${figure(pure.rank, 2)} µs to rank in three scopes; at most ${figure(pure.peakMebibytes, 0)} MiB`,
    );
  }
}

if (asked('peers')) {
  const peers = Number(values.peers);
  console.log(
    `\nOne region of ${figure(peers)} staff without a table, against one statement of PostgreSQL 15`,
  );
  try {
    const { measureAgainstPostgres, SETTINGS } = await import('./against-postgres.ts');
    const found = await measureAgainstPostgres(peers);
    const { seconds, cpuSeconds, fitSeconds, fitCpuSeconds } = found;
    line('read', `${figure(found.values)} indicator values, ${figure(found.ratings)} ratings`);
    line(
      'ours',
      `${figure(seconds, 2)} s, ${figure(cpuSeconds, 2)} s of processor time of all threads, with explanations, ratings, predicates and adjusted behaviour`,
    );
    line(
      'without the fit',
      `${figure(seconds - fitSeconds, 2)} s, ${figure(cpuSeconds - fitCpuSeconds, 2)} s of processor time: the statement fits no raters' severity`,
    );
    line(
      'PostgreSQL',
      `${figure(found.postgresSeconds, 2)} s as it ships (median of 5, cache warm, the answer not sent), ${figure(found.answerSeconds, 2)} s until a client has it; the same scores and ranks`,
    );
    line(
      'in one process',
      `${figure(found.postgresAloneSeconds, 2)} s${found.postgresCpuSeconds === null ? '' : `, ${figure(found.postgresCpuSeconds, 2)} s of processor time`} (least of 5)`,
    );
    line('its settings', JSON.stringify(SETTINGS));
  } catch (error) {
    if (!(error instanceof PostgresMissingError)) throw error;
    line('left out', error.message);
  }
}

if (asked('fairness')) {
  console.log('\nFairness model on real ratings (infra/real/data/ratings.csv)');
  const fairness = measureFairness();
  for (const { unit, ratings, raters, ratees, adjusted, milliseconds, aboveBest } of fairness.units) {
    line(
      `unit ${unit}: ${figure(ratings)} ratings`,
      `${figure(milliseconds)} ms; ${figure(raters)} raters, ${adjusted} of ${ratees} ratees adjusted, criterion ${aboveBest < 1e-8 ? 'no worse than' : `${aboveBest} above the best`} from 20 starts`,
    );
  }
  line('unit by unit', `${figure(fairness.seconds, 2)} s for ${figure(fairness.ratings)} ratings`);
  line('all as one unit', `${figure(fairness.wholeSeconds, 2)} s`);
  line(
    'a hundred times as many units',
    `${figure(fairness.hundredfoldSeconds, 1)} s for ${figure(100 * fairness.ratings)} ratings`,
  );
}

if (asked('export')) {
  console.log(`\nExport of ${figure(Number(values.rows))} rows, rendered and stored in parts`);
  for (const format of ['CSV', 'XLSX'] as const) {
    const { seconds, bytes, memory, memoryBefore } = await measureExport(Number(values.rows), format);
    line(
      format,
      `${figure(seconds)} s, ${figure(bytes / 1e6)} MB; memory at most ${figure(memory / 1e6, 0)} MB, ${figure(memoryBefore / 1e6, 0)} before`,
    );
  }
}

if (asked('close') || asked('graphql')) {
  const database = await startDynamoDbLocal();
  const client = documentClient({
    endpoint: database.endpoint,
    region: database.region,
    credentials: database,
  });
  try {
    await createTable(database, synthesiseTable(tableName));
    const from = performance.now();
    const items = await seedBulk(client, tableName, staff);
    console.log(`\nClose of ${figure(staff)} staff on DynamoDB Local`);
    line('written before', `${figure(items)} items in ${figure((performance.now() - from) / 1000)} s`);

    const close = await measureClose(database, tableName);
    const requests = Object.values(close.requests).reduce((sum, count) => sum + count, 0);
    const { read, write } = close.capacityUnits;
    const tell = (name: string, ours: Timing, ...against: readonly string[]): void =>
      line(
        name,
        [
          `${figure(staff / ours.seconds)} staff/s, ${figure(ours.seconds, 2)} s, processor time ${figure((ours.cpuSeconds * 1000) / staff, 2)} ms a person`,
          ...against,
        ].join('; '),
      );
    tell('first, the table cold too', close.first);
    for (const [name, rounds] of [
      ['again, new processes', [close.cold]],
      ['once more, warm', close.warm],
    ] as const)
      for (const { ours, bare } of rounds)
        tell(
          name,
          ours,
          `${figure(ours.seconds / bare.seconds, 2)} times bare programs that read and write the same: ${figure(bare.seconds, 2)} s, ${figure((bare.cpuSeconds * 1000) / staff, 2)} ms`,
        );
    line(
      'steps',
      Object.entries(close.steps)
        .map(([step, seconds]) => `${step} ${figure(seconds, 2)} s`)
        .join(', '),
    );
    line(
      'requests',
      `${figure(requests)} (${figure(requests / staff, 3)} a person): ${Object.entries(close.requests)
        .map(([operation, count]) => `${operation} ${count}`)
        .join(', ')}`,
    );
    line('processes of the map', `${close.processes}, of the bare programs as many`);
    line(
      'capacity units a person',
      `${figure(read / staff, 2)} read (least ${figure(close.leastUnits.read / staff, 2)}, ${figure(read / close.leastUnits.read, 2)} times), ` +
        `${figure(write / staff, 2)} written (least ${figure(close.leastUnits.write / staff, 2)}, ${figure(write / close.leastUnits.write, 2)} times)`,
    );
    if (asked('graphql')) {
      const { measureGraphQL } = await import('./graphql/measure.ts');
      const { operations, without } = await measureGraphQL(database, tableName, staff, Number(values.times));
      console.log(
        "\nGraphQL, one request at a time, p50 / p99 in ms and processor time (PostgreSQL's own in brackets): ours, the table calls alone, PostGraphile",
      );
      if (without !== null) line('no PostGraphile', without);
      const told = ({ median, p99, cpu }: Figures): string =>
        `${figure(median)} / ${figure(p99)}, ${figure(cpu, 2)}`;
      for (const { name, requests: calls, ours, bare, postgraphile } of operations)
        line(
          name,
          [
            told(ours),
            `${calls} calls ${told(bare)} (${figure(ours.cpu / bare.cpu, 2)} times the processor time)`,
            ...(postgraphile === null
              ? []
              : [
                  `${told(postgraphile)}${postgraphile.databaseCpu === null ? '' : ` (${figure(postgraphile.databaseCpu, 2)})`} (${figure(ours.median / postgraphile.median, 2)} of its p50)`,
                ]),
          ].join('; '),
        );
    }
  } finally {
    client.destroy();
    await database.close();
  }
}
