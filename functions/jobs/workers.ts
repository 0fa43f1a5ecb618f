import { renderPdf } from '../documents/render-pdf.ts';
import { zipOf } from '../documents/zip.ts';
import { renderTable } from '../export/render-table.ts';
import { bulkStore, requestStore } from '../store/request-store.ts';
import { makeDocuments } from '../usecases/document/make-documents.ts';
import { makeExport } from '../usecases/export/make-export.ts';
import type { JobWorkers } from '../usecases/job/run-job.ts';

/** What makes the file of each kind of job. */
export const workers: JobWorkers = {
  EXPORT: (deps, job, actor, cursor, hasTime) => {
    // As of when it was asked for: a job that is called twice must not read another day.
    const reading = { ...deps, now: () => job.requestedAt, store: bulkStore(deps.store) };
    return makeExport(reading, job, actor, renderTable, cursor, hasTime);
  },
  DOCUMENTS: (deps, job, actor, cursor, hasTime) => {
    const reading = { ...deps, store: requestStore(deps.store) };
    return makeDocuments(reading, job, actor, { pdf: renderPdf, archive: zipOf }, cursor, hasTime);
  },
};
