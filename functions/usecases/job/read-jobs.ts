import type { Actor } from '../../domain/access-policy.ts';
import { hasFile, type Job } from '../../domain/job/job.ts';
import type { DownloadLink } from '../../store/contract/files.ts';
import type { Page, PageRequest } from '../../store/contract/stored.ts';
import { authorise } from '../authorise.ts';
import type { Deps } from '../deps.ts';
import { keyOfFile } from './run-job.ts';

/** Seconds that a link works. */
const LINK_SECONDS = 900;

/** A job that one asked for; null for those of others, too. @throws Rejection FORBIDDEN */
export async function readJob(deps: Deps, actor: Actor, id: string): Promise<Job | null> {
  await authorise(deps, actor, 'Query.job');
  const job = await deps.store.jobs.get(id);
  return job !== null && isOwn(actor, job) ? job : null;
}

/** The jobs that one asked for, newest first. @throws Rejection FORBIDDEN */
export async function listJobs(deps: Deps, actor: Actor, page: PageRequest): Promise<Page<Job>> {
  await authorise(deps, actor, 'Query.myJobs');
  return deps.store.jobs.ofRequester(actor.id, page);
}

/** A link to the file; null while there is none, when it has expired, and for anybody else. */
export const downloadOf = async (deps: Deps, actor: Actor, job: Job): Promise<DownloadLink | null> =>
  isOwn(actor, job) && hasFile(job, deps.now()) && job.file !== null
    ? deps.files.presignDownload(keyOfFile(job), {
        fileName: job.file.name,
        expiresInSeconds: LINK_SECONDS,
      })
    : null;

const isOwn = (actor: Actor, { requester }: Job): boolean => requester.id === actor.id;
