import type { Actor } from '../../domain/access-policy.ts';
import {
  isLost,
  isUnfinished,
  type Job,
  type JobInput,
  type JobKind,
  MOST_UNFINISHED,
} from '../../domain/job/job.ts';
import type { Locale } from '../../domain/messages.ts';
import { reject } from '../../domain/problem.ts';
import type { Stored } from '../../store/contract/stored.ts';
import type { Capacity } from '../authorise.ts';
import type { Deps } from '../deps.ts';
import { perform } from '../perform.ts';

/** A job that somebody asks for. */
export interface JobRequest {
  readonly kind: JobKind;
  /** Name of the mutation. */
  readonly operation: string;
  readonly locale: Locale;
  readonly idempotencyKey?: string | null | undefined;
}

/**
 * Writes a job down and starts it. It is started after it was written, and again when the request is repeated with its key:
 * a job runs once however often it is started.
 * @param authorise as what the actor may ask; it also decides what the job will be given
 * @throws Rejection TOO_MANY while five jobs of the actor are under way
 */
export const requestJob = (
  deps: Deps,
  actor: Actor,
  { kind, operation, locale, idempotencyKey }: JobRequest,
  authorise: () => Promise<Capacity>,
  decide: () => Promise<JobInput>,
  input: object,
): Promise<Stored<Job>> => {
  const whole = { ...input, locale, idempotencyKey };
  return perform(
    deps,
    { actor, operation, input: whole },
    authorise,
    async (as) => {
      const decided = await decide();
      const newest = await deps.store.jobs.ofRequester(actor.id, { first: 20, after: null });
      if (
        newest.items.filter(({ value }) => isUnfinished(value) && !isLost(value, deps.now())).length >=
        MOST_UNFINISHED
      )
        throw reject('TOO_MANY', '', { maximum: MOST_UNFINISHED });
      const job: Job = {
        id: deps.newId('j'),
        kind,
        requester: { id: actor.id, staffId: actor.staffId, roles: [...actor.roles] },
        locale,
        input: decided,
        state: 'WAITING',
        file: null,
        failure: null,
        failureParams: {},
        requestedAt: deps.now(),
        endedAt: null,
        correlationId: deps.correlationId ?? null,
        version: 0,
      };
      return { as, ref: job.id, writes: [deps.store.jobs.save(null, job)] };
    },
    async (id) => {
      const job = await requireJob(deps, id);
      if (job.state !== 'WAITING') return job;
      // Of the job, not of this request: a repetition starts the very same.
      await deps.jobs.start(id, job.correlationId);
      return requireJob(deps, id);
    },
  );
};

/** @throws Rejection NOT_FOUND at `id` */
export async function requireJob({ store }: Pick<Deps, 'store'>, id: string): Promise<Stored<Job>> {
  const job = await store.jobs.get(id);
  if (job === null) throw reject('NOT_FOUND', 'id', { id });
  return job;
}
