import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** Folders under test/ by project. A folder that needs a table shares one DynamoDB Local with the others. */
const projects: readonly {
  readonly name: string;
  readonly folders: readonly string[];
  readonly table: boolean;
}[] = [
  { name: 'unit', folders: ['unit', 'domain', 'architecture', 'schema'], table: false },
  { name: 'store', folders: ['store'], table: true },
  { name: 'api', folders: ['api', 'graphql', 'usecases'], table: true },
  { name: 'workflow', folders: ['workflow', 'close'], table: true },
  { name: 'infra', folders: ['infra'], table: false },
  { name: 'local', folders: ['local'], table: true },
  { name: 'e2e', folders: ['e2e', 'import', 'real'], table: true },
];

/** Vite would take graphql's ES module and Apollo, being external, its CommonJS one: two graphqls, told apart. */
const graphqlFile = createRequire(import.meta.url).resolve('graphql');

export default defineConfig({
  test: {
    // With two cores Vitest would use one of them.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: projects.map(({ name, folders, table }) => ({
      resolve: { alias: [{ find: /^graphql$/, replacement: graphqlFile }] },
      test: {
        name,
        include: folders.map((folder) => `test/${folder}/**/*.test.ts`),
        testTimeout: 20_000,
        hookTimeout: 60_000,
        ...(table && {
          globalSetup: ['test/support/dynamodb-process.ts'],
          setupFiles: ['test/support/aws-environment.ts'],
        }),
      },
    })),
  },
});
