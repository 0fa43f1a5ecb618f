import type { Actor } from '../domain/access-policy.ts';
import { type Problem, problem, Rejection, reject } from '../domain/problem.ts';
import type { Write } from '../store/contract/stored.ts';
import type { Capacity } from './authorise.ts';
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
      /** What people are told with it. */
      readonly told?: readonly Write[];
    };

export interface ImportTask<Row> {
  readonly actor: Pick<Actor, 'id'>;
  readonly as: Capacity | 'SYSTEM';
  readonly operation: string;
  readonly rows: readonly ImportRow<Row>[];
  /** Rows in one transaction, so that its items stay under DynamoDB's 100. */
  readonly rowsATransaction: number;
  /** Looks at rows that shall be committed together, with fresh eyes each time it is called. */
  readonly prepare: (rows: readonly ImportRow<Row>[]) => Promise<readonly PreparedRow[]>;
  /** Called when the table refused a row; true: `prepare` will treat it otherwise, try it again. */
  readonly reconsider?: (index: number, refusal: Problem) => boolean;
}

/** @throws Rejection REQUIRED or TOO_MANY for no rows, or more than 50 */
export function indexRows<Row>(rows: readonly Row[]): readonly ImportRow<Row>[] {
  if (rows.length === 0) throw reject('REQUIRED', 'rows');
  if (rows.length > MOST_IMPORT_ROWS) throw reject('TOO_MANY', 'rows', { maximum: MOST_IMPORT_ROWS });
  return rows.map((row, index) => ({ index, row }));
}

/** Two rows of one request that name the same thing: DUPLICATE at the later one. */
export function duplicateRows<Row>(
  rows: readonly ImportRow<Row>[],
  path: string,
  keyOf: (row: Row) => string,
): ReadonlyMap<number, Problem> {
  const seen = new Set<string>();
  const found = new Map<number, Problem>();
  for (const { index, row } of rows) {
    const key = keyOf(row).trim();
    if (seen.has(key)) found.set(index, problem('DUPLICATE', path));
    seen.add(key);
  }
  return found;
}

/**
 * Imports rows in the given order, as many together as fit in a transaction. A row that is refused, by its content or by the
 * table, holds back no other; what was imported before with the same content is left alone, so a request can be repeated.
 */
export async function importRows<Row>(
  deps: Pick<Deps, 'store' | 'now'>,
  task: ImportTask<Row>,
): Promise<ImportOutcome> {
  const problems: Problem[] = [];
  let imported = 0;
  let unchanged = 0;
  for (let from = 0; from < task.rows.length; from += task.rowsATransaction) {
    const outcome = await importTogether(deps, task, task.rows.slice(from, from + task.rowsATransaction));
    imported += outcome.imported;
    unchanged += outcome.unchanged;
    problems.push(...outcome.problems);
  }
  problems.sort((a, b) => Number(a.path[1]) - Number(b.path[1]));
  return { imported, unchanged, problems };
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
        // Notices behind: a refusal names a row by the place of its write.
        [...writing.map(({ write }) => write), ...writing.flatMap(({ told = [] }) => told)],
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
        const index = writing[refused[at] ?? -1]?.index;
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
