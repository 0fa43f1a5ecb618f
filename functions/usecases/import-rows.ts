import type { Actor, Operation } from '../domain/access-policy.ts';
import { type Problem, problem, Rejection, reject } from '../domain/problem.ts';
import type { Write } from '../store/contract/stored.ts';
import { authorise, type Capacity } from './authorise.ts';
import type { Deps } from './deps.ts';

/** Rows that one request may carry. */
export const MOST_IMPORT_ROWS = 50;

const ATTEMPTS = 5;

export interface ImportOutcome {
  readonly imported: number;
  readonly unchanged: number;
  /** Each begins with `rows` and the row's index. */
  readonly problems: readonly Problem[];
}

/** A row with its index in the request. */
export interface ImportRow<Row> {
  readonly index: number;
  readonly row: Row;
}

/** What a row comes to: problems (paths within the row), nothing to do, a write, or a place in a later transaction. */
export type PreparedRow =
  | { readonly index: number; readonly problems: readonly Problem[] }
  | { readonly index: number; readonly unchanged: true }
  | { readonly index: number; readonly later: true }
  | {
      readonly index: number;
      readonly write: Write;
      /** What must hold in the same moment; where it does not, the row is refused. */
      readonly provided?: readonly Write[];
      /** What people are told with it. */
      readonly told?: readonly Write[];
    };

/** How rows are treated, whoever brings them. */
export interface RowRules<Row> {
  /** What names a row. Of two that name the same the later one is refused, DUPLICATE at `path`, and goes no further. */
  readonly named?: { readonly path: string; readonly by: (row: Row) => string };
  /** Rows in one transaction, so that its items stay under DynamoDB's 100. */
  readonly rowsATransaction: number | ((rows: readonly ImportRow<Row>[]) => number);
  /** Looks at rows that shall be committed together, with fresh eyes each time it is called. */
  readonly prepare: (rows: readonly ImportRow<Row>[]) => Promise<readonly PreparedRow[]>;
  /** Called when the table refused a row; true: `prepare` will treat it otherwise, try it again. */
  readonly reconsider?: (index: number, refusal: Problem) => boolean;
}

export interface ImportTask<Row> extends RowRules<Row> {
  readonly actor: Pick<Actor, 'id'>;
  readonly as: Capacity | 'SYSTEM';
  readonly operation: string;
  readonly rows: readonly ImportRow<Row>[];
}

/**
 * A bulk import as a mutation: who may, then `importRows` on the rows in the order given, or in that of `order`.
 * @throws Rejection FORBIDDEN, REQUIRED or TOO_MANY for no rows, or more than 50
 */
export async function performImport<Row>(
  deps: Deps,
  actor: Actor,
  field: Operation & `Mutation.${string}`,
  input: readonly Row[],
  rules: RowRules<Row> & {
    readonly order?: (rows: readonly ImportRow<Row>[]) => readonly ImportRow<Row>[];
  },
): Promise<ImportOutcome> {
  const as = await authorise(deps, actor, field);
  const rows = indexRows(input);
  const operation = field.slice('Mutation.'.length);
  return importRows(deps, { ...rules, actor, as, operation, rows: rules.order?.(rows) ?? rows });
}

/** @throws Rejection REQUIRED or TOO_MANY for no rows, or more than 50 */
export function indexRows<Row>(rows: readonly Row[]): readonly ImportRow<Row>[] {
  if (rows.length === 0) throw reject('REQUIRED', 'rows');
  if (rows.length > MOST_IMPORT_ROWS) throw reject('TOO_MANY', 'rows', { maximum: MOST_IMPORT_ROWS });
  return rows.map((row, index) => ({ index, row }));
}

/**
 * Imports rows in the given order, as many together as fit in a transaction. A row that is refused, by its content or by the
 * table, holds back no other; what was imported before with the same content is left alone, so a request can be repeated.
 */
