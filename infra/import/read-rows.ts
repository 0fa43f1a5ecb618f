import { type Problem, problem, reject } from '../../functions/domain/problem.ts';
import { readCsv } from './csv-rows.ts';
import type { CellType, Column, Kind, OneOf } from './kinds.ts';

/** A place in the file: where somebody has to look. */
export interface FileProblem {
  readonly line: number;
  /** Null: the line as a whole. */
  readonly column: string | null;
  readonly problem: Problem;
}

/** One row of the mutation, with the way back to the file. */
export interface ImportRow {
  readonly kind: 'row';
  readonly input: Readonly<Record<string, unknown>>;
  /** Lines that it was made of: one, or the lines of a plan. */
  readonly lines: readonly number[];
  /** Rows with equal keys keep their order. */
  readonly orderKey: string;
  /** Rows with equal keys go in different requests, where the kind wants it. */
  readonly apartKey: string;
}

/** Lines that cannot be sent. */
export interface UnreadableRow {
  readonly kind: 'unreadable';
  readonly lines: readonly number[];
  readonly problems: readonly FileProblem[];
}

interface ParsedLine {
  readonly line: number;
  readonly values: Readonly<Record<string, unknown>>;
  readonly problems: readonly FileProblem[];
}

/**
 * The rows of a file of one kind, in order, in the memory of one plan.
 * @throws Rejection INVALID_ENCODING with line and byte, WRONG_COLUMNS with what is missing, unknown and allowed; CsvSyntaxError
 */
export async function* readRows(
  kind: Kind,
  path: string,
  onBytes?: (bytes: number) => void,
): AsyncGenerator<ImportRow | UnreadableRow> {
  const lines = readLines(kind, path, onBytes);
  if (kind.planOf === null) {
    const seen = new Map<string, number>();
    for await (const line of lines) {
      const problems = [...line.problems, ...twice(kind, line, seen)];
      yield problems.length > 0
        ? { kind: 'unreadable', lines: [line.line], problems }
        : {
            kind: 'row',
            input: line.values,
            lines: [line.line],
            orderKey: keyOf(kind.orderBy, line),
            apartKey: keyOf(kind.apart, line),
          };
    }
    return;
  }
  yield* readPlans(kind.planOf, lines);
}

/** Of two lines of a file that name the same thing the later one is refused: the file does not say which of them holds. */
function twice({ namedBy }: Kind, line: ParsedLine, seen: Map<string, number>): readonly FileProblem[] {
  const [column = null] = namedBy;
  if (line.problems.length > 0 || column === null) return [];
  const key = keyOf(namedBy, line);
  const first = seen.get(key);
  if (first === undefined) {
    seen.set(key, line.line);
    return [];
  }
  return [
    {
      line: line.line,
      column,
      problem: problem('DUPLICATE', column, { line: first }),
    },
  ];
}

/** Consecutive lines of one owner and year are one plan; a plan that begins twice is refused the second time. */
async function* readPlans(
  planOf: readonly string[],
  lines: AsyncIterable<ParsedLine>,
): AsyncGenerator<ImportRow | UnreadableRow> {
  const seen = new Set<string>();
  let group: ParsedLine[] = [];
  const finish = (): ImportRow | UnreadableRow => {
    const [first] = group;
    const key = first === undefined ? '' : keyOf(planOf, first);
    const problems = group.flatMap((line) => line.problems);
    if (seen.has(key) && first !== undefined) {
      problems.unshift({
        line: first.line,
        column: planOf[0] ?? null,
        problem: problem('DUPLICATE', planOf[0]),
      });
    }
    seen.add(key);
    const numbers = group.map(({ line }) => line);
    if (problems.length > 0) return { kind: 'unreadable', lines: numbers, problems };
    const owner = Object.fromEntries(planOf.map((name) => [name, first?.values[name]]));
    return {
      kind: 'row',
      input: { ...owner, lines: group.map(planLineOf) },
      lines: numbers,
      orderKey: key,
      apartKey: key,
    };
  };
  for await (const line of lines) {
    const [first] = group;
    if (first !== undefined && keyOf(planOf, first) !== keyOf(planOf, line)) {
      yield finish();
      group = [];
    }
    group.push(line);
  }
  if (group.length > 0) yield finish();
}

