/** A file that somebody asks for, and what people are told by mail. */
import { renderPdf } from '../../../../functions/documents/render-pdf.ts';
import { zipOf } from '../../../../functions/documents/zip.ts';
import type { Actor } from '../../../../functions/domain/access-policy.ts';
import { canonicalJson } from '../../../../functions/domain/canonical-json.ts';
import type { OfficialDocument } from '../../../../functions/domain/document/document.ts';
import { indicatorReviewNotice } from '../../../../functions/domain/notice/notice.ts';
import { renderTable } from '../../../../functions/export/render-table.ts';
import { workers } from '../../../../functions/jobs/workers.ts';
import { publishAnnouncement } from '../../../../functions/usecases/announcement/announce.ts';
import { makeDocuments } from '../../../../functions/usecases/document/make-documents.ts';
import {
  requestDocument,
  requestUnitDocuments,
} from '../../../../functions/usecases/document/request-document.ts';
import { makeExport } from '../../../../functions/usecases/export/make-export.ts';
import { requestExport } from '../../../../functions/usecases/export/request-export.ts';
import { giveFeedback } from '../../../../functions/usecases/feedback/give-feedback.ts';
import { type JobCall, type JobWorkers, runJob } from '../../../../functions/usecases/job/run-job.ts';
import { sendMails } from '../../../../functions/usecases/mail/send-mails.ts';
import { KECAMATAN } from '../../../workflow/kecamatan.ts';
import { seedRegion, write } from '../../../workflow/region.ts';
import type { Services, Workflow } from '../cloud.ts';
import { asRequest, personnel } from './import.ts';
import { publish } from './objections.ts';

const isJob = (input: unknown): input is { readonly jobId: string } =>
  typeof input === 'object' && input !== null && 'jobId' in input;

const requestResults = (services: Services) =>
  services.invoke('request', (deps) =>
    requestExport(
      asRequest(deps),
      personnel,
      { table: 'RESULTS', format: 'XLSX', periodId: KECAMATAN.periodId, idempotencyKey: 'export-1' },
      'id',
    ),
  );

/** Who asks asks again with the same key until there is an answer; the state machine calls the worker. */
export const exporting: Workflow = {
  name: 'export',
  at: '2026-04-20T04:00:00.000Z',
  // An execution of a job is started once.
  late: 'THE_STEP',
  prepare: (deps) => publish(deps),
  drive: async (services) => {
    await requestResults(services);
    await jobExecutions(services);
  },
};

/** More than one part of an upload, the same in every run. */
const LARGE_BYTES = 8.5 * 1024 * 1024;
async function* large(): AsyncGenerator<Uint8Array> {
  const page = Buffer.alloc(512 * 1024, 'kinerja ');
  for (let sent = 0; sent < LARGE_BYTES; sent += page.length) yield page;
}

/** A file that goes up in parts. Its content is no table's: a region that has so many rows would be slow to copy. */
export const largeExport: Workflow = {
  ...exporting,
  name: 'export in parts',
  drive: async (services) => {
    await requestResults(services);
    await jobExecutions(services, () => true, {
      ...workers,
      EXPORT: async () => ({
        done: true,
        content: large(),
        contentType: 'text/csv',
        fileName: 'kinerja-hasil.csv',
      }),
    });
  },
};

/** @param hasTime whether a worker has time for more than it must do in a call */
const jobExecutions = (
  services: Services,
  hasTime: () => boolean = () => true,
  made: JobWorkers = workers,
): Promise<void> =>
  services.executions('jobs', async (input) => {
    if (!isJob(input)) throw new Error('no input of a job');
    let call: JobCall & { readonly done?: boolean } = input;
    while (call.done !== true) {
      const { jobId, cursor } = call;
      const outcome = await services.invoke('worker', (deps) =>
        runJob(deps, { jobId, cursor }, made, hasTime),
      );
      call = { jobId, ...outcome };
    }
  });

/** Rows by one unit a call, each piece of them kept by itself, and rendered when they are all there. */
export const exportInPieces: Workflow = {
  ...exporting,
  name: 'export in pieces',
  drive: async (services) => {
    await services.invoke('request', (deps) =>
      requestExport(
        asRequest(deps),
        personnel,
        {
          table: 'RATING_COMPLETION',
          format: 'XLSX',
          periodId: KECAMATAN.periodId,
          idempotencyKey: 'export-2',
        },
        'id',
      ),
    );
    await jobExecutions(services, undefined, {
      ...workers,
      EXPORT: (deps, job, actor, cursor) => {
        let pages = 1;
        const oneUnit = () => {
          pages -= 1;
          return pages >= 0;
        };
        return makeExport(deps, job, actor, renderTable, cursor, oneUnit, 1);
      },
    });
  },
};

