import type { Actor } from '../../domain/access-policy.ts';
import type { AuditActor } from '../../domain/audit.ts';
import { failJob, finishJob, isUnfinished, type Job, type JobKind, startJob } from '../../domain/job/job.ts';
import { type ProblemParams, Rejection } from '../../domain/problem.ts';
import type { FileKey } from '../../store/contract/files.ts';
import type { Stored } from '../../store/contract/stored.ts';
import type { Deps } from '../deps.ts';
import { notify } from '../notice/notify.ts';
import { requireJob } from './request-job.ts';

/** What a worker made of a job: the file, or where to go on in the next call. */
export type JobOutcome =
  | {
      readonly done: true;
      /** Read once, while it is stored. */
      readonly content: AsyncIterable<Uint8Array>;
      readonly contentType: string;
      /** ASCII letters, digits, `.`, `_`, `-`; nothing about a person. */
      readonly fileName: string;
    }
  | { readonly done: false; readonly cursor: string };

/**
 * Makes the file of one kind of job, with the rights of who asked. It may be called again with the same cursor after it was
 * killed, and must come to the same. When `hasTime` says no it hands back a cursor (at most 50 kB).
 * @throws Rejection when the job cannot be made; anything else is tried again
 */
export type JobWorker = (
  deps: Deps,
  job: Job,
  actor: Actor,
  cursor: string | null,
  hasTime: () => boolean,
) => Promise<JobOutcome>;

export type JobWorkers = Readonly<Record<JobKind, JobWorker>>;

/** A call of the state machine's worker. */
export interface JobCall {
  readonly jobId: string;
  readonly cursor?: string | undefined;
}

export const keyOfFile = ({ id }: Pick<Job, 'id'>): FileKey => `exports/${id}`;

/** Time and the state machine act as SYSTEM. */
const SYSTEM: AuditActor = { id: 'system', role: 'SYSTEM' };

/**
 * One call of a job's worker; repeatable, also by two at the same time: the file that is stored first is the job's. It is stored
 * before the job says that it is there; who asked is told.
 * @returns `{done: true}`, or the call to make next
 */
export async function runJob(
  deps: Deps,
  { jobId, cursor }: JobCall,
  workers: JobWorkers,
  hasTime: () => boolean,
): Promise<{ readonly done: true } | (JobCall & { readonly done: false })> {
  const found = await requireJob(deps, jobId);
  if (!isUnfinished(found)) return { done: true };
  const job = found.state === 'WAITING' ? await change(deps, found, 'startJob', startJob) : found;
  if (!isUnfinished(job)) return { done: true };
  const { id, staffId, roles } = job.requester;
  const actor: Actor = { id, staffId, roles: new Set(roles) };
  try {
    const outcome = await workers[job.kind](deps, job, actor, cursor ?? null, hasTime);
    if (!outcome.done) return { jobId, cursor: outcome.cursor, done: false };
    const { content, contentType, fileName: name } = outcome;
    const size = await deps.files.write(keyOfFile(job), content, contentType);
    await change(deps, job, 'finishJob', (now) => finishJob(now, { name, contentType, size }, deps.now()));
  } catch (error) {
    // What is refused is refused again, however often it is tried; a busy table is not busy for ever.
    if (!(error instanceof Rejection) || error.problems.some(({ code }) => code === 'BUSY')) throw error;
    const { code, params } = error.problems[0] ?? { code: 'Unknown', params: {} };
    await recordJobFailure(deps, { jobId, failure: code, params });
  }
  return { done: true };
}

/** Why a job cannot be made: a stable code, and what its message names; no personal data. */
export interface JobFailure {
  readonly jobId: string;
  readonly failure: string;
  readonly params?: ProblemParams;
}

/** Says that a job cannot be made, unless it has ended; who asked is told. */
export async function recordJobFailure(
  deps: Pick<Deps, 'store' | 'now'>,
  { jobId, failure, params = {} }: JobFailure,
): Promise<void> {
  const job = await requireJob(deps, jobId);
  await change(deps, job, 'failJob', (found) => failJob(found, failure, params, deps.now()));
}

/** Changes a job that has not ended; when another call was first, what it made of the job counts. */
async function change(
  deps: Pick<Deps, 'store' | 'now'>,
  job: Stored<Job>,
  operation: string,
  transition: (job: Stored<Job>) => Job,
): Promise<Stored<Job>> {
  if (!isUnfinished(job)) return job;
  const after = transition(job);
  const { id, staffId } = job.requester;
  const told = isUnfinished(after)
    ? []
    : notify(deps, {
        kind: after.state === 'DONE' ? 'FILE_READY' : 'FILE_FAILED',
        to: [{ kind: 'PERSON', staffId: staffId ?? id }],
        refs: { subjectId: job.id },
      });
  try {
    const intent = { actor: SYSTEM, at: deps.now(), operation, reason: null, idempotency: null };
    await deps.store.commit(intent, [deps.store.jobs.save(job, after), ...told]);
  } catch (error) {
    if (!(error instanceof Rejection) || !error.problems.every(({ code }) => code === 'CONFLICT'))
      throw error;
    const now = await requireJob(deps, job.id);
    return operation === 'startJob' ? now : change(deps, now, operation, transition);
  }
  return requireJob(deps, job.id);
}
