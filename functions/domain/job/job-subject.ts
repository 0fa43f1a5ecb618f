import { DOCUMENT_KINDS, type DocumentKind } from '../document/document.ts';
import { EXPORT_TABLES, type ExportTableName } from '../export/table.ts';
import { type Job, textIn } from './job.ts';

/** What a job is of, as whoever asked for it tells it from others in a list. */
export interface JobSubject {
  readonly table: ExportTableName | null;
  readonly document: DocumentKind | null;
  readonly periodId: string | null;
  readonly year: number | null;
  readonly month: string | null;
  readonly unitId: string | null;
  readonly staffId: string | null;
}

export function subjectOf({ input }: Pick<Job, 'input'>): JobSubject {
  const text = textIn(input);
  const year = input['year'];
  return {
    table: EXPORT_TABLES.find((each) => each === input['table']) ?? null,
    document: DOCUMENT_KINDS.find((each) => each === input['document']) ?? null,
    periodId: text('periodId'),
    year: typeof year === 'number' ? year : null,
    month: text('month'),
    unitId: text('unitId'),
    staffId: text('staffId'),
  };
}

export interface TimeOf {
  readonly periodId?: string | null | undefined;
  readonly month?: string | null | undefined;
  readonly year?: number | null | undefined;
}

/**
 * What a download is called, without its ending: what it holds and the time that it is of, nothing about a person.
 * @example fileTitle('Dokumen evaluasi', { periodId: '2026-Q1' }) // kinerja-dokumen-evaluasi-2026-q1
 */
export const fileTitle = (title: string, { periodId, month, year }: TimeOf): string =>
  ['kinerja', title, periodId ?? month ?? year ?? '']
    .join(' ')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/-$/, '');
