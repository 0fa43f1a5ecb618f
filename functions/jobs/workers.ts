import { renderPdf } from '../documents/render-pdf.ts';
import { zipOf } from '../documents/zip.ts';
import type { ExportTable, Row } from '../domain/export/table.ts';
import { reject } from '../domain/problem.ts';
import { renderTable } from '../export/render-table.ts';
import { bulkStore, requestStore } from '../graphql/loaders.ts';
import { makeDocuments } from '../usecases/document/make-documents.ts';
import { IN_A_JOB } from '../usecases/export/export-scope.ts';
import { readTable } from '../usecases/export/read-table.ts';
import { exportOf } from '../usecases/export/request-export.ts';
import type { JobWorkers } from '../usecases/job/run-job.ts';

/** What makes the file of each kind of job. */
export const workers: JobWorkers = {
  EXPORT: async (deps, job, actor, _, hasTime) => {
    const { format, ...request } = exportOf(job);
    // As of when it was asked for: a job that is started twice must not read another day.
    const reading = { ...deps, now: () => job.requestedAt, store: bulkStore(deps.store) };
    const { columns, pages } = await readTable(reading, actor, request, IN_A_JOB, job.locale);
    const table = { columns, pages: inTime(pages, hasTime) };
    return { done: true, ...renderTable(request.table, table, format, job.locale) };
  },
  DOCUMENTS: (deps, job, actor, cursor, hasTime) => {
    const reading = { ...deps, store: requestStore(deps.store) };
    return makeDocuments(reading, job, actor, { pdf: renderPdf, archive: zipOf }, cursor, hasTime);
  },
};

/** Pages as long as there is time; a table that takes longer than a function lives is refused with the rows that it got to. */
async function* inTime(pages: ExportTable['pages'], hasTime: () => boolean): AsyncGenerator<readonly Row[]> {
  let maximum = 0;
  for await (const rows of pages) {
    if (!hasTime()) throw reject('TOO_MANY', '', { maximum });
    maximum += rows.length;
    yield rows;
  }
}
