import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import * as z from 'zod/mini';
import type { Actor } from '../../domain/access-policy.ts';
import { exportColumns } from '../../domain/export/columns.ts';
import type { ExportFormat, ExportTable, Row } from '../../domain/export/table.ts';
import type { Job } from '../../domain/job/job.ts';
import type { Locale } from '../../domain/messages.ts';
import { reject } from '../../domain/problem.ts';
import type { FileKey } from '../../store/contract/files.ts';
import type { Deps } from '../deps.ts';
import { type JobOutcome, keyOfFile } from '../job/run-job.ts';
import { IN_A_JOB, type Walk } from './export-scope.ts';
import { readTable } from './read-table.ts';
import { exportOf } from './request-export.ts';
import type { ExportRequest } from './rows-of.ts';

/** Puts a table into the form of a file. */
export type TableRenderer = (
  of: ExportRequest,
  table: ExportTable,
  format: ExportFormat,
  locale: Locale,
) => {
  readonly content: AsyncIterable<Uint8Array>;
  readonly contentType: string;
  readonly fileName: string;
};

const PIECE = 20_000;
const PAGE = 1_000;

/** Where a table's rows are that were read so far, and how to go on. */
const cursorSchema = z.object({
  /** The position on the table's way up to which they were read; null: all of it. */
  from: z.nullable(z.string()),
  rows: z.number(),
  /** Names of the pieces that hold them, in order. */
  pieces: z.array(z.string()),
});
type Cursor = z.infer<typeof cursorSchema>;
const rowsSchema = z.array(z.array(z.nullable(z.string())));

const compress = promisify(gzip);
const decompress = promisify(gunzip);

/**
 * The file of an export. A small table is read and rendered at once. The rows of a larger one are kept in pieces, by as many calls as
 * reading takes, and rendered by a call of their own when they are all there: either form of file is written in one go, and what was
 * read is not read again. A piece is named by what is in it, so that calls that come twice, or late, cannot mix theirs.
 * @param most rows that are held in memory
 * @throws Rejection TOO_MANY beyond the rows of a worksheet, or when a call cannot get through one step of the table's way
 */
export async function makeExport(
  deps: Deps,
  job: Job,
  actor: Actor,
  render: TableRenderer,
  cursor: string | null,
  hasTime: () => boolean,
  most = PIECE,
): Promise<JobOutcome> {
  const { format, ...request } = exportOf(job);
  const file = (pages: ExportTable['pages']): JobOutcome => ({
    done: true,
    ...render(request, { columns: exportColumns[request.table], pages }, format, job.locale),
  });
  const start: Cursor =
    cursor === null ? { from: null, rows: 0, pieces: [] } : cursorSchema.parse(JSON.parse(cursor));
  if (cursor !== null && start.from === null) return file(piecesOf(deps, job, start.pieces));

  const spool = createSpool(deps, job, start, most);
  const limits = { ...IN_A_JOB, walk: spool.walk };
  const { pages } = await readTable(deps, actor, request, limits, job.locale, start.rows);
  for await (const rows of pages) {
    if (!hasTime()) {
      const next = await spool.upToReached();
      if (next === null) throw reject('TOO_MANY', '', { maximum: spool.rows() });
      return { done: false, cursor: JSON.stringify(next) };
    }
    await spool.add(rows);
  }
  const rest = spool.unkept();
  if (rest !== null) return file(pagesOf(rest));
  return { done: false, cursor: JSON.stringify(await spool.whole()) };
}

async function* piecesOf(deps: Deps, job: Job, names: readonly string[]): AsyncGenerator<readonly Row[]> {
  for (const name of names) {
    const bytes = await deps.files.get(keyOfPiece(job, name));
    if (bytes === null) throw new Error('a piece of an export is gone');
    yield* pagesOf(rowsSchema.parse(JSON.parse((await decompress(bytes)).toString('utf8'))));
  }
}

/** Rows that are put into form at a time. */
function* pagesOf(rows: readonly Row[]): Generator<readonly Row[]> {
  for (let at = 0; at < rows.length; at += PAGE) yield rows.slice(at, at + PAGE);
}

const keyOfPiece = (job: Job, name: string): FileKey => `${keyOfFile(job)}-parts/${name}`;

/** Rows as they are read, in pieces; it knows which of them lie before the position that was reached. */
function createSpool(deps: Deps, job: Job, start: Cursor, most: number) {
  /** Pieces up to the position, and those behind it. */
  const kept = [...start.pieces];
  let behind: string[] = [];
  /** Rows in no piece yet; the first `safe` of them lie before the position. */
  let held: Row[] = [];
  let safe = 0;
  let count = start.rows;
  let reached: { readonly from: string; readonly rows: number } | null = null;

  const keep = async (rows: readonly Row[]): Promise<string> => {
    const text = JSON.stringify(rows);
    const name = createHash('sha256').update(text).digest('hex').slice(0, 32);
    await deps.files.put(keyOfPiece(job, name), await compress(text, { level: 1 }), 'application/gzip');
    return name;
  };
  const walk: Walk = {
    from: start.from,
    reached: (from) => {
      reached = { from, rows: count };
      kept.push(...behind);
      behind = [];
      safe = held.length;
    },
  };
  /** Keeps the rows that lie before the position, if they are not kept yet. */
  const keepSafe = async (): Promise<void> => {
    if (safe === 0) return;
    kept.push(await keep(held.slice(0, safe)));
    held = held.slice(safe);
    safe = 0;
  };
  return {
    walk,
    rows: () => count,
    add: async (rows: readonly Row[]): Promise<void> => {
      for (const row of rows) held.push(row);
      count += rows.length;
      if (held.length < most) return;
      await keepSafe();
      if (held.length < most) return;
      behind.push(await keep(held));
      held = [];
    },
    /** Everything, when no piece was made; else null. */
    unkept: (): readonly Row[] | null => (kept.length + behind.length === 0 ? held : null),
    /** Everything up to the position; null when none was reached in this call. */
    upToReached: async (): Promise<Cursor | null> => {
      if (reached === null) return null;
      const { from, rows } = reached;
      await keepSafe();
      return { from, rows, pieces: [...kept] };
    },
    /** Everything. */
    whole: async (): Promise<Cursor> => {
      if (held.length > 0) behind.push(await keep(held));
      return { from: null, rows: count, pieces: [...kept, ...behind] };
    },
  };
}
