import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DynamoDBClient, GetItemCommand, ListTablesCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, inject, test, vi } from 'vitest';
import { DataDirInUseError, takeDataDir } from '../../infra/local/data-dir.ts';
import { type DynamoDbLocal, startDynamoDbLocal } from '../../infra/local/dynamodb-local.ts';
import { findJava, JavaUnavailableError, parseJavaRelease } from '../../infra/local/java.ts';
import { createTable } from '../../infra/local/table.ts';

let folder: string;
const databases: DynamoDbLocal[] = [];
const parents: ChildProcess[] = [];

beforeEach(async () => {
  // A Java that lives for seconds does not pay back what it compiles in earnest.
  vi.stubEnv('JAVA_TOOL_OPTIONS', '-XX:TieredStopAtLevel=1');
  folder = await mkdtemp(join(tmpdir(), 'kinerja-'));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const database of databases.splice(0)) await database.close();
  for (const parent of parents.splice(0)) parent.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

async function startDatabase(dataDir?: string): Promise<DynamoDbLocal> {
  const database = await startDynamoDbLocal({ dataDir, heapMebibytes: 256 });
  databases.push(database);
  return database;
}

const answers = (endpoint: string): Promise<boolean> =>
  fetch(endpoint).then(
    () => true,
    () => false,
  );

describe('DynamoDB Local', () => {
  test.each(['SIGKILL', 'SIGTERM', 'SIGINT'] as const)(
    'ends when its parent is ended by %s',
    async (signal) => {
      const script = fileURLToPath(new URL('../support/killed-parent.ts', import.meta.url));
      const parent = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] });
      parents.push(parent);
      const endpoint = await new Promise<string>((settle) => {
        parent.stdout.once('data', (chunk: Buffer) => settle(chunk.toString().trim()));
      });
      expect(await answers(endpoint)).toBe(true);

      parent.kill(signal);

      await expect.poll(() => answers(endpoint), { timeout: 8000, interval: 100 }).toBe(false);
    },
  );

  test('keeps its tables in a folder, and shows them to its own key only', async () => {
    const table = { ...inject('table'), createTable: { ...inject('table').createTable, TableName: 'kept' } };
    const key = { pk: { S: 'a' }, sk: { S: 'b' } };
    const first = await startDatabase(folder);
    expect(await createTable(first, table)).toBe(true);
    await clientOf(first).send(new PutItemCommand({ TableName: 'kept', Item: key }));
    await first.close();

    const second = await startDatabase(folder);

    expect(second.accessKeyId).toBe(first.accessKeyId);
    expect(await createTable(second, table)).toBe(false);
    const { Item } = await clientOf(second).send(new GetItemCommand({ TableName: 'kept', Key: key }));
    expect(Item).toEqual(key);
    const stranger = clientOf({ ...second, accessKeyId: 'somebodyElse' });
    expect((await stranger.send(new ListTablesCommand())).TableNames).toEqual([]);
  });

  test('tells when it ends by itself', async () => {
    const database = await startDatabase();

    process.kill(database.pid, 'SIGTERM');

    expect(await database.ended).toContain('DynamoDB Local ended');
  });
});

describe('Java', () => {
  test('a missing one is a message that says what to install', async () => {
    const failure = await findJava({ PATH: folder }).catch((error: unknown) => error);

    expect(failure).toBeInstanceOf(JavaUnavailableError);
    expect(String(failure)).toMatch(/Java 17 or later is needed.*apt-get install/s);
  });

  test('an old one is a message that names its release', async () => {
    await writeFile(join(folder, 'java'), '#!/bin/sh\necho \'openjdk version "11.0.22" 2024-01-16\' >&2\n');
    await chmod(join(folder, 'java'), 0o755);

    await expect(findJava({ PATH: `${folder}:/bin:/usr/bin` })).rejects.toThrow(/is Java 11\./);
  });

  test.each([
    ['openjdk version "17.0.15" 2025-04-15', 17],
    ['java version "1.8.0_402"', 8],
    ['openjdk version "25" 2025-09-16', 25],
    ['something else', undefined],
  ])('the release of %j is %j', (banner, release) => {
    expect(parseJavaRelease(banner)).toBe(release);
  });
});

describe('a data folder', () => {
  test('belongs to one process at a time, and outlives one that was killed', async () => {
    const giveBack = await takeDataDir(folder);
    await expect(takeDataDir(folder)).rejects.toBeInstanceOf(DataDirInUseError);
    await giveBack();

    const killed = spawn(process.execPath, ['--eval', '']);
    await new Promise((settle) => killed.once('close', settle));
    await writeFile(join(folder, 'in-use-by'), `${killed.pid}\n`);

    await (await takeDataDir(folder))();
  });
});

function clientOf({ endpoint, region, accessKeyId, secretAccessKey }: DynamoDbLocal): DynamoDBClient {
  return new DynamoDBClient({ endpoint, region, credentials: { accessKeyId, secretAccessKey } });
}
