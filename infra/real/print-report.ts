import Table from 'cli-table3';
import type { AgencyYear, RealReport } from './real-run.ts';
import type { UnitResult } from './region-client.ts';

const ERRORS_SHOWN = 20;
const whole = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });
const oneDecimal = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1, minimumFractionDigits: 1 });

/** The report as text, for the console. */
export const formatReport = (report: RealReport): string =>
  [
    section('Read and imported', importTable(report), rejections(report)),
    section('Real trouble in the indicators', troubleLines(report)),
    section('Achievement and predicate of each agency', agencyTable(report.agencies)),
    section('Main lines that could not be measured (of all main lines)', notMeasuredTable(report.agencies)),
    section(`Ranking of ${whole.format(report.ranking.total)} lecturers`, rankingTable(report)),
    section('Time and DynamoDB', phaseTable(report)),
  ].join('\n');

const section = (title: string, ...parts: readonly string[]): string =>
  `\n${title}\n${parts.filter((part) => part !== '').join('\n')}`;

type Row = readonly (string | number)[];
const table = (head: readonly string[], rows: readonly Row[], textColumns = 1): string => {
  const drawn = new Table({
    head: [...head],
    colAligns: head.map((_, at) => (at < textColumns ? 'left' : 'right')),
    style: { head: [], border: [], compact: true },
  });
  drawn.push(...rows.map((row) => [...row]));
  return drawn.toString();
};

const importTable = ({ imports }: RealReport): string =>
  table(
    ['', 'lines read', 'rows sent', 'imported', 'unchanged', 'rejected'],
    imports.map(({ what, report }) => [
      what,
      ...[report.lines, report.rows, report.imported, report.unchanged, report.rejected].map((n) =>
        whole.format(n),
      ),
    ]),
  );

const rejections = ({ imports }: RealReport): string => {
  const all = imports.flatMap(({ what, report }) => report.errors.map((error) => ({ what, ...error })));
  const reasons = Map.groupBy(all, ({ what, code }) => `${what}: ${code}`);
  return [...reasons]
    .map(
      ([reason, errors]) =>
        `${reason} × ${errors.length}, first in line ${errors[0]?.line}: ${errors[0]?.message}`,
    )
    .slice(0, ERRORS_SHOWN)
    .join('\n');
};

const troubleLines = ({ kpi, agencies }: RealReport): string => {
  const lines = agencies.flatMap(({ result }) => result.lines);
  const months = lines.flatMap((line) => line.months);
  const zero = months.filter(({ target }) => target?.value === '0').length;
  const missing = months.filter(({ realisation }) => realisation === null).length;
  const notMeasured = lines.filter((line) => line.notMeasured !== null);
  const reasons = [...Map.groupBy(notMeasured, (line) => line.notMeasured ?? '')]
    .map(([reason, found]) => `${reason} ${found.length}`)
    .join(', ');
  return [
    `${whole.format(kpi.rows)} rows of ${kpi.indicatorCount} indicators; ${kpi.summed.length} add up over the months, the others count by their latest month`,
    `${zero} monthly targets of zero in the results (${kpi.zeroTargets} in the file)`,
    `${missing} months without a figure (${kpi.missingMonths} missing in the file)`,
    `${notMeasured.length} of ${lines.length} indicators a year not measured: ${reasons || 'none'}`,
  ].join('\n');
};

const yearsOf = (agencies: readonly AgencyYear[]): number[] =>
  [...new Set(agencies.map(({ year }) => year))].sort();

/** Agencies down, years across. */
const byYear = (agencies: readonly AgencyYear[], cell: (result: UnitResult) => string): string => {
  const years = yearsOf(agencies);
  const rows = [...Map.groupBy(agencies, ({ agency }) => agency)].map(([agency, results]) => [
    agency,
    ...years.map((year) => {
      const found = results.find((result) => result.year === year);
      return found === undefined ? '' : cell(found.result);
    }),
  ]);
  return table(['', ...years.map(String)], rows);
};

const agencyTable = (agencies: readonly AgencyYear[]): string =>
  byYear(agencies, ({ score, proposed, notMeasured }) =>
    score === null ? (notMeasured ?? '') : `${score.shown} ${proposed ?? ''}`,
  );

const notMeasuredTable = (agencies: readonly AgencyYear[]): string =>
  byYear(agencies, ({ lines }) => {
    const main = lines.filter(({ kind }) => kind === 'MAIN');
    return `${main.filter(({ notMeasured }) => notMeasured !== null).length} of ${main.length}`;
  });

const rankingTable = ({ ranking: { top, bottom } }: RealReport): string => {
  const rows = (entries: RealReport['ranking']['top']): Row[] =>
    entries.map(({ rank, name, unit, shown }) => [name, unit, rank, shown]);
  return table(['', 'unit', 'rank', 'score'], [...rows(top), ['…', '', '', ''], ...rows(bottom)], 2);
};

const phaseTable = ({ phases, closes }: RealReport): string => {
  const total = phases.reduce(
    (sum, { seconds, requests, readUnits, writeUnits }) => ({
      name: 'in all',
      seconds: sum.seconds + seconds,
      requests: sum.requests + requests,
      readUnits: sum.readUnits + readUnits,
      writeUnits: sum.writeUnits + writeUnits,
    }),
    { name: 'in all', seconds: 0, requests: 0, readUnits: 0, writeUnits: 0 },
  );
  const rows = [...phases, total].map(({ name, seconds, requests, readUnits, writeUnits }) => [
    name,
    oneDecimal.format(seconds),
    ...[requests, readUnits, writeUnits].map((n) => whole.format(n)),
  ]);
  const states = closes.map(({ name, status }) => `${name} ${status}`).join(', ');
  return `${table(['phase', 'seconds', 'requests', 'read units', 'write units'], rows)}\nExecutions: ${states}`;
};
