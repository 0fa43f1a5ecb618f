import { asPlainText, type Column, type ExportTable, isNumber, type Row } from '../domain/export/table.ts';
import type { Locale } from '../domain/messages.ts';

export const CSV_TYPE = 'text/csv; charset=utf-8';

/** A table as CSV (RFC 4180, UTF-8 with a mark that tells Excel so), page by page; no cell is taken for a formula. */
export async function* renderCsv(
  { columns, pages }: ExportTable,
  locale: Locale,
): AsyncGenerator<Uint8Array> {
  const { stringify } = await import('csv-stringify/sync');
  const bytesOf = (rows: readonly (readonly string[])[], bom = false): Uint8Array =>
    Buffer.from(stringify([...rows], { bom, record_delimiter: 'windows' }), 'utf8');
  yield bytesOf([columns.map(({ title }) => title[locale])], true);
  for await (const rows of pages) yield bytesOf(rows.map((row) => textsOf(row, columns)));
}

const textsOf = (row: Row, columns: readonly Column[]): readonly string[] =>
  row.map((cell, at) => {
    if (cell === null) return '';
    return columns[at]?.kind === 'NUMBER' && isNumber(cell) ? cell : asPlainText(cell);
  });