export async function importRows<Row>(
  deps: Pick<Deps, 'store' | 'now'>,
  task: ImportTask<Row>,
): Promise<ImportOutcome> {
  const { rows, problems } = withoutDuplicates(task.rows, task.named);
  const { rowsATransaction } = task;
  const together = typeof rowsATransaction === 'number' ? rowsATransaction : rowsATransaction(rows);
  let imported = 0;
  let unchanged = 0;
  for (let from = 0; from < rows.length; from += together) {
    const outcome = await importTogether(deps, task, rows.slice(from, from + together));
    imported += outcome.imported;
    unchanged += outcome.unchanged;
    problems.push(...outcome.problems);
  }
  problems.sort((a, b) => Number(a.path[1]) - Number(b.path[1]));
  return { imported, unchanged, problems };
}

function withoutDuplicates<Row>(
  rows: readonly ImportRow<Row>[],
  named: RowRules<Row>['named'],
): { readonly rows: readonly ImportRow<Row>[]; readonly problems: Problem[] } {
  if (named === undefined) return { rows, problems: [] };
  const first = new Map<string, number>();
  for (const { index, row } of rows) {
    const name = named.by(row).trim();
    first.set(name, Math.min(index, first.get(name) ?? index));
  }
  const isFirst = ({ index, row }: ImportRow<Row>): boolean => first.get(named.by(row).trim()) === index;
  return {
    rows: rows.filter(isFirst),
    problems: rows
      .filter((each) => !isFirst(each))
      .map(({ index }) => problem('DUPLICATE', `rows.${index}.${named.path}`)),
  };
}

async function importTogether<Row>(
  deps: Pick<Deps, 'store' | 'now'>,
  task: ImportTask<Row>,
  rows: readonly ImportRow<Row>[],
): Promise<ImportOutcome> {
  const problems: Problem[] = [];
  const refuse = (index: number, found: Problem): void => {
    problems.push({ ...found, path: ['rows', index, ...found.path] });
  };
  let left = rows;
  let conflicts = 0;
  let imported = 0;
  let known = 0;
  for (;;) {
    const prepared = await task.prepare(left);
    for (const row of prepared) {
      if ('problems' in row) for (const found of row.problems) refuse(row.index, found);
    }
    const unchanged = known + prepared.filter((row) => 'unchanged' in row).length;
    const later = new Set(prepared.flatMap((row) => ('later' in row ? [row.index] : [])));
    const writing = prepared.flatMap((row) => ('write' in row ? [row] : []));
    const conditions = writing.flatMap(({ index, provided = [] }) =>
      provided.map((write) => ({ index, write })),
    );
    if (writing.length === 0) return { imported, unchanged, problems };
    try {
      await deps.store.commit(
        {
          actor: { id: task.actor.id, role: task.as },
          at: deps.now(),
          operation: task.operation,
          reason: null,
          idempotency: null,
        },
        // Notices behind: a refusal names a row by the place of its write, or of its condition.
        [...writing, ...conditions]
          .map(({ write }) => write)
          .concat(writing.flatMap(({ told = [] }) => told)),
      );
      imported += writing.length;
      if (later.size === 0) return { imported, unchanged, problems };
      known = unchanged;
      left = left.filter(({ index }) => later.has(index));
    } catch (error) {
      if (!(error instanceof Rejection)) throw error;
      const refused = refusedWrites(error);
      const out = new Set<number>();
      let again = false;
      error.problems.forEach((found, at) => {
        const index = [...writing, ...conditions][refused[at] ?? -1]?.index;
        if (found.code === 'CONFLICT') again = true;
        else if (index !== undefined && task.reconsider?.(index, found)) again = true;
        else if (index !== undefined) {
          out.add(index);
          refuse(index, found);
        }
      });
      conflicts += again ? 1 : 0;
      if ((out.size === 0 && !again) || conflicts === ATTEMPTS) {
        for (const { index } of writing.filter((row) => !out.has(row.index)))
          for (const found of error.problems) refuse(index, found);
        if (later.size === 0) return { imported, unchanged, problems };
        known = unchanged;
        conflicts = 0;
        left = left.filter(({ index }) => later.has(index));
        continue;
      }
      const gone = new Set([...out, ...prepared.flatMap((row) => ('problems' in row ? [row.index] : []))]);
      left = left.filter(({ index }) => !gone.has(index));
    }
  }
}

/** Which write each problem is about, where the store says so (CommitRejection). */
function refusedWrites(rejection: Rejection): readonly (number | null)[] {
  return 'writes' in rejection && Array.isArray(rejection.writes) ? rejection.writes : [];
}
