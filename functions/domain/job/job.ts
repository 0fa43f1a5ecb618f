import type { Role } from '../access-policy.ts';
import type { Locale } from '../messages.ts';
import { type ProblemParams, reject } from '../problem.ts';
import type { Instant } from '../time.ts';

/** What a job makes: each kind has its worker (functions/jobs/workers.ts). */
export const JOB_KINDS = ['EXPORT', 'DOCUMENTS'] as const;
export type JobKind = (typeof JOB_KINDS)[number];

/** WAITING → RUNNING → DONE or FAILED. */
export type JobState = 'WAITING' | 'RUNNING' | 'DONE' | 'FAILED';

/** Who asked, with the roles of that moment: the job may read what they may. */
export interface Requester {
  readonly id: string;
  readonly staffId: string | null;
  readonly roles: readonly Role[];
}

/** What a job was asked for, checked by its kind. Ids and choices only. */
export type JobInput = Readonly<Record<string, string | number | boolean | null>>;

/** Reads the texts of an input by their names; null for what is none. */
export const textIn =
  (input: JobInput) =>
  (name: string): string | null => {
    const value = input[name];
    return typeof value === 'string' ? value : null;
  };

/** The file that a job made. */
export interface JobFile {
  /** What a download is called; nothing about a person. */
  readonly name: string;
  readonly contentType: string;
  /** In bytes. */
  readonly size: number;
}

/** Something that takes longer than a request: it ends in a file that its requester downloads. */
export interface Job {
  readonly id: string;
  readonly kind: JobKind;
  readonly requester: Requester;
  /** Language of the file. */
  readonly locale: Locale;
  readonly input: JobInput;
  readonly state: JobState;
  readonly file: JobFile | null;
  /** Why it failed: a stable code, no personal data. */
  readonly failure: string | null;
  /** What the failure's message names, as a limit. */
  readonly failureParams: ProblemParams;
  readonly requestedAt: Instant;
  readonly endedAt: Instant | null;
  /** Of the request that asked for it; null when it is not known. */
  readonly correlationId: string | null;
  readonly version: number;
}

/** Days that a job's file is kept; then storage deletes it. */
export const FILE_DAYS = 7;
const DAY = 86_400_000;

/** A job's execution is ended after this many hours, whatever it is doing. */
export const JOB_HOURS = 3;
/** How much later than asked for an execution may have been started, and a schedule be ahead. */
const MARGIN_HOURS = 1;
const HOUR = 3_600_000;

/** Jobs of one person that may be under way at the same time. */
export const MOST_UNFINISHED = 5;

export const isUnfinished = ({ state }: Pick<Job, 'state'>): boolean =>
  state === 'WAITING' || state === 'RUNNING';

/** Whether no execution can be at work on it any more although it has not ended: it was aborted, cut off or never started. */
export const isLost = (job: Pick<Job, 'state' | 'requestedAt'>, now: Instant): boolean =>
  isUnfinished(job) && Date.parse(job.requestedAt) + (JOB_HOURS + MARGIN_HOURS) * HOUR <= Date.parse(now);

/** Whether the file can still be downloaded. */
export const hasFile = ({ state, endedAt }: Pick<Job, 'state' | 'endedAt'>, now: Instant): boolean =>
  state === 'DONE' && endedAt !== null && Date.parse(now) < Date.parse(endedAt) + FILE_DAYS * DAY;

/** A worker has taken it up. */
export const startJob = (job: Job): Job => ({ ...job, state: 'RUNNING' });

/** The file is stored. @throws Rejection WRONG_STATE when it has ended otherwise */
export const finishJob = (job: Job, file: JobFile, now: Instant): Job => {
  if (!isUnfinished(job)) throw reject('WRONG_STATE', '', { state: job.state });
  return { ...job, state: 'DONE', file, endedAt: now };
};

/** It cannot be made. @throws Rejection WRONG_STATE when it has ended otherwise */
export const failJob = (job: Job, failure: string, failureParams: ProblemParams, now: Instant): Job => {
  if (!isUnfinished(job)) throw reject('WRONG_STATE', '', { state: job.state });
  return { ...job, state: 'FAILED', failure, failureParams, endedAt: now };
};
