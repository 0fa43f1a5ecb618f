import { type ExportTable, isNumber } from '../domain/export/table.ts';
import type { Locale } from '../domain/messages.ts';

export const XLSX_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** A table as a workbook of one sheet. Cells are typed, so that no text is a formula; a number of 15 digits stays exact. */
export async function renderXlsx(table: ExportTable, sheet: string, locale: Locale): Promise<Uint8Array> {
  const { default: writeXlsxFile } = await import('write-excel-file/node');
  const header = table.columns.map(({ title }) => ({
    type: String,
    value: title[locale],
    fontWeight: 'bold' as const,
  }));
  const rows = table.rows.map((row) =>
    row.map((cell, at) => {
      if (cell === null) return null;
      return table.columns[at]?.kind === 'NUMBER' && isNumber(cell)
        ? { type: Number, value: Number(cell) }
        : { type: String, value: cell };
    }),
  );
  return writeXlsxFile([header, ...rows], { sheet, stickyRowsCount: 1 }).toBuffer();
}
