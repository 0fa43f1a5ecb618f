import type { Actor } from '../../domain/access-policy.ts';
import { localDateOf } from '../../domain/calendar.ts';
import type { OfficialDocument } from '../../domain/document/document.ts';
import type { Job } from '../../domain/job/job.ts';
import { fileTitle } from '../../domain/job/job-subject.ts';
import { Rejection, reject } from '../../domain/problem.ts';
import type { IsoDate } from '../../domain/time.ts';
import type { FileKey } from '../../store/contract/files.ts';
import type { Deps } from '../deps.ts';
import {
  AT_ONE_GO,
  type ExportLimits,
  evaluatedPages,
  inSlices,
  personPages,
} from '../export/export-scope.ts';
import { publishedPeriod } from '../export/result-rows.ts';
import { type JobOutcome, keyOfFile } from '../job/run-job.ts';
import { regionOffset } from '../region-clock.ts';
import { readDocument } from './read-document.ts';
import { dayOfYear } from './read-plan-form.ts';
import { type DocumentsWanted, documentsWanted } from './request-document.ts';

/** A file of an archive. */
export interface MadeFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What puts documents on paper; the library behind it is loaded by whoever calls. */
export interface DocumentPrinter {
  readonly pdf: (document: OfficialDocument) => Promise<Uint8Array>;
  readonly archive: (files: readonly MadeFile[]) => Uint8Array;
}

/** People of one archive: it stays far below a function's memory, and below what somebody wants to download. */
const MOST_PEOPLE = 2_000;
const LIMITS: ExportLimits = { rows: MOST_PEOPLE, rosters: 10_000, walk: AT_ONE_GO };
/** Documents that are read together, and made before the next look at the clock. */
const AT_ONCE = 10;

const FILE_NAMES = { PLAN: 'skp', EVALUATION: 'dokumen-evaluasi', CERTIFICATE: 'piagam' } as const;

/**
 * Makes what a job was asked for: one PDF, or the archive of a unit. The documents of an archive are kept beside the job's file
 * until they are all there, so that a call that was killed or out of time is followed by one that goes on behind them.
 * @param cursor the number of the person to go on with
 */
export async function makeDocuments(
  deps: Deps,
  job: Job,
  actor: Actor,
  printer: DocumentPrinter,
  cursor: string | null,
  hasTime: () => boolean,
): Promise<JobOutcome> {
  const wanted = documentsWanted(job);
  const madeOn = localDateOf(job.requestedAt, await regionOffset(deps));
  const name = fileTitle(FILE_NAMES[wanted.kind], wanted);
  if (wanted.staffId !== null) {
    const document = await readDocument(deps, actor, { ...wanted, staffId: wanted.staffId }, madeOn);
    const bytes = await printer.pdf(document);
    return { done: true, content: whole(bytes), contentType: 'application/pdf', fileName: `${name}.pdf` };
  }
  const people = await peopleOf(deps, job, actor, wanted, madeOn);
  const start = Number(cursor ?? 0);
  for (let at = start; at < people.length; at += AT_ONCE) {
    if (at > start && !hasTime()) return { done: false, cursor: String(at) };
    const documents = await Promise.all(
      people
        .slice(at, at + AT_ONCE)
        .map((staffId) => readDocument(deps, actor, { ...wanted, staffId }, madeOn).catch(nullWhenRefused)),
    );
    for (const [offset, document] of documents.entries())
      if (document !== null)
        await deps.files.put(partOf(job, at + offset), await printer.pdf(document), 'application/pdf');
  }
  const files = await filesOf(deps, job, people);
  if (files.length === 0) throw reject('NOT_FOUND', 'unitId', { id: wanted.unitId ?? '' });
  const bytes = printer.archive(files);
  return { done: true, content: whole(bytes), contentType: 'application/zip', fileName: `${name}.zip` };
}

async function* whole(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** Who has no result or plan, or is not for the reader, has no document. */
function nullWhenRefused(error: unknown): null {
  if (error instanceof Rejection) return null;
  throw error;
}

const partOf = (job: Job, part: number | 'people'): FileKey => `${keyOfFile(job)}-parts/${part}`;

/**
 * Ids of the people of an archive: found once and kept, so that numbers mean the same to every call. @throws Rejection TOO_MANY
 */
async function peopleOf(
  deps: Deps,
  job: Job,
  actor: Actor,
  { kind, unitId, periodId, year }: DocumentsWanted,
  madeOn: IsoDate,
): Promise<readonly string[]> {
  const kept = await deps.files.get(partOf(job, 'people'));
  if (kept !== null)
    return Buffer.from(kept)
      .toString('utf8')
      .split('\n')
      .filter((id) => id !== '');
  const about = { staffId: null, unitId };
  const pages =
    kind === 'PLAN'
      ? personPages(deps, actor, 'Query.plan', about, { day: dayOfYear(year ?? 0, madeOn), limits: LIMITS })
      : evaluatedPages(deps, actor, 'Query.result', about, {
          period: await publishedPeriod(deps, { periodId }),
          limits: LIMITS,
        });
  const people = (await Array.fromAsync(pages)).flat().map(({ staff }) => staff.id);
  await deps.files.put(partOf(job, 'people'), Buffer.from(people.join('\n'), 'utf8'), 'text/plain');
  return people;
}

/** What was made, named by unit and name as in the list: `0001-citra-perawat.pdf`. */
async function filesOf(deps: Deps, job: Job, people: readonly string[]): Promise<readonly MadeFile[]> {
  const staff = await deps.store.staff.getMany(people);
  const found: (MadeFile | null)[] = people.map(() => null);
  await inSlices([...people.keys()], async (at) => {
    const bytes = await deps.files.get(partOf(job, at));
    const number = String(at + 1).padStart(4, '0');
    if (bytes !== null) found[at] = { name: `${number}-${slugOf(staff[at]?.name ?? '')}.pdf`, bytes };
  });
  return found.filter((file) => file !== null);
}

/** A name in lower-case ASCII letters and digits. */
const slugOf = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
