import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/**
 * Folders under test/ by project. A folder that needs a table shares one DynamoDB Local with the others. Where a process can
 * serve file after file (`isolate: false`) the modules are loaded once a worker, which is most of the time of a short file; a
 * project that starts the whole system, once a process, cannot.
 */
const projects: readonly {
  readonly name: string;
  readonly folders: readonly string[];
  readonly table: boolean;
  readonly isolate: boolean;
}[] = [
  { name: 'unit', folders: ['unit', 'domain', 'architecture', 'schema'], table: false, isolate: false },
  { name: 'store', folders: ['store'], table: true, isolate: false },
  { name: 'api', folders: ['api', 'graphql', 'usecases'], table: true, isolate: false },
  { name: 'workflow', folders: ['workflow', 'close'], table: true, isolate: false },
  { name: 'infra', folders: ['infra'], table: false, isolate: false },
  { name: 'local', folders: ['local'], table: true, isolate: true },
  { name: 'e2e', folders: ['e2e', 'import', 'real', 'trust'], table: true, isolate: true },
];

/** Vite would take graphql's ES module and Apollo, being external, its CommonJS one: two graphqls, told apart. */
const graphqlFile = createRequire(import.meta.url).resolve('graphql');

export default defineConfig({
  test: {
    // With two cores Vitest would use one of them.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: projects.map(({ name, folders, table, isolate }) => ({
      resolve: { alias: [{ find: /^graphql$/, replacement: graphqlFile }] },
      test: {
        name,
        isolate,
        include: folders.map((folder) => `test/${folder}/**/*.test.ts`),
        testTimeout: 20_000,
        hookTimeout: 60_000,
        globalSetup: ['test/support/run-folder.ts', ...(table ? ['test/support/dynamodb-process.ts'] : [])],
        ...(table && { setupFiles: ['test/support/aws-environment.ts'] }),
      },
    })),
  },
});
