import * as z from 'zod/mini';
import { createJobStarter } from '../jobs/start-job.ts';
import { createStore } from '../store/create-store.ts';
import { filesOnDemand } from '../store/files-on-demand.ts';
import { newId } from '../usecases/new-id.ts';
import { createEndpoint } from './endpoint.ts';

const text = z.string().check(z.minLength(1));
const { STAGE, BUCKET_NAME, JOB_MACHINE_ARN } = z
  .object({ STAGE: text, BUCKET_NAME: text, JOB_MACHINE_ARN: text })
  .parse(process.env);

/** Lambda entry of the HTTP API's two routes; called once a request, and repeated by no one but the client. */
export const handler = createEndpoint(
  {
    store: createStore({ gathersReads: true }),
    files: filesOnDemand(BUCKET_NAME),
    jobs: createJobStarter(JOB_MACHINE_ARN),
    now: () => new Date().toISOString(),
    newId,
  },
  STAGE,
);
