import type { Actor } from '../../domain/access-policy.ts';
import {
  type Column,
  EXPORT_FORMATS,
  type ExportFormat,
  type ExportTableName,
  type Row,
} from '../../domain/export/table.ts';
import { type Job, textIn } from '../../domain/job/job.ts';
import { subjectOf } from '../../domain/job/job-subject.ts';
import type { Locale } from '../../domain/messages.ts';
import type { Month } from '../../domain/time.ts';
import type { Stored } from '../../store/contract/stored.ts';
import { authorise } from '../authorise.ts';
import type { Deps } from '../deps.ts';
import { requestJob } from '../job/request-job.ts';
import { INLINE } from './export-scope.ts';
import { authoriseExport, readTable } from './read-table.ts';
import type { ExportRequest } from './rows-of.ts';

/** What a client asks for. */
export interface ExportInput {
  readonly table: ExportTableName;
  readonly format: ExportFormat;
  readonly unitId?: string | null | undefined;
  readonly periodId?: string | null | undefined;
  readonly year?: number | null | undefined;
  readonly month?: Month | null | undefined;
  readonly programmeId?: string | null | undefined;
  readonly courseId?: string | null | undefined;
  readonly announcementId?: string | null | undefined;
  readonly campaignId?: string | null | undefined;
  readonly entity?: string | null | undefined;
  readonly jobGroup?: string | null | undefined;
  readonly staffId?: string | null | undefined;
  readonly idempotencyKey?: string | null | undefined;
}

const requestOf = (input: ExportInput): ExportRequest => ({
  table: input.table,
  unitId: input.unitId ?? null,
  periodId: input.periodId ?? null,
  year: input.year ?? null,
  month: input.month ?? null,
  programmeId: input.programmeId ?? null,
  courseId: input.courseId ?? null,
  announcementId: input.announcementId ?? null,
  campaignId: input.campaignId ?? null,
  entity: input.entity ?? null,
  jobGroup: input.jobGroup ?? null,
  staffId: input.staffId ?? null,
});

/**
 * Asks for a table as a file, made in the background with the rights of who asks. @throws Rejection FORBIDDEN, REQUIRED,
 * NOT_FOUND, TOO_MANY
 */
export const requestExport = (
  deps: Deps,
  actor: Actor,
  input: ExportInput,
  locale: Locale,
): Promise<Stored<Job>> => {
  const request = requestOf(input);
  const { idempotencyKey } = input;
  return requestJob(
    deps,
    actor,
    { kind: 'EXPORT', operation: 'requestExport', locale, idempotencyKey },
    async () => {
      await authorise(deps, actor, 'Mutation.requestExport');
      return authoriseExport(deps, actor, request);
    },
    async () => ({ ...request, format: input.format }),
    { ...request, format: input.format },
  );
};

/** A small table at once. @throws Rejection as requestExport; TOO_MANY for what takes a job */
export async function readExport(
  deps: Deps,
  actor: Actor,
  input: ExportInput,
  locale: Locale,
): Promise<{ readonly columns: readonly Column[]; readonly rows: readonly Row[] }> {
  await authorise(deps, actor, 'Query.exportTable');
  const { columns, pages } = await readTable(deps, actor, requestOf(input), INLINE, locale);
  return { columns, rows: (await Array.fromAsync(pages)).flat() };
}

/** What an export job was asked for. @throws Error for an input that no request has made */
export function exportOf(job: Pick<Job, 'input'>): ExportRequest & { readonly format: ExportFormat } {
  const { table, document: _, ...subject } = subjectOf(job);
  const format = EXPORT_FORMATS.find((each) => each === job.input['format']);
  if (table === null || format === undefined) throw new Error('no input of an export');
  const text = textIn(job.input);
  return {
    ...subject,
    table,
    format,
    programmeId: text('programmeId'),
    courseId: text('courseId'),
    announcementId: text('announcementId'),
    campaignId: text('campaignId'),
    entity: text('entity'),
    jobGroup: text('jobGroup'),
  };
}