const keyOf = (columns: readonly string[], { values }: ParsedLine): string =>
  JSON.stringify(columns.map((name) => values[name] ?? null));

/** A line of a plan as the mutation takes it: `serves` and the monthly targets are nested there. */
const planLineOf = ({ values }: ParsedLine): Record<string, unknown> => {
  const {
    lineId,
    servesPlanId,
    servesLineId,
    servesRole,
    year,
    unitCode: _unit,
    nip: _nip,
    ...rest
  } = values;
  const plain = Object.entries(rest).filter(([name]) => !MONTHLY_TARGET.test(name));
  const monthlyTargets = Object.entries(rest).flatMap(([name, target]) => {
    const month = MONTHLY_TARGET.exec(name)?.[1];
    return month === undefined ? [] : [{ month: `${year}-${month}`, target }];
  });
  return {
    id: lineId,
    ...Object.fromEntries(plain),
    ...(servesPlanId !== undefined && {
      serves: { planId: servesPlanId, lineId: servesLineId, role: servesRole },
    }),
    ...(monthlyTargets.length > 0 && { monthlyTargets }),
  };
};

const MONTHLY_TARGET = /^target(\d\d)$/;

/**
 * Where in the file a problem of the service is: `path` as it came (`rows`, index, field …), `rows` as they were sent.
 * Null when it is about no row.
 */
export const locate = (
  kind: Kind,
  rows: readonly ImportRow[],
  path: readonly string[],
): { readonly index: number; readonly line: number; readonly column: string | null } | null => {
  const [root, at, ...field] = path[0] === 'input' ? path.slice(1) : path;
  const index = Number(at);
  const row = root === 'rows' ? rows[index] : undefined;
  if (row === undefined) return null;
  const [start = 0] = row.lines;
  const known = (name: string | undefined) =>
    name !== undefined && kind.columns.some((column) => column.name === name) ? name : null;
  if (kind.planOf === null || field[0] !== 'lines') return { index, line: start, column: known(field[0]) };
  const [, lineIndex, name, ...rest] = field;
  const line = row.lines[Number(lineIndex)] ?? start;
  if (name === 'id') return { index, line, column: 'lineId' };
  if (name === 'serves') {
    const part = rest[0] ?? 'planId';
    return { index, line, column: known(`serves${part.charAt(0).toUpperCase()}${part.slice(1)}`) };
  }
  if (name === 'monthlyTargets' || name === 'targets') {
    return { index, line, column: known(monthlyColumn(row, Number(lineIndex), rest[0])) };
  }
  return { index, line, column: known(name) };
};

const monthlyColumn = (row: ImportRow, lineIndex: number, at: string | undefined): string | undefined => {
  if (at !== undefined && /^(0[1-9]|1[0-2])$/.test(at)) return `target${at}`;
  const { lines } = row.input;
  const line: unknown = Array.isArray(lines) ? lines[lineIndex] : undefined;
  if (typeof line !== 'object' || line === null || !('monthlyTargets' in line)) return undefined;
  const targets: unknown = line.monthlyTargets;
  const target: unknown = Array.isArray(targets) ? targets[Number(at)] : undefined;
  if (typeof target !== 'object' || target === null || !('month' in target)) return 'target01';
  return `target${String(target.month).slice(5)}`;
};

async function* readLines(
  kind: Kind,
  path: string,
  onBytes?: (bytes: number) => void,
): AsyncGenerator<ParsedLine> {
  let header: readonly Column[] | null = null;
  for await (const { line, cells } of readCsv(path, onBytes)) {
    if (header === null) header = headerOf(kind, cells);
    // A spreadsheet writes rows that once had content as delimiters alone.
    else if (cells.some((cell) => cell !== '')) yield parseLine(kind, header, line, cells);
  }
  if (header === null) headerOf(kind, []);
}

