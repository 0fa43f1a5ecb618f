import { renderPdf } from '../documents/render-pdf.ts';
import { zipOf } from '../documents/zip.ts';
import { renderTable } from '../export/render-table.ts';
import { requestStore } from '../graphql/loaders.ts';
import { makeDocuments } from '../usecases/document/make-documents.ts';
import { collectTable } from '../usecases/export/collect-table.ts';
import { IN_A_JOB } from '../usecases/export/export-scope.ts';
import { exportOf } from '../usecases/export/request-export.ts';
import type { JobWorkers } from '../usecases/job/run-job.ts';

/** What makes the file of each kind of job. */
export const workers: JobWorkers = {
  EXPORT: async (deps, job, actor) => {
    const { format, ...request } = exportOf(job);
    // One reader as in a request: the organisation and who the actor is are read once, not for every row.
    const reading = { ...deps, store: requestStore(deps.store) };
    const table = await collectTable(reading, actor, request, IN_A_JOB, job.locale);
    return { done: true, ...(await renderTable(request.table, table, format, job.locale)) };
  },
  DOCUMENTS: (deps, job, actor, cursor, hasTime) => {
    const reading = { ...deps, store: requestStore(deps.store) };
    return makeDocuments(reading, job, actor, { pdf: renderPdf, archive: zipOf }, cursor, hasTime);
  },
};
