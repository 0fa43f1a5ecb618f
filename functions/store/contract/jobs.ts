import type { Job } from '../../domain/job/job.ts';
import type { Page, PageRequest, Stored, Write } from './stored.ts';

export interface JobStore {
  get(id: string): Promise<Stored<Job> | null>;
  /** Jobs that an account asked for, newest first. */
  ofRequester(accountId: string, page: PageRequest): Promise<Page<Stored<Job>>>;
  /** Jobs that have not ended, the oldest first. */
  unfinished(page: PageRequest): Promise<Page<Stored<Job>>>;
  save(before: Stored<Job> | null, after: Job): Write;
}
