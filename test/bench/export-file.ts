/**
 * How long a large export takes to be rendered and stored in parts, and how much memory: rows of results as the store's pages
 * have them, over the stand-in of S3 in the same process. What reading the rows takes is not in it.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportColumns } from '../../functions/domain/export/columns.ts';
import type { ExportFormat, Row } from '../../functions/domain/export/table.ts';
import { renderTable } from '../../functions/export/render-table.ts';
import { startTestFiles } from '../support/files.ts';

export interface ExportFigures {
  readonly seconds: number;
  readonly bytes: number;
  /** Highest resident memory of the process, and what it was before. */
  readonly memory: number;
  readonly memoryBefore: number;
}

const PAGE = 1_000;
const COLUMNS = exportColumns.RESULTS;

const rowOf = (number: number): Row =>
  COLUMNS.map(({ kind }, at) =>
    kind === 'NUMBER'
      ? String(((number * 7_919 * (at + 1)) % 100_000) / 100)
      : `Nama ${at} ${number % 30_011}`,
  );

async function* pagesOf(rows: number): AsyncGenerator<readonly Row[]> {
  for (let at = 0; at < rows; at += PAGE)
    yield Array.from({ length: Math.min(PAGE, rows - at) }, (_, offset) => rowOf(at + offset));
}

/** Renders and stores a table of so many rows. */
export async function measureExport(rows: number, format: ExportFormat): Promise<ExportFigures> {
  const folder = await mkdtemp(join(tmpdir(), 'kinerja-bench-'));
  const files = await startTestFiles(folder);
  const memoryBefore = process.memoryUsage().rss;
  let memory = memoryBefore;
  const watch = setInterval(() => {
    memory = Math.max(memory, process.memoryUsage().rss);
  }, 20);
  const from = performance.now();
  const table = { columns: COLUMNS, pages: pagesOf(rows) };
  const { content, contentType } = renderTable({ table: 'RESULTS' }, table, format, 'id');
  const bytes = await files.store.write('exports/bench', content, contentType);
  const seconds = (performance.now() - from) / 1000;
  clearInterval(watch);
  await files.close();
  await rm(folder, { recursive: true, force: true });
  return { seconds, bytes, memory, memoryBefore };
}
