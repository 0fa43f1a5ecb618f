/**
 * What the real run must come to, computed from the two files in another way than the product does: fractions of BigInt,
 * its own reading of CSV, no code of the product. The rules are those of domain.md sections 3 to 5 and of
 * infra/real/README.md.
 */
import { readFileSync } from 'node:fs';

/** Millionths of a percent or point. */
export type Millionths = bigint;

export interface AgencyFigures {
  readonly agency: string;
  readonly year: number;
  readonly achievement: Millionths | null;
  readonly predicate: string | null;
  readonly mainLines: number;
  readonly lines: number;
  /** Lines by why they have no achievement. */
  readonly notMeasured: Readonly<Record<string, number>>;
}

export interface KpiFigures {
  readonly rows: number;
  readonly zeroTargets: number;
  readonly missingMonths: number;
  readonly sums: readonly string[];
  readonly agencies: readonly AgencyFigures[];
}

export interface LecturerFigures {
  readonly lecturer: string;
  readonly department: string;
  readonly score: Millionths;
  readonly rank: number;
}

interface Fraction {
  readonly over: bigint;
  readonly under: bigint;
}

const splitLine = (line: string): string[] =>
  [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)]
    .map(([, cell = '']) => (cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell))
    .slice(0, line.split(',').length);

const readRecords = (file: string): Record<string, string>[] => {
  const [header = '', ...lines] = readFileSync(file, 'utf8').trimEnd().split('\n');
  const names = splitLine(header);
  return lines.map((line) => {
    const cells = splitLine(line);
    return Object.fromEntries(names.map((name, at) => [name, cells[at] ?? '']));
  });
};

const fractionOf = (text: string): Fraction => {
  const [whole = '0', decimals = ''] = text.split('.');
  return { over: BigInt(whole + decimals), under: 10n ** BigInt(decimals.length) };
};

const add = (a: Fraction, b: Fraction): Fraction => ({
  over: a.over * b.under + b.over * a.under,
  under: a.under * b.under,
});
const minus = (a: Fraction): Fraction => ({ over: -a.over, under: a.under });
const divide = (a: Fraction, b: Fraction): Fraction => ({ over: a.over * b.under, under: a.under * b.over });
const absolute = (a: Fraction): Fraction => (a.over < 0n ? minus(a) : a);

/** Rounded half-up; never negative here. */
const millionthsOf = ({ over, under }: Fraction, scale = 1n): Millionths => {
  const numerator = over * scale * 1_000_000n;
  const sign = under < 0n ? -1n : 1n;
  return (2n * numerator * sign + under * sign) / (2n * under * sign);
};

const clamp = (value: Millionths): Millionths =>
  value < 0n ? 0n : value > 120_000_000n ? 120_000_000n : value;

/** Achievement in millionths of a percent, or why there is none. */
const achievementOf = (direction: string, target: Fraction, actual: Fraction): Millionths | 'ZERO_TARGET' => {
  const nothingToCompare = target.over === 0n;
  if (direction === 'U') return nothingToCompare ? 'ZERO_TARGET' : percent(divide(actual, target));
  if (direction === 'D') {
    if (nothingToCompare) return actual.over <= 0n ? 100_000_000n : 0n;
    return percent(divide(add(add(target, target), minus(actual)), target));
  }
  if (nothingToCompare) return 'ZERO_TARGET';
  const off = divide(absolute(add(actual, minus(target))), absolute(target));
  return percent(add({ over: 1n, under: 1n }, minus(off)));
};

const percent = (share: Fraction): Millionths => (share.over < 0n ? 0n : clamp(millionthsOf(share, 100n)));

const predicateOf = (achievement: Millionths): string => {
  const steps: readonly (readonly [bigint, string])[] = [
    [110n, 'OUTSTANDING'],
    [90n, 'GOOD'],
    [70n, 'NEEDS_IMPROVEMENT'],
    [50n, 'POOR'],
  ];
  return steps.find(([from]) => achievement >= from * 1_000_000n)?.[1] ?? 'VERY_POOR';
};

type Records = readonly Record<string, string>[];

export const computeKpi = (file: string): KpiFigures => {
  const records = readRecords(file);
  const byIndicator = Map.groupBy(records, (record) => record.indicator_seq ?? '');
  const sums = new Set([...byIndicator].filter(([, rows]) => isSum(rows)).map(([id]) => id));
  const agencies: AgencyFigures[] = [];
  let missingMonths = 0;
  for (const [agency, ofAgency] of Map.groupBy(records, (record) => record.agency_name ?? '')) {
    for (const [year, ofYear] of Map.groupBy(ofAgency, (record) => record.period_year ?? '')) {
      // The order in which the whole file names the indicators decides who gets the left-over basis points.
      const ids = [...byIndicator.keys()].filter((id) =>
        ofYear.some((record) => record.indicator_seq === id),
      );
      const lines = ids.map((id) => {
        const rows = ofYear.filter((record) => record.indicator_seq === id);
        missingMonths += 12 - rows.length;
        const [{ desired_change: direction = '', parent_seq: parent = '' } = {}] = rows;
        const { target, actual } = sums.has(id) ? totalOf(rows) : lastOf(rows);
        return { main: !byIndicator.has(parent), achievement: achievementOf(direction, target, actual) };
      });
      agencies.push(agencyFigures(agency, Number(year), lines));
    }
  }
  return {
    rows: records.length,
    zeroTargets: records.filter((record) => Number(record.monthly_target) === 0).length,
    missingMonths,
    sums: [...sums].sort(),
    agencies,
  };
};

