/**
 * The real run against figures computed in another way (independent.ts): all of the indicators, and of the ratings two whole
 * departments, because 73,421 ratings through DynamoDB Local take minutes. `npm run real` runs them all.
 */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createGraphqlClient } from '../../infra/import/graphql-client.ts';
import { startRuntime } from '../../infra/local/runtime.ts';
import { startCapacityMeter } from '../../infra/real/capacity-meter.ts';
import { RATINGS_PERIOD } from '../../infra/real/convert-ratings.ts';
import { KPI_FILE, RATINGS_FILE } from '../../infra/real/paths.ts';
import { formatReport } from '../../infra/real/print-report.ts';
import { type RealReport, runReal } from '../../infra/real/real-run.ts';
import { type RankedStaff, readRanking } from '../../infra/real/region-client.ts';
import { testDatabase } from '../support/database.ts';
import { type AgencyFigures, computeKpi, computeRatings } from './independent.ts';

const DEPARTMENTS = ['1', '7'];

const kpi = computeKpi(KPI_FILE);
const ratings = computeRatings(RATINGS_FILE, DEPARTMENTS);

let report: RealReport;
let ranking: readonly RankedStaff[];
const endings: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'kinerja-real-test-'));
  endings.push(() => rm(folder, { recursive: true }));
  const meter = await startCapacityMeter(testDatabase());
  endings.push(() => meter.close());
  const runtime = await startRuntime({ database: meter.database, tableName: `real-${randomUUID()}` });
  endings.push(() => runtime.close());
  report = await runReal({ runtime, meter, folder, departments: DEPARTMENTS });
  const token = await runtime.tokens.mint({ username: 'reader', groups: ['hr_admin'] });
  const client = createGraphqlClient({ endpoint: runtime.graphqlUrl, token, language: 'en' });
  const pages = [1, 101].map((fromRank) => readRanking(client, RATINGS_PERIOD, fromRank, 100));
  ranking = (await Promise.all(pages)).flatMap(({ entries }) => entries);
}, 180_000);

afterAll(async () => {
  for (let end = endings.pop(); end !== undefined; end = endings.pop()) await end();
});

/** An exact figure of the API in millionths. */
const millionths = (exact: string | undefined): bigint | null => {
  if (exact === undefined) return null;
  const [whole = '', decimals = ''] = exact.split('.');
  return BigInt(whole + decimals.padEnd(6, '0'));
};

describe('the import', () => {
  it('reads every row and rejects none', () => {
    const of = (what: string) => report.imports.find((done) => done.what === what)?.report;
    expect(of('realisations')).toMatchObject({ lines: kpi.rows, imported: kpi.rows, rejected: 0 });
    expect(of('ratings')).toMatchObject({ lines: ratings.rows, imported: ratings.rows, rejected: 0 });
    expect(of('lecturers')).toMatchObject({ imported: ratings.lecturers.length, rejected: 0 });
    expect(report.imports.flatMap((done) => done.report.errors)).toEqual([]);
  });

  it('finds the same indicators that add up over the months', () => {
    expect(report.kpi.summed.map((code) => code.replace('MTA.', '')).sort()).toEqual([...kpi.sums].sort());
  });
});

describe('the closed years 2009 to 2013', () => {
  it('were closed by the schedule, all of them', () => {
    expect(report.closes.map(({ name, status }) => [name, status]).sort()).toEqual(
      [2009, 2010, 2011, 2012, 2013, 2014].map((year) => [`close-${year}-1`, 'SUCCEEDED']),
    );
  });

  it.each(kpi.agencies)('give $agency its achievement and predicate of $year', (expected: AgencyFigures) => {
    const { result } = report.agencies.find(
      ({ agency, year }) => agency === expected.agency && year === expected.year,
    ) ?? { result: null };
    expect(millionths(result?.score?.exact)).toBe(expected.achievement);
    expect(result?.proposed).toBe(expected.predicate);
    expect(result?.lines).toHaveLength(expected.lines);
    expect(result?.lines.filter(({ kind }) => kind === 'MAIN')).toHaveLength(expected.mainLines);
    const reasons = Map.groupBy(
      (result?.lines ?? []).filter(({ achievement }) => achievement === null),
      ({ notMeasured }) => notMeasured,
    );
    expect(Object.fromEntries([...reasons].map(([reason, lines]) => [reason, lines.length]))).toEqual(
      expected.notMeasured,
    );
  });

  it('keep every target of zero and every missing month as what it is', () => {
    const months = report.agencies.flatMap(({ result }) => result.lines.flatMap((line) => line.months));
    expect(months.filter(({ target }) => target?.value === '0')).toHaveLength(kpi.zeroTargets);
    expect(months.filter(({ target, realisation }) => target === null && realisation === null)).toHaveLength(
      kpi.missingMonths,
    );
    expect(report.kpi).toMatchObject({ zeroTargets: kpi.zeroTargets, missingMonths: kpi.missingMonths });
  });
});

describe('the ranking of the lecturers', () => {
  it('has every lecturer at the same place with the same score', () => {
    const expected = new Map(ratings.lecturers.map((figures) => [`Lecturer ${figures.lecturer}`, figures]));
    expect(ranking).toHaveLength(ratings.lecturers.length);
    for (const { name, rank, score, unit } of ranking) {
      const figures = expected.get(name);
      expect([name, rank, millionths(score)]).toEqual([name, figures?.rank, figures?.score]);
      expect(unit).toBe(`Department ${figures?.department}`);
    }
  });

  it('is printed from its top and its bottom', () => {
    const { top, bottom, total } = report.ranking;
    expect(total).toBe(ratings.lecturers.length);
    expect(top).toEqual(ranking.slice(0, 10));
    expect(bottom).toEqual(ranking.slice(-10));
    const text = formatReport(report);
    for (const { name, shown } of [...top, ...bottom]) {
      expect(text).toContain(name);
      expect(text).toContain(shown);
    }
  });
});
