import { isUnfinished, type Job } from '../domain/job/job.ts';
import { problem } from '../domain/problem.ts';
import { entityCodec } from './codec.ts';
import type { JobStore } from './contract/jobs.ts';
import {
  auditName,
  jobKey,
  jobSort,
  jobsOfPartition,
  unfinishedJobSort,
  unfinishedJobsPartition,
} from './keys.ts';
import { job as schema } from './schemas/job.ts';
import { getItem, queryList, type Table } from './table.ts';
import { prepare } from './write.ts';

const codec = entityCodec<Job>('JOB# / JOB', schema);

export function jobStore(table: Table): JobStore {
  return {
    get: async (id) => {
      const item = await getItem(table, jobKey(id));
      return item === undefined ? null : codec.read(item);
    },
    ofRequester: (accountId, page) =>
      queryList(table, { index: 'gsi1', pk: jobsOfPartition(accountId) }, page, codec.read),
    unfinished: (page) => queryList(table, { index: 'gsi2', pk: unfinishedJobsPartition }, page, codec.read),
    save: (before, after) =>
      prepare({
        audit: auditName.job(after.id),
        key: jobKey(after.id),
        ...codec.change(before, after),
        attributes: {
          gsi1pk: jobsOfPartition(after.requester.id),
          gsi1sk: jobSort(after.requestedAt, after.id),
          ...(isUnfinished(after) && {
            gsi2pk: unfinishedJobsPartition,
            gsi2sk: unfinishedJobSort(after.requestedAt, after.id),
          }),
        },
        ifPresent: () => problem('ALREADY_EXISTS', 'id', { id: after.id }),
      }),
  };
}
