/** Each step of the workflow asks DynamoDB for nothing that its function has no permission for. */
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import * as z from 'zod';
import type { Actor } from '../../functions/domain/access-policy.ts';
import type { FollowUp } from '../../functions/domain/follow-up/follow-up.ts';
import type { Job } from '../../functions/domain/job/job.ts';
import { planPeriod } from '../../functions/domain/period/period.ts';
import { createStore } from '../../functions/store/create-store.ts';
import { beginClose } from '../../functions/usecases/close/begin-close.ts';
import { runDuties } from '../../functions/usecases/close/hourly-duties.ts';
import { mergeScores } from '../../functions/usecases/close/merge-scores.ts';
import { planShards } from '../../functions/usecases/close/plan-shards.ts';
import { publishResults } from '../../functions/usecases/close/publish-results.ts';
import { recordCloseFailure } from '../../functions/usecases/close/record-close-failure.ts';
import { runSchedule } from '../../functions/usecases/close/run-schedule.ts';
import { scoreShards } from '../../functions/usecases/close/score-shards.ts';
import type { Deps } from '../../functions/usecases/deps.ts';
import { makeDocuments } from '../../functions/usecases/document/make-documents.ts';
import { requestUnitDocuments } from '../../functions/usecases/document/request-document.ts';
import { proposeInShards } from '../../functions/usecases/follow-up/propose-after-period.ts';
import { runJob } from '../../functions/usecases/job/run-job.ts';
import { newId } from '../../functions/usecases/new-id.ts';
import { mailingStage } from '../infra/mailing-stage.ts';
import { permissionsOf } from '../infra/permissions.ts';
import {
  countRequests,
  createTestClient,
  createTestTable,
  type RecordedRequest,
  type TestTable,
} from '../support/dynamodb.ts';
import { startTestFiles } from '../support/files.ts';
import { correctionOf, decide, figure } from './decisions.ts';
import { PUSKESMAS } from './puskesmas.ts';
import { seedRegion, write } from './region.ts';

const NOW = '2026-04-05T17:00:03.000Z';
const ATTEMPT = { periodId: '2026-Q1', attempt: 1 };
const RUN = { ...ATTEMPT, run: 'r1' };
const { templates } = await mailingStage(inject('runFolder'));
const permissions = permissionsOf(templates);

let table: TestTable;

beforeAll(async () => {
  table = await createTestTable();
  const store = createStore({ client: table.client, tableName: table.tableName });
  await seedRegion(store, PUSKESMAS);
});

afterAll(() => table.drop());

const ACTION_IN_TRANSACTION = {
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  ConditionCheck: 'ConditionCheckItem',
};
const transactionSchema = z.object({ TransactItems: z.array(z.record(z.string(), z.unknown())) });
const querySchema = z.object({ IndexName: z.optional(z.string()) });

/** The permissions that a request needs, as `Action` on the table or `Action index`. */
const neededFor = ({ operation, input }: RecordedRequest): readonly string[] => {
  if (operation === 'TransactWriteItems') {
    return transactionSchema
      .parse(input)
      .TransactItems.flatMap((item) =>
        Object.entries(ACTION_IN_TRANSACTION).flatMap(([kind, action]) =>
          item[kind] === undefined ? [] : [action],
        ),
      );
  }
  const { IndexName: index } = querySchema.parse(input);
  return [index === undefined ? operation : `${operation} ${index}`];
};

/** What a function may do, in the same words. */
const grantedTo = (role: RegExp): readonly string[] =>
  permissions
    .filter((permission) => role.test(permission.role) && permission.action.startsWith('dynamodb:'))
    .map(({ action, resource }) =>
      `${action.replace('dynamodb:', '')} ${/\/index\/(.*)$/.exec(resource)?.[1] ?? ''}`.trim(),
    );

type StepDeps = Pick<Deps, 'store' | 'now'>;
const always = () => true;
const task = { ...RUN, from: 0, to: 100 };