const headerOf = (kind: Kind, cells: readonly string[]): readonly Column[] => {
  const byName = new Map(kind.columns.map((column) => [column.name, column]));
  const missing = kind.columns.filter(({ name, required }) => required && !cells.includes(name));
  const unknown = cells.filter((name, index) => !byName.has(name) || cells.indexOf(name) !== index);
  if (missing.length > 0 || unknown.length > 0) {
    throw reject('WRONG_COLUMNS', '', {
      ...(missing.length > 0 && { missing: missing.map(({ name }) => name).join(', ') }),
      ...(unknown.length > 0 && { unknown: unknown.map((name) => `"${name}"`).join(', ') }),
      allowed: kind.columns.map(({ name }) => name).join(', '),
    });
  }
  return cells.flatMap((name) => byName.get(name) ?? []);
};

/** A line by its columns; an empty cell is null, where a column that the file has not says nothing. In plans it is as if it were not there. */
const parseLine = (
  { planOf }: Kind,
  header: readonly Column[],
  line: number,
  cells: readonly string[],
): ParsedLine => {
  if (cells.length !== header.length) {
    const wrong = problem('WRONG_COLUMNS', '', { expected: header.length, actual: cells.length });
    return { line, values: {}, problems: [{ line, column: null, problem: wrong }] };
  }
  const values: Record<string, unknown> = {};
  const problems: FileProblem[] = [];
  header.forEach((column, index) => {
    const cell = cells[index] ?? '';
    const { name } = column;
    if (cell === '') {
      if (column.required) problems.push({ line, column: name, problem: problem('REQUIRED', name) });
      else if (planOf === null) values[name] = null;
      return;
    }
    const value = parseCell(column.type, cell);
    if (value !== undefined) values[name] = value;
    else {
      const expected = formOf(column.type);
      problems.push({ line, column: name, problem: problem('INVALID_FORMAT', name, { expected }) });
    }
  });
  for (const name of ['servesLineId', 'servesRole']) {
    if (values.servesPlanId !== undefined && values[name] === undefined) {
      problems.push({ line, column: name, problem: problem('REQUIRED', name) });
    }
  }
  return { line, values, problems };
};

const FORMS: Readonly<Record<Exclude<CellType, OneOf>, string>> = {
  text: 'abc',
  words: 'abc def',
  integer: 'WHOLE_NUMBER',
  integers: 'WHOLE_NUMBERS',
  decimal: '61.95',
  target: '61.95 | 80..90',
  month: 'YYYY-MM',
  date: 'DATE',
};

/** How a cell of a type is written: as it is, or by the name of its words (`expected` in messages.ts). */
const formOf = (type: CellType): string => (typeof type === 'object' ? type.oneOf.join(' | ') : FORMS[type]);

const INTEGER = /^-?\d{1,9}$/;
const DECIMAL = /^-?\d{1,15}(\.\d{1,6})?$/;

/**
 * Reads a cell; undefined when it is not of its type. Only what GraphQL itself would refuse for the whole request is judged
 * here, all else is the service's.
 */
const parseCell = (type: CellType, cell: string): unknown => {
  if (typeof type === 'object') return type.oneOf.includes(cell) ? cell : undefined;
  switch (type) {
    case 'text':
      return cell;
    case 'words':
      return cell.split(/\s+/);
    case 'integer':
      return INTEGER.test(cell) ? Number(cell) : undefined;
    case 'integers': {
      const parts = cell.split(/\s+/);
      return parts.every((part) => INTEGER.test(part)) ? parts.map(Number) : undefined;
    }
    case 'decimal':
      return DECIMAL.test(cell) ? cell : undefined;
    case 'target':
      return parseTarget(cell);
    case 'month':
      return /^\d{4}-(0[1-9]|1[0-2])$/.test(cell) ? cell : undefined;
    case 'date':
      return isDate(cell) ? cell : undefined;
  }
};

const parseTarget = (cell: string): { value: string } | { low: string; high: string } | undefined => {
  const [low = '', high, more] = cell.split('..').map((part) => part.trim());
  if (!DECIMAL.test(low) || more !== undefined) return undefined;
  if (high === undefined) return { value: low };
  return DECIMAL.test(high) ? { low, high } : undefined;
};

const isDate = (cell: string): boolean => {
  if (!/^\d{4}-\d\d-\d\d$/.test(cell)) return false;
  const date = new Date(`${cell}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(cell);
};
