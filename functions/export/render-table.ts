import { exportTitles } from '../domain/export/columns.ts';
import type { ExportFormat, ExportTable, ExportTableName } from '../domain/export/table.ts';
import { fileTitle, type TimeOf } from '../domain/job/job-subject.ts';
import type { Locale } from '../domain/messages.ts';
import { CSV_TYPE, renderCsv } from './render-csv.ts';
import { renderXlsx, XLSX_TYPE } from './render-xlsx.ts';

/** A file as an answer or a job hands it out, made while it is read. */
export interface RenderedFile {
  readonly content: AsyncIterable<Uint8Array>;
  readonly contentType: string;
  readonly fileName: string;
}

/** A table in the format asked for, named by what it is of; the libraries are loaded with the first one. */
export function renderTable(
  of: TimeOf & { readonly table: ExportTableName },
  table: ExportTable,
  format: ExportFormat,
  locale: Locale,
): RenderedFile {
  const title = exportTitles[of.table][locale];
  return {
    content: format === 'CSV' ? renderCsv(table, locale) : renderXlsx(table, title, locale),
    contentType: format === 'CSV' ? CSV_TYPE : XLSX_TYPE,
    fileName: `${fileTitle(title, of)}.${format.toLowerCase()}`,
  };
}