test.each<[string, RegExp, (deps: StepDeps) => Promise<unknown>]>([
  ['the starter', /^ScheduleStarter/, (deps) => runSchedule({ ...deps, startClose: async () => undefined })],
  ['begin', /^CloseBegin/, (deps) => beginClose(deps, ATTEMPT)],
  ['plan shards', /^ClosePlanShards/, (deps) => planShards(deps, RUN)],
  ['score shard', /^CloseScoreShard/, (deps) => scoreShards(deps, task, always)],
  ['merge', /^CloseMerge/, (deps) => mergeScores(deps, RUN)],
  [
    'record failure',
    /^CloseRecordFailure/,
    (deps) => recordCloseFailure(deps, { ...ATTEMPT, failure: 'Test' }),
  ],
  ['publish', /^ClosePublish/, (deps) => publishResults(deps, RUN)],
])('%s', async (_, role, step) => {
  const client = createTestClient();
  const store = createStore({ client, tableName: table.tableName });
  const counted = countRequests(client);

  await step({ store, now: () => NOW });

  const needed = new Set(counted.requests.flatMap(neededFor));
  client.destroy();
  expect(needed.size).toBeGreaterThan(0);
  expect([...needed].filter((permission) => !grantedTo(role).includes(permission))).toEqual([]);
});

test('the starter, when an objection changes a result', async () => {
  const client = createTestClient();
  const store = createStore({ client, tableName: table.tableName });
  await decide(store, '2026-Q1', 'perawat-1', correctionOf({ figures: [figure('L1', '2026-01', '9')] }));
  const counted = countRequests(client);

  const report = await runSchedule({
    store,
    now: () => '2026-04-21T00:00:00.000Z',
    startClose: async () => undefined,
  });

  const needed = new Set(counted.requests.flatMap(neededFor));
  client.destroy();
  expect(report).toMatchObject({ corrected: ['2026-Q1'], failed: [] });
  expect([...needed].filter((permission) => !grantedTo(/^ScheduleStarter/).includes(permission))).toEqual([]);
});

test('the starter, when a survey is over', async () => {
  const client = createTestClient();
  const store = createStore({ client, tableName: table.tableName });
  const campaign = {
    id: 'c-1',
    unitId: 'u-pkm',
    service: { id: 'Rawat jalan', en: 'Outpatient care' },
    opens: '2026-03-01',
    closes: '2026-03-31',
    withoutCodePerHour: 5,
    minimumAnswers: 5,
    state: 'RUNNING',
    closedAt: null,
    result: null,
    version: 0,
  } as const;
  await write(store, [store.satisfaction.save(null, campaign)]);
  const counted = countRequests(client);

  const { closeSurveyCampaigns } = await runDuties({ store, now: () => NOW });

  const needed = new Set(counted.requests.flatMap(neededFor));
  client.destroy();
  expect(closeSurveyCampaigns).toEqual({ done: ['c-1'], failed: [] });
  expect([...needed].filter((permission) => !grantedTo(/^ScheduleStarter/).includes(permission))).toEqual([]);
});

test('the starter, when the time of a measure is over', async () => {
  const client = createTestClient();
  const store = createStore({ client, tableName: table.tableName });
  const begun = { at: '2025-10-01T02:00:00.000Z', from: '2025-10-01' };
  const decision = { by: 's-2', reason: 'x', ...begun, until: NOW.slice(0, 10) };
  const measure: FollowUp = {
    id: 'guidance',
    periodId: '2025',
    staffId: 's-1',
    unitId: 'u-pkm',
    measure: 'GUIDANCE',
    grounds: null,
    proposal: { by: 's-3', reason: 'x' },
    state: 'GRANTED',
    decision,
    end: null,
    version: 0,
  };
  await write(store, [store.followUps.save(null, measure)]);
  const counted = countRequests(client);
  const twoDaysOn = new Date(Date.parse(NOW) + 2 * 86_400_000).toISOString();

  const { remindOfServed } = await runDuties({ store, now: () => twoDaysOn });

  const needed = new Set(counted.requests.flatMap(neededFor));
  client.destroy();
  expect(remindOfServed).toEqual({ done: [`${measure.periodId} ${decision.until}`], failed: [] });
  expect([...needed].filter((permission) => !grantedTo(/^ScheduleStarter/).includes(permission))).toEqual([]);
});

