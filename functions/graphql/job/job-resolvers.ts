import { subjectOf } from '../../domain/job/job-subject.ts';
import { messageOfCode } from '../../domain/messages.ts';
import { downloadOf, listJobs, readJob } from '../../usecases/job/read-jobs.ts';
import type { Resolvers } from '../generated/resolvers.ts';
import { connect } from '../pagination.ts';
import { staffOf, unitOf } from '../people-and-units.ts';

export const jobResolvers: Resolvers = {
  Query: {
    job: (_, { id }, { deps, actor }) => readJob(deps, actor, id),
    myJobs: (_, args, { deps, actor }) =>
      connect({ query: 'Query.myJobs', scope: actor.id }, args, (page) => listJobs(deps, actor, page)),
  },
  Job: {
    failureMessage: ({ failure, failureParams }, _, { locale }) =>
      failure === null ? null : messageOfCode(failure, failureParams, locale),
    table: (job) => subjectOf(job).table,
    document: (job) => subjectOf(job).document,
    period: (job, _, { deps }) => {
      const { periodId } = subjectOf(job);
      return periodId === null ? null : deps.store.periods.get(periodId);
    },
    year: (job) => subjectOf(job).year,
    month: (job) => subjectOf(job).month,
    unit: (job, _, context) => unitOf(context, subjectOf(job).unitId),
    staff: (job, _, context) => staffOf(context, subjectOf(job).staffId),
    fileName: ({ file }) => file?.name ?? null,
    contentType: ({ file }) => file?.contentType ?? null,
    size: ({ file }) => file?.size ?? null,
    download: (job, _, { deps, actor }) => downloadOf(deps, actor, job),
  },
};