/** One person's evaluation as PDF. */
export const document: Workflow = {
  ...exporting,
  name: 'document',
  drive: async (services) => {
    await services.invoke('request', (deps) =>
      requestDocument(
        asRequest(deps),
        personnel,
        {
          kind: 'EVALUATION',
          staffId: 'staf',
          periodId: KECAMATAN.periodId,
          idempotencyKey: 'document-1',
        },
        'id',
      ),
    );
    await jobExecutions(services);
  },
};

const CLERKS = Array.from({ length: 9 }, (_, at) => `staf-${at + 2}`);

/** The plans of a unit with all below it, as an archive of PDF: more than a worker that is short of time makes in one call. */
export const archive: Workflow = {
  ...exporting,
  name: 'archive of documents',
  prepare: ({ store }) => {
    const [, , clerk] = KECAMATAN.people;
    const more = clerk === undefined ? [] : CLERKS.map((id) => ({ ...clerk, id }));
    return seedRegion(store, { ...KECAMATAN, people: [...KECAMATAN.people, ...more] });
  },
  drive: async (services) => {
    await services.invoke('request', (deps) =>
      requestUnitDocuments(
        asRequest(deps),
        personnel,
        { kind: 'PLAN', unitId: 'kecamatan', year: 2026, idempotencyKey: 'archive-1' },
        'id',
      ),
    );
    await jobExecutions(services, () => false, {
      ...workers,
      DOCUMENTS: (deps, job, actor, cursor, hasTime) =>
        makeDocuments(asRequest(deps), job, actor, { pdf: rendered, archive: zipOf }, cursor, hasTime),
    });
  },
};

const made = new Map<string, Promise<Uint8Array>>();

/** A document is drawn once a run of all trials; that the same one is the same bytes is seen in the workflow of a single one. */
function rendered(document: OfficialDocument): Promise<Uint8Array> {
  const text = canonicalJson(document);
  const pdf = made.get(text) ?? renderPdf(document);
  made.set(text, pdf);
  return pdf;
}

const lurah: Actor = { id: 'lurah', staffId: 'lurah', roles: new Set() };
/** Until the day's mails are due and everything is free again that two mailers took one after the other and died, and the clock is behind. */
const MAILER_CALLS = 9;

/** Something is made known to all, to those who have a role and to one, ten minutes before the day's mails go out. */
export const notification: Workflow = {
  name: 'notification and mail',
  at: '2026-03-10T23:50:00.000Z',
  late: 'FROM_THE_BEGINNING',
  // One of them serves nowhere.
  roleHolders: ['lurah', 'local-admin', 'staf'],
  prepare: async ({ store }) => {
    await seedRegion(store, KECAMATAN);
    for (const { id } of KECAMATAN.people) {
      const before = await store.staff.get(id);
      if (before === null) throw new Error('the region has no such person');
      await write(store, [store.staff.save(before, { ...before, email: `${id}@daerah.go.id` })]);
    }
    await write(store, [
      store.mails.savePreferences(null, { owner: 'lurah', mail: 'AT_ONCE', locale: 'en', version: 0 }),
    ]);
  },
  drive: async (services) => {
    await services.invoke('announce', (deps) =>
      publishAnnouncement(asRequest(deps), personnel, {
        title: 'Cuti bersama',
        text: 'Kantor tutup pada hari Jumat.',
        effectiveFrom: '2026-03-20',
        idempotencyKey: 'announce-1',
      }),
    );
    await services.invoke('feedback', (deps) =>
      giveFeedback(asRequest(deps), lurah, {
        staffId: 'staf',
        value: 'SERVICE',
        text: 'Pelayanan bulan ini baik sekali.',
        idempotencyKey: 'feedback-1',
      }),
    );
    await services.invoke('review', ({ store }) =>
      store.notices.put({ ...indicatorReviewNotice(KECAMATAN.periodId, 1), at: notification.at }),
    );
    for (let call = 0; call < MAILER_CALLS; call += 1) {
      await services.invokeOnce('mailer', (deps) =>
        sendMails({ ...deps, appUrl: 'https://kinerja.daerah.go.id' }, () => true),
      );
      services.pass(5);
    }
  },
};
