import { asPlainText, type ExportTable, isNumber } from '../domain/export/table.ts';
import type { Locale } from '../domain/messages.ts';

export const CSV_TYPE = 'text/csv; charset=utf-8';

/** A table as CSV (RFC 4180, UTF-8 with a mark that tells Excel so); no cell is taken for a formula. */
export async function renderCsv(table: ExportTable, locale: Locale): Promise<Uint8Array> {
  const { stringify } = await import('csv-stringify/sync');
  const records = [
    table.columns.map(({ title }) => title[locale]),
    ...table.rows.map((row) =>
      row.map((cell, at) => {
        if (cell === null) return '';
        return table.columns[at]?.kind === 'NUMBER' && isNumber(cell) ? cell : asPlainText(cell);
      }),
    ),
  ];
  return Buffer.from(stringify(records, { bom: true, record_delimiter: 'windows' }), 'utf8');
}
