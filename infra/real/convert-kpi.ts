/**
 * From the published indicators of five agencies to files for the importer. README.md of this folder states every
 * decision that is made here.
 */
import { join } from 'node:path';
import { equalWeights } from '../../functions/domain/plan/weights.ts';
import { KINDS } from '../import/kinds.ts';
import { type Cells, writeCsv } from './csv-writer.ts';
import { readSource } from './source-rows.ts';

const COLUMNS = [
  'indicator_seq',
  'parent_seq',
  'agency_name',
  'indicator_name',
  'category',
  'desired_change',
  'indicator_unit',
  'period_year',
  'period_month',
  'ytd_actual',
  'monthly_target',
  'monthly_actual',
] as const;
type KpiRow = Readonly<Record<(typeof COLUMNS)[number], string>>;

/** An indicator with what its rows say; figures as in the file. */
interface KpiIndicator {
  readonly first: KpiRow;
  /** Year → month (`01` to `12`) → figures. */
  readonly years: Map<string, Map<string, MonthRow>>;
}
interface MonthRow {
  readonly target: string;
  readonly actual: string;
  readonly yearToDate: string;
}

/** The files, and what was found in the source. */
export interface KpiFiles {
  readonly units: string;
  readonly indicators: string;
  readonly agreements: string;
  readonly realisations: string;
  readonly rows: number;
  readonly years: readonly number[];
  readonly agencies: readonly { readonly code: string; readonly name: string }[];
  readonly indicatorCount: number;
  /** Rows whose monthly target is zero. */
  readonly zeroTargets: number;
  /** Months without a row in years for which the indicator has others. */
  readonly missingMonths: number;
  /** Codes of the indicators that add up over the months. */
  readonly summed: readonly string[];
}

const ROOT = { code: 'MTA', name: 'Metropolitan Transportation Authority' } as const;

const POLARITY: Readonly<Record<string, string>> = { U: 'MAXIMIZE', D: 'MINIMIZE', N: 'STABILIZE' };

/** Year-to-date and running sum may differ by so much, in percent: figures are corrected in later months. */
const SUM_TOLERANCE_PERCENT = 2;

export const unitCodeOf = (agency: string): string => agency.toUpperCase().replaceAll(/[^A-Z0-9]+/g, '-');
const indicatorCodeOf = ({ indicator_seq }: KpiRow): string => `MTA.${indicator_seq}`;
const lineIdOf = ({ indicator_seq }: KpiRow): string => `I${indicator_seq}`;

/**
 * Writes the import files of `kpi-actuals.csv` into a folder: units, indicators, agreements (a plan an agency and year with
 * monthly targets) and realisations.
 */
export const convertKpi = async (source: string, folder: string): Promise<KpiFiles> => {
  const indicators = new Map<string, KpiIndicator>();
  let rows = 0;
  let zeroTargets = 0;
  for await (const row of readSource(source, COLUMNS)) {
    rows++;
    if (Number(row.monthly_target) === 0) zeroTargets++;
    collect(indicators, row);
  }
  const all = [...indicators.values()];
  const agencies = [...new Set(all.map(({ first }) => first.agency_name))].sort();
  const years = [...new Set(all.flatMap((indicator) => [...indicator.years.keys()]))].sort();
  const files = {
    units: join(folder, 'kpi-units.csv'),
    indicators: join(folder, 'kpi-indicators.csv'),
    agreements: join(folder, 'kpi-agreements.csv'),
    realisations: join(folder, 'kpi-realisations.csv'),
  };
  await writeCsv(
    KINDS.units,
    ['code', 'name', 'kind', 'parentCode'],
    [
      { ...ROOT, kind: 'REGION' },
      ...agencies.map((name) => ({ code: unitCodeOf(name), name, kind: 'AGENCY', parentCode: ROOT.code })),
    ],
    files.units,
  );
  await writeCsv(
    KINDS.indicators,
    [
      'code',
      'name',
      'description',
      'source',
      'unitOfMeasure',
      'polarity',
      'buildUp',
      'unitCode',
      'effectiveFrom',
    ],
    all.map(indicatorCells),
    files.indicators,
  );
  const agreementColumns = ['unitCode', 'year', 'lineId', 'kind', 'indicatorCode', 'weight'];
  const targetColumns = Array.from({ length: 12 }, (_, at) => `target${String(at + 1).padStart(2, '0')}`);
  await writeCsv(
    KINDS.agreements,
    [...agreementColumns, ...targetColumns],
    agencies.flatMap((agency) => years.flatMap((year) => agreementLines(indicators, agency, year))),
    files.agreements,
  );
  await writeCsv(
    KINDS.realisations,
    ['ownerKind', 'owner', 'lineId', 'month', 'value'],
    realisationCells(source),
    files.realisations,
  );
  return {
    ...files,
    rows,
    years: years.map(Number),
    agencies: agencies.map((name) => ({ code: unitCodeOf(name), name })),
    indicatorCount: indicators.size,
    zeroTargets,
    missingMonths: all.reduce(
      (sum, indicator) =>
        sum + [...indicator.years.values()].reduce((gaps, months) => gaps + 12 - months.size, 0),
      0,
    ),
    summed: all.filter(addsUp).map(({ first }) => indicatorCodeOf(first)),
  };
};

