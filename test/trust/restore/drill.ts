/**
 * The restore drill on one machine: the demo region with its closes is exported, the table destroyed, the export put into another
 * table; then the audit trails are verified, every result is recomputed from its explanation, and the endpoint answers as before.
 */

import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeleteTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { discrepancies } from '../../../functions/domain/evaluation/recompute.ts';
import { createEndpoint } from '../../../functions/graphql/endpoint.ts';
import { createStore } from '../../../functions/store/create-store.ts';
import type { Store } from '../../../functions/store/store.ts';
import { newId } from '../../../functions/usecases/new-id.ts';
import { verifyTable } from '../../../infra/audit/verify-table.ts';
import { synthesiseTable } from '../../../infra/close-definition.ts';
import { CLOSED_QUARTER, DUE_QUARTER } from '../../../infra/local/demo/demo-year.ts';

import { loadDemo } from '../../../infra/local/demo/load-demo.ts';
import { people } from '../../../infra/local/demo/people.ts';
import { startRuntime } from '../../../infra/local/runtime.ts';
import { createTable } from '../../../infra/local/table.ts';
import { auditor, post } from '../../api/endpoint-client.ts';
import { startTestFiles } from '../../support/files.ts';
import { type Finding, finding } from '../finding.ts';
import { exportTable, importTable } from './export.ts';

const RESTORED = 'kinerja-restored';

export async function drill(): Promise<readonly Finding[]> {
  const runtime = await startRuntime();
  const folder = await mkdtemp(join(tmpdir(), 'kinerja-restore-'));
  const files = await startTestFiles(folder);
  const client = new DynamoDBClient({ ...runtime.database, credentials: runtime.database });
  try {
    await loadDemo(runtime);
    await runtime.runScheduleOnce();
    await runtime.sendMailsOnce();
    const documents = DynamoDBDocumentClient.from(client);
    const storeOf = (tableName: string): Store => createStore({ client: documents, tableName });
    const answersOf = (tableName: string): Promise<readonly string[]> =>
      Promise.all(
        QUESTIONS.map(async (query) => {
          const jobs = { start: () => Promise.reject(new Error('no job is started here')) };
          const deps = { store: storeOf(tableName), files: files.store, jobs, newId, now: () => now };
          const { text } = await post(createEndpoint(deps, 'dev'), JSON.stringify({ query }), auditor);
          return text;
        }),
      );
    const now = new Date().toISOString();
    const answered = await answersOf(runtime.tableName);

    const file = join(folder, 'export.json.gz');
    const began = performance.now();
    const before = await exportTable(client, runtime.tableName, file);
    await client.send(new DeleteTableCommand({ TableName: runtime.tableName }));
    await createTable(runtime.database, synthesiseTable(RESTORED));
    await importTable(client, RESTORED, file);
    const seconds = (performance.now() - began) / 1000;
    const after = await exportTable(client, RESTORED, join(folder, 'again.json.gz'));

    const trails = await verifyTable(documents, RESTORED);
    const recomputed = await recomputeAll(storeOf(RESTORED));
    const again = await answersOf(RESTORED);
    return [
      finding(
        'exported, destroyed, restored to another table',
        { count: after.items, of: 'items' },
        'differences',
        before.digest === after.digest ? [] : [`${before.items} items before, ${after.items} after`],
        `${seconds.toFixed(1)} s, ${((await stat(file)).size / 1e6).toFixed(1)} MB gzipped`,
      ),
      finding(
        'audit trails of the restored table',
        { count: trails.entries, of: 'entries' },
        'broken trails',
        trails.broken.map(({ entity, brokenAt }) => `${entity} at ${brokenAt}`),
        `${trails.trails} trails`,
      ),
      finding(
        'results recomputed from their explanations',
        { count: recomputed.results, of: 'results' },
        'differences',
        recomputed.wrong,
      ),
      finding(
        'the endpoint on the restored table',
        { count: QUESTIONS.length, of: 'queries' },
        'other answers',
        QUESTIONS.filter((_, at) => answered[at] !== again[at]),
      ),
    ];
  } finally {
    client.destroy();
    await files.close();
    await runtime.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function recomputeAll(store: Store): Promise<{ readonly results: number; readonly wrong: string[] }> {
  const ids = (await Promise.all(people.map(({ nip }) => store.staff.findByNip(nip)))).flatMap(
    (staff) => staff?.id ?? [],
  );
  const wrong: string[] = [];
  let results = 0;
  for (const periodId of [CLOSED_QUARTER, DUE_QUARTER]) {
    const period = await store.periods.get(periodId);
    if (period?.policy == null || period.publishedRun === null) {
      wrong.push(`${periodId} is not published`);
      continue;
    }
    const run = period.publishedRun;
    const found = await store.results.getMany(ids.map((staffId) => ({ periodId, run, staffId })));
    for (const [at, result] of found.entries()) {
      results += 1;
      if (result === null) wrong.push(`${periodId} ${ids[at]}: no result`);
      else
        for (const figure of discrepancies(result, period.policy.rules))
          wrong.push(`${periodId} ${result.staffId}: ${figure}`);
    }
  }
  return { results, wrong };
}

const QUESTIONS: readonly string[] = [
  '{ periods { id state attempt } }',
  '{ units { code name subtree { code name head { name } result(periodId: "2026-Q2") { score { exact } predicate distribution { predicate count } } } } }',
  ...[CLOSED_QUARTER, DUE_QUARTER].map(
    (periodId) =>
      `{ ranking(periodId: "${periodId}", scope: { kind: REGION }, first: 100) { totalCount nodes { rank score { exact } } pageInfo { endCursor } } }`,
  ),
  `{ objections(periodId: "${CLOSED_QUARTER}", first: 20) { nodes { state reasons decision { outcome reason } } } }`,
  `{ followUps(periodId: "${CLOSED_QUARTER}", first: 100) { nodes { id measure state } } }`,
  `{ unit(code: "1.02.11") { staff(first: 50) { nodes { name result(periodId: "${DUE_QUARTER}") { predicate score { exact } behaviour { rawScore { exact } } } } } } }`,
];