test('the starter, when a job was lost', async () => {
  const client = createTestClient();
  const store = createStore({ client, tableName: table.tableName });
  const job: Job = {
    id: 'j-lost',
    kind: 'EXPORT',
    requester: { id: 's-1', staffId: 's-1', roles: ['STAFF'] },
    locale: 'id',
    input: {},
    state: 'RUNNING',
    file: null,
    failure: null,
    failureParams: {},
    requestedAt: '2026-04-05T12:00:00.000Z',
    endedAt: null,
    correlationId: null,
    version: 0,
  };
  await write(store, [store.jobs.save(null, job)]);
  const counted = countRequests(client);

  const { endLostJobs } = await runDuties({ store, now: () => NOW });

  const needed = new Set(counted.requests.flatMap(neededFor));
  client.destroy();
  expect(endLostJobs).toEqual({ done: ['j-lost'], failed: [] });
  expect([...needed].filter((permission) => !grantedTo(/^ScheduleStarter/).includes(permission))).toEqual([]);
});

test('the starter, when a period opens and when one becomes final', async () => {
  const client = createTestClient();
  const store = createStore({ client, tableName: table.tableName });
  await write(store, [store.periods.save(null, planPeriod('2026-04', '2027-05-05T17:00:00.000Z', 420))]);
  const counted = countRequests(client);

  const report = await runSchedule({
    store,
    now: () => '2027-01-01T00:00:00.000Z',
    startClose: async () => undefined,
  });

  const needed = new Set(counted.requests.flatMap(neededFor));
  client.destroy();
  expect(report).toMatchObject({ opened: ['2026-04'], finalised: ['2026-Q1'] });
  expect([...needed].filter((permission) => !grantedTo(/^ScheduleStarter/).includes(permission))).toEqual([]);
});

test('the worker of jobs, for the documents of a unit', async () => {
  const client = createTestClient();
  const store = createStore({ client, tableName: table.tableName });
  const files = await startTestFiles();
  const deps: Deps = {
    store,
    files: files.store,
    jobs: { start: async () => undefined },
    now: () => NOW,
    newId,
  };
  const actor: Actor = { id: 'hr', staffId: null, roles: new Set(['STAFF', 'HR_ADMIN']) };
  const input = { kind: 'EVALUATION', unitId: 'dinas', periodId: '2026-Q1' } as const;
  const job = await requestUnitDocuments(deps, actor, input, 'id');
  const printer = { pdf: async () => Buffer.from('PDF'), archive: () => Buffer.from('ZIP') };
  const counted = countRequests(client);

  await runJob(
    deps,
    { jobId: job.id },
    {
      EXPORT: async () => Promise.reject(new Error('another kind')),
      DOCUMENTS: (...call) => makeDocuments(call[0], call[1], call[2], printer, call[3], call[4]),
    },
    always,
  );

  const needed = new Set(counted.requests.flatMap(neededFor));
  client.destroy();
  await files.close();
  expect(
    (await createStore({ client: table.client, tableName: table.tableName }).jobs.get(job.id))?.state,
  ).toBe('DONE');
  expect([...needed].filter((permission) => !grantedTo(/^JobsWork/).includes(permission))).toEqual([]);
});

test('the workers and the last step, when something follows from a final period', async () => {
  const store = createStore({ client: table.client, tableName: table.tableName });
  const deps = { store, now: () => '2026-06-30T00:00:00.000Z' };
  await runSchedule({ ...deps, startClose: async () => undefined });
  const planned = await planShards(deps, RUN);
  expect(planned.tasks).toHaveLength(1);
  for (const [role, step] of [
    [/^CloseFollowUpShard/, (of: StepDeps) => proposeInShards(of, { ...task, ...planned.tasks[0] }, always)],
    [/^ClosePublish/, (of: StepDeps) => publishResults(of, planned)],
  ] as const) {
    const client = createTestClient();
    const counted = countRequests(client);
    await step({ ...deps, store: createStore({ client, tableName: table.tableName }) });
    const needed = new Set(counted.requests.flatMap(neededFor));
    client.destroy();
    expect([...needed]).toContain('PutItem');
    expect([...needed].filter((permission) => !grantedTo(role).includes(permission))).toEqual([]);
  }
  expect(await store.periods.get('2026-Q1')).toMatchObject({ settled: true });
});