const agencyFigures = (
  agency: string,
  year: number,
  lines: readonly { readonly main: boolean; readonly achievement: Millionths | 'ZERO_TARGET' }[],
): AgencyFigures => {
  const main = lines.filter((line) => line.main);
  const share = Math.floor(10_000 / main.length);
  const extra = 10_000 - share * main.length;
  let weighted = 0n;
  let weights = 0n;
  main.forEach(({ achievement }, at) => {
    if (typeof achievement === 'string') return;
    const weight = BigInt(share + (at < extra ? 1 : 0));
    weighted += weight * achievement;
    weights += weight;
  });
  const achievement = weights === 0n ? null : (2n * weighted + weights) / (2n * weights);
  const zero = lines.filter((line) => line.achievement === 'ZERO_TARGET').length;
  return {
    agency,
    year,
    achievement,
    predicate: achievement === null ? null : predicateOf(achievement),
    mainLines: main.length,
    lines: lines.length,
    notMeasured: zero === 0 ? {} : { ZERO_TARGET: zero },
  };
};

const inOrder = (rows: Records): Records =>
  [...rows].sort((a, b) => Number(a.period_month) - Number(b.period_month));

const totalOf = (rows: Records): { readonly target: Fraction; readonly actual: Fraction } => {
  const nothing: Fraction = { over: 0n, under: 1n };
  const sum = (column: string) => rows.map((row) => fractionOf(row[column] ?? '')).reduce(add, nothing);
  return { target: sum('monthly_target'), actual: sum('monthly_actual') };
};

const lastOf = (rows: Records): { readonly target: Fraction; readonly actual: Fraction } => {
  const last = inOrder(rows).at(-1);
  return {
    target: fractionOf(last?.monthly_target ?? ''),
    actual: fractionOf(last?.monthly_actual ?? ''),
  };
};

/** Year-to-date equals the running sum of the months, within 2 %, in most months of the years that begin in January. */
const isSum = (rows: Records): boolean => {
  const verdicts = [...Map.groupBy(rows, (row) => row.period_year ?? '').values()].flatMap((ofYear) => {
    const ordered = inOrder(ofYear);
    const gap = ordered.findIndex((row, at) => Number(row.period_month) !== at + 1);
    const complete = gap < 0 ? ordered : ordered.slice(0, gap);
    return complete.slice(1).map((row, at) => {
      const running = complete
        .slice(0, at + 2)
        .reduce((sum, { monthly_actual }) => sum + Number(monthly_actual), 0);
      return Math.abs(Number(row.ytd_actual) - running) <= 0.02 * Math.abs(running);
    });
  });
  return verdicts.filter(Boolean).length > verdicts.length / 2;
};

/** Every lecturer with the points of their mean (1 → 50, 3 → 90, 5 → 120) and place; equal scores share a place. */
export const computeRatings = (
  file: string,
  departments: readonly string[] | null,
): { readonly rows: number; readonly lecturers: readonly LecturerFigures[] } => {
  const records = readRecords(file).filter(
    ({ unit = '' }) => departments === null || departments.includes(unit),
  );
  const scored = [...Map.groupBy(records, ({ ratee = '' }) => ratee)].map(([lecturer, ratings]) => {
    const sum = ratings.reduce((total, { rating }) => total + BigInt(rating ?? ''), 0n);
    return {
      lecturer,
      department: ratings[0]?.unit ?? '',
      score: pointsOf({ over: sum, under: BigInt(ratings.length) }),
    };
  });
  return {
    rows: records.length,
    lecturers: scored
      .map((figures) => ({
        ...figures,
        rank: 1 + scored.filter(({ score }) => score > figures.score).length,
      }))
      .sort((a, b) => a.rank - b.rank),
  };
};

const pointsOf = (mean: Fraction): Millionths => {
  const three = 3n * mean.under;
  return mean.over <= three
    ? 50_000_000n + millionthsOf({ over: (mean.over - mean.under) * 40n, under: mean.under * 2n })
    : 90_000_000n + millionthsOf({ over: (mean.over - three) * 30n, under: mean.under * 2n });
};
