import type { TestProject } from 'vitest/node';
import { synthesiseTable, type TableDefinition } from '../../infra/close-definition.ts';
import { type DynamoDbLocal, startDynamoDbLocal } from '../../infra/local/dynamodb-local.ts';
import type { DatabaseConnection } from '../../infra/local/table.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The DynamoDB Local that all projects of a run share. */
    dynamoDb: DatabaseConnection;
    /** The table as the data stack synthesises it; each test file creates it under a name of its own. */
    table: TableDefinition;
  }
}

interface Shared {
  started: Promise<DynamoDbLocal> | undefined;
  users: number;
}

/** Vitest loads this file once a project, so what projects share must hang on the process. */
const process_ = globalThis as { kinerjaDynamoDb?: Shared };

function shared(): Shared {
  process_.kinerjaDynamoDb ??= { started: undefined, users: 0 };
  return process_.kinerjaDynamoDb;
}

/** Vitest's global set-up of each project that needs a table: the first starts the database, the last ends it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const state = shared();
  state.users += 1;
  state.started ??= startDynamoDbLocal();
  const { endpoint, region, accessKeyId, secretAccessKey } = await state.started;
  project.provide('table', synthesiseTable('named-by-each-test-file'));
  project.provide('dynamoDb', { endpoint, region, accessKeyId, secretAccessKey });
  return async () => {
    state.users -= 1;
    if (state.users > 0) return;
    const database = await state.started;
    state.started = undefined;
    await database?.close();
  };
}
