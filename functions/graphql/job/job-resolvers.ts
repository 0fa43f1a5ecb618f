import { messageOfCode } from '../../domain/messages.ts';
import { downloadOf, listJobs, readJob } from '../../usecases/job/read-jobs.ts';
import type { Resolvers } from '../generated/resolvers.ts';
import { connect } from '../pagination.ts';

export const jobResolvers: Resolvers = {
  Query: {
    job: (_, { id }, { deps, actor }) => readJob(deps, actor, id),
    myJobs: (_, args, { deps, actor }) =>
      connect({ query: 'Query.myJobs', scope: actor.id }, args, (page) => listJobs(deps, actor, page)),
  },
  Job: {
    failureMessage: ({ failure, failureParams }, _, { locale }) =>
      failure === null ? null : messageOfCode(failure, failureParams, locale),
    fileName: ({ file }) => file?.name ?? null,
    contentType: ({ file }) => file?.contentType ?? null,
    size: ({ file }) => file?.size ?? null,
    download: (job, _, { deps, actor }) => downloadOf(deps, actor, job),
  },
};
