import { combine } from '../combine.ts';
import { documentResolvers } from '../document/document-resolvers.ts';
import { exportResolvers } from '../export/export-resolvers.ts';
import { jobResolvers } from '../job/job-resolvers.ts';

/** Files: tables, documents, and the jobs that make them. */
export const resolvers = combine([exportResolvers, documentResolvers, jobResolvers]);