const collect = (indicators: Map<string, KpiIndicator>, row: KpiRow): void => {
  const found = indicators.get(row.indicator_seq);
  const indicator = found ?? { first: row, years: new Map() };
  if (found === undefined) indicators.set(row.indicator_seq, indicator);
  const months = indicator.years.get(row.period_year) ?? new Map<string, MonthRow>();
  indicator.years.set(row.period_year, months);
  months.set(row.period_month.padStart(2, '0'), {
    target: row.monthly_target,
    actual: row.monthly_actual,
    yearToDate: row.ytd_actual,
  });
};

/**
 * Whether an indicator is a count that adds up: its year-to-date figure is the sum of the months so far, within the
 * tolerance, in more than half of the months from February on of the years that begin in January.
 */
const addsUp = ({ years }: KpiIndicator): boolean => {
  let compared = 0;
  let equal = 0;
  for (const months of years.values()) {
    let sum = 0;
    for (let month = 1; month <= 12; month++) {
      const row = months.get(String(month).padStart(2, '0'));
      if (row === undefined) break;
      sum += Number(row.actual);
      if (month === 1) continue;
      compared++;
      if (Math.abs(Number(row.yearToDate) - sum) * 100 <= SUM_TOLERANCE_PERCENT * Math.abs(sum)) equal++;
    }
  }
  return equal * 2 > compared;
};

const indicatorCells = (indicator: KpiIndicator): Cells => {
  const { first } = indicator;
  const polarity = POLARITY[first.desired_change];
  if (polarity === undefined)
    throw new RangeError(`desired_change "${first.desired_change}" has no polarity`);
  const buildUp = addsUp(indicator) ? 'SUM' : 'LATEST';
  return {
    code: indicatorCodeOf(first),
    name: first.indicator_name,
    description: `${first.indicator_name} (${first.category})`,
    source: 'Metropolitan Transportation Authority of New York, performance data set',
    unitOfMeasure: unitOfMeasureOf(first, buildUp),
    polarity,
    buildUp,
    unitCode: unitCodeOf(first.agency_name),
    effectiveFrom: '2009-01-01',
  };
};

/** The file knows `%` and `-`; the name says what a `-` is. */
const unitOfMeasureOf = ({ indicator_unit, indicator_name }: KpiRow, buildUp: string): string => {
  if (indicator_unit !== '-') return indicator_unit;
  if (buildUp === 'SUM') return 'count';
  return indicator_name.startsWith('Mean Distance') ? 'miles' : 'rate';
};

/** One agreement: headline figures are main lines with equal weights, their breakdowns are additional lines. */
const agreementLines = (
  indicators: ReadonlyMap<string, KpiIndicator>,
  agency: string,
  year: string,
): Cells[] => {
  const ofYear = [...indicators.values()].filter(
    ({ first, years }) => first.agency_name === agency && years.has(year),
  );
  const isHeadline = ({ first }: KpiIndicator) => !indicators.has(first.parent_seq);
  const headlines = ofYear.filter(isHeadline);
  const weights = equalWeights(headlines.length);
  return [...headlines, ...ofYear.filter((indicator) => !isHeadline(indicator))].map((indicator, at) => {
    const { first, years } = indicator;
    const months = [...(years.get(year) ?? [])];
    return {
      unitCode: unitCodeOf(agency),
      year,
      lineId: lineIdOf(first),
      kind: at < headlines.length ? 'MAIN' : 'ADDITIONAL',
      indicatorCode: indicatorCodeOf(first),
      weight: weights[at] ?? 0,
      ...Object.fromEntries(months.map(([month, { target }]) => [`target${month}`, target])),
    };
  });
};

async function* realisationCells(source: string): AsyncGenerator<Cells> {
  for await (const row of readSource(source, COLUMNS)) {
    yield {
      ownerKind: 'UNIT',
      owner: unitCodeOf(row.agency_name),
      lineId: lineIdOf(row),
      month: `${row.period_year}-${row.period_month.padStart(2, '0')}`,
      value: row.monthly_actual,
    };
  }
}
