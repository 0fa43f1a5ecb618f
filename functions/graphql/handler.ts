import * as z from 'zod/mini';
import { createStore } from '../store/create-store.ts';
import { createFiles } from '../store/s3-files.ts';
import { newId } from '../usecases/new-id.ts';
import { createEndpoint } from './endpoint.ts';

const { STAGE } = z.object({ STAGE: z.string().check(z.minLength(1)) }).parse(process.env);

/** Lambda entry of the HTTP API's two routes; called once a request, and repeated by no one but the client. */
export const handler = createEndpoint(
  { store: createStore(), files: createFiles(), now: () => new Date().toISOString(), newId },
  STAGE,
);
