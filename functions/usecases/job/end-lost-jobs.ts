import { isLost } from '../../domain/job/job.ts';
import type { Deps } from '../deps.ts';
import { readFirst } from '../read-all.ts';
import { recordJobFailure } from './run-job.ts';

/** Jobs that one look takes on; more than so many wait an hour. */
const MOST = 500;

/**
 * Ends jobs that nothing works on any more: their execution was aborted, took too long or never started, or the machine that
 * it ran on went away. Who asked is told, and the job no longer counts as one under way.
 * @returns their ids
 */
export async function endLostJobs(
  deps: Pick<Deps, 'store' | 'now'>,
  failed: (id: string, error: unknown) => void,
): Promise<readonly string[]> {
  const unfinished = await readFirst((page) => deps.store.jobs.unfinished(page), MOST);
  const ended: string[] = [];
  for (const { id } of unfinished.filter((job) => isLost(job, deps.now()))) {
    try {
      await recordJobFailure(deps, { jobId: id, failure: 'TIMED_OUT' });
      ended.push(id);
    } catch (error) {
      failed(id, error);
    }
  }
  return ended;
}
